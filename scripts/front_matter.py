"""What a note's front matter may say: one table of fields, and the rules behind it.

CONTRIBUTING.md prints the same table for gardeners; a test keeps the two alike.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

KINDS = (
    "home",
    "chapter",
    "concept",
    "exercise",
    "trail",
    "film",
    "sources",
    "help",
    "about",
    "index",
)
STAGES = ("seedling", "budding", "evergreen")
FIRST_DAY = datetime.date(2026, 11, 22)
EVIDENCE = ("strong", "mixed", "early", "practice", "contested")

Rule = Callable[[object], str]
"""Takes a value, gives back what is wrong with it, or ""."""


def one_of(*allowed: str) -> Rule:
    """The value is one of these words."""
    return lambda value: "" if value in allowed else f"must be one of: {', '.join(allowed)}"


def text(shortest: int, longest: int) -> Rule:
    """The value is a text of so many characters, on one line."""

    def rule(value: object) -> str:
        if not isinstance(value, str):
            return "must be a text; put it in quotes if YAML reads it as something else"
        if "\n" in value.strip() or not shortest <= len(value) <= longest:
            return f"must be one line of {shortest} to {longest} characters (it has {len(value)})"
        return ""

    return rule


def day(value: object) -> str:
    """The value is a real date, no earlier than the garden.

    Not compared with today: the same notes must pass or fail on every clock.
    """
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        return "must be a date such as 2026-11-22"
    return "" if value >= FIRST_DAY else f"must be no earlier than the garden itself ({FIRST_DAY})"


def whole_number(value: object) -> str:
    """The value counts something: 1, 2, 3 …"""
    good = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if good else "must be a whole number above zero"


def yes_or_no(value: object) -> str:
    """The value is true or false, not a text that looks like it."""
    return "" if isinstance(value, bool) else "must be true or false, without quotes"


def lower_case_list(value: object) -> str:
    """The value is a list of texts in lower case: what people type."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return "must be a list of texts"
    wrong = [item for item in value if item != item.lower()]
    return f"must be in lower case: {', '.join(wrong)}" if wrong else ""


@dataclass(frozen=True)
class Field:
    """One key of the front matter."""

    meaning: str
    rule: Rule
    required: tuple[str, ...] = ()
    """Kinds that must have it."""
    optional: tuple[str, ...] = ()
    """Kinds that may have it."""


NOTES = tuple(kind for kind in KINDS if kind != "home")

FIELDS: Mapping[str, Field] = {
    "kind": Field("what the page is", one_of(*KINDS), KINDS),
    "title": Field("plain words, no term", text(3, 60), KINDS),
    "term": Field("the field's word for it", text(3, 60), (), ("concept", "exercise")),
    "description": Field("the first sentence under the title", text(80, 160), KINDS),
    "stage": Field("how grown the page is", one_of(*STAGES), NOTES),
    "evidence": Field("how sure we are", one_of(*EVIDENCE), ("concept", "exercise"), ("chapter",)),
    "minutes": Field("how long the first go takes", whole_number, ("exercise",)),
    "with": Field("who takes part", one_of("alone", "together", "either"), ("exercise",)),
    "effort": Field("how much it asks", one_of("gentle", "moderate", "stretching"), ("exercise",)),
    "best_when": Field("the moment for it", one_of("calm", "heated", "after"), ("exercise",)),
    "not_for": Field("completes “Not if …”", text(8, 90), ("exercise",)),
    "planted": Field("first published", day, KINDS),
    "tended": Field("last changed in substance", day, KINDS),
    "aliases": Field("what else people call it", lower_case_list, (), NOTES),
    "asked": Field("what people type when they need it", lower_case_list, (), NOTES),
    "quiet_title": Field(
        "its name in tabs and previews, where being seen is a risk", text(3, 60), (), NOTES
    ),
    "backlinks": Field("where its backlinks go", one_of("page", "sections"), (), KINDS),
    "glightbox": Field("force the lightbox on or off", yes_or_no, (), KINDS),
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with a front matter."""

    key: str
    message: str


def faults(meta: Mapping[str, object]) -> list[Fault]:
    """Everything wrong with one note's front matter, in a stable order."""
    kind = meta.get("kind")
    if kind not in KINDS:
        return [Fault("kind", f"'kind' must be one of: {', '.join(KINDS)}")]
    found = [fault for key in meta if (fault := _fault_of(str(key), meta[key], str(kind)))]
    for key, field in FIELDS.items():
        if kind in field.required and key not in meta:
            found.append(Fault(key, f"'{key}' is missing: {field.meaning}. A {kind} needs it"))
    return sorted(found + _faults_between(meta))


def _fault_of(key: str, value: object, kind: str) -> Fault | None:
    """What is wrong with one key of a note of this kind, if anything."""
    allowed = [name for name, f in FIELDS.items() if kind in f.required + f.optional]
    if key not in allowed:
        near = difflib.get_close_matches(key, allowed, 1)
        hint = f"Did you mean '{near[0]}'? " if near else ""
        return Fault(key, f"'{key}' is not a key of a {kind}. {hint}Known: {', '.join(allowed)}")
    wrong = FIELDS[key].rule(value)
    return Fault(key, f"'{key}' {wrong}") if wrong else None


def _faults_between(meta: Mapping[str, object]) -> list[Fault]:
    """Rules that need two keys at once."""
    found = []
    planted, tended = meta.get("planted"), meta.get("tended")
    if (
        isinstance(planted, datetime.date)
        and isinstance(tended, datetime.date)
        and tended < planted
    ):
        found.append(Fault("tended", "'tended' is before 'planted'; one of the two is wrong"))
    if meta.get("kind") == "exercise" and meta.get("stage") == "seedling":
        message = "an exercise is never a seedling; finish it, or keep it as a draft (_name.md)"
        found.append(Fault("stage", message))
    return found
