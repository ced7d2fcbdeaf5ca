#!/usr/bin/env python3
"""Write what search needs, from the built pages alone.

usage: python scripts/search_index.py SITE

`search/names.json` holds what pages are called and asked for, the words of the field,
and the names of the other files. It is all a first result needs. `search/names-N.json`
hold the names of the rest, in a garden too large for one file; `search/text-N.json` the
beginnings of all sections. What matters most comes first: helpers before reference, and
in each kind the pages most linked to. The browser makes its index from these
(search-engine.js). The same pages give the same bytes. Knows no generator.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import search_words
from backlinks import collect
from commands import write_into_site
from site_files import read_site
from site_links import without_stubs
from site_pages import Page, Section, read_sections

FOLDER = "search"
# Kinds in the order of their importance to someone who searches.
ORDER = ("help", "exercise", "concept", "chapter", "trail", "film", "index", "about", "sources")
FIRST_PART = 200_000
"""Characters of names that load before the first result."""
PART = 400_000
"""Characters of each file after that."""
BEGINNING = 320
"""Characters kept of a section. A note says what it is about at its beginning."""
REFERENCE = 160
"""Characters kept of an entry in the sources, which is found by its name."""

Record = dict[str, object]


def by_importance(pages: dict[str, Page]) -> list[Page]:
    """The pages that can be found, what matters most first."""
    links = Counter(link.target.path for link in collect(pages))
    return sorted(
        without_stubs(pages).values(),
        key=lambda page: (_rank(page.kind), -links[page.path], page.path),
    )


def _rank(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def names_of(page: Page) -> Record:
    """What a page is called and asked for, and its facts. Empty ones are left out."""
    meta = page.meta
    term = meta.get("garden:term", "")
    record: Record = {
        "path": page.path,
        "title": page.title.removesuffix(f" ({term})"),
        "kind": page.kind,
        "about": meta.get("description", ""),
        "term": term,
        "aliases": [name for name in page.listed("garden:aliases") if name != term],
        "asked": page.listed("garden:asked"),
        "minutes": int(meta.get("garden:minutes", "0")),
        "with": meta.get("garden:with", ""),
        "stage": meta.get("garden:stage", ""),
        "scenes": _scenes(page),
    }
    return {key: value for key, value in record.items() if value or key == "path"}


def _scenes(page: Page) -> list[tuple[str, str]]:
    """The scenes of the film: each can be found by itself."""
    if page.kind != "film":
        return []
    return [(s.id, s.title) for s in read_sections(page.html) if s.level == 2 and s.id]


def text_of(page: Page) -> Record:
    """The beginnings of a page's sections, each under its heading."""
    sections = [_beginning(page, section) for section in read_sections(page.html)]
    return {"path": page.path, "sections": [s for s in sections if s[2] or s[1]]}


def _beginning(page: Page, section: Section) -> tuple[str, str, str]:
    """A section as (id, heading, its first words). Scenes of the film are kept whole."""
    longest = REFERENCE if page.kind == "sources" else BEGINNING
    text = section.text
    if page.kind != "film" and len(text) > longest:
        text = text[:longest].rpartition(" ")[0] + " …"
    return section.id, section.title if section.level > 1 else "", text


def parts(records: Iterable[Record], first: int, later: int) -> Iterator[list[Record]]:
    """The records in their order, in lists of about so many characters."""
    part: list[Record] = []
    size, most = 0, first
    for record in records:
        length = len(written(record))
        if part and size + length > most:
            yield part
            part, size, most = [], 0, later
        part.append(record)
        size += length
    yield part


def written(value: object) -> str:
    """A value as JSON without a space too many."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def files(pages: dict[str, Page], words: Record) -> dict[str, str]:
    """Map file name to content for everything search loads. Pure."""
    ordered = by_importance(pages)
    first, *more = parts(map(names_of, ordered), FIRST_PART, PART)
    text = parts(map(text_of, ordered), PART, PART)
    found = {f"names-{number}.json": written(part) for number, part in enumerate(more, 1)}
    found |= {f"text-{number}.json": written(part) for number, part in enumerate(text, 1)}
    found["names.json"] = written({"words": words, "pages": first, "more": list(found)})
    return found


def write_index(site: Path) -> int:
    """Write the files of a built site's search; return how many there are."""
    content = files(read_site(site), search_words.read())
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for stale in (*folder.glob("names*.json"), *folder.glob("text-*.json")):
        stale.unlink()
    for name, text in content.items():
        (folder / name).write_text(text, "utf-8")
    return len(content)


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{write_index(site)} file(s) written"))
