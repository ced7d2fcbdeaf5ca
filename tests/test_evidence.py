"""Evidence labels: every claim's link says how firm its source is."""

from __future__ import annotations

import re

from evidence import weave
from site_pages import Page, read_page

SOURCES = """<article><h2 id="group">Group</h2>
<h3 id="one">One, 2001</h3><p>Ref.</p><p><a href="../about/#evidence-early">Early</a>: one.</p>
<h3 id="film">A film</h3><p>No label.</p>
<h3 id="two">Two, 2002</h3><p><a href="../about/#evidence-strong">Strong</a>: many.</p></article>"""


def garden(body: str) -> dict[str, Page]:
    """The sources page, and one page with this text."""
    pages = {"sources/": SOURCES, "a/": f"<article>{body}</article>"}
    return {path: read_page(path, html) for path, html in pages.items()}


def test_a_link_to_a_source_carries_its_label() -> None:
    body = '<p><a class="x" href="../sources/#one">81</a> <a href="../sources/#two">2</a></p>'
    woven = weave(garden(body))["a/"]
    assert '<a data-evidence="early" class="x" href="../sources/#one">81</a>' in woven
    assert '<a data-evidence="strong" href="../sources/#two">2</a>' in woven


def test_nothing_else_is_touched() -> None:
    body = (
        '<p><a href="../sources/#film">film</a> <a href="../b/#one">b</a> '
        '<a href="../sources/">s</a>'
        ' <abbr data-x="<a href=#one>">x</abbr></p>'
    )
    pages = garden(body)
    assert weave(pages) == {path: page.html for path, page in pages.items()}


def test_a_label_that_changes_changes_everywhere() -> None:
    once = weave(garden('<p><a href="../sources/#one">1</a></p>'))
    again = {path: read_page(path, html) for path, html in once.items()}
    assert weave(again) == once
    firmer = once | {"sources/": once["sources/"].replace("evidence-early", "evidence-mixed")}
    woven = weave({path: read_page(path, html) for path, html in firmer.items()})
    assert re.findall(r'data-evidence="(\w+)"', woven["a/"]) == ["mixed"]
