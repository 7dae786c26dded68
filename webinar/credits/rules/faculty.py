"""Credit for presenting: hours spoken × credit per hour, a repeated talk once where the scheme says so."""

from fractions import Fraction

from webinar.credits.rules.activity import CreditInput, SessionWindow
from webinar.credits.rules.rounding import rounded
from webinar.credits.rules.terms import FacultyRole, Scheme


def spoken_minutes(scheme: Scheme, role: FacultyRole, activity: CreditInput) -> Fraction:
    """Minutes the person presented, in sessions of kinds that earn credit."""
    minutes, given = Fraction(0), set[str]()
    for talk in activity.sessions:
        if not _counts(scheme, activity, talk) or (role.once_per_presentation and talk.presentation in given):
            continue
        start, end = talk.span
        minutes += Fraction(end - start, 60) if talk.presented_min is None else talk.presented_min
        if talk.presentation is not None:
            given.add(talk.presentation)
    return minutes


def faculty_credit(scheme: Scheme, role: FacultyRole, minutes: Fraction) -> Fraction:
    """Credit for that many minutes spoken, rounded once; caps do not touch it."""
    return rounded(minutes / 60 * role.per_hour, scheme.rounding)


def _counts(scheme: Scheme, activity: CreditInput, talk: SessionWindow) -> bool:
    held = talk.span[0] < talk.span[1]
    return held and talk.id in activity.faculty_sessions and talk.kind not in scheme.excluded_kinds
