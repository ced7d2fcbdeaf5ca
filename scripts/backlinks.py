#!/usr/bin/env python3
"""Weave "What links here" into a built site, or say how well it is linked.

usage: python scripts/backlinks.py SITE            weave
       python scripts/backlinks.py SITE --check    report broken links and more
       python scripts/backlinks.py SITE --json     print the graph of links

Reads every page below SITE, works out which body links lead to which page, and
writes into each page a static list of the places that link to it: the source's
title and stage, and the block the link stands in with the link's words marked. A
page whose template asks for `<div data-backlinks="sections">` gets a list under
each section instead. Running it twice changes nothing. Knows no generator.

The data model follows autorefs' `backlinks.py` (mkdocstrings), which records
title and section of a source; the block around the link, and its address, are ours.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from urllib.parse import quote

import garden_health
from commands import is_folder, parser
from excerpts import excerpt
from site_files import html_files, read_html, write_site
from site_links import file_of, find_page, relative, resolve, site_path, site_root
from site_pages import Block, Heading, Page, read_page

# How a source of each kind is introduced, in the order the groups are printed.
GROUPS = {
    "exercise": "Practised in",
    "concept": "Explained in",
    "chapter": "In the chapters",
    "trail": "On the way of",
    "film": "Seen in the film",
    "": "Also in",
}

WOVEN = '<nav class="backlinks"'
"""How a list we wrote begins. No other menu stands inside one."""


@dataclass(frozen=True)
class Backlink:
    """One block of `source` that links to `target`, perhaps more than once."""

    source: Page
    block: Block
    target: Page
    section: Heading | None
    """The part of the target it points at, if it names one."""
    links: frozenset[int]
    """Indexes of the links in `source.links` that do so."""


# ------------------------------------------------------------------- which links where


def collect(pages: dict[str, Page]) -> list[Backlink]:
    """All backlinks of a site, ordered by source and position, one for each section named.

    A page's links to itself do not count, nor those of a redirect stub.
    """
    root = site_root(pages)
    found: dict[tuple[str, int, str, str], Backlink] = {}
    for path in sorted(pages):
        page = pages[path]
        for index, link in enumerate(() if page.refresh else page.links):
            where = resolve(root, path, link.href)
            target = find_page(pages, where[0]) if where else None
            if where is None or target is None or target is page:
                continue
            section = target.section_of(where[1]) if where[1] else None
            key = (path, link.block, target.path, section.id if section else "")
            old = found.get(key)
            links = frozenset({index}) | (old.links if old else frozenset())
            found[key] = Backlink(page, page.blocks[link.block], target, section, links)
    return list(found.values())


def by_page(backlinks: list[Backlink]) -> dict[str, list[Backlink]]:
    """Group by target page; a block that names two sections of a page counts once."""
    groups: dict[str, dict[tuple[str, int], Backlink]] = defaultdict(dict)
    for b in backlinks:
        group, key = groups[b.target.path], (b.source.path, b.block.at)
        old = group.get(key)
        group[key] = replace(b, links=b.links | old.links, section=old.section) if old else b
    return {path: list(group.values()) for path, group in groups.items()}


def by_section(backlinks: list[Backlink]) -> dict[str, list[Backlink]]:
    """Group one page's backlinks by the section they name; "" is the page as a whole."""
    groups: dict[str, list[Backlink]] = defaultdict(list)
    for b in backlinks:
        groups[b.section.id if b.section else ""].append(b)
    return groups


# --------------------------------------------------------------------------- printing


def nav(page: Page, entries: list[Backlink], at: Heading | None) -> str:
    """The list of backlinks as HTML, for a page or (`at`) one of its sections.

    A page's list lies open. A section's is folded: seventy open ones would bury
    the sections themselves, and <details> needs no script.
    """
    body = "".join(_group(page, entries, kind, named=at is None) for kind in GROUPS)
    count = f"<span>({len(entries)})</span>"
    if at is None:
        head = f'<p class="backlinks__title">What links here {count}</p>'
        return f'\n<nav class="backlinks" aria-label="What links here">{head}{body}</nav>'
    head = f'<summary class="backlinks__title">Used in {count}</summary>'
    return (
        f'\n<nav class="backlinks" data-section="{escape(at.id)}" '
        f'aria-label="Used in: {escape(at.text)}"><details>{head}{body}</details></nav>'
    )


def _group(page: Page, entries: list[Backlink], kind: str, named: bool) -> str:
    """One group of a list: the sources of one kind, titles in order."""
    own = [b for b in entries if (b.source.kind if b.source.kind in GROUPS else "") == kind]
    own.sort(key=lambda b: (b.source.title.casefold(), b.source.path, b.block.at))
    items = "".join(_item(page, b, named) for b in own)
    return f'<p class="backlinks__group">{GROUPS[kind]}</p><ul>{items}</ul>' if own else ""


