#!/usr/bin/env python3
"""Check how the notes are written: reading grade, sentences, words, claims, spelling.

usage: python scripts/check_words.py [DOCS]

Prints `file:line: what is wrong` for each problem and exits 1. The limits are the
house style's; a machine can only find what it can count. Grades come from
textstat (Flesch-Kincaid), spelling from pyspellchecker and data/words.txt.
Reference lists are not prose and are left alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import textstat
from spellchecker import SpellChecker

from check_notes import Note, Problem, split
from commands import report_on

WORDS = Path(__file__).parent.parent / "data/words.txt"


@dataclass(frozen=True)
class Limit:
    """How hard a kind of page may be to read."""

    grade: int
    """School grade; a page fails one above it."""
    sentence: int
    """The longest sentence, in words."""


LIMITS = {"exercise": Limit(6, 20), "help": Limit(6, 22), "concept": Limit(8, 25)}
OTHERS = Limit(9, 28)

# Words the house style does without, and why.
BANNED = {
    r"(?<!i )just(?! (?:happened|before))": "belittles what comes after it",
    r"simply|obviously": "makes it sound easy",
    r"should|have to learn": "orders; invite instead",
    r"toxic|narcissist\w*|gaslighter": "names a person; describe what they do",
    r"(?:an|the|two) (?:avoidants?|anxious type)": "types a person",
    r"proven|rewires?|transforms?|life-changing|game.changer": "promises more than is known",
    r"unpack|navigate|journey|delve|self-care|safe space": "could stand on any wellness site",
}
# Verbs that say a thing works. Only a claim whose source is strong may use them.
STRONG = re.compile(r"\b(helps|cures|prevents|reduces|improves|guarantees|leads to|proves)\b")
ALWAYS_TOO_STRONG = re.compile(r"\b(research (?:shows|proves)|science says|studies prove)\b", re.I)

LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]*)[^)]*\)")
MARKUP = re.compile(r"<[^>]*>|\{[^}\n]*\}|[*_`>#]|^\s*(?:\d+\.|-)\s+", re.MULTILINE)
# Stands behind the words of a link, with its number, while a paragraph is cut.
LINK_MARK = re.compile("\x01(\\d+)\x02")
# A sentence ends at a full stop, question or exclamation mark, before a capital or quote.
END = re.compile(r"""(?<=[.!?…])["”’)]*(?:\x01.*?\x02)?\s+(?=["“‘(]?[A-Z0-9])""")
SPOKEN = re.compile(r"[\"“][^\"”]*[\"”]")
WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?")
ADDRESS = re.compile(r"\S*[/@]\S*")
SOURCE = re.compile(
    r"^### .*?\{ ?#([\w-]+) ?\}\n(?:.*\n){1,5}?\[(\w+)\]\(\S*#evidence-", re.MULTILINE
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a note: its line, its plain words, and the links in it."""

    line: int
    text: str
    links: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The words of the sentence."""
        return WORD.findall(self.text)


def paragraphs(note: Note) -> Iterator[tuple[int, str]]:
    """Every paragraph, list item and table row of a note, with the line it starts on."""
    line = note.body_line
    for part in re.split(r"(\n\s*\n|\n(?=\s*(?:\d+\.|-|\|) ))", note.body):
        if part.strip() and not part.lstrip().startswith(("#", "<", "![", "| ---")):
            yield line + (len(part) - len(part.lstrip("\n"))), part.strip()
        line += part.count("\n")


def sentences(note: Note) -> Iterator[Sentence]:
    """Every sentence of a note's prose."""
    for line, paragraph in paragraphs(note):
        hrefs = [href for _, href in LINK.findall(paragraph)]
        marked = _number_links(paragraph)
        for cell in MARKUP.sub("", marked).split("|"):
            for raw in _cut(" ".join(cell.split())):
                text = LINK_MARK.sub("", raw).strip()
                if text:
                    found = tuple(hrefs[int(number)] for number in LINK_MARK.findall(raw))
                    yield Sentence(line, text, found)


def _number_links(paragraph: str) -> str:
    """The paragraph with each link as its words and its number."""
    numbers = count()
    return LINK.sub(lambda link: f"{link[1]}\x01{next(numbers)}\x02", paragraph)


def _cut(text: str) -> Iterator[str]:
    """The sentences of a paragraph, each with what closes it."""
    last = 0
    for end in END.finditer(text):
        yield text[last : end.end()]
        last = end.end()
    yield text[last:]


