"""The feed: valid Atom, dated by the notes, the same bytes for the same garden."""

from __future__ import annotations

from xml.etree import ElementTree

from feed import atom, fill_list
from site_pages import Page, read_page

ROOT = "https://garden.example/sub/"
NAME = {"a": "http://www.w3.org/2005/Atom"}


def note(path: str, title: str, kind: str, planted: str, tended: str) -> Page:
    """A built page that says when it was planted and tended."""
    metas = {"garden:kind": kind, "garden:planted": planted, "garden:tended": tended}
    metas["description"] = f"About {title}"
    head = "".join(f'<meta name="{key}" content="{value}">' for key, value in metas.items())
    return read_page(path, f"<html><head>{head}</head><body><h1>{title}</h1></body></html>")


PAGES = [
    note("", "Garden &amp; Co", "home", "2026-01-01", "2026-09-09"),
    note("old/", "Old", "concept", "2026-01-01", "2026-01-02"),
    note("é/", "Fresh &lt;1&gt;", "exercise", "2026-02-01", "2026-03-01"),
    note("help/", "Help", "help", "2026-01-01", "2026-08-01"),
]


def test_entries_carry_the_notes_own_dates_and_addresses() -> None:
    feed = ElementTree.fromstring(atom(ROOT, PAGES))
    assert feed.findtext("a:title", namespaces=NAME) == "Garden & Co"
    assert feed.findtext("a:updated", namespaces=NAME) == "2026-03-01T00:00:00Z"
    first, second = feed.findall("a:entry", NAME)
    assert first.findtext("a:title", namespaces=NAME) == "Fresh <1>"
    assert first.findtext("a:id", namespaces=NAME) == ROOT + "%C3%A9/"
    assert first.findtext("a:published", namespaces=NAME) == "2026-02-01T00:00:00Z"
    assert second.findtext("a:updated", namespaces=NAME) == "2026-01-02T00:00:00Z"


def test_a_page_someone_may_need_to_hide_is_not_announced() -> None:
    quiet = note("doubt/", "Doubt", "concept", "2026-01-01", "2026-09-01")
    quiet.meta["garden:quiet_title"] = "Trust"
    assert atom(ROOT, [*PAGES, quiet]) == atom(ROOT, PAGES)


def test_the_help_page_is_never_fed() -> None:
    """A feed is read for years; phone numbers are not good for that long."""
    assert b"help/" not in atom(ROOT, PAGES)


def test_the_same_garden_gives_the_same_bytes() -> None:
    assert atom(ROOT, PAGES) == atom(ROOT, list(reversed(PAGES)))


def test_the_list_at_the_gate_is_filled_anew_each_time() -> None:
    empty = '<ul class="tended" data-tended data-generated></ul>'
    once = fill_list(empty, PAGES)
    assert once.count("<li>") == 2
    assert '<a href="%C3%A9/">Fresh &lt;1&gt;</a>, <time datetime="2026-03-01">1 March 2026' in once
    assert fill_list(once, PAGES) == once
