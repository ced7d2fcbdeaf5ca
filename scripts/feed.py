#!/usr/bin/env python3
"""Say what was planted and tended lately: an Atom feed, and the list at the gate.

usage: python scripts/feed.py SITE

Dates come from the notes' front matter, by way of each page's <meta> elements,
never from the clock or the deploy: the same notes give the same bytes. The
plugins for this take dates from git or stamp the feed with the build time, and
none of them runs under another generator.
"""

from __future__ import annotations

import datetime
import re
import sys
from html import escape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from commands import write_into_site
from dates import time_tag
from site_files import read_site, write_site
from site_links import site_root
from site_pages import Page

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 30
"""Entries in the feed."""
SHOWN = 5
"""Entries in the list at the gate."""
FED = {"chapter", "concept", "exercise", "trail", "film", "sources"}
"""Kinds worth announcing. Never the help page: a feed goes stale, numbers with it."""

LIST = re.compile(r"(<ul[^>]*\bdata-tended\b[^>]*>).*?(</ul>)", re.DOTALL)


def recent(pages: list[Page]) -> list[Page]:
    """The pages worth announcing: last tended first, then last planted, then by title.

    None that someone may need to hide: a feed reader has lock screens too.
    """
    fed = [p for p in pages if p.kind in FED and not p.meta.get("garden:quiet_title")]
    dated = [page for page in fed if page.meta.get("garden:tended")]
    dated.sort(key=lambda page: page.title.casefold())
    key = ("garden:tended", "garden:planted")
    return sorted(dated, key=lambda page: [page.meta.get(k, "") for k in key], reverse=True)


def atom(root: str, pages: list[Page]) -> bytes:
    """The feed as XML. `root` is the site's address with its last slash."""
    home = next((page for page in pages if not page.path), None)
    entries = recent(pages)[:LENGTH]
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "title", home.title if home else root)
    _add(feed, "subtitle", home.meta.get("description", "") if home else "")
    _add(feed, "id", root)
    _add(feed, "link", "", rel="self", href=root + "feed.xml")
    _add(feed, "link", "", href=root)
    _add(feed, "updated", _moment(entries[0].meta["garden:tended"] if entries else "1970-01-01"))
    _add(_add(feed, "author", ""), "name", home.title if home else root)
    for page in entries:
        feed.append(_entry(root, page))
    ElementTree.indent(feed)
    xml: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _entry(root: str, page: Page) -> ElementTree.Element:
    address = root + quote(page.path)
    entry = ElementTree.Element("entry")
    _add(entry, "title", page.title)
    _add(entry, "id", address)
    _add(entry, "link", "", href=address)
    _add(entry, "published", _moment(page.meta.get("garden:planted", page.meta["garden:tended"])))
    _add(entry, "updated", _moment(page.meta["garden:tended"]))
    _add(entry, "category", "", term=page.kind)
    _add(entry, "summary", page.meta.get("description", ""))
    return entry


def _add(
    parent: ElementTree.Element, tag: str, text: str, **attributes: str
) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _moment(day: str) -> str:
    """A date as Atom wants it. Midnight, because a gardener's day has no hour."""
    return f"{day[:10]}T00:00:00Z"


def fill_list(html: str, pages: list[Page]) -> str:
    """Write the latest pages into the empty `<ul data-tended>` of a page at the root."""
    items = "".join(
        f'<li><a href="{escape(quote(page.path))}">{escape(page.title)}</a>, {_date(page)}</li>'
        for page in recent(pages)[:SHOWN]
    )
    return LIST.sub(lambda match: match[1] + items + match[2], html)


def _date(page: Page) -> str:
    return time_tag(datetime.date.fromisoformat(page.meta["garden:tended"][:10]))


def write_feed(site: Path) -> int:
    """Write feed.xml and the list at the gate of a built site; return the entries' number."""
    pages = read_site(site)
    (site / "feed.xml").write_bytes(atom(site_root(pages), list(pages.values())))
    if "" in pages:
        write_site(site, [("", fill_list(pages[""].html, list(pages.values())))])
    return min(LENGTH, len(recent(list(pages.values()))))


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{write_feed(site)} entries"))
