"""The life of one invitation to a whole series, read as Ada's mail program and calendar read it."""

from dataclasses import dataclass, field
from datetime import datetime

import icalendar
import pytest

from tests.factories.accounts import olga
from tests.factories.registration import call_off, seat
from tests.factories.series import dates_of, follow_on, for_all, rounds, shown_times, sure_times
from tests.letters import ReadMail, taken
from webinar.db.store import store, transaction
from webinar.registration.models import SeatState, SeriesSeat
from webinar.registration.queries import seats as seat_queries
from webinar.registration.queries import series as queries
from webinar.registration.service import seats as registration
from webinar.registration.service import series as service
from webinar.sessions.rules.start import When
from webinar.sessions.service import publication, timing

ADA = "ada@clinic.example"
IN_KATHMANDU = (
    ("Wed 14 Oct 2026", "21:45–22:45"),
    ("Wed 21 Oct 2026", "21:45–22:45"),
    ("Wed 28 Oct 2026", "22:45–23:45"),
    ("Wed 4 Nov 2026", "22:45–23:45"),
)


@dataclass
class Shelf:
    """Ada's calendar: the last object of each UID, as programs keep it by RFC 5546."""

    held: dict[str, icalendar.Calendar] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)

    def put(self, mails: list[ReadMail]) -> "Shelf":
        for mail in mails:
            if not mail.has_calendar:
                continue
            events = mail.calendar.walk("VEVENT")
            [uid] = {str(event["UID"]) for event in events}
            [sequence] = {int(event["SEQUENCE"]) for event in events}
            assert sequence >= self.sequences.get(uid, 0), "SEQUENCE never falls"
            assert mail.method == str(mail.calendar["METHOD"])
            self.sequences[uid] = sequence
            self.held[uid] = mail.calendar
        return self

    @property
    def times(self) -> list[tuple[datetime, datetime]]:
        return sorted(each for calendar in self.held.values() for each in shown_times(calendar))


@pytest.fixture
def shelf():
    return Shelf()


def at(text: str) -> When:
    return When(datetime.fromisoformat(text), "Europe/Berlin", 60)


def holders() -> list[SeriesSeat]:
    store.expire_all()
    return list(store.query(SeriesSeat).order_by(SeriesSeat.id))


def move(session, text: str) -> None:
    with transaction():
        timing.move(session, olga(), at(text))


def give_back(session) -> None:
    ada = seat_queries.seat_of(session.id, holders()[0].person_id)
    with transaction():
        registration.give_back(ada)


