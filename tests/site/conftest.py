"""Sites for the tests, and a browser to open them with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.auditing.folders import NOTICE, made
from tests.conftest import Processed, made_once
from tests.site.made import HOSTILE, write_site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A processed folder with a quiet and a hostile issue."""
    folder = tmp_path_factory.mktemp("site") / "processed"
    made(folder, NOTICE)
    return made(folder, HOSTILE.replace("\n", "\r\n"), "hostile.txt")


@pytest.fixture(scope="session")
def small_site(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small folder."""
    return write_site(small_folder, tmp_path_factory.mktemp("small-site"))


@pytest.fixture(scope="session")
def real_site(processed: Processed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real issue."""
    return made_once(tmp_path_factory, "real-site", lambda folder: write_site(processed.folder, folder))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; a module's own, so that its event loop ends with the module."""
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()