def _item(page: Page, b: Backlink, named: bool) -> str:
    href = relative(page.path, b.source.path) + "#" + quote(b.block.id)
    stage = b.source.meta.get("garden:stage", "")
    mark = f' <span class="backlinks__stage">{escape(stage)}</span>' if stage else ""
    part = f'<p class="backlinks__part">on “{escape(b.section.text)}”</p>' if b.section else ""
    return (
        f'<li data-source="{escape(b.source.path)}"><a href="{escape(href)}">'
        f"{escape(b.source.title)}</a>{mark}{part if named else ''}"
        f"<blockquote>{excerpt(b.block, b.links)}</blockquote></li>"
    )


# ---------------------------------------------------------------------------- weaving


def plan(pages: dict[str, Page]) -> dict[str, list[tuple[int, str]]]:
    """What to write where, by page: ids for the blocks landed on, and the lists."""
    backlinks = collect(pages)
    inserts: dict[str, dict[int, str]] = defaultdict(dict)
    for b in backlinks:
        if not b.block.has_id:
            at = b.block.at + 1 + len(b.block.tag)
            inserts[b.source.path][at] = f' id="{b.block.id}"'
    sections: dict[str, list[Backlink]] = defaultdict(list)
    for b in backlinks:
        if b.target.place_kind == "sections":
            sections[b.target.path].append(b)
    for path, entries in by_page(backlinks).items():
        lists = by_section(sections[path]) if path in sections else {"": entries}
        for section, own in lists.items():
            page, heading = pages[path], own[0].section if section else None
            place = _place(page, heading)
            inserts[path][place] = inserts[path].get(place, "") + nav(page, own, heading)
    return {path: sorted(texts.items()) for path, texts in inserts.items()}


def _place(page: Page, section: Heading | None) -> int:
    """Where a list goes: before the next heading, or at the place the template keeps."""
    later = [heading.at for heading in page.headings if section and heading.at > section.at]
    return min([*later, page.place])


def splice(html: str, inserts: list[tuple[int, str]]) -> str:
    """Write each text at its offset, leaving every other character as it was."""
    parts, last = [], 0
    for offset, text in inserts:
        parts += [html[last:offset], text]
        last = offset
    return "".join(parts) + html[last:]


def unwoven(html: str) -> str:
    """The page without its lists of backlinks."""
    parts, last = [], 0
    while (start := html.find(WOVEN, last)) >= 0:
        parts.append(html[last : start - (html[start - 1] == "\n")])
        last = html.find("</nav>", start) + len("</nav>")
    return "".join(parts) + html[last:]


def weave(sources: dict[str, str]) -> dict[str, str]:
    """Map site path to HTML, without and then with backlinks. Pure."""
    pages = {path: read_page(path, unwoven(html)) for path, html in sources.items()}
    inserts = plan(pages)
    return {path: splice(page.html, inserts.get(path, [])) for path, page in pages.items()}


def read_lean(site: Path) -> dict[str, Page]:
    """Every page of a built site, without its HTML, which is read again when written."""
    paths = {site_path(f.relative_to(site)): f for f in html_files(site)}
    return {p: replace(read_page(p, unwoven(read_html(f))), html="") for p, f in paths.items()}


@contextmanager
def _without_collector() -> Iterator[None]:
    """A large garden is a million small objects in no cycle: nothing for gc to find."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def weave_site(site: Path) -> int:
    """Weave a built site in place, all or nothing; return how many files changed."""
    with _without_collector():
        pages = read_lean(site)
        inserts = plan(pages)

    def woven() -> Iterator[tuple[str, str]]:
        for path in pages:
            before = read_html(file_of(site, path))
            after = splice(unwoven(before), inserts.get(path, []))
            if after != before:
                yield path, after

    return write_site(site, woven())


# ---------------------------------------------------------------------------- command


def main() -> int:
    reader = parser(__doc__)
    reader.add_argument("site", type=Path, help="folder of a built site")
    mode = reader.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="report; exit 1 on broken links")
    mode.add_argument("--json", action="store_true", help="print the graph; write nothing")
    options = reader.parse_args()
    if not is_folder(options.site, "Build the site first: scripts/build"):
        return 2
    if options.check:
        return garden_health.report(options.site)
    if options.json:
        pages = read_lean(options.site)
        json.dump(garden_health.graph(pages, collect(pages)), sys.stdout, indent=1)
        return 0
    print(f"backlinks: {weave_site(options.site)} page(s) written in {options.site}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
