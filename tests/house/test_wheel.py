"""The wheel carries everything that the application needs at run time, and nothing that it does not."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from the tree without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def carried(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def below(folder: Path, name: str) -> set[str]:
    """The files of a folder as the wheel should name them."""
    files = (path for path in folder.rglob("*") if path.is_file())
    wanted = (path for path in files if "__pycache__" not in path.parts and path.name != ".gitkeep")
    return {f"{name}/{path.relative_to(folder).as_posix()}" for path in wanted}


def test_it_carries_code_templates_static_files_and_data(carried):
    assert below(ROOT / "webinar", "webinar") - carried == set()


def test_it_carries_the_migrations(carried):
    assert below(ROOT / "migrations", "webinar/migrations") - carried == set()


def test_it_carries_nothing_else(carried):
    known = below(ROOT / "webinar", "webinar") | below(ROOT / "migrations", "webinar/migrations")
    others = {name for name in carried - known if ".dist-info/" not in name and not name.endswith(".gitkeep")}
    assert others == set()


def test_it_brings_the_console_script(wheel):
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert archive.read(name).decode().split() == [
            "[console_scripts]",
            "webinar",
            "=",
            "webinar.cli:main",
        ]
