"""The tools in the exercises: a pause, a break, a page to write on, as readers use them."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Download, Locator, Page

from check_notes import TOOLS
from conftest import PROJECT, Site
from test_keep import FORBIDDEN, FULL
from test_reader import DESK, PHONE, Open, open_page  # noqa: F401  (a fixture)
from test_send import CLIPBOARD_DENIED

# The garden below a path: what is kept must still go by addresses below its root.
pytestmark = pytest.mark.parametrize("site", ["/garden/"], indirect=True)

PAUSE = "toolkit/ten-second-rule/"
BREAK = "toolkit/time-out-and-return/"
WEEK = "toolkit/weekly-review/"
MANUAL = "toolkit/partner-manual/"
LETTER = "toolkit/letter-you-never-send/"
PAGES = {PAUSE: "pause-timer", BREAK: "break-clock"} | dict.fromkeys(
    [WEEK, MANUAL, LETTER], "writing-desk"
)

EVENING = "2026-11-22T20:20:37-05:00"
NEW_YORK = {"timezone_id": "America/New_York", "locale": "en-GB"}


KEPT = "JSON.parse(localStorage.getItem('staying-close'))"
UNASKED = "localStorage.length + sessionStorage.length"


def visit(
    open_page: Open,  # noqa: F811
    path: str,
    now: str = EVENING,
    script: str = "",
    **settings: Any,
) -> Page:
    """An exercise at a moment whose clock stands still, in a browser changed by `script`."""
    page = open_page("about/", **({"viewport": PHONE, "has_touch": True} | NEW_YORK | settings))
    page.clock.install(time=now)
    if script:
        page.add_init_script(script)
    page.goto(page.url.replace("about/", path))
    page.clock.pause_at(re.sub(r":\d\d-", ":59-", now))
    return page


def tool(page: Page, part: str) -> Locator:
    return page.locator(f".tool .tool__{part}").first


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def write(page: Page, **answers: str) -> None:
    for name, answer in answers.items():
        page.locator(f"[name={name}]").first.fill(answer)


def said_of(page: Page, part: str) -> None:
    """Begin to note, in window.heard, each sentence a screen reader would be given."""
    tool(page, part).evaluate(
        """(status) => {
          window.heard = [];
          new MutationObserver(() => window.heard.push(status.textContent)).observe(
            status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    assert tool(page, part).get_attribute("role") == "status"


def text_of(download: Download) -> str:
    """A downloaded file as text, its line ends as they are."""
    return Path(download.path()).read_bytes().decode("utf-8")


# ------------------------------------------------------------------------- all of them


@pytest.mark.parametrize("path", PAGES)
def test_without_scripts_it_is_plain_words_that_work(path: str, open_page: Open) -> None:  # noqa: F811
    page = open_page(path, java_script_enabled=False, viewport=PHONE)
    words = page.locator(".tool").inner_text()
    assert len(words.split()) >= 15
    assert not re.search("script|browser|enable", words, re.I), "it blames nobody"
    assert page.locator(".tool :is(button, input):visible").count() == 0, "no dead control"
    boxes = page.locator(".tool textarea:visible")
    for number in range(boxes.count()):
        boxes.nth(number).fill("The bins.")
        assert boxes.nth(number).evaluate("box => box.labels[0].innerText.trim()")


@pytest.mark.parametrize("path", PAGES)
def test_it_moves_nothing_above_it(path: str, open_page: Open) -> None:  # noqa: F811
    tops = []
    for scripts in (False, True):
        page = open_page(path, java_script_enabled=scripts, viewport=PHONE)
        box = page.locator(".tool").bounding_box()
        assert box
        tops.append(box["y"])
    assert tops[0] == tops[1]


def test_its_script_is_asked_for_only_where_it_is_used(site: Site) -> None:
    for path in site.paths:
        html = (site.folder / path / "index.html").read_text("utf-8")
        article = html.partition("<article")[2].partition("</article>")[0]
        used = [name for name in TOOLS if f"<{name}" in article]
        assert re.findall(r"javascripts/tools/([\w-]+)\.js", html) == used, path
        expected = PAGES.get(path + "/")
        assert used == ([expected] if expected else []), path


def test_every_tool_is_known_to_the_check_and_the_template(site: Site) -> None:
    files = (site.folder / "assets/javascripts/tools").glob("*.js")
    assert {file.stem for file in files} == set(TOOLS)
    template = (PROJECT / "overrides/main.html").read_text("utf-8")
    for name in TOOLS:
        assert f'("<{name}", "tools/{name}")' in template


def test_all_tools_together_weigh_little(site: Site) -> None:
    files = (site.folder / "assets/javascripts/tools").glob("*.js")
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= 12 * 1024


def in_use(page: Page, path: str) -> None:
    """Open everything a tool can show."""
    if path == PAUSE:
        press(page, "Start")
    elif path == BREAK:
        page.get_by_label("Until a time").check()
        page.get_by_label("Back at").fill("21:00")
        press(page, "Set the time")
    else:
        if path == MANUAL:
            page.locator(".tool summary").click()
        page.locator(".tool textarea").first.fill("Tea.")
        press(page, "Save on this device")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_an_open_tool(path: str, scheme: str, open_page: Open) -> None:  # noqa: F811
    # Axe waits by the clock, so here it runs.
    page = open_page(path, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    in_use(page, path)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_a_shaking_thumb_can_hit_everything(path: str, open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, path, viewport={"width": 320, "height": 640})
    in_use(page, path)
    targets = page.locator(
        ".tool :is(button, a, label:has([type=radio]), [type=time], textarea, summary):visible"
    )
    assert targets.count() >= 4
    for number in range(targets.count()):
        box = targets.nth(number).bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44, targets.nth(number).inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# ---------------------------------------------------------------------------- the pause


def breath(page: Page) -> float:
    """How much of the circle is still full."""
    return float(tool(page, "circle").evaluate("c => c.style.getPropertyValue('--full')"))


def test_a_pause_empties_with_the_clock(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, PAUSE)
    said_of(page, "said")
    tool(page, "circle").tap()
    page.clock.run_for(1500)
    assert 0.4 < breath(page) < 0.6
    assert tool(page, "count").inner_text() == "", "no numbers while it can move"
    page.clock.run_for(1600)
    assert breath(page) == 0
    assert tool(page, "word").inner_text() == "Again"
    heard = page.evaluate("heard")
    assert heard == ["Three seconds. Breathe out.", "Done. Now choose what you say."]
    tool(page, "circle").tap()
    page.clock.run_for(100)
    assert breath(page) > 0.9, "the next breath is a full one"


def test_a_pause_can_be_chosen_and_stopped_by_keyboard(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, PAUSE, viewport=DESK, has_touch=False)
    page.get_by_role("radio", name="3").press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.clock.run_for(6000)
    assert tool(page, "said").inner_text() == "Ten seconds. Breathe out."
    assert page.evaluate("document.activeElement.innerText.trim()") == "Stop"
    page.keyboard.press("Enter")
    assert tool(page, "said").inner_text() == "Stopped. That counts too."
    page.clock.run_for(6000)
    assert tool(page, "said").inner_text() == "Stopped. That counts too.", "and stays stopped"


def test_less_motion_means_numbers(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, PAUSE, reduced_motion="reduce")
    tool(page, "circle").tap()
    shown = []
    for _ in range(3):
        page.clock.run_for(500)
        shown.append((tool(page, "count").inner_text(), breath(page)))
        page.clock.run_for(500)
    assert shown == [("3", 1), ("2", 1), ("1", 1)], "the circle holds still"
    page.clock.run_for(100)
    assert tool(page, "said").inner_text().startswith("Done.")
    assert tool(page, "circle").get_attribute("aria-label") is None
    assert tool(page, "count").get_attribute("aria-hidden") == "true", "not read out each second"


def test_a_tab_that_slept_knows_the_pause_is_over(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, PAUSE)
    tool(page, "circle").tap()
    page.clock.fast_forward("01:00:00")
    assert tool(page, "said").inner_text().startswith("Done.")


# ---------------------------------------------------------------------------- the break


def calendar(page: Page) -> dict[str, str]:
    """The downloaded calendar file as its properties."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Add to my calendar").click()
    assert waiting.value.suggested_filename == "back.ics"
    text = text_of(waiting.value)
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    for part in ("VCALENDAR", "VEVENT", "VALARM"):
        assert lines.count(f"BEGIN:{part}") == lines.count(f"END:{part}") == 1
    return dict(reversed([line.partition(":")[::2] for line in lines]))


def test_a_break_says_when_it_ends_and_says_it_once(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK)
    said_of(page, "back")
    page.get_by_role("button", name="Set the time").tap()
    assert tool(page, "left").inner_text() == "20 minutes left."
    assert tool(page, "words").inner_text() == "Break, please. Back at 20:40."
    page.clock.run_for(3 * 60_000)
    assert tool(page, "left").inner_text() == "17 minutes left."
    assert page.locator(".tool [role=status], .tool [aria-live]").count() == 2
    page.clock.fast_forward("02:00:00")
    end = "It’s 20:40. Time to come back, ready or not."
    assert page.evaluate("heard") == ["Back at 20:40.", end]
    assert page.evaluate(UNASKED) == 0


def test_a_calendar_entry_tells_a_stranger_nothing(open_page: Open, site: Site) -> None:  # noqa: F811
    page = visit(open_page, BREAK)
    press(page, "Set the time")
    entry = calendar(page)
    assert entry["SUMMARY"] == entry["DESCRIPTION"] == "10 minutes"
    assert entry["DTSTART"] == "20261123T014000Z", "20:40 in New York"
    assert entry["DTSTAMP"] == "20261123T012059Z"
    assert entry["TRIGGER"] == "PT0S" and entry["ACTION"] == "DISPLAY"
    assert entry["VERSION"] == "2.0" and entry["UID"] and entry["PRODID"]
    assert not {"URL", "LOCATION", "ORGANIZER"} & set(entry)
    told = " ".join(entry.values()).lower()
    assert not re.search("break|garden|close|row|http|localhost|127", told)


def test_a_break_may_cross_midnight(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK, "2026-11-22T23:50:10-05:00")
    press(page, "Set the time")
    assert tool(page, "back").inner_text() == "Back at 00:10, after midnight."
    assert calendar(page)["DTSTART"] == "20261123T051000Z"
    page.clock.run_for(11 * 60_000)
    assert tool(page, "back").inner_text() == "Back at 00:10.", "it is that day now"


@pytest.mark.parametrize(
    ("time", "back", "left"),
    [
        ("21:30", "Back at 21:30.", "1 hour 10 minutes left."),
        ("19:00", "Back tomorrow at 19:00.", "22 hours 40 minutes left."),
        ("20:20", "Back tomorrow at 20:20.", "24 hours left."),
    ],
)
def test_a_break_until_a_time(time: str, back: str, left: str, open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK)
    assert not page.get_by_label("Back at").is_visible()
    page.get_by_label("Until a time").check()
    page.get_by_label("Back at").fill(time)
    page.keyboard.press("Enter")
    assert tool(page, "back").inner_text() == back
    assert tool(page, "left").inner_text() == left
    assert tool(page, "words").inner_text() == f"Break, please. {back}"


def test_a_time_that_is_missing_is_asked_for(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK)
    page.get_by_label("Until a time").check()
    press(page, "Set the time")
    assert tool(page, "back").inner_text() == "Choose a time first."
    assert page.get_by_label("Back at").evaluate("box => box === document.activeElement")
    page.get_by_label("60 minutes").check()
    press(page, "Set the time")
    assert tool(page, "left").inner_text() == "1 hour left."


def test_the_time_is_written_as_the_reader_writes_it(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK, locale="en-US")
    press(page, "Set the time")
    assert re.fullmatch(r"Back at 8:40\sPM\.", tool(page, "back").inner_text())


def test_the_words_can_be_copied(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK, permissions=["clipboard-read", "clipboard-write"])
    press(page, "Set the time")
    press(page, "Copy the words")
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Break, please. Back at 20:40."


def test_a_denied_clipboard_leaves_the_words_selected(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, BREAK, script=CLIPBOARD_DENIED)
    press(page, "Set the time")
    press(page, "Copy the words")
    page.get_by_text("selected for you").wait_for()
    assert page.evaluate("getSelection().toString()") == "Break, please. Back at 20:40."


# ------------------------------------------------------------------------- the writing


def test_nothing_is_kept_before_someone_has_read_who_could_see_it(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, WEEK)
    write(page, prickly="they said “relax”", plan="If bins, then breathe.")
    assert tool(page, "said").inner_text() == "Not saved."
    page.get_by_role("button", name="Save on this device").tap()
    assert "Anyone who can unlock this device can read this." in tool(page, "ask").inner_text()
    page.keyboard.press("Enter")  # a second press in a hurry agrees to nothing
    assert page.evaluate(UNASKED) == 0
    press(page, "Not now")
    assert not tool(page, "ask").is_visible()
    assert page.evaluate(UNASKED) == 0
    press(page, "Save on this device")
    press(page, "Save")
    assert tool(page, "said").inner_text() == "Saved on this device, 22 November."
    fields = {"prickly": "they said “relax”", "plan": "If bins, then breathe."}
    assert page.evaluate(KEPT)["pages"] == {WEEK: {"saved": "2026-11-22", "fields": fields}}
    write(page, good="Soup.")
    assert tool(page, "said").inner_text() == "Not saved."
    assert page.evaluate(KEPT)["pages"][WEEK]["fields"] == fields, "never by itself"
    press(page, "Save on this device")
    assert page.evaluate(KEPT)["pages"][WEEK]["fields"]["good"] == "Soup.", "asked only once"


def test_it_is_saved_by_keyboard(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, LETTER, viewport=DESK, has_touch=False)
    write(page, letter="I still have the ticket.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(KEPT)["pages"][LETTER]["fields"] == {"letter": "I still have the ticket."}
    assert page.evaluate("document.activeElement.innerText") == "Save on this device"


def saved(open_page: Open, path: str = WEEK, **answers: str) -> Page:  # noqa: F811
    """An exercise opened again, with these answers saved the time before."""
    page = visit(open_page, path)
    write(page, **(answers or {"prickly": "Bins."}))
    press(page, "Save on this device")
    press(page, "Save")
    page.reload()
    return page


def test_what_was_saved_is_offered_and_not_shown(open_page: Open) -> None:  # noqa: F811
    page = saved(open_page)
    assert "You saved something here on 22 November." in tool(page, "offer").inner_text()
    assert page.locator("[name=prickly]").input_value() == ""
    write(page, prickly="Lunch.")
    press(page, "Show it")
    assert page.locator("[name=prickly]").input_value() == "Bins.\n\nLunch.", "nothing is lost"
    assert not tool(page, "offer").is_visible()
    assert tool(page, "said").inner_text() == "Not saved."
    write(page, prickly="Bins.")
    assert tool(page, "said").inner_text() == "Saved on this device, 22 November."


def test_what_was_saved_can_be_deleted_unread(open_page: Open) -> None:  # noqa: F811
    page = saved(open_page)
    press(page, "Delete it")
    press(page, "Not now")
    assert page.evaluate(KEPT)["pages"]
    press(page, "Delete it")
    press(page, "Delete")
    assert tool(page, "said").inner_text() == "The saved copy is deleted."
    assert not tool(page, "offer").is_visible()
    assert page.evaluate(UNASKED) == 0, "the key went too"
    assert page.evaluate("document.activeElement.name") == "prickly", "focus is not lost"


def test_new_writing_never_takes_an_unread_page_away_unasked(open_page: Open) -> None:  # noqa: F811
    page = saved(open_page)
    write(page, prickly="Lunch.")
    press(page, "Save on this device")
    assert "Save this in its place?" in tool(page, "ask").inner_text()
    assert page.evaluate(KEPT)["pages"][WEEK]["fields"] == {"prickly": "Bins."}
    press(page, "Save anyway")
    assert page.evaluate(KEPT)["pages"][WEEK]["fields"] == {"prickly": "Lunch."}


@pytest.mark.parametrize("script", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_a_browser_that_keeps_nothing_loses_nothing(script: str, open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, WEEK, script=script)
    write(page, prickly="Bins.")
    press(page, "Save on this device")
    press(page, "Save")
    assert tool(page, "said").inner_text().startswith("This browser wouldn’t keep it.")
    assert page.locator("[name=prickly]").input_value() == "Bins."
    with page.expect_download() as waiting:
        press(page, "Download as text")
    assert "Bins." in text_of(waiting.value)


def test_two_tabs_never_overwrite_each_other_in_silence(open_page: Open) -> None:  # noqa: F811
    old = visit(open_page, WEEK)
    write(old, prickly="Old.")
    press(old, "Save on this device")
    press(old, "Save")
    new = old.context.new_page()
    new.goto(old.url)
    press(new, "Show it")
    write(new, prickly="New.")
    press(new, "Save on this device")
    old.get_by_text("Saved elsewhere since.").wait_for()
    write(old, prickly="Older.")
    press(old, "Save on this device")
    assert "Saved elsewhere since. Save anyway?" in tool(old, "ask").inner_text()
    assert old.evaluate(KEPT)["pages"][WEEK]["fields"] == {"prickly": "New."}
    press(old, "Save anyway")
    assert old.evaluate(KEPT)["pages"][WEEK]["fields"] == {"prickly": "Older."}
    new.get_by_text("Saved elsewhere since.").wait_for()


def test_a_tab_that_was_quicker_is_not_overwritten_by_an_open_question(open_page: Open) -> None:  # noqa: F811
    slow = visit(open_page, WEEK)
    quick = slow.context.new_page()
    quick.goto(slow.url)
    for page, word in ((slow, "Slow."), (quick, "Quick.")):
        write(page, prickly=word)
        press(page, "Save on this device")
    press(quick, "Save")
    press(slow, "Save")
    assert slow.evaluate(KEPT)["pages"][WEEK]["fields"] == {"prickly": "Quick."}
    assert "Save this in its place?" in tool(slow, "ask").inner_text()


def test_what_others_keep_here_stays(open_page: Open) -> None:  # noqa: F811
    page = saved(open_page)
    page.get_by_label("Dusk").check()
    page.goto(page.url.replace(WEEK, LETTER))
    write(page, name="You", letter="Hello.")
    press(page, "Save on this device")
    press(page, "Save")
    assert set(page.evaluate(KEPT)["pages"]) == {WEEK, LETTER}
    assert page.evaluate(KEPT)["scheme"] == "dark"


def test_the_writing_can_be_taken_away_as_text(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, WEEK)
    press(page, "Download as text")
    assert tool(page, "said").inner_text() == "Nothing is written yet."
    write(page, prickly="  <b>Bins.</b> \n", plan="If so…")
    with page.expect_download() as waiting:
        press(page, "Download as text")
    assert waiting.value.suggested_filename == "week.md"
    assert text_of(waiting.value) == (
        "# 22 November 2026\n\n## I got prickly when\n\n<b>Bins.</b>\n\n"
        "## Next time, if … I will …\n\nIf so…\n"
    )
    assert page.evaluate(UNASKED) == 0


# A printer that keeps the page waiting, as a real one does.
PRINTER = "window.print = () => { window.printed = document.title; };"


def test_print_puts_only_the_writing_on_paper(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, LETTER, script=PRINTER)
    write(page, name="Ann", letter="One <b>line</b>.\nAnother.")
    press(page, "Print")
    assert page.evaluate("printed") == "page", "the paper's own title gives nothing away"
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf()))
    assert len(paper) == 1
    lines = [line.strip() for line in paper[0].get_textpage().get_text_range().splitlines()]
    assert [line for line in lines if line] == [
        "22 November 2026",
        "Their name",
        "Ann",
        "What I never told you is",
        "One <b>line</b>.",
        "Another.",
    ]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.title().startswith("The letter")
    assert page.locator(".written").count() == 0
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible(), "afterwards a page prints as it did"
    assert page.locator("[name=letter]").is_visible()
    assert not page.get_by_role("button", name="Clear").is_visible()
    page.locator("[name=letter]").fill("")
    page.locator("[name=name]").fill("")
    assert not page.locator(".tool").is_visible(), "an empty form is not for paper"


def test_clearing_asks_first(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, LETTER)
    write(page, letter="Hello.")
    press(page, "Clear")
    press(page, "Not now")
    assert page.locator("[name=letter]").input_value() == "Hello."
    press(page, "Clear")
    tool(page, "ask").get_by_role("button", name="Clear").click()
    assert page.locator("[name=letter]").input_value() == ""
    assert tool(page, "said").inner_text() == ""


@pytest.mark.parametrize("copy", [True, False])
def test_clearing_asks_about_the_saved_copy(copy: bool, open_page: Open) -> None:  # noqa: F811
    page = saved(open_page)
    press(page, "Show it")
    press(page, "Clear")
    answer = "Clear, and delete the saved copy" if copy else "Clear"
    tool(page, "ask").get_by_role("button", name=answer, exact=True).click()
    assert page.locator("[name=prickly]").input_value() == ""
    assert (page.evaluate(UNASKED) == 0) is copy
    assert tool(page, "offer").is_visible() is not copy, "what is left can be shown again"


def test_two_people_keep_two_pages(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, MANUAL)
    page.locator(".tool summary").click()
    for number, words in enumerate(("Tea.", "Quiet.")):
        desk = page.locator("writing-desk").nth(number)
        desk.locator("[name=calms]").fill(words)
        desk.get_by_role("button", name="Save on this device").click()
        desk.get_by_role("button", name="Save", exact=True).click()
    kept = {path: entry["fields"] for path, entry in page.evaluate(KEPT)["pages"].items()}
    assert kept == {MANUAL: {"calms": "Tea."}, MANUAL + "#second-page": {"calms": "Quiet."}}


def test_the_letter_cannot_be_sent(open_page: Open) -> None:  # noqa: F811
    page = visit(open_page, LETTER)
    words = page.locator(".tool").inner_text()
    assert not re.search(r"\bTo:|\bwords?\b|characters", words)
    assert page.locator(".tool a, .tool [type=submit]").count() == 0
