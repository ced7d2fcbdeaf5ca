"""Exercises as the toolkit tells them: facts that follow the exercise, a link per step."""

from __future__ import annotations

import pytest

from exercises import link_steps, weave
from site_pages import Page, read_page

HEAD = "".join(
    f'<meta name="garden:{key}" content="{value}">'
    for key, value in [
        ("kind", "exercise"),
        ("minutes", "3"),
        ("with", "either"),
        ("effort", "gentle"),
        ("best_when", "calm"),
    ]
)
EXERCISE = f"""<html><head>{HEAD}</head><body><article><h1>Hold &amp; wait</h1>
<p data-facts>3 minutes · alone or together</p><ol>
<li id="step-1">One.</li>
<li id="step-2"><p>Two,</p><p>and more.</p></li>
</ol></article></body></html>"""
TOOLKIT = """<article><h1>Toolkit</h1>
<p><a href="hold/">Hold</a> is for later.</p>
<p>Read about <a href="hold/">holding</a> first.</p>
<p><a href="../help/">Help</a> is another matter.</p>
<ul data-exercises></ul></article>"""


@pytest.fixture
def woven() -> dict[str, str]:
    return weave(garden(TOOLKIT))


def garden(toolkit: str) -> dict[str, Page]:
    sources = {"toolkit/": toolkit, "toolkit/hold/": EXERCISE, "help/": "<article></article>"}
    return {path: read_page(path, html) for path, html in sources.items()}


def test_an_entry_says_what_its_exercise_says(woven: dict[str, str]) -> None:
    facts = '<span class="facts" data-generated>3 minutes · alone or together</span>'
    assert f"is for later. {facts}</p>" in woven["toolkit/"]
    assert (
        '<p data-exercise="toolkit/hold/" data-minutes="3" data-with="either" '
        'data-effort="gentle" data-best-when="calm"><a href="hold/">'
    ) in woven["toolkit/"]


def test_only_what_opens_with_an_exercise_is_an_entry(woven: dict[str, str]) -> None:
    assert '<p>Read about <a href="hold/">holding</a> first.</p>' in woven["toolkit/"]
    assert '<p><a href="../help/">Help</a> is another matter.</p>' in woven["toolkit/"]


def test_the_list_of_all_is_filled_and_escaped(woven: dict[str, str]) -> None:
    assert '<a href="../toolkit/hold/">Hold &amp; wait</a>' in woven["toolkit/"]


def test_every_step_links_to_itself(woven: dict[str, str]) -> None:
    for number in (1, 2):
        assert f'href="#step-{number}" aria-label="Link to step {number}"' in woven["toolkit/hold/"]
    assert "and more.</p> <a" in woven["toolkit/hold/"]


def test_twice_is_once(woven: dict[str, str]) -> None:
    again = weave({path: read_page(path, html) for path, html in woven.items()})
    assert again == woven


def test_a_step_may_hold_links_and_words_in_any_script() -> None:
    steps = '<li id="step-1">読む <a href="../x/">x</a>\n</li>'
    linked = link_steps(steps)
    assert linked.startswith('<li id="step-1">読む <a href="../x/">x</a> <a class="step-link"')
    assert link_steps(linked) == linked
