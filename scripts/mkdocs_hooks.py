"""The one place that knows MkDocs: events in, plain functions out.

MkDocs calls these during `build` and after every edit under `serve`. It never
reloads this file while serving: restart after changing anything in scripts/.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger

sys.path.insert(0, str(Path(__file__).parent))

import after_build
import check_notes

# MkDocs counts warnings only below its own logger; --strict fails on them.
log = get_plugin_logger("garden")

# mkdocs-glightbox 0.5.3 returns a page's content as a whole document, which
# has no place inside a page.
WRAPPER = re.compile(r"\A\s*<html><head></head><body>|</body></html>\s*\Z")


def on_pre_build(*, config: Any) -> None:
    """Say what is wrong with the notes before MkDocs trips over it or hides it."""
    for problem in check_notes.check_folder(Path(config.docs_dir)):
        log.warning("%s", problem)


@event_priority(100)
def choose_lightbox(html: str, *, page: Any, **_: Any) -> str:
    """Before the plugins: only pages with a picture carry the lightbox."""
    page.meta.setdefault("glightbox", "<img" in html)
    return html


@event_priority(-100)
def unwrap(html: str, **_: Any) -> str:
    """After the plugins: take the lightbox's wrapper off again."""
    return WRAPPER.sub("", html)


on_page_content = CombinedEvent(choose_lightbox, unwrap)


def on_post_build(*, config: Any) -> None:
    """Every step that knows no generator."""
    site = Path(config.site_dir)
    try:
        after_build.finish(site)
    except ValueError as problem:
        log.warning("%s", problem)
