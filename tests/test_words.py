"""The writing check: it finds what it says it finds, and leaves good writing alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spellchecker import SpellChecker

from check_notes import Note
from check_words import check_note, read_labels, sentences, speller

LABELS = {"onestudy": "early", "review": "strong"}


@pytest.fixture(scope="module")
def dictionary() -> Iterator[SpellChecker]:
    yield speller()


def said(text: str, dictionary: SpellChecker, kind: str = "concept") -> list[str]:
    """What is said of a note with this text, as `line: message`."""
    note = Note("docs/note.md", {"kind": kind}, {}, "\n" + text, 10)
    return [f"{p.line}: {p.message}" for p in check_note(note, LABELS, dictionary)]


LONG = "It was " + "so " * 22 + "late."

FAULTS = {
    "a sentence too long": (f"Short one.\n\n{LONG}", "13: a sentence of 25 words, 20 at most"),
    "a belittling word": ("You just ask them.", "11: 'just' belittles"),
    "an order": ("You should ask them.", "11: 'should' orders"),
    "a person as a type": ("He is an avoidant.", "11: 'an avoidant' types a person"),
    "a promise": ("It is a proven way.", "11: 'proven' promises"),
    "a spelling mistake": ("They went to the kitchin.", "11: 'kitchin' is not in the dictionary"),
    "a claim above its source": (
        "One study found it [helps couples](../sources/index.md#onestudy).",
        "11: 'helps' is stronger than its source: onestudy (early)",
    ),
    "research that shows": ("Research shows it.", "11: 'Research shows': say which study"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_where_it_is(name: str, dictionary: SpellChecker) -> None:
    text, message = FAULTS[name]
    (found,) = said(text, dictionary, "exercise")
    assert found.startswith(message)


def test_hard_writing_is_graded(dictionary: SpellChecker) -> None:
    text = "Interpersonal responsiveness facilitates reciprocal emotional regulation.\n" * 4
    assert any("reads at grade" in line for line in said(text, dictionary))


GOOD = {
    "people may speak as they do": 'They said: "You should just go. It is toxic."',
    "a strong source carries a strong verb": "Calm [helps](../sources/index.md#review) with anger.",
    "a claim without a source is our own voice": "A cup of tea helps.",
    "short sentences behind links": "See [this](a.md). Then [that](b.md). It is late. Go to bed.",
    "bold words that open a paragraph": "**Alone.** " + "So " * 19 + "late. **Apart.** Ring them.",
    "our own words": "Gottman's behaviour, in colour, on the kerb.",
}


@pytest.mark.parametrize("name", GOOD)
def test_good_writing_is_left_alone(name: str, dictionary: SpellChecker) -> None:
    assert said(GOOD[name], dictionary, "exercise") == []


def test_sentences_keep_their_links() -> None:
    note = Note("n.md", {}, {}, "One [a](x.md). Two [b *c*](y.md#z)! “Three,” she said.", 1)
    assert [(s.text, s.links) for s in sentences(note)] == [
        ("One a.", ("x.md",)),
        ("Two b c!", ("y.md#z",)),
        ("“Three,” she said.", ()),
    ]


def test_labels_are_read_from_the_sources() -> None:
    page = (
        "### One, 2001 {#onestudy}\n\nOne, O. (2001). *Title*. Journal.\n\n"
        "[Early](../about/index.md#evidence-early): one study.\n\nText.\n\n"
        "### A film, 2013 {#film}\n\nA film.\n\nIt shows nothing.\n\n"
        "### Two, 2002 { #two }\n\nTwo.\n\n[Mixed](../about/index.md#evidence-mixed): many.\n"
    )
    assert read_labels(page) == {"onestudy": "early", "two": "mixed"}
