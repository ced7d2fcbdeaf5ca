"""The gardener's checks: every kind of bad note is refused with a line that helps."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pytest

from check_notes import check_folder
from conftest import PROJECT
from front_matter import FIELDS, KINDS, faults

GOOD = """---
kind: concept
title: Shutting down
term: stonewalling
description: Going blank or silent while someone is still talking, often from too much feeling.
stage: budding
evidence: practice
planted: 2026-12-20
tended: 2026-12-21
aliases: [silent treatment]
---

Some text, from [a study](../sources/index.md#study).
"""

EXERCISE = GOOD.replace("kind: concept", "kind: exercise").replace(
    "aliases: [silent treatment]",
    "minutes: 1\nwith: alone\neffort: gentle\nbest_when: calm\nnot_for: you feel afraid",
)
SHEET = "\n## Start here\n\n## Words you can use\n\n## When it gets hard\n\n## Next\n"
NOW = f'<div class="right-now" data-right-now markdown>\n\nBreathe.\n\n</div>\n{SHEET}'

# What is wrong: (the note, the line it is on, part of what is said).
BAD = {
    "no front matter": ("Just text.\n", 1, "no front matter"),
    "broken YAML": (GOOD.replace("stage: budding", "stage: [budding"), 7, "is not YAML"),
    "a colon in a title": (GOOD.replace("Shutting down", "Fear: a note"), 3, "is not YAML"),
    "not a mapping": ("---\n- a\n---\n", 2, "`key: value`"),
    "the same key twice": (GOOD.replace("term:", "title: Two\nterm:"), 4, "stands twice"),
    "a typing error": (GOOD.replace("evidence:", "evidense:"), 7, "Did you mean 'evidence'?"),
    "an unknown kind": (GOOD.replace("concept", "essay"), 2, "'kind' must be one of: home"),
    "an unknown stage": (GOOD.replace("budding", "sprout"), 6, "seedling, budding, evergreen"),
    "a missing key": (GOOD.replace("stage: budding\n", ""), 1, "'stage' is missing"),
    "a short description": (re.sub("Going.*", "Short.", GOOD), 5, "80 to 160 characters"),
    "a day that never was": (GOOD.replace("2026-12-20", "2026-02-30"), 8, "cannot be read"),
    "a day in words": (GOOD.replace("2026-12-20", "yesterday"), 8, "must be a date such as"),
    "a day before the garden": (GOOD.replace("2026-12-20", "2006-12-20"), 8, "no earlier"),
    "tended before planted": (GOOD.replace("2026-12-21", "2026-12-01"), 9, "before 'planted'"),
    "capitals in aliases": (GOOD.replace("[silent", "[Silent"), 10, "lower case"),
    "a note without a source": (GOOD.replace("../sources/", "../films/"), 12, "no claim of this"),
    "a main title": (GOOD + "\n# Title\n", 15, "begin at ##"),
    "a concept with minutes": (GOOD.replace("alias", "minutes: 3\nalias"), 10, "not a key of"),
    "an exercise without its opening": (EXERCISE, 16, "an exercise opens with"),
    "an opening too long": (EXERCISE + NOW.replace("Breathe.", "In. " * 61), 18, "61 words"),
    "an exercise that cannot be printed": (
        EXERCISE + NOW.replace("When it gets hard", "When it is hard"),
        16,
        "needs the headings '## Start here', '## Words you can use', '## When it gets hard'",
    ),
    "an exercise as a seedling": (
        EXERCISE.replace("budding", "seedling") + NOW,
        6,
        "never a seedling",
    ),
    "a tool by a wrong name": (GOOD + "\n<div>\n<pause-timr>\n", 16, "Did you mean <pause-timer>?"),
    "a number in words": (EXERCISE.replace("minutes: 1", "minutes: one") + NOW, 10, "whole number"),
}


def check(tmp_path: Path, **notes: str) -> list[str]:
    """What is said about notes by these names."""
    for name, source in notes.items():
        (tmp_path / f"{name.replace('_', '-')}.md").write_text(source, "utf-8")
    return [str(problem) for problem in check_folder(tmp_path)]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_note_is_refused(name: str, tmp_path: Path) -> None:
    source, line, said = BAD[name]
    problems = check(tmp_path, note=source)
    where = f"{tmp_path.name}/note.md:{line}: "
    assert any(p.startswith(where) and said in p for p in problems), problems
    assert len(problems) <= 2, "one mistake, and at most one that follows from it"


def test_good_notes_are_let_through(tmp_path: Path) -> None:
    other = EXERCISE.replace("Shutting", "Slowing").replace("Going", "Growing")
    assert check(tmp_path, concept=GOOD, exercise=other + NOW) == []


def test_a_comment_in_a_code_sample_is_no_main_title(tmp_path: Path) -> None:
    assert check(tmp_path, note=GOOD + "\n```sh\n# not a title\n```\n") == []


def test_a_tool_may_stand_in_a_note_and_any_name_in_code(tmp_path: Path) -> None:
    tool = '\n<div class="tool">\n<pause-timer>\n<p>Count.</p>\n</pause-timer>\n</div>\n'
    code = "\nWrite `<my-tool>`, or:\n\n```html\n<your-tool>\n```\n"
    assert check(tmp_path, note=GOOD + tool + code) == []


def test_two_notes_may_not_share_a_title_a_description_or_a_name(tmp_path: Path) -> None:
    problems = check(tmp_path, a=GOOD, b=GOOD)
    assert all("b.md:" in problem for problem in problems)
    shared = [re.findall(r"'([^']+)'", problem) for problem in problems]
    assert sorted(shared) == [["description"], ["silent treatment", "aliases"], ["title"]]


def test_file_names_are_addresses(tmp_path: Path) -> None:
    (tmp_path / "My Note.md").write_text(GOOD, "utf-8")
    assert "lower case with hyphens" in str(check_folder(tmp_path)[0])


def test_a_note_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(GOOD.replace("Some", "Sömé").encode("latin-1"))
    (problem,) = check_folder(tmp_path)
    assert "not UTF-8" in str(problem)


def test_drafts_may_be_unfinished(tmp_path: Path) -> None:
    (tmp_path / "_idea.md").write_text("later", "utf-8")
    assert check_folder(tmp_path) == []


def test_the_command_fails_aloud(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("Just text.\n", "utf-8")
    command = [sys.executable, str(PROJECT / "scripts/check_notes.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "note.md:1: no front matter" in done.stderr


def test_contributing_lists_every_field_and_its_kinds() -> None:
    """The table in CONTRIBUTING.md and the schema in code say the same."""
    rows = re.findall(
        r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$",
        (PROJECT / "CONTRIBUTING.md").read_text("utf-8"),
        re.MULTILINE,
    )
    table = {key: (meaning, needed, may) for key, meaning, needed, may in rows}
    assert table == {
        key: (field.meaning, _kinds(field.required), _kinds(field.optional))
        for key, field in FIELDS.items()
    }


def _kinds(kinds: tuple[str, ...]) -> str:
    if set(kinds) == set(KINDS):
        return "all"
    return "all but home" if set(kinds) == set(KINDS) - {"home"} else ", ".join(kinds) or "–"


def test_every_kind_can_be_written() -> None:
    """No kind asks for what it forbids."""
    values = {
        "minutes": 1, "with": "alone", "effort": "gentle", "best_when": "calm",
        "not_for": "you feel afraid", "stage": "budding", "evidence": "mixed",
        "title": "A title", "description": "d" * 90,
        "planted": datetime.date(2026, 12, 1), "tended": datetime.date(2026, 12, 1),
    }  # fmt: skip
    for kind in KINDS:
        needed = {key for key, field in FIELDS.items() if kind in field.required}
        assert faults({key: (values | {"kind": kind})[key] for key in needed}) == [], kind
