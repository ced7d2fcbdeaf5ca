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
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote, unquote, urljoin, urlsplit

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
    """Its text in pieces, each with the index of the link it belongs to."""

    @property
    def text(self) -> str:
        """The words of the block with single spaces."""
        return " ".join("".join(text for text, _ in self.runs).split())


@dataclass(frozen=True)
class Heading:
    """A heading of the article."""

    level: int
    id: str
    at: int
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

    def section_of(self, fragment: str) -> Heading | None:
        """The heading a fragment names or lies under, if any."""
        at = self.anchors.get(fragment, -1)
        above = [heading for heading in self.headings if heading.id and heading.at <= at]
        return above[-1] if above else None


# ---------------------------------------------------------------------------- reading


def read_page(path: str, html: str) -> Page:
    """Read one page's HTML. Never fails: odd HTML gives fewer links, not an error."""
    seen = blank_opaque(html)
    start, end = article_span(seen)
    anchors: dict[str, int] = {}
    tree = LexborHTMLParser(START_TAG.sub(lambda tag: _stamp(tag, start, anchors), seen[start:end]))
    head = LexborHTMLParser(html[: start or len(html)])
    links, blocks = _read_links(tree, html)
    title = tree.css_first("h1") or head.css_first("title")
    place = PLACE.search(seen, start, end) if "data-backlinks" in seen else None
    return Page(
        path=path,
        html=html,
        title=_words(title) if title else path,
        meta=_read_meta(head),
        links=links,
        blocks=blocks,
        headings=_read_headings(tree),
        anchors=anchors,
        place=place.end() if place else end,
        place_kind=(place[2] or "page") if place else "",
        refresh=_refresh_target(head.css_first("meta[http-equiv='refresh' i]")),
    )


def blank_opaque(html: str) -> str:
    """The HTML with comments and scripts blanked out, every offset kept."""
    return OPAQUE.sub(lambda match: " " * len(match[0]), html)


def article_span(seen: str) -> tuple[int, int]:
    """Where the page's text begins, and where the end tag that closes it stands.

    The text is the first <article>, else <main> or role=main, else <body>.
    """
    opening = next(filter(None, (pattern.search(seen) for pattern in MAINS)), None)
    if opening is None:
        return 0, len(seen)
    depth = 0
    for match in re.compile(rf"<(/?){opening[1]}\b", re.I).finditer(seen, opening.start()):
        depth += -1 if match[1] else 1
        if depth == 0:
            return opening.start(), match.start()
    return opening.start(), len(seen)


def _stamp(tag: re.Match[str], start: int, anchors: dict[str, int]) -> str:
    """A start tag with its place, noting the anchor it may be."""
    name, attributes = tag.groups()
    at = start + tag.start()
    found = ID.search(attributes) or (NAME.search(attributes) if name in "aA" else None)
    if found:
        anchors.setdefault(unescape(found[1] or found[2] or found[3] or ""), at)
    return f"<{name} data-at={at}{attributes}>"


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


def _read_links(tree: LexborHTMLParser, html: str) -> tuple[tuple[Link, ...], tuple[Block, ...]]:
    """Every body link in order, and the blocks they stand in."""
    order: dict[int, int] = {}
    nodes: list[LexborNode] = []
    links: list[Link] = []
    numbers: dict[int, int] = {}
    for node in tree.css("a[href], area[href]"):
        block = None if _is_furniture(node) else _block_of(node)
        if block is None:
            continue
        if _at(block) not in order:
            order[_at(block)] = len(nodes)
            nodes.append(block)
        numbers[_at(node)] = len(links)
        links.append(Link(node.attributes["href"] or "", order[_at(block)]))
    taken: set[str] = set()
    return tuple(links), tuple(_read_block(node, numbers, html, taken) for node in nodes)


def _read_block(node: LexborNode, numbers: dict[int, int], html: str, taken: set[str]) -> Block:
    """A block with its own id, or one made of its words, so that edits elsewhere keep it."""
    runs = tuple(_runs(node, numbers))
    own = node.attributes.get("id")
    words = "".join(text for text, _ in runs).split()
    digest = hashlib.sha1(" ".join(words).encode(), usedforsecurity=False).hexdigest()[:7]
    name, number = own or f"b-{digest}", 1
    while not own and (name in taken or f'"{name}"' in html):
        number += 1
        name = f"b-{digest}-{number}"
    taken.add(name)
    return Block(node.tag or "", name, bool(own), _at(node), runs)


