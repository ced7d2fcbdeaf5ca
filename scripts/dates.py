"""A day as readers and machines both read it."""

from __future__ import annotations

import datetime


def time_tag(day: datetime.date) -> str:
    """A day as a person writes it, in a <time> a machine can read."""
    return f'<time datetime="{day}">{day.day} {day:%B %Y}</time>'
