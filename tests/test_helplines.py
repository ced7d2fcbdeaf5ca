"""Helplines on frozen days: what is shown, what is dropped, and what is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import helplines
from conftest import PROJECT, Site
from helpline_data import Helplines, read
from helplines import fill, read_file, warnings

DAY = date(2026, 11, 22)
DIRECTORIES = ("https://findahelpline.com/", "https://nomoredirectory.org/", "https://lila.help/")

FILE = """\
emergency:
  - where: Erewhon
    countries: [erewhon]
    numbers:
      - {call: "555", for: for police}
      - {call: "556", for: for an ambulance}
    verified_on: 2026-11-22
    verified_by: a test
countries:
  - country: Erewhon
    slug: erewhon
    zones: [Europe/London]
    lines:
      - purpose: [afraid, behaviour]
        where: the hills
        name: Butler's Line
        who: men & women
        call: "0555 01 02"
        text: "55577"
        word: HELLO
        hours: any hour
        languages: in two languages
        note: In most valleys.
        site: {name: Butler's site, url: "https://butler.example/"}
        source_url: https://butler.example/numbers
        verified_on: 2026-11-22
        verified_by: a test
      - purpose: [suicide]
        call: "5553"
        site: {name: 5553 site, url: "https://numbers.example/"}
        source_url: https://numbers.example/
        verified_on: 2026-11-22
        verified_by: a test
"""

PAGE = "".join(
    f'<h3 id="{name}">{name}</h3><div data-generated data-helplines="{name}"></div>'
    for name in ("emergency", "behaviour", "checked", "erewhon")
)


def at(days: int) -> date:
    return DAY + timedelta(days=days)


def small(source: str = FILE) -> Helplines:
    return read(source, "data/helplines.yml", at(400))


def shown(html: str) -> str:
    """The words a reader sees, with what lies hidden left out."""
    tree = LexborHTMLParser(html)
    for node in tree.css("[hidden]"):
        node.decompose()
    return " ".join(tree.body.text().split()) if tree.body else ""


def test_a_line_says_all_that_is_known() -> None:
    page = fill(PAGE, small(), DAY)
    assert (
        "Afraid of someone, or your own behaviour, the hills: Butler’s Line, for men & women, "
        "0555 01 02, or text HELLO to 55577. Any hour, in two languages. In most valleys. "
        "Butler’s site"
    ) in shown(page)
    assert '<a href="tel:05550102">' in page and '<a href="sms:55577">' in page
    assert "555 for police, or 556 for an ambulance, in Erewhon" in shown(page)
    assert "There are such lines in Erewhon." in shown(page)
    assert "Checked 22 November 2026." in shown(page)


@pytest.mark.parametrize(("days", "kept"), [(119, True), (121, True), (181, False), (366, False)])
def test_numbers_are_dropped_with_age_and_the_way_to_them_is_not(days: int, kept: bool) -> None:
    page = fill(PAGE, small(), at(days))
    assert ("tel:" in page, "sms:" in page, "555" in page) == (kept, kept, kept)
    assert "Butler’s Line" in shown(page)
    assert 'href="https://butler.example/"' in page and 'href="https://numbers.example/"' in page
    assert "Danger now: 555" in shown(page) or "your local emergency number" in shown(page)
    assert ("too long ago" in shown(page)) == (not kept)
    for directory in () if kept else DIRECTORIES:
        assert directory in page


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (119, []),
        (121, ["last checked 121 days ago; its numbers go on 2027-05-21"]),
        (181, ["last checked 181 days ago; its numbers are dropped"]),
        (366, ["last checked 366 days ago; its numbers are dropped"]),
    ],
)
def test_the_gardener_is_told_in_time(days: int, said: list[str]) -> None:
    rows = (
        "2: emergency numbers in Erewhon",
        "14: Erewhon, Butler's Line",
        "28: Erewhon, 5553 site",
    )
    expected = [f"data/helplines.yml:{row}: {words}" for row in rows for words in said]
    assert list(warnings(small(), at(days))) == expected


def test_a_fresh_row_stays_beside_a_stale_one() -> None:
    """Each row has its own date, and the date shown is the oldest of those shown."""
    first, second, third = FILE.split("verified_on: 2026-11-22", 2)
    source = f"{first}verified_on: 2027-04-02{second}verified_on: 2027-03-01{third}"
    page = fill(PAGE, small(source), at(181))
    assert re.findall(r"(?:tel|sms):\d+", page).count("tel:05550102") == 1
    assert "5553" not in page
    assert "Checked 1 March 2027. Where a line shows no number" in shown(page)


def test_filling_again_on_another_day_leaves_nothing_of_before() -> None:
    assert fill(fill(PAGE, small(), DAY), small(), at(181)) == fill(PAGE, small(), at(181))
    assert fill(fill(PAGE, small(), DAY), small(), DAY) == fill(PAGE, small(), DAY)


def test_what_a_country_lacks_is_found_in_a_directory() -> None:
    lines = FILE.replace("purpose: [suicide]", "purpose: [behaviour]")
    assert "Thoughts of suicide: see Find A Helpline." in shown(fill(PAGE, small(lines), DAY))
    lines = FILE.replace("purpose: [afraid, behaviour]", "purpose: [suicide]")
    afraid = shown(fill(PAGE, small(lines), DAY))
    assert "Afraid of someone: see NO MORE Global Directory or Lila.help." in afraid
    assert "There are such lines in" not in afraid
    assert "Any line in the directories can tell you who to ask." in afraid


def test_a_number_cannot_be_lost_between_file_and_page() -> None:
    with pytest.raises(ValueError, match=r"'erewhon' of data/helplines.yml has no place; add <div"):
        fill(PAGE.replace('"erewhon"></div>', '"checked"></div>'), small(), DAY)
    with pytest.raises(ValueError, match=r"the place 'narnia' is not in data/helplines\.yml"):
        fill(PAGE + '<div data-helplines="narnia"></div>', small(), DAY)


# A slip of the pen: what is changed, into what, and what must be said of it.
SLIPS = {
    "a missing key": (
        "        source_url: https://numbers.example/\n",
        "",
        "28: 'source_url' is missing in this row",
    ),
    "an unknown key": ("hours:", "hour:", "21: 'hour' is not a key here. Known: purpose"),
    "a key twice": (
        "        where: the hills\n",
        "        name: x\n",
        "16: is not YAML: 'name' stands twice",
    ),
    "an unknown purpose": ("[suicide]", "[suicid]", "28: 'purpose' knows only afraid, suicide"),
    "no such day": (
        "verified_on: 2026-11-22",
        "verified_on: 2026-02-30",
        "7: 'verified_on' must be a date",
    ),
    "not a date": (
        "verified_on: 2026-11-22",
        "verified_on: soon",
        "7: 'verified_on' must be a date",
    ),
    "a date to come": (
        "verified_on: 2026-11-22",
        "verified_on: 2028-11-22",
        "7: 'verified_on' is in the future: the clock says 2027-12-27",
    ),
    "letters in a number": ('"0555 01 02"', '"0555 HELP"', "18: 'call' must be digits"),
    "a number without quotes": ('"5553"', "016", "29: 'call' must be digits"),
    "an address without s": (
        '"https://butler.example/"',
        '"http://butler.example/"',
        "24: 'url' must be an address that begins with https://",
    ),
    "a word and nothing to text": (
        '        text: "55577"\n',
        "",
        "19: 'word' is for a number to text",
    ),
    "a line that says nothing": (
        '        call: "5553"\n',
        "",
        "28: a line needs a name or a number",
    ),
    "a country twice": (
        "",
        FILE[FILE.index("  - country") :],
        "the country 'erewhon' stands twice",
    ),
    "a country without emergency numbers": (
        "slug: erewhon",
        "slug: narnia",
        "10: 'narnia' stands in 0 emergency rows; each country needs one",
    ),
    "no list": ("zones: [Europe/London]", "zones: Europe/London", "12: 'zones' must be a list"),
    "not YAML": ("emergency:", "emergency: [", "is not YAML"),
    "a row that is none": (
        "  - where: Erewhon\n",
        "  - Erewhon\n  - where: Erewhon\n",
        "'Erewhon' must be lines",
    ),
    "an empty file": (FILE, "", "'None' must be lines of `key: value`"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_with_its_line(slip: str) -> None:
    old, new, said = SLIPS[slip]
    bad = FILE.replace(old, new, 1) if old else FILE + new
    assert bad != FILE
    with pytest.raises(ValueError) as raised:
        small(bad)
    assert said in str(raised.value)
    assert re.match(r"data/helplines\.yml:\d+: ", str(raised.value))


def test_tomorrow_is_already_today_somewhere() -> None:
    assert read(FILE, "", at(-1)).countries
    with pytest.raises(ValueError, match="is in the future"):
        read(FILE, "", at(-2))


@pytest.mark.parametrize(
    ("stamp", "day"), [("1795348800", DAY), ("1810987200", at(181)), ("0", DAY), ("86400", DAY)]
)
def test_the_clock(stamp: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock is behind the garden can still build it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    assert helplines.today() == day


def test_a_clock_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    with pytest.raises(ValueError, match="SOURCE_DATE_EPOCH must be seconds since 1970"):
        helplines.today()


def command(*arguments: str, days: int) -> subprocess.CompletedProcess[str]:
    stamp = str(1795348800 + days * 24 * 60 * 60)
    script = str(PROJECT / "scripts/helplines.py")
    environment = os.environ | {"SOURCE_DATE_EPOCH": stamp}
    return subprocess.run(
        [sys.executable, script, *arguments], env=environment, capture_output=True, text=True
    )


# ------------------------------------------------------------------------- the real file


@pytest.mark.parametrize("site", ["/"], indirect=True)
@pytest.mark.parametrize("days", [0, 119, 121, 181, 366])
def test_the_real_page_on_every_day(days: int, site: Site) -> None:
    """Directories and the plain sentence always; after 180 days not one number of the file."""
    built = (site.folder / "help/index.html").read_text("utf-8")
    data = read_file(at(days))
    page = fill(built, data, at(days))
    words = shown(page)
    assert "Call your local emergency number if" in words
    for directory in DIRECTORIES:
        assert directory in page[page.index('id="directories"') : page.index('id="afraid"')]
    lines = [line for country in data.countries for line in country.lines]
    numbers = [number for line in lines for number in (line.call, line.text) if number]
    assert len(numbers) > 40
    left = [number for number in numbers if re.search(rf"(?<!\d){number}(?!\d)", words)]
    assert left == (numbers if days < 180 else [])
    assert ("tel:" in page) == ("sms:" in page) == (days < 180)


def test_the_check_warns_and_does_not_fail() -> None:
    fresh, due = command("--check", days=119), command("--check", days=121)
    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert due.returncode == 0
    assert "Germany, Hilfetelefon: last checked 121 days ago" in due.stderr


def test_a_built_page_is_filled_by_the_clock(tmp_path: Path) -> None:
    """The command itself, on a site of one page with every place."""
    names = helplines.places(read_file(DAY), DAY)
    places = "".join(f'<div data-helplines="{name}" data-generated></div>' for name in names)
    (tmp_path / "index.html").write_text(f"<article>{places}</article>", "utf-8")
    for days, kept in ((0, True), (181, False)):
        done = command(str(tmp_path), days=days)
        assert done.returncode == 0, done.stderr
        page = (tmp_path / "index.html").read_text("utf-8")
        assert ("tel:" in page) == kept
        assert "Männerhilfetelefon" in page


@pytest.mark.parametrize("site", ["/"], indirect=True)
def test_search_finds_a_service_by_name_and_holds_no_number(site: Site) -> None:
    texts = [json.loads(file.read_text("utf-8")) for file in site.folder.glob("search/*-*.json")]
    (held,) = [page for text in texts for page in text if page["path"] == "help/"]
    sections = {identity: text for identity, _, text in held["sections"]}
    assert "Männerhilfetelefon" in sections["germany"]
    held = json.dumps(held, ensure_ascii=False)
    for line in (line for country in read_file(DAY).countries for line in country.lines):
        for number in filter(None, (line.call, line.text)):
            assert not re.search(rf"(?<!\d){number}(?!\d)", held), number
