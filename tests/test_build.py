"""Tiny real gardens through MkDocs: both kinds of address, drafts, live edits, bad notes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from conftest import PROJECT, build
from test_backlinks import entries

NOTE = """---
kind: {kind}
title: {title}
description: "{title}: a note made for a test, with a first sentence long enough to pass the check."
stage: budding
evidence: mixed
planted: 2026-11-22
tended: 2026-11-22
---

{text}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with its own frame and code, and three small notes of its own."""
    for name in ("overrides", "scripts", "data"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    (tmp_path / "data/short_addresses.yml").write_text("[]\n", "utf-8")
    shutil.copytree(PROJECT / "docs/assets", tmp_path / "docs/assets")
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    head, _, rest = settings.partition("\nnav:")
    nav = "\nnav:\n  - Home: index.md\n  - Area: area/index.md\n  - Help: help/index.md\n"
    (tmp_path / "mkdocs.yml").write_text(head + nav + rest[rest.index("\nnot_in_nav") :], "utf-8")
    plant(tmp_path, "index", "home", "Gate", "In: [area](area/index.md).", budding=False)
    plant(
        tmp_path,
        "area/index",
        "concept",
        "Area",
        "## Far { #far }\n\nBack to [the gate](../index.md).",
    )
    plant(
        tmp_path,
        "help/index",
        "concept",
        "Help",
        "See [far](../area/index.md#far), [all](../area/index.md).",
    )
    return tmp_path


def plant(project: Path, name: str, kind: str, title: str, text: str, budding: bool = True) -> None:
    """Write one note."""
    text += "\n\n<!-- Rests on /sources/. -->"
    source = NOTE.format(kind=kind, title=title, text=text)
    if not budding:
        source = source.replace("stage: budding\nevidence: mixed\n", "")
    path = project / f"docs/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")


@pytest.mark.parametrize("directories", [True, False])
def test_backlinks_under_both_kinds_of_address(project: Path, directories: bool) -> None:
    if not directories:
        settings = project / "mkdocs.yml"
        settings.write_text(settings.read_text() + "\nuse_directory_urls: false\n", "utf-8")
    build(project / "site", "https://garden.example/sub/", project)
    area = entries((project / "site/area/index.html").read_text("utf-8"))[""]
    assert [(source, excerpt) for source, _, _, excerpt in area] == [
        ("help/", "See <mark>far</mark>, <mark>all</mark>."),
        ("", "In: <mark>area</mark>."),
    ]
    (gate,) = entries((project / "site/index.html").read_text("utf-8"))[""]
    assert gate[0] == "area/"


def test_a_partial_rebuild_leaves_no_page_without_its_list(project: Path) -> None:
    """`mkdocs build --dirty` writes only the page that changed; all are woven again."""
    build(project / "site", "https://garden.example/", project)
    plant(project, "help/index", "concept", "Help", "Only [the gate](../index.md) now.")
    command = [sys.executable, "-m", "mkdocs", "build", "--dirty", "--site-dir", "site"]
    environment = os.environ | {"SITE_URL": "https://garden.example/"}
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    area = entries((project / "site/area/index.html").read_text("utf-8"))[""]
    assert [source for source, *_ in area] == [""], "help no longer leads there"
    gate = entries((project / "site/index.html").read_text("utf-8"))[""]
    assert sorted(source for source, *_ in gate) == ["area/", "help/"]


def test_lists_of_backlinks_are_not_searched(project: Path) -> None:
    build(project / "site", "https://garden.example/", project)
    index = (project / "site/search/text-1.json").read_text("utf-8")
    assert "Back to" in index and "What links here" not in index and "backlinks" not in index


def test_a_page_does_not_grow_with_the_garden(project: Path) -> None:
    build(project / "site", "https://garden.example/", project)
    before = (project / "site/help/index.html").stat().st_size
    for number in range(30):
        text = "See [the gate](../index.md)."
        plant(project, f"area/note-{number}", "concept", f"Note {number}", text)
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("/attachment/", "/area/"), "utf-8")
    build(project / "site", "https://garden.example/", project)
    assert (project / "site/help/index.html").stat().st_size == before


def test_a_draft_is_not_published_and_a_link_to_it_is_reported(project: Path) -> None:
    plant(project, "area/_idea", "concept", "Idea", "Not yet.")
    plant(project, "help/index", "concept", "Help", "See [the idea](../area/_idea.md).")
    build(project / "site", "https://garden.example/", project)
    assert not list((project / "site").rglob("_idea*"))
    done = _run("scripts/check_site.py", str(project / "site"))
    assert done.returncode == 1
    assert "links to '../area/_idea/', which is nowhere in the site" in done.stderr


def test_a_bad_note_fails_a_strict_build(project: Path) -> None:
    plant(project, "area/index", "concept", "Area: colon", "Text.")
    with pytest.raises(AssertionError, match=r"docs/area/index.md:3: .*not YAML"):
        build(project / "site", "https://garden.example/", project)


def test_two_builds_give_the_same_bytes(project: Path) -> None:
    for name in ("one", "two"):
        build(project / name, "https://garden.example/", project)
    for file in (project / "one").rglob("*"):
        if file.is_file() and file.suffix != ".gz":  # a gzip header holds the time
            twin = project / "two" / file.relative_to(project / "one")
            assert file.read_bytes() == twin.read_bytes(), file


def test_an_edit_shows_fresh_backlinks_while_serving(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{port}/help/"
        _wait_for(address, "<h1>Help")
        plant(project, "area/index", "concept", "Area", "Now see [help](../help/index.md).")
        _wait_for(address, "Now see <mark>help</mark>.")
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_for(address: str, words: str) -> None:
    """Ask until the page holds the words, for at most a minute."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if words in answer.read().decode("utf-8"):
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"{words!r} never came at {address}")


def _run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_serve_says_when_the_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run([PROJECT / "scripts/serve", port], capture_output=True, text=True)
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr


def test_setup_says_when_python_is_too_old(tmp_path: Path) -> None:
    """On a machine whose every python is old, one sentence and no half-made .venv."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(PROJECT / "scripts/setup", tmp_path / "scripts/setup")
    for name in ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    command = [tmp_path / "scripts/setup"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()
