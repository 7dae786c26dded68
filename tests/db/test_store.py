"""Transactions commit whole or not at all; instants keep their zone; the past of the log stays."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, StatementError

from tests.factories.accounts import ada
from webinar.accounts.models import Person
from webinar.audit import service as audit
from webinar.db.store import insert_once, store, transaction


def person_values(email: str) -> dict:
    return {"email": email, "name": "X", "nonce": "n", "created_at": datetime(2026, 1, 1, tzinfo=UTC)}


def test_a_failure_inside_leaves_nothing(app):
    with pytest.raises(RuntimeError), transaction():
        insert_once(Person, person_values("a@x.example"), ["email"])
        raise RuntimeError
    assert store.query(Person).count() == 0


def test_inserting_twice_keeps_the_first_and_the_transaction_alive(app):
    with transaction():
        assert insert_once(Person, person_values("a@x.example"), ["email"])
        assert not insert_once(Person, person_values("a@x.example"), ["email"])
        assert insert_once(Person, person_values("b@x.example"), ["email"])
    assert store.query(Person).count() == 2


def test_an_instant_comes_back_in_utc(app):
    person = ada()
    person.verified_at = datetime(2026, 10, 7, 12, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    store.commit()
    store.expire_all()
    assert person.verified_at == datetime(2026, 10, 7, 6, 15, tzinfo=UTC)
    assert person.verified_at.tzinfo is UTC


def test_a_naive_instant_is_refused(app):
    person = ada()
    person.verified_at = datetime(2026, 10, 7, 12)
    with pytest.raises(StatementError, match="an instant needs its zone"):
        store.flush()
    store.rollback()


@pytest.mark.parametrize("change", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_the_audit_log_cannot_be_changed_even_in_sql(app, change):
    with transaction():
        audit.record("society.founded", "society", 1, actor_id=1, society_id=1)
    with pytest.raises(DatabaseError, match="append-only"):
        store.execute(text(change))
    store.rollback()
