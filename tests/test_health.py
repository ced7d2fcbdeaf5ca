"""The garden's health: sown faults are all found, and nothing else is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import site_files
from backlinks import collect, weave_site
from conftest import PROJECT, Site
from garden_health import dead_ends, graph, mentions, names_of, orphans, worn_sections
from site_files import read_site
from site_links import without_stubs
from site_pages import Page, read_page
from test_backlinks import garden

LABELLED = Path(__file__).parent / "mentions.yml"


def read(pages: dict[str, str]) -> dict[str, Page]:
    """A garden in short, read."""
    return {path: read_page(path, html) for path, html in garden(pages).items()}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(PROJECT / "scripts/backlinks.py"), *arguments]
    return subprocess.run(script, capture_output=True, text=True)


def test_pages_nobody_leads_to_and_pages_that_lead_nowhere() -> None:
    pages = read(
        {"": '<p><a href="a/">a</a></p>', "a/": "<p>.</p>", "b/": '<p><a href="../a/">a</a></p>'}
    )
    backlinks = collect(pages)
    assert orphans(pages, backlinks) == ["b/"], "the home page needs nobody"
    assert dead_ends(pages, backlinks) == ["a/"]


def test_a_section_everyone_leans_on_is_worn() -> None:
    leaning = {f"p{n}/": '<p><a href="../s/#x">x</a> <a href="../t/#x">x</a></p>' for n in range(6)}
    whole = {
        "s/": '<h2 id="x">X</h2>',
        "t/": '<h2 id="x">X</h2><div data-backlinks="sections"></div>',
    }
    backlinks = collect(read(leaning | whole))
    assert worn_sections(backlinks) == [("s/", "x", 6)], "a bibliography is meant for it"
    assert worn_sections([b for b in backlinks if b.source.path != "p0/"]) == []


def test_an_unlinked_mention_is_whole_words_in_prose() -> None:
    body = (
        "<h2>Shutting down</h2><p>She was SHUTTING DOWN again.</p><p><code>shutting down</code></p>"
        "<p>Not <em>Shutting down</em>, the film, nor re-shutting downs.</p>"
        "<p data-generated>Shutting down</p>"
    )
    pages = read({"a/": body, "b/": "<h1>Shutting down (stonewalling)</h1>"})
    (found,) = mentions(pages, collect(pages))
    assert (found.source, found.target, found.words) == ("a/", "b/", "SHUTTING DOWN")


def test_a_page_that_links_once_need_not_link_every_time() -> None:
    body = '<p><a href="../b/">See</a>. Shutting down.</p>'
    pages = read({"a/": body, "b/": "<h1>Shutting down</h1>"})
    assert mentions(pages, collect(pages)) == []


def test_aliases_are_names_and_common_words_are_not() -> None:
    head = '<html><head><meta name="garden:aliases" content="silent treatment|toolkit|cold"></head>'
    page = read_page("a/", head + "<article><h1>Going quiet</h1></article></html>")
    assert names_of(page) == {"going quiet", "silent treatment"}


def test_at_least_nine_in_ten_mentions_are_real(site: Site) -> None:
    """Each mention found in the real garden was read by a person and labelled."""
    rows = yaml.safe_load(LABELLED.read_text("utf-8"))
    labels = {(row["source"], row["target"]): row["real"] for row in rows}
    pages = read_site(site.folder)
    found = {(m.source, m.target) for m in mentions(pages, collect(pages))}
    known = [labels[pair] for pair in found if pair in labels]
    assert len(known) >= 15 and len(known) >= 0.8 * len(found), "label the new ones"
    assert sum(known) / len(known) >= 0.9


# What is sown into a page, and the one line it must bring.
SOWN = {
    '<p><a href="../nowhere/">x</a></p>': "broken: about/ links to '../nowhere/', which is nowhere",
    '<p><a href="../toolkit/#nowhere">x</a></p>': "but toolkit/ has no '#nowhere'",
    '<p><a href="#nowhere">x</a></p>': "but about/ has no '#nowhere'",
}


@pytest.mark.parametrize("sown", SOWN)
def test_check_finds_each_sown_fault_and_nothing_else(
    sown: str, site: Site, tmp_path: Path
) -> None:
    shutil.copytree(site.folder, tmp_path / "site")
    assert command(str(tmp_path / "site"), "--check").returncode == 0
    page = tmp_path / "site/about/index.html"
    page.write_text(page.read_text("utf-8").replace("</article>", sown + "</article>"), "utf-8")
    done = command(str(tmp_path / "site"), "--check")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and SOWN[sown] in done.stderr


def test_the_graph_is_the_backlinks_as_data(site: Site) -> None:
    done = command(str(site.folder), "--json")
    data = json.loads(done.stdout)
    pages = read_site(site.folder)
    assert data == json.loads(json.dumps(graph(pages, collect(pages))))
    assert {page["path"] for page in data["pages"]} == set(without_stubs(pages))
    link = next(row for row in data["links"] if row["section"])
    assert set(link) == {"source", "block", "target", "section", "words", "context"}
    assert all("".join(row["words"]).strip() for row in data["links"])


def test_help_says_what_it_does() -> None:
    done = command("--help")
    assert done.returncode == 0
    assert "--check" in done.stdout and "--json" in done.stdout


def test_a_folder_that_is_none_is_named() -> None:
    done = command("no/such/folder")
    assert done.returncode == 2
    assert "no folder no/such/folder" in done.stderr


# --------------------------------------------------------------------- breaking off


@pytest.fixture
def unwoven(tmp_path: Path) -> Path:
    """A small site before its first weaving."""
    body = {f"p{n}/": f'<p><a href="../p{(n + 1) % 5}/">next</a></p>' for n in range(5)}
    for path, html in garden(body).items():
        (tmp_path / path).mkdir()
        (tmp_path / path / "index.html").write_text(html, "utf-8")
    return tmp_path


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*.*")}


def test_an_error_half_way_leaves_the_site_as_it_was(
    unwoven: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(unwoven)
    original, calls = Path.open, 0

    def full_disk(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        nonlocal calls
        calls += mode == "r+b"
        if calls == 3 and mode == "r+b":
            raise OSError("no space left on device")
        return original(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full_disk)
    with pytest.raises(OSError, match="no space"):
        weave_site(unwoven)
    monkeypatch.undo()
    assert calls == 3
    assert contents(unwoven) == before


def test_a_killed_weaving_is_undone_by_the_next_reader(unwoven: Path) -> None:
    before = contents(unwoven)
    killed = (
        "import os, sys, pathlib; sys.path.insert(0, sys.argv[1]); import backlinks\n"
        "original, calls = pathlib.Path.open, []\n"
        "def open_(self, mode='r', *rest, **more):\n"
        "    calls.append(mode)\n"
        "    if calls.count('r+b') == 3: os._exit(9)\n"
        "    return original(self, mode, *rest, **more)\n"
        "pathlib.Path.open = open_\n"
        "backlinks.weave_site(pathlib.Path(sys.argv[2]))\n"
    )
    script = [sys.executable, "-c", killed, str(PROJECT / "scripts"), str(unwoven)]
    assert subprocess.run(script, env=os.environ).returncode == 9
    assert contents(unwoven) != before, "it was killed in the middle of writing"
    site_files.recover(unwoven)
    assert contents(unwoven) == before
