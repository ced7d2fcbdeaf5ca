#!/usr/bin/env python3
"""Show the way along a trail on every page the trail passes.

usage: python scripts/trails.py SITE

A trail is a page of the kind `trail` whose numbered list names its stops: the
links that open an item, in order. Each stop gets the way back and the way on,
twice: at its top, shown only to a reader who came along the trail (the trail's
links carry #on-<trail>, and CSS shows the target), and at its foot for everyone.
No script is needed. Running it twice changes nothing. Knows no generator.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from commands import write_into_site
from site_files import changed, read_site, write_site
from site_links import find_page, relative, resolve, site_root
from site_pages import Page

WOVEN = re.compile(r'<nav class="trail"[^>]*>.*?</nav>', re.DOTALL)
# Numbered lists, and in them the links that open an item: those are the stops.
LIST = re.compile(r"<ol\b.*?</ol>", re.DOTALL)
OPENING = re.compile(
    r"""(?P<before><li\b[^>]*>\s*(?:<p\b[^>]*>\s*)?<a\b[^>]*?\bhref=")(?P<href>[^"#]*)"""
    r"""(?:#[^"]*)?(?P<after>")"""
)
TOP = re.compile(r"<div data-trail-top[^>]*>")
FOOT = re.compile(r"<div data-trail-foot[^>]*>")


@dataclass(frozen=True)
class Trail:
    """A trail and its stops, in order. `name` is the last part of its address."""

    name: str
    page: Page
    stops: tuple[Page, ...]


@dataclass(frozen=True)
class Stop:
    """One page's place on one trail. `back` or `on` is the trail itself at its ends."""

    trail: Trail
    number: int
    back: Page
    on: Page


def read_trail(page: Page, pages: dict[str, Page]) -> Trail:
    """The trail a page describes.

    Raises ValueError, naming page and link, where a stop is no page of the site.
    """
    stops = []
    for href in (match["href"] for ol in LIST.findall(page.html) for match in OPENING.finditer(ol)):
        where = resolve(site_root(pages), page.path, unescape(href))
        stop = find_page(pages, where[0]) if where else None
        if stop is None:
            where_to_look = "A stop is the link that opens a numbered item"
            raise ValueError(f"{page.path}: the stop '{href}' is no page here. {where_to_look}")
        stops.append(stop)
    return Trail(page.path.strip("/").rpartition("/")[2], page, tuple(stops))


def stops_by_page(trails: list[Trail]) -> dict[str, list[Stop]]:
    """Where each page lies on the trails that pass it."""
    found: dict[str, list[Stop]] = defaultdict(list)
    for trail in trails:
        around = (trail.page, *trail.stops, trail.page)
        for number, page in enumerate(trail.stops, 1):
            stop = Stop(trail, number, around[number - 1], around[number + 1])
            found[page.path].append(stop)
    return found


def way(page: Page, stop: Stop, at_top: bool) -> str:
    """The way back and on as HTML, as it stands on `page`."""
    trail = stop.trail
    name = escape(trail.page.title)
    here = f"stop {stop.number} of {len(trail.stops)}"
    identity = f' id="on-{trail.name}"' if at_top else ""
    label = f"Along the trail: {name}" + ("" if at_top else " (at the foot)")
    return (
        f'<nav class="trail"{identity} aria-label="{label}">'
        f'<p><a href="{relative(page.path, trail.page.path)}">{name}</a>, {here}</p>'
        f"<p>{_step(page, stop.back, trail, 'Back')} {_step(page, stop.on, trail, 'On')}</p></nav>"
    )


def _step(page: Page, to: Page, trail: Trail, word: str) -> str:
    """One step along a trail; at either end it leads to the trail's own page."""
    ends = to is trail.page
    words = {"Back": "to the start", "On": "the trail ends here"}[word] if ends else to.title
    fragment = "" if ends else f"#on-{trail.name}"
    rel = {"Back": "prev", "On": "next"}[word]
    href = relative(page.path, to.path) + fragment
    return f'<a rel="{rel}" href="{href}">{word}: {escape(words)}</a>'


def weave(sources: dict[str, Page]) -> dict[str, str]:
    """Map site path to HTML with the ways along every trail. Pure."""
    trails = [read_trail(page, sources) for page in sources.values() if page.kind == "trail"]
    stops = stops_by_page(trails)
    woven = {}
    for path, page in sources.items():
        html = WOVEN.sub("", page.html)
        top = "".join(way(page, stop, at_top=True) for stop in stops[path])
        foot = "".join(way(page, stop, at_top=False) for stop in stops[path])
        html = TOP.sub(lambda match, ways=top: match[0] + ways, html)  # type: ignore[misc]
        woven[path] = FOOT.sub(lambda match, ways=foot: match[0] + ways, html)  # type: ignore[misc]
    for trail in trails:
        woven[trail.page.path] = _mark_stops(woven[trail.page.path], trail)
    return woven


def _mark_stops(html: str, trail: Trail) -> str:
    """Let a trail's own links say that the reader comes along it."""
    mark = rf"\g<before>\g<href>#on-{trail.name}\g<after>"
    return LIST.sub(lambda ol: OPENING.sub(mark, ol[0]), html)


def weave_site(site: Path) -> int:
    """Weave the trails of a built site in place; return how many files changed."""
    pages = read_site(site)
    return write_site(site, changed(pages, weave(pages)))


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{weave_site(site)} page(s) written"))
