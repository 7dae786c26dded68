"""The mailbox for answers, on a real IMAP server: read once, marked or moved, nobody else's mail touched."""

import pytest
from sqlalchemy import select

from tests.calendars.imap_server import PASSWORD, USER, running
from tests.factories.replies import golden, reply
from webinar.calendars.jobs.mailbox import mailbox_health, read_mailbox
from webinar.calendars.models import Arrival, ArrivalState, Mailbox
from webinar.calendars.providers.imap import folder_name
from webinar.calendars.service import mailboxes
from webinar.db.store import store, transaction
from webinar.timekeeping import clock as present


@pytest.fixture
def server():
    with running() as found:
        yield found


@pytest.fixture
def known(app, server):
    """Settings that name the server's mailbox."""
    known = app.extensions["webinar.settings"]
    known.imap_host, known.imap_port, known.imap_security = "127.0.0.1", server.port, "none"
    known.imap_user, known.imap_password = USER, PASSWORD
    return known


def look() -> None:
    store.commit()
    read_mailbox(present.now())
    store.expire_all()


def kept() -> list[tuple[str, bool]]:
    """Message-IDs of what was kept, and whether it is settled on the server."""
    store.expire_all()
    rows = store.scalars(select(Arrival).order_by(Arrival.id)).all()
    found = [
        (r.raw.partition(b"Message-ID: <")[2].partition(b"@")[0].decode(), bool(r.settled_at)) for r in rows
    ]
    store.commit()
    return found


def box() -> Mailbox:
    return store.scalars(select(Mailbox)).one()


def test_answers_are_kept_and_flagged_as_seen_and_other_mail_stays_as_it_is(known, server):
    server.deliver(golden("no-calendar-in-it.eml"), reply("ACCEPTED", mail_id="one"))
    look()
    assert kept() == [("one", True)]
    assert server.subjects_and_flags() == [("no-calendar-in-it", False), ("one", True)]


def test_answers_are_moved_where_the_settings_name_a_folder(known, server):
    known.imap_handled = "Handled"
    server.deliver(golden("no-calendar-in-it.eml"), reply("ACCEPTED", mail_id="one"))
    look()
    server.deliver(reply("DECLINED", mail_id="two"))
    look()
    assert kept() == [("one", True), ("two", True)]
    assert server.subjects_and_flags() == [("no-calendar-in-it", False)]
    assert [name for name, _seen in server.subjects_and_flags("Handled")] == ["one", "two"]


def test_nothing_is_read_twice_and_what_comes_later_is_read(known, server):
    server.deliver(reply(mail_id="one"))
    for _ in range(3):
        look()
    server.deliver(reply(mail_id="two"))
    look()
    assert kept() == [("one", True), ("two", True)]
    assert (box().failures, box().trouble, box().lease_until) == (0, "", None)


def test_a_mailbox_that_was_built_anew_is_read_again_without_doubling_anything(known, server):
    server.deliver(reply(mail_id="one"))
    look()
    with transaction():
        box().uidvalidity = 1
        box().last_uid = 999_999
    server.deliver(reply(mail_id="two"))
    look()
    assert kept() == [("one", True), ("two", True)]


def test_a_turn_that_was_cut_short_after_keeping_is_settled_by_the_next(known, server):
    server.deliver(reply(mail_id="one"))
    look()
    with transaction():
        store.scalars(select(Arrival)).one().settled_at = None
    known.imap_handled = "Handled"
    look()
    assert kept() == [("one", True)]
    assert [name for name, _seen in server.subjects_and_flags("Handled")] == ["one"]


def test_one_worker_reads_while_another_stands_back(known, server):
    server.deliver(reply(mail_id="one"))
    with transaction():
        turn = mailboxes.claim(folder_name(known))
        assert mailboxes.claim(folder_name(known)) is None
    look()
    assert kept() == []
    with transaction():
        mailboxes.finish(turn, present.now())
    look()
    assert kept() == [("one", True)]


def test_a_worker_whose_turn_was_taken_over_writes_no_more(known, server):
    with transaction():
        first = mailboxes.claim(folder_name(known))
        box().lease_until = 0.0
        store.flush()
        second = mailboxes.claim(folder_name(known))
        assert not mailboxes.looked_at(first, 5, 5)
        assert mailboxes.looked_at(second, 6, 6)
    assert (box().uidvalidity, box().last_uid) == (6, 6)


def test_a_mail_that_is_too_large_is_kept_as_its_beginning_for_a_person(known, server):
    known.inbound_max_bytes = 10_000
    server.deliver(reply(extra="X-LONG:" + "x" * 60_000, mail_id="large"), reply(mail_id="small"))
    look()
    rows = store.scalars(select(Arrival).order_by(Arrival.id)).all()
    assert [(row.state, len(row.raw) <= 20_000) for row in rows] == [
        (ArrivalState.TOO_LARGE, True),
        (ArrivalState.NEW, True),
    ]


def test_a_wrong_password_is_on_record_until_it_works_again(known, server, page):
    known.imap_password = "wrong"
    look()
    look()
    assert (box().failures, box().failing_since_at, box().lease_until) == (2, present.now(), None)
    assert "webinar_mailbox_failures 2.0" in page.raw("/metrics").get_data(as_text=True)
    known.imap_password = PASSWORD
    look()
    assert (box().failures, box().failing_since_at, box().trouble) == (0, None, "")


def test_a_server_that_is_away_fails_the_look_and_nothing_else(known, app):
    known.imap_port = 9
    look()
    assert box().failures == 1


def test_check_says_how_the_mailbox_is(known, server):
    server.deliver(reply())
    well = mailbox_health()
    known.imap_folder = "No such folder"
    ill = mailbox_health()
    known.imap_host = ""
    none = mailbox_health()
    assert (well.is_well, well.words) == (True, "ok (events@127.0.0.1/INBOX, 1 mails)")
    assert (ill.is_well, none.is_well) == (False, True)
    assert ill.words.startswith("events@127.0.0.1/No such folder cannot be read: ")


def test_the_worker_looks_and_reads_in_one_tick(known, server, work):
    server.deliver(golden("cut-off-in-the-middle.eml"))
    work()
    row = store.scalars(select(Arrival)).one()
    assert (row.state, row.trouble) == (ArrivalState.UNREADABLE, "the calendar is broken (ValueError)")
