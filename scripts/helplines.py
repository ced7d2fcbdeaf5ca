#!/usr/bin/env python3
"""Put the helplines that are fresh enough to trust on the help page.

usage: python scripts/helplines.py SITE       fill the places of a built site
       python scripts/helplines.py --check    say which rows are due for a look

A place is `<div data-helplines="…" data-generated></div>` in the page's Markdown:
`emergency`, `behaviour`, `checked`, or a country's slug under its heading. A row of
180 days or more loses its numbers and keeps its name and its own site. For the day
when nobody builds the site any more, the sentence that takes a number's place lies
hidden beside it, and help.js turns to it at 365 days. The clock is SOURCE_DATE_EPOCH
where that is set. Running it twice on one day changes nothing. Knows no generator.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path

from commands import parser, write_into_site
from dates import time_tag
from front_matter import FIRST_DAY
from helpline_data import Country, Emergency, Helplines, Line, read
from site_files import html_files, read_html, write_site
from site_links import site_path

FILE = Path(__file__).parent.parent / "data/helplines.yml"
NAME = "data/helplines.yml"
WARN, DROP = 120, 180
"""The age in days at which a row is named, and at which its numbers go."""

PLACE = re.compile(r'(<div\b[^>]*\bdata-helplines="?([\w-]+)"?[^>]*>).*?</div>', re.DOTALL)
LABELS = {
    "afraid": "Afraid of someone",
    "suicide": "Thoughts of suicide",
    "behaviour": "Your own behaviour",
}
FIND = '<a href="https://findahelpline.com/">Find A Helpline</a>'
NO_MORE = '<a href="https://nomoredirectory.org/">NO MORE Global Directory</a>'
LILA = '<a href="https://lila.help/">Lila.help</a>'
ELSEWHERE = {"afraid": f"{NO_MORE} or {LILA}", "suicide": FIND}
"""Where to look for a purpose that a country has no line for."""
LOCAL = "your local emergency number"
HERE = (
    '<p data-here hidden><a href="#countries">Help in <span></span></a>, '
    "by your device’s clock.</p>"
)
"""Hidden until help.js knows which country to offer."""


def today() -> date:
    """The day by SOURCE_DATE_EPOCH (seconds, UTC), else by this machine.

    Never before the garden's first day: a clock that says so is wrong, and would
    make every true date a future one.
    """
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp and not stamp.isdigit():
        raise ValueError(f"SOURCE_DATE_EPOCH must be seconds since 1970; it is '{stamp}'")
    day = datetime.fromtimestamp(int(stamp), UTC).date() if stamp else date.today()
    return max(day, FIRST_DAY)


def read_file(day: date) -> Helplines:
    """The garden's own rows. A ValueError names file, line and mistake."""
    return read(FILE.read_text("utf-8"), NAME, day)


def is_shown(row: Line | Emergency, day: date) -> bool:
    """True where a row's numbers are still fresh enough to print."""
    return (day - row.verified_on).days < DROP


# -------------------------------------------------------------------------------- words


def words(text: str) -> str:
    """A text of the file as HTML, with curly apostrophes."""
    return escape(text, quote=False).replace("'", "’")


def sentence(text: str) -> str:
    """The text with a capital and a full stop; "" stays ""."""
    return text and text[0].upper() + text[1:].removesuffix(".") + "."


def joined(*parts: str, by: str = ", ") -> str:
    """The parts that are not empty, as one text."""
    return by.join(filter(None, parts))


def listed(items: Sequence[str]) -> str:
    """Items as a sentence has them: a, b and c."""
    return joined(", ".join(items[:-1]), items[-1], by=" and ")


def link(scheme: str, number: str) -> str:
    """A number that a thumb can call or text."""
    return f'<a href="{scheme}:{re.sub("[ -]", "", number)}">{number}</a>'


def either(tag: str, fresh: str, stale: str, checked: date, day: date) -> str:
    """What is shown while a check holds, and hidden beside it what is shown after.

    Once the check is too old, only the latter: with "" nothing at all.
    """
    if (day - checked).days >= DROP:
        return f"<{tag}>{stale}</{tag}>" if stale else ""
    later = f"<{tag} data-stale hidden>{stale}</{tag}>" if stale else ""
    return f'<{tag} data-checked="{checked}">{fresh}</{tag}>{later}'


