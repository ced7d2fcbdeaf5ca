"""What search finds beside two others, and what it costs as the garden grows.

Four engines answer every table of queries in one run of one browser, each with the
same notes, aliases and questions: ours (with MiniSearch for the texts), MiniSearch
alone, the theme's (Lunr, with the names as a field of their own) and Pagefind (with
the names as weighted text). Then
gardens of many sizes are made by copying this one with most of its words changed, and
search is opened in each as on a mid-range phone: processor four times slower, 60 ms
and 9 Mbit/s away, files compressed as a host would. See scripts/bench.

Pagefind is looked for in the variable PAGEFIND, such as
PAGEFIND="python -m pagefind" after `pip install "pagefind[bin]"` in an environment of its own.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import material  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

import search_index
import search_words
from site_files import read_site
from site_links import without_stubs
from site_pages import Page as SitePage

PROJECT = Path(__file__).parent.parent
TABLES = ("tests/queries.tsv", "tests/queries-held-back.tsv", "tests/queries-third.tsv")
LUNR = """plugins:
  - search:
      fields:
        title: {boost: 1000}
        aliases: {boost: 2000}
"""
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SLOWER = 4
LATENCY, SPEED = 60, 9_000_000 / 8
TYPED = "why does he go quiet when i cry"
RUNS = 5

OURS = """async (queries) => {
  const scripts = "/assets/javascripts/";
  const { Engine } = await import(`${scripts}search-engine.js`);
  const { Texts } = await import(`${scripts}search-texts.js`);
  const { answer } = await import(`${scripts}search-answer.js`);
  const read = (name) => fetch(`/search/${name}`).then((r) => r.json());
  const first = await read("names.json");
  const engine = new Engine(first.words);
  engine.addPages(first.pages);
  const texts = new Texts(engine);
  for (const name of first.more) texts.add(await read(name));
  return queries.map((query) =>
    answer(engine, query).groups.flatMap(({ results }) => results).map(({ path }) => path));
}"""
# What MiniSearch does by itself, given the same names, stems and small words.
ALONE = """async (queries) => {
  const scripts = "/assets/javascripts/";
  const { default: MiniSearch } = await import(`${scripts}vendor/minisearch.js`);
  const { Words, wordsOf } = await import(`${scripts}search-words.js`);
  const read = (name) => fetch(`/search/${name}`).then((r) => r.json());
  const first = await read("names.json");
  const words = new Words(first.words);
  const pages = new Map(first.pages.map((page) => [page.path, page]));
  for (const name of first.more) {
    for (const { path, sections } of await read(name)) {
      pages.get(path).text = sections.map(([, title, text]) => `${title} ${text}`).join(" ");
    }
  }
  const index = new MiniSearch({
    idField: "path",
    fields: ["title", "term", "names", "about", "text"],
    tokenize: wordsOf,
    processTerm: (term) => (words.stop.has(term) ? null : words.stem(term)),
    searchOptions: {
      boost: { title: 6, term: 6, names: 4, about: 2 },
      prefix: (term, at, terms) => at === terms.length - 1,
      fuzzy: (term) => (term.length < 4 ? 0 : term.length < 8 ? 1 : 2),
    },
  });
  for (const page of pages.values()) {
    const names = [...(page.aliases ?? []), ...(page.asked ?? [])].join(" . ");
    index.add({ ...page, names });
  }
  return queries.map((query) => index.search(query).map(({ id }) => id));
}"""
THEIRS = """async (queries) => {
  const index = await fetch("/search/search_index.json").then((r) => r.json());
  const worker = new Worker("/lunr.js");
  const asked = (message) => new Promise((done) => {
    worker.onmessage = ({ data }) => done(data);
    worker.postMessage(message);
  });
  await asked({ type: 0, data: { ...index, options: { suggest: false } } });
  const found = [];
  for (const query of queries) {
    const { data } = await asked({ type: 2, data: query });
    found.push(data.items.map(([first]) => first.location));
  }
  return found;
}"""
PAGEFIND = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const few = await Promise.all(results.slice(0, 8).map((result) => result.data()));
    found.push(few.map(({ url }) => url.replace(/^\\//, "")));
  }
  return found;
}"""


