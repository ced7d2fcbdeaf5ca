"""The toolkit narrowed to what fits, by hand, by address, and not at all without scripts."""

from __future__ import annotations

from playwright.sync_api import Page

from test_reader import PHONE, Open, open_page  # noqa: F401  (a fixture)

TOOLKIT = "toolkit/"


def shown(page: Page) -> list[str]:
    """The exercises on show, by the last part of their address."""
    entries = page.locator("p[data-exercise]:visible")
    paths: list[str] = entries.evaluate_all("found => found.map(p => p.dataset.exercise)")
    return [path.split("/")[1] for path in paths]


def test_without_scripts_all_of_them_stand_in_sections(open_page: Open) -> None:  # noqa: F811
    page = open_page(TOOLKIT, java_script_enabled=False, viewport=PHONE)
    assert len(shown(page)) == 16
    assert not page.locator("[data-finder]").is_visible()


def test_wishes_add_up(open_page: Open) -> None:  # noqa: F811
    page = open_page(TOOLKIT, viewport=PHONE, has_touch=True)
    page.get_by_label("I have").select_option("2 minutes")
    assert shown(page) == ["ten-second-rule", "daily-vulnerability", "bookend-the-day"]
    page.get_by_label("I’m").select_option("alone")
    assert shown(page) == ["ten-second-rule", "daily-vulnerability"], "either counts as alone"
    page.get_by_label("Things are").select_option("heated")
    assert shown(page) == ["ten-second-rule"]
    assert page.get_by_role("status").first.inner_text() == "One exercise fits."
    assert not page.get_by_role("heading", name="On a calm day").is_visible()
    assert page.get_by_role("heading", name="Is this safe for us?").is_visible()


def test_nothing_that_fits_says_so_and_can_be_taken_back(open_page: Open) -> None:  # noqa: F811
    page = open_page(TOOLKIT + "#minutes=2&effort=stretching", viewport=PHONE)
    assert shown(page) == []
    page.get_by_text("Nothing fits all of that.").wait_for()
    page.get_by_role("button", name="Show all").press("Enter")
    assert len(shown(page)) == 16
    assert page.url.endswith(TOOLKIT), "the address is plain again"


def test_a_sent_choice_opens_as_it_was_chosen(open_page: Open) -> None:  # noqa: F811
    page = open_page(TOOLKIT)
    page.get_by_label("I have").select_option("5 minutes")
    page.get_by_label("It can be").select_option("gentle")
    found = shown(page)
    sent = page.url
    assert "#" in sent and "?" not in sent, "what was chosen stays out of every log"
    friend = open_page("about/", viewport=PHONE)
    friend.goto(sent)
    assert shown(friend) == found
    assert friend.get_by_label("I have").input_value() == "5"
    friend.get_by_label("I have").wait_for(state="visible")
    assert friend.get_by_label("I have").evaluate(
        "field => field.getBoundingClientRect().top < innerHeight"
    ), "the choice is in view"


def test_an_address_that_means_nothing_changes_nothing(open_page: Open) -> None:  # noqa: F811
    page = open_page(TOOLKIT + "#minutes=soon&with=<b>", viewport=PHONE)
    assert len(shown(page)) == 16
    page = open_page(TOOLKIT + "#is-this-safe-for-us")
    assert len(shown(page)) == 16


def test_the_choice_can_be_copied(open_page: Open) -> None:  # noqa: F811
    page = open_page(
        TOOLKIT + "#with=alone", permissions=["clipboard-read", "clipboard-write"], viewport=PHONE
    )
    page.get_by_role("button", name="Copy this choice").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
