#!/usr/bin/env python3
"""Check a built site as a reader would meet it. Knows no generator.

usage: python scripts/check_site.py SITE

Every link and anchor leads somewhere, furniture included; every page has one
title and no id twice; nothing is asked of another origin. Prints one line for
each problem and exits 1.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from site_pages import COMMENT, Page, find_page, read_site, resolve, site_root

# Attributes by which a browser asks for something without being told to.
ASKED = re.compile(
    r"""<(?:script|img|iframe|audio|video|source|embed)\b[^>]*\ssrc=["']?([^"'\s>]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|icon|modulepreload))[^>]*\shref=["']?([^"'\s>]+)""",
    re.IGNORECASE,
)
PLAIN = ("", "http", "https")
IDS = re.compile(r"""<[a-z][^>]*\sid=["']?([^"'\s>]+)""", re.IGNORECASE)
MARKUP = re.compile(r"\{:? ?[#.][\w-]+ ?\}|\]\([^)]*\)|\[\^\w+\]")
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)


def check_page(page: Page, pages: dict[str, Page], root: str, site: Path) -> Iterator[str]:
    """Everything wrong with one page, as sentences."""
    for href in dict.fromkeys(page.references):
        yield from _check_reference(href, page, pages, root, site)
    seen = COMMENT.sub("", page.html)
    for match in ASKED.finditer(seen):
        address = match[1] or match[2]
        if urlsplit(address).netloc and not address.startswith(root):
            yield f"asks {address} of another origin; keep a copy in docs/assets"
    if (count := len(re.findall(r"<h1\b", seen))) != 1:
        yield f"has {count} main titles (h1); a page has one"
    for name, times in Counter(IDS.findall(seen)).items():
        if times > 1:
            yield f"has the id '{name}' {times} times; give each its own"
    for block in page.blocks:
        if leftover := MARKUP.search(block.text):
            yield f"shows markup to readers: '{leftover[0]}' in '{block.text[:60]}'"
    for tag in IMAGE.findall(seen):
        if " alt=" not in tag:
            yield f"has a picture without alt text: {tag[:80]}"


def _check_reference(
    href: str, page: Page, pages: dict[str, Page], root: str, site: Path
) -> Iterator[str]:
    """What is wrong with one link, if anything."""
    if urlsplit(href).scheme not in PLAIN:
        return
    where = resolve(root, page.path, href)
    if where is None:
        return
    path, fragment = where
    target = find_page(pages, path)
    if target is None:
        if not (path and (site / path).is_file()):
            yield f"links to '{href}', which is nowhere in the site"
    elif fragment and fragment not in target.ids:
        yield f"links to '{href}', but {target.path or 'the home page'} has no '#{fragment}'"


def check_site(site: Path) -> list[str]:
    """Every problem of a built site, as `page: sentence`, ordered by page."""
    pages = read_site(site)
    root = site_root(pages)
    return [
        f"{site / path}: {problem}"
        for path, page in pages.items()
        if not page.refresh
        for problem in check_page(page, pages, root, site)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", type=Path, help="folder of a built site")
    site = parser.parse_args().site
    if not site.is_dir():
        print(f"check_site: no folder {site}. Build the site first: scripts/build", file=sys.stderr)
        return 2
    problems = check_site(site)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"check_site: {len(problems)} problem(s) in {site}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
