"""Installation: one database with its settings, its application here, and child processes that share it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.databases import PostgresServer, fresh_postgres, migrated_sqlite
from webinar.app import create_app
from webinar.config import Settings

ROOT = Path(__file__).resolve().parent.parent
SMALL = {"lease_seconds": "10", "send_deadline_seconds": "1", "tick_seconds": "0.05", "sweep_seconds": "1"}
"""Lease and deadline scaled by one hand, so that minutes show what hours would (reliability.md, R01)."""


@dataclass(frozen=True)
class Installation:
    """Settings under which this process and its children work on one database."""

    database: str
    folder: Path
    values: Mapping[str, str]

    @property
    def log(self) -> Path:
        """The file that keeps what the child processes say."""
        return self.folder / "children.log"

    def last_words(self) -> str:
        """The end of what the child processes said."""
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def settings(self) -> Settings:
        return Settings(_env_file=None, **self.values)  # type: ignore[arg-type]

    def app(self) -> Flask:
        """An application of this process on the same database."""
        return create_app(self.settings())

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start `python <command>` as a process of its own under these settings."""
        env = environment()
        env |= {f"WEBINAR_{name.upper()}": value for name, value in self.values.items()}
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=self.folder, env=env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip


def environment() -> dict[str, str]:
    """The environment of children: this tree's code, compiled once, so that a new worker is soon at work."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if env.pop("PYTHONDONTWRITEBYTECODE", None):
        env["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "webinar-chaos-bytecode")
    return env


def warm_up() -> None:
    """Compile what children import, before anything is measured."""
    subprocess.run(
        [sys.executable, "-c", "import webinar.app, webinar.worker"], env=environment(), check=True
    )


@contextmanager
def installed(database: str, **values: str) -> Iterator[Installation]:
    """A fresh, migrated installation on "sqlite" or "postgresql", gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="webinar-chaos-"))
    try:
        with _migrated(database, folder) as url:
            base = {
                "mode": "test",
                "base_url": "http://127.0.0.1",
                "secret_key": "a key for crashes and races only, long enough",
                "data": str(folder / "data"),
                "database_url": url,
                "smtp_host": "127.0.0.1",
                **SMALL,
            }
            yield Installation(database, folder, base | values)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _migrated(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{migrated_sqlite(folder)}"
    else:
        (folder / "postgres").mkdir()
        with PostgresServer.started(folder / "postgres") as server, fresh_postgres(server) as url:
            yield url
