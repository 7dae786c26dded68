"""What machines ask: alive, ready, how busy."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.registration import seat
from tests.factories.replies import bring, reply
from tests.factories.sessions import session
from tests.factories.societies import society
from webinar.db.store import store
from webinar.outbox import service as outbox
from webinar.timekeeping.zones import TZDATA_VERSION


def test_the_process_says_that_it_lives_and_which_zone_data_it_holds(page):
    answer = page.raw("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "tzdata": TZDATA_VERSION})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_migrated_database_is_ready(page):
    answer = page.raw("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_an_old_database_is_not_ready_and_nothing_is_given_away(page):
    store.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    answer = page.raw("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "because": "database"})
    assert page.raw("/healthz").status_code == 200


def test_metrics_count_letters_sessions_seats_and_what_came_in(page):
    seat(session(society()))
    bring(reply())
    store.execute(sa.text("DELETE FROM letters"))
    outbox.post("mail.registered", "mail:registered:1:1", {"seat_id": 1})
    answer = page.raw("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    values = [line for line in answer.get_data(as_text=True).splitlines() if not line.startswith("#")]
    assert values == [
        'webinar_letters{state="dead"} 0.0',
        'webinar_letters{state="missed"} 0.0',
        'webinar_letters{state="pending"} 1.0',
        'webinar_letters{state="sending"} 0.0',
        'webinar_letters{state="sent"} 0.0',
        "webinar_letters_due 1.0",
        "webinar_letters_oldest_due_seconds 0.0",
        'webinar_sessions{state="published"} 1.0',
        'webinar_seats{state="confirmed"} 1.0',
        'webinar_arrivals{state="new"} 1.0',
        "webinar_mailbox_failures 0.0",
        "webinar_mailbox_failing_seconds 0.0",
        f'webinar_info{{tzdata="{TZDATA_VERSION}"}} 1.0',
    ]


@pytest.mark.parametrize(
    ("mode", "token", "shown", "status"),
    [
        ("test", "", "", 200),
        ("test", "a token", "", 404),
        ("test", "a token", "Bearer a token", 200),
        ("test", "a token", "Bearer another", 404),
        ("production", "", "", 404),
        ("production", "a token", "Bearer a token", 200),
    ],
)
def test_metrics_open_to_the_token_of_the_settings(app: Flask, settings, mode, token, shown, status):
    changed = settings.model_copy(update={"mode": mode, "metrics_token": token})
    app.extensions["webinar.settings"] = changed
    answer = app.test_client().get(
        "/metrics", headers={"Authorization": shown}, base_url="http://webinar.test"
    )
    assert answer.status_code == status
