"""Short addresses, codes to scan, and the sheet an exercise prints on."""

from __future__ import annotations

import io
import re
import shutil
from math import dist
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

import after_build
import short_addresses
from conftest import Site
from short_addresses import Row, faults, fill, lost, read_registry, stub, target
from site_files import read_site
from site_links import without_stubs
from site_pages import Page, read_page
from test_reader import PHONE, Open, open_page  # noqa: F401  (a fixture)

EXERCISE = "toolkit/ten-second-rule/"
FROZEN = Path(__file__).parent / "short_addresses.txt"
ROWS = read_registry(short_addresses.REGISTRY.read_text("utf-8"))

SCALE = 3
"""Pixels to a point when a printed page is turned into a picture."""
MILLIMETRE = SCALE * 72 / 25.4
below_a_path = pytest.mark.parametrize("site", ["/garden/"], indirect=True)
"""What is true at one address is true at the other; the harder one is enough."""
PHONE_NUMBER = re.compile(r"tel:|\+?\d[\d ()-]{5,}\d|\b(?:112|911|988|999)\b")


# --------------------------------------------------------------------------- registry


def test_a_published_code_is_never_lost_or_used_again() -> None:
    lines = [line for line in FROZEN.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [f"{row.code} {row.since}" for row in ROWS] == lines
    assert len({row.code for row in ROWS}) == len(ROWS) >= 16


def garden(**kinds: str) -> dict[str, Page]:
    """Pages at these names, of these kinds, with a place for a short address."""
    html = (
        '<html lang="en-GB"><head><title>{0} &amp; co</title>'
        '<meta name="garden:kind" content="{1}">'
        '<meta property="og:title" content="{0} &gt; b"><meta name=\'twitter:card\' content="x">'
        '<meta name="description" content="not a card">'
        '<link rel="canonical" href="https://x.example/sub/{0}/"></head>'
        "<article><h1>{0} &amp; co</h1>"
        '<div data-short class="short"></div></article></html>'
    )
    return {f"{n}/": read_page(f"{n}/", html.format(n, kind)) for n, kind in kinds.items()}


GOOD = "- {code: 10s, path: a/, since: 2026-11-22}\n"

# A registry for a garden whose one exercise is a/, and what is said of it.
BAD = {
    "not YAML": (GOOD + "- {code", "yml:2: is not YAML"),
    "no list": ("code: ten\n", "yml:1: must be a list"),
    "a row without a day": ("\n- {code: 10s, path: a/}\n", "yml:2: a row has a code, a path"),
    "a row that is a word": ("- 10s\n", "yml:1: a row has a code, a path"),
    "a row with a list": ("- {code: [x], path: a/, since: 1}\n", "yml:1: a row has a code"),
    "a capital": (GOOD.replace("10s", "Ten"), "yml:1: 'Ten' is no code"),
    "a sign": (GOOD.replace("10s", "te-n"), "yml:1: 'te-n' is no code"),
    "a digit between letters": (GOOD.replace("10s", "s0s"), "yml:1: 's0s' is no code"),
    "a code of one letter": (GOOD.replace("10s", "t"), "yml:1: 't' is no code"),
    "a code too long": (GOOD.replace("10s", "tenseconds"), "yml:1: 'tenseconds' is no code"),
    "a code twice": (GOOD + GOOD, "yml:2: the code '10s' is taken (line 1); choose another"),
    "a look-alike": (GOOD + GOOD.replace("10s", "ios"), "yml:2: the code 'ios' looks like '10s'"),
    "no such day": (GOOD.replace("11-22", "11-31"), "yml:1: '2026-11-31' is no day"),
    "no such page": (GOOD + GOOD.replace("10s, path: a", "go, path: b"), "yml:2: 'b/' is no page"),
    "an exercise without a code": (GOOD.replace("path: a", "path: c"), "no code for a/; add a row"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_registry_is_refused(name: str) -> None:
    source, said = BAD[name]
    pages = garden(a="exercise", c="concept")
    try:
        found = [str(problem) for problem in faults(read_registry(source), pages)]
    except ValueError as problem:
        found = [str(problem)]
    assert len(found) == 1 and said in found[0], found
    assert found[0].startswith("data/short_addresses.yml:")


def test_a_draft_needs_no_code() -> None:
    assert list(faults([], garden(_idea="exercise"))) == []


def test_a_code_that_was_taken_back_is_no_silent_404() -> None:
    pages = garden(a="exercise")
    row = Row(1, "10s", "a/", "2026-11-22")
    pages["t/10s/"] = read_page("t/10s/", stub(row, pages["a/"]))
    assert list(lost([row], pages)) == []
    (problem,) = lost([], pages)
    assert "the code '10s' is gone" in str(problem)


# ------------------------------------------------------------------------------ stubs


def test_a_short_address_says_where_it_leads_and_nothing_of_its_own() -> None:
    page = garden(a="exercise")["a/"]
    html = stub(Row(1, "10s", "a/", "2026-11-22"), page)
    read = read_page("t/10s/", html)
    assert read.refresh == "../../a/", "relative: it works in any folder of any host"
    assert read.meta["canonical"] == page.meta["canonical"]
    assert (read.meta["robots"], read.meta["referrer"]) == ("noindex", "no-referrer")
    assert '<html lang="en-GB">' in html and "<title>a &amp; co</title>" in html
    assert '<meta property="og:title" content="a &gt; b">' in html, "the share card, as it was"
    assert "twitter:card" in html
    assert read.kind == "" and "description" not in read.meta and "<script" not in html
    assert '<a href="../../a/">a &amp; co</a>' in html, "a plain link for who is not led on"


def test_the_oldest_of_two_codes_stands_on_the_page() -> None:
    rows = [Row(n, code, "a/", "2026-11-22") for n, code in enumerate(["old", "new"], 1)]
    pages = garden(a="exercise", b="concept")
    once = fill(pages, rows)
    assert list(once) == ["a/"]
    assert ">x.example/sub/t/old</p>" in once["a/"]
    assert fill({"a/": read_page("a/", once["a/"])}, rows) == once


@below_a_path
def test_finishing_a_site_twice_changes_nothing(site: Site, tmp_path: Path) -> None:
    shutil.copytree(site.folder, tmp_path / "site")
    after_build.finish(tmp_path / "site")
    for file in site.folder.rglob("*"):
        if file.is_file():
            twin = tmp_path / "site" / file.relative_to(site.folder)
            assert file.read_bytes() == twin.read_bytes(), file


def test_short_addresses_are_kept_out_of_every_list(site: Site) -> None:
    lists = [site.folder / "sitemap.xml", site.folder / "feed.xml"]
    lists += [site.folder / "a-to-z/index.html", *site.folder.glob("search/*.json")]
    for file in lists:
        assert not re.search(r"\bt/10s\b", file.read_text("utf-8")), file
    pages = read_site(site.folder)
    assert len(pages) - len(without_stubs(pages)) == len(ROWS)
    for path, page in pages.items():
        assert 'data-source="t/' not in page.html, path


def test_a_short_address_shows_the_card_of_its_page(site: Site) -> None:
    pages = read_site(site.folder)
    card = re.compile(r'<meta (?:property|name)="(?:og|twitter):[^>]*>')
    for row in ROWS:
        page = target(row, pages)
        assert page and card.findall(page.html)
        assert card.findall(pages[f"t/{row.code}/"].html) == card.findall(page.html)


@pytest.mark.parametrize("typed", ["t/10s", "t/10s/"])
def test_a_short_address_leads_on_without_scripts(typed: str, open_page: Open) -> None:  # noqa: F811
    page = open_page("about/", java_script_enabled=False)
    page.goto(page.url.replace("about/", typed))
    page.wait_for_url(f"**/{EXERCISE}")
    assert page.locator("[data-right-now]").is_visible()


# ------------------------------------------------------------------------- the screen


def decoded(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """Every code in a picture."""
    return list(zxingcpp.read_barcodes(picture))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_code_can_be_scanned_from_the_screen(scheme: str, open_page: Open, site: Site) -> None:  # noqa: F811
    """Folded until asked for; by touch, without scripts, in either scheme."""
    page = open_page(
        EXERCISE, java_script_enabled=False, color_scheme=scheme, viewport=PHONE, has_touch=True
    )
    code = page.get_by_role("img", name="Code to scan: The ten-second pause")
    assert not code.is_visible()
    page.get_by_text("Show a code to scan").tap()
    (seen,) = decoded(Image.open(io.BytesIO(code.screenshot())))
    assert seen.text == f"{site.address}t/10s/"
    said = page.locator("[data-short-address]").inner_text()
    assert said == re.sub(r"^http://|/$", "", seen.text)


COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1; };"


@below_a_path
@pytest.mark.parametrize("way", ["tap", "press"])
def test_a_button_prints(way: str, open_page: Open) -> None:  # noqa: F811
    page = open_page("about/", viewport=PHONE, has_touch=True)
    page.add_init_script(COUNT_PRINTS)
    page.goto(page.url.replace("about/", EXERCISE))
    button = page.get_by_role("button", name="Print")
    box = button.bounding_box()
    assert box and box["height"] >= 44
    if way == "tap":
        button.tap()
    else:
        page.get_by_role("link", name="WhatsApp").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert page.evaluate("window.prints") == 1


@below_a_path
def test_no_button_promises_what_the_browser_cannot_do(open_page: Open) -> None:  # noqa: F811
    page = open_page(EXERCISE, java_script_enabled=False)
    assert not page.locator("[data-print]").is_visible()
    page = open_page("about/")
    page.add_init_script("window.print = undefined;")
    page.goto(page.url.replace("about/", EXERCISE))
    page.locator("[data-copy]").wait_for()
    assert not page.locator("[data-print]").is_visible()


# -------------------------------------------------------------------------- the sheet


def bare(text: str) -> str:
    """Letters and digits alone: lines break elsewhere on paper, and hyphens with them."""
    return re.sub(r"[\W_]", "", text)


def printed(tab: Tab, paper: str) -> pypdfium2.PdfDocument:
    """The page as it comes out of the printer, backgrounds and all."""
    pdf = tab.pdf(format=paper, prefer_css_page_size=False, print_background=True)
    return pypdfium2.PdfDocument(pdf)


def words_on(document: pypdfium2.PdfDocument) -> str:
    """All words of a printed document."""
    return "".join(page.get_textpage().get_text_range() for page in document)


def picture_of(document: pypdfium2.PdfDocument) -> Image.Image:
    """The first sheet as a picture."""
    picture: Image.Image = document[0].render(scale=SCALE).to_pil()
    return picture


def wanted(tab: Tab) -> list[str]:
    """What the sheet must hold, from the page itself."""
    parts = ["h1", "[data-promise]", "[data-facts]", "[data-safety]", "[data-right-now]"]
    parts += [
        ".note > ol li",
        "#words-you-can-use + ul li",
        "#when-it-gets-hard + p",
        ".note > p:has(+ [id^=alone])",
    ]
    texts = [text for part in parts for text in tab.locator(part).all_inner_texts()]
    return [*texts, "Staying Close", "Last tended", "CC BY 4.0"]


def check_sheet(tab: Tab, paper: str) -> str:
    """One side, whole and no more; gives back the address its code holds."""
    document = printed(tab, paper)
    words, where = words_on(document), f"{tab.url} on {paper}"
    assert len(document) == 1, f"{where} takes {len(document)} sheets"
    for text in wanted(tab):
        assert bare(text) in bare(words), f"{where} lacks: {text}"
    too_much = ("Why it might work", "Alone, together", "Send it to someone", "Show a code")
    for text in (*too_much, "What links here", "Also called", "Menu", "No cookies"):
        assert bare(text) not in bare(words), f"{where} also has: {text}"
    assert not PHONE_NUMBER.search(words), where
    (code,) = decoded(picture_of(document))
    corners = code.position
    width = dist(
        (corners.top_left.x, corners.top_left.y), (corners.top_right.x, corners.top_right.y)
    )
    assert width / MILLIMETRE >= 20, f"the code of {where} is too small to scan"
    for address in (code.text, tab.url):
        assert bare(address.removeprefix("http://")) in bare(words), f"{where}: {address}"
    return code.text


@below_a_path
def test_every_exercise_prints_on_one_side_and_its_code_leads_back(
    browser: Browser, site: Site
) -> None:
    """All of them, on both papers, without scripts."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for row in (row for row in ROWS if row.path.startswith("toolkit/")):
        tab.goto(site.address + row.path)
        address = {check_sheet(tab, paper) for paper in ("A4", "Letter")}
        assert address == {f"{site.address}t/{row.code}/"}
        tab.goto(address.pop())
        tab.wait_for_url(site.address + row.path)
    context.close()


@below_a_path
def test_a_sheet_is_legible_across_a_kitchen(open_page: Open) -> None:  # noqa: F811
    page = open_page(EXERCISE)
    page.emulate_media(media="print")
    sizes = page.locator(".note :is(p, li, h1, h2, span)").evaluate_all(
        "all => all.filter(one => one.checkVisibility())"
        ".map(one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96)"
    )
    assert len(sizes) > 15 and min(sizes) >= 10.5


@below_a_path
@pytest.mark.parametrize("chosen", ["system", "dark"])
def test_paper_is_black_on_white_from_the_dark_scheme_too(chosen: str, open_page: Open) -> None:  # noqa: F811
    page = open_page(EXERCISE, color_scheme="dark")
    page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", chosen)
    picture = picture_of(printed(page, "A4"))
    assert picture.convert("HSV").getchannel("S").getextrema() == (0, 0), "no colour at all"
    shades = picture.convert("L").histogram()
    assert shades[255] > 0.8 * sum(shades), "white paper"
    assert shades[0] > sum(shades[1:128]), "black ink"


@below_a_path
@pytest.mark.parametrize("path", ["defensiveness/", "defensiveness/stonewalling/", "film/"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_other_pages_print_as_their_text_alone(path: str, paper: str, open_page: Open) -> None:  # noqa: F811
    page = open_page(path)
    document = printed(page, paper)
    words = bare(words_on(document))
    for text in page.locator(".note > :is(h2, p):not(:has([data-evidence]))").all_inner_texts():
        for end in (bare(text)[:40], bare(text)[-40:]):  # a sheet may end between them
            assert end in words, text
    for text in ("Menu", "Skip to the text", "No cookies", "What links here", "On this page"):
        assert bare(text) not in words, text
    for sheet in document:
        width, _ = sheet.get_size()
        dark = sheet.render(scale=1).to_pil().convert("L").point(lambda v: 255 * (v < 200))
        left, _, right, _ = dark.getbbox()
        assert left >= 28 and right <= width - 28, "nothing is cut at the edge"
