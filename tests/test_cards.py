"""Preview cards: what a page looks like on somebody's phone before they open it."""

from __future__ import annotations

import re
import socket
from html import escape, unescape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from card_drawing import (
    HEIGHT,
    LEADING,
    LINES,
    WIDTH,
    Card,
    backdrop,
    draw,
    face,
    layout,
    missing_letters,
    mix,
    read_style,
)
from cards import LOOKS, opening, pictures, preview_of, read_garden, weave
from conftest import PROJECT, Site, build
from site_files import read_site
from site_links import without_stubs
from site_pages import Page, read_page
from test_build import plant, project  # noqa: F401  (a fixture)

STYLE = read_style(PROJECT / "docs")
LETTERS = [c for c in map(chr, range(33, 0x2200)) if not missing_letters(STYLE.font, c)]
ROOT = "https://garden.example/sub/"
TAG = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">')


def note(path: str, title: str, **facts: str) -> Page:
    """One page of a garden below a path of its host, as a build leaves it."""
    meta = "".join(f'<meta name="garden:{k}" content="{escape(v)}">' for k, v in facts.items())
    head = f'<meta name="description" content="All about {escape(title)}.">{meta}'
    address = f'<link rel="canonical" href="{ROOT}{path}">'
    text = f"<article><h1>{escape(title)}</h1></article>"
    return read_page(path, f"<html><head>{head}{address}</head><body>{text}</body></html>")


def garden(*notes: Page) -> dict[str, Page]:
    """A garden with a home page."""
    return {page.path: page for page in (note("", "Staying Close", kind="home"), *notes)}


def tags(html: str) -> dict[str, str]:
    """The preview's tags of a page by name. No name may be given twice."""
    found = TAG.findall(html)
    assert len(found) == len(dict(found)), found
    return {name: unescape(content) for name, content in found}


# ------------------------------------------------------------------- the real garden


def test_each_note_has_a_picture_of_its_own(site: Site) -> None:
    pages = read_site(site.folder)
    own = [
        page
        for page in pages.values()
        if page.kind in LOOKS and "garden:quiet_title" not in page.meta
    ]
    assert {"exercise", "concept", "chapter"} < {page.kind for page in own}
    seen: dict[bytes, str] = {}
    for page in own:
        assert tags(page.html)["og:image"] == f"{site.address}{page.path}card.png"
        picture = (site.folder / page.path / "card.png").read_bytes()
        assert Image.open(BytesIO(picture)).size == (WIDTH, HEIGHT) == (1200, 630)
        assert len(picture) <= 40_000, f"{page.path}: heavier than a messenger likes"
        assert seen.setdefault(picture, page.path) == page.path


def test_every_page_says_everything_a_messenger_asks(site: Site) -> None:
    for path, page in without_stubs(read_site(site.folder)).items():
        said = tags(page.html)
        assert {f"og:{name}" for name in ("title", "description", "url", "image")} <= set(said)
        assert said["og:url"] == site.address + path
        assert said["twitter:image"] == said["og:image"]
        assert said["og:image"].startswith(site.address)
        assert said["og:image:alt"] and len(said["og:title"]) <= 60, path


def test_a_quiet_title_goes_from_the_front_matter_to_the_preview(
    project: Path,  # noqa: F811
) -> None:
    """The one thing the template has to hand over, or the page's own name is shown."""
    plant(project, "help/index", "concept", "Frightening words", "See [all](../area/index.md).")
    file = project / "docs/help/index.md"
    text = file.read_text("utf-8").replace("stage:", "quiet_title: Help and support\nstage:")
    file.write_text(text, "utf-8")
    build(project / "site", ROOT, project)
    said = tags((project / "site/help/index.html").read_text("utf-8"))
    assert said["og:title"] == said["twitter:title"] == "Help and support"
    assert said["og:image"] == ROOT + "card-plain.png"
    assert "Frightening" not in " ".join(said.values())


