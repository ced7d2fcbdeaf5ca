"""Draw a preview card: a page's name over the roofs of the film's last scene.

A messenger shows the card at 1200 × 630, or only the square in its middle, so every
word stays inside that square. Faces, colours and measures are the garden's own; a
card never needs the network, a clock or a library of the system.

Letters are set by Pillow's basic layout: the finer one (Raqm) needs a system library,
and a card drawn on two machines would not be the same file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MIDDLE = WIDTH // 2
MEASURE = 536
"""The longest line, in pixels: the square in the middle, less a margin on each side."""
TOP, FOOT = 40, 360
"""Between these stand the words; the sun comes up below."""
SMALL = (30, 28, 26)
"""The sizes of the small lines, in pixels: the largest that needs one line, or the first."""
LINES = 4
"""No title runs over more lines than this."""
SIZES = (*range(76, 38, -2), *range(38, 15, -1))
"""The sizes a title may have, in pixels, largest first."""
FEWER = 0.92
"""What a line less is worth: so much smaller a title may be for it."""
BOLD, PLAIN = 650, 500
"""The weights of a title and of everything else."""
UNBROKEN = 38
"""A title shrinks to this size before one of its words is broken instead."""
LEADING = 1.16
GAP = 20
"""Space above and below a title, in pixels."""
SIGN = 572
"""Where the garden's name stands on the nearest roof, in pixels from the top."""

FINER = 3
"""Roofs are drawn so many times as large and then made smaller, for smooth edges."""
SHADE = 24
"""How far apart the shades between two colours are. Closer than this, Pillow confuses them."""

# Each skyline from left to right, as (width, height above the foot) of its steps.
FAR = (
    (40, 196), (46, 226), (36, 210), (10, 252), (8, 268), (12, 252), (44, 200), (56, 236),
    (30, 204), (46, 250), (36, 218), (54, 178), (16, 190), (6, 214), (16, 190), (42, 166),
    (40, 150), (62, 128), (62, 70), (76, 70), (62, 70), (54, 118), (46, 146), (40, 180),
    (48, 206), (14, 228), (28, 240), (14, 228), (34, 176), (40, 222), (36, 238), (46, 200),
)  # fmt: skip
MID = (
    (64, 132), (58, 168), (40, 150), (54, 186), (70, 128), (46, 160), (54, 140), (58, 116),
    (40, 98), (232, 70), (46, 96), (66, 112), (52, 134), (58, 150), (60, 172), (64, 140),
    (60, 158), (78, 124),
)  # fmt: skip
NEAR = (
    (30, 82), (62, 94), (14, 118), (20, 94), (174, 82), (4, 122), (4, 136), (4, 122), (580, 82),
    (34, 108), (68, 82), (24, 100), (14, 128), (34, 100), (134, 82),
)  # fmt: skip
WINDOWS = (
    (76, 484), (166, 462), (182, 462), (182, 482), (298, 490), (314, 490), (400, 532),
    (770, 532), (856, 500), (872, 500), (916, 478), (932, 498), (1046, 512), (1090, 500),
)  # fmt: skip
"""The left upper corners of the lit windows in the middle row."""

# Two people from behind, as overrides/partials/rooftop.html has them: one sits
# upright, the other leans. Their outline; sun and heads as (x, y, radius); their necks.
PEOPLE = (
    (538, 550), (537, 532), (538, 518), (539, 505), (542, 494), (545, 485), (550, 478),
    (556, 473), (561, 470), (567, 469), (573, 468), (580, 468), (586, 469), (592, 470),
    (597, 473), (603, 478), (608, 485), (613, 488), (619, 484), (626, 481), (633, 480),
    (640, 481), (648, 483), (654, 486), (658, 491), (662, 497), (666, 504), (668, 512),
    (669, 520), (670, 529), (671, 538), (671, 550),
)  # fmt: skip
SUN = (600, 488, 104)
HEADS = ((577, 447, 21), (616, 464, 19))
NECKS = ((567, 447, 587, 480), (603, 470, 629, 500))


Colour = tuple[int, ...]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True)
class Card:
    """What one card says, and the two colours of tokens.css its roofs have."""

    garden: str
    title: str
    roofs: str
    haze: str
    above: str = ""
    below: str = ""

    @property
    def texts(self) -> str:
        """Every word on it."""
        return " ".join((self.garden, self.above, self.title, self.below))


@dataclass(frozen=True)
class Style:
    """The garden's typeface, as a font file's bytes, and the text of tokens.css."""

    font: bytes
    tokens: str

    def colour(self, name: str) -> Colour:
        """A colour of tokens.css by day."""
        found = re.search(rf"--{name}:\s*light-dark\((#\w+)", self.tokens)
        if not found:
            raise ValueError(f"tokens.css has no '--{name}: light-dark(#…': a card needs it")
        return ImageColor.getrgb(found[1])


