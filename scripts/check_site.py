#!/usr/bin/env python3
"""Check a built site as a reader would meet it. Knows no generator.

usage: python scripts/check_site.py SITE

Every link and anchor leads somewhere, furniture included; every page has one
title and no id twice; nothing is asked of another origin; every preview's picture
is there, at a whole address. Prints one line for each problem and exits 1.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from commands import report_on
from garden_health import broken, prose
from site_files import read_site
from site_links import resolve, site_root
from site_pages import Page, blank_opaque

# Attributes by which a browser asks for something without being told to.
ASKED = re.compile(
    r"""<(?:script|img|iframe|audio|video|source|embed)\b[^>]*\ssrc=["']?([^"'\s>]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|icon|modulepreload))[^>]*\shref=["']?([^"'\s>]+)""",
    re.IGNORECASE,
)
IDS = re.compile(r"""<[a-z][^>]*\sid=["']?([^"'\s>]+)""", re.IGNORECASE)
MARKUP = re.compile(r"\{:? ?[#.][\w-]+ ?\}|\]\([^)]*\)|\[\^\w+\]")
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
PREVIEW = re.compile(
    r"""<meta\b(?=[^>]*["'](?:og|twitter):image["'])[^>]*\bcontent=["']([^"']*)""", re.IGNORECASE
)


def check_page(page: Page, root: str) -> Iterator[str]:
    """Everything wrong with one page by itself, as sentences."""
    seen = blank_opaque(page.html)
    for match in ASKED.finditer(page.html):
        address = match[1] or match[2]
        if urlsplit(address).netloc and not address.startswith(root):
            yield f"asks {address} of another origin; keep a copy in docs/assets"
    if (count := len(re.findall(r"<h1\b", seen))) != 1:
        yield f"has {count} main titles (h1); a page has one"
    for name, times in Counter(IDS.findall(seen)).items():
        if times > 1:
            yield f"has the id '{name}' {times} times; give each its own"
    for text in prose(page.html):
        if leftover := MARKUP.search(text):
            yield f"shows markup to readers: '{leftover[0]}' in '{text[:60]}'"
    for tag in IMAGE.findall(seen):
        if " alt=" not in tag:
            yield f"has a picture without alt text: {tag[:80]}"


def check_preview(page: Page, root: str, site: Path) -> Iterator[str]:
    """What is wrong with the pictures that messengers are told to show."""
    for address in dict.fromkeys(map(unescape, PREVIEW.findall(page.html))):
        where = resolve(root, page.path, address)
        if not urlsplit(address).netloc:
            yield f"names '{address}' as its preview; a messenger needs the whole address"
        elif where and not (site / where[0]).is_file():
            yield f"names '{address}' as its preview, which is nowhere in the site"


def check_site(site: Path) -> list[str]:
    """Every problem of a built site, as `page: sentence`, ordered by page."""
    pages = read_site(site)
    found = list(broken(pages, site))
    root = site_root(pages)
    for path, page in pages.items():
        if not page.refresh:
            problems = (*check_page(page, root), *check_preview(page, root, site))
            found += [(path, problem) for problem in problems]
    return [f"{site / path}: {problem}" for path, problem in sorted(found)]


if __name__ == "__main__":
    sys.exit(report_on(__doc__, "site", check_site))
