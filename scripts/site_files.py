"""A built site on disk: its pages read, and written all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from site_links import file_of, site_path
from site_pages import Page, read_page

KEPT = ".weaving"
"""Where the old pages lie while new ones are written."""

# After a build one step after the other reads the site, and few pages change between
# two of them. Nobody alters a page once it is read.
parsed = lru_cache(1024)(read_page)


def html_files(site: Path) -> Iterator[Path]:
    """Every page of a built site in a stable order, error pages excluded."""
    recover(site)
    for folder, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".html") and name not in ("404.html", "search.html"):
                yield Path(folder, name)


def read_html(file: Path) -> str:
    """A file's text, its line ends and any stray bytes kept as they are."""
    return file.read_bytes().decode("utf-8", "surrogateescape")


def read_site(site: Path) -> dict[str, Page]:
    """Every page of a built site by its address below the root."""
    found = {}
    for file in html_files(site):
        path = site_path(file.relative_to(site))
        found[path] = parsed(path, read_html(file))
    return found


def changed(pages: dict[str, Page], after: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The pages whose HTML is no longer what was read, as `write_site` takes them."""
    return ((path, html) for path, html in after.items() if html != pages[path].html)


def write_site(site: Path, after: Iterable[tuple[str, str]]) -> int:
    """Write pages anew, as (path, html); return how many. All or nothing.

    The old pages are first copied, one behind the other, into a file of the site's
    own. If the writing then breaks off they are put back: at once where Python still
    can, else by whoever reads the site next. (A file for each page would be simpler,
    and take ten times as long.)
    """
    new = [(file_of(site, p), html.encode("utf-8", "surrogateescape")) for p, html in after]
    copying, kept = site / (KEPT + ".part"), site / KEPT
    try:
        with copying.open("wb") as copies:
            for file, _ in new:
                old = file.read_bytes()
                copies.write(f"{len(old)} {file.relative_to(site).as_posix()}\n".encode() + old)
        copying.replace(kept)
        for file, text in new:
            with file.open("r+b") as page:
                page.write(text)
                page.truncate()
    except BaseException:
        recover(site)
        raise
    finally:
        copying.unlink(missing_ok=True)
    kept.unlink()
    return len(new)


def recover(site: Path) -> None:
    """Put back the pages of a weaving that was broken off, if there was one."""
    kept = site / KEPT
    if not kept.exists():
        return
    with kept.open("rb") as copies:
        while head := copies.readline():
            length, _, name = head.decode("utf-8").rstrip("\n").partition(" ")
            (site / name).write_bytes(copies.read(int(length)))
    kept.unlink()
