"""Sending an exercise: the whole path, in browsers that can, can't, and won't."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page

from test_reader import PHONE, Open, open_page  # noqa: F401  (a fixture)

EXERCISE = "toolkit/ten-second-rule/"
WORDS = "I'm trying this: The ten-second pause (1 minute)"

# A stand-in for the device's share sheet, which a headless browser does not have.
SHARE = """
window.shared = [];
navigator.share = async (what) => {
  window.shared.push(what);
  if (%r) throw new DOMException("no", %r);
};
"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
CLIPBOARD_DENIED = """Object.defineProperty(navigator, "clipboard", {value: {
  writeText: async () => { throw new DOMException("denied", "NotAllowedError"); } }});"""


def visit(open_page: Open, script: str = "", **settings: Any) -> Page:  # noqa: F811
    """The exercise in a browser changed by `script` before the page runs."""
    page = open_page("about/", viewport=PHONE, has_touch=True, **settings)
    if script:
        page.add_init_script(script)
    page.goto(page.url.replace("about/", EXERCISE))
    return page


def selected(page: Page) -> str:
    return str(page.evaluate("getSelection().toString() || document.activeElement.value"))


def test_without_scripts_it_can_be_sent_by_hand(open_page: Open, site: Any) -> None:  # noqa: F811
    page = open_page(EXERCISE, java_script_enabled=False, viewport=PHONE)
    address = page.locator("[data-share-url]").input_value()
    assert address == f"{site.address}{EXERCISE}#sent"
    assert not page.locator("[data-share]").is_visible()
    for way in ("Email", "Message", "WhatsApp"):
        link = page.locator("#send").get_by_role("link", name=way).get_attribute("href") or ""
        query = parse_qs(urlsplit(link).query)
        assert (query.get("body") or query["text"]) == [f"{WORDS}\n{address}"], link


def test_the_address_says_nothing_about_the_sender(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page)
    assert "?" not in page.locator("[data-share-url]").input_value()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_friend_is_greeted_once_and_only_the_friend(scripts: bool, open_page: Open) -> None:  # noqa: F811
    page = open_page(EXERCISE, java_script_enabled=scripts, viewport=PHONE)
    assert not page.locator("#sent").is_visible()
    page = open_page(EXERCISE + "#sent", java_script_enabled=scripts, viewport=PHONE)
    assert page.locator("#sent").inner_text().startswith("Someone thought this might help.")
    help_ = page.locator(".bar__help").bounding_box()
    assert help_ and help_["y"] >= 0, "help is not scrolled away"
    start = page.locator("[data-right-now]").bounding_box()
    assert start and start["y"] <= 560, "the exercise still begins on the first screen"


def test_the_share_sheet_gets_the_words_and_the_address(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, SHARE % ("", ""))
    page.locator("[data-share]").tap()
    (shared,) = page.evaluate("window.shared")
    assert shared["text"] == WORDS
    assert shared["title"] == "The ten-second pause"
    assert shared["url"].endswith(EXERCISE + "#sent")
    assert page.locator("[data-share-said]").inner_text() == ""


def test_closing_the_share_sheet_needs_no_comment(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, SHARE % ("yes", "AbortError"))
    page.locator("[data-share]").tap()
    page.wait_for_function("window.shared.length")
    assert page.locator("[data-share-said]").inner_text() == ""


def test_a_refused_share_leaves_the_address_selected(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, SHARE % ("yes", "NotAllowedError"))
    page.locator("[data-share]").tap()
    page.get_by_text("wouldn’t share it").wait_for()
    assert selected(page).endswith("#sent")


def test_copying_is_said_aloud(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").tap()
    page.get_by_text("Copied.").wait_for()
    assert page.locator("[data-share-said]").get_attribute("role") == "status"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(WORDS) + r"\n\S+#sent", unquote(copied))


def test_a_denied_clipboard_leaves_the_address_selected(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, CLIPBOARD_DENIED)
    page.get_by_role("button", name="Copy").tap()
    page.get_by_text("selected for you").wait_for()
    assert selected(page).endswith("#sent")


def test_a_browser_without_clipboard_shows_no_copy_button(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, NO_CLIPBOARD)
    assert not page.locator("[data-copy]").is_visible()
    page.locator("[data-share-url]").tap()
    assert selected(page).endswith("#sent"), "a tap selects the whole address"


def test_one_step_can_be_sent_by_itself(open_page: Open, site: Any) -> None:  # noqa: F811
    page = visit(open_page, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Link to step 3").tap()
    page.wait_for_function("document.querySelector('.step-link[data-said]')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site.address}{EXERCISE}#step-3"
    friend = open_page("about/", java_script_enabled=False, viewport=PHONE)
    friend.goto(copied)
    assert friend.locator(":target").inner_text().startswith("Feel your feet")


def test_a_step_s_link_is_a_plain_one_where_nothing_can_be_copied(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, CLIPBOARD_DENIED)
    page.get_by_role("link", name="Link to step 2").tap()
    assert page.url.endswith("#step-2")


def test_sending_works_by_keyboard(open_page: Open) -> None:  # noqa: F811
    page = open_page(EXERCISE, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Send", exact=True).press("Enter")
    page.keyboard.press("Tab")
    assert selected(page).endswith("#sent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Copied.").wait_for()