# ------------------------------------------------------------------------------ one line


def label(line: Line) -> str:
    """What a line is for, and in which part of the country."""
    first, *more = (LABELS[purpose] for purpose in line.purposes)
    also = [f"or {other[0].lower()}{other[1:]}" for other in more]
    return f"<strong>{words(joined(first, *also, line.where))}:</strong>"


def site_of(line: Line) -> str:
    """The link to the service's own site."""
    return f'<a href="{escape(line.url)}">{words(line.site)}</a>'


def with_numbers(line: Line) -> str:
    """A line as long as its check holds."""
    word = f"{words(line.word)} to " if line.word else ""
    call = line.call and link("tel", line.call)
    text = line.text and f"text {word}{link('sms', line.text)}"
    subject = joined(words(line.name), _who(line), joined(call, text, by=", or "))
    hours = sentence(words(joined(line.hours, line.languages)))
    return joined(label(line), f"{subject}.", hours, words(line.note), site_of(line), by=" ")


def without_numbers(line: Line) -> str:
    """A line whose check is too old: who it is, and its own site. No digit of its numbers."""
    numbers = {_digits(line.call), _digits(line.text)} - {""}
    name = "" if _digits(line.name) in numbers else words(line.name)
    site = "its own site" if _digits(line.site) in numbers else f"the {words(line.site)}"
    subject = sentence(joined(name, _who(line)))
    see = f'{"See" if subject else "see"} <a href="{escape(line.url)}">{site}</a>.'
    return joined(label(line), subject, see, by=" ")


def _who(line: Line) -> str:
    return f"for {words(line.who)}" if line.who else ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def called(row: Emergency) -> str:
    """The emergency numbers of a row, in words."""
    each = [joined(link("tel", number.call), words(number.use), by=" ") for number in row.numbers]
    return (", or " if _has_uses(row) else " or ").join(each)


def _has_uses(row: Emergency) -> bool:
    return any(number.use for number in row.numbers)


# -------------------------------------------------------------------------- the places


def emergency_list(data: Helplines, day: date) -> str:
    """The numbers to call in danger, by where they answer."""
    newest = max(row.verified_on for row in data.emergency)
    items = "".join(_emergency_item(row) for row in data.emergency if is_shown(row, day))
    gone = (
        f"<p>We last checked the numbers on {time_tag(newest)}. That is too long ago to show "
        "them. If you don’t know yours, ask anyone near you, or search for “emergency number” "
        "and where you are.</p>"
    )
    return either("section", f"<p>The number is:</p><ul>{items}</ul>", gone, newest, day)


def _emergency_item(row: Emergency) -> str:
    comma = "," if _has_uses(row) else ""
    where = f"{called(row)}{comma} in {words(row.where)}"
    return f'<li data-checked="{row.verified_on}">{where}</li>'


def behaviour_list(data: Helplines) -> str:
    """The countries with a line for people who worry about what they do."""
    places = [
        f'<a href="#{country.slug}">{words(country.within)}</a>'
        for country in data.countries
        if any("behaviour" in line.purposes for line in country.lines)
    ]
    there = f"There are such lines in {listed(places)}. Elsewhere, any" if places else "Any"
    return f"<p>{there} line in the directories can tell you who to ask.</p>"


def checked(data: Helplines, day: date) -> str:
    """When the numbers shown were checked; and a place to offer the reader's own country."""
    dates = [row.verified_on for row in rows_of(data)]
    shown = [row.verified_on for row in rows_of(data) if is_shown(row, day)]
    newest = max(dates)
    since = f"Checked {time_tag(min(shown, default=newest))}."
    if len(shown) < len(dates):
        since += " Where a line shows no number, our check was too old to trust; follow its link."
    gone = (
        f"We last checked these numbers on {time_tag(newest)}. That is too long ago to show "
        f"them. Use {FIND}, {NO_MORE} or {LILA}, or a service’s own site."
    )
    return HERE + either("p", since, gone, newest, day)


