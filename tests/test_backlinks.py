"""Backlinks: one small garden per rule in backlinks/*.yml, and what holds for every garden."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backlinks import weave, weave_site
from excerpts import EXCERPT
from site_pages import Page, read_page

GOLDEN = sorted((Path(__file__).parent / "backlinks").glob("*.yml"))

LIST = re.compile(r'<nav class="backlinks"(?: data-section="([^"]*)")?.*?</nav>', re.DOTALL)
ENTRY = re.compile(
    r'<li data-source="([^"]*)"><a href="([^"]*)">(.*?)</a>.*?<blockquote>(.*?)</blockquote></li>',
    re.DOTALL,
)


def page(body: str | dict[str, str], path: str, root: str) -> str:
    """A page as a generator would write it: the body in an article, furniture around it."""
    kind = ""
    if isinstance(body, dict):
        kind, body = f'<meta name="garden:kind" content="{body["kind"]}">', body["body"]
    if body.startswith("<!doctype"):
        return body
    address = f'<link rel="canonical" href="{escape(root + path)}">'
    return (
        f"<!doctype html><html><head><title>t</title>{address}{kind}</head>"
        f'<body><nav><a href="/b/">B</a></nav><article>{body}</article></body></html>'
    )


def garden(pages: dict[str, Any], root: str = "https://garden.example/") -> dict[str, str]:
    """Map site path to HTML for a garden written down in short."""
    return {re.sub(r"^index\.html$", "", p): page(b, p, root) for p, b in pages.items()}


def entries(html: str) -> dict[str, list[tuple[str, ...]]]:
    """Every backlink of a woven page as (source, href, title, excerpt), by section."""
    return {m[1] or "": ENTRY.findall(m[0]) for m in LIST.finditer(html)}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    woven = weave(garden(case["pages"], case.get("root", "https://garden.example/")))
    found: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}
    for site_path, html in woven.items():
        for section, items in entries(html).items():
            key = f"{site_path}#{section}" if section else site_path
            found[key] = [f"{source}: {excerpt}" for source, _, _, excerpt in items]
            titles[key] = [title for _, _, title, _ in items]
    assert found == case["expect"]
    for key, expected in case.get("titles", {}).items():
        assert titles[key] == expected


def test_every_entry_lands_on_the_block_it_shows() -> None:
    woven = weave(
        garden({"a/": '<p>One.</p><p class="x">Two, see <a href="../b/c/">C</a>.</p>', "b/c/": ""})
    )
    ((_, href, _, _),) = entries(woven["b/c/"])[""]
    assert href.startswith("../../a/#b-")
    assert f'<p id="{href.partition("#")[2]}" class="x">Two' in woven["a/"]


def test_a_block_keeps_the_id_its_author_gave_it() -> None:
    woven = weave(garden({"a/": '<p id="mine"><a href="../b/">B</a></p>', "b/": ""}))
    assert '<p id="mine"><a' in woven["a/"]
    assert 'href="../a/#mine"' in woven["b/"]


def test_a_block_keeps_its_address_when_its_neighbours_change() -> None:
    linked = '<p>See <a href="../b/">B</a>.</p>'
    before = weave(garden({"a/": linked, "b/": ""}))
    after = weave(garden({"a/": "<p>New and <a href='../b/'>first</a>.</p>" + linked, "b/": ""}))
    assert entries(before["b/"])[""][0][1] in [entry[1] for entry in entries(after["b/"])[""]]


def test_long_blocks_are_cut_between_words_with_the_link_inside() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    body = f'<p>{words} <a href="../b/">the link</a> {words}</p>'
    ((_, _, _, shown),) = entries(weave(garden({"a/": body, "b/": ""}))["b/"])[""]
    assert "<mark>the link</mark>" in shown
    plain = re.sub("<[^>]*>", "", shown)
    assert plain.startswith("… word") and plain.endswith(" …")
    assert len(plain) <= EXCERPT + len("…  …")
    assert set(plain.strip("… ").split()) <= set(words.split()) | {"the", "link"}


def test_a_page_without_backlinks_gains_nothing_at_all() -> None:
    pages = garden({"a/": "<h1>A</h1><p>Alone.</p>", "b/": "<p>Also.</p>"})
    assert weave(pages) == pages


def test_the_list_goes_where_the_template_keeps_a_place() -> None:
    body = '<p>Text.</p><div data-backlinks="page"></div><p>Foot.</p>'
    woven = weave(garden({"a/": body, "b/": '<p><a href="../a/">A</a></p>'}))["a/"]
    assert '<div data-backlinks="page">\n<nav class="backlinks"' in woven
    assert woven.index("</nav></div>") < woven.index("Foot.")


def test_weaving_a_folder_twice_changes_nothing(tmp_path: Path) -> None:
    for path, html in garden({"a/": '<p>é <a href="../b/">B</a></p>\r\n', "b/": ""}).items():
        (tmp_path / path).mkdir()
        (tmp_path / path / "index.html").write_bytes(html.encode())
    assert weave_site(tmp_path) == 2
    assert weave_site(tmp_path) == 0
    assert b"\r\n" in (tmp_path / "a/index.html").read_bytes(), "only what was added may differ"
    assert sorted(f.name for f in tmp_path.rglob("*.*")) == ["index.html", "index.html"]


def test_bytes_that_are_no_utf8_come_through_untouched(tmp_path: Path) -> None:
    for path, html in garden({"a/": '<p>caf? <a href="../b/">B</a></p>', "b/": ""}).items():
        (tmp_path / path).mkdir()
        (tmp_path / path / "index.html").write_bytes(html.encode().replace(b"?", b"\xe9"))
    assert weave_site(tmp_path) == 2
    assert b"caf\xe9 <a" in (tmp_path / "a/index.html").read_bytes()


def test_a_link_that_was_removed_takes_its_backlink_with_it(tmp_path: Path) -> None:
    woven = weave(garden({"a/": '<p><a href="../b/">B</a></p>', "b/": "<p>B.</p>"}))
    woven["a/"] = woven["a/"].replace('<a href="../b/">B</a>', "B")
    assert not entries(weave(woven)["b/"])


# ------------------------------------------------------------------- for every garden

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30
).filter(str.strip)
PATHS = ["", "a/", "b/", "b/c/", "dé/"]


@st.composite
def gardens(draw: st.DrawFn) -> dict[str, str]:
    """Pages with odd words and links between any of them."""
    pages = {}
    for path in PATHS:
        up = "../" * path.count("/")
        links = draw(st.lists(st.tuples(TEXT, TEXT, st.sampled_from(PATHS)), max_size=4))
        body = "".join(
            f'<p>{escape(before)} <a href="{up}{target}">{escape(words)}</a></p>'
            for before, words, target in links
        )
        pages[path] = f"<h1>{escape(draw(TEXT))}</h1>{body}"
    return garden(pages)


@given(gardens())
def test_every_link_has_one_entry_and_every_entry_a_link(pages: dict[str, str]) -> None:
    woven = weave(pages)
    links = sorted(
        (page.path, _target(page, link.href))
        for page in _read(pages)
        for link in page.links
        if _target(page, link.href) != page.path
    )
    listed = sorted((e[0], path) for path in woven for e in entries(woven[path]).get("", []))
    assert listed == links


@given(gardens())
def test_weaving_is_stable_and_blind_to_order(pages: dict[str, str]) -> None:
    once = weave(pages)
    assert weave(once) == once
    assert weave(dict(reversed(pages.items()))) == once


@given(gardens())
def test_words_come_back_as_they_were_written(pages: dict[str, str]) -> None:
    titles = {page.path: page.title for page in _read(pages)}
    for woven in _read(weave(pages)):
        assert woven.title == titles[woven.path]
        for source, _, title, _ in entries(woven.html).get("", []):
            assert title == escape(titles[source])


def _read(pages: dict[str, str]) -> list[Page]:
    return [read_page(path, html) for path, html in pages.items()]


def _target(page: Page, href: str) -> str:
    up = "../" * page.path.count("/")
    return href[len(up) :]
