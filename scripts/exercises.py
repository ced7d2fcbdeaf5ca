#!/usr/bin/env python3
"""Tell the toolkit what each exercise asks, and give each step a link of its own.

usage: python scripts/exercises.py SITE

An exercise says in its head how long it takes, with whom, how hard it is and when
it fits (<meta name="garden:minutes"> and so on), and in words under its title
([data-facts]). From there
- a paragraph that opens with a link to an exercise, on the page of the toolkit,
  gets the facts in words for a reader, and as attributes for the finder;
- an empty `<ul data-exercises>` becomes the list of all of them;
- each step gets a link to itself at its end.
Running it twice changes nothing. Knows no generator.
"""

from __future__ import annotations

import re
import sys
from html import escape, unescape
from pathlib import Path

from commands import write_into_site
from site_files import changed, read_site, write_site
from site_links import find_page, relative, resolve, site_root
from site_pages import Page

TOOLKIT = "toolkit/"
FACTS = ("minutes", "with", "effort", "best_when")

SAID = re.compile(r"<p\b[^>]*\bdata-facts\b[^>]*>(.*?)</p>", re.DOTALL)
STEP = re.compile(
    r'(<li id="step-(\d+)">)(.*?)(?:\s*<a class="step-link".*?</a>)?(\s*</li>)', re.DOTALL
)
ENTRY = re.compile(
    r'<p(?P<own>(?: id="[^"]*")?)(?: data-exercise="[^>]*")?>'
    r'(?P<opening><a\b[^>]*?\bhref="(?P<href>[^"#]+)".*?)'
    r'(?: <span class="facts".*?</span>)?</p>',
    re.DOTALL,
)
LIST = re.compile(r"(<ul data-exercises[^>]*>).*?(</ul>)", re.DOTALL)


def weave(pages: dict[str, Page]) -> dict[str, str]:
    """Map site path to HTML with steps linked and the facts where they are wanted. Pure."""
    exercises = {path: page for path, page in pages.items() if page.kind == "exercise"}

    def woven(page: Page) -> str:
        html = link_steps(page.html) if page.kind == "exercise" else page.html
        if page.path == TOOLKIT:
            html = ENTRY.sub(lambda match: _entry(match, page, pages), html)
        return LIST.sub(lambda match: match[1] + items(page, exercises) + match[2], html)

    return {path: woven(page) for path, page in pages.items()}


def link_steps(html: str) -> str:
    """Every step with a link to itself at its end, which can be copied and sent."""
    link = (
        ' <a class="step-link" href="#step-{0}" aria-label="Link to step {0}" data-generated>#</a>'
    )
    return STEP.sub(lambda step: step[1] + step[3] + link.format(step[2]) + step[4], html)


def _entry(match: re.Match[str], page: Page, pages: dict[str, Page]) -> str:
    """A paragraph of the toolkit, with the facts if it opens with a link to an exercise."""
    where = resolve(site_root(pages), page.path, unescape(match["href"]))
    exercise = find_page(pages, where[0]) if where else None
    if exercise is None or exercise.kind != "exercise":
        return match[0]
    return f"<p{match['own']}{attributes(exercise)}>{match['opening']} {said(exercise)}</p>"


def attributes(exercise: Page) -> str:
    """What an exercise asks, as attributes: data-exercise, data-minutes and so on."""
    facts = [(f"data-{key.replace('_', '-')}", exercise.meta[f"garden:{key}"]) for key in FACTS]
    pairs = [("data-exercise", exercise.path), *facts]
    return "".join(f' {key}="{escape(value)}"' for key, value in pairs)


def said(exercise: Page) -> str:
    """What an exercise asks, in the words it uses itself."""
    words = SAID.search(exercise.html)
    return f'<span class="facts" data-generated>{words[1] if words else ""}</span>'


def items(page: Page, exercises: dict[str, Page]) -> str:
    """Every exercise as a list item, in the order of their titles."""
    ordered = sorted(exercises.values(), key=lambda exercise: exercise.title.casefold())
    return "".join(
        f'<li{attributes(exercise)}><a href="{relative(page.path, exercise.path)}">'
        f"{escape(exercise.title)}</a> {said(exercise)}</li>"
        for exercise in ordered
    )


def weave_site(site: Path) -> int:
    """Do all this to a built site in place; return how many files changed."""
    pages = read_site(site)
    return write_site(site, changed(pages, weave(pages)))


if __name__ == "__main__":
    sys.exit(write_into_site(__doc__, lambda site: f"{weave_site(site)} page(s) written"))
