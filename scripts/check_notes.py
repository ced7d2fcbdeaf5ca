#!/usr/bin/env python3
"""Check every note before anything is built: front matter, names, required parts.

usage: python scripts/check_notes.py [DOCS]

Prints `file:line: what is wrong` for each problem and exits 1. MkDocs itself
publishes broken front matter as text, even with --strict.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from commands import report_on
from front_matter import faults

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")
RIGHT_NOW = re.compile(r"<div[^>]*\bdata-right-now\b[^>]*>(.*?)</div>", re.DOTALL)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
RIGHT_NOW_WORDS = 60
PRINTED = ("Start here", "Words you can use", "When it gets hard")
"""Headings of an exercise, in order. Its print sheet (garden.css) is laid out by them."""
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
ELEMENT = re.compile(r"<([a-z]+(?:-[a-z]+)+)[\s/>]")
TOOLS = ("pause-timer", "break-clock", "writing-desk")
"""The elements a note may hold. overrides/main.html loads the script of each where it stands."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Note:
    """A note as it lies in the folder. `body_line` is the line its text starts on."""

    file: str
    meta: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1


def split(file: str, source: str) -> tuple[Note | None, list[Problem]]:
    """Take a note apart. A note whose front matter cannot be read comes back as None."""
    parts = re.match(r"---\n(.*?\n)---[ \t]*(?:\n|\Z)", source, re.DOTALL)
    if not parts:
        return None, [
            Problem(file, 1, "no front matter; begin the file with --- and close it with ---")
        ]
    try:
        node = yaml.compose(parts[1], Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return None, [
            Problem(file, line_of(error) + 1, f"the front matter is not YAML: {error.problem}")
        ]
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem(file, 2, "the front matter must be lines of `key: value`")]
    meta: dict[str, object] = {}
    lines: dict[str, int] = {}
    found = []
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 2
        if key in meta:
            found.append(Problem(file, line, f"'{key}' stands twice"))
        try:
            meta[key] = yaml.SafeLoader("").construct_document(value_node)
        except ValueError as error:  # YAML reads 2026-02-30 as a date, then finds it is none
            meta[key] = value_node.value
            found.append(Problem(file, line, f"'{key}' cannot be read: {error}"))
        lines[key] = line
    body_line = parts[0].count("\n") + 1
    return Note(file, meta, lines, source[parts.end() :], body_line), found


def line_of(error: yaml.MarkedYAMLError) -> int:
    """The line of a text that YAML stumbled over, from 1."""
    return error.problem_mark.line + 1 if error.problem_mark else 1


def check_note(note: Note) -> list[Problem]:
    """Everything wrong with one note by itself."""
    found = [Problem(note.file, note.lines.get(f.key, 1), f.message) for f in faults(note.meta)]
    name = note.file.rpartition("/")[2]
    if not KEBAB.fullmatch(name):
        found.append(
            Problem(note.file, 1, "name files in lower case with hyphens, like my-note.md")
        )
    for match in re.finditer(r"^# .*", FENCE.sub(_blank, note.body), re.MULTILINE):
        line = note.body_line + note.body[: match.start()].count("\n")
        found.append(Problem(note.file, line, "the title comes from the front matter; begin at ##"))
    found += _check_tools(note)
    if note.meta.get("kind") == "exercise":
        found += _check_right_now(note) + _check_printed(note)
    if note.meta.get("kind") in ("concept", "exercise") and "/sources/" not in note.body:
        message = "no claim of this note links to a source; say what it rests on"
        found.append(Problem(note.file, note.body_line, message))
    return found


def _blank(match: re.Match[str]) -> str:
    """A code sample with its lines kept and its words taken out."""
    return "\n" * match[0].count("\n")


def _check_tools(note: Note) -> list[Problem]:
    """A tool by a wrong name would do nothing, and say nothing."""
    found = []
    prose = CODE.sub(_blank, FENCE.sub(_blank, note.body))
    for line, text in enumerate(prose.split("\n"), note.body_line):
        for name in ELEMENT.findall(text + "\n"):
            if name not in TOOLS:
                near = difflib.get_close_matches(name, TOOLS, 1)
                hint = f"Did you mean <{near[0]}>? " if near else ""
                message = f"<{name}> is no tool. {hint}There are: {', '.join(TOOLS)}"
                found.append(Problem(note.file, line, message))
    return found


def _check_right_now(note: Note) -> list[Problem]:
    """An exercise opens with the whole exercise in sixty words."""
    opening = RIGHT_NOW.search(note.body)
    if not opening:
        message = 'an exercise opens with <div class="right-now" data-right-now markdown> … </div>'
        return [Problem(note.file, note.body_line, message)]
    count = len(opening[1].split())
    if count <= RIGHT_NOW_WORDS:
        return []
    line = note.body_line + note.body[: opening.start()].count("\n")
    return [
        Problem(note.file, line, f"'Right now' has {count} words; {RIGHT_NOW_WORDS} is the most")
    ]


def _check_printed(note: Note) -> list[Problem]:
    """An exercise has the headings that its print sheet begins, breaks and ends at."""
    headings = re.findall(r"^## (.*?)\s*$", FENCE.sub(_blank, note.body), re.MULTILINE)
    if [heading for heading in headings if heading in PRINTED] == list(PRINTED):
        return []
    wanted = ", ".join(f"'## {heading}'" for heading in PRINTED)
    message = (
        f"the print sheet of an exercise needs the headings {wanted}, once each, in this order"
    )
    return [Problem(note.file, note.body_line, message)]


def check_together(notes: list[Note]) -> list[Problem]:
    """Titles and descriptions that two notes share, which search could not tell apart."""
    found = []
    for key in ("title", "description"):
        seen: dict[object, list[Note]] = defaultdict(list)
        for note in notes:
            seen[str(note.meta.get(key)).casefold()].append(note)
        for first, *others in seen.values():
            for note in others if first.meta.get(key) else []:
                message = f"'{key}' is the same as in {first.file}; give each its own"
                found.append(Problem(note.file, note.lines.get(key, 1), message))
    return found


def check_names(notes: list[Note]) -> list[Problem]:
    """Other names and questions that stand twice, so that search could not choose."""
    seen: dict[str, Note] = {}
    found = []
    for note in notes:
        for key, name in _names(note):
            if name in seen:
                message = f"'{name}' in '{key}' stands in {seen[name].file} already; keep one"
                found.append(Problem(note.file, note.lines.get(key, 1), message))
            seen.setdefault(name, note)
    return found


def _names(note: Note) -> Iterator[tuple[str, str]]:
    """Every alias and question of a note, with the key it stands under."""
    for key in ("aliases", "asked"):
        names = note.meta.get(key)
        for name in names if isinstance(names, list) else ():
            yield key, str(name)


def check_folder(docs: Path) -> list[Problem]:
    """Every problem below a folder of notes, ordered by file and line. Drafts are left out."""
    notes, found = [], []
    for path in sorted(docs.rglob("*.md")):
        if any(part.startswith("_") for part in path.relative_to(docs).parts):
            continue
        file = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        try:
            note, problems = split(file, path.read_text("utf-8"))
        except UnicodeDecodeError as error:
            found.append(Problem(file, 1, f"is not UTF-8 (byte {error.start}); save it as UTF-8"))
            continue
        found += problems
        if note:
            notes.append(note)
            found += check_note(note)
    return sorted(found + check_together(notes) + check_names(notes))


if __name__ == "__main__":
    sys.exit(report_on(__doc__, "docs", check_folder))