# ---------------------------------------------------------------------------- serving


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder compressed, and counts what it sent."""

    protocol_version = "HTTP/1.1"
    sent: dict[str, int]
    packed: dict[str, bytes]

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):  # the page was closed meanwhile
            self.close_connection = True

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path not in self.packed:
            file = Path(self.translate_path(path))
            file = file / "index.html" if file.is_dir() else file
            text = file.read_bytes() if file.exists() else b"<!doctype html><title>x</title>"
            self.packed[path] = gzip.compress(text, 9, mtime=0)
        body = self.packed[path]
        self.sent[path] = len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path) if "." in path else "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """Serve a folder; gives its address, and the compressed size of each file sent."""
    sent: dict[str, int] = {}
    handler = type("One", (Handler,), {"sent": sent, "packed": {}})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", sent
    server.shutdown()
    server.server_close()


# -------------------------------------------------------------------------- comparing


def build(folder: Path) -> Path:
    """Build the garden once, with the theme's own search beside ours."""
    for name in ("docs", "overrides", "scripts", "data"):
        (folder / name).symlink_to(PROJECT / name)
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(settings.replace("plugins:\n", LUNR), "utf-8")
    environment = os.environ | {"SITE_URL": "http://127.0.0.1/"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "site"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    return folder / "site"


def names(page: SitePage) -> list[str]:
    """Everything a page is called and asked for."""
    return page.listed("garden:aliases") + page.listed("garden:asked")


def prepare_lunr(site: Path, pages: dict[str, SitePage]) -> None:
    """Give the theme's index the names as a field, and put its worker in reach."""
    file = site / "search/search_index.json"
    index = json.loads(file.read_text("utf-8"))
    for entry in index["docs"]:
        if entry["location"] in pages:
            entry["aliases"] = " ".join(names(pages[entry["location"]]))
    file.write_text(json.dumps(index), "utf-8")
    workers = Path(material.__file__).parent / "templates/assets/javascripts/workers"
    shutil.copy(next(workers.glob("search.*.min.js")), site / "lunr.js")


def prepare_pagefind(site: Path, pages: dict[str, SitePage], command: str) -> int:
    """Index a copy of the site whose pages say their names; return the index's size."""
    copy = site.parent / "for-pagefind"
    for path, page in pages.items():
        said = "".join(f"<p>{escape(name)}</p>" for name in names(page))
        extra = f'<div data-pagefind-weight="8">{said}</div></article>'
        file = copy / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.html.replace("</article>", extra, 1), "utf-8")
    excluded = ["--exclude-selectors", "[data-generated], .backlinks"]
    options = ["--root-selector", "article", *excluded, "-q", "--output-path", "pagefind"]
    subprocess.run([*shlex.split(command), "--site", str(copy), *options], cwd=site, check=True)
    return sum(file.stat().st_size for file in (site / "pagefind").rglob("*") if file.is_file())


def rows(name: str) -> list[tuple[str, set[str]]]:
    """A table of queries, each with the pages that answer it."""
    lines = (PROJECT / name).read_text("utf-8").splitlines()
    split = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(query, set(pages.split("|"))) for query, pages in split]


def score(found: list[list[str]], table: list[tuple[str, set[str]]]) -> str:
    """How many queries were answered first, in the first three, and not at all."""
    first = three = empty = 0
    for (_, good), paths in zip(table, found, strict=True):
        pages = [path.partition("#")[0].rstrip("/") for path in paths]
        pages = list(dict.fromkeys(pages))
        first += bool(good & set(pages[:1]))
        three += bool(good & set(pages[:3]))
        empty += not pages
    count = len(table)
    return f"{first / count:.1%} | {three / count:.1%} | {empty}"


def compare(browser: Browser, folder: Path) -> Path:
    """Print the table of engines; return the built site."""
    site = build(folder)
    pages = without_stubs(read_site(site))
    prepare_lunr(site, pages)
    engines = {
        "ours, with MiniSearch": OURS,
        "MiniSearch alone": ALONE,
        "theme's (Lunr) with names": THEIRS,
    }
    command = os.environ.get("PAGEFIND", "")
    if command:
        prepare_pagefind(site, pages, command)
        engines["Pagefind with names"] = PAGEFIND
    else:
        print("bench: PAGEFIND is not set; scripts/bench_search.py says how", file=sys.stderr)
    print("| engine | table | first | first three | empty | loaded, compressed |")
    print("|-" * 6 + "|")
    with served(site) as (address, sent):
        for engine, code in engines.items():
            sent.clear()
            page = browser.new_page()
            page.goto(address + "blank")  # without the garden's policy, which forbids WASM
            for name in TABLES:
                found = page.evaluate(code, [query for query, _ in rows(name)])
                weight = f"{sum(sent.values()) / 1000:.0f} KB"
                print(f"| {engine} | {Path(name).stem} | {score(found, rows(name))} | {weight} |")
            page.close()
    return site


# ---------------------------------------------------------------------------- growing


