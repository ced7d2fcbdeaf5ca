"""Search: what it finds, what it costs, and that everyone can use it.

The tables of queries are what readers type, with the pages that answer. The first was
known while search was made; the second was written by someone else and held back; the
third came last, and its failures were mended by kind. None may be copied into aliases,
questions or the data file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bench_search import TABLES, rows
from conftest import PROJECT, Site
from site_files import read_site
from site_links import without_stubs
from test_reader import DESK, PHONE, Open, open_page  # noqa: F401  (a fixture)

SCRIPTS = PROJECT / "docs/assets/javascripts"
RESULTS = "a[data-result]"

# Makes the whole engine in a page, without the dialog, and answers many queries at once.
ENGINE = """async (root) => {
  const scripts = `${root}assets/javascripts/`;
  const { Engine } = await import(`${scripts}search-engine.js`);
  const { Texts } = await import(`${scripts}search-texts.js`);
  const { answer } = await import(`${scripts}search-answer.js`);
  const read = (name) => fetch(`${root}search/${name}`).then((r) => r.json());
  const first = await read("names.json");
  const engine = new Engine(first.words);
  engine.addPages(first.pages);
  const texts = new Texts(engine);
  for (const name of first.more) {
    const pages = await read(name);
    if (name.startsWith("text")) texts.add(pages);
    else engine.addPages(pages);
  }
  window.ask = (queries) => queries.map((query) => {
    const { groups } = answer(engine, query);
    return groups.flatMap(({ results }) => results).map(({ path }) => path);
  });
  return first.pages;
}"""

at_root = pytest.mark.parametrize("site", ["/"], indirect=True)  # ranking has no address


@pytest.fixture
def engine(browser: Browser, site: Site) -> Iterator[Page]:
    """A page with the whole index in it and `window.ask`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.address + "about/")
    page.evaluate(ENGINE, site.address)
    yield page
    context.close()


def ask(engine: Page, queries: list[str]) -> list[list[str]]:
    """The results of each query, best first, as page addresses without a section."""
    found: list[list[str]] = engine.evaluate("queries => window.ask(queries)", queries)
    return [[path.partition("#")[0].rstrip("/") for path in paths] for paths in found]


# ---------------------------------------------------------------------------- finding


@at_root
@pytest.mark.parametrize("name", TABLES)
def test_the_page_that_answers_comes_first(name: str, engine: Page) -> None:
    asked = rows(name)
    found = ask(engine, [query for query, _ in asked])
    first = sum(paths[0] in good for (_, good), paths in zip(asked, found, strict=True) if paths)
    three = sum(bool(good & set(p[:3])) for (_, good), p in zip(asked, found, strict=True))
    assert first / len(asked) >= 0.85, f"{first} of {len(asked)} first"
    assert three / len(asked) >= 0.95, f"{three} of {len(asked)} in the first three"


def test_no_query_of_the_tables_is_planted() -> None:
    """Questions of the notes are not copies of the rows that measure search."""
    planted = "".join(p.read_text("utf-8").lower() for p in PROJECT.glob("docs/**/*.md"))
    planted += (PROJECT / "data/search_words.yml").read_text("utf-8")
    for name in TABLES:
        long = [query for query, _ in rows(name) if len(query.split()) >= 6]
        assert [query for query in long if f"- {query}\n" in planted] == []


def slips(name: str, chance: random.Random) -> list[str]:
    """A name with one typing error of each sort: a letter too many, too few, other, swapped."""
    letter = chance.choice(string.ascii_lowercase)
    at = chance.randrange(len(name) - 1)
    return [
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    ]


@at_root
@pytest.mark.parametrize("seed", range(3))
def test_a_slip_in_any_name_still_finds_its_page(seed: int, engine: Page, site: Site) -> None:
    chance = random.Random(seed)
    pages = json.loads((site.folder / "search/names.json").read_text("utf-8"))["pages"]
    wanted = [
        (slip, page["path"].rstrip("/"))
        for page in pages
        for name in [page["title"], page.get("term"), *page.get("aliases", ())]
        if name
        for slip in slips(name.lower(), chance)
    ]
    found = ask(engine, [slip for slip, _ in wanted])
    lost = [w for w, paths in zip(wanted, found, strict=True) if w[1] not in paths[:3]]
    assert lost == []


@at_root
def test_words_of_danger_put_help_first(engine: Page) -> None:
    danger = """he hits me
my husband slapped me last night
she punched our son
I'm scared of him
terrified of my girlfriend when she drinks
I don’t want to be here
i wnat to die
sucidal
thinking of killing myself
she threatens to hurt herself if i go
he strangled me once
he goes through my phone
she controls my money
he won't let me leave the house
he stops me seeing my mum
i hit my wife
frightened to go home
he makes me have sex
is this domestic abuse
my ex follows me everywhere""".splitlines()
    found = ask(engine, danger)
    assert [q for q, paths in zip(danger, found, strict=True) if paths[0] != "help"] == []