# ------------------------------------------------------------------------- the tags


def test_a_page_where_being_seen_is_a_risk_looks_like_any_other() -> None:
    quiet = note("x/", "Frightening words", kind="concept", quiet_title="Help and support")
    other = note("y/", "More of them", kind="help", quiet_title="Help and support")
    pages = garden(quiet, other)
    assert "Frightening" not in " ".join(tags(weave(pages)["x/"]).values())
    card = preview_of(quiet, read_garden(pages)).card
    assert card == preview_of(other, read_garden(pages)).card
    assert card.texts.split() == ["Staying", "Close", "Staying", "Close"], "the garden's name only"


def test_pages_without_a_picture_of_their_own_share_the_gardens() -> None:
    woven = weave(garden(note("about/", "About", kind="about")))
    assert tags(woven["about/"])["og:image"] == tags(woven[""])["og:image"] == ROOT + "card.png"
    assert tags(woven["about/"])["og:title"] == "About"


def test_a_page_that_is_a_file_does_not_take_its_neighbours_picture() -> None:
    pages = garden(note("a/one.html", "One", kind="concept"), note("a/", "A", kind="concept"))
    named = [tags(html)["og:image"].removeprefix(ROOT) for html in weave(pages).values()]
    assert named == ["card.png", "a/one-card.png", "a/card.png"]
    assert set(pictures(pages, STYLE)) == set(named), "each is drawn, and nothing else"


def test_a_concept_shows_its_plain_name_large_and_its_term_small() -> None:
    pages = garden(note("a/", "Being tuned in (attunement)", kind="concept"))
    card = preview_of(pages["a/"], read_garden(pages)).card
    assert (card.title, card.below) == ("Being tuned in", "attunement")
    assert tags(weave(pages)["a/"])["og:title"] == "Being tuned in"


def test_an_exercise_shows_what_it_asks() -> None:
    facts = {"minutes": "1", "with": "either", "effort": "gentle"}
    pages = garden(note("a/", "Wait", kind="exercise", **facts))
    card = preview_of(pages["a/"], read_garden(pages)).card
    assert card.below == "1 minute · alone or together · gentle"
    alt = tags(weave(pages)["a/"])["og:image:alt"]
    assert alt.startswith("Wait. An exercise: 1 minute, alone or together, gentle. ")


def test_signs_of_html_in_a_title_arrive_as_they_are() -> None:
    woven = weave(garden(note("a/", 'Say "I & you" < three', kind="concept")))["a/"]
    assert tags(woven)["og:title"] == 'Say "I & you" < three'


def test_writing_twice_changes_nothing() -> None:
    once = weave(garden(note("a/", "A & B", kind="concept")))
    assert weave({path: read_page(path, html) for path, html in once.items()}) == once


def test_a_garden_without_an_address_has_previews_without_pictures() -> None:
    """No picture can be named whole, so none is named and none drawn."""
    page = read_page("a/", "<head></head><article><h1>A</h1></article>")
    assert tags(weave({"a/": page})["a/"])["og:title"] == "A"
    assert "og:image" not in weave({"a/": page})["a/"]
    assert pictures({"a/": page}, STYLE) == {}


def test_a_redirect_stays_as_it_was() -> None:
    stub = '<head><meta http-equiv="refresh" content="0; url=../a/"></head>'
    assert weave({"old/": read_page("old/", stub)})["old/"] == stub


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("Short, and two sentences. It stays.", "Short, and two sentences. It stays."),
        (
            "This is the first one. “And this another, no?” This" + " is too long" * 8,
            "This is the first one. “And this another, no?”",
        ),
        ("Too short. Then" + " a long one" * 10, "Too short. Then" + " a long one" * 10),
        ("It's" + " all one sentence" * 8, "It’s" + " all one sentence" * 8),
    ],
)
def test_a_long_description_ends_with_a_sentence(description: str, shown: str) -> None:
    assert opening(description) == shown