def changed(text: str, number: int) -> str:
    """A text with three words of four made into others, the same way for each number."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if (len(word) * 7 + number + ord(word[0])) % 4 == 0:
            return word
        return "".join(chr((ord(c) - 97 + number) % 26 + 97) for c in word)

    return re.sub(r"(?<![<&/\w\"=-])\b[a-z]{3,}\b(?![^<>]*>)", other, text)


def grown(pages: dict[str, SitePage], times: int) -> dict[str, SitePage]:
    """A garden so many times as large."""
    found = dict(pages)
    for number in range(1, times):
        for path, page in pages.items():
            meta = {k: changed(v, number) for k, v in page.meta.items()}
            meta |= {"garden:kind": page.kind}
            copy = f"{path}copy-{number}/"
            found[copy] = replace(page, path=copy, html=changed(page.html, number), meta=meta)
    return found


@dataclass(frozen=True)
class Cost:
    """What search costs in one garden. Sizes in compressed bytes, times in milliseconds."""

    first_size: int
    all_size: int
    first: list[float]
    keys: list[float]


def measure(browser: Browser, address: str, sent: dict[str, int]) -> Cost:
    """Open search and type, as on a phone. The last run waits for every file first."""
    first, keys, first_size = [], [], 0
    for _ in range(RUNS):
        page, phone = on_a_phone(browser, address)
        sent.clear()
        first.append(time_first(page))
        first_size = sum(size for path, size in sent.items() if is_search(path))
        if len(first) == RUNS:
            phone.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            page.locator("[data-search-results][data-whole]").wait_for(
                state="attached", timeout=600_000
            )
            phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            keys = time_keys(page)
        page.context.close()
    return Cost(first_size, sum(s for p, s in sent.items() if is_search(p)), first, keys)


def is_search(path: str) -> bool:
    """True for what only search loads."""
    return ("/search" in path and not path.endswith("/search.js")) or "/vendor/" in path


def on_a_phone(browser: Browser, address: str) -> tuple[Page, CDPSession]:
    """A page with a warm connection, slowed down."""
    page = browser.new_context(viewport={"width": 412, "height": 823}).new_page()
    page.goto(address + "about/")
    page.wait_for_load_state("networkidle")
    phone = page.context.new_cdp_session(page)
    line: dict[str, Any] = {"offline": False, "latency": LATENCY, "uploadThroughput": SPEED}
    phone.send("Network.emulateNetworkConditions", line | {"downloadThroughput": SPEED})
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page, phone


def time_first(page: Page) -> float:
    """From opening the search, with a word typed at once, to the first result painted."""
    return float(
        page.evaluate(
            """() => new Promise((done) => {
              const list = document.querySelector("[data-search-results]");
              const start = performance.now();
              new MutationObserver((_, watch) => {
                if (!list.querySelector("a[data-result]")) return;
                watch.disconnect();
                requestAnimationFrame(() => done(performance.now() - start));
              }).observe(list, { childList: true });
              document.querySelector("[data-search-open]").click();
              document.querySelector("[role=combobox]").value = "clingy";
            })"""
        )
    )


def time_keys(page: Page) -> list[float]:
    """How long each letter of a sentence takes, from the key to the results in place."""
    times: list[float] = page.evaluate(
        """async (sentence) => {
          const input = document.querySelector("[role=combobox]");
          const times = [];
          for (let end = 1; end <= sentence.length; end += 1) {
            input.value = sentence.slice(0, end);
            const start = performance.now();
            input.dispatchEvent(new Event("input"));
            document.querySelector("[data-search-results]").getBoundingClientRect();
            times.push(performance.now() - start);
            await new Promise((done) => setTimeout(done, 30));
          }
          return times;
        }""",
        TYPED,
    )
    return times


def grow(browser: Browser, site: Path, sizes: list[int]) -> None:
    """Print what search costs in gardens of these sizes."""
    print("\n| garden | notes | before the first result | in all | first result | a key |")
    print("|-" * 6 + "|")
    pages = without_stubs(read_site(site))
    for times in sizes:
        larger = grown(pages, times)
        content = search_index.files(larger, search_words.read())
        for stale in (*site.glob("search/names*.json"), *site.glob("search/text-*.json")):
            stale.unlink()
        for name, text in content.items():
            (site / "search" / name).write_text(text, "utf-8")
        with served(site) as (address, sent):
            cost = measure(browser, address, sent)
        p95 = statistics.quantiles(cost.keys, n=20)[-1]
        print(
            f"| {times} times | {len(larger):,} | {cost.first_size / 1000:.0f} KB "
            f"| {cost.all_size / 1000:,.0f} KB | {statistics.median(cost.first):.0f} ms "
            f"(median of {RUNS}; {min(cost.first):.0f} to {max(cost.first):.0f}) "
            f"| {statistics.median(cost.keys):.0f} ms, 95 of 100 within {p95:.0f} ms |",
            flush=True,
        )


def main(run: Callable[..., Any] = sync_playwright) -> int:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("times", nargs="*", type=int, default=[1, 10, 100])
    times = reader.parse_args().times or [1, 10, 100]
    with tempfile.TemporaryDirectory() as name, run() as playwright:
        chrome = os.environ.get("CHROME")
        browser = playwright.chromium.launch(executable_path=chrome, args=QUIET)
        grow(browser, compare(browser, Path(name)), times)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
