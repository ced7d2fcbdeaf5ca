"""Keeping: nothing before asked, nothing lost, nothing left, in any kind of browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from conftest import Site
from test_reader import PHONE, Open, open_page  # noqa: F401  (a fixture)

PAUSE = "toolkit/ten-second-rule/"
POCKET = "toolkit/front-pocket/"
KEPT = "toolkit/kept/"
KEY = "staying-close"

FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); };"""
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
# What another program, another version or a broken write may have left behind.
FOREIGN = ["", "not json {", "null", "[1, 2]", '{"version": 7, "kept": "x"}', '{"kept": []}']


def stored(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


def keep(page: Page) -> None:
    page.locator("[data-keep]").click()


def test_nothing_is_kept_until_the_star_is_pressed(open_page: Open) -> None:  # noqa: F811
    page = open_page(PAUSE, viewport=PHONE, has_touch=True)
    star = page.locator("[data-keep]")
    assert star.get_attribute("aria-pressed") == "false"
    assert page.evaluate("localStorage.length") == 0
    star.tap()
    page.get_by_text("Anyone who can open this device could see your list.").wait_for()
    assert star.get_attribute("aria-pressed") == "true"
    assert [item["path"] for item in stored(page)["kept"]] == [PAUSE]
    page.reload()
    assert star.get_attribute("aria-pressed") == "true"
    star.tap()
    assert page.evaluate("localStorage.length") == 0, "taken back without a trace"


def test_the_list_shows_what_was_kept_and_lets_go(open_page: Open, site: Site) -> None:  # noqa: F811
    page = open_page(PAUSE)
    keep(page)
    page.goto(site.address + POCKET)
    keep(page)
    page.goto(site.address + KEPT)
    yours = page.locator("[data-kept-list] a")
    assert yours.all_inner_texts() == ["The ten-second pause", "Keeping you in view"]
    page.get_by_role("button", name="Let go of The ten-second pause").press("Enter")
    assert yours.all_inner_texts() == ["Keeping you in view"]
    yours.first.click()
    assert page.url.endswith(POCKET)


def test_two_open_tabs_agree(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    one, two, listing = (context.new_page() for _ in range(3))
    one.goto(site.address + PAUSE)
    two.goto(site.address + POCKET)
    listing.goto(site.address + KEPT)
    keep(one)
    keep(two)
    listing.get_by_role("button", name="Let go").nth(1).wait_for()
    assert listing.locator("[data-kept-list] li").count() == 2
    listing.get_by_role("button", name="Let go of The ten-second pause").click()
    one.locator("[data-keep][aria-pressed=false]").wait_for()
    assert two.locator("[data-keep]").get_attribute("aria-pressed") == "true"
    context.close()


@pytest.mark.parametrize("text", FOREIGN)
def test_what_cannot_be_read_is_set_aside(text: str, open_page: Open, site: Site) -> None:  # noqa: F811
    page = open_page(PAUSE)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.reload()
    keep(page)
    assert [item["path"] for item in stored(page)["kept"]] == [PAUSE]
    page.goto(site.address + KEPT)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    assert Path(download.value.path()).read_text() == text
    page.get_by_role("button", name="Delete it", exact=True).click()
    assert not page.get_by_text("can’t read").is_visible()
    assert page.locator("[data-kept-list] li").count() == 1, "only the unreadable went"
    assert said == []


@pytest.mark.parametrize("trouble", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_a_browser_that_keeps_nothing_says_so(trouble: str, open_page: Open, site: Site) -> None:  # noqa: F811
    page = open_page("about/", viewport=PHONE)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(trouble)
    page.goto(site.address + PAUSE)
    keep(page)
    page.get_by_text("This browser won’t keep anything here.").wait_for()
    assert page.locator("[data-keep]").get_attribute("aria-pressed") == "false"
    page.goto(site.address + KEPT)
    page.get_by_text("Nothing is kept.").wait_for()
    page.get_by_label("Dusk").check()
    assert said == []


def test_a_copy_goes_out_and_comes_back(open_page: Open, site: Site, tmp_path: Path) -> None:  # noqa: F811
    page = open_page(PAUSE)
    keep(page)
    page.goto(site.address + KEPT)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").click()
    readable = tmp_path / "kept.txt"
    download.value.save_as(readable)
    text = readable.read_text("utf-8")
    assert f"- The ten-second pause: {site.address}{PAUSE}" in text
    with page.expect_download() as download:
        page.get_by_role("button", name="Save for another device").click()
    copy = tmp_path / "kept.json"
    download.value.save_as(copy)
    page.get_by_text("Your last one is from").wait_for()

    other = open_page(POCKET, viewport=PHONE)
    keep(other)
    other.goto(site.address + KEPT)
    other.get_by_label("Bring in a saved copy").set_input_files(copy)
    other.get_by_text("Brought in. 2 exercises kept now.").wait_for()
    titles = other.locator("[data-kept-list] a").all_inner_texts()
    assert titles == ["Keeping you in view", "The ten-second pause"]

    third = open_page(KEPT, viewport=PHONE)
    third.get_by_label("Bring in a saved copy").set_input_files(readable)
    third.get_by_text("Brought in. 1 exercise kept now.").wait_for()
    assert third.locator("[data-kept-list] a").all_inner_texts() == ["The ten-second pause"]


def test_a_file_that_is_no_copy_changes_nothing(
    open_page: Open,  # noqa: F811
    site: Site,
    tmp_path: Path,
) -> None:
    page = open_page(PAUSE)
    keep(page)
    before = stored(page)
    page.goto(site.address + KEPT)
    photo = tmp_path / "photo.json"
    photo.write_bytes(b"\x89PNG")
    page.get_by_label("Bring in a saved copy").set_input_files(photo)
    page.get_by_text("photo.json is not a copy saved here").wait_for()
    assert stored(page) == before


def test_a_title_in_a_copy_cannot_write_into_the_page(
    open_page: Open,  # noqa: F811
    site: Site,
    tmp_path: Path,
) -> None:
    page = open_page(KEPT)
    evil = '<img src=x onerror="window.hurt = 1">'
    copy = tmp_path / "kept.json"
    copy.write_text(json.dumps({"version": 1, "kept": [{"path": evil, "on": evil}], "pages": {}}))
    page.get_by_label("Bring in a saved copy").set_input_files(copy)
    page.get_by_text("Brought in.").wait_for()
    assert page.locator("[data-kept-list] img").count() == 0
    assert evil in page.locator("[data-kept-list]").inner_text()
    assert page.evaluate("window.hurt") is None


def test_everything_can_be_deleted_truly(open_page: Open, site: Site) -> None:  # noqa: F811
    page = open_page(PAUSE, viewport=PHONE)
    keep(page)
    page.get_by_label("Dusk").check()
    page.evaluate("localStorage.setItem('staying-close:aside', 'older')")
    page.goto(site.address + KEPT)
    page.get_by_role("button", name="Delete everything").click()
    goes = page.locator("[data-kept-goes]").inner_text()
    assert all(what in goes for what in ("1 exercise", "your choice of light", "read"))
    page.get_by_role("button", name="Leave it").click()
    assert stored(page)["kept"], "nothing goes before the second answer"
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Delete it all").click()
    page.get_by_text("Deleted. Nothing of this garden").wait_for()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.documentElement.dataset.scheme") == "system"
    assert page.locator("[data-kept-list] li").count() == 0


def test_without_scripts_the_page_has_every_exercise(open_page: Open) -> None:  # noqa: F811
    page = open_page(KEPT, java_script_enabled=False, viewport=PHONE)
    assert page.locator("ul[data-exercises] a").count() == 16
    assert not page.locator("[data-kept]").is_visible()
    page.get_by_role("link", name="The ten-second pause").click()
    assert not page.locator("[data-keep]").is_visible()


@pytest.mark.parametrize("site", ["/"], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_full_list(scheme: str, open_page: Open, site: Site) -> None:  # noqa: F811
    page = open_page(PAUSE, viewport=PHONE, color_scheme=scheme)
    keep(page)
    assert Axe().run(page).violations_count == 0
    page.goto(site.address + KEPT)
    page.get_by_role("button", name="Delete everything").click()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_what_was_written_is_listed_copied_and_deleted_too(open_page: Open, site: Site) -> None:  # noqa: F811
    page = open_page("toolkit/weekly-review/")
    desk = page.locator("writing-desk")
    desk.get_by_label("I got prickly when").fill("the bins <b>came up</b>")
    desk.get_by_role("button", name="Save on this device").click()
    desk.get_by_role("button", name="Save", exact=True).click()
    page.goto(site.address + KEPT)
    assert "The weekly look-back" in page.locator("[data-kept-pages]").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert "## The weekly look-back" in text and "the bins <b>came up</b>" in text
    page.get_by_role("button", name="Delete everything").click()
    assert "1 page of your writing" in page.locator("[data-kept-goes]").inner_text()
    page.get_by_role("button", name="Delete it all").click()
    page.get_by_text("Nothing is kept.").wait_for()
    assert page.evaluate("localStorage.length") == 0
