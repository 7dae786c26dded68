"""A calendar is read also while somebody keeps SQLite's one writer busy."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.factories.accounts import olga
from tests.factories.sessions import session
from tests.factories.societies import ens_with_olga
from webinar.db.store import db, store, transaction
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing

FEED = "/ens/calendar.ics"


@contextmanager
def busy() -> Iterator[None]:
    """Somebody writes on and on; on PostgreSQL a writer keeps nobody waiting."""
    store.commit()
    if db.engine.dialect.name != "sqlite":
        yield
        return
    writer = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    try:
        writer.execute("BEGIN IMMEDIATE")
        yield
    finally:
        writer.close()


def test_a_feed_that_nobody_has_read_yet_is_made_for_its_reader_alone(page):
    held = session(ens_with_olga()[0])
    with busy():
        answer = page.raw(FEED)
    assert (answer.status_code, f"UID:{held.uid}" in answer.text) == (200, True)
    assert page.raw(FEED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_an_edit_is_read_as_soon_as_the_writer_has_ended(page):
    held = session(ens_with_olga()[0])
    before = page.raw(FEED)
    with transaction():
        timing.move(held, olga(), When(held.starts_local + timedelta(days=1), "Europe/Berlin", 60))
    with busy():
        meanwhile = page.raw(FEED)
    after = page.raw(FEED)
    assert (meanwhile.status_code, meanwhile.data in {before.data, after.data}) == (200, True)
    assert (after.status_code, after.data == before.data) == (200, False)
