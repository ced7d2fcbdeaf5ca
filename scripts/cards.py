#!/usr/bin/env python3
"""Give every page its preview: a title, two sentences and a picture, for messengers.

usage: python scripts/cards.py SITE

Exercises, concepts, chapters, trails and the film have a picture each, `card.png`
beside the page; all others share the home page's. A page with a `quiet_title` shows
that, the garden's own description and a picture without words of its own: whoever
reads the lock screen learns nothing. Every tag is written here and none in a template,
after the pictures, so that no tag names a picture that was not drawn, and no engine
has to know how. Running it twice changes nothing. Knows no generator.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from pathlib import Path
from urllib.parse import urljoin

from card_drawing import HEIGHT, WIDTH, Card, Style, draw, read_style
from commands import write_into_site
from site_files import changed, read_site, write_site
from site_links import relative, site_root
from site_pages import Page

LONG = 110
"""Characters of a description that messengers show; some stop at 65."""
SHORT = 40
"""Characters below which a first sentence says too little alone."""

# What a card says above the title, and its colours in tokens.css, by kind of page.
LOOKS = {
    "exercise": ("An exercise", "coral", "coral-soft"),
    "concept": ("A concept", "dusk", "dusk-soft"),
    "chapter": ("A chapter", "gold", "gold-soft"),
    "trail": ("A trail", "gold", "gold-soft"),
    "film": ("The film", "silhouette", "line"),
}
COMMON = ("silhouette", "line")
"""The colours of the cards that are no page's own."""
PLAIN = "card-plain.png"
SCENE = "Below, two people on a roof, seen from behind, before a low sun."

WOVEN = re.compile(r'<meta (?:property="og|name="twitter):[^>]*>\n?')
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][”’)])\s+")
TERM = re.compile(r"(.+?) \((.+)\)")


@dataclass(frozen=True)
class Garden:
    """What every preview says of the whole: its name and its first words."""

    name: str
    description: str


@dataclass(frozen=True)
class Preview:
    """How one page looks where it was sent. `image` is the picture's path in the site."""

    title: str
    description: str
    image: str
    card: Card

    @property
    def alt(self) -> str:
        """The picture in words."""
        facts = self.card.below.replace(" · ", ", ") if self.card.above else ""
        parts = (self.card.title, ": ".join(filter(None, (self.card.above, facts))), SCENE)
        return ". ".join(filter(None, parts))


def read_garden(pages: dict[str, Page]) -> Garden:
    """The garden's name and first words, from its home page."""
    home = pages.get("")
    name = home.title if home else site_root(pages)
    return Garden(name, opening(home.meta.get("description", "")) if home else "")


def preview_of(page: Page, garden: Garden) -> Preview:
    """How a page looks where it was sent: in its own words, unless it is a quiet one."""
    if quiet := page.meta.get("garden:quiet_title"):
        plain = Card(garden.name, garden.name, *COMMON)
        return Preview(_curly(quiet), garden.description, PLAIN, plain)
    title, term = _split_term(page)
    description = opening(page.meta.get("description", "")) or garden.description
    if page.kind not in LOOKS:
        shared = Card(garden.name, garden.name, *COMMON, below=garden.description)
        return Preview(title, description, "card.png", shared)
    above, roofs, haze = LOOKS[page.kind]
    below = facts(page) if page.kind == "exercise" else term
    card = Card(garden.name, title, roofs, haze, above, below)
    return Preview(title, description, image_of(page.path), card)


def image_of(path: str) -> str:
    """Where a page's own picture lies, from the page's path: beside it."""
    return re.sub(r"\.html$", "-", path) + "card.png"


def facts(page: Page) -> str:
    """What an exercise asks, as its card says it."""
    minutes = page.meta.get("garden:minutes", "")
    company = page.meta.get("garden:with", "").replace("either", "alone or together")
    time = f"{minutes} minute{'' if minutes == '1' else 's'}" if minutes else ""
    return " · ".join(filter(None, (time, company, page.meta.get("garden:effort", ""))))


def opening(description: str) -> str:
    """As many whole sentences of a description as messengers show.

    Where its first sentence is longer, all of it: they cut it anyway, and better.
    """
    description = _curly(description)
    if len(description) <= LONG:
        return description
    starts = accumulate(SENTENCE_END.split(description), "{} {}".format)
    return max((s for s in starts if SHORT <= len(s) <= LONG), key=len, default=description)


def _split_term(page: Page) -> tuple[str, str]:
    """A page's title, and the field's word that a concept has behind it in brackets."""
    found = TERM.fullmatch(page.title) if page.kind == "concept" else None
    return (found[1], found[2]) if found else (page.title, "")


def _curly(text: str) -> str:
    """A text with the apostrophes that the pages have."""
    return text.replace("'", "’")


# ------------------------------------------------------------------------------- tags


def tags(page: Page, preview: Preview, garden: Garden) -> Iterator[tuple[str, str, str]]:
    """What messengers read, as (attribute, name, content). Without an address, no picture."""
    yield "property", "og:site_name", garden.name
    yield "property", "og:type", "article" if page.path else "website"
    yield "property", "og:title", preview.title
    yield "property", "og:description", preview.description
    yield "name", "twitter:title", preview.title
    yield "name", "twitter:description", preview.description
    address = page.meta.get("canonical")
    if not address:
        return
    image = urljoin(address, relative(page.path, preview.image))
    yield "property", "og:url", address
    yield "property", "og:image", image
    yield "property", "og:image:type", "image/png"
    yield "property", "og:image:width", str(WIDTH)
    yield "property", "og:image:height", str(HEIGHT)
    yield "property", "og:image:alt", preview.alt
    yield "name", "twitter:card", "summary_large_image"
    yield "name", "twitter:image", image
    yield "name", "twitter:image:alt", preview.alt


def weave(pages: dict[str, Page]) -> dict[str, str]:
    """Map site path to HTML with every tag of its preview at the end of its head. Pure."""
    garden = read_garden(pages)
    woven = {}
    for path, page in pages.items():
        written = "".join(
            f'<meta {attribute}="{name}" content="{escape(content)}">\n'
            for attribute, name, content in tags(page, preview_of(page, garden), garden)
            if content
        )
        before, head_end, after = WOVEN.sub("", page.html).partition("</head>")
        whole = head_end and not page.refresh
        woven[path] = before + written + head_end + after if whole else page.html
    return woven


# --------------------------------------------------------------------------- pictures


def pictures(pages: dict[str, Page], style: Style) -> dict[str, bytes]:
    """Every picture by its path in the site. Raises ValueError naming the page."""
    garden = read_garden(pages)
    drawn = {}
    for path, page in pages.items():
        if page.refresh or not page.meta.get("canonical"):
            continue
        preview = preview_of(page, garden)
        try:
            drawn[preview.image] = draw(preview.card, style)
        except ValueError as mistake:
            raise ValueError(f"{path or 'the home page'}: {mistake}") from None
    return drawn


def write_cards(site: Path) -> int:
    """Draw the pictures of a built site, then write its tags; return how many pictures."""
    pages = read_site(site)
    drawn = pictures(pages, read_style(site))
    for path, picture in drawn.items():
        (site / path).write_bytes(picture)
    write_site(site, changed(pages, weave(pages)))
    return len(drawn)


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{write_cards(site)} picture(s) drawn"))
