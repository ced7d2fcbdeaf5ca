"""Read a built site into pages, blocks and links. Knows HTML, no generator.

A page is read once, by the standard library's parser, with the character
offset of everything we may later write beside. Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote, unquote, urljoin, urlsplit

# A link's context is the nearest of these around it.
BLOCKS = {"p", "li", "tr", "dt", "dd", "figcaption", "caption", "summary", "blockquote"}
BLOCKS |= {f"h{level}" for level in range(1, 7)}

# Links inside these are furniture, not prose.
SKIPPED_TAGS = {"nav", "script", "style", "template", "form", "button"}
SKIPPED_CLASSES = {"headerlink", "footnote-backref", "md-tags", "md-source-file", "toc"}

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# What a start tag closes without saying so (HTML, "optional tags").
CLOSES = {"li": {"p", "li"}, "tr": {"p", "td", "th", "tr"}, "td": {"p", "td", "th"}}
CLOSES |= {"th": CLOSES["td"], "dt": {"p", "dt", "dd"}, "dd": {"p", "dt", "dd"}}
CLOSES |= {tag: {"p"} for tag in (*BLOCKS - set(CLOSES), "ul", "ol", "table", "div", "pre")}

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Link:
    """One body link: where it points and which block it stands in."""

    href: str
    block: int
    """Index into `Page.blocks`."""


@dataclass
class Block:
    """A paragraph, list item, table row or caption, as runs of text."""

    tag: str
    id: str
    after_name: int
    """Offset just behind the tag's name, where an id can be written."""
    runs: list[tuple[str, int | None]] = field(default_factory=list)
    """Text, and the index of the link it belongs to."""

    @property
    def text(self) -> str:
        """The words of the block with single spaces."""
        return " ".join("".join(text for text, _ in self.runs).split())


@dataclass(frozen=True)
class Heading:
    """A heading of the article that can be linked to."""

    level: int
    id: str
    start: int
    text: str


@dataclass(frozen=True)
class Page:
    """One built page. `path` is its address below the site's root ("" is home)."""

    path: str
    html: str
    title: str
    meta: dict[str, str]
    ids: frozenset[str]
    links: tuple[Link, ...]
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    references: tuple[str, ...]
    """Every href and src of the whole page, furniture included, in order."""
    place: int
    """Offset at which a list of backlinks belongs."""
    place_kind: str
    """What the template asked for there: "", "page" or "sections"."""
    refresh: str
    """Where a redirect stub leads, or ""."""

    @property
    def kind(self) -> str:
        """What the page is (concept, exercise …), or "" when it does not say."""
        return self.meta.get("garden:kind", "")


class _Reader(HTMLParser):
    """Collects what `Page` holds. Offsets count characters of the source."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = html
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", html))]
        self.article_mark = _article_mark(html)
        self.stack: list[tuple[str, bool, int | None, int | None]] = []
        self.ids: set[str] = set()
        self.references: list[str] = []
        self.meta: dict[str, str] = {}
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.heading_blocks: list[tuple[int, int]] = []
        self.article_depth = -1
        self.place = -1
        self.place_kind = ""
        self.refresh = ""
        self.titles: dict[str, list[str]] = {"h1": [], "title": []}
        self.feed(html)
        self.close()

    # ------------------------------------------------------------- the parser's events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._close_implied(tag)
        self._note_anywhere(tag, values)
        parent_skips, block, link = self._context()
        skips = parent_skips or tag in SKIPPED_TAGS or "data-generated" in values
        skips = skips or bool(SKIPPED_CLASSES & set(values.get("class", "").split()))
        if self.article_depth < 0 and self.article_mark in (tag, "role=" + values.get("role", "")):
            self.article_depth = len(self.stack)
        elif self._in_article() and not skips:
            block, link = self._note_in_article(tag, values, block, link)
        if tag not in VOID:
            self.stack.append((tag, skips, block, link))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == tag:
                if depth == self.article_depth:
                    self._end_article()
                del self.stack[depth:]
                return

    def handle_data(self, data: str) -> None:
        open_tags = [entry[0] for entry in self.stack[-4:]]
        for name, pieces in self.titles.items():
            if name in open_tags:
                pieces.append(data)
        skips, block, link = self._context()
        if self._in_article() and not skips and block is not None:
            self.blocks[block].runs.append((data, link))

    # ------------------------------------------------------------------------ helpers

    def _position(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def _in_article(self) -> bool:
        return 0 <= self.article_depth < len(self.stack)

    def _context(self) -> tuple[bool, int | None, int | None]:
        return self.stack[-1][1:] if self.stack else (False, None, None)

    def _close_implied(self, tag: str) -> None:
        closes = CLOSES.get(tag, set())
        while self.stack and self.stack[-1][0] in closes:
            self.stack.pop()

    def _note_anywhere(self, tag: str, values: dict[str, str]) -> None:
        self.ids |= {v for v in (values.get("id"), tag == "a" and values.get("name")) if v}
        self.references += [values[name] for name in ("href", "src") if values.get(name)]
        if tag == "meta" and "name" in values:
            self.meta[values["name"]] = values.get("content", "")
        if tag == "link" and values.get("rel") == "canonical":
            self.meta["canonical"] = values.get("href", "")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.refresh = values.get("content", "").partition("=")[2].strip("'\" ")
        if "data-backlinks" in values:
            self.place_kind = values["data-backlinks"] or "page"
            self.place = self._position() + len(self.get_starttag_text() or "")

    def _note_in_article(
        self, tag: str, values: dict[str, str], block: int | None, link: int | None
    ) -> tuple[int | None, int | None]:
        if tag in BLOCKS or (block is None and tag == "div"):
            self.blocks.append(Block(tag, values.get("id", ""), self._position() + 1 + len(tag)))
            block, link = len(self.blocks) - 1, None
            if re.fullmatch("h[1-6]", tag):
                self.heading_blocks.append((block, self._position()))
        if tag in ("a", "area") and "href" in values and block is not None:
            link = len(self.links)
            self.links.append(Link(values["href"], block))
        if tag == "img" and block is not None:
            self.blocks[block].runs.append((values.get("alt", ""), link))
        if tag in ("td", "th", "br") and block is not None:
            self.blocks[block].runs.append((" ", None))
        return block, link

    def _end_article(self) -> None:
        if self.place < 0:
            self.place = self._position()
        self.article_depth = len(self.source)  # nothing after it is in an article


def _article_mark(html: str) -> str:
    """How this page marks its text: its first <article>, else <main>, role=main, <body>."""
    seen = COMMENT.sub("", html)
    for pattern, mark in ((r"<article\b", "article"), (r"<main\b", "main")):
        if re.search(pattern, seen, re.IGNORECASE):
            return mark
    return "role=main" if re.search(r"""\brole=["']?main\b""", seen) else "body"


