"""What the scripts' command lines have in common: a folder in, a report, an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def parser(doc: str | None) -> argparse.ArgumentParser:
    """A parser that describes a script by the first paragraph of its docstring."""
    return argparse.ArgumentParser(description=(doc or "").split("\n\n")[0])


def is_folder(folder: Path, hint: str) -> bool:
    """True for a folder that is there; else say which is missing and what to do."""
    if not folder.is_dir():
        print(f"{Path(sys.argv[0]).stem}: no folder {folder}. {hint}", file=sys.stderr)
    return folder.is_dir()


def write_into_site(doc: str | None, work: Callable[[Path], str]) -> int:
    """Run a script that writes into a built site. `work` returns what it did, in words.

    A ValueError is a gardener's mistake: its message is printed, and the exit code is 1.
    """
    reader = parser(doc)
    reader.add_argument("site", type=Path, help="folder of a built site")
    site = reader.parse_args().site
    if not is_folder(site, "Build the site first: scripts/build"):
        return 2
    name = Path(sys.argv[0]).stem
    try:
        print(f"{name}: {work(site)}")
    except ValueError as mistake:
        print(f"{name}: {mistake}", file=sys.stderr)
        return 1
    return 0


def report_on(doc: str | None, default: str, check: Callable[[Path], Sequence[object]]) -> int:
    """Run a script that checks a folder: print each problem, exit 1 if there is one."""
    reader = parser(doc)
    reader.add_argument("folder", nargs="?", type=Path, default=Path(default))
    folder = reader.parse_args().folder
    if not is_folder(folder, f"Name the folder to check, such as {default}"):
        return 2
    problems = check(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{Path(sys.argv[0]).stem}: {len(problems)} problem(s) in {folder}")
    return 1 if problems else 0
