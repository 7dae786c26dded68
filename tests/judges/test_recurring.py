"""Series: whatever is dropped, moved or added, readers expand what we write to what our own engine says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.calendars import HOSTILE, at, invited, series, society, talk
from tests.judges.expectation import expectation
from webinar.calendars.ics.event import CalendarEvent
from webinar.calendars.ics.feed import feed
from webinar.calendars.ics.invite import Method, invitation
from webinar.calendars.ics.recurring import Recurring
from webinar.calendars.ics.unwritable import Unwritable
from webinar.timekeeping.recurrence.rule import parse_rule
from webinar.timekeeping.recurrence.series import Recurrence, occurrences
from webinar.timekeeping.recurrence.values import Length
from webinar.timekeeping.zones import zone

LONDON = "Europe/London"
ZONES = (
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza", "America/Nuuk",
    "Europe/Dublin", "Asia/Kathmandu", "Pacific/Apia", "America/Vancouver", "Pacific/Chatham", "America/Santiago",
    "Africa/Cairo", "Asia/Tehran", "Antarctica/Troll", "Etc/UTC",
)  # fmt: skip
RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
    "FREQ=MONTHLY;BYMONTHDAY=14", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=9",
)  # fmt: skip


@st.composite
def recurring(draw: st.DrawFn) -> Recurring:
    """A series on a rule of the portable subset, with sessions dropped, moved and added."""
    zone_name, rrule = draw(st.sampled_from(ZONES)), draw(st.sampled_from(RULES))
    bound = f";COUNT={draw(st.integers(1, 12))}"
    asked_local = draw(st.datetimes(datetime(2019, 1, 1), datetime(2036, 1, 1))).replace(
        microsecond=0, second=0
    )
    length = timedelta(minutes=draw(st.sampled_from((30, 60, 90, 240))))
    first = Recurrence(start_local=asked_local, zone_name=zone_name, rule=parse_rule(rrule))
    start_local = occurrences(first, limit=3).occurrences[1].start_local.replace(fold=0)
    planned = Recurrence(
        start_local=start_local,
        zone_name=zone_name,
        rule=parse_rule(rrule + bound),
        length=Length(exact=length),
    )
    sessions = occurrences(planned).occurrences
    gone = draw(st.sets(st.sampled_from(range(len(sessions))), max_size=3))
    moved = draw(st.sets(st.sampled_from(range(len(sessions))), max_size=3))
    shifts = st.integers(-400, 400).map(lambda hours: timedelta(hours=hours / 2))
    overrides = []
    for place in sorted(moved - gone):
        start_at = sessions[place].start_at + draw(shifts)
        changes = {
            "start_at": start_at,
            "end_at": start_at + length,
            "recurs_at": sessions[place].original_at,
        }
        overrides.append(
            talk(uid="s-1@webinar.example", zone_name=zone_name, summary=f"Moved {place}", **changes)
        )
    master = talk(
        uid="s-1@webinar.example",
        zone_name=zone_name,
        start_at=sessions[0].start_at,
        end_at=sessions[0].end_at,
    )
    return Recurring(
        master=master,
        rrule=rrule + bound,
        start_local=start_local,
        exdates=tuple(sessions[place].original_at for place in sorted(gone)),
        overrides=tuple(overrides),
    )


def engine(told: Recurring) -> list[tuple[datetime, datetime, str]]:
    """Start, end and title of every session, from the description alone."""
    zone_name = told.master.zone_name or ""
    planned = Recurrence(
        start_local=told.start_local or told.master.start_at.astimezone(zone(zone_name)).replace(tzinfo=None),
        zone_name=zone_name,
        rule=parse_rule(told.rrule),
        length=Length(exact=told.master.end_at - told.master.start_at),
    )
    new = {each.recurs_at: each for each in told.overrides}
    sessions = (each for each in occurrences(planned).occurrences if each.original_at not in told.exdates)
    rows = []
    for each in sessions:
        event = new.get(each.original_at)
        row = (event.start_at, event.end_at, event.summary) if event else (each.start_at, each.end_at, "")
        rows.append((row[0], row[1], row[2] or told.master.summary))
    return sorted(rows)


def read(body: bytes) -> list[tuple[datetime, datetime, str]]:
    """The same from the bytes, by the reference expander, which is told no zone for the calendar itself."""
    calendar = icalendar.Calendar.from_ical(body)
    calendar.pop("X-WR-TIMEZONE")
    found = recurring_ical_events.of(calendar).between(date(2015, 1, 1), date(2060, 1, 1))
    instants = ((each["DTSTART"].dt, each["DTEND"].dt, str(each["SUMMARY"])) for each in found)
    return sorted((start.astimezone(UTC), end.astimezone(UTC), title) for start, end, title in instants)


@settings(max_examples=150)
@given(recurring())
def test_what_is_written_expands_to_what_the_engine_says(told: Recurring) -> None:
    written = feed(society(), told.events())
    assert written.left_out == ()
    assert read(written.body) == engine(told)


@settings(max_examples=40)
@given(recurring())
def test_a_series_stays_one_object_of_one_sequence_without_rdate(told: Recurring) -> None:
    events = told.events()
    body = feed(society(), events).body
    assert b"RDATE" not in body.split(b"BEGIN:VEVENT", 1)[-1]
    assert len({event.uid for event in events}) == len(events)
    masters = [event for event in events if event.rrule]
    assert len(masters) <= (0 if told.apart else 1)
    for master in masters:
        calendar = icalendar.Calendar.from_ical(invitation(invited(master), Method.REQUEST))
        vevents = calendar.walk("VEVENT")
        assert {(str(each["UID"]), each["SEQUENCE"]) for each in vevents} == {(master.uid, master.sequence)}
        named = {each["RECURRENCE-ID"].params.get("TZID") for each in vevents[1:]}
        assert named <= {vevents[0]["DTSTART"].params.get("TZID")}
    assert {event.related_to for event in events if not event.rrule} <= {told.master.uid}


@settings(max_examples=60)
@given(recurring(), HOSTILE, HOSTILE)
def test_no_line_is_long_or_bare_and_no_time_is_naive(told: Recurring, title: str, notes: str) -> None:
    told = replace(told, master=replace(told.master, summary=title, description=notes, location=notes))
    body = feed(society(name=title, description=notes), told.events()).body
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert body.count(b"\n") == body.count(b"\r") == len(lines) - 1
    assert [line.decode() for line in lines] != []  # no fold stands inside a character
    times = (b"DTSTART", b"DTEND", b"EXDATE", b"RECURRENCE-ID", b"DTSTAMP", b"CREATED", b"LAST-MODIFIED")
    inside = (
        body[body.index(b"BEGIN:VEVENT") :].replace(b"\r\n ", b"").split(b"\r\n") if told.events() else []
    )
    assert [
        line for line in inside if line.startswith(times) and b";TZID=" not in line and line[-1:] != b"Z"
    ] == []


def club(**told: object) -> Recurring:
    plain: dict[str, object] = {
        "master": replace(series(), rrule=None),
        "rrule": "FREQ=WEEKLY;COUNT=6;BYDAY=TU",
    }
    return Recurring(**{**plain, **told})  # type: ignore[arg-type]


def tuesday(day: int, hour: int = 18) -> datetime:
    return at(LONDON, 2026, 10, day, hour)


def moved(original: datetime, start_at: datetime) -> CalendarEvent:
    return talk(uid="s-1@webinar.example", zone_name=LONDON, recurs_at=original, start_at=start_at)


def test_a_session_moved_between_its_neighbours_is_an_override() -> None:
    [event] = club(overrides=(moved(tuesday(13), tuesday(15)),)).events()
    assert ([each.start_at for each in event.overrides], event.exdates) == ([tuesday(15)], ())


def test_a_session_that_overtakes_a_neighbour_is_dropped_and_written_on_its_own() -> None:
    event, own = club(overrides=(moved(tuesday(13), tuesday(21)),)).events()
    assert (event.overrides, event.exdates) == ((), (tuesday(13),))
    assert (own.uid, own.start_at) == ("s-1-20261013T170000Z@webinar.example", tuesday(21))
    assert (own.related_to, own.sequence) == (event.uid, event.sequence)


def test_a_session_may_take_the_place_of_a_dropped_neighbour() -> None:
    [event] = club(overrides=(moved(tuesday(13), tuesday(20)),), exdates=(tuesday(20),)).events()
    assert ([each.start_at for each in event.overrides], event.exdates) == ([tuesday(20)], (tuesday(20),))


def test_an_extra_session_is_an_event_of_its_own() -> None:
    event, extra = club(extras=(talk(uid="x@webinar.example", start_at=tuesday(16)),)).events()
    assert (event.rrule, extra.rrule, extra.related_to) == ("FREQ=WEEKLY;COUNT=6;BYDAY=TU", None, event.uid)


def test_a_series_of_which_nothing_is_left_is_not_written() -> None:
    assert club(rrule="FREQ=WEEKLY;COUNT=2", exdates=(tuesday(6), tuesday(13))).events() == ()


def test_an_override_of_no_session_is_a_session_of_its_own() -> None:
    event, own = club(overrides=(moved(tuesday(14), tuesday(15)),)).events()
    assert (event.overrides, event.exdates, own.start_at) == ((), (), tuesday(15))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=6,7;COUNT=4"},
         "The rule 'FREQ=MONTHLY;BYMONTHDAY=6,7;COUNT=4' is not read alike everywhere; write one event a session."),
        ({"master": talk(zone_name=LONDON, start_at=at(LONDON, 2026, 3, 28, 1, 30)), "rrule": "FREQ=DAILY;COUNT=3"},
         "A clock change skips or doubles the start of a session."),
        ({"master": talk(zone_name=LONDON, start_at=at(LONDON, 2026, 3, 28, 0, 30)), "rrule": "FREQ=DAILY;COUNT=3"},
         "The clock changes during a session."),
    ],
    ids=["outside the subset", "start in a gap", "end after a change"],
)  # fmt: skip
def test_a_series_that_readers_expand_differently_is_written_session_by_session(
    told: dict[str, object], sentence: str
) -> None:
    series_told = club(**told)
    assert series_told.apart == sentence
    events = series_told.events()
    assert [event.rrule for event in events] == [None] * len(engine(series_told))
    assert [each.start for each in expectation(events).events] == [
        f"{start:%Y-%m-%dT%H:%M:%SZ}" for start, _, _ in engine(series_told)
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"master": talk()},
        {"overrides": (moved(tuesday(13), tuesday(14)), moved(tuesday(13), tuesday(15)))},
        {"start_local": datetime(2026, 10, 6, 17)},
    ],
    ids=["no zone", "one original start twice", "another first moment"],
)
def test_a_series_that_contradicts_itself_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(Unwritable):
        club(**told).events()
