"""Which part of a session belongs to which talk."""

from datetime import UTC, datetime, timedelta

import pytest

from webinar.sessions.rules.slot import slots

START = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)


def minutes(talks, length=60):
    end = START + timedelta(minutes=length)
    return [
        tuple(int((at - START).total_seconds() // 60) for at in (slot.starts_at, slot.ends_at))
        for slot in slots(START, end, talks)
    ]


@pytest.mark.parametrize(
    ("talks", "found"),
    [
        ([], []),
        ([24, 15], [(0, 24), (24, 39)]),
        ([None, None], [(0, 30), (30, 60)]),
        ([24, None, 15], [(0, 24), (24, 45), (45, 60)]),
        ([None, None, None, None, None, None, None], [(i * 8, i * 8 + 8) for i in range(7)]),
        ([40, 40], [(0, 60), (0, 60)]),
        ([60, None], [(0, 60), (0, 60)]),
    ],
)
def test_talks_follow_each_other(talks, found):
    assert minutes(talks) == found
