"""The repository as the tests of the house read it: its folder, its sources, its settings."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "webinar"
TEMPLATES = PACKAGE / "templates"


def sources(folder: Path = PACKAGE) -> list[Path]:
    """Every Python file below a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int) -> str:
    """Where something stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}"


def pyproject() -> dict[str, Any]:
    """The project's own description."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def templates(*endings: str) -> Iterator[tuple[Path, str]]:
    """Every template with one of the endings, and its text."""
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in endings:
            yield path, path.read_text(encoding="utf-8")
