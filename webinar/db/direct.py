"""Direct: one DB-API connection a thread, for the few paths that are too hot for SQLAlchemy."""

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import PoolProxiedConnection


class Direct:
    """Reads and small writes by plain SQL with `?` for parameters, each committed by itself.

    Connections are the engine's own kind (with its settings) but stand outside its pool; they are closed
    with it. Any error of the driver closes the thread's connection and is raised.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.error: type[Exception] = engine.dialect.dbapi.Error  # type: ignore[union-attr]
        self._on_server = engine.dialect.name == "postgresql"
        self._mine = threading.local()
        self._all: list[PoolProxiedConnection] = []
        self._guard = threading.Lock()
        event.listen(engine, "engine_disposed", self._close_all)

    def first(self, statement: str, values: Sequence[Any]) -> Any:
        """The first row of a SELECT, None if there is none."""
        return self._execute(statement, values).fetchone()

    def write(self, statement: str, values: Sequence[Any], *, within_ms: int) -> None:
        """A small write that is dropped, with the driver's error, if a lock is not free in `within_ms`.

        It need not survive a loss of power: it is not waited for until it lies on the disk.
        """
        connection = getattr(self._mine, "connection", None) or self._open()
        if self._on_server:
            with connection.transaction():
                connection.execute(f"SET LOCAL lock_timeout = {within_ms}")
                connection.execute("SET LOCAL synchronous_commit = off")
                self._execute(statement, values)
            return
        connection.execute(f"PRAGMA busy_timeout={within_ms}")
        connection.execute("PRAGMA synchronous=NORMAL")
        try:
            self._execute(statement, values)
        finally:
            connection.execute("PRAGMA busy_timeout=10000")

    def instant(self, at: datetime) -> Any:
        """An aware UTC instant as the driver stores it."""
        return at if self._on_server else at.strftime("%Y-%m-%d %H:%M:%S.%f")

    def _execute(self, statement: str, values: Sequence[Any]) -> Any:
        connection = getattr(self._mine, "connection", None) or self._open()
        try:
            return connection.execute(statement.replace("?", "%s") if self._on_server else statement, values)
        except Exception:
            if not self._on_server or connection.closed or connection.broken:
                self._drop()
            raise

    def _open(self) -> Any:
        kept = self._engine.raw_connection()
        kept.detach()
        connection: Any = kept.dbapi_connection
        if self._on_server:
            connection.rollback()
            connection.autocommit = True
        with self._guard:
            self._all.append(kept)
        self._mine.kept, self._mine.connection = kept, connection
        return connection

    def _drop(self) -> None:
        kept = self._mine.kept
        self._mine.connection = self._mine.kept = None
        with self._guard:
            if kept in self._all:
                self._all.remove(kept)
        kept.close()

    def _close_all(self, _engine: Engine) -> None:
        with self._guard:
            kept, self._all = self._all, []
        self._mine = threading.local()
        for each in kept:
            each.close()