def test_one_mail_lists_all_dates_in_adas_time_and_holds_one_event(app, carrier, work):
    series = rounds()
    for_all(series)
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject == "Registered for all dates: Rounds, 4 dates"
    assert mail.types == ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert mail.method == "REQUEST"
    assert [line for line in mail.text.splitlines() if line.startswith("- ")] == [
        f"- {day}, {hours} Kathmandu (UTC+05:45), late evening" for day, hours in IN_KATHMANDU
    ]
    event = mail.event
    assert (str(event["UID"]), str(event["RRULE"].to_ical().decode())) == (series.uid, series.rule)
    assert [str(zone["TZID"]) for zone in mail.calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert len(event.walk("VALARM")) == 1
    assert shown_times(mail.calendar) == sure_times(*holders())


def test_the_whole_life_of_a_series_in_one_calendar(app, carrier, work, shelf):
    series = rounds(6)
    for_all(series)
    work()
    shelf.put(taken(carrier, ADA))
    move(dates_of(series)[1], "2026-10-22T17:00")
    work()
    [mail] = taken(carrier, ADA)
    assert (mail.subject[:6], len(mail.calendar.walk("VEVENT"))) == ("Moved:", 2)
    assert shelf.put([mail]).times == sure_times(*holders())

    call_off(dates_of(series)[0])
    work()
    [mail] = taken(carrier, ADA)
    assert (mail.subject[:9], mail.method) == ("Cancelled", "REQUEST")
    assert shelf.put([mail]).times == sure_times(*holders())

    give_back(dates_of(series)[2])
    work()
    [mail] = taken(carrier, ADA)
    assert (mail.subject[:8], mail.method) == ("You left", "REQUEST")
    assert shelf.put([mail]).times == sure_times(*holders())

    follow_on(series, dates_of(series)[3], "2026-11-04T19:00", 3)
    work()
    shelf.put(taken(carrier, ADA))
    old, new = holders()
    assert len(shelf.held) == 2
    assert str(shelf.held[new.series.uid].walk("VEVENT")[0]["RELATED-TO"]) == old.series.uid
    assert len(shown_times(shelf.held[old.series.uid])) == 1
    assert shelf.times == sure_times(old, new)
    assert len(shelf.times) == 4

    with transaction():
        service.leave(queries.series_seat(new.id))
    work()
    mails = taken(carrier, ADA)
    assert [(mail.subject, mail.method) for mail in mails] == [("You left the series: Rounds", "CANCEL")] * 2
    for mail in mails:
        [event] = mail.calendar.walk("VEVENT")
        assert (str(event["STATUS"]), "RECURRENCE-ID" in event, event.walk("VALARM")) == (
            "CANCELLED",
            False,
            [],
        )
        assert str(event["ATTENDEE"]) == f"mailto:{ADA}"
    assert shelf.put(mails).times == sure_times(old, new) == []


def test_a_date_that_is_published_later_joins_the_event(app, carrier, work, shelf):
    series = rounds(3, published=2)
    for_all(series)
    work()
    assert shelf.put(taken(carrier, ADA)).times == sure_times(*holders())
    with transaction():
        publication.publish(dates_of(series)[2], olga())
    work()
    [mail] = taken(carrier, ADA)
    assert mail.subject.startswith("Registered: Rounds, Wed 28 Oct")
    assert shelf.put([mail]).times == sure_times(*holders())
    assert len(shelf.times) == 3


def test_a_date_moved_past_its_neighbour_stands_by_itself_and_leaves_the_series(app, carrier, work, shelf):
    series = rounds()
    for_all(series)
    work()
    shelf.put(taken(carrier, ADA))
    moved = dates_of(series)[0]
    move(moved, "2026-10-22T18:00")
    work()
    mails = taken(carrier, ADA)
    assert sorted(mail.subject.split(":")[0] for mail in mails) == ["Moved", "Your dates"]
    assert shelf.put(mails).times == sure_times(*holders())
    assert sorted(shelf.held) == sorted([series.uid, moved.uid])
    assert str(shelf.held[moved.uid].walk("VEVENT")[0]["RELATED-TO"]) == series.uid

    with transaction():
        service.leave(queries.series_seat(holders()[0].id))
    work()
    mails = taken(carrier, ADA)
    assert [mail.method for mail in mails] == ["CANCEL", "CANCEL"]
    assert shelf.put(mails).times == []


def test_a_seat_that_ada_had_before_keeps_its_own_event(app, carrier, work, shelf):
    series = rounds()
    own = dates_of(series)[1]
    seat(own)
    work()
    shelf.put(taken(carrier, ADA))
    for_all(series)
    work()
    [mail] = taken(carrier, ADA)
    assert shelf.put([mail]).times == sure_times(*holders())
    assert sorted(shelf.held) == sorted([series.uid, own.uid])


def test_the_last_date_given_back_withdraws_the_series(app, carrier, work, shelf):
    series = rounds(2)
    for_all(series)
    for session in dates_of(series):
        give_back(session)
    work()
    shelf.put(taken(carrier, ADA))
    assert (shelf.times, holders()[0].state.value) == ([], "held")


def test_a_date_with_a_waiting_list_is_no_part_of_the_event_until_a_seat_is_taken(app, carrier, work, shelf):
    series = rounds(2)
    full = dates_of(series)[1]
    with transaction():
        full.capacity = 1
    other = seat(full, "bo@clinic.example", "Bo Busy")
    for_all(series)
    work()
    [mail] = taken(carrier, ADA)
    assert "(waiting list)" in mail.text
    assert shelf.put([mail]).times == sure_times(*holders())
    with transaction():
        registration.give_back(other)
    work()
    waiting = seat_queries.seat_of(full.id, holders()[0].person_id)
    assert waiting.state is SeatState.OFFERED
    with transaction():
        registration.take_offer(waiting)
    work()
    assert len(shelf.put(taken(carrier, ADA)).times) == 2
    assert shelf.times == sure_times(*holders())


def test_a_title_of_its_own_is_an_override(app, carrier, work):
    series = rounds(2)
    with transaction():
        one = dates_of(series)[1]
        one.title = "Rounds with guests"
    for_all(series)
    work()
    [mail] = taken(carrier, ADA)
    assert [str(event["SUMMARY"]) for event in mail.calendar.walk("VEVENT")] == [
        "Rounds",
        "Rounds with guests",
    ]
