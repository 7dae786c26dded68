"""The store: one database session per request or tick, and the transaction its edges commit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, Connection, Select, event, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine

from webinar.db.base import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
store = db.session

_READING = {"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"}
_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the services inside wrote, or nothing of it. For edges: routes, jobs, commands."""
    if _only_reading() and store().in_transaction():
        store.rollback()  # a snapshot taken for reading could not be written from later
    token = _writing.set(True)
    try:
        yield
        store.commit()
    except BaseException:
        store.rollback()
        raise
    finally:
        _writing.reset(token)


def insert_once(model: type[Base], values: Mapping[str, Any], unique: Sequence[str]) -> bool:
    """Insert a row unless one with the same `unique` columns stands; whether it was inserted.

    Never raises on a duplicate, so the caller's transaction lives on.
    """
    table = model.__table__
    dialect = store.get_bind().dialect.name
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)  # type: ignore[arg-type]
    kept = insert.values(**values).on_conflict_do_nothing(index_elements=list(unique))
    return store.execute(kept.returning(table.c[unique[0]])).first() is not None


def insert_selected(
    model: type[Base], values: Mapping[str, ColumnElement[Any]], unique: Sequence[str]
) -> int:
    """Insert a row for each that the expressions in `values` select, in one statement; how many are new.

    Rows whose `unique` columns stand already are passed over, also when another process inserts them.
    """
    # SQLite needs a WHERE here, or it reads ON CONFLICT as the condition of a join.
    rows = select(*(value.label(name) for name, value in values.items())).where(true())
    dialect = store.get_bind().dialect.name
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(model.__table__)  # type: ignore[arg-type]
    statement = insert.from_select(list(values), rows).on_conflict_do_nothing(index_elements=list(unique))
    return int(store.execute(statement).rowcount)  # type: ignore[attr-defined]


def upsert_selected(
    model: type[Base],
    rows: Select[*tuple[Any, ...]],
    unique: Sequence[str],
    put: Callable[[Any], Mapping[str, Any]],
) -> None:
    """Insert each of `rows`, whose columns are named as the model's; where one stands, write `put` into it.

    `put` gets the columns of the row that was to be inserted. One statement: rows are locked in the order
    that `rows` has them.
    """
    dialect = store.get_bind().dialect.name
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(model.__table__)  # type: ignore[arg-type]
    statement = insert.from_select([column.name for column in rows.selected_columns], rows)
    store.execute(
        statement.on_conflict_do_update(index_elements=list(unique), set_=dict(put(statement.excluded)))
    )


def _only_reading() -> bool:
    return not _writing.get() and has_request_context() and request.method in _READING


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL, waiting for a writer instead of failing, enforced foreign keys, durable commits."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver must not open transactions of its own
    for pragma in ("journal_mode=WAL", "busy_timeout=10000", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where writing may follow; a lock upgraded later can be lost."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _only_reading() else "BEGIN IMMEDIATE")
