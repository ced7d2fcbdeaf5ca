"""The real garden as it is built: whole, findable, and true to its own promises."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from backlinks import collect
from check_site import check_site
from conftest import Site
from site_files import read_site
from site_links import resolve, without_stubs
from site_pages import Page, read_page
from trails import read_trail


def pages_of(site: Site) -> dict[str, Page]:
    """Every page of a built site by its address below the root, without redirect stubs."""
    return without_stubs(read_site(site.folder))


def sections_used(pages: dict[str, Page], path: str) -> set[str]:
    """The sections of a page that some other page leans on."""
    return {b.section.id for b in collect(pages) if b.target.path == path and b.section}


def test_no_link_or_anchor_is_broken(site: Site) -> None:
    assert check_site(site.folder) == []


# A fault sown into the home page: what is put in, and what must be said of it.
FAULTS = {
    "a broken link": ('<a href="nowhere/">x</a>', "'nowhere/', which is nowhere"),
    "a broken anchor": ('<a href="toolkit/#nowhere">x</a>', "toolkit/ has no '#nowhere'"),
    "a missing picture": ('<img alt="" src="assets/none.svg">', "'assets/none.svg'"),
    "a script from elsewhere": (
        '<script src="https://cdn.example/x.js"></script>',
        "asks https://cdn.example/x.js of another origin",
    ),
    "a style sheet from elsewhere": (
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        "asks //fonts.example/a.css of another origin",
    ),
    "an id twice": ('<p id="text"></p>', "the id 'text' 2 times"),
    "a second main title": ("<h1>Again</h1>", "has 2 main titles"),
    "markup that was not understood": ("<p>Step one. { #step-1 }</p>", "shows markup"),
    "a preview without its address": (
        '<meta property="og:image" content="/card.png">',
        "names '/card.png' as its preview; a messenger needs the whole address",
    ),
    "a preview without its picture": (
        '<meta name="twitter:image" content="{address}none.png">',
        "none.png' as its preview, which is nowhere in the site",
    ),
    "a picture without words": ('<img src="assets/favicon.svg">', "without alt text"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_sown_fault_is_found_and_nothing_else(name: str, site: Site, tmp_path: Path) -> None:
    sown, said = FAULTS[name]
    shutil.copytree(site.folder, tmp_path / "site")
    gate = tmp_path / "site/index.html"
    sown = sown.replace("{address}", site.address)
    gate.write_text(gate.read_text("utf-8").replace("</article>", sown + "</article>"), "utf-8")
    problems = check_site(tmp_path / "site")
    assert len(problems) == 1, problems
    assert said in problems[0]


def test_every_page_can_be_told_from_every_other(site: Site) -> None:
    pages = pages_of(site)
    for what in ("title", "description"):
        seen = defaultdict(list)
        for path, page in pages.items():
            named = re.search("<title>(.*?)</title>", page.html)
            assert named
            seen[named[1] if what == "title" else page.meta["description"]].append(path)
        assert [paths for paths in seen.values() if len(paths) > 1] == []


def test_addresses_are_absolute_and_complete(site: Site) -> None:
    """Canonical links, sitemap and feed all speak of the place the garden is served at."""
    pages = pages_of(site)
    sitemap = (site.folder / "sitemap.xml").read_text("utf-8")
    for path, page in pages.items():
        assert page.meta["canonical"] == site.address + path
        assert f"<loc>{site.address}{path}</loc>" in sitemap
    feed = ElementTree.parse(site.folder / "feed.xml").getroot()
    addresses = [node.text or "" for node in feed.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(addresses) > 20
    assert {address.removeprefix(site.address) for address in addresses} <= set(pages)


def test_only_pages_with_a_picture_carry_the_lightbox(site: Site) -> None:
    for path, page in pages_of(site).items():
        assert ("<img" in page.html) == ("glightbox.min.js" in page.html), path


def test_phone_numbers_live_on_the_help_page_alone(site: Site) -> None:
    """A number that is copied goes stale where nobody looks."""
    for path, page in pages_of(site).items():
        if path != "help/":
            assert not re.search(r'href="(?:tel|sms):\s*[+\d]', page.html), path


def test_every_exercise_gives_its_safety_line_before_its_steps(site: Site) -> None:
    exercises = [page for page in pages_of(site).values() if page.kind == "exercise"]
    assert len(exercises) >= 5
    for page in exercises:
        order = ("data-promise", "data-facts", "data-safety", "data-right-now", 'id="step-1"')
        places = [page.html.index(mark) for mark in order]
        assert places == sorted(places), page.path
        assert "#is-this-safe-for-us" in page.html


def test_help_is_one_tap_away_everywhere(site: Site) -> None:
    for path, page in pages_of(site).items():
        link = re.search(r'<a class="bar__help" href="([^"]*)"', page.html)
        assert link and resolve(site.address, path, link[1]) == ("help/", ""), path


def test_notes_are_woven_densely(site: Site) -> None:
    """Every page can be walked to; concepts lead to practice and practice to concepts.

    A trail names its stops but does not lean on them, so it does not count here.
    """
    pages = pages_of(site)
    out, into = defaultdict(set), defaultdict(set)
    for backlink in collect(pages):
        if backlink.source.kind != "trail":
            out[backlink.source.path].add(backlink.target.path)
            into[backlink.target.path].add(backlink.source.path)
    for path, page in pages.items():
        practice = {target for target in out[path] if pages[target].kind == "exercise"}
        if page.kind == "concept":
            assert len(into[path]) >= 3, f"{path} is linked from {sorted(into[path])} only"
            assert practice or path == "defensiveness/gaslighting/", f"{path}: no exercise"
        if page.kind == "exercise":
            concepts = {source for source in into[path] if pages[source].kind == "concept"}
            assert len(concepts) >= 2, f"{path} is reached from {sorted(concepts)} only"
        assert into[path] or path == "", f"{path} is linked from nowhere"


def test_every_scene_of_the_film_is_used(site: Site) -> None:
    pages = pages_of(site)
    used = sections_used(pages, "film/")
    scenes = {h.id for h in pages["film/"].headings if h.level == 2}
    assert scenes - used == {"left-open"}, "its closing words, which no page needs"


def test_a_first_screen_is_not_a_thicket_of_links(site: Site) -> None:
    """At most twelve body links before a page's second section."""
    for path, page in pages_of(site).items():
        seconds = [h.at for h in page.headings if h.level == 2][1:2]
        start = page.html[: seconds[0]] if seconds else ""
        assert len(read_page(path, start + "</article>").links) <= 12, path


def test_every_trail_has_five_to_seven_stops(site: Site) -> None:
    pages = pages_of(site)
    trails = [read_trail(page, pages) for page in pages.values() if page.kind == "trail"]
    assert len(trails) == 6
    assert [trail.name for trail in trails if not 5 <= len(trail.stops) <= 7] == []


def test_every_source_is_used(site: Site) -> None:
    """The bibliography holds what the garden leans on, and nothing else."""
    pages = pages_of(site)
    used = sections_used(pages, "sources/")
    listed = {h.id for h in pages["sources/"].headings if h.level == 3}
    assert listed - used == set()
