"""What several tests share: the real garden built once, a small server, a browser."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).parent.parent

# Tests build on the garden's own day, so that they pass on every clock: 2026-11-22, noon.
CLOCK = {"SOURCE_DATE_EPOCH": "1795348800"}

# What a headless browser needs to stay inside this machine.
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below `prefix`, with the site's own 404 page, and says nothing."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.prefix)
        return super().translate_path(path[len(self.prefix) - 1 :] if inside else "/nowhere")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:  # the page was closed meanwhile
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass(frozen=True)
class Site:
    """A built garden and the address it is served at, with a last slash."""

    folder: Path
    address: str

    @property
    def paths(self) -> list[str]:
        """The address of every page below the root, without its last slash; home is "".

        Short addresses (t/…) are left out: nobody can stay on them.
        """
        files = sorted(self.folder.rglob("index.html"))
        paths = [f.parent.relative_to(self.folder).as_posix().lstrip(".") for f in files]
        return [path for path in paths if not path.startswith("t/")]


def build(folder: Path, address: str, project: Path = PROJECT) -> None:
    """Build a garden as `scripts/build` does, for one address."""
    environment = os.environ | CLOCK | {"SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session", params=["/", "/garden/"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The real garden, at the root of a host and below a path of one."""
    folder = tmp_path_factory.mktemp("site")
    handler = type("Handler", (_Handler,), {"prefix": request.param})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    )
    address = f"http://127.0.0.1:{server.server_port}{request.param}"
    build(folder, address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(folder, address)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. scripts/browser finds or installs it and sets CHROME."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROME"), args=QUIET)
        yield chromium
        chromium.close()