def read_page(path: str, html: str) -> Page:
    """Read one page's HTML. Never fails: odd HTML gives fewer links, not an error."""
    reader = _Reader(html)
    headings = tuple(
        Heading(int(reader.blocks[b].tag[1]), reader.blocks[b].id, start, reader.blocks[b].text)
        for b, start in reader.heading_blocks
    )
    title = " ".join("".join(reader.titles["h1"] or reader.titles["title"]).split())
    return Page(
        path=path,
        html=html,
        title=title or path,
        meta=reader.meta,
        ids=frozenset(reader.ids),
        links=tuple(reader.links),
        blocks=tuple(reader.blocks),
        headings=headings,
        references=tuple(reader.references),
        place=reader.place,
        place_kind=reader.place_kind,
        refresh=reader.refresh,
    )


def site_path(file: Path) -> str:
    """The address of a built file below the root: `a/index.html` is `a/`."""
    return re.sub(r"(^|/)index\.html$", r"\1", file.as_posix())


def html_files(site: Path) -> Iterator[Path]:
    """Every page of a built site in a stable order, error pages excluded."""
    return (f for f in sorted(site.rglob("*.html")) if f.name not in ("404.html", "search.html"))


def site_root(pages: dict[str, Page]) -> str:
    """The site's own address, from its pages' canonical links, with a last slash.

    Without any canonical link, a made-up address: relative links still resolve.
    """
    for path, page in pages.items():
        canonical = unquote(page.meta.get("canonical", ""))
        if canonical.endswith("/" + path):
            return canonical[: len(canonical) - len(path)]
    return "http://site.invalid/"


def resolve(root: str, page: str, href: str) -> tuple[str, str] | None:
    """Split a link into (site path, fragment), or None when it leaves the site.

    The path may name no page at all: the caller knows which pages there are.
    """
    parts = urlsplit(urljoin(urljoin(root, page), href))
    home = urlsplit(root)
    if (parts.netloc, parts.scheme) != (home.netloc, home.scheme):
        return None
    path = unquote(parts.path)
    base = unquote(home.path)
    if not (path + "/").startswith(base):
        return None
    return re.sub(r"(^|/)index\.html$", r"\1", path[len(base) :]), unquote(parts.fragment)


def find_page(pages: dict[str, Page], path: str) -> Page | None:
    """The page a path leads to, through a missing slash, `.html` or redirect stubs."""
    for _ in range(5):  # a redirect loop ends here
        page = pages.get(path) or pages.get(path + "/") or pages.get(path + ".html")
        if page is None or not page.refresh:
            return page
        target = resolve(site_root(pages), page.path, page.refresh)
        if target is None:
            return None
        path = target[0]
    return None


def read_site(site: Path) -> dict[str, Page]:
    """Every page of a built site by its address below the root."""
    found = {}
    for file in html_files(site):
        path = site_path(file.relative_to(site))
        found[path] = read_page(path, file.read_bytes().decode("utf-8"))
    return found


def write_site(site: Path, before: dict[str, Page], after: dict[str, str]) -> int:
    """Write the pages that changed; return how many.

    Called with everything already worked out; each file is replaced whole, so a
    crash leaves every page either as it was or as it should be.
    """
    changed = 0
    for file in html_files(site):
        path = site_path(file.relative_to(site))
        if path in after and after[path] != before[path].html:
            beside = file.with_suffix(".weaving")
            beside.write_bytes(after[path].encode("utf-8"))
            beside.replace(file)
            changed += 1
    return changed


def relative(source: str, target: str) -> str:
    """The address of one page as written on another, both below the same root."""
    folder = source if source.endswith("/") or not source else source.rpartition("/")[0]
    slash = "/" if target.endswith("/") or not target else ""
    return quote(relpath("/" + target, "/" + folder)) + slash
