"""Where judges live: an environment of their own each, installed once from pinned and hashed lists, then kept."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

READERS = Path(__file__).with_name("readers")
HOME = Path(__file__).parents[2] / ".judges"
QUIET = {
    **os.environ,
    "TZ": "UTC",
    "PYTHONTZPATH": "",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "LC_ALL": "C.UTF-8",
}
"""The environment of every judge: its clock is UTC, its zones are its own."""


def python() -> Path:
    """The Python that holds the judges from PyPI."""
    lock = READERS / "requirements.lock"
    home = _kept("python", lock)
    with _once(home) as missing:
        if missing:
            _run(
                "The judges from PyPI could not be installed",
                [[sys.executable, "-m", "venv", home], [home / "bin" / "python", *_PIP, lock]],
                home,
            )
    return home / "bin" / "python"


_PIP = ("-m", "pip", "install", "--quiet", "--require-hashes", "-r")


def node() -> tuple[Path, Path]:
    """Node, and the folder that holds the judges from npm."""
    program = found("node", "nodejs")
    npm = found("npm", "npm")
    lock = READERS / "package-lock.json"
    home = _kept("node", lock)
    with _once(home) as missing:
        if missing:
            home.mkdir(parents=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(READERS / name, home)
            install = [npm, "ci", "--prefix", home, "--ignore-scripts", "--no-audit", "--no-fund"]
            _run("The judges from npm could not be installed", [install], home)
    return program, home


def libical() -> Path:
    """The judge in C, built against libical."""
    source = READERS / "libical.c"
    compiler, config = found("gcc", "gcc"), found("pkg-config", "pkg-config")
    flags = subprocess.run(
        [config, "--cflags", "--libs", "libical"], capture_output=True, text=True, check=False
    )
    if flags.returncode:
        absent("libical is missing. Get it with: apt-get install libical-dev")
    home = _kept("libical", source)
    with _once(home) as missing:
        if missing:
            home.mkdir(parents=True)
            build = [compiler, "-Wall", "-O1", "-o", home / "judge", source, *flags.stdout.split()]
            _run("The judge of libical could not be built", [build], home)
    return home / "judge"


def found(program: str, package: str) -> Path:
    """The path of a program; without it the test is skipped here, and fails where everything must be judged."""
    path = shutil.which(program)
    if path is None:
        absent(f"{program} is missing. Get it with: apt-get install {package}")
    return Path(str(path))


def absent(sentence: str) -> None:
    """A judge is missing: skip with `sentence`, under CI=true fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def _kept(name: str, lock: Path) -> Path:
    """The folder of what `lock` pins; another lock is another folder."""
    return HOME / f"{name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"


@contextmanager
def _once(home: Path) -> Iterator[bool]:
    """Whether `home` must be made, asked by one process at a time; half-made ones do not count."""
    HOME.mkdir(exist_ok=True)
    done = home / ".complete"
    with (HOME / f"{home.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.exists():
            yield False
            return
        shutil.rmtree(home, ignore_errors=True)
        yield True
        done.touch()


def _run(failure: str, commands: Sequence[Sequence[str | Path]], home: Path) -> None:
    for command in commands:
        done = subprocess.run(command, env=QUIET, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(home, ignore_errors=True)
            absent(f"{failure}: {done.stderr.strip()[-600:]}")
