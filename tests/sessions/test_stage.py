"""The one button: what the server says at each border of product 4.5."""

from datetime import UTC, datetime, timedelta

import pytest

from webinar.sessions.rules.stage import Place, Stage, StageInput, stage

START = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
END = START + timedelta(hours=1)
TICK = timedelta(microseconds=1)
MIN = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def at(now: datetime, place: Place = Place.NONE, **more) -> Stage:
    return stage(StageInput(now=now, starts_at=START, ends_at=END, place=place, **more))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START - 24 * HOUR - TICK, Stage.REGISTERED),
        (START - 24 * HOUR, Stage.COUNTDOWN),
        (START - 15 * MIN - TICK, Stage.COUNTDOWN),
        (START - 15 * MIN, Stage.DOORS),
        (START - TICK, Stage.DOORS),
        (START, Stage.LIVE),
        (END, Stage.LIVE),
        (END + 10 * MIN - TICK, Stage.LIVE),
        (END + 10 * MIN, Stage.ENDED),
        (END + 48 * HOUR - TICK, Stage.ENDED),
        (END + 48 * HOUR, Stage.NOT_RECORDED),
    ],
)
def test_who_holds_a_seat_goes_through_the_stages_in_order(now, expected):
    assert at(now, Place.CONFIRMED) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START - 90 * 24 * HOUR, Stage.OPEN),
        (START, Stage.OPEN),
        (END - TICK, Stage.OPEN),
        (END, Stage.ENDED),
        (END + 48 * HOUR, Stage.NOT_RECORDED),
    ],
)
def test_strangers_can_register_until_the_end(now, expected):
    assert at(now) is expected


def test_before_registration_opens_a_session_is_announced():
    opens_at = START - 72 * HOUR
    assert at(opens_at - TICK, registration_opens_at=opens_at) is Stage.ANNOUNCED
    assert at(opens_at, registration_opens_at=opens_at) is Stage.OPEN


def test_a_full_session_says_so_to_strangers_only():
    assert at(START - HOUR, full=True) is Stage.FULL
    assert at(START - HOUR, Place.CONFIRMED, full=True) is Stage.COUNTDOWN


@pytest.mark.parametrize(
    ("place", "expected"), [(Place.WAITING, Stage.WAITING), (Place.OFFERED, Stage.OFFERED)]
)
def test_the_waiting_list_ends_with_the_session(place, expected):
    assert [at(now, place) for now in (START - HOUR, START, END - TICK, END)] == [
        expected,
        expected,
        expected,
        Stage.ENDED,
    ]


def test_a_recording_is_offered_as_soon_as_it_is_there():
    assert at(END + HOUR, Place.CONFIRMED, recorded=True) is Stage.RECORDED
    assert at(END + 9 * MIN, Place.CONFIRMED, recorded=True) is Stage.LIVE


def test_a_reason_for_no_recording_is_told_at_once():
    assert at(END + HOUR, never_recorded=True) is Stage.NOT_RECORDED


@pytest.mark.parametrize("now", [START - 30 * 24 * HOUR, START, END + HOUR])
def test_cancelled_beats_everything(now):
    assert at(now, Place.CONFIRMED, cancelled=True, recorded=True) is Stage.CANCELLED
