#!/usr/bin/env python3
"""Weave "What links here" into a built site.

usage: python scripts/backlinks.py SITE

Reads every page below SITE, works out which body links lead to which page, and
writes into each page a static list of the places that link to it: the source's
title and the block the link stands in, with the link's words marked. A page
whose template asks for `<div data-backlinks="sections">` gets a list under each
section instead. Running it twice changes nothing. Knows no generator.

The data model follows autorefs' `backlinks.py` (mkdocstrings), which records
title and section of a source; the block around the link is ours.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from site_pages import (
    Block,
    Page,
    find_page,
    read_page,
    read_site,
    relative,
    resolve,
    site_root,
    write_site,
)

EXCERPT = 280
"""The longest excerpt, in characters."""

# How a source of each kind is introduced, in the order the groups are printed.
GROUPS = {
    "exercise": "Practised in",
    "concept": "Explained in",
    "chapter": "In the chapters",
    "trail": "On the way of",
    "film": "Seen in the film",
    "": "Also in",
}

WOVEN = re.compile(r'\n?<nav class="backlinks".*?</nav>', re.DOTALL)


@dataclass(frozen=True)
class Backlink:
    """One block of `source` that links to `target`, perhaps more than once."""

    source: Page
    block: int
    target: str
    fragment: str
    links: frozenset[int]
    """Indexes of the links in `source.links` that do so."""


# ------------------------------------------------------------------- which links where


def collect(pages: dict[str, Page]) -> list[Backlink]:
    """All backlinks of a site, ordered by source and position.

    A page's links to itself do not count, nor those of a redirect stub.
    """
    root = site_root(pages)
    found: dict[tuple[str, int, str, str], set[int]] = defaultdict(set)
    for page in pages.values():
        for index, link in enumerate(() if page.refresh else page.links):
            where = resolve(root, page.path, link.href)
            target = find_page(pages, where[0]) if where else None
            if where and target and target is not page:
                found[page.path, link.block, target.path, where[1]].add(index)
    return [Backlink(pages[s], b, t, f, frozenset(i)) for (s, b, t, f), i in sorted(found.items())]


def by_page(backlinks: list[Backlink]) -> dict[str, list[Backlink]]:
    """Group by target page; a block that names two sections of a page counts once."""
    merged: dict[tuple[str, str, int], Backlink] = {}
    for b in backlinks:
        key = (b.target, b.source.path, b.block)
        old = merged.get(key)
        links = b.links | old.links if old else b.links
        fragment = old.fragment if old and old.fragment else b.fragment
        merged[key] = Backlink(b.source, b.block, b.target, fragment, links)
    groups: dict[str, list[Backlink]] = defaultdict(list)
    for b in merged.values():
        groups[b.target].append(b)
    return groups


def by_section(backlinks: list[Backlink], page: Page) -> dict[str, list[Backlink]]:
    """Group one page's backlinks by the heading they name; "" is the page itself."""
    known = {heading.id for heading in page.headings}
    groups: dict[str, list[Backlink]] = defaultdict(list)
    for b in backlinks:
        if b.target == page.path:
            groups[b.fragment if b.fragment in known else ""].append(b)
    return groups


# -------------------------------------------------------------------------- block ids


def block_id(block: Block, taken: frozenset[str]) -> str:
    """A block's own id, or one made of its words, so that edits elsewhere keep it."""
    if block.id:
        return block.id
    digest = hashlib.sha1(block.text.encode(), usedforsecurity=False).hexdigest()[:7]
    name, number = f"b-{digest}", 1
    while name in taken:
        number += 1
        name = f"b-{digest}-{number}"
    return name


def anchors(backlinks: list[Backlink]) -> dict[tuple[str, int], str]:
    """An id for each block that some backlink lands on, by (page, block)."""
    names: dict[tuple[str, int], str] = {}
    taken: dict[str, frozenset[str]] = {}
    for b in backlinks:
        key = (b.source.path, b.block)
        if key not in names:
            ids = taken.get(b.source.path, b.source.ids)
            names[key] = block_id(b.source.blocks[b.block], ids)
            taken[b.source.path] = ids | {names[key]}
    return names


# --------------------------------------------------------------------------- printing


def excerpt(block: Block, links: frozenset[int], limit: int = EXCERPT) -> str:
    """The block as HTML, at most `limit` characters around its first link.

    The words of `links` are marked; everything is escaped; cuts fall between words.
    """
    text, marked = _flatten(block, links)
    start, end = _window(text, marked, limit)
    parts = [("… " if start else "")]
    for index in range(start, end):
        opens = marked[index] and (index == start or not marked[index - 1])
        closes = marked[index] and (index + 1 == end or not marked[index + 1])
        parts.append("<mark>" * opens + escape(text[index]) + "</mark>" * closes)
    return "".join(parts) + (" …" if end < len(text) else "")