# --------------------------------------------------------------------- the pictures


@example(title="W" * 60, above="An exercise", below="a term " * 8)
@example(title=f"W {'W' * 26} W {'W' * 26} W", above="An exercise", below="a term " * 8)
@settings(max_examples=150, deadline=None)
@given(
    title=st.text([" ", *LETTERS], min_size=1, max_size=60).filter(str.strip),
    above=st.sampled_from(["", "An exercise"]),
    below=st.sampled_from(["", "30 minutes · alone or together · stretching", "a term " * 8]),
)
def test_any_title_fits_the_square_in_the_middle_whole(title: str, above: str, below: str) -> None:
    card = Card("Staying Close", title, "coral", "coral-soft", above, below)
    colours = mix(card, STYLE)
    lines = layout(card, STYLE.font, colours)
    titled = [line for line in lines if line.colour == colours.ink]
    assert "".join("".join(line.text for line in titled).split()) == "".join(title.split())
    assert len(titled) <= LINES
    pen = ImageDraw.Draw(Image.new("1", (WIDTH, HEIGHT)))
    foot = 0.0
    for line in filter(lambda line: line.text, lines):
        place, ink = (WIDTH / 2, line.middle), face(STYLE.font, line.size, line.weight)
        left, _, right, _ = pen.textbbox(place, line.text, ink, anchor="mm")
        assert 285 + 20 <= left <= right <= 915 - 20, f"'{line.text}' leaves the square"
        half = line.size * LEADING / 2
        assert foot <= line.middle - half + 0.01, f"'{line.text}' stands on the line above"
        foot = line.middle + half
    assert foot < HEIGHT


def test_words_are_broken_only_where_they_could_not_be_read_otherwise() -> None:
    card = Card("G", "Incomprehensibilities and responsibilities", "dusk", "dusk-soft")
    texts = [line.text for line in layout(card, STYLE.font, mix(card, STYLE)) if line.text]
    assert texts[:2] == ["Incomprehensibilities", "and responsibilities"]


def test_the_same_card_gives_the_same_bytes() -> None:
    card = Card("Staying Close", "Wait", "dusk", "dusk-soft", "A concept")
    once = draw(card, STYLE)
    draw.cache_clear()
    backdrop.cache_clear()
    face.cache_clear()
    assert draw(card, STYLE) == once


@pytest.mark.parametrize(
    ("roofs", "haze"),
    [("coral", "coral-soft"), ("dusk", "dusk-soft"), ("gold", "gold-soft"), ("silhouette", "line")],
)
def test_few_colours_do_not_change_the_gardens_own(roofs: str, haze: str) -> None:
    """Pillow takes the nearest colour of a palette, and once took grey for paper."""
    card = Card("Staying Close", "Wait", roofs, haze)
    picture = Image.open(BytesIO(draw(card, STYLE))).convert("RGB")
    colours = mix(card, STYLE)
    places = {(3, 3): colours.paper, (600, 625): colours.near, (600, 395): colours.sun}
    assert {place: picture.getpixel(place) for place in places} == places


def test_pictures_are_drawn_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a card asked for the network")

    draw.cache_clear()
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(pictures(garden(note("a/", "A", kind="concept")), STYLE)) == 2


def test_a_letter_we_cannot_draw_is_named_with_its_page() -> None:
    with pytest.raises(ValueError, match=r"a/: our typeface has no '→' \(U\+2192\)"):
        pictures(garden(note("a/", "From me → you", kind="concept")), STYLE)


def test_a_title_nobody_could_read_is_named_with_its_page() -> None:
    with pytest.raises(ValueError, match=r"a/: the title 'm+' is too long for a preview card"):
        pictures(garden(note("a/", "m" * 300, kind="concept")), STYLE)


def test_a_missing_typeface_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no .*literata-roman\.woff2: preview cards"):
        read_style(tmp_path)
