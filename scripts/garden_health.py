"""How well a garden is linked: what is broken, lost, worn or could be joined.

Reads built pages and writes nothing. `scripts/backlinks.py SITE --check` prints the
report and `--json` the graph; check_site.py uses the same link check.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from site_files import read_site
from site_links import find_page, resolve, site_root, without_stubs
from site_pages import START_TAG, Page, anchors_of, blank_opaque

if TYPE_CHECKING:  # backlinks.py imports this module
    from backlinks import Backlink

CITED_OFTEN = 6
"""Pages that must lean on one section before it deserves a page of its own."""

# Names too common to be a mention of the page that bears them.
STOP_LIST = frozenset(
    {"contact", "cookies", "copyright", "corrections", "exercises", "sources", "toolkit"}
    | {"tracking", "trails", "clear my data", "how to cite", "start here", "help now"}
    | {"settling and stirring", "when it ends"}
)
FORMAT = "garden-graph/1"


# -------------------------------------------------------------------------- what breaks


@dataclass(frozen=True)
class Whole:
    """A whole page, furniture included, for checking what it points at."""

    page: Page

    @cached_property
    def references(self) -> tuple[str, ...]:
        """Every href and src, in order, each once."""
        tree = LexborHTMLParser(self.page.html)
        found = [
            node.attributes.get("href") or node.attributes.get("src") or ""
            for node in tree.css("[href], [src]")
            if node.tag != "base"
        ]
        return tuple(dict.fromkeys(filter(None, found)))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every place in the page that can be linked to."""
        tags = START_TAG.finditer(blank_opaque(self.page.html))
        return frozenset({"", "top"}.union(*(anchors_of(tag[1], tag[2]) for tag in tags)))


def broken(pages: dict[str, Page], site: Path) -> Iterator[tuple[str, str]]:
    """Every link that leads nowhere, as (page, sentence)."""
    wholes = {path: Whole(page) for path, page in pages.items()}
    root = site_root(pages)
    for path, whole in wholes.items():
        for href in () if whole.page.refresh else whole.references:
            where = resolve(root, path, href)
            if where is None or urlsplit(href).scheme not in ("", "http", "https"):
                continue
            target = find_page(pages, where[0])
            if target is None:
                if not (where[0] and (site / where[0]).is_file()):
                    yield path, f"links to '{href}', which is nowhere in the site"
            elif where[1] not in wholes[target.path].ids:
                name = target.path or "the home page"
                yield path, f"links to '{href}', but {name} has no '#{where[1]}'"


# ------------------------------------------------------------------ what could be better


def orphans(pages: dict[str, Page], backlinks: list[Backlink]) -> list[str]:
    """Pages that no other page's text leads to. The home page needs none."""
    found = {b.target.path for b in backlinks}
    return sorted(p for p, page in pages.items() if p and p not in found and not page.refresh)


def dead_ends(pages: dict[str, Page], backlinks: list[Backlink]) -> list[str]:
    """Pages whose text leads to no other page."""
    found = {b.source.path for b in backlinks}
    return sorted(p for p, page in pages.items() if p not in found and not page.refresh)


def worn_sections(backlinks: list[Backlink]) -> list[tuple[str, str, int]]:
    """Sections so often cited that they deserve a page, as (page, id, citing pages).

    Pages that list backlinks by section (a film, a bibliography) are meant for it.
    """
    citing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for b in backlinks:
        if b.section and b.section.level > 1 and b.target.place_kind != "sections":
            citing[b.target.path, b.section.id].add(b.source.path)
    counted = [(path, at, len(by)) for (path, at), by in citing.items() if len(by) >= CITED_OFTEN]
    return sorted(counted, key=lambda row: (-row[2], row))


@dataclass(frozen=True, order=True)
class Mention:
    """A page named in another's prose that does not link to it anywhere."""

    source: str
    target: str
    words: str
    context: str


def names_of(page: Page) -> set[str]:
    """What a page is called: its title, its term, its aliases; in lower case."""
    title = re.sub(r"\s*\([^)]*\)$", "", page.title)
    also = page.meta.get("garden:aliases", "").split("|")
    names = {" ".join(name.lower().replace("’", "'").split()) for name in (title, *also)}
    return {n for n in names if n not in STOP_LIST and (" " in n or len(n) > 6)}


