"""The two other ways in: a mail service posts a mail, a mail server pipes it into a command."""

import os
from base64 import b64encode
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.factories.replies import golden, reply
from webinar.calendars.cli import mailbox as cli
from webinar.calendars.models import Arrival, ArrivalState, Source
from webinar.config import Settings
from webinar.db.store import store

SECRET = "a secret for the door of tests, long enough"
BEARER = {"Authorization": f"Bearer {SECRET}"}
MAIL = reply()


@pytest.fixture
def door(app, page):
    """Posts to the door; answers with the status."""
    app.extensions["webinar.settings"].inbound_secret = SECRET

    def post(**options: object) -> int:
        return page.raw("/calendars/inbound", method="POST", **options).status_code

    return post


def kept() -> list[tuple[bytes, Source]]:
    store.expire_all()
    return [(row.raw, row.source) for row in store.scalars(select(Arrival).order_by(Arrival.id))]


def test_a_mail_as_the_whole_body_is_kept_once(door):
    sent = {"data": MAIL, "content_type": "message/rfc822", "headers": BEARER}
    assert [door(**sent), door(**sent)] == [204, 204]
    assert kept() == [(MAIL, Source.WEBHOOK)]


def test_the_secret_may_be_the_password_of_an_address(door):
    basic = {"Authorization": "Basic " + b64encode(f"mail:{SECRET}".encode()).decode()}
    assert door(data=MAIL, content_type="message/rfc822", headers=basic) == 204


@pytest.mark.parametrize("name", ["message", "email", "body-mime"])
def test_a_mail_in_a_field_or_a_file_of_a_form_is_kept(door, name):
    assert door(data={name: MAIL.decode()}, headers=BEARER) == 204
    assert door(data={name: (BytesIO(golden("exchange-windows-zone.eml")), "m.eml")}, headers=BEARER) == 204
    assert [raw for raw, _source in kept()] == [MAIL, golden("exchange-windows-zone.eml")]


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer"}, {"Authorization": "x"}]
)
def test_without_the_secret_nothing_is_there(door, headers):
    assert door(data=MAIL, content_type="message/rfc822", headers=headers) == 404
    assert kept() == []


def test_without_a_secret_in_the_settings_the_door_stays_closed(page):
    answer = page.raw("/calendars/inbound", method="POST", data=MAIL, headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


def test_an_empty_request_and_an_endless_one_are_refused(door, app):
    assert door(data=b"", content_type="message/rfc822", headers=BEARER) == 422
    assert door(data={"else": "x"}, headers=BEARER) == 422
    app.extensions["webinar.settings"].inbound_max_bytes = 10_000
    assert door(data=b"x" * 200_000, content_type="message/rfc822", headers=BEARER) == 413
    assert kept() == []


def test_a_mail_from_a_pipe_is_kept_and_kept_once(app):
    run = app.test_cli_runner()
    first = run.invoke(cli.receive, input=MAIL)
    again = run.invoke(cli.receive, input=MAIL)
    assert (first.exit_code, first.output) == (0, "Kept; the worker reads it.\n")
    assert (again.exit_code, again.output) == (0, "This mail was kept before.\n")
    assert kept() == [(MAIL, Source.PIPE)]


def test_a_mail_from_a_file_is_kept(app, tmp_path):
    file = tmp_path / "mail.eml"
    file.write_bytes(MAIL)
    assert app.test_cli_runner().invoke(cli.receive, [str(file)]).exit_code == 0
    assert kept() == [(MAIL, Source.PIPE)]


def test_an_empty_pipe_is_the_senders_fault_and_a_database_that_is_away_is_ours(app, tmp_path):
    run = app.test_cli_runner()
    assert run.invoke(cli.receive, input=b" \n").exit_code == os.EX_DATAERR
    assert run.invoke(cli.receive, [str(tmp_path / "gone.eml")]).exit_code == os.EX_TEMPFAIL
    store.execute(Arrival.__table__.delete())
    store.commit()
    store.connection().exec_driver_sql("ALTER TABLE arrivals RENAME TO away")
    store.commit()
    assert run.invoke(cli.receive, input=MAIL).exit_code == os.EX_TEMPFAIL


def test_the_operator_sees_what_nobody_could_read(app, work):
    run = app.test_cli_runner()
    run.invoke(cli.receive, input=golden("cut-off-in-the-middle.eml"))
    work()
    assert run.invoke(cli.inbox).output == (
        "1  2026-10-07 09:00Z  unreadable  the calendar is broken (ValueError)\n"
    )
    assert run.invoke(cli.inbox, ["--show", "1"]).output_bytes == golden("cut-off-in-the-middle.eml")
    assert run.invoke(cli.inbox, ["--show", "9"]).exit_code == 1
    assert run.invoke(cli.inbox, ["--set-aside", "1"]).output == "Set aside.\n"
    assert run.invoke(cli.inbox, ["--set-aside", "9"]).output == "There is no such mail.\n"
    assert run.invoke(cli.inbox).output == ""
    assert store.scalars(select(Arrival.state)).all() == [ArrivalState.SET_ASIDE]


def production(**changes: object) -> Settings:
    strong = {"secret_key": "k" * 40, "base_url": "https://talks.example.org"}
    return Settings(_env_file=None, mode="production", **strong | changes)


def test_production_refuses_a_short_secret_and_a_readable_password():
    with pytest.raises(ValueError, match="WEBINAR_INBOUND_SECRET"):
        production(inbound_secret="short")
    with pytest.raises(ValueError, match="WEBINAR_IMAP_SECURITY"):
        production(imap_host="mail.example.org", imap_security="none")
    assert production(imap_host="127.0.0.1", imap_security="none").imap_host == "127.0.0.1"
