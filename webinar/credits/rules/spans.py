"""Stretches of whole seconds: joined, cut, taken away, added up. Disjoint and in order once merged."""

from collections.abc import Iterable
from fractions import Fraction

Span = tuple[int, int]
"""From a second up to, not including, another; seconds since 1970-01-01 UTC."""

Spans = tuple[Span, ...]


def merged(spans: Iterable[Span], gap: Fraction | int = 0) -> Spans:
    """The same time as disjoint spans in order; gaps up to `gap` seconds are bridged, empty ones dropped."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def union(many: Iterable[Spans]) -> Spans:
    """Time that lies in at least one."""
    return merged(span for spans in many for span in spans)


def cut(spans: Spans, window: Spans) -> Spans:
    """Time that lies in both."""
    return merged((max(start, opens), min(end, closes)) for start, end in spans for opens, closes in window)


def without(spans: Spans, taken: Spans) -> Spans:
    """Time of `spans` that does not lie in `taken`; both merged."""
    left: list[Span] = []
    for start, end in spans:
        for opens, closes in taken:
            if closes <= start or end <= opens:
                continue
            left.append((start, opens))
            start = closes  # noqa: PLW2901  what is left of this span begins there
        left.append((start, end))
    return merged(left)


def length(spans: Spans) -> int:
    """Seconds covered; the spans are disjoint."""
    return sum(end - start for start, end in spans)
