"""Trails: the way back and on, on every stop, in the order the gardener wrote."""

from __future__ import annotations

import re

import pytest

from backlinks import weave as weave_backlinks
from site_pages import Page, read_page
from trails import weave

PLACES = "<div data-trail-top></div>{}<div data-trail-foot data-generated></div>"


def garden(stops: str, **bodies: str) -> dict[str, Page]:
    """A trail at trails/way/ with this list, and one page for each other name."""
    kind = '<meta name="garden:kind" content="trail">'
    pages = {"trails/way/": f"<head>{kind}</head><article><h1>The way</h1>{stops}</article>"}
    for name, body in bodies.items():
        pages[f"{name}/"] = f"<article><h1>{name}</h1>{PLACES.format(body)}</article>"
    return {path: read_page(path, html) for path, html in pages.items()}


STOPS = """<p>Not a stop: <a href="../../c/">c</a>.</p><ol>
<li id="x"><a href="../../a/">A</a>, because <a href="../../c/">c</a> is later.</li>
<li><p><a href="../../b/">B</a> &amp; more.</p></li>
</ol>"""


def steps(html: str) -> list[tuple[str, str, str]]:
    """Every step on a page as (rel, href, words)."""
    return re.findall(r'<a rel="(\w+)" href="([^"]*)">(.*?)</a>', html)


def test_each_stop_leads_back_and_on() -> None:
    woven = weave(garden(STOPS, a="", b="", c=""))
    ends = ("prev", "../trails/way/", "Back: to the start")
    on = ("next", "../b/#on-way", "On: b")
    assert steps(woven["a/"]) == [ends, on, ends, on], "once at the top, once at the foot"
    assert steps(woven["b/"])[:2] == [
        ("prev", "../a/#on-way", "Back: a"),
        ("next", "../trails/way/", "On: the trail ends here"),
    ]
    assert steps(woven["c/"]) == []


def test_the_trails_own_stops_say_that_the_reader_comes_along_it() -> None:
    trail = weave(garden(STOPS, a="", b="", c=""))["trails/way/"]
    assert re.findall(r'href="([^"]*)"', trail) == [
        "../../c/",
        "../../a/#on-way",
        "../../c/",
        "../../b/#on-way",
    ]


def test_weaving_twice_changes_nothing() -> None:
    once = weave(garden(STOPS, a="", b="", c=""))
    assert weave({path: read_page(path, html) for path, html in once.items()}) == once


def test_the_way_along_a_trail_is_not_a_backlink() -> None:
    woven = weave(garden(STOPS, a="", b="", c=""))
    assert 'data-source="a/"' not in weave_backlinks(woven)["b/"]
    assert 'data-source="trails/way/"' in weave_backlinks(woven)["b/"]


def test_a_stop_that_is_no_page_is_named() -> None:
    with pytest.raises(ValueError, match=r"trails/way/: the stop '../../gone/' is no page here"):
        weave(garden('<ol><li><a href="../../gone/">Gone</a></li></ol>'))
