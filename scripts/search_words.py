"""Read data/search_words.yml: the small words, the neighbours and the words of danger.

The file's shape is checked here, so that a slip is told in the gardener's words and not
found by a reader. What it says is shipped as it stands, inside `search/names.json`.
"""

from __future__ import annotations

from pathlib import Path

import yaml

FILE = Path(__file__).parent.parent / "data/search_words.yml"
KEYS = ("stop", "forms", "whole", "groups", "danger")


def read(file: Path = FILE) -> dict[str, object]:
    """The file as search wants it. Raises ValueError, naming what is wrong and where."""
    words = yaml.safe_load(file.read_text("utf-8"))
    if not isinstance(words, dict) or tuple(words) != KEYS:
        raise ValueError(f"{file.name}: must have these keys in this order: {', '.join(KEYS)}")
    for key in ("forms", "groups"):
        for name, members in words[key].items():
            _check_list(f"{file.name}: {key}: {name}", members)
    _check_list(f"{file.name}: whole", words["whole"])
    danger = words["danger"]
    for name, members in danger["lists"].items():
        _check_list(f"{file.name}: danger: lists: {name}", members)
    for key in ("any", "unless"):
        for pattern in danger[key]:
            _check_list(f"{file.name}: danger: {key}: {pattern}", pattern)
            _check_names(f"{file.name}: danger: {key}: {pattern}", pattern, danger["lists"])
    return {**words, "stop": words["stop"].split(), "groups": list(words["groups"].values())}


def _check_list(where: str, members: object) -> None:
    """A list of lower-case texts; YAML reads a bare `no` or `10` as something else."""
    if not isinstance(members, list) or not members:
        raise ValueError(f"{where} must be a list of words, like [row, quarrel]")
    for word in members:
        if not isinstance(word, str):
            raise ValueError(f"{where}: {word!r} is no text; put it in quotes")
        if word != word.lower() or "'" in word:
            raise ValueError(f"{where}: write '{word}' in lower case, without apostrophes")


def _check_names(where: str, pattern: list[str], lists: dict[str, list[str]]) -> None:
    """Every {name} of a pattern is one of the lists."""
    for word in pattern:
        if word.startswith("{") and word[1:-1] not in lists:
            raise ValueError(f"{where}: there is no list {word}; known: {', '.join(lists)}")