@at_root
def test_words_that_only_sound_like_danger_do_not(engine: Page) -> None:
    harmless = """scared to tell him how i feel
i bit her head off and now i dont know what to say
scared of losing her
afraid of him leaving
fear of intimacy
he pushes me away
i beat myself up about it
he hurt my feelings
i feel attacked when she asks
check in with my partner
killing time together
self control
dying to see her""".splitlines()
    found = ask(engine, harmless)
    assert [q for q, paths in zip(harmless, found, strict=True) if paths[0] == "help"] == []


@at_root
def test_ordinary_words_never_come_back_empty(engine: Page, site: Site) -> None:
    chance = random.Random(1)
    text = (site.folder / "search/text-1.json").read_text("utf-8").lower()
    words = sorted(set(re.findall(r"\b[a-z]{2,12}\b", text)))
    queries = [" ".join(chance.choices(words, k=chance.randint(2, 9))) for _ in range(300)]
    queries += ["what is this", "who are you", "i just do not know", "the bus was late again"]
    assert [q for q, paths in zip(queries, ask(engine, queries), strict=True) if not paths] == []


@at_root
@pytest.mark.parametrize(
    "query, scene",
    [
        ("carried to the beach in a pocket", "film/#"),
        ("they sit on the roof at dawn", "film/#"),
        ("lunch with catherine", "film/#"),
        ("letters for strangers", "film/#other-peoples-letters"),
    ],
)
def test_a_scene_is_found_by_what_happens_in_it(query: str, scene: str, engine: Page) -> None:
    (found,) = engine.evaluate("queries => window.ask(queries)", [query])
    assert any(path.startswith(scene) for path in found[:3]), found


# ------------------------------------------------------------------------------ costs


