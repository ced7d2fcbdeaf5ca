#!/usr/bin/env python3
"""Give every exercise a short address, for paper and for speech, and a code to scan.

usage: python scripts/short_addresses.py SITE

data/short_addresses.yml names them. Each becomes t/<code>/index.html, a page that
does nothing but lead on: no script, no server, any host, any folder. It repeats the
share card of the page it leads to, for bots that do not follow. (Typed without its
last slash it still works: hosts of static files add the slash of a folder.)

An exercise's own `<div data-short>` gets the address in words and as a QR code.
Comes after every step that writes share cards. Running it twice changes nothing.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import segno
import yaml

from check_notes import Problem, line_of
from commands import write_into_site
from site_files import changed, read_site, write_site
from site_links import find_page, relative, site_root, without_stubs
from site_pages import START_TAG, Page

REGISTRY = Path(__file__).parent.parent / "data/short_addresses.yml"
NAME = "data/short_addresses.yml"
"""The registry as messages call it."""
FOLDER = "t/"
KEYS = ("code", "path", "since")

CODE = re.compile(r"(?=.{2,8}\Z)[0-9]*[a-z]+")
LOOK_ALIKE = str.maketrans("01i582", "ollsbz")
"""Signs a tired reader takes for one another, on paper and in some typefaces."""

PLACE = re.compile(r"(<div data-short\b[^>]*>).*?(</div>)", re.DOTALL)
CARD = re.compile(r"""(?:property|name)=["'](?:og|twitter):""")
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
LANGUAGE = re.compile(r"""<html\b[^>]*?\slang=["']?([\w-]+)""")

