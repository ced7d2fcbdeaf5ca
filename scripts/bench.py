"""Gardens of many sizes, and what weaving backlinks costs in each. See scripts/bench.

A garden of N notes has about eight links a note, the well-linked drawing more
(preferential attachment), in some two hundred words, under the plain theme with a
short navigation. Each is built once, plainly; our weaving then runs on what was
built, in a process of its own. Where mkdocs-backlinks-section-plugin is installed,
the same garden is built with it too, and the difference is what it costs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SETTINGS = """site_name: Bench
site_url: https://bench.example/
theme: {{name: material, font: false}}
nav: [index.md]
not_in_nav: /notes/
plugins: [{plugins}]
"""
RIVAL = "mkdocs_backlinks_section_plugin"
WORDS = """a garden holds small notes about how two people stay close and how they lose
each other and find the way back after a quarrel with a kind word or a hand on the arm
because calm travels both ways and so does panic when nobody says what they need""".split()
LINKS = 8


@dataclass(frozen=True)
class Result:
    """One garden's measurements. Times in seconds, memory in megabytes."""

    notes: int
    build: float
    weave: float
    memory: float
    rival: float | None


def plant(folder: Path, notes: int) -> None:
    """Write a garden's notes. The same number gives the same garden."""
    chance = random.Random(notes)
    (folder / "docs/notes").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Bench\n\nSee [a note](notes/note-0.md).\n")
    pool = [0]
    for number in range(notes):
        targets = [chance.choice(pool) for _ in range(LINKS)]
        pool += [*targets, number]
        text = "\n\n".join(paragraph(chance, targets[i : i + 2]) for i in range(0, LINKS, 2))
        source = f"# Note {number}\n\n{text}\n"
        (folder / f"docs/notes/note-{number}.md").write_text(source)


def paragraph(chance: random.Random, targets: list[int]) -> str:
    """Some hundred words with a link to each target among them."""
    words = chance.choices(WORDS, k=110)
    for target in targets:
        words.insert(chance.randrange(len(words)), f"[note {target}](note-{target}.md)")
    return " ".join(words) + "."


def build(folder: Path, plugins: str) -> float:
    """Build a garden with MkDocs; return the seconds it took."""
    (folder / "mkdocs.yml").write_text(SETTINGS.format(plugins=plugins))
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", f"site-{plugins.count(',')}"]
    subprocess.run(command, cwd=folder, check=True)
    return time.perf_counter() - started


def weave(site: Path) -> tuple[float, float]:
    """Weave a built site in a fresh process; return seconds and peak megabytes."""
    command = [sys.executable, __file__, "--weave", str(site)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def weave_here(site: Path) -> None:
    """The fresh process: weave, and print what it took."""
    import backlinks

    started = time.perf_counter()
    backlinks.weave_site(site)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


def measure(notes: int) -> Result:
    """Everything about a garden of one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plant(folder, notes)
        plain = build(folder, "search")
        rival = None
        if importlib.util.find_spec(RIVAL):
            rival = build(folder, "search, backlinks_section") - plain
        return Result(notes, plain, *weave(folder / "site-0"), rival)


def table(results: list[Result]) -> str:
    """The measurements as a Markdown table."""
    rows = [
        "| notes | plain build | ours | share | a page | peak memory | section plugin |",
        "|-" * 7 + "|",
    ]
    for r in results:
        rival = (
            f"{r.rival:.2f} s, {r.rival / r.build:.1%}" if r.rival is not None else "not installed"
        )
        rows.append(
            f"| {r.notes:,} | {r.build:.1f} s | {r.weave:.2f} s | {r.weave / r.build:.1%} "
            f"| {r.weave / r.notes * 1000:.2f} ms | {r.memory:.0f} MB | {rival} |"
        )
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", nargs="?", choices=["backlinks"], default="backlinks")
    parser.add_argument("notes", nargs="*", type=int, default=[100, 1000, 3000, 10000])
    parser.add_argument("--weave", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.weave:
        weave_here(options.weave)
        return 0
    results = []
    for notes in options.notes:
        results.append(measure(notes))
        print(f"bench: {notes:,} notes measured", file=sys.stderr)
    print(table(results))
    sized = {r.notes: r for r in results}
    if {1000, 10000} <= set(sized):
        print(
            f"\ngrowth, 1,000 to 10,000 notes: {sized[10000].weave / sized[1000].weave:.1f} times"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
