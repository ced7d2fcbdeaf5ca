"""Addresses of a built site: which page a link leads to, and how to write one.

A site path is a page's address below the site's root: "toolkit/", or "" for home.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from site_pages import Page

# A relative address without scheme, query, escapes or anything to be careful about.
PLAIN = re.compile(r"(?![/?]|[\w+.-]*:)[^?%\\]*\Z")


def site_path(file: Path) -> str:
    """The address of a built file below the root: `a/index.html` is `a/`."""
    return re.sub(r"(^|/)index\.html$", r"\1", file.as_posix())


def site_root(pages: dict[str, Page]) -> str:
    """The site's own address, from its pages' canonical links, with a last slash.

    Without any canonical link, a made-up address: relative links still resolve.
    """
    for path, page in pages.items():
        canonical = unquote(page.meta.get("canonical", ""))
        if canonical.endswith("/" + path):
            return canonical[: len(canonical) - len(path)]
    return "http://site.invalid/"


def without_stubs(pages: dict[str, Page]) -> dict[str, Page]:
    """The pages a reader can stay on: those that do not lead on by themselves."""
    return {path: page for path, page in pages.items() if not page.refresh}


def resolve(root: str, page: str, href: str) -> tuple[str, str] | None:
    """Split a link into (site path, fragment), or None when it leaves the site.

    The path may name no page at all: the caller knows which pages there are.
    """
    href = href.strip()
    if PLAIN.match(href):  # most links, and a fifth of the time
        address, _, fragment = href.partition("#")
        path = _join(page, address) if address else page
    else:
        try:
            parts = urlsplit(urljoin(urljoin(root, quote(page)), href))
            home = urlsplit(root)
        except ValueError:  # such as "http://[half an address"
            return None
        base = unquote(home.path)
        path, fragment = unquote(parts.path), parts.fragment
        if parts[:2] != home[:2] or not (path + "/").startswith(base):
            return None
        path = path[len(base) :]
    if path.endswith("index.html"):
        path = re.sub(r"(^|/)index\.html$", r"\1", path)
    return path, unquote(fragment)


def _join(page: str, address: str) -> str:
    """A relative address as a path below the root, from the page it stands on."""
    parts = page.split("/")[:-1]
    *folders, last = address.split("/")
    for name in folders if last not in (".", "..") else (*folders, last):
        if name == "..":
            parts = parts[:-1]
        elif name not in ("", "."):
            parts.append(name)
    return "/".join((*parts, "" if last in (".", "..") else last))


def find_page(pages: dict[str, Page], path: str) -> Page | None:
    """The page a path leads to, through a missing slash, `.html` or redirect stubs."""
    for _ in range(5):  # a redirect loop ends here
        page = pages.get(path) or pages.get(path + "/") or pages.get(path + ".html")
        if page is None or not page.refresh:
            return page
        target = resolve(site_root(pages), page.path, page.refresh)
        if target is None:
            return None
        path = target[0]
    return None


def relative(source: str, target: str) -> str:
    """The address of one page as written on another, both below the same root.

    By way of the root: longer than it could be, never wrong.
    """
    return "../" * source.count("/") + quote(target) or "./"


def file_of(site: Path, path: str) -> Path:
    """The file behind a site path; the reverse of `site_path`."""
    return site / path if path.endswith(".html") else site / path / "index.html"