def test_search_costs_nothing_until_it_is_used(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(site.address + "about/")
    page.wait_for_load_state("networkidle")
    before = [path for path in asked if "/search" in path or "/vendor/" in path]
    assert [Path(path).name for path in before] == ["search.js"], "the opener only"
    page.keyboard.press("/")
    page.keyboard.type("stonewalling")
    page.locator(RESULTS).first.wait_for()
    assert any(path.endswith("search/names.json") for path in asked)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert "stonewalling" not in page.url + "".join(asked)
    context.close()


@at_root
def test_index_and_engine_are_small(site: Site) -> None:
    files = [*(site.folder / "search").glob("*.json")]
    files += [*SCRIPTS.glob("search*.js"), *SCRIPTS.glob("vendor/*.js")]
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in files}
    notes = len(without_stubs(read_site(site.folder)))
    # 120 KB for the garden of 78 pages this was written in; a new note may bring its share.
    assert sum(sizes.values()) <= max(120_000, notes * 120_000 // 78), sizes


def test_the_libraries_are_what_their_readme_says() -> None:
    readme = (SCRIPTS / "vendor/README.txt").read_text("utf-8")
    for file in (SCRIPTS / "vendor").glob("*.js"):
        _, _, about = readme.partition(f"\n{file.name} ")
        stated = re.search(r"sha256 of the file here\s+(\w{64})", about)
        assert stated and stated[1] == hashlib.sha256(file.read_bytes()).hexdigest(), file.name


# ----------------------------------------------------------------------------- dialog


def search(page: Page, query: str) -> None:
    """Open the search by its key and type, without waiting for anything."""
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.locator(RESULTS).first.wait_for()


def test_the_whole_way_by_keyboard(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    search(page, "defensivness")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_be_visible()
    address = chosen.get_attribute("href") or ""
    assert "/defensiveness/" in address
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    page.go_back()
    page.wait_for_url("**/about/")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_enter_opens_the_best_result(open_page: Open) -> None:  # noqa: F811
    page = open_page("")
    search(page, "ten second rule")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolkit/ten-second-rule/")


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_it_opens_by_key_and_closes_by_escape_where_one_was(key: str, open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    link = page.locator("article a:visible").first
    link.focus()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Search the garden")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_a_slash_in_the_field_is_a_slash(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    page.keyboard.press("/")
    page.keyboard.type("and/or")
    expect(page.get_by_role("combobox")).to_have_value("and/or")


def test_back_closes_it_and_stays_on_the_page(open_page: Open) -> None:  # noqa: F811
    page = open_page("toolkit/")
    page.goto(page.url.replace("toolkit/", "about/"))
    for _ in range(2):
        search(page, "clingy")
        page.go_back()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.url.endswith("/about/")
    page.go_back()
    page.wait_for_url("**/toolkit/")


def test_closing_leaves_no_step_behind(open_page: Open) -> None:  # noqa: F811
    page = open_page("toolkit/")
    page.goto(page.url.replace("toolkit/", "about/"))
    search(page, "clingy")
    page.keyboard.press("Escape")
    page.evaluate(
        "() => new Promise((done) => { const look = () => history.state ? "
        "setTimeout(look, 20) : done(); look(); })"
    )
    page.go_back()
    page.wait_for_url("**/toolkit/")


def test_by_touch_on_a_small_phone(open_page: Open) -> None:  # noqa: F811
    small = {"width": 320, "height": 568}
    page = open_page("about/", viewport=small, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Search").tap()
    page.get_by_role("combobox").fill("he shuts down when i cry")
    first = page.locator(RESULTS).first
    first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in [first, page.get_by_role("button", name="Close")]:
        box = target.bounding_box()
        assert box and box["height"] >= 44 and box["x"] + box["width"] <= 320
    address = first.get_attribute("href") or ""
    first.tap()
    page.wait_for_url(address)


def test_results_say_what_they_are(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    search(page, "count to ten before i speak")
    result = page.locator(f"{RESULTS}[data-kind=exercise]").first
    expect(result).to_contain_text("Exercise · 1 minute · alone · budding")
    expect(page.locator(f"{RESULTS} mark").first).to_be_visible()
    marked = page.locator(f"{RESULTS} mark").all_inner_texts()
    assert {word.lower() for word in marked} & {"ten", "count", "speak"}
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ results?$"))
    page.get_by_role("combobox").fill("how to calm down in a quarrel")
    groups = page.get_by_role("listbox").get_by_role("group")
    expect(groups.first).to_have_accessible_name("Best matches")
    expect(groups.nth(1)).to_have_accessible_name(re.compile("Exercises|Concepts|Chapters|Film"))


def test_the_matching_section_opens(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    search(page, "110 couples who kept diaries trust dipped")
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("#"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#*")
    expect(page.locator(":target")).to_be_visible()


def test_when_nothing_fits_there_are_ways_on(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    page.keyboard.press("/")
    page.keyboard.type("zxqvbnm")
    status = page.get_by_role("status").first
    expect(status).to_have_text("Nothing here under those words.")
    page.get_by_role("dialog").get_by_role("link", name="A to Z").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A to Z")


def test_a_failed_fetch_is_said_and_tried_again(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/")
    page.route("**/search/names.json", lambda route: route.abort())
    page.keyboard.press("/")
    expect(page.get_by_role("status").first).to_contain_text("A to Z below works without it")
    page.unroute("**/search/names.json")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    search(page, "clingy")


@at_root
def test_a_name_typed_whole_brings_its_own_page_first(engine: Page, site: Site) -> None:
    names = json.loads((site.folder / "search/names.json").read_text("utf-8"))["pages"]
    notes = [page for page in names if page["path"]]
    wanted = [(page["path"].rstrip("/"), page.get("term") or page["title"]) for page in notes]
    found = ask(engine, [name for _, name in wanted])
    wrong = [
        (name, paths[:2])
        for (path, name), paths in zip(wanted, found, strict=True)
        if paths[0] not in (path, "help")
    ]
    assert wrong == []


def test_nothing_typed_or_written_becomes_html(open_page: Open) -> None:  # noqa: F811
    bad = "<img src=x onerror=\"document.title='bad'\">"

    def spoil(route: Any) -> None:
        answer = route.fetch()
        names = answer.json()
        names["pages"][0] |= {
            "title": f"Clingy {bad}",
            "aliases": [f"clingy {bad}"],
            "about": f"Clingy {bad}",
        }
        route.fulfill(response=answer, json=names)

    page = open_page("about/")
    page.route("**/search/names.json", spoil)
    search(page, f"clingy {bad}")
    expect(page.locator(RESULTS).filter(has_text="onerror").first).to_be_visible()
    assert page.locator("dialog img").count() == 0
    assert page.title() != "bad"


@at_root
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_the_dialog(viewport: Any, scheme: str, open_page: Open) -> None:  # noqa: F811
    page = open_page("about/", viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    search(page, "why does he go quiet")
    page.keyboard.press("ArrowDown")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.get_by_role("combobox").fill("zxqvbnm")
    expect(page.locator(RESULTS)).to_have_count(0)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


# ---------------------------------------------------------------------- without scripts


def test_without_scripts_search_leads_to_the_a_to_z(open_page: Open) -> None:  # noqa: F811
    page = open_page("about/", java_script_enabled=False, viewport=PHONE)
    page.get_by_role("link", name="Search").first.click()
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="C").click()
    line = page.get_by_role("listitem").filter(has_text="clingy: see").first
    line.get_by_role("link").click()
    assert page.url.endswith("attachment/anxious-attachment/")


def test_help_is_in_the_a_to_z_under_its_own_words(open_page: Open) -> None:  # noqa: F811
    page = open_page("a-to-z/", java_script_enabled=False)
    for word in ("abuse", "suicide", "afraid of my partner", "self-harm"):
        line = page.get_by_role("listitem").filter(has_text=f"{word}: see Help now")
        assert line.count() >= 1, word
