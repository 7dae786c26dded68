"""Joins and leaves become the union of the time inside, whatever their order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webinar.attendance.format import Span
from webinar.attendance.formats.reading.stays import Event, Stay, paired, union

START = datetime(2026, 3, 10, 17, tzinfo=UTC)
PAIRS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60)), max_size=8)


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


def covered(pairs: list[tuple[int, int]]) -> set[int]:
    return {inside for start, length in pairs for inside in range(start, start + length)}


def closed(span: Span) -> datetime:
    assert span.to_at is not None
    return span.to_at


@given(PAIRS)
def test_the_union_lasts_as_long_as_the_minutes_covered_and_is_sorted_and_disjoint(
    pairs: list[tuple[int, int]],
) -> None:
    spans = union(Stay(minute(start), minute(start + length)) for start, length in pairs)
    lasted = sum((closed(span) - span.from_at for span in spans), timedelta())
    assert lasted == timedelta(minutes=len(covered(pairs)))
    assert all(closed(one) < other.from_at for one, other in pairwise(spans))


@given(PAIRS, st.randoms(use_true_random=False))
def test_events_in_any_order_pair_to_the_same_time_as_their_stays(
    pairs: list[tuple[int, int]], random
) -> None:  # type: ignore[no-untyped-def]
    events = [Event(minute(start), left=False) for start, _ in pairs]
    events += [Event(minute(start + length), left=True) for start, length in pairs]
    random.shuffle(events)
    stays, stray = paired(events)
    assert stray == 0
    assert union(stays) == union(Stay(minute(start), minute(start + length)) for start, length in pairs)


def test_an_open_stay_swallows_what_follows_and_joins_what_it_touches() -> None:
    stays = [Stay(minute(0), minute(10)), Stay(minute(10), None), Stay(minute(20), minute(30))]
    assert union(stays) == (Span(minute(0), None),)
    assert union([*stays[:1], Stay(minute(15), None)]) == (
        Span(minute(0), minute(10)),
        Span(minute(15), None),
    )
