"""Help and the way out in a real browser: old clocks, time zones, leaving, and Back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from conftest import Site
from helpline_data import Helplines
from helplines import read_file
from test_helplines import DAY, DIRECTORIES
from test_reader import PHONE, Open, open_page  # noqa: F401  (a fixture)

AT_THE_ROOT = pytest.mark.parametrize("site", ["/"], indirect=True)
QUIET_PAGES = ["help/", "defensiveness/gaslighting/"]
NUMBERS = '[href^="tel:"]:visible, [href^="sms:"]:visible'
WEATHER = "https://www.bbc.co.uk/weather"


@pytest.fixture(scope="module")
def data() -> Helplines:
    return read_file(DAY)


def on_day(days: int, open_page: Open) -> Page:  # noqa: F811
    """The help page, on a device whose clock is so many days after the check."""
    page = open_page("about/", viewport=PHONE)
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    page.clock.set_fixed_time(noon + timedelta(days=days))
    page.goto(page.url.replace("about/", "help/"))
    return page


def with_weather(page: Page) -> list[str]:
    """Answer for the weather page, which no test asks for real; note what it is told."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(content_type="text/html", body="<title>Weather</title><h1>Sunny</h1>")

    page.context.route("https://www.bbc.co.uk/**", answer)
    return asked


# ------------------------------------------------------------------------- the numbers


@AT_THE_ROOT
@pytest.mark.parametrize("days", [-4000, 0, 364])
def test_numbers_are_shown_while_the_check_is_younger_than_a_year(
    days: int,
    open_page: Open,  # noqa: F811
) -> None:
    page = on_day(days, open_page)
    assert page.locator(NUMBERS).count() > 60
    assert page.locator("[data-stale]:visible").count() == 0


@AT_THE_ROOT
def test_a_year_on_every_number_is_hidden_and_the_way_to_them_is_not(open_page: Open) -> None:  # noqa: F811
    page = on_day(366, open_page)
    assert page.locator(NUMBERS).count() == 0
    assert page.get_by_text("That is too long ago to show them").count() == 2
    assert page.get_by_role("heading", name="Call your local emergency number if").is_visible()
    for directory in DIRECTORIES:
        assert page.locator(f'[href="{directory}"]').first.is_visible()
    germany = page.locator('[data-helplines="germany"] li:visible')
    assert germany.all_inner_texts() == [
        "Danger now: your local emergency number.",
        "Afraid of someone: Hilfetelefon, for women. See the Hilfetelefon site.",
        "Afraid of someone: Männerhilfetelefon, for men. See the Männerhilfetelefon site.",
        "Thoughts of suicide: TelefonSeelsorge. See the TelefonSeelsorge site.",
    ]


@AT_THE_ROOT
@pytest.mark.parametrize(
    ("zone", "within", "slug"),
    [
        ("Europe/London", "the United Kingdom", "united-kingdom"),
        ("Asia/Calcutta", "India", "india"),
        ("America/Indiana/Knox", "the United States", "united-states"),
    ],
)
def test_the_readers_own_country_is_offered(
    zone: str,
    within: str,
    slug: str,
    open_page: Open,  # noqa: F811
) -> None:
    page = open_page("help/", timezone_id=zone)
    assert page.url.endswith("help/"), "offered, not jumped to"
    page.get_by_role("link", name=f"Help in {within}").click()
    assert page.url.endswith(f"help/#{slug}")
    assert page.locator(f"#{slug}").is_visible()


@AT_THE_ROOT
def test_a_clock_we_have_no_numbers_for_is_offered_nothing(open_page: Open) -> None:  # noqa: F811
    page = open_page("help/", timezone_id="Africa/Nairobi")
    assert page.locator("[data-zones]").count() > 10
    assert not page.locator("[data-here]").is_visible()


@AT_THE_ROOT
def test_without_scripts_every_country_is_listed(open_page: Open, data: Helplines) -> None:  # noqa: F811
    page = open_page("help/", java_script_enabled=False, timezone_id="Europe/London")
    assert not page.locator("[data-here]").is_visible()
    listed = page.locator("[data-zones]:visible").count()
    assert listed == len(data.countries)
    assert page.locator(NUMBERS).count() > 60


