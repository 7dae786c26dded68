"""Oddities of other people's calendars: read in their one sensible way, or refused."""

import pytest

from webinar.timekeeping.recurrence.answer import Listed, Normalised, Refused, expand


def timed(**rule: object) -> dict[str, object]:
    return {"zone": "Europe/London", "rule": {"dtstart": "2026-10-13T18:00", "duration": "PT1H", **rule}}


def dated(**rule: object) -> dict[str, object]:
    return {"zone": "Europe/London", "rule": {"dtstart": "2026-10-20", "value": "DATE", **rule}}


@pytest.mark.parametrize(
    "case",
    [
        timed(value="PERIOD"),
        timed(dtstart="2026-10-20"),
        timed(dtstart="2026-10-20T18:00Z"),
        timed(duration=None, dtend="2026-10-14"),
        timed(rrule=5),
        timed(rrule="WEEKLY"),
        timed(rrule="FREQ=WEEKLY;COUNT=2;RSCALE=HEBREW"),
        timed(rrule="FREQ=WEEKLY;COUNT=2;WKST=XX"),
        timed(rrule="FREQ=WEEKLY;COUNT=2;BYDAY=XX"),
        timed(overrides=["2026-10-20T18:00"]),
        timed(overrides=[{"dtstart": "2026-10-20T18:00"}]),
        dated(dtstart="2026-10-20T18:00"),
        dated(dtend="2026-10-20T18:00"),
        dated(dtend="2026-10-19"),
        dated(duration="PT5H"),
        dated(rrule="FREQ=HOURLY;COUNT=2"),
    ],
)
def test_what_has_no_sensible_reading_is_refused(case):
    assert isinstance(expand(case), Refused)


@pytest.mark.parametrize(
    ("case", "dates"),
    [
        (dated(duration="PT48H"), ["2026-10-20"]),
        (dated(rrule="FREQ=DAILY;COUNT=2;BYHOUR=9"), ["2026-10-20", "2026-10-21"]),
        (dated(rrule="FREQ=DAILY;UNTIL=20261022T000000Z"), ["2026-10-20", "2026-10-21", "2026-10-22"]),
        (dated(rrule="FREQ=DAILY;COUNT=2", exdate=["2026-10-21T00:00"]), ["2026-10-20"]),
    ],
)
def test_times_in_an_all_day_event_count_as_dates(case, dates):
    answer = expand(case)
    assert isinstance(answer, Normalised)
    assert list(answer.items) == dates


def test_an_all_day_series_takes_extra_and_moved_dates():
    moved = [{"recurrence_id": "2026-10-21", "dtstart": "2026-10-25"}]
    days = dated(rrule="FREQ=DAILY;COUNT=2", rdate=["2026-11-01"], overrides=moved)
    assert expand(days) == Listed(("2026-10-20", "2026-10-25", "2026-11-01"))


def test_an_override_that_only_renames_stays_where_it_was():
    renamed = [{"recurrence_id": "2026-10-20T18:00", "summary": "Aneurysms"}]
    assert expand(timed(rrule="FREQ=WEEKLY;COUNT=2", overrides=renamed)) == Listed(
        ("2026-10-13T17:00:00Z", "2026-10-20T17:00:00Z")
    )


def test_an_override_in_another_zone_keeps_the_exact_length_of_an_end_given_as_wall_time():
    moved = [{"recurrence_id": "2026-10-13T18:00", "dtstart": "2026-10-14T09:00", "zone": "Asia/Tokyo"}]
    assert expand(timed(duration=None, dtend="2026-10-13T19:30", overrides=moved), ends=True) == Listed(
        ({"start": "2026-10-14T00:00:00Z", "end": "2026-10-14T01:30:00Z"},)
    )


def test_a_session_that_starts_in_a_gap_keeps_its_length_on_the_wall():
    skipped = timed(dtstart="2026-03-29T01:30", duration=None, dtend="2026-03-29T02:00")
    assert expand(skipped, ends=True) == Listed(
        ({"start": "2026-03-29T01:30:00Z", "end": "2026-03-29T02:00:00Z"},)
    )


def test_a_week_number_without_a_weekday_means_the_weekday_of_the_start():
    weeks = timed(dtstart="2026-05-12T18:00", rrule="FREQ=YEARLY;BYWEEKNO=20;COUNT=2")
    assert expand(weeks) == Listed(("2026-05-12T17:00:00Z", "2027-05-18T17:00:00Z"))


def test_every_monday_and_the_second_tuesday_are_both_kept():
    mixed = timed(dtstart="2026-10-05T18:00", rrule="FREQ=MONTHLY;BYDAY=MO,2TU;COUNT=3")
    assert expand(mixed) == Listed(("2026-10-05T17:00:00Z", "2026-10-12T17:00:00Z", "2026-10-13T17:00:00Z"))
