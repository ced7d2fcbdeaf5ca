#!/usr/bin/env python3
"""Everything the garden does to a built site, in order. Knows no generator.

usage: python scripts/after_build.py SITE

Each step is a script of its own and can be run alone; this is the one list of
them, called by the MkDocs hook and, on the day Material ends, by `scripts/build`.
Running it twice changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import a_to_z
import backlinks
import evidence
import feed
import search_index
import trails
from commands import write_into_site

STEPS: tuple[Callable[[Path], object], ...] = (
    evidence.weave_site,
    feed.write_feed,
    backlinks.weave_site,
    trails.weave_site,
    a_to_z.weave_site,
    search_index.write_index,
)


def finish(site: Path) -> str:
    """Run every step on a built site. A ValueError names the gardener's mistake."""
    for step in STEPS:
        step(site)
    return f"{len(STEPS)} steps done"


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, finish))