@AT_THE_ROOT
def test_every_zone_is_one_a_browser_knows(open_page: Open, data: Helplines) -> None:  # noqa: F811
    zones = [zone for country in data.countries for zone in country.zones]
    page = open_page("about/")
    unknown = page.evaluate(
        """(zones) => zones.filter((timeZone) => {
          try { return !new Intl.DateTimeFormat("en", { timeZone }); } catch { return true; }
        })""",
        zones,
    )
    assert (unknown, len(zones)) == ([], len(set(zones)))


@AT_THE_ROOT
def test_every_number_is_a_target_for_a_shaking_thumb(open_page: Open) -> None:  # noqa: F811
    page = open_page("help/", viewport=PHONE)
    heights = page.locator(NUMBERS).evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().height)"
    )
    assert len(heights) > 60 and min(heights) >= 48


# ------------------------------------------------------------------------------ leaving


@pytest.mark.parametrize("path", QUIET_PAGES)
def test_leaving_by_the_link_takes_the_pages_place(path: str, open_page: Open) -> None:  # noqa: F811
    page = open_page("about/", viewport=PHONE, has_touch=True)
    told = with_weather(page)
    page.goto(page.url.replace("about/", path))
    page.locator("#leave").tap()
    page.wait_for_url(WEATHER)
    assert told == [""], "the weather page is not told where the reader came from"
    page.go_back()
    assert page.url.endswith("about/"), "Back leads past the page that was left"


@AT_THE_ROOT
def test_the_page_is_blank_before_the_other_one_comes(open_page: Open) -> None:  # noqa: F811
    page = open_page("help/")
    with_weather(page)
    blank = "document.querySelector('#leave').click(), document.documentElement.childNodes.length"
    assert page.evaluate(blank) == 0


def on_a_stopped_clock(path: str, open_page: Open) -> Page:  # noqa: F811
    """A page reached from another, whose time moves only when a test says so."""
    page = open_page("about/")
    page.clock.install(time=0)
    page.goto(page.url.replace("about/", path))
    page.clock.pause_at(datetime(1970, 1, 2, tzinfo=UTC))
    return page


def press(page: Page, keys: str, apart: int) -> None:
    """Press keys, with so many milliseconds by the page's clock between them."""
    for key in keys.split():
        page.keyboard.press(key)
        page.clock.run_for(apart)


@AT_THE_ROOT
@pytest.mark.parametrize("path", QUIET_PAGES)
def test_shift_three_times_leaves(path: str, open_page: Open) -> None:  # noqa: F811
    page = on_a_stopped_clock(path, open_page)
    with_weather(page)
    press(page, "Shift Shift", apart=2400)
    assert page.locator("h1").is_visible()
    page.keyboard.press("Shift")
    page.wait_for_url(WEATHER)
    page.go_back()
    assert page.url.endswith("about/")


@AT_THE_ROOT
@pytest.mark.parametrize(
    ("keys", "apart"),
    [
        ("Shift Shift Shift Shift", 2600),
        ("Shift Shift a Shift Shift", 10),
        ("Shift+A Shift+B Shift+C Shift+D", 10),
        ("Escape Escape Escape", 10),
        ("Control+Shift Control+Shift Control+Shift", 10),
    ],
    ids=["slow", "a letter between", "capitals", "escape", "chords"],
)
def test_writing_does_not_leave(keys: str, apart: int, open_page: Open) -> None:  # noqa: F811
    page = on_a_stopped_clock("help/", open_page)
    asked = with_weather(page)
    press(page, keys, apart)
    assert page.locator("h1").is_visible() and asked == []


@AT_THE_ROOT
def test_a_held_shift_key_does_not_leave(open_page: Open) -> None:  # noqa: F811
    page = open_page("help/")
    asked = with_weather(page)
    for _ in range(4):
        page.keyboard.down("Shift")  # without an up between, a repeat
    page.keyboard.up("Shift")
    assert page.locator("h1").is_visible() and asked == []


