"""Read a built site into pages, blocks and links. Knows HTML, no generator.

Lexbor, the parser behind selectolax, reads HTML as browsers do and a hundred times
faster than Python's own, but does not say where in the text a tag stood. So each
start tag of the article is first stamped with its place (`data-at="1234"`), in a
copy made only to be parsed. Whatever is written later goes into the original, at
exactly these places, and every other character stays as it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

# A link's context is the nearest of these around it.
HEADINGS = {f"h{level}" for level in range(1, 7)}
BLOCKS = {"p", "li", "tr", "dt", "dd", "figcaption", "caption", "summary", "blockquote"} | HEADINGS

# Links inside these are furniture, not prose.
SKIPPED_TAGS = {"nav", "script", "style", "template", "form", "button"}
SKIPPED_CLASSES = {"headerlink", "footnote-backref", "md-tags", "md-source-file", "toc"}

# Text that only looks like tags.
OPAQUE = re.compile(r"<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>", re.DOTALL | re.I)
START_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*)([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>""")
# Where a page's text may begin, the best sign first.
MAINS = [
    re.compile(r"<(article)\b", re.I),
    re.compile(r"<(main)\b", re.I),
    re.compile(r"""<(\w+)\b[^>]*\brole=["']?main\b""", re.I),
    re.compile(r"<(body)\b", re.I),
]
ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
NAME = re.compile(r"""\sname\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
BODY = re.compile(r"<body\b", re.I)
PLACE = re.compile(r"""<(\w+)\b[^>]*\sdata-backlinks(?:=["']?(\w*)["']?)?[^>]*>""")


@dataclass(frozen=True)
class Link:
    """One body link: where it points and which block it stands in."""

    href: str
    block: int
    """Index into `Page.blocks`."""


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, table row or caption that holds a link."""

    tag: str
    id: str
    """Its own id, or the one it would be given."""
    has_id: bool
    at: int
    """Where its start tag begins."""
    runs: tuple[tuple[str, int | None], ...]
    """Its text with single spaces, in pieces, each with the link it belongs to."""

    @property
    def text(self) -> str:
        """The words of the block."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class Heading:
    """A heading of the article."""

    level: int
    id: str
    at: int
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and the text under it, up to the next heading of any level."""

    level: int
    """0 for what stands before the first heading."""
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Page:
    """One built page. `path` is its address below the site's root ("" is home)."""

    path: str
    html: str
    title: str
    meta: dict[str, str]
    """Its named <meta> elements, and `canonical`."""
    links: tuple[Link, ...]
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    anchors: dict[str, int]
    """Every id of the article, and where it first stands."""
    place: int
    """Where a list of backlinks belongs: the template's place, else the article's end."""
    place_kind: str
    """What the template asked for there: "", "page" or "sections"."""
    refresh: str
    """Where a redirect stub leads, or ""."""

    @property
    def kind(self) -> str:
        """What the page is (concept, exercise …), or "" when it does not say."""
        return self.meta.get("garden:kind", "")

    def listed(self, key: str) -> list[str]:
        """The names a <meta> element holds, such as garden:aliases; none where it is missing."""
        return [name for name in self.meta.get(key, "").split("|") if name]

    def section_of(self, fragment: str) -> Heading | None:
        """The heading a fragment names or lies under, if any."""
        at = self.anchors.get(fragment, -1)
        above = [heading for heading in self.headings if heading.id and heading.at <= at]
        return above[-1] if above else None


# ---------------------------------------------------------------------------- reading


def read_page(path: str, html: str) -> Page:
    """Read one page's HTML. Never fails: odd HTML gives fewer links, not an error."""
    start, end, article = find_article(html)
    anchors: dict[str, int] = {}
    tree = LexborHTMLParser(START_TAG.sub(lambda tag: _stamp(tag, start, anchors), article))
    body = BODY.search(html)
    head = LexborHTMLParser(html[: body.start() if body else len(html)])
    links, blocks = _read_links(tree, article)
    title = tree.css_first("h1") or head.css_first("title")
    place = PLACE.search(article) if "data-backlinks" in article else None
    return Page(
        path=path,
        html=html,
        title=_words(title) if title else path,
        meta=_read_meta(head),
        links=links,
        blocks=blocks,
        headings=_read_headings(tree),
        anchors=anchors,
        place=start + place.end() if place else end,
        place_kind=(place[2] or "page") if place else "",
        refresh=_refresh_target(head.css_first("meta[http-equiv='refresh' i]")),
    )


def read_sections(html: str) -> tuple[Section, ...]:
    """The article in pieces, a piece for each heading; furniture and lists left out."""
    _, _, article = find_article(html)
    body = LexborHTMLParser(article).body
    pieces: list[tuple[int, str, str, list[str]]] = [(0, "", "", [])]
    for node, text in _told(body) if body else ():
        if node is not None:
            level, identity = int((node.tag or "h1")[1]), node.attributes.get("id") or ""
            pieces.append((level, identity, _words(node), []))
        else:
            pieces[-1][3].append(text)
    return tuple(
        Section(level, identity, title, " ".join("".join(texts).split()))
        for level, identity, title, texts in pieces
    )


def _told(node: LexborNode) -> Iterator[tuple[LexborNode | None, str]]:
    """What a node says, in order: its headings whole, and every other text.

    Of a generated list that is only what its `data-told` wants to be found by.
    """
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield None, child.text_content or ""
        elif _skips(child):
            yield from ((None, f" {told} ") for told in _told_by_lists(child))
        elif child.tag in HEADINGS:
            yield child, ""
        else:
            gap = " " if child.tag in BLOCKS | {"td", "th", "br", "div"} else ""
            yield None, gap
            yield from _told(child)
            yield None, gap


def _told_by_lists(node: LexborNode) -> Iterator[str]:
    """What generated lists in a node want to be found by."""
    for told in node.css("[data-told]"):
        yield told.attributes["data-told"] or ""


def blank_opaque(html: str) -> str:
    """The HTML with comments and scripts blanked out, every offset kept."""
    return OPAQUE.sub(lambda match: " " * len(match[0]), html)


def find_article(html: str) -> tuple[int, int, str]:
    """Where the page's text begins, where the tag that closes it stands, and the text.

    The text is the first <article>, else <main> or role=main, else <body>. Comments
    and scripts in it are blanked out. What stands before it is not read: a menu can
    be longer than everything else.
    """
    opening = next(filter(None, (_first(pattern, html) for pattern in MAINS)), None)
    if opening is None:
        return 0, len(html), blank_opaque(html)
    start, depth = opening.start(), 0
    seen = blank_opaque(html[start:])
    for match in re.compile(rf"<(/?){opening[1]}\b", re.I).finditer(seen):
        depth += -1 if match[1] else 1
        if depth == 0:
            return start, start + match.start(), seen[: match.start()]
    return start, len(html), seen


def _first(pattern: re.Pattern[str], html: str) -> re.Match[str] | None:
    """The first match that no comment or script holds."""
    for match in pattern.finditer(html):
        at = match.start()
        comment = html.rfind("<!--", 0, at) > html.rfind("-->", 0, at)
        if not comment and html.rfind("<script", 0, at) <= html.rfind("</script", 0, at):
            return match
    return None


def _stamp(tag: re.Match[str], start: int, anchors: dict[str, int]) -> str:
    """A start tag with its place, noting the anchor it may be."""
    name, attributes = tag.groups()
    at = start + tag.start()
    for anchor in anchors_of(name, attributes):
        anchors.setdefault(anchor, at)
    return f"<{name} data-at={at}{attributes}>"


def anchors_of(name: str, attributes: str) -> Iterator[str]:
    """What a start tag can be linked to by: its id, and the name of an <a>."""
    for match in (ID.search(attributes), NAME.search(attributes) if name in "aA" else None):
        if match:
            yield unescape(match[1] or match[2] or match[3] or "")


def _at(node: LexborNode) -> int:
    """Where a stamped tag stands in the original; -1 for one the parser made up."""
    return int(node.attributes.get("data-at") or -1)


def _read_meta(head: LexborHTMLParser) -> dict[str, str]:
    meta = {}
    for node in head.css("meta[name]"):
        meta[node.attributes["name"] or ""] = node.attributes.get("content") or ""
    canonical = head.css_first("link[rel=canonical]")
    if canonical:
        meta["canonical"] = canonical.attributes.get("href") or ""
    return meta


def _refresh_target(node: LexborNode | None) -> str:
    content = (node.attributes.get("content") or "") if node else ""
    return re.sub(r"^[^=]*=\s*[\"']?|[\"']?\s*$", "", content) if "=" in content else ""


def _read_headings(tree: LexborHTMLParser) -> tuple[Heading, ...]:
    found = []
    for node in tree.css("h1, h2, h3, h4, h5, h6"):
        if _at(node) >= 0 and not _is_furniture(node):
            identity = node.attributes.get("id") or ""
            found.append(Heading(int((node.tag or "h1")[1]), identity, _at(node), _words(node)))
    return tuple(found)


def _read_links(tree: LexborHTMLParser, article: str) -> tuple[tuple[Link, ...], tuple[Block, ...]]:
    """Every body link in order, and the blocks they stand in."""
    order: dict[int, int] = {}
    nodes: list[tuple[LexborNode, int]] = []
    links: list[Link] = []
    numbers: dict[int, int] = {}
    for node in tree.css("a[href], area[href]"):
        block, at = (None, -1) if _is_furniture(node) else _block_of(node)
        if block is None:
            continue
        if at not in order:
            order[at] = len(nodes)
            nodes.append((block, at))
        attributes = node.attributes
        numbers[int(attributes.get("data-at") or -1)] = len(links)
        links.append(Link(attributes["href"] or "", order[at]))
    taken: set[str] = set()
    return tuple(links), tuple(_read_block(n, at, numbers, article, taken) for n, at in nodes)


def _read_block(
    node: LexborNode, at: int, numbers: dict[int, int], article: str, taken: set[str]
) -> Block:
    """A block with its own id, or one made of its words, so that edits elsewhere keep it."""
    runs = _spaced(_runs(node, numbers))
    own = node.attributes.get("id")
    words = "".join(text for text, _ in runs)
    digest = hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()[:7]
    name, number = own or f"b-{digest}", 1
    while not own and (name in taken or f'"{name}"' in article):
        number += 1
        name = f"b-{digest}-{number}"
    taken.add(name)
    return Block(node.tag or "", name, bool(own), at, runs)


def _is_furniture(node: LexborNode | None) -> bool:
    """True for a node inside a menu, a form, a generated list and the like."""
    while node is not None:
        if _skips(node):
            return True
        node = node.parent
    return False


def _block_of(link: LexborNode) -> tuple[LexborNode | None, int]:
    """The block a link stands in, and where: the nearest known one, else its holder."""
    node = link.parent
    while node is not None and node.tag not in BLOCKS:
        node = node.parent
    at = _at(node) if node is not None else -1
    if at < 0:
        holder = link.parent
        whole = holder is None or holder.tag in ("article", "main", "body")
        node = link if whole else holder
        at = _at(node) if node is not None else -1
    return (node, at) if at >= 0 else (None, -1)


def _runs(node: LexborNode, numbers: dict[int, int]) -> Iterator[tuple[str, int | None]]:
    """The text of a block, without the blocks and furniture inside it."""
    own = numbers.get(_at(node)) if node.tag in ("a", "area") else None
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text_content or "", own
        elif child.tag == "img":
            yield child.attributes.get("alt") or "", own
        elif child.tag in ("td", "th", "br"):
            yield " ", None
            yield from _runs(child, numbers)
        elif (child.tag not in BLOCKS or own is not None) and not _skips(child):
            for text, link in _runs(child, numbers):
                yield text, own if link is None else link


def _spaced(runs: Iterable[tuple[str, int | None]]) -> tuple[tuple[str, int | None], ...]:
    """Runs with every stretch of white space as one space, and none at the ends."""
    spaced: list[tuple[str, int | None]] = []
    last = " "
    for text, link in runs:
        words = " ".join(text.split())
        if text[:1].isspace() and last != " ":
            words = " " + words
        if words.strip() and text[-1:].isspace():
            words += " "
        if words:
            spaced.append((words, link))
            last = words[-1]
    if last == " " and spaced:
        words, link = spaced.pop()
        spaced += [(words.rstrip(), link)] if words.strip() else []
    return tuple(spaced)


def _skips(node: LexborNode) -> bool:
    """True for a menu, a form, a generated list and the like themselves."""
    if node.tag in SKIPPED_TAGS or "data-generated" in node.attributes:
        return True
    return bool(SKIPPED_CLASSES & set((node.attributes.get("class") or "").split()))


def _words(node: LexborNode) -> str:
    """A node's own words, without signs like a heading's ¶."""
    return "".join(text for text, _ in _spaced(_runs(node, {})))
