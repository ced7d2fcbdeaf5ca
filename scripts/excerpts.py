"""Cut a block of text around its links, as HTML with the links' words marked."""

from __future__ import annotations

from html import escape

from site_pages import Block

EXCERPT = 280
"""The longest excerpt, in characters."""


def excerpt(block: Block, links: frozenset[int], limit: int = EXCERPT) -> str:
    """The block as HTML, at most `limit` characters around its first link.

    The words of `links` are marked; everything is escaped; cuts fall between words.
    """
    start, end = _window(block, links, limit)
    parts, at, open_ = ["… " if start else ""], 0, False
    for text, link in block.runs:
        piece = escape(text[max(0, start - at) : max(0, end - at)])
        at += len(text)
        if piece and (link in links) != open_:
            open_ = not open_
            parts.append("<mark>" if open_ else "</mark>")
        parts.append(piece)
    return "".join(parts) + "</mark>" * open_ + (" …" if end < at else "")


def _window(block: Block, links: frozenset[int], limit: int) -> tuple[int, int]:
    """Where to cut: the first marked words in the middle, whole words at both ends."""
    text = block.text
    if len(text) <= limit:
        return 0, len(text)
    first = length = 0
    for words, link in block.runs:
        if link in links:
            length = len(words)
            break
        first += len(words)
    start = max(0, min(first - (limit - length) // 2, len(text) - limit))
    end = start + limit
    if start and start < first:
        start = min(first, text.find(" ", start) + 1 or first)
    if end < len(text):
        end = max(text.rfind(" ", start, end + 1), first + 1)
    return start, end
