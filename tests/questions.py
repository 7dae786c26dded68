"""How many statements something asks of the database, whatever was loaded before."""

from collections.abc import Callable

from sqlalchemy import event

from webinar.db.store import db, store


def questions(ask: Callable[[], object]) -> int:
    """The number of statements that `ask` sends, from an empty identity map."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    store.commit()
    store.expunge_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)