def country_list(data: Helplines, country: Country, day: date) -> str:
    """One country: danger first, then its lines, then where to look for what it lacks."""
    row = data.emergency_of(country)
    call, local = (f"<strong>Danger now:</strong> {x}." for x in (called(row), LOCAL))
    items = [either("li", call, local, row.verified_on, day)]
    for line in country.lines:
        items.append(either("li", with_numbers(line), without_numbers(line), line.verified_on, day))
    for purpose, where in ELSEWHERE.items():
        if not any(purpose in line.purposes for line in country.lines):
            items.append(f"<li><strong>{LABELS[purpose]}:</strong> see {where}.</li>")
    zones, within = " ".join(country.zones), escape(country.within)
    # For search, names only: a number in its index would go stale where nobody looks.
    told = escape(". ".join(line.name for line in country.lines if line.name))
    marks = f'data-zones="{zones}" data-within="{within}" data-told="{told}"'
    return f"<ul {marks}>{''.join(items)}</ul>"


def places(data: Helplines, day: date) -> dict[str, str]:
    """What belongs in each place, by the place's name."""
    return {
        "emergency": emergency_list(data, day),
        "behaviour": behaviour_list(data),
        "checked": checked(data, day),
    } | {country.slug: country_list(data, country, day) for country in data.countries}


def fill(html: str, data: Helplines, day: date) -> str:
    """A page with its places filled as of that day. Pure.

    Raises ValueError where a place asks for what is not in the file, or where
    something in the file has no place: a number nobody can find.
    """
    texts = places(data, day)
    asked = [name for _, name in PLACE.findall(html)]
    for name in (name for name in asked if name not in texts):
        message = f"the place '{name}' is not in {NAME}; it has"
        raise ValueError(f"{message} {', '.join(texts)}")
    for name in (name for name in texts if name not in asked):
        place = f'<div data-helplines="{name}" data-generated></div>'
        raise ValueError(f"'{name}' of {NAME} has no place; add {place}")
    return PLACE.sub(lambda place: place[1] + texts[place[2]] + "</div>", html)


# ------------------------------------------------------------------------ around the page


def rows_of(data: Helplines) -> list[Line | Emergency]:
    """Every row that has a date."""
    lines = [line for country in data.countries for line in country.lines]
    return [*data.emergency, *lines]


def warnings(data: Helplines, day: date) -> Iterator[str]:
    """One sentence for each row that is due for a look, in the order of the file."""
    named: list[tuple[str, Line | Emergency]] = [
        (f"emergency numbers in {row.where}", row) for row in data.emergency
    ]
    for country in data.countries:
        named += [(f"{country.name}, {line.name or line.site}", line) for line in country.lines]
    for name, row in named:
        if (age := (day - row.verified_on).days) >= WARN:
            end = row.verified_on + timedelta(days=DROP)
            then = "its numbers are dropped" if age >= DROP else f"its numbers go on {end}"
            yield f"{NAME}:{row.at}: {name}: last checked {age} days ago; {then}"


def weave_site(site: Path, day: date | None = None) -> int:
    """Fill the places of a built site; return how many files changed.

    A page without a place is left alone, and so is a garden that has none.
    """
    day = day or today()
    asking = {f: html for f in html_files(site) if "data-helplines=" in (html := read_html(f))}
    after = {}
    for file, html in asking.items():
        try:
            filled = fill(html, read_file(day), day)
        except ValueError as mistake:
            raise ValueError(f"{file.relative_to(site)}: {mistake}") from None
        if filled != html:
            after[site_path(file.relative_to(site))] = filled
    return write_site(site, after.items())


def check() -> int:
    """Print which rows are due; 1 where the file itself is wrong."""
    try:
        day = today()
        due = list(warnings(read_file(day), day))
    except ValueError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    for warning in due:
        print(f"warning: {warning}", file=sys.stderr)
    print(f"helplines: {len(due)} row(s) due for a look")
    return 0


def main() -> int:
    if "--check" not in sys.argv[1:]:
        return write_into_site(__doc__, lambda site: f"{weave_site(site)} page(s) written")
    reader = parser(__doc__)
    reader.add_argument("--check", action="store_true", help="say which rows are due for a look")
    reader.parse_args()
    return check()


if __name__ == "__main__":
    sys.exit(main())
