#!/usr/bin/env python3
"""Mark every link to a source with how firm that source is.

usage: python scripts/evidence.py SITE

Each section of the sources page names its label by a link to the label's own
explanation (…#evidence-early). Every link in the garden that leads to such a
section gets `data-evidence="early"`, which garden.css prints behind its words.
An attribute, so that no sentence changes. Running it twice changes nothing.
"""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

from commands import write_into_site
from site_files import changed, read_site, write_site
from site_links import resolve, site_root
from site_pages import Page

SOURCES = "sources/"
SECTION = re.compile(r'<h3[^>]*\bid="([^"]+)"(.*?)(?=<h[23]\b|\Z)', re.DOTALL)
LABEL = re.compile(r"#evidence-(\w+)")
LINK = re.compile(r'<a( data-evidence="\w*")?(?= )([^>]*?\shref="([^"]*#[^"]+)")')


def labels(sources: str) -> dict[str, str]:
    """Each source's label by its anchor, from the HTML of the sources page."""
    found = {}
    for key, section in SECTION.findall(sources):
        if label := LABEL.search(section):
            found[unescape(key)] = label[1]
    return found


def weave(pages: dict[str, Page]) -> dict[str, str]:
    """Map site path to HTML with every link to a labelled source marked. Pure."""
    if SOURCES not in pages:
        return {path: page.html for path, page in pages.items()}
    known = labels(pages[SOURCES].html)
    root = site_root(pages)

    def mark(page: Page) -> str:
        def one(link: re.Match[str]) -> str:
            where = resolve(root, page.path, unescape(link[3]))
            label = known.get(where[1]) if where and where[0] == SOURCES else None
            return "<a" + (f' data-evidence="{label}"' if label else "") + link[2]

        return LINK.sub(one, page.html)

    return {path: page.html if path == SOURCES else mark(page) for path, page in pages.items()}


def weave_site(site: Path) -> int:
    """Mark the links of a built site in place; return how many files changed."""
    pages = read_site(site)
    return write_site(site, changed(pages, weave(pages)))


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{weave_site(site)} page(s) written"))
