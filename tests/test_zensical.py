"""The garden outlives its generator: Zensical, the theme's heir, builds the same one.

Zensical runs no hooks, so the scripts are called by hand on what it built, just as
CONTRIBUTING.md tells a gardener to on the day of the switch.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from backlinks import collect
from check_site import check_site
from conftest import CLOCK, PROJECT, build
from site_files import read_site
from site_pages import Page

ADDRESS = "https://garden.example/sub/"
RECORD = Path(__file__).parent / "zensical.yml"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The real garden, built by MkDocs and by Zensical from one mkdocs.yml."""
    project = tmp_path_factory.mktemp("garden")
    for name in ("docs", "overrides", "scripts", "data"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "mkdocs.yml", project)
    build(project / "by-mkdocs", ADDRESS, project)
    environment = os.environ | CLOCK | {"SITE_URL": ADDRESS}
    zensical = [sys.executable, "-m", "zensical", "build", "--clean"]
    subprocess.run(zensical, cwd=project, env=environment, check=True, capture_output=True)
    (project / "site").rename(project / "by-zensical")
    finish = [sys.executable, "scripts/after_build.py", "by-zensical"]
    subprocess.run(finish, cwd=project, env=environment, check=True, capture_output=True)
    return {"mkdocs": project / "by-mkdocs", "zensical": project / "by-zensical"}


def pairs(pages: dict[str, Page]) -> list[tuple[str, ...]]:
    """Every backlink as (source, block's words, target, section, marked words)."""
    return [
        (
            b.source.path,
            b.block.text,
            b.target.path,
            b.section.id if b.section else "",
            "".join(text for text, link in b.block.runs if link in b.links),
        )
        for b in collect(pages)
    ]


def test_every_backlink_is_the_same(both: dict[str, Path]) -> None:
    mkdocs, zensical = (pairs(read_site(site)) for site in both.values())
    assert len(mkdocs) > 1000
    assert mkdocs == zensical


def test_the_garden_it_builds_is_whole(both: dict[str, Path]) -> None:
    assert check_site(both["zensical"]) == []


def test_every_other_difference_is_on_record(both: dict[str, Path]) -> None:
    """What differs besides is written down, with why it may; anything new fails."""
    mkdocs, zensical = (own_files(site) for site in both.values())
    found = {
        "only mkdocs": sorted(mkdocs - zensical),
        "only zensical": sorted(zensical - mkdocs),
        "text differs": differing_pages(both),
    }
    record = yaml.safe_load(RECORD.read_text("utf-8"))
    assert found == {what: sorted(record[what]) for what in found}


def own_files(site: Path) -> set[str]:
    """The files of a built site, without the theme's styles, scripts, icons and fonts."""
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    ours = {
        path.relative_to(PROJECT / "docs").as_posix() for path in PROJECT.glob("docs/assets/**/*")
    }
    return {file for file in files if file in ours or not file.startswith("assets/")}


def differing_pages(both: dict[str, Path]) -> list[str]:
    """Pages that say something else about themselves, or read differently."""
    mkdocs, zensical = (
        {p: sayings(page) for p, page in read_site(s).items()} for s in both.values()
    )
    return sorted(path for path in mkdocs if mkdocs[path] != zensical.get(path))


def sayings(page: Page) -> tuple[object, ...]:
    """What a page says: its title, its own meta, its headings and its linked blocks."""
    meta = {k: v for k, v in page.meta.items() if k.startswith("garden:") or k == "description"}
    headings = [(heading.level, heading.id, heading.text) for heading in page.headings]
    return page.title, page.meta.get("canonical"), meta, headings, [b.text for b in page.blocks]
