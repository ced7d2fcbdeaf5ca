"""What search is given: the index, its words, and the A to Z, from made-up pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import a_to_z
import search_words
from search_index import files, parts
from site_pages import Page, read_page, read_sections


def page(path: str, body: str, **meta: str) -> Page:
    """A page with these facts in its head."""
    head = "".join(f'<meta name="garden:{k}" content="{v}">' for k, v in meta.items())
    html = f"<html><head>{head}</head><body><nav>Menu</nav><article>{body}</article></body></html>"
    return read_page(path, html)


def garden(*pages: Page) -> dict[str, Page]:
    return {page.path: page for page in pages}


NOTE = """<div data-generated>Furniture</div><h1>Small reaches <span>(bids)</span></h1>
<p>A first <em>reach</em>.</p><h2 id="sounds">How it sounds</h2>
<ul><li>“Look.”</li><li>“A dog!”</li></ul>
<nav class="backlinks">What links here</nav><table><tr><td>one</td><td>two</td></tr></table>"""


def test_sections_are_the_text_without_furniture() -> None:
    found = [(s.level, s.id, s.title, s.text) for s in read_sections(page("a/", NOTE).html)]
    assert found == [
        (0, "", "", ""),
        (1, "", "Small reaches (bids)", "A first reach."),
        (2, "sounds", "How it sounds", "“Look.” “A dog!” one two"),
    ]


def read(pages: dict[str, Page]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """What the index says of these pages: names and texts."""
    written = files(pages, {})
    return json.loads(written["names.json"])["pages"], json.loads(written["text-1.json"])


def test_a_page_is_known_by_all_its_names() -> None:
    facts = {"kind": "concept", "term": "bids", "aliases": "bids|reaching", "asked": "look at me"}
    ((names,), (text,)) = read(garden(page("a/", NOTE, **facts)))
    assert names == {
        "path": "a/",
        "title": "Small reaches",
        "kind": "concept",
        "term": "bids",
        "aliases": ["reaching"],
        "asked": ["look at me"],
    }
    assert text["sections"] == [
        ["", "", "A first reach."],
        ["sounds", "How it sounds", "“Look.” “A dog!” one two"],
    ]


def test_what_matters_most_comes_first() -> None:
    link = '<h1>x</h1><p><a href="../b/">b</a></p>'
    pages = garden(
        page("s/", link, kind="sources"),
        page("a/", link, kind="concept"),
        page("b/", "<h1>b</h1>", kind="concept"),
        page("h/", "<h1>h</h1>", kind="help"),
    )
    names, _ = read(pages)
    assert [entry["path"] for entry in names] == ["h/", "b/", "a/", "s/"]


def test_redirect_stubs_are_left_out() -> None:
    stub = read_page("old/", '<meta http-equiv="refresh" content="0; url=../a/"><h1>Moved</h1>')
    names, _ = read(garden(page("a/", NOTE), stub))
    assert [entry["path"] for entry in names] == ["a/"]


def test_a_large_garden_comes_in_parts_and_loses_nothing() -> None:
    records: list[dict[str, object]] = [{"n": number} for number in range(100)]
    split = list(parts(records, 50, 200))
    assert [record for part in split for record in part] == records
    assert len(split[0]) < len(split[1])


def test_scenes_of_the_film_are_whole_and_have_names() -> None:
    long = "He walks. " * 100
    film = page("film/", f'<h1>Film</h1><h2 id="walk">A walk</h2><p>{long}</p>', kind="film")
    (names,), (text,) = read(garden(film))
    assert names["scenes"] == [["walk", "A walk"]]
    assert text["sections"][-1][2] == long.strip()  # type: ignore[index]


# ----------------------------------------------------------------------------- words


def test_the_words_are_in_order() -> None:
    assert set(search_words.read()) == {"stop", "forms", "whole", "groups", "danger"}


@pytest.mark.parametrize(
    "line, message",
    [
        ("groups: {x: [no, yes]}", r"groups: x: False is no text; put it in quotes"),
        ("groups: {x: Row}", r"groups: x must be a list of words"),
        ("groups: {x: [Row]}", r"write 'Row' in lower case"),
        ("forms: {x: [don't]}", r"without apostrophes"),
    ],
)
def test_a_slip_in_the_words_is_named(line: str, message: str, tmp_path: Path) -> None:
    keys = {"stop": "a", "forms": "{}", "whole": "[x]", "groups": "{}"}
    keys[line.split(":")[0]] = line.partition(": ")[2]
    source = "".join(f"{key}: {value}\n" for key, value in keys.items())
    file = tmp_path / "search_words.yml"
    file.write_text(source + "danger: {lists: {}, any: [], unless: []}\n", "utf-8")
    with pytest.raises(ValueError, match=message):
        search_words.read(file)


def test_a_missing_list_of_danger_is_named(tmp_path: Path) -> None:
    file = tmp_path / "search_words.yml"
    start = "stop: a\nforms: {}\nwhole: [x]\ngroups: {}\n"
    file.write_text(start + 'danger: {lists: {me: [me]}, any: [["{mi}"]], unless: []}\n', "utf-8")
    with pytest.raises(ValueError, match=r"no list \{mi\}; known: me"):
        search_words.read(file)


# ---------------------------------------------------------------------------- a to z


def test_the_a_to_z_lists_every_name_once_under_its_letter() -> None:
    home = page("z/", "<h1>Z</h1><div data-a-to-z data-generated></div>", kind="index")
    note = page(
        "a/b/",
        "<h1>Émile &amp; co</h1>",
        aliases="clingy|emile &amp; co",
        asked="too long to look for",
    )
    html = a_to_z.weave(garden(home, note))["z/"]
    assert '<h2 id="letter-c">C</h2><ul class="a-to-z"><li>clingy: see <a href="../a/b/">' in html
    assert html.count("Émile &amp; co</a>") == 2, "its title, and what clingy leads to"
    assert "too long" not in html


def test_help_is_listed_under_everything_people_ask_for_it() -> None:
    home = page("z/", "<h1>Z</h1><div data-a-to-z data-generated></div>", kind="index")
    help_ = page("help/", "<h1>Help</h1>", kind="help", asked="my husband hit me")
    assert "my husband hit me: see" in a_to_z.weave(garden(home, help_))["z/"]


def test_filling_the_a_to_z_twice_changes_nothing() -> None:
    home = page("z/", "<h1>Z</h1><div data-a-to-z data-generated></div>", kind="index")
    once = a_to_z.weave(garden(home))
    again = a_to_z.weave({path: read_page(path, html) for path, html in once.items()})
    assert again == once