class Colours(NamedTuple):
    """All the colours of one card. Everything between them is a smooth edge."""

    paper: Colour
    ink: Colour
    quiet: Colour
    near: Colour
    middle: Colour
    far: Colour
    sun: Colour
    lamp: Colour


def read_style(site: Path) -> Style:
    """The typeface and the colours of a built site. ValueError where one is missing."""
    font = site / "assets/fonts/literata-roman.woff2"
    tokens = site / "assets/stylesheets/tokens.css"
    for file in (font, tokens):
        if not file.is_file():
            raise ValueError(f"no {file}: preview cards are drawn with it; put it back in docs/")
    return Style(font.read_bytes(), tokens.read_text("utf-8"))


def mix(card: Card, style: Style) -> Colours:
    """The colours of a card: the garden's, and two lighter ones for roofs further away."""
    paper, ink, quiet, sun, lamp, near, haze = map(
        style.colour, ("paper", "ink", "ink-quiet", "sun", "mark", card.roofs, card.haze)
    )
    middle, far = blend(haze, near, 0.12), blend(haze, paper, 0.4)
    return Colours(paper, ink, quiet, near, middle, far, sun, lamp)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two; `share` is how much of the other, 0 to 1."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


# ----------------------------------------------------------------------------- words


@lru_cache(256)
def face(font: bytes, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The typeface at one size, in pixels, and one weight, 400 to 700."""
    found = ImageFont.truetype(BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
    found.set_variation_by_axes([weight])
    return found


def missing_letters(font: bytes, text: str) -> list[str]:
    """The letters of a text that the typeface cannot draw."""
    ink = face(font, SMALL[0], PLAIN)
    boxes = ((letter, ink.getbbox(letter)) for letter in dict.fromkeys(text) if letter != " ")
    return [letter for letter, (_, top, _, foot) in boxes if top == foot]


def check_letters(card: Card, font: bytes) -> None:
    """Raise ValueError for a letter the typeface cannot draw: it would be left out."""
    for letter in missing_letters(font, card.texts):
        raise ValueError(
            f"our typeface has no '{letter}' (U+{ord(letter):04X}), so no preview card can show "
            f"it ('{card.title}'). Say it without that letter, or cut "
            "docs/assets/fonts/literata-roman.woff2 anew with it"
        )


def wrap(words: Iterable[str], ink: ImageFont.FreeTypeFont, measure: int) -> list[str]:
    """Words set in lines no longer than `measure` pixels, but for a word that is."""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and ink.getlength(longer) > measure:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def pieces(word: str, ink: ImageFont.FreeTypeFont, measure: int) -> list[str]:
    """A word in as few pieces as lines of this measure ask for."""
    parts = [""]
    for letter in word:
        if parts[-1] and ink.getlength(parts[-1] + letter) > measure:
            parts.append("")
        parts[-1] += letter
    return parts


def balanced(words: Sequence[str], ink: ImageFont.FreeTypeFont) -> list[str]:
    """As few lines as the measure allows, and among those the most even ones."""
    count = len(wrap(words, ink, MEASURE))
    narrowest = bisect_left(
        range(MEASURE), True, key=lambda measure: len(wrap(words, ink, measure)) <= count
    )
    return wrap(words, ink, narrowest)


def fit(title: str, font: bytes, height: float) -> tuple[int, list[str]]:
    """The size at which a title reads best in this height, in pixels, and its lines.

    Raises ValueError where it would have to be smaller than anyone can read.
    """
    choices = []
    for count in range(1, LINES + 1):
        largest = bisect_left(SIZES, True, key=lambda size: _fits(title, font, size, count, height))
        if largest < len(SIZES):
            choices.append((SIZES[largest] * FEWER**count, SIZES[largest]))
    if not choices:
        raise ValueError(f"the title '{title}' is too long for a preview card; shorten it")
    size = max(choices)[1]
    ink = face(font, size, BOLD)
    return size, balanced(_words(title, ink), ink)


def _fits(title: str, font: bytes, size: int, count: int, height: float) -> bool:
    """True where a title of this size takes no more lines, height and width than it may."""
    ink = face(font, size, BOLD)
    words = _words(title, ink)
    if max(map(ink.getlength, words), default=0) > MEASURE or count * size * LEADING > height:
        return False
    return len(wrap(words, ink, MEASURE)) <= count


def _words(title: str, ink: ImageFont.FreeTypeFont) -> list[str]:
    """A title's words; in small type those too long for a line in pieces."""
    if ink.size >= UNBROKEN:
        return title.split()
    return [piece for word in title.split() for piece in pieces(word, ink, MEASURE)]


# --------------------------------------------------------------------------- picture


@dataclass(frozen=True)
class Line:
    """One line of words, centred. `middle` is in pixels from the card's top."""

    text: str
    middle: float
    size: int
    weight: int
    colour: Colour


def layout(card: Card, font: bytes, colours: Colours) -> list[Line]:
    """Where every line of a card stands: what it is, its name, what it asks, the garden."""
    above = SMALL[0] * LEADING + GAP if card.above else 0
    small, asked = _small(card.below, font)
    below = len(asked) * small * LEADING + GAP if asked else 0
    room = FOOT - TOP - above - below
    size, title = fit(card.title, font, room)
    high = len(title) * size * LEADING
    top = TOP + (room - high) / 2
    sign = card.garden if card.garden != card.title else ""
    return [
        *_lines([card.above], top, SMALL[0], PLAIN, colours.near),
        *_lines(title, top + above, size, BOLD, colours.ink),
        *_lines(asked, top + above + high + GAP, small, PLAIN, colours.quiet),
        *_lines([sign], SIGN, SMALL[0], PLAIN, colours.paper),
    ]


def _small(text: str, font: bytes) -> tuple[int, list[str]]:
    """A small text's size and lines: one line where a smaller size gives that."""
    sizes = (s for s in SMALL if face(font, s, PLAIN).getlength(text) <= MEASURE)
    size = next(sizes, SMALL[0])
    return size, balanced(text.split(), face(font, size, PLAIN)) if text else []


def _lines(
    texts: Sequence[str], start: float, size: int, weight: int, colour: Colour
) -> Iterator[Line]:
    """Lines of one size, one below the other."""
    for number, text in enumerate(texts):
        yield Line(text, start + (number + 0.5) * size * LEADING, size, weight, colour)


@lru_cache(512)
def draw(card: Card, style: Style) -> bytes:
    """A card as the bytes of a PNG. The same card gives the same bytes.

    Raises ValueError for a title that cannot be shown, saying how to mend it.
    """
    check_letters(card, style.font)
    colours = mix(card, style)
    picture = backdrop(colours).copy()
    pen = ImageDraw.Draw(picture)
    for line in layout(card, style.font, colours):
        ink = face(style.font, line.size, line.weight)
        pen.text((MIDDLE, line.middle), line.text, line.colour, ink, anchor="mm")
    file = BytesIO()
    picture = picture.quantize(palette=palette(colours), dither=Image.Dither.NONE)
    picture.save(file, "PNG", compress_level=7)  # 9 takes four times as long for 2 KB
    return file.getvalue()


@lru_cache
def palette(colours: Colours) -> Image.Image:
    """A card's colours and the shades between any two of them, as Pillow takes a palette."""
    shades = dict.fromkeys(colours)  # the colours themselves first, each once
    for one, other in combinations(colours, 2):
        steps = max(abs(a - b) for a, b in zip(one, other, strict=True)) // SHADE
        shades |= dict.fromkeys(blend(one, other, step / steps) for step in range(1, steps))
    found = Image.new("P", (1, 1))
    found.putpalette([value for shade in shades for value in shade])
    return found


@lru_cache
def backdrop(colours: Colours) -> Image.Image:
    """Paper, a low sun, three rows of roofs, and two people on the nearest."""
    picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), colours.paper)
    pen = ImageDraw.Draw(picture)
    _roofs(pen, FAR, colours.far)
    _circle(pen, *SUN, colours.sun)
    _roofs(pen, MID, colours.middle)
    for x, y in WINDOWS:
        _box(pen, (x, y, x + 8, y + 12), colours.lamp)
    _roofs(pen, NEAR, colours.near)
    pen.polygon([at * FINER for place in PEOPLE for at in place], colours.near)
    for head in HEADS:
        _circle(pen, *head, colours.near)
    for neck in NECKS:
        _box(pen, neck, colours.near)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def _roofs(pen: ImageDraw.ImageDraw, steps: Sequence[tuple[int, int]], colour: Colour) -> None:
    """A skyline across the whole card, down to its foot."""
    left = 0
    for width, height in steps:
        _box(pen, (left, HEIGHT - height, left + width, HEIGHT), colour)
        left += width


def _box(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, right, foot = (at * FINER for at in box)
    pen.rectangle((left, top, right - 1, foot - 1), colour)


def _circle(pen: ImageDraw.ImageDraw, x: int, y: int, radius: int, colour: Colour) -> None:
    pen.circle((x * FINER, y * FINER), radius * FINER, colour)
