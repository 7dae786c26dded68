"""The panel: every independent reader, asked for what it sees in calendar files."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.judges import installed, thunderbird
from tests.judges.expectation import Expectation, Seen

Answers = dict[str, tuple[Seen, ...] | str]
"""What a judge saw by file name, or its sentence why it could not read the file."""


def _asked(command: list[str | Path], files: Mapping[Path, Expectation]) -> Answers:
    """One child process that is told all files as JSON and answers as JSON."""
    question = [{"file": str(path), "from": e.start, "to": e.end} for path, e in files.items()]
    done = subprocess.run(
        command,
        input=json.dumps(question),
        env=installed.QUIET,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=150,
    )
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    return {Path(file).stem: _answer(told) for file, told in json.loads(done.stdout).items()}


def _answer(told: list[dict[str, str]] | str) -> tuple[Seen, ...] | str:
    return told if isinstance(told, str) else tuple(sorted(Seen(**each) for each in told))


def _by_python(script: str) -> Callable[[Mapping[Path, Expectation]], Answers]:
    return lambda files: _asked([installed.python(), installed.READERS / script], files)


def _by_node(script: str) -> Callable[[Mapping[Path, Expectation]], Answers]:
    def ask(files: Mapping[Path, Expectation]) -> Answers:
        node, home = installed.node()
        return _asked([node, installed.READERS / script, home], files)

    return ask


def _by_libical(files: Mapping[Path, Expectation]) -> Answers:
    judge = installed.libical()

    def ask(path: Path) -> tuple[Seen, ...] | str:
        bounds = [at.replace("-", "").replace(":", "") for at in (files[path].start, files[path].end)]
        done = subprocess.run(
            [judge, path, *bounds], env=installed.QUIET, capture_output=True, check=True, timeout=30
        )
        return _answer(json.loads(done.stdout))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {path.stem: seen for path, seen in zip(files, pool.map(ask, files), strict=True)}


PANEL: dict[str, Callable[[Mapping[Path, Expectation]], Answers]] = {
    "recurring-ical-events": _by_python("reference.py"),
    "ical": _by_python("home_assistant.py"),
    "khal": _by_python("khal_calendar.py"),
    "ical.js": _by_node("icaljs.mjs"),
    "node-ical": _by_node("nodeical.mjs"),
    "libical": _by_libical,
    "Thunderbird": thunderbird.answers,
}
