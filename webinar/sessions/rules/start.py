"""Start: the promise (wall time and zone) with the instants derived from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webinar.refusal import Invalid
from webinar.timekeeping import checks
from webinar.timekeeping.wall import Certain, Choice, Fold, Gap, Policy, instant_of, local_of, resolve
from webinar.timekeeping.zones import UnknownZone, canonical, release

LEAST_MINUTES, MOST_MINUTES = 5, 1440
LONG_MINUTES = 75
"""Longer than this is advised against, never refused (product 6)."""


@dataclass(frozen=True)
class When:
    """A start as somebody asks for it: naive wall time, IANA zone, length in minutes.

    `chosen_at` (aware UTC) answers which reading of a doubtful wall time is meant; None: not asked yet.
    """

    starts_local: datetime
    zone_name: str
    minutes: int
    chosen_at: datetime | None = None


@dataclass(frozen=True)
class Start:
    """A start that means one instant. `starts_at` and `ends_at` are aware UTC; `later_fold` says that
    the wall time comes twice and the second is promised."""

    starts_local: datetime
    zone_name: str
    minutes: int
    later_fold: bool
    starts_at: datetime
    ends_at: datetime
    tzdata_version: str


class DoubtfulStart(Invalid):
    """The wall time exists twice or not at all; `choices` holds both readings, the earlier first."""

    def __init__(self, doubt: Gap | Fold) -> None:
        self.choices: tuple[Choice, Choice] = (doubt.earlier, doubt.later)
        super().__init__(doubt.sentence, "starts_local")


def pinned(when: When) -> Start:
    """The instants that a wished start means.

    A wall time in a gap or a fold needs `chosen_at` to be one of its two readings, else raises
    DoubtfulStart. Raises Invalid, with the field, for what cannot be a start at all.
    """
    check_minutes(when.minutes)
    try:
        zone_name = canonical(when.zone_name)
        meaning = resolve(when.starts_local.replace(second=0, microsecond=0), zone_name)
    except UnknownZone as unknown:
        raise Invalid(unknown.sentence, "zone_name") from unknown
    except checks.OutOfYears as absurd:
        raise Invalid(absurd.sentence, "starts_local") from absurd
    if isinstance(meaning, Certain):
        return derived(meaning.local, zone_name, when.minutes)
    chosen = next((c for c in (meaning.earlier, meaning.later) if c.instant == when.chosen_at), None)
    if chosen is None:
        raise DoubtfulStart(meaning)
    later_fold = isinstance(meaning, Fold) and chosen is meaning.later
    return derived(chosen.local, zone_name, when.minutes, later_fold=later_fold)


@dataclass(frozen=True)
class Rezoned:
    """A start taken to another zone: by its clock time, or by its instant."""

    by_clock: When
    by_instant: When


def rezoned(starts_local: datetime, starts_at: datetime, minutes: int, zone_name: str) -> Rezoned:
    """The two ways to take a start (naive wall time, aware instant) to the zone `zone_name`.

    Raises UnknownZone.
    """
    there = local_of(starts_at, zone_name)
    return Rezoned(
        When(starts_local, zone_name, minutes), When(there, zone_name, minutes, chosen_at=starts_at)
    )


def derived(starts_local: datetime, zone_name: str, minutes: int, *, later_fold: bool = False) -> Start:
    """The instants of a stored promise under the zone data in use, without asking anybody.

    A wall time that the zone data has put into a gap is read by RFC 5545 3.3.5.
    """
    meant = resolve(starts_local, zone_name)
    policy = Policy.LATER if later_fold and isinstance(meant, Fold) else Policy.RFC_5545
    starts_at = instant_of(starts_local, zone_name, policy=policy)
    ends_at = starts_at + timedelta(minutes=minutes)
    return Start(starts_local, zone_name, minutes, later_fold, starts_at, ends_at, release())


def check_minutes(minutes: int) -> None:
    """Raises Invalid for a length that no session has."""
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise Invalid(
            f"A session lasts {LEAST_MINUTES} to {MOST_MINUTES} minutes. Please correct the length.",
            "minutes",
        )
