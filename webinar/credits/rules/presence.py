"""Presence: which seconds count, for which session, and never two sessions in one instant."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from webinar.credits.rules.activity import CreditInput, SessionWindow
from webinar.credits.rules.spans import Spans, cut, length, merged, union, without
from webinar.credits.rules.terms import Attendance, Scheme


@dataclass(frozen=True)
class Attended:
    """A session with the time for which it may earn credit and the time for which it does."""

    session: SessionWindow
    creditable: Spans
    spans: Spans


def attended(scheme: Scheme, activity: CreditInput) -> tuple[Attended, ...]:
    """Creditable sessions with the person's presence in them, earlier-starting first.

    Own talks and excluded kinds are dropped; a creditable window is the window minus every own talk,
    for nobody attends elsewhere while speaking.
    """
    held = [each for each in activity.sessions if each.span[0] < each.span[1]]
    own = merged(each.span for each in held if each.id in activity.faculty_sessions)
    found = []
    for session in sorted(held, key=lambda each: each.span[0]):
        if session.kind in scheme.excluded_kinds or session.id in activity.faculty_sessions:
            continue
        if creditable := without((session.span,), own):
            found.append(Attended(session, creditable, _presence(scheme, activity, session, creditable)))
    return tuple(found)


def _presence(scheme: Scheme, activity: CreditInput, session: SessionWindow, creditable: Spans) -> Spans:
    # Bridged before cut: a short drop across the start or the end of a session is a drop like any other.
    rows = (row.span for row in activity.intervals if row.session in (None, session.id))
    return cut(merged(rows, scheme.attendance.merge_gap_s), creditable)


def creditable_time(sessions: Iterable[Attended]) -> Spans:
    """The union of the creditable windows."""
    return union(each.creditable for each in sessions)


def time_present(sessions: Iterable[Attended]) -> Spans:
    """The union of presence over sessions, tracks and devices."""
    return union(each.spans for each in sessions)


def counted(attendance: Attendance, sessions: tuple[Attended, ...]) -> tuple[Attended, ...]:
    """The sessions that pass the threshold, with the time that counts; each instant in one session alone."""
    if attendance.scope == "session":
        passed = tuple(each for each in sessions if passes(attendance, each.spans, each.creditable))
        if attendance.full_on_pass:
            return tuple(_whole(each) for each in _most_time(passed))
        return _each_instant_once(passed)
    if attendance.scope == "activity":
        if not passes(attendance, time_present(sessions), creditable_time(sessions)):
            return ()
        if attendance.full_on_pass:
            return _each_instant_once(tuple(_whole(each) for each in sessions))
    return _each_instant_once(sessions)


def passes(attendance: Attendance, present: Spans, creditable: Spans) -> bool:
    """Whether presence plus grace reaches the share asked; equality passes.

    No grace makes an absent person present: live credit needs some presence at the time.
    """
    needed = attendance.min_pct * length(creditable) / 100
    return bool(present) and length(present) + attendance.grace_min * 60 >= needed


def _whole(each: Attended) -> Attended:
    return replace(each, spans=each.creditable)


def _each_instant_once(sessions: tuple[Attended, ...]) -> tuple[Attended, ...]:
    """Shared instants belong to the earlier-starting session; `sessions` come in that order."""
    taken: Spans = ()
    shares = []
    for each in sessions:
        shares.append(replace(each, spans=without(each.spans, taken)))
        taken = union((taken, each.spans))
    return tuple(shares)


def _most_time(passed: tuple[Attended, ...]) -> tuple[Attended, ...]:
    """The non-overlapping sessions with most creditable time (weighted interval scheduling).

    Own talks cut the same holes into every window, so with the holes taken out of the clock each
    creditable window is one stretch and the classic method is exact.
    """
    clock = creditable_time(passed)
    runs = sorted(((_stretch(each, clock), each) for each in passed), key=lambda run: run[0][::-1])
    ends = [stretch[1] for stretch, _ in runs]
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for at, ((start, end), _) in enumerate(runs):
        before, chosen = best[bisect_right(ends, start, 0, at)]
        best.append(max(best[-1], (before + end - start, (*chosen, at)), key=lambda option: option[0]))
    picked = [runs[at][1] for at in best[-1][1]]
    return tuple(sorted(picked, key=lambda each: each.session.span[0]))


def _stretch(each: Attended, clock: Spans) -> tuple[int, int]:
    first, last = each.creditable[0][0], each.creditable[-1][1]
    return length(cut(clock, ((clock[0][0], first),))), length(cut(clock, ((clock[0][0], last),)))
