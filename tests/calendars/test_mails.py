"""Mails about seats and sessions, read as Ada's mail program reads them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from tests.factories.accounts import olga
from tests.factories.registration import seat
from tests.factories.sessions import WHEN, WORDS, session
from tests.factories.societies import society
from tests.letters import taken
from webinar.calendars.queries import answers
from webinar.db.store import store, transaction
from webinar.meetings import service as meetings
from webinar.meetings.port import Link
from webinar.outbox.models import Letter, LetterState
from webinar.registration.queries import seats
from webinar.registration.service import seats as registration
from webinar.sessions.rules.start import When
from webinar.sessions.service import draft as drafts
from webinar.sessions.service import publication, timing

ADA = "ada@clinic.example"
FLOW = "Flow diverters in ruptured aneurysms"


def local(text: str) -> When:
    return When(datetime.fromisoformat(text), "Europe/Berlin", 60)


def move(session_, text: str) -> None:
    with transaction():
        timing.move(session_, olga(), local(text))


@pytest.fixture
def flow(app):
    return session(society(), capacity=2)


@pytest.fixture
def ada(flow):
    return seat(flow)


def test_registering_brings_the_invitation_in_adas_own_time(flow, ada, carrier, work):
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject == f"Registered: {FLOW}, Wed 14 Oct, 21:45 Kathmandu"
    assert mail.types == ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert (mail.method, int(mail.event["SEQUENCE"])) == ("REQUEST", flow.revision + ada.version)
    assert mail.event["UID"] == flow.uid
    assert mail.event["DTSTART"].dt.astimezone(UTC) == flow.starts_at
    assert mail.event["DTEND"].dt.astimezone(UTC) == flow.ends_at
    assert [str(z["TZID"]) for z in mail.calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    attendee, organizer = mail.event["ATTENDEE"], mail.event["ORGANIZER"]
    assert (str(attendee), attendee.params["CN"]) == (f"mailto:{ADA}", "Ada Attendee")
    assert (str(organizer), organizer.params["CN"]) == (
        "mailto:events@example.org",
        "Example Neurosurgical Society",
    )


def test_the_text_alone_is_enough_to_join(flow, ada, carrier, work):
    work()
    [mail] = taken(carrier, ADA)
    lines = mail.text.splitlines()
    assert f"http://webinar.test{seats.join_path(ada)}" in lines
    assert f"http://webinar.test{seats.ticket_path(ada)}" in lines
    assert "Wednesday 14 October 2026" in lines
    assert "21:45–22:45 Kathmandu (UTC+05:45), late evening" in lines
    assert "16:00 UTC · 18:00 Berlin (host, UTC+02:00)" in lines
    assert [line for line in lines if len(line) > 72 and "http" not in line] == []
    assert "You get this because" in mail.text


def test_mails_come_from_the_society_and_answers_reach_it(flow, ada, carrier, work):
    work()
    [mail] = taken(carrier, ADA)
    [sender] = mail.message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Example Neurosurgical Society", "events@example.org")
    assert mail.message["Reply-To"] == "events@ens.example"


def test_answers_go_to_an_address_of_their_own_with_the_seats_mark_where_the_settings_say_so(
    app, flow, ada, carrier, work
):
    known = app.extensions["webinar.settings"]
    known.reply_address, known.reply_tokens = "replies@talks.example", True
    work()
    [mail] = taken(carrier, ADA)
    organizer = mail.event["ORGANIZER"]
    mark = answers.reply_mark(ada)
    assert str(organizer) == f"mailto:replies+{mark}@talks.example"
    assert organizer.params["SENT-BY"] == "mailto:events@example.org"
    assert (len(mark), mark == mark.lower()) == (32, True)
    assert mail.message["From"].addresses[0].addr_spec == "events@example.org"


def test_the_preheader_is_the_local_time(flow, ada, carrier, work):
    work()
    [mail] = taken(carrier, ADA)
    preheader = mail.html.partition('class="pre"')[2].partition(">")[2].partition("<")[0]
    assert preheader == "Wed 14 Oct 2026, 21:45–22:45 Kathmandu (UTC+05:45), late evening"


def test_registering_again_sends_the_same_mail_again(flow, ada, carrier, work):
    work()
    [first] = taken(carrier, ADA)
    seat(flow)
    work()
    [second] = taken(carrier, ADA)
    assert (second.subject, second.text) == (first.subject, first.text)
    assert second.calendar_bytes == first.calendar_bytes
    assert second.message["Message-ID"] != first.message["Message-ID"]


def test_who_waits_hears_their_place_and_has_nothing_to_join(flow, ada, carrier, work):
    for name in ("bo", "cy", "di"):
        seat(flow, f"{name}@clinic.example", name.title())
    work()
    [mail] = taken(carrier, "di@clinic.example")
    assert mail.subject == f"Waiting list, place 2: {FLOW}, Wed 14 Oct, 21:45 Kathmandu"
    assert not mail.has_calendar
    assert "/j/" not in mail.text


def test_a_freed_seat_is_offered_until_an_hour_of_their_own(flow, ada, carrier, work):
    seat(flow, "bo@clinic.example", "Bo")
    seat(flow, "cy@clinic.example", "Cy")
    work()
    carrier.sent.clear()
    with transaction():
        registration.give_back(seats.seat(ada.id))
    work()
    given, offered = sorted(taken(carrier), key=lambda mail: mail.to)
    assert given.subject == f"You left: {FLOW}, Wed 14 Oct, 21:45 Kathmandu"
    assert (given.method, given.event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert int(given.event["SEQUENCE"]) > flow.revision + 1
    assert given.event["UID"] == flow.uid
    assert (offered.to, offered.has_calendar) == ("cy@clinic.example", False)
    # 09:00 UTC and 12 hours are 02:45 of the next day in Kathmandu.
    assert offered.subject == f"A seat is free for {FLOW}: yours until Thu 02:45 Kathmandu"


def test_an_offer_that_has_passed_is_not_mailed(flow, ada, carrier, work, clock):
    seat(flow, "bo@clinic.example", "Bo")
    waiting = seat(flow, "cy@clinic.example", "Cy")
    with transaction():
        registration.give_back(seats.seat(ada.id))
    clock.shift(timedelta(hours=13))
    work()
    subjects = [mail.subject for mail in taken(carrier, waiting.person.email)]
    assert [s for s in subjects if s.startswith("A seat is free")] == []


def test_moving_tells_each_once_with_a_higher_sequence(flow, ada, carrier, work):
    work()
    [invitation] = taken(carrier, ADA)
    move(flow, "2026-10-15T18:00")
    work()
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject == f"Moved: now Thu 15 Oct 21:45 (was Wed), Kathmandu: {FLOW}"
    assert mail.method == "REQUEST"
    assert mail.event["UID"] == invitation.event["UID"]
    assert int(mail.event["SEQUENCE"]) == int(invitation.event["SEQUENCE"]) + 1
    assert mail.event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 10, 15, 16, tzinfo=UTC)
    assert "it was: Wed 14 Oct 2026, 21:45–22:45 Kathmandu (UTC+05:45)" in " ".join(mail.text.split())


def test_a_mail_waiting_when_the_session_moves_never_says_the_old_time(flow, ada, carrier, work):
    move(flow, "2026-10-15T18:00")
    work()
    registered, moved = taken(carrier, ADA)
    assert registered.subject == f"Registered: {FLOW}, Thu 15 Oct, 21:45 Kathmandu"
    assert "14 Oct" not in registered.text
    assert registered.event["DTSTART"].dt == moved.event["DTSTART"].dt


def test_of_two_moves_only_the_last_is_told(flow, ada, carrier, work):
    work()
    carrier.sent.clear()
    move(flow, "2026-10-15T18:00")
    move(flow, "2026-10-16T18:00")
    work()
    assert [mail.subject for mail in taken(carrier, ADA)] == [
        f"Moved: now Fri 16 Oct 21:45 (was Thu), Kathmandu: {FLOW}"
    ]


def test_a_move_is_told_also_when_the_title_changes_at_once(flow, ada, carrier, work):
    work()
    carrier.sent.clear()
    move(flow, "2026-10-15T18:00")
    with transaction():
        drafts.edit(flow, olga(), replace(WORDS, title="Flow diverters", capacity=2))
    work()
    assert sorted(mail.subject for mail in taken(carrier, ADA)) == [
        "Changed: Flow diverters, Thu 15 Oct, 21:45 Kathmandu",
        "Moved: now Thu 15 Oct 21:45 (was Wed), Kathmandu: Flow diverters",
    ]


def test_a_move_between_writing_and_sending_stops_the_old_mail(flow, ada, carrier, work, app):
    errand = _errand_of("mail.registered", work)
    move(flow, "2026-10-15T18:00")
    with pytest.raises(Exception, match="changed before the mail was sent"):
        errand.run()
    assert taken(carrier, ADA) == []


def _errand_of(kind, work):
    """The registered mail, written but not sent yet."""
    from webinar.outbox.port import Due
    from webinar.reactions import LETTERS
    from webinar.registration.models import Seat
    from webinar.timekeeping import clock

    found = store.query(Seat).one()
    due = Due(f"{kind}:test", {"seat_id": found.id, "version": found.version}, clock.now(), 1)
    errand = LETTERS[kind](due)
    store.commit()
    return errand


def test_a_move_to_another_hour_says_the_old_hour(flow, ada, carrier, work):
    work()
    carrier.sent.clear()
    move(flow, "2026-10-14T19:30")
    work()
    assert [mail.subject for mail in taken(carrier, ADA)] == [
        f"Moved: now Wed 14 Oct 23:15 (was 21:45), Kathmandu: {FLOW}"
    ]


def test_moving_tells_waiting_people_without_an_invitation(flow, ada, carrier, work):
    seat(flow, "bo@clinic.example", "Bo")
    seat(flow, "cy@clinic.example", "Cy")
    work()
    carrier.sent.clear()
    move(flow, "2026-10-15T18:00")
    work()
    assert [(mail.to, mail.has_calendar) for mail in sorted(taken(carrier), key=lambda m: m.to)] == [
        (ADA, True),
        ("bo@clinic.example", True),
        ("cy@clinic.example", False),
    ]


def test_a_longer_session_is_told_as_changed(flow, ada, carrier, work):
    work()
    carrier.sent.clear()
    with transaction():
        timing.move(flow, olga(), replace(WHEN, minutes=90))
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject == f"Changed: {FLOW}, Wed 14 Oct, 21:45 Kathmandu"
    assert (mail.method, int(mail.event["SEQUENCE"])) == ("REQUEST", flow.revision + ada.version)


def test_cancelling_withdraws_the_invitation_and_says_why(flow, ada, carrier, work):
    work()
    [invitation] = taken(carrier, ADA)
    with transaction():
        publication.cancel(flow, olga(), "Dr Sharma is ill")
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject == f"Cancelled: {FLOW}, Wed 14 Oct, 21:45 Kathmandu"
    assert (mail.method, mail.event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert int(mail.event["SEQUENCE"]) > int(invitation.event["SEQUENCE"])
    assert mail.event["UID"] == invitation.event["UID"]
    assert "Dr Sharma is ill" in mail.text
    assert "/j/" not in mail.text + mail.html


def test_nothing_but_the_cancellation_goes_out_after_cancelling(flow, ada, carrier, work):
    move(flow, "2026-10-15T18:00")
    with transaction():
        publication.cancel(flow, olga(), "No room")
    work()
    assert [mail.subject.partition(":")[0] for mail in taken(carrier, ADA)] == ["Cancelled"]


def test_who_left_hears_of_no_move(flow, ada, carrier, work):
    with transaction():
        registration.give_back(seats.seat(ada.id))
    work()
    carrier.sent.clear()
    move(flow, "2026-10-15T18:00")
    work()
    assert taken(carrier, ADA) == []


def test_coming_back_after_leaving_gets_a_newer_invitation(flow, ada, carrier, work):
    work()
    with transaction():
        registration.give_back(seats.seat(ada.id))
    work()
    seat(flow)
    work()
    numbers = [(mail.method, int(mail.event["SEQUENCE"])) for mail in taken(carrier, ADA)]
    assert [method for method, _ in numbers] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [n for _, n in numbers] == sorted({n for _, n in numbers})


def test_the_backup_room_is_told_once_and_not_when_it_is_over(flow, ada, carrier, work):
    link = Link(url="https://zoom.us/j/123", backup_url="https://meet.example.org/b")
    with transaction():
        meetings.set_link(flow, olga(), link)
    work()
    carrier.sent.clear()
    with transaction():
        meetings.use_backup(flow, olga())
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject == f"New room for {FLOW}: your old link still works"
    assert "meet.example.org" not in mail.text
    with transaction():
        meetings.use_backup(flow, olga(), backup=False)
    work()
    assert taken(carrier, ADA) == []


def test_late_letters_end_as_missed_and_nobody_is_told(flow, ada, carrier, work, clock):
    clock.move_to(flow.ends_at)
    work()
    assert taken(carrier, ADA) == []
    states = {
        letter.kind: letter.state for letter in store.query(Letter) if letter.kind.startswith("mail.reg")
    }
    assert states == {"mail.registered": LetterState.MISSED}


def test_without_a_zone_of_their_own_people_read_the_host_zone(flow, carrier, work):
    seat(flow, "bo@clinic.example", "Bo", zone_name=None)
    work()
    [mail] = taken(carrier, "bo@clinic.example")
    assert mail.subject == f"Registered: {FLOW}, Wed 14 Oct, 18:00 Berlin"


def test_hostile_titles_add_no_header_and_no_calendar_line(app, carrier, work):
    title = "Flow\r\nBcc: all@x.example\u2028X <b>&amp;\\;,\"' %(x)s {{ 7*7 }}"
    flow = session(society(), title=title)
    seat(flow)
    work()
    [mail] = taken(carrier, ADA)
    assert mail.message["Bcc"] is None
    assert str(mail.event["SUMMARY"]) == flow.title
    assert "<b>" not in mail.html
    assert "{{ 7*7 }}" in mail.subject


def test_salma_who_reads_arabic_is_written_to_in_arabic_from_right_to_left(flow, carrier, work):
    seat(flow, "salma@clinic.example", "سلمى أحمد", locale="ar", zone_name="Africa/Cairo")
    work()
    [mail] = taken(carrier, "salma@clinic.example")
    assert mail.subject == f"تم تسجيلك: \u2068{FLOW}\u2069، الأربعاء، 14 أكتوبر، 19:00 القاهرة"
    html = BeautifulSoup(mail.html, "html.parser").html
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert "القاهرة (UTC+03:00)، مساءً" in " ".join(html.find(class_="when").get_text().split())
    assert "\u2068سلمى أحمد\u2069، تم تسجيلك في:" in mail.text
    assert mail.event["SUMMARY"] == FLOW
    assert mail.event["DTSTART"].dt.astimezone(UTC) == flow.starts_at


def test_jose_who_reads_spanish_is_written_to_in_spanish(flow, carrier, work):
    seat(flow, "jose@clinic.example", "José Núñez", locale="es", zone_name="America/Lima")
    work()
    [mail] = taken(carrier, "jose@clinic.example")
    html = BeautifulSoup(mail.html, "html.parser").html
    assert (html["lang"], html["dir"]) == ("es", "ltr")
    assert mail.text.startswith("José Núñez, está usted inscrito en:")
