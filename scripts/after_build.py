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
import cards
import evidence
import exercises
import feed
import helplines
import search_index
import short_addresses
import trails
from commands import write_into_site

STEPS: tuple[Callable[[Path], object], ...] = (
    exercises.weave_site,
    helplines.weave_site,
    evidence.weave_site,
    feed.write_feed,
    backlinks.weave_site,
    trails.weave_site,
    a_to_z.weave_site,
    cards.write_cards,
    short_addresses.write_short,
    search_index.write_index,
)


def finish(site: Path) -> str:
    """Run every step on a built site. A ValueError names the gardener's mistake."""
    for step in STEPS:
        step(site)
    return f"{len(STEPS)} steps done"


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, finish))
