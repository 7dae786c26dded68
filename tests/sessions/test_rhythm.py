"""A series repeats in wall time, by rules that every calendar program expands alike."""

from datetime import UTC, date, datetime

import pytest

from webinar.refusal import Invalid
from webinar.sessions.rules.rhythm import Every, Rhythm, dates, notices, rrule


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


BERLIN = "Europe/Berlin"
WEDNESDAY = wall("2026-10-14T18:00")


@pytest.mark.parametrize(
    ("rhythm", "starts_local", "rule"),
    [
        (Rhythm(Every.WEEK, count=8), WEDNESDAY, "FREQ=WEEKLY;COUNT=8;BYDAY=WE"),
        (Rhythm(Every.WEEK, 2, count=8), WEDNESDAY, "FREQ=WEEKLY;INTERVAL=2;COUNT=8;BYDAY=WE"),
        (Rhythm(Every.WEEKDAY_OF_MONTH, count=6), WEDNESDAY, "FREQ=MONTHLY;COUNT=6;BYDAY=2WE"),
        (
            Rhythm(Every.WEEKDAY_OF_MONTH, count=6),
            wall("2026-09-30T18:00"),
            "FREQ=MONTHLY;COUNT=6;BYDAY=-1WE",
        ),
        (
            Rhythm(Every.LAST_WEEKDAY_OF_MONTH, count=6),
            wall("2026-10-28T18:00"),
            "FREQ=MONTHLY;COUNT=6;BYDAY=-1WE",
        ),
        (Rhythm(Every.DAY_OF_MONTH, count=6), WEDNESDAY, "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=14"),
        (
            Rhythm(Every.DAY_OF_MONTH, count=6),
            wall("2026-10-31T18:00"),
            "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=-1",
        ),
        (
            Rhythm(Every.WEEK, until=date(2026, 12, 16)),
            WEDNESDAY,
            "FREQ=WEEKLY;UNTIL=20261216T225959Z;BYDAY=WE",
        ),
    ],
)
def test_a_rhythm_becomes_a_rule(rhythm, starts_local, rule):
    assert rrule(rhythm, starts_local, BERLIN) == rule


@pytest.mark.parametrize(
    ("rhythm", "starts_local", "field"),
    [
        (Rhythm(Every.WEEK), WEDNESDAY, "count"),
        (Rhythm(Every.WEEK, count=3, until=date(2026, 12, 1)), WEDNESDAY, "count"),
        (Rhythm(Every.WEEK, count=1), WEDNESDAY, "count"),
        (Rhythm(Every.WEEK, count=61), WEDNESDAY, "count"),
        (Rhythm(Every.WEEK, until=date(2026, 10, 13)), WEDNESDAY, "until"),
        (Rhythm(Every.WEEK, 0, count=3), WEDNESDAY, "interval"),
        (Rhythm(Every.WEEK, 27, count=3), WEDNESDAY, "interval"),
        (Rhythm(Every.DAY_OF_MONTH, count=3), wall("2026-10-29T18:00"), "every"),
        (Rhythm(Every.LAST_WEEKDAY_OF_MONTH, count=3), WEDNESDAY, "every"),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused_with_its_field(rhythm, starts_local, field):
    with pytest.raises(Invalid) as refused:
        rrule(rhythm, starts_local, BERLIN)
    assert refused.value.field == field


def test_sessions_stay_on_the_clock_when_clocks_change_and_the_organiser_is_told():
    found = dates("FREQ=WEEKLY;COUNT=3;BYDAY=WE", WEDNESDAY, BERLIN, 60)
    assert [each.start_at for each in found] == [
        datetime(2026, 10, 14, 16, tzinfo=UTC),
        datetime(2026, 10, 21, 16, tzinfo=UTC),
        datetime(2026, 10, 28, 17, tzinfo=UTC),
    ]
    assert notices(found) == (
        "Clocks in Berlin change before 28 October 2026: sessions stay at 18:00 there, now UTC+01:00 "
        "instead of UTC+02:00. In other cities they move.",
    )


def test_a_date_in_the_gap_starts_later_and_is_told():
    found = dates("FREQ=WEEKLY;COUNT=3;BYDAY=SU", wall("2027-03-21T02:30"), BERLIN, 60)
    assert found[1].start_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert notices(found) == (
        "On 28 March 2027 clocks in Berlin go forward over 02:30: that session starts at 03:30 (UTC+02:00).",
    )


def test_a_doubled_time_means_the_first_and_is_told():
    found = dates("FREQ=WEEKLY;COUNT=2;BYDAY=SU", wall("2026-10-18T02:30"), BERLIN, 60)
    assert found[1].start_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert notices(found) == (
        "On 25 October 2026 clocks in Berlin go back and 02:30 comes twice: that session starts the first "
        "time (UTC+02:00).",
    )


def test_more_than_sixty_sessions_are_refused():
    assert len(dates("FREQ=WEEKLY;COUNT=60;BYDAY=WE", WEDNESDAY, BERLIN, 60)) == 60
    with pytest.raises(Invalid) as refused:
        dates("FREQ=WEEKLY;UNTIL=20280101T000000Z;BYDAY=WE", WEDNESDAY, BERLIN, 60)
    assert refused.value.sentence == (
        "A series has at most 60 sessions. Please choose an earlier end or fewer sessions."
    )
