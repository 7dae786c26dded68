"""Clock shifts of a series: every date on which a region's hour is not the usual one, and only those."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.scheduling.rules.clock_shifts import (
    Region,
    clock_shifts,
    series_sentences,
    session_sentence,
    unusual_hour,
    usual_ahead,
)
from webinar.timekeeping.wall import instant_of, local_of
from webinar.timekeeping.zones import pickable


def starts(first: str, zone_name: str, count: int, step: int = 1) -> list[datetime]:
    """Instants of a series at one wall time, every `step` days."""
    start = datetime.fromisoformat(first)
    return [instant_of(start + timedelta(days=step * number), zone_name) for number in range(count)]


def daily(zone_name: str, year: int = 2026, hour: int = 14) -> list[datetime]:
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return starts(f"{year}-01-01T{hour:02}:00", zone_name, days)


def shifted(organiser: str, elsewhere: str, year: int = 2026) -> list[tuple[str, str, int]]:
    """First and last date and length of each stretch of a daily series in one year."""
    found = clock_shifts(daily(organiser, year), organiser, [Region(elsewhere, 1)])
    return [
        (f"{each.dates[0]:%m-%d}", f"{each.dates[-1]:%m-%d}", len(each.dates))
        for shift in found
        for each in shift.stretches
    ]


def test_london_and_new_york_have_28_such_days_in_2026():
    assert shifted("Europe/London", "America/New_York") == [("03-08", "03-28", 21), ("10-25", "10-31", 7)]
    (found,) = clock_shifts(daily("Europe/London"), "Europe/London", [Region("America/New_York", 31)])
    assert len(found.dates) == 28
    assert series_sentences(found, 1451) == (
        "From 8 March 2026 to 28 March 2026 (21 sessions) and from 25 October 2026 to 31 October 2026 "
        "(7 sessions) it is 10:00 in New York (31 of 1,451 people) instead of 09:00.",
    )


@pytest.mark.parametrize(
    ("organiser", "elsewhere", "stretches"),
    [
        ("America/New_York", "Europe/London", [("03-08", "03-28", 21), ("10-25", "10-31", 7)]),
        # No daylight saving: the organiser's winter, the shorter half, is unusual.
        ("Europe/London", "Asia/Kathmandu", [("01-01", "03-28", 87), ("10-25", "12-31", 68)]),
        ("Asia/Kolkata", "Asia/Kathmandu", []),
        ("Europe/Berlin", "Europe/Paris", []),
        # The southern hemisphere goes the other way, on other dates: 9, 10 and 11 hours between them.
        (
            "Europe/London",
            "Australia/Sydney",
            [("01-01", "03-28", 87), ("03-29", "04-04", 7), ("10-04", "10-24", 21), ("10-25", "12-31", 68)],
        ),
        ("Europe/Lisbon", "Europe/London", []),
        # Lord Howe moves by half an hour, on Sydney's dates.
        ("Australia/Brisbane", "Australia/Lord_Howe", [("04-05", "10-03", 182)]),
        ("Australia/Sydney", "Australia/Lord_Howe", [("04-05", "10-03", 182)]),
    ],
)
def test_every_date_is_found_whoever_changes_clocks(organiser, elsewhere, stretches):
    assert shifted(organiser, elsewhere) == stretches


def test_ramadan_moves_the_hour_in_morocco():
    # 2025: from the Sunday before Ramadan, 23 February, until the Sunday after, 6 April.
    assert shifted("Africa/Lagos", "Africa/Casablanca", 2025) == [("02-23", "04-05", 42)]
    # In 2026 Morocco leaves summer time for good on 20 September.
    assert shifted("Africa/Lagos", "Africa/Casablanca") == [("02-15", "03-21", 35), ("09-20", "12-31", 103)]


def test_half_an_hour_is_an_hour_of_its_own():
    # Sunday evenings in Brisbane, ten of them over the change of 5 April.
    found = clock_shifts(
        starts("2026-03-15T18:00", "Australia/Brisbane", 10, 7),
        "Australia/Brisbane",
        [Region("Australia/Lord_Howe", 2)],
    )
    assert series_sentences(found[0], 2) == (
        "On 15 March, 22 March and 29 March 2026 it is 19:00 in Lord Howe (2 of 2 people) instead of 18:30.",
    )


def test_few_dates_are_named_one_by_one():
    weekly = starts("2026-10-06T18:00", "Europe/London", 8, 7)
    (found,) = clock_shifts(weekly, "Europe/London", [Region("America/New_York", 3)])
    assert series_sentences(found, 10) == (
        "On 27 October 2026 it is 14:00 in New York (3 of 10 people) instead of 13:00.",
    )
    over_the_year = starts("2026-12-29T18:00", "Europe/London", 14, 7)
    (found,) = clock_shifts(over_the_year, "Europe/London", [Region("America/New_York", 3)])
    assert series_sentences(found, 0) == (
        "On 16 March and 23 March 2027 it is 14:00 in New York instead of 13:00.",
    )


def test_each_unusual_hour_has_a_sentence():
    (found,) = clock_shifts(daily("Europe/London"), "Europe/London", [Region("Australia/Sydney", 1)])
    assert [sentence.partition(" it is ")[2] for sentence in series_sentences(found, 0)] == [
        "01:00 the next day in Sydney instead of 23:00 the same day.",
        "00:00 the next day in Sydney instead of 23:00 the same day.",
    ]


def test_the_region_with_most_people_comes_first_and_those_as_usual_not_at_all():
    weekly = starts("2026-10-06T18:00", "Europe/Berlin", 8, 7)
    regions = [
        Region("America/New_York", 2),
        Region("Asia/Tokyo", 7),
        Region("Europe/Paris", 90),
        Region("America/Lima", 2),
    ]
    found = clock_shifts(weekly, "Europe/Berlin", regions)
    assert [(each.region.zone_name, len(each.dates)) for each in found] == [
        ("Asia/Tokyo", 3),
        ("America/New_York", 1),
        ("America/Lima", 3),
    ]


def test_of_equally_many_dates_the_earlier_hour_is_usual():
    two = starts("2026-10-20T18:00", "Europe/Berlin", 2, 7)
    (found,) = clock_shifts(two, "Europe/Berlin", [Region("Asia/Tokyo", 1)])
    assert found.dates == (date(2026, 10, 27),)
    assert series_sentences(found, 0) == (
        "On 27 October 2026 it is 02:00 the next day in Tokyo instead of 01:00.",
    )


def test_the_date_is_the_organisers_also_where_it_is_tomorrow_elsewhere():
    weekly = starts("2026-10-06T18:00", "Europe/Berlin", 4, 7)
    (found,) = clock_shifts(weekly, "Europe/Berlin", [Region("Asia/Tokyo", 5)])
    assert session_sentence(found, date(2026, 10, 27), 9) == (
        "Clocks have changed: this session is at 02:00 the next day in Tokyo (5 of 9 people) instead of "
        "01:00 as usual in this series. Their mails say so."
    )
    assert session_sentence(found, date(2026, 10, 20), 9) is None


def test_a_session_moved_to_another_hour_is_no_change_of_clocks():
    weekly = starts("2026-06-02T18:00", "Europe/London", 4, 7)
    moved = [*weekly[:3], weekly[3] + timedelta(hours=2)]
    assert clock_shifts(moved, "Europe/London", [Region("America/New_York", 1)]) == ()
    assert unusual_hour(moved[3], moved, "Europe/London", "America/New_York") is None


def test_a_reader_is_told_the_hour_and_the_usual_one():
    weekly = starts("2026-10-06T18:00", "Europe/London", 8, 7)
    found = unusual_hour(weekly[3], weekly, "Europe/London", "America/New_York")
    assert found == (datetime(2026, 10, 27, 14), datetime(2026, 10, 27, 13))
    assert unusual_hour(weekly[0], weekly, "Europe/London", "America/New_York") is None
    late = instant_of(datetime(2026, 10, 27, 20), "Europe/London")
    moved = [*weekly[:3], late, *weekly[4:]]
    assert unusual_hour(late, moved, "Europe/London", "America/New_York") is None


def test_without_sessions_nothing_is_unusual():
    assert clock_shifts([], "Europe/London", [Region("America/New_York", 1)]) == ()
    assert usual_ahead([], "Europe/London", "America/New_York") is None


zone_names = st.sampled_from(pickable())
firsts = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1))


@given(zone_names, zone_names, firsts, st.integers(1, 60), st.integers(1, 31))
def test_between_shifted_and_usual_dates_nothing_is_forgotten(organiser, elsewhere, first, count, step):
    series = sorted(starts(first.isoformat(), organiser, count, step))
    found = clock_shifts(series, organiser, [Region(elsewhere, 1)])
    unusual = {at for at in series if local_of(at, organiser).date() in (found[0].dates if found else ())}
    between = {
        at: local_of(at, elsewhere) - local_of(at, organiser) for at in series
    }  # by walls, as people count
    usual = {between[at] for at in series if at not in unusual}
    assert len(usual) == 1
    assert usual.isdisjoint(between[at] for at in unusual)
    assert len(unusual) == len(found[0].dates if found else ())
    # The usual hour is that of most dates.
    counts = [sum(each == shift for each in between.values()) for shift in set(between.values())]
    assert len(series) - len(unusual) == max(counts)


@given(zone_names, firsts, st.integers(1, 60))
def test_the_organisers_own_clock_is_always_as_usual(organiser, first, count):
    series = starts(first.isoformat(), organiser, count, 7)
    assert clock_shifts(series, organiser, [Region(organiser, 1)]) == ()


@given(zone_names, zone_names, firsts, st.integers(1, 40))
def test_a_reader_is_told_exactly_on_the_dates_the_organiser_sees(organiser, reader, first, count):
    series = starts(first.isoformat(), organiser, count, 7)
    found = clock_shifts(series, organiser, [Region(reader, 1)])
    hours = {local_of(at, organiser).time() for at in series}
    if len(hours) > 1:  # a start in the spring gap has another wall time
        return
    dates = found[0].dates if found else ()
    told = [at for at in series if unusual_hour(at, series, organiser, reader)]
    assert [local_of(at, organiser).date() for at in told] == list(dates)