def _is_furniture(node: LexborNode | None) -> bool:
    """True for a node inside a menu, a form, a generated list and the like."""
    while node is not None:
        if node.tag in SKIPPED_TAGS or "data-generated" in node.attributes:
            return True
        if SKIPPED_CLASSES & set((node.attributes.get("class") or "").split()):
            return True
        node = node.parent
    return False


def _block_of(link: LexborNode) -> LexborNode | None:
    """The block a link stands in: the nearest known one, else what directly holds it."""
    node = link.parent
    while node is not None and node.tag not in BLOCKS:
        node = node.parent
    if node is None or _at(node) < 0:
        holder = link.parent
        whole = holder is None or holder.tag in ("article", "main", "body")
        node = link if whole else holder
    return node if node is not None and _at(node) >= 0 else None


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
        elif child.tag not in BLOCKS and not _skips(child):
            for text, link in _runs(child, numbers):
                yield text, own if link is None else link


def _skips(node: LexborNode) -> bool:
    if node.tag in SKIPPED_TAGS or "data-generated" in node.attributes:
        return True
    return bool(SKIPPED_CLASSES & set((node.attributes.get("class") or "").split()))


def _words(node: LexborNode) -> str:
    """A node's own words with single spaces, without signs like a heading's ¶."""
    return " ".join("".join(text for text, _ in _runs(node, {})).split())


# --------------------------------------------------------------------------- addresses


def site_path(file: Path) -> str:
    """The address of a built file below the root: `a/index.html` is `a/`."""
    return re.sub(r"(^|/)index\.html$", r"\1", file.as_posix())


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
    try:
        parts = urlsplit(urljoin(urljoin(root, page), href.strip()))
    except ValueError:  # such as "http://[half an address"
        return None
    home = urlsplit(root)
    if (parts.netloc, parts.scheme) != (home.netloc, home.scheme):
        return None
    path, base = unquote(parts.path), unquote(home.path)
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


def relative(source: str, target: str) -> str:
    """The address of one page as written on another, both below the same root."""
    folder = source if source.endswith("/") or not source else source.rpartition("/")[0]
    slash = "/" if target.endswith("/") or not target else ""
    return quote(relpath("/" + target, "/" + folder)) + slash


# ------------------------------------------------------------------------------- files


def html_files(site: Path) -> Iterator[Path]:
    """Every page of a built site in a stable order, error pages excluded."""
    return (f for f in sorted(site.rglob("*.html")) if f.name not in ("404.html", "search.html"))


def read_html(file: Path) -> str:
    """A file's text, its line ends as they are."""
    return file.read_bytes().decode("utf-8")


def read_site(site: Path) -> dict[str, Page]:
    """Every page of a built site by its address below the root."""
    found = {}
    for file in html_files(site):
        path = site_path(file.relative_to(site))
        found[path] = read_page(path, read_html(file))
    return found


def file_of(site: Path, path: str) -> Path:
    """The file behind a site path; the reverse of `site_path`."""
    return site / path if path.endswith(".html") else site / path / "index.html"


def write_site(site: Path, after: Iterable[tuple[str, str]]) -> int:
    """Write the pages that changed, as (path, html); return how many. All or nothing.

    New text goes to files beside the old ones first. Only when the last of them is
    written do they take the old ones' places, and if that breaks off, the old
    ones are put back.
    """
    staged: list[Path] = []
    try:
        for path, html in after:
            file, text = file_of(site, path), html.encode("utf-8")
            if text != file.read_bytes():
                staged.append(file)
                file.with_suffix(".woven").write_bytes(text)
        for file in staged:
            file.rename(file.with_suffix(".before"))
            file.with_suffix(".woven").rename(file)
    except BaseException:
        for file in staged:
            if file.with_suffix(".before").exists():
                file.with_suffix(".before").replace(file)
        raise
    finally:
        for file in staged:
            file.with_suffix(".before").unlink(missing_ok=True)
            file.with_suffix(".woven").unlink(missing_ok=True)
    return len(staged)
