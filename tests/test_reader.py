"""The real garden in a real browser: what a reader sees, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from conftest import PROJECT, Site

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 900}

# One page of each kind.
KINDS = {
    "home": "",
    "chapter": "defensiveness/",
    "toolkit": "toolkit/",
    "concept": "defensiveness/stonewalling/",
    "exercise": "toolkit/ten-second-rule/",
    "film": "film/",
    "trails": "trails/",
    "a-to-z": "a-to-z/",
    "trail": "trails/the-same-fight/",
    "sources": "sources/",
    "help": "help/",
    "about": "about/",
    "lost": "no/such/page/",
}

DIAGRAMS = sorted((PROJECT / "docs/assets/diagrams").glob("*.svg"))

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Open]:
    """Open a page of the garden in a browser of its own; extra words are its settings."""
    contexts = []

    def opened(path: str, **settings: Any) -> Page:
        context = browser.new_context(**({"viewport": DESK} | settings))
        contexts.append(context)
        page = context.new_page()
        page.goto(site.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_every_page_is_quiet(browser: Browser, site: Site) -> None:
    """No error, no request to anyone else, no cookie, nothing stored, no sideways scroll."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((site.address, "data:")):
            asked.append(request.url)

    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", note)
    for path in site.paths:
        page.goto(site.address + path)
        page.wait_for_load_state("networkidle" if f"{path}/" in KINDS.values() else "load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{path} is {wide} px wide"
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0, path
    assert (said, asked, context.cookies()) == ([], [], [])
    context.close()


@pytest.mark.parametrize("site", ["/"], indirect=True)  # its look does not hang on the address
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, viewport: Any, scheme: str, open_page: Open) -> None:
    page = open_page(KINDS[kind], viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_without_scripts_everything_is_there(open_page: Open) -> None:
    page = open_page("defensiveness/stonewalling/", java_script_enabled=False, viewport=PHONE)
    assert page.locator("nav.backlinks li").count() >= 3
    page.locator("nav.backlinks li a").first.click()
    assert page.locator(":target").is_visible()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Toolkit").first.click()
    page.get_by_role("link", name="The ten-second pause").first.click()
    assert page.locator("[data-right-now]").is_visible()
    assert page.locator("#step-1").is_visible()
    page.locator("[data-safety] a").click()
    assert page.locator("#is-this-safe-for-us").is_visible()
    page.locator(".bar__help").click()
    assert page.get_by_role("heading", name="Help now").is_visible()


def test_a_trail_can_be_walked_to_its_end_without_scripts(open_page: Open) -> None:
    page = open_page("trails/i-just-snapped/", java_script_enabled=False, viewport=PHONE)
    stops = page.locator("article ol > li").count()
    assert 5 <= stops <= 7
    page.locator("article ol > li a").first.click()
    for number in range(1, stops + 1):
        way = page.locator(".trail:target")
        assert f"stop {number} of {stops}" in way.inner_text()
        assert page.locator(".trail[id]:visible").count() == 1, "only the trail one came by"
        help_ = page.locator(".bar__help").bounding_box()
        assert help_ and help_["y"] >= 0, "help is not scrolled away"
        way.locator("[rel=next]").click()
    assert page.url.endswith("trails/i-just-snapped/")


@pytest.mark.parametrize("end", ["", "#sent"], ids=["found", "sent"])
def test_every_exercise_begins_on_the_first_screen_of_a_phone(
    end: str, open_page: Open, site: Site
) -> None:
    """Help, title, promise, facts and safety line whole, and two lines of the exercise."""
    page = open_page("toolkit/", viewport=PHONE)
    exercises = page.locator("p[data-exercise]").evaluate_all(
        "all => all.map(p => p.dataset.exercise)"
    )
    assert len(exercises) == 16
    for path in exercises:
        page.goto(site.address + path + end)
        tops = []
        for part in [".bar__help", "h1", "[data-promise]", "[data-facts]", "[data-safety]"]:
            box = page.locator(part).bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= 640, (path, part, box)
            tops.append(box["y"])
        assert tops == sorted(tops), path
        start = page.locator("[data-right-now]").bounding_box()
        assert start and start["y"] <= 640 - 80, (path, start)


def test_a_backlink_lands_on_its_block(open_page: Open) -> None:
    page = open_page("defensiveness/stonewalling/")
    entry = page.locator("nav.backlinks li").first
    marked = entry.locator("mark").first.inner_text()
    entry.locator("a").first.click()
    assert marked in page.locator(":target").inner_text()


def test_a_wrong_address_helps(open_page: Open) -> None:
    page = open_page("toolkit/ten-second-rul/deep/down/")
    assert page.locator("h1").inner_text() == "Nothing grows here"
    page.locator("article").get_by_role("link", name="toolkit").click()
    assert page.locator("h1").inner_text() == "Small things to try"


def test_the_scheme_is_kept_only_when_chosen(open_page: Open) -> None:
    page = open_page("about/", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    day = page.evaluate(paper)
    page.get_by_label("Dusk").check()
    dusk = page.evaluate(paper)
    assert dusk != day
    page.reload()
    assert page.evaluate(paper) == dusk
    page.get_by_label("As my device").check()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate(paper) == day


def test_a_diagram_opens_large_and_closes(open_page: Open) -> None:
    page = open_page("defensiveness/")
    page.locator("figure a.glightbox").click()
    large = page.locator(".gslide.current img")
    large.wait_for()
    named = large.get_attribute("aria-labelledby")
    assert page.locator(f"#{named}").inner_text(), "the large picture has a name"
    page.keyboard.press("Escape")
    large.wait_for(state="detached")


@pytest.mark.parametrize("site", ["/"], indirect=True)
@pytest.mark.parametrize("name", [path.stem for path in DIAGRAMS])
def test_a_diagram_is_legible_on_a_phone(name: str, open_page: Open) -> None:
    """Every word at least 12 px high in a picture 320 px wide, and inside its picture."""
    page = open_page(f"assets/diagrams/{name}.svg")
    smallest = page.evaluate(
        """() => {
          const root = document.documentElement, box = root.viewBox.baseVal;
          const inside = [...document.querySelectorAll("text")].every((text) => {
            const words = text.getBBox();
            return words.x >= 0 && words.x + words.width <= box.width;
          });
          const sizes = [...document.querySelectorAll("text, tspan")].map(
            (text) => parseFloat(getComputedStyle(text).fontSize));
          return inside ? Math.min(...sizes) * 320 / box.width : 0;
        }"""
    )
    assert smallest >= 12
