"""What answers from calendars bring about, from the mail that comes in to the seat and the next invitation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.accounts import olga
from tests.factories.registration import seat, states
from tests.factories.replies import UID, answered_session, bring, golden, records, reply, signed
from tests.factories.sessions import WORDS
from tests.letters import taken
from webinar.calendars.models import Arrival, ArrivalState, CalendarReply
from webinar.calendars.queries import answers as queries
from webinar.calendars.rules.reply import DeclineRule, Proof, Standing
from webinar.calendars.service import answers, arrivals
from webinar.db.store import store, transaction
from webinar.outbox.models import Letter, LetterState
from webinar.refusal import Invalid, Missing
from webinar.registration.queries import seats
from webinar.registration.service import seats as registration
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import timing
from webinar.timekeeping import clock as present

ADA = "ada@clinic.example"


@pytest.fixture
def flow(app):
    return answered_session(app)


@pytest.fixture
def ada(flow, work, carrier):
    found = seat(flow)
    work()
    carrier.sent.clear()
    return found


@pytest.fixture
def comes(work):
    """A mail comes in and the worker reads it; what became of its answers, in order of arrival."""

    def come(raw: bytes) -> list[tuple[str, str]]:
        bring(raw)
        work()
        return stood()

    return come


def stood() -> list[tuple[str, str]]:
    """Of every answer: what it says, and what became of it."""
    store.expire_all()
    rows = store.scalars(select(CalendarReply).order_by(CalendarReply.id)).all()
    return [(row.says, row.standing.value) for row in rows]


def last_reply() -> CalendarReply:
    store.expire_all()
    return store.scalars(select(CalendarReply).order_by(CalendarReply.id.desc())).first()


def choose(flow_, rule: DeclineRule) -> None:
    with transaction():
        answers.choose_rule(flow_.society_id, rule, olga())


def move(flow_, text: str) -> None:
    with transaction():
        timing.move(flow_, olga(), When(datetime.fromisoformat(text), "Europe/Berlin", 60))


def asks(seat_) -> bool:
    store.expire_all()
    found = queries.answer_of(seat_.id)
    return bool(found and found.asks)


def test_a_signed_answer_is_taken(ada, comes):
    assert comes(signed(reply("ACCEPTED"))) == [("ACCEPTED", "taken")]
    answer = queries.answer_of(ada.id)
    assert (answer.reply.proof, answer.reply.sequence) == (Proof.SIGNED, 2)
    assert answer.reply.stamp_at == datetime(2026, 10, 7, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exchange-windows-zone.eml", ("ACCEPTED", "taken")),
        ("outlook-desktop-one-part-mailto-in-capitals.eml", ("TENTATIVE", "taken")),
        ("google-note-in-a-parameter.eml", ("DECLINED", "taken")),
        ("apple-attendee-is-a-principal.eml", ("ACCEPTED", "taken")),
        ("thunderbird-two-identical-parts.eml", ("DECLINED", "taken")),
        ("zimbra-quoted-zone-name.eml", ("DECLINED", "taken")),
        ("mobile-without-sequence.eml", ("ACCEPTED", "taken")),
        ("delegated-to-a-colleague.eml", ("DELEGATED", "taken")),
        ("latin-1-under-the-name-of-utf-8.eml", ("DECLINED", "taken")),
        ("method-only-in-the-part.eml", ("ACCEPTED", "taken")),
        ("only-a-file-by-its-name.eml", ("DECLINED", "taken")),
        ("recurrence-id-in-utc.eml", ("TENTATIVE", "taken")),
        ("recurrence-id-with-a-windows-zone.eml", ("TENTATIVE", "taken")),
        ("nextcloud-from-the-servers-own-address.eml", ("ACCEPTED", "held")),
        ("assistant-answers-for-somebody.eml", ("ACCEPTED", "held")),
        ("two-attendees.eml", ("NEEDS-ACTION", "held")),
        ("another-attendee.eml", ("DECLINED", "held")),
        ("outlook-proposes-another-time.eml", ("TENTATIVE", "noted")),
        ("asks-for-the-invitation-again.eml", ("NEEDS-ACTION", "noted")),
    ],
)
def test_what_real_programs_send_comes_to_its_seat(ada, comes, name, expected):
    assert comes(signed(golden(name))) == [expected]


def test_an_answer_that_nothing_vouches_for_waits_for_a_person(flow, ada, comes, carrier):
    assert comes(reply("DECLINED")) == [("DECLINED", "held")]
    assert (last_reply().because, last_reply().seat_id) == ("nothing shows that it is by this person", ada.id)
    assert (states(ada), queries.answer_of(ada.id), taken(carrier)) == (["confirmed"], None, [])


def test_somebody_elses_answer_for_ada_waits_however_well_it_is_signed(ada, comes, app):
    app.extensions["webinar.records"] = records("evil.example")
    raw = signed(reply("DECLINED", author="eve@evil.example"), "evil.example")
    assert comes(raw) == [("DECLINED", "held")]


def test_the_mark_in_our_address_vouches_for_ada_as_the_author(ada, comes):
    mark = queries.reply_mark(seats.seat(ada.id))
    assert comes(reply(to=f"Events <EVENTS+{mark.upper()}@example.org>")) == [("ACCEPTED", "taken")]
    assert last_reply().proof is Proof.TOKEN


def test_the_link_of_the_ticket_that_programs_send_back_vouches_too(ada, comes):
    link = f"http://webinar.test{seats.ticket_path(ada)}"
    assert comes(reply(extra=f"DESCRIPTION:Change or cancel:\\n{link}\\n")) == [("ACCEPTED", "taken")]


def test_a_mark_of_another_seat_or_another_author_vouches_for_nothing(flow, ada, comes):
    bo = seat(flow, "bo@clinic.example", "Bo")
    mark = queries.reply_mark(seats.seat(bo.id))
    own = queries.reply_mark(seats.seat(ada.id))
    comes(reply(to=f"events+{mark}@example.org", mail_id="a"))
    assert comes(reply("DECLINED", to=f"events+{own}@example.org", author="eve@x.example", mail_id="b")) == [
        ("ACCEPTED", "held"),
        ("DECLINED", "held"),
    ]


def test_an_assistant_is_believed_with_a_signature_and_the_mark(ada, comes):
    mark = queries.reply_mark(seats.seat(ada.id))
    raw = golden("assistant-answers-for-somebody.eml").replace(b"events@", f"events+{mark}@".encode())
    assert comes(signed(raw)) == [("ACCEPTED", "taken")]


def test_the_same_mail_twice_and_the_same_answer_by_another_way_count_once(ada, comes):
    raw = signed(reply())
    assert bring(raw)
    assert not bring(raw)
    assert comes(b"Received: by another.example\r\n" + raw) == [("ACCEPTED", "taken")]


def test_answers_count_in_the_order_of_their_stamps_not_of_their_arrival(ada, comes):
    comes(signed(reply("ACCEPTED", stamp="20261007T090700Z")))
    assert comes(signed(reply("TENTATIVE", stamp="20261007T090500Z"))) == [
        ("ACCEPTED", "taken"),
        ("TENTATIVE", "overtaken"),
    ]
    assert queries.answer_of(ada.id).reply.says == "ACCEPTED"
    assert comes(signed(reply("TENTATIVE", stamp="20261007T090900Z")))[-1] == ("TENTATIVE", "taken")


def test_an_answer_to_an_old_time_is_kept_and_ada_is_asked_again_once(flow, ada, comes, carrier, work, clock):
    move(flow, "2026-10-14T20:00")
    work()
    carrier.sent.clear()
    comes(signed(reply("ACCEPTED", mail_id="a")))
    assert comes(signed(reply("DECLINED", stamp="20261007T090600Z", mail_id="b"))) == [
        ("ACCEPTED", "old_time"),
        ("DECLINED", "old_time"),
    ]
    [mail] = taken(carrier, ADA)
    assert mail.subject == (
        "Can you still come? Flow diverters in ruptured aneurysms, now Wed 14 Oct, 23:45 Kathmandu"
    )
    assert (mail.method, int(mail.event["SEQUENCE"])) == ("REQUEST", flow.revision + ada.version)
    assert (queries.answer_of(ada.id), states(ada)) == (None, ["confirmed"])


def test_the_answer_we_hold_is_written_in_updates_that_move_nothing(flow, ada, comes, carrier, work):
    comes(signed(reply("TENTATIVE")))
    with transaction():
        drafts.edit(flow, olga(), replace(WORDS, title="Flow diverters, again"))
    work()
    [mail] = taken(carrier, ADA)
    assert mail.event["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"
    move(flow, "2026-10-14T20:00")
    work()
    [mail] = taken(carrier, ADA)
    assert mail.event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_an_answer_to_a_version_that_we_never_sent_counts_for_the_present_one(ada, comes):
    comes(signed(reply("DECLINED", sequence="9000")))
    comes(signed(reply("ACCEPTED", stamp="20261007T090600Z")))
    assert (stood()[-1], queries.answer_of(ada.id).reply.sequence) == (("ACCEPTED", "taken"), 2)


def test_an_answer_to_an_invitation_before_a_mere_change_of_words_counts(flow, ada, comes):
    with transaction():
        drafts.edit(flow, olga(), replace(WORDS, title="Flow diverters, again"))
    assert comes(signed(reply("ACCEPTED"))) == [("ACCEPTED", "taken")]


def test_who_declines_keeps_the_seat_until_organisers_have_said_so(flow, ada, comes):
    comes(signed(reply("DECLINED")))
    assert (asks(ada), states(ada)) == (True, ["confirmed"])


def test_organisers_free_the_seat_and_the_next_in_the_queue_is_asked(flow, ada, comes, work, carrier):
    seat(flow, "bo@clinic.example", "Bo")
    cy = seat(flow, "cy@clinic.example", "Cy")
    comes(signed(reply("DECLINED")))
    carrier.sent.clear()
    with transaction():
        answers.free(flow, ada.id, olga())
    work()
    assert (asks(ada), states(ada, cy)) == (False, ["cancelled", "offered"])
    to_ada, to_cy = sorted(taken(carrier), key=lambda mail: mail.to)
    assert (to_ada.method, to_cy.to) == ("CANCEL", "cy@clinic.example")


def test_organisers_keep_the_seat_and_are_asked_no_more(flow, ada, comes):
    comes(signed(reply("DECLINED")))
    with transaction():
        answers.keep(flow, ada.id, olga())
    assert (asks(ada), states(ada)) == (False, ["confirmed"])
    with pytest.raises(Missing), transaction():
        answers.free(flow, ada.id, olga())


def test_by_rule_a_declined_seat_is_free_at_once_and_offered(flow, ada, comes):
    choose(flow, DeclineRule.FREE)
    seat(flow, "bo@clinic.example", "Bo")
    cy = seat(flow, "cy@clinic.example", "Cy")
    comes(signed(reply("DECLINED")))
    assert states(ada, cy) == ["cancelled", "offered"]


def test_by_rule_a_declined_seat_is_kept_without_a_question(flow, ada, comes):
    choose(flow, DeclineRule.KEEP)
    comes(signed(reply("DECLINED")))
    assert (asks(ada), states(ada)) == (False, ["confirmed"])


def test_a_change_of_mind_takes_the_question_back(flow, ada, comes):
    comes(signed(reply("DECLINED")))
    comes(signed(reply("ACCEPTED", stamp="20261007T091000Z")))
    assert (asks(ada), queries.answer_of(ada.id).reply.says) == (False, "ACCEPTED")


def test_a_yes_after_the_seat_was_freed_brings_the_way_back_in(flow, ada, comes, carrier, clock):
    choose(flow, DeclineRule.FREE)
    comes(signed(reply("DECLINED")))
    carrier.sent.clear()
    clock.shift(timedelta(hours=1))
    comes(signed(reply("ACCEPTED", stamp="20261007T095900Z")))
    [mail] = taken(carrier, ADA)
    assert mail.subject.startswith("Would you like your place back? Flow diverters")
    assert "A place is free at this moment." in mail.text
    assert f"http://webinar.test/s/{flow.slug}" in mail.text
    assert not mail.has_calendar
    assert states(ada) == ["cancelled"]


def test_a_yes_from_before_the_seat_was_given_back_brings_nothing(flow, ada, comes, carrier, work, clock):
    clock.shift(timedelta(hours=1))
    with transaction():
        registration.give_back(seats.seat(ada.id))
    work()
    carrier.sent.clear()
    assert comes(signed(reply("ACCEPTED"))) == [("ACCEPTED", "overtaken")]
    assert taken(carrier) == []


def test_a_no_to_an_earlier_registration_does_not_touch_the_present_one(flow, ada, comes, clock):
    clock.shift(timedelta(hours=1))
    with transaction():
        registration.give_back(seats.seat(ada.id))
    seat(flow)
    choose(flow, DeclineRule.FREE)
    assert comes(signed(reply("DECLINED"))) == [("DECLINED", "old_time")]
    assert states(ada) == ["confirmed"]


def test_another_time_is_politely_refused(ada, comes, carrier):
    comes(signed(golden("outlook-proposes-another-time.eml")))
    [mail] = taken(carrier, ADA)
    assert mail.subject == (
        "The time stays: Flow diverters in ruptured aneurysms, Wed 14 Oct, 21:45 Kathmandu"
    )
    assert (mail.method, str(mail.event["UID"]), int(mail.event["SEQUENCE"])) == ("DECLINECOUNTER", UID, 2)
    assert "thank you for proposing another time" in mail.text
    assert last_reply().asks_for_at == datetime(2026, 10, 14, 17, 0, tzinfo=UTC)


def test_who_asks_for_the_invitation_gets_it_a_few_times_a_day(ada, comes, carrier):
    for number in range(8):
        raw = golden("asks-for-the-invitation-again.eml").replace(b"again@", f"{number}@".encode())
        comes(signed(raw))
    mails = taken(carrier, ADA)
    assert [mail.method for mail in mails] == ["REQUEST"] * answers.MAILS_A_DAY


def test_methods_that_ask_for_nothing_are_noted(ada, comes):
    assert comes(signed(reply(method="PUBLISH"))) == [("ACCEPTED", "noted")]


def test_an_answer_to_a_session_that_we_do_not_know_is_kept_for_the_operator(ada, comes):
    assert comes(signed(reply(uid="somebody-elses@x.example"))) == [("ACCEPTED", "held")]
    [(arrival, lost)] = queries.troubled_arrivals()
    assert (arrival.state, lost.because) == (ArrivalState.READ, "no session of ours has this UID")


def test_an_answer_about_another_date_waits_for_a_person(ada, comes):
    assert comes(signed(reply(extra="RECURRENCE-ID:20261021T160000Z"))) == [("ACCEPTED", "held")]


def test_broken_mail_is_kept_with_its_bytes_and_stops_nothing(ada, comes):
    broken = golden("cut-off-in-the-middle.eml")
    bring(broken)
    assert comes(signed(reply())) == [("ACCEPTED", "taken")]
    row = store.scalars(select(Arrival).where(Arrival.state == ArrivalState.UNREADABLE)).one()
    assert (row.raw, row.trouble) == (broken, "the calendar is broken (ValueError)")


def test_a_silent_dns_is_asked_three_times_and_then_a_person_decides(flow, ada, comes, app, work, clock):
    app.extensions["webinar.records"] = type(records())(silent=frozenset({"s1._domainkey.clinic.example"}))
    assert comes(signed(reply())) == []
    clock.shift(timedelta(minutes=2))
    work()
    assert stood() == []
    clock.shift(timedelta(minutes=7))
    work()
    assert stood() == [("ACCEPTED", "held")]


def test_a_session_that_is_over_gives_no_seat_back(flow, ada, comes, clock):
    choose(flow, DeclineRule.FREE)
    clock.move_to(flow.ends_at + timedelta(hours=1))
    assert comes(signed(reply("DECLINED"))) == [("DECLINED", "taken")]
    assert states(ada) == ["confirmed"]


def test_an_organiser_counts_a_held_answer(flow, ada, comes):
    comes(reply("DECLINED"))
    with transaction():
        answers.accept(flow, last_reply(), olga(), present.now())
    held = last_reply()
    assert (held.standing, held.proof, held.decided_by_id) == (Standing.TAKEN, Proof.NONE, olga().id)
    assert asks(ada)
    with pytest.raises(Missing), transaction():
        answers.ignore(flow, last_reply(), olga(), present.now())


def test_an_organiser_sets_a_held_answer_aside(flow, ada, comes):
    comes(reply("DECLINED"))
    with transaction():
        answers.ignore(flow, last_reply(), olga(), present.now())
    assert (stood(), queries.answer_of(ada.id)) == ([("DECLINED", "ignored")], None)


def test_an_organiser_says_whose_answer_an_unknown_address_is(flow, ada, comes):
    comes(golden("another-attendee.eml"))
    with pytest.raises(Invalid), transaction():
        answers.accept(flow, last_reply(), olga(), present.now(), "nobody@clinic.example")
    with transaction():
        answers.accept(flow, last_reply(), olga(), present.now(), " ADA@clinic.example")
    assert queries.answer_of(ada.id).reply.says == "DECLINED"


def test_all_letters_of_answers_are_delivered_and_old_mails_are_emptied(flow, ada, comes, clock, work):
    comes(signed(reply()))
    clock.shift(timedelta(days=91))
    with transaction():
        arrivals.forget_old(present.now())
    assert [row.raw for row in store.scalars(select(Arrival))] == [b""]
    dead = store.scalars(select(Letter.kind).where(Letter.state == LetterState.DEAD)).all()
    assert dead == []