STUB = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="0; url={href}">
{title}
<link rel="canonical" href="{canonical}">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
{card}
</head>
<body>
<main><h1><a href="{href}">{words}</a></h1></main>
</body>
</html>
"""


@dataclass(frozen=True)
class Row:
    """One short address. `line` is where the registry names it."""

    line: int
    code: str
    path: str
    since: str


# --------------------------------------------------------------------------- registry


def read_registry(source: str) -> list[Row]:
    """The rows of the registry. Raises ValueError, naming file and line."""
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise ValueError(
            str(Problem(NAME, line_of(error), f"is not YAML: {error.problem}"))
        ) from error
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError(str(Problem(NAME, 1, "must be a list of rows that begin with '- '")))
    return [_read_row(row) for row in node.value]


def _read_row(node: yaml.Node) -> Row:
    """One row, every value as the text that was typed."""
    line = node.start_mark.line + 1
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    values = {key.value: value.value for key, value in pairs}
    if sorted(values) != sorted(KEYS) or not all(isinstance(v, str) for v in values.values()):
        example = "- {code: 10s, path: toolkit/ten-second-rule/, since: 2026-11-22}"
        raise ValueError(str(Problem(NAME, line, f"a row has a code, a path and a day: {example}")))
    return Row(line, **values)


def faults(rows: list[Row], pages: dict[str, Page]) -> Iterator[Problem]:
    """Everything wrong with the registry of a garden, each with the way to mend it."""
    seen: dict[str, Row] = {}
    for row in rows:
        yield from _faults_of(row, pages)
        twin = seen.setdefault(row.code.translate(LOOK_ALIKE), row)
        if twin is not row:
            said = "is taken" if twin.code == row.code else f"looks like '{twin.code}'"
            message = f"the code '{row.code}' {said} (line {twin.line}); choose another"
            yield Problem(NAME, row.line, message)
    has_one = {page.path for row in rows if (page := target(row, pages))}
    for path, page in pages.items():
        draft = any(part.startswith("_") for part in path.split("/"))
        if page.kind == "exercise" and path not in has_one and not draft:
            message = f"no code for {path}; add a row at the end, and its code and day to "
            yield Problem(NAME, rows[-1].line if rows else 1, message + "tests/short_addresses.txt")


def _faults_of(row: Row, pages: dict[str, Page]) -> Iterator[Problem]:
    """What is wrong with one row by itself."""
    if not CODE.fullmatch(row.code):
        message = f"'{row.code}' is no code: lower-case letters, perhaps after a number, 2 to 8"
        yield Problem(NAME, row.line, message)
    try:
        datetime.date.fromisoformat(row.since)
    except ValueError:
        yield Problem(NAME, row.line, f"'{row.since}' is no day such as 2026-11-22")
    if target(row, pages) is None:
        message = f"'{row.path}' is no page of the site; if it has moved, say where to"
        yield Problem(NAME, row.line, message)
    if FOLDER + row.code + "/" in pages:
        yield Problem(NAME, row.line, f"a note has the address t/{row.code}/; rename the note")


def lost(rows: list[Row], pages: dict[str, Page]) -> Iterator[Problem]:
    """Short addresses a site already has and the registry does not name."""
    known = {FOLDER + row.code + "/" for row in rows}
    for path, page in pages.items():
        if page.refresh and path.startswith(FOLDER) and path not in known:
            code = path.removeprefix(FOLDER).strip("/")
            message = f"the code '{code}' is gone. Codes on paper are never taken back: put its row"
            yield Problem(NAME, 1, f"{message} back, or build anew if it was never published")


def target(row: Row, pages: dict[str, Page]) -> Page | None:
    """The page a short address leads to, whatever its address ends in."""
    return find_page(pages, row.path.rstrip("/"))


# ---------------------------------------------------------------------------- writing


def stub(row: Row, page: Page) -> str:
    """The page behind a short address."""
    head = page.html.partition("</head>")[0]
    title, language = TITLE.search(head), LANGUAGE.search(page.html)
    tags = [tag for tag in START_TAG.finditer(head) if tag[1] == "meta" and CARD.search(tag[2])]
    return STUB.format(
        language=language[1] if language else "en",
        href=escape(relative(f"{FOLDER}{row.code}/", page.path)),
        title=title[0] if title else f"<title>{escape(page.title)}</title>",
        canonical=escape(page.meta.get("canonical", "")),
        card="\n".join(tag[0] for tag in tags),
        words=escape(page.title),
    )


def picture(address: str, title: str) -> str:
    """A QR code as SVG: black on white in any scheme, four modules of quiet around it."""
    label = escape(f"Code to scan: {title}")
    svg = segno.make(address, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    opening = (
        f'<svg class="short__code" role="img" aria-label="{label}" shape-rendering="crispEdges"'
    )
    return svg.replace("<svg", opening, 1)


def block(row: Row, page: Page, root: str) -> str:
    """The code to scan and, beside it, the address as one would read it out."""
    address = f"{root}{FOLDER}{row.code}/"
    words = escape(re.sub(r"^https?://|/$", "", address))
    said = f'<p class="short__address" data-short-address>{words}</p>'
    return picture(address, page.title) + said


def fill(pages: dict[str, Page], rows: list[Row]) -> dict[str, str]:
    """Map site path to HTML, every exercise with its short address. Pure.

    Where several codes lead to one page, the oldest stands on it.
    """
    root, after = site_root(pages), {}
    for row in reversed(rows):
        if page := target(row, pages):
            inside = block(row, page, root)
            after[page.path] = PLACE.sub(
                lambda place, inside=inside: place[1] + inside + place[2],  # type: ignore[misc]
                page.html,
            )
    return after


def write_short(site: Path) -> int:
    """Write every short address of a built site; return how many there are.

    Raises ValueError, with one line for each fault, before anything is written.
    """
    every = read_site(site)
    pages = without_stubs(every)
    rows = read_registry(REGISTRY.read_text("utf-8"))
    if wrong := [*faults(rows, pages), *lost(rows, every)]:
        raise ValueError("\n".join(map(str, wrong)))
    for row in rows:
        if page := target(row, pages):
            file = site / FOLDER / row.code / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(stub(row, page), "utf-8", errors="surrogateescape")
    write_site(site, changed(pages, fill(pages, rows)))
    return len(rows)


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{write_short(site)} short addresses"))