@AT_THE_ROOT
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("path", QUIET_PAGES)
def test_leaving_is_the_first_stop_of_the_keyboard(
    path: str,
    scripts: bool,
    open_page: Open,  # noqa: F811
) -> None:
    page = open_page(path, java_script_enabled=scripts)
    with_weather(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(WEATHER)


@AT_THE_ROOT
def test_the_next_stop_is_the_skip_link_and_it_is_seen(open_page: Open) -> None:  # noqa: F811
    page = open_page("help/", viewport=PHONE)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert on_top(page, ":focus") == "Skip to the text"


ON_TOP = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  const on = (x, y) => document.elementFromPoint(x, y).closest("a, h1, h2, h3, li, p");
  return on(box.x + box.width / 2, box.y + box.height / 2)?.innerText;
}"""


def on_top(page: Page, selector: str) -> str:
    """The words that lie uppermost in the middle of an element."""
    return str(page.evaluate(ON_TOP, selector))


@AT_THE_ROOT
@pytest.mark.parametrize("path", QUIET_PAGES)
def test_the_way_out_stays_in_view_and_nothing_covers_it(path: str, open_page: Open) -> None:  # noqa: F811
    page = open_page(path, viewport={"width": 320, "height": 568})
    for scrolled in (0, 400, 100_000):
        page.evaluate(f"scrollTo(0, {scrolled})")
        box = page.locator("#leave").bounding_box()
        assert box and box["y"] == 0 and 48 <= box["height"] < 60 and box["width"] == 320
        assert on_top(page, "#leave").startswith("Leave this page")
    page.locator("[data-search-open]").press("Enter")
    page.get_by_role("combobox").wait_for(state="visible")
    assert on_top(page, "[data-leave]").startswith("Leave this page"), "the search has its own"
    page.route(f"{WEATHER}**", lambda route: route.fulfill(body="rain"))
    page.locator("[data-leave]").click()
    page.wait_for_url(WEATHER)


@AT_THE_ROOT
@pytest.mark.parametrize("anchor", ["afraid", "countries", "united-kingdom", "device"])
def test_it_does_not_cover_what_a_link_landed_on(anchor: str, open_page: Open) -> None:  # noqa: F811
    page = open_page(f"help/#{anchor}", viewport=PHONE)
    target, way_out = page.locator(f"#{anchor}"), page.locator("#leave")
    top, bar = target.bounding_box(), way_out.bounding_box()
    assert top and bar and top["y"] >= bar["y"] + bar["height"]


@AT_THE_ROOT
def test_only_pages_that_are_a_risk_have_it_and_every_foot_has_a_plain_one(
    open_page: Open,  # noqa: F811
    site: Site,
) -> None:
    for path in site.paths:
        html = (site.folder / path / "index.html").read_text("utf-8")
        assert ('id="leave"' in html) == ("leave.js" in html) == (path + "/" in QUIET_PAGES), path
        foot = html[html.index('<footer class="foot">') :]
        assert re.search(rf'<a href="{WEATHER}" rel="noreferrer">Leave this site</a>', foot), path
    page = open_page("toolkit/", java_script_enabled=False)
    with_weather(page)
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(WEATHER)


@AT_THE_ROOT
@pytest.mark.parametrize("path", QUIET_PAGES)
def test_the_tab_does_not_say_what_the_page_is_about(path: str, open_page: Open) -> None:  # noqa: F811
    title = open_page(path).title()
    assert title.endswith("· Staying Close")
    assert not re.search(r"abuse|gaslight|doubt|danger|suicid|afraid|help now", title, re.I)


@AT_THE_ROOT
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", QUIET_PAGES)
@pytest.mark.parametrize("days", [0, 366])
def test_axe_finds_nothing(path: str, scheme: str, days: int, open_page: Open) -> None:  # noqa: F811
    page = open_page("about/", viewport=PHONE, color_scheme=scheme, timezone_id="Europe/London")
    page.clock.set_fixed_time(datetime(DAY.year, 11, 22, tzinfo=UTC) + timedelta(days=days))
    page.goto(page.url.replace("about/", path))
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
