#!/usr/bin/env python3
"""Fill the A to Z: every title, term and other name of the garden, in one list.

usage: python scripts/a_to_z.py SITE

It is the search of a reader without scripts, so it is made for scanning: a letter is a
heading, a title is a link, and every other name says which title to see. What people
ask for is in it where it is short enough to be looked up; Help is in it under all of
its own words. Running it twice changes nothing. Knows no generator.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from commands import write_into_site
from site_files import changed, read_site, write_site
from site_links import relative, without_stubs
from site_pages import Page

PLACE = re.compile(r"(<div[^>]*\bdata-a-to-z\b[^>]*>).*?(</div>)", re.DOTALL)
ARTICLE = re.compile(r"^(an?|the) (?=\w)")
LOOKED_UP = 3
"""Words of the longest question that someone would look for under its first letter."""


@dataclass(frozen=True)
class Entry:
    """One line: a name, and the page it leads to."""

    name: str
    page: Page
    is_title: bool

    @property
    def letter(self) -> str:
        """The heading it stands under; "#" for what begins with no letter."""
        first = self.sorted_as[:1].upper()
        return first if first.isalpha() else "#"

    @property
    def sorted_as(self) -> str:
        """Its name without accents, case, signs and article, as a reader would look for it."""
        letters = unicodedata.normalize("NFKD", self.name).casefold()
        plain = re.sub(r"[^a-z0-9 ]", "", letters.replace("-", " ")).strip()
        return ARTICLE.sub("", plain)


def entries(pages: dict[str, Page]) -> list[Entry]:
    """Every name of every page, in the order of the alphabet."""
    found = [e for p in without_stubs(pages).values() if p.kind != "home" for e in _of(p)]
    order = sorted(found, key=lambda e: (e.letter, e.sorted_as, not e.is_title, e.page.path))
    return [next(same) for _, same in groupby(order, key=lambda e: (e.sorted_as, e.page.path))]


def _of(page: Page) -> Iterator[Entry]:
    yield Entry(page.title, page, True)
    for name in page.listed("garden:aliases"):
        yield Entry(name, page, False)
    for name in page.listed("garden:asked"):
        if page.kind == "help" or len(name.split()) <= LOOKED_UP:
            yield Entry(name, page, False)


def listing(home: Page, found: list[Entry]) -> str:
    """The list as HTML, as it stands on the page `home`."""
    letters = [(letter, list(group)) for letter, group in groupby(found, key=lambda e: e.letter)]
    row = "".join(f'<li><a href="#{_anchor(name)}">{name}</a></li>' for name, _ in letters)
    parts = [f'<nav class="letters" aria-label="Letters"><ul>{row}</ul></nav>']
    for letter, group in letters:
        lines = "".join(_line(home, entry) for entry in group)
        parts.append(f'<h2 id="{_anchor(letter)}">{letter}</h2><ul class="a-to-z">{lines}</ul>')
    return "".join(parts)


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower() if letter.isalpha() else '0'}"


def _line(home: Page, entry: Entry) -> str:
    page = entry.page
    link = f'<a href="{escape(relative(home.path, page.path))}">{escape(page.title)}</a>'
    kind = f" <span>{escape(page.kind)}</span>" if page.kind != "index" else ""
    if entry.is_title:
        return f"<li>{link}{kind}</li>"
    return f"<li>{escape(entry.name.replace(chr(39), '’'))}: see {link}{kind}</li>"


def weave(pages: dict[str, Page]) -> dict[str, str]:
    """Map site path to HTML with the list in its place. Pure."""
    found = entries(pages)
    woven = {path: page.html for path, page in pages.items()}
    for path, page in pages.items():
        if place := PLACE.search(page.html):
            start, end = place.end(1), place.start(2)
            woven[path] = page.html[:start] + listing(page, found) + page.html[end:]
    return woven


def weave_site(site: Path) -> int:
    """Fill the A to Z of a built site in place; return how many files changed."""
    pages = read_site(site)
    return write_site(site, changed(pages, weave(pages)))


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{weave_site(site)} page(s) written"))