def mentions(pages: dict[str, Page], backlinks: list[Backlink]) -> list[Mention]:
    """Every name of a page in the prose of one that never links to it.

    Whole words only, the longest name first; not in code, headings, links or lists we made.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for path, page in pages.items():
        if path and not page.refresh:
            for name in names_of(page):
                owners[name].add(path)
    known = {name: min(paths) for name, paths in owners.items() if len(paths) == 1}
    if not known:
        return []
    longest = sorted(known, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest))})(?![\w-])", re.I)
    linked = {(b.source.path, b.target.path) for b in backlinks}
    found: dict[tuple[str, str], Mention] = {}
    for path, page in pages.items():
        for text in prose(page.html):
            for match in pattern.finditer(text.replace("’", "'")):
                target = known[match[1].lower()]
                if target != path and (path, target) not in linked:
                    context = text[max(0, match.start() - 60) : match.end() + 60]
                    found.setdefault((path, target), Mention(path, target, match[1], context))
    return sorted(found.values())


def prose(html: str) -> Iterator[str]:
    """The sentences of a page's article, without its links, code, headings and lists we made."""
    tree = LexborHTMLParser(html)
    article = tree.css_first("article") or tree.css_first("main") or tree.body
    if article is None:
        return
    for node in article.css("a, code, pre, h1, h2, h3, h4, h5, h6, nav, script, style, form"):
        node.decompose()
    # What stands in italics is the name of a book or a film, or is being stressed.
    for node in article.css("em, i, cite, [data-generated], .md-tags, .headerlink"):
        node.decompose()
    for node in article.css("p, li, td, th, dd, dt, figcaption, summary"):
        text = " ".join(_own_text(node).split())
        if text:
            yield text


def _own_text(node: LexborNode) -> str:
    parts = []
    for child in node.iter(include_text=True):
        if child.is_text_node:
            parts.append(child.text_content or "")
        elif child.tag not in ("p", "li", "ul", "ol", "td", "th", "table", "dd", "dt"):
            parts.append(_own_text(child))
    return "".join(parts)


# ----------------------------------------------------------------------------- reports


def report(site: Path) -> int:
    """Print the health of a built site; return 1 where a link is broken, else 0."""
    from backlinks import collect

    pages = read_site(site)
    backlinks = collect(pages)
    faults = list(broken(pages, site))
    for path, sentence in faults:
        print(f"broken: {path or '(home)'} {sentence}", file=sys.stderr)
    for path in orphans(pages, backlinks):
        print(f"orphan: nothing leads to {path}")
    for path in dead_ends(pages, backlinks):
        print(f"dead end: {path or '(home)'} leads nowhere")
    for path, at, count in worn_sections(backlinks):
        print(f"worn: {path}#{at} is leaned on by {count} pages; it may deserve its own")
    for m in mentions(pages, backlinks):
        print(f"mention: {m.source} names {m.target} unlinked: …{m.context}…")
    count = len(without_stubs(pages))
    print(f"check: {count} pages, {len(backlinks)} backlinks, {len(faults)} broken")
    return 1 if faults else 0


def graph(pages: dict[str, Page], backlinks: list[Backlink]) -> dict[str, object]:
    """The garden as data for other tools. CONTRIBUTING.md documents the format."""
    own = [page for _, page in sorted(without_stubs(pages).items())]
    return {
        "format": FORMAT,
        "pages": [_page_data(page) for page in own],
        "links": [_link_data(b) for b in backlinks],
    }


def _page_data(page: Page) -> dict[str, object]:
    return {
        "path": page.path,
        "title": page.title,
        "kind": page.kind,
        "stage": page.meta.get("garden:stage", ""),
        "sections": [{"id": h.id, "level": h.level, "title": h.text} for h in page.headings],
    }


def _link_data(b: Backlink) -> dict[str, object]:
    return {
        "source": b.source.path,
        "block": b.block.id,
        "target": b.target.path,
        "section": b.section.id if b.section else "",
        "words": ["".join(t for t, k in b.block.runs if k == i) for i in sorted(b.links)],
        "context": b.block.text,
    }
