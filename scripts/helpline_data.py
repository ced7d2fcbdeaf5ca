"""Read data/helplines.yml, or say with file and line what is wrong in it.

The file's own head explains its keys. Nothing here looks at a clock: the day is
always given. A row with a date after that day is a slip of the pen.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from check_notes import Problem, line_of
from front_matter import Rule, text
from front_matter import day as garden_day

PURPOSES = ("afraid", "suicide", "behaviour")
LINES = "(lines)"
"""Under this key every row read from YAML holds the line of each of its keys."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Number:
    """One emergency number, and what it is for where a country has several."""

    call: str
    use: str


@dataclass(frozen=True)
class Emergency:
    """The emergency numbers of one or more countries. `at` is its line in the file."""

    where: str
    countries: tuple[str, ...]
    numbers: tuple[Number, ...]
    verified_on: datetime.date
    at: int


@dataclass(frozen=True)
class Line:
    """One service. What is not known is "". `at` is its line in the file."""

    purposes: tuple[str, ...]
    where: str
    name: str
    who: str
    call: str
    text: str
    word: str
    hours: str
    languages: str
    note: str
    site: str
    url: str
    verified_on: datetime.date
    at: int


@dataclass(frozen=True)
class Country:
    """A country and its lines. `within` completes "in …"; `zones` are its clocks."""

    name: str
    slug: str
    within: str
    zones: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Helplines:
    """Everything the file holds, in its order."""

    emergency: tuple[Emergency, ...]
    countries: tuple[Country, ...]

    def emergency_of(self, country: Country) -> Emergency:
        """The emergency row of a country. The check has seen that there is one."""
        return next(row for row in self.emergency if country.slug in row.countries)


# ---------------------------------------------------------------------------- the rules


def matches(pattern: str, wrong: str) -> Rule:
    """The value is a text of this shape."""
    known = re.compile(pattern)

    def rule(value: object) -> str:
        return "" if isinstance(value, str) and known.fullmatch(value) else wrong

    return rule


def list_of(rule: Rule) -> Rule:
    """The value is a list, not empty, and each item keeps the rule."""

    def every(value: object) -> str:
        if not isinstance(value, list) or not value:
            return "must be a list with something in it"
        return next(filter(None, map(rule, value)), "")

    return every


def anything(_: object) -> str:
    """The value has a check of its own elsewhere."""
    return ""


def purpose(value: object) -> str:
    """The value is something a reader comes for."""
    return "" if value in PURPOSES else f"knows only {', '.join(PURPOSES)}; it has '{value}'"


phone = matches(r"\+?\d(?:[\d -]*\d)?", 'must be digits, spaces and hyphens in quotes, like "016"')
https = matches(r"https://[^\s\"<>]+", "must be an address that begins with https://")
slug = matches(r"[a-z]+(-[a-z]+)*", "must be lower case with hyphens, like new-zealand")
zone = matches(r"[A-Za-z_]+(/[A-Za-z_-]+)+", "must be time zones like Europe/London")


@dataclass(frozen=True)
class Key:
    """One key of a row."""

    rule: Rule
    needed: bool = True


VERIFIED = {"verified_on": Key(garden_day), "verified_by": Key(text(3, 120))}
TOP = {"emergency": Key(list_of(anything)), "countries": Key(list_of(anything))}
NUMBER = {"call": Key(phone), "for": Key(text(3, 40), False)}
EMERGENCY = {
    "where": Key(text(3, 60)),
    "countries": Key(list_of(slug)),
    "numbers": Key(list_of(anything)),
} | VERIFIED
COUNTRY = {
    "country": Key(text(3, 40)),
    "slug": Key(slug),
    "in": Key(text(3, 40), False),
    "zones": Key(list_of(zone)),
    "lines": Key(list_of(anything)),
}
SITE = {"name": Key(text(3, 60)), "url": Key(https)}
OPTIONAL_TEXTS = ("where", "name", "who", "word", "hours", "languages", "note")
LINE = (
    {"purpose": Key(list_of(purpose)), "site": Key(anything), "source_url": Key(https)}
    | {key: Key(text(2, 160), False) for key in OPTIONAL_TEXTS}
    | {"call": Key(phone, False), "text": Key(phone, False)}
    | VERIFIED
)

# ---------------------------------------------------------------------------- the checks


def row_faults(row: object, keys: Mapping[str, Key], today: datetime.date) -> Iterator[Problem]:
    """Everything wrong with one row by itself. The file's name is put in later."""
    if not isinstance(row, dict):
        yield Problem("", 1, f"'{row}' must be lines of `key: value`")
        return
    lines = row[LINES]
    for name in row.keys() - keys.keys() - {LINES}:
        yield Problem("", lines[name], f"'{name}' is not a key here. Known: {', '.join(keys)}")
    for name, key in keys.items():
        if name in row:
            if wrong := key.rule(row[name]) or _future(row[name], today):
                yield Problem("", lines[name], f"'{name}' {wrong}")
        elif key.needed:
            yield Problem("", lines[""], f"'{name}' is missing in this row")