def check_grade(note: Note, limit: Limit) -> Iterator[Problem]:
    """The page as a whole is no harder to read than its kind allows."""
    lines = [s.text + ("" if s.text[-1] in '.!?"”)' else ".") for s in sentences(note)]
    grade = textstat.flesch_kincaid_grade("\n".join(lines)) if lines else 0
    if grade >= limit.grade + 1:
        message = f"reads at grade {grade:.1f}; {limit.grade} is the aim. Shorter, plainer"
        yield Problem(note.file, note.body_line, message)


def check_length(note: Note, sentence: Sentence, limit: Limit) -> Iterator[Problem]:
    """One sentence is not too long for its kind of page."""
    if (length := len(sentence.words)) > limit.sentence:
        start = " ".join(sentence.text.split()[:8])
        message = f"a sentence of {length} words, {limit.sentence} at most: '{start} …'"
        yield Problem(note.file, sentence.line, message)


def check_style(note: Note) -> Iterator[Problem]:
    """None of the words we do without. People in a note may say what they like."""
    for line, paragraph in paragraphs(note):
        narrated = SPOKEN.sub(" ", LINK.sub(r"\1", paragraph)).lower()
        for pattern, reason in BANNED.items():
            if found := re.search(rf"\b(?:{pattern})\b", narrated):
                yield Problem(note.file, line, f"'{found[0]}' {reason}")


def check_claim(note: Note, sentence: Sentence, labels: dict[str, str]) -> Iterator[Problem]:
    """A claim uses no stronger verb than its sources can carry."""
    if found := ALWAYS_TOO_STRONG.search(sentence.text):
        yield Problem(
            note.file, sentence.line, f"'{found[0]}': say which study found what, and in whom"
        )
    keys = {href.partition("#")[2] for href in sentence.links if "sources/" in href}
    cited = {key: labels[key] for key in keys if key in labels}
    verb = STRONG.search(sentence.text)
    if verb and cited and "strong" not in cited.values():
        weak = ", ".join(f"{key} ({label})" for key, label in sorted(cited.items()))
        message = f"'{verb[0]}' is stronger than its source: {weak}. Try 'goes with' or 'may'"
        yield Problem(note.file, sentence.line, message)


def check_spelling(note: Note, speller: SpellChecker) -> Iterator[Problem]:
    """Every word is in the dictionary or in data/words.txt."""
    for sentence in sentences(note):
        prose = ADDRESS.sub(" ", sentence.text).replace("’", "'")
        words = {re.sub("'s$", "", word) for word in WORD.findall(prose)}
        for word in sorted(speller.unknown(words)):
            message = f"'{word}' is not in the dictionary; mend it, or add it to data/words.txt"
            yield Problem(note.file, sentence.line, message)


def read_labels(sources: str) -> dict[str, str]:
    """Each source's evidence label, from the text of docs/sources/index.md."""
    return {key: label.lower() for key, label in SOURCE.findall(sources)}


def check_note(note: Note, labels: dict[str, str], speller: SpellChecker) -> Iterator[Problem]:
    """Everything a machine can say about how one note is written."""
    limit = LIMITS.get(str(note.meta.get("kind")), OTHERS)
    yield from check_spelling(note, speller)
    if note.meta.get("kind") == "sources":
        return
    yield from check_grade(note, limit)
    yield from check_style(note)
    for sentence in sentences(note):
        yield from check_length(note, sentence, limit)
        yield from check_claim(note, sentence, labels)


def speller() -> SpellChecker:
    """The dictionary, with the project's own words."""
    checker = SpellChecker()
    lines = WORDS.read_text("utf-8").splitlines()
    checker.word_frequency.load_words(line for line in lines if line and line[0] != "#")
    return checker


def check_folder(docs: Path) -> list[Problem]:
    """Every problem below a folder of notes, ordered by file and line. Drafts are left out."""
    sources = docs / "sources/index.md"
    labels = read_labels(sources.read_text("utf-8")) if sources.exists() else {}
    dictionary = speller()
    found: list[Problem] = []
    for path in sorted(docs.rglob("*.md")):
        if path.name.startswith("_"):
            continue
        file = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        note, _ = split(file, path.read_text("utf-8"))
        found += check_note(note, labels, dictionary) if note else []
    return sorted(set(found))


if __name__ == "__main__":
    sys.exit(report_on(__doc__, "docs", check_folder))
