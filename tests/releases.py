"""Older releases of the zone data, real ones from the package index, put in the place of the installed."""

import importlib
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import icalendar
import pytest

from webinar.timekeeping import memory

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "webinar-tests" / "tzdata"
SECONDS = 30


@contextmanager
def release(name: str) -> Iterator[None]:
    """Inside, every zone comes from the release `name`, such as "2026b"; afterwards from the pinned one."""
    folder = _unpacked(name)
    sys.path.insert(0, str(folder))
    _read_anew()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        _read_anew()


def package_version(name: str) -> str:
    """The version on the package index: release 2023c is 2023.3."""
    return f"{name[:4]}.{ord(name[4]) - ord('a') + 1}"


def _read_anew() -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] == "tzdata"]:
        del sys.modules[module]
    importlib.invalidate_caches()
    memory.forget()
    icalendar.use_zoneinfo()  # it remembers each TZID's rules by name, of whichever release they were


def _unpacked(name: str) -> Path:
    """The folder that holds the package `tzdata` of a release; fetched once for this machine."""
    folder = CACHE / package_version(name)
    if not (folder / "tzdata" / "zones").exists():
        wheel = _wheel(name)
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as making:
            zipfile.ZipFile(io.BytesIO(wheel)).extractall(Path(making) / "made")
            try:
                (Path(making) / "made").rename(folder)
            except OSError:  # another test process was quicker
                assert (folder / "tzdata" / "zones").exists()
    return folder


def _wheel(name: str) -> bytes:
    try:
        return _by_pip(name) if find_spec("pip") else _by_index(name)
    except (OSError, subprocess.SubprocessError) as trouble:
        reason = f"tzdata {package_version(name)} cannot be fetched from the package index: {trouble}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(f"{reason}. Go online once; it is kept in {CACHE}.")


def _by_pip(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        wanted = ["--no-deps", "--only-binary", ":all:", "--dest", folder, f"tzdata=={package_version(name)}"]
        command = [sys.executable, "-m", "pip", "download", "--quiet", *wanted]
        subprocess.run(command, check=True, timeout=4 * SECONDS, capture_output=True)
        [wheel] = Path(folder).glob("*.whl")
        return wheel.read_bytes()


def _by_index(name: str) -> bytes:
    """As pip would, from the one simple index of the environment; for environments without pip."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/tzdata/"
    with urlopen(index, timeout=SECONDS) as answer:
        page = answer.read().decode()
    file_name = f"tzdata-{package_version(name)}-py2.py3-none-any.whl"
    found = re.search(rf'href="([^"]*{re.escape(file_name)}[^"]*)"', page)
    if found is None:
        raise OSError(f"{index} lists no {file_name}")
    with urlopen(urljoin(index, found[1].partition("#")[0]), timeout=SECONDS) as answer:
        return bytes(answer.read())