def _future(value: object, today: datetime.date) -> str:
    """A date that has not come yet. Tomorrow is today somewhere on Earth."""
    if not isinstance(value, datetime.date) or value <= today + datetime.timedelta(days=1):
        return ""
    return f"is in the future: the clock says {today}"


def line_faults(row: Row, today: datetime.date) -> Iterator[Problem]:
    """Everything wrong with one line of a country."""
    yield from row_faults(row, LINE, today)
    if isinstance(row, dict):
        if "site" in row:
            yield from row_faults(row["site"], SITE, today)
        if "word" in row and "text" not in row:
            yield Problem("", row[LINES]["word"], "'word' is for a number to text; give 'text'")
        if not row.keys() & {"name", "call", "text"}:
            yield Problem("", row[LINES][""], "a line needs a name or a number")


def data_faults(data: object, today: datetime.date) -> Iterator[Problem]:
    """Everything wrong with the whole file."""
    yield from row_faults(data, TOP, today)
    for row in _rows(data, "emergency"):
        yield from row_faults(row, EMERGENCY, today)
        for number in _rows(row, "numbers"):
            yield from row_faults(number, NUMBER, today)
    for row in _rows(data, "countries"):
        yield from row_faults(row, COUNTRY, today)
        for line in _rows(row, "lines"):
            yield from line_faults(line, today)
    yield from _faults_between(list(_rows(data, "emergency")), list(_rows(data, "countries")))


def _rows(row: object, key: str) -> Iterable[Any]:
    """The rows under a key; none where it is no list."""
    found = row.get(key) if isinstance(row, dict) else None
    return found if isinstance(found, list) else ()


def _faults_between(emergency: list[Any], countries: list[Any]) -> Iterator[Problem]:
    """A country stands once, and in one emergency row."""
    served = [(name, row) for row in emergency for name in _rows(row, "countries")]
    slugs = [row.get("slug") for row in countries if isinstance(row, dict)]
    for row in (row for row in countries if isinstance(row, dict)):
        name = row.get("slug")
        if slugs.count(name) > 1 and slugs.index(name) != countries.index(row):
            yield Problem("", row[LINES].get("slug", 1), f"the country '{name}' stands twice")
        if (times := [name for name, _ in served].count(name)) != 1:
            message = f"'{name}' stands in {times} emergency rows; each country needs one"
            yield Problem("", row[LINES][""], message)
    for name, row in served:
        if name not in slugs:
            yield Problem("", row[LINES]["countries"], f"there is no country '{name}'")


# --------------------------------------------------------------------------- the reading


class _Loader(yaml.SafeLoader):
    """YAML that remembers the line of every key and refuses a key that stands twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Row:
    lines = {"": node.start_mark.line + 1}
    for key, _ in node.value:
        if key.value in lines:
            raise yaml.MarkedYAMLError(None, None, f"'{key.value}' stands twice", key.start_mark)
        lines[key.value] = key.start_mark.line + 1
    row: Row = {str(key): value for key, value in loader.construct_mapping(node, True).items()}
    return row | {LINES: lines}


def _date(loader: _Loader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:  # such as 2026-02-30: left as a text, for the rule to name
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def read(source: str, file: str, today: datetime.date) -> Helplines:
    """The rows of a file. Raises ValueError with every mistake, one a line."""
    try:
        data = yaml.load(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise ValueError(f"{file}:{line_of(error)}: is not YAML: {error.problem}") from None
    if found := sorted(set(data_faults(data, today))):
        raise ValueError("\n".join(f"{file}{problem!s}" for problem in found))
    emergency = tuple(map(_emergency, data["emergency"]))
    return Helplines(emergency, tuple(map(_country, data["countries"])))


def _emergency(row: Row) -> Emergency:
    numbers = tuple(Number(number["call"], number.get("for", "")) for number in row["numbers"])
    return Emergency(
        row["where"], tuple(row["countries"]), numbers, row["verified_on"], row[LINES][""]
    )


def _country(row: Row) -> Country:
    name = row["country"]
    lines = tuple(map(_line, row["lines"]))
    return Country(name, row["slug"], row.get("in") or name, tuple(row["zones"]), lines)


def _line(row: Row) -> Line:
    return Line(
        purposes=tuple(row["purpose"]),
        **{key: row.get(key, "") for key in (*OPTIONAL_TEXTS, "call", "text")},
        site=row["site"]["name"],
        url=row["site"]["url"],
        verified_on=row["verified_on"],
        at=row[LINES][""],
    )