def _flatten(block: Block, links: frozenset[int]) -> tuple[str, list[bool]]:
    """The block's text with single spaces, and for each character whether it is marked."""
    text, marked = "", []
    for run, link in block.runs:
        for piece in re.split(r"(\s+)", run):
            space = piece.isspace()
            if not piece or (space and (not text or text[-1] == " ")):
                continue
            text += " " if space else piece
            marked += [link in links and link is not None] * (1 if space else len(piece))
    return text.rstrip(), marked


def _window(text: str, marked: list[bool], limit: int) -> tuple[int, int]:
    """Where to cut: the marked words in the middle, whole words at both ends."""
    if len(text) <= limit:
        return 0, len(text)
    first = marked.index(True) if True in marked else 0
    length = marked[first:].index(False) if False in marked[first:] else len(text) - first
    start = max(0, min(first - (limit - length) // 2, len(text) - limit))
    end = min(len(text), start + limit)
    if start and start < first:
        start = min(first, text.find(" ", start) + 1 or first)
    if end < len(text):
        end = max(text.rfind(" ", start, end), first + 1)
    return start, end


def nav(page: Page, entries: list[Backlink], names: dict[tuple[str, int], str], at: str) -> str:
    """The list of backlinks as HTML, for a page or (`at`) one of its sections.

    A page's list lies open. A section's is folded: seventy open ones would bury
    the sections themselves, and <details> needs no script.
    """
    body = "".join(_group(page, entries, names, kind) for kind in GROUPS)
    count = f"<span>({len(entries)})</span>"
    if not at:
        head = f'<p class="backlinks__title">What links here {count}</p>'
        return f'\n<nav class="backlinks" aria-label="What links here">{head}{body}</nav>'
    heading = escape(next(h.text for h in page.headings if h.id == at))
    head = f'<summary class="backlinks__title">Used in {count}</summary>'
    return (
        f'\n<nav class="backlinks" data-section="{escape(at)}" aria-label="Used in: {heading}">'
        f"<details>{head}{body}</details></nav>"
    )


def _group(
    page: Page, entries: list[Backlink], names: dict[tuple[str, int], str], kind: str
) -> str:
    """One group of a list: the sources of one kind, titles in order."""
    own = [b for b in entries if (b.source.kind if b.source.kind in GROUPS else "") == kind]
    if not own:
        return ""
    own.sort(key=lambda b: (b.source.title.casefold(), b.source.path, b.block))
    items = "".join(_item(page, b, names[b.source.path, b.block]) for b in own)
    return f'<p class="backlinks__group">{GROUPS[kind]}</p><ul>{items}</ul>'


def _item(page: Page, b: Backlink, name: str) -> str:
    href = relative(page.path, b.source.path) + "#" + quote(name)
    stage = b.source.meta.get("garden:stage", "")
    mark = f' <span class="backlinks__stage">{escape(stage)}</span>' if stage else ""
    return (
        f'<li data-source="{escape(b.source.path)}"><a href="{escape(href)}">'
        f"{escape(b.source.title)}</a>{mark}"
        f"<blockquote>{excerpt(b.source.blocks[b.block], b.links)}</blockquote></li>"
    )


# ---------------------------------------------------------------------------- weaving


def weave(sources: dict[str, str]) -> dict[str, str]:
    """Map site path to HTML, without and then with backlinks. Pure."""
    pages = {path: read_page(path, WOVEN.sub("", html)) for path, html in sources.items()}
    backlinks = collect(pages)
    names = anchors(backlinks)
    whole = by_page(backlinks)
    inserts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (path, number), name in names.items():
        block = pages[path].blocks[number]
        if not block.id:
            inserts[path].append((block.after_name, f' id="{name}"'))
    for page in pages.values():
        sections = by_section(backlinks, page) if page.place_kind == "sections" else {}
        for at, entries in (sections or {"": whole.get(page.path, [])}).items():
            if entries and page.place >= 0:
                inserts[page.path].append((_place(page, at), nav(page, entries, names, at)))
    return {path: _splice(page.html, inserts[path]) for path, page in pages.items()}


def _place(page: Page, at: str) -> int:
    """Where a list goes: the end of its section, or the place the template keeps."""
    starts = [h.start for h in page.headings]
    for index, heading in enumerate(page.headings):
        if at and heading.id == at:
            return starts[index + 1] if index + 1 < len(starts) else page.place
    return page.place


def _splice(html: str, inserts: list[tuple[int, str]]) -> str:
    """Write each text at its offset, leaving every other character as it was."""
    parts, last = [], 0
    for offset, text in sorted(inserts):
        parts += [html[last:offset], text]
        last = offset
    return "".join(parts) + html[last:]


def weave_site(site: Path) -> int:
    """Weave a built site in place; return how many files changed."""
    pages = read_site(site)
    return write_site(site, pages, weave({path: page.html for path, page in pages.items()}))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", type=Path, help="folder of a built site")
    site = parser.parse_args().site
    if not site.is_dir():
        print(f"backlinks: no folder {site}. Build the site first: scripts/build", file=sys.stderr)
        return 2
    print(f"backlinks: {weave_site(site)} page(s) written in {site}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
