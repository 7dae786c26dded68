"""Rows become people: registrant id, else e-mail, else name; never a name joined to an address."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from webinar.attendance.format import ReportPerson, Role, Span
from webinar.attendance.formats.reading.instants import Instants
from webinar.attendance.formats.reading.sighting import Kind, Sighting
from webinar.attendance.formats.reading.stays import Event, Stay, paired, union

Identity = tuple[str, str]
_RANK = (Role.HOST, Role.PRESENTER, Role.ATTENDEE)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting with its place among the report's rows."""

    place: int
    sighting: Sighting


@dataclass
class Tally:
    """How often something odd met the person who joined the rows: warning code → times."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, code: str, times: int = 1) -> None:
        """Count it, if it happened at all."""
        if times:
            self.counts[code] += times


def folded(name: str) -> str:
    """A name as it is compared: composed, single spaces, without case."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def people_of(seen: Sequence[Seen], instants: Instants, tally: Tally) -> list[ReportPerson]:
    """The people in order of first sighting."""
    owners = _owners(each.sighting for each in seen)
    bound = _bound((each.sighting for each in seen), owners)
    groups: dict[Identity, list[Seen]] = {}
    for each in seen:
        identity = _identity(each.sighting, owners)
        if identity[0] in ("name", "stranger"):
            identity = bound.get(each.sighting.pair, identity)
        groups.setdefault(identity, []).append(each)
    return [_person(group, instants, tally) for group in groups.values()]


def _owners(sightings: Iterable[Sighting]) -> dict[str, str]:
    """The addresses that belong to exactly one registrant id."""
    ids: dict[str, set[str]] = defaultdict(set)
    for sighting in sightings:
        if sighting.email and sighting.registrant_id:
            ids[sighting.email].add(sighting.registrant_id)
    return {email: next(iter(known)) for email, known in ids.items() if len(known) == 1}


def _bound(sightings: Iterable[Sighting], owners: dict[str, str]) -> dict[str, Identity]:
    """Who a device belongs to: one event of it with an id or address speaks for the others."""
    return {
        sighting.pair: _identity(sighting, owners)
        for sighting in sightings
        if sighting.pair and (sighting.registrant_id or sighting.email)
    }


def _identity(sighting: Sighting, owners: dict[str, str]) -> Identity:
    if sighting.registrant_id:
        return "id", sighting.registrant_id
    if sighting.email:
        owner = owners.get(sighting.email)
        return ("id", owner) if owner else ("email", sighting.email)
    if sighting.name:
        return "name", folded(sighting.name)
    return "stranger", sighting.stranger


def _person(group: list[Seen], instants: Instants, tally: Tally) -> ReportPerson:
    sightings = [each.sighting for each in group]
    stays = _stays(sightings, instants, tally)
    stated = [sighting.stated for sighting in sightings if sighting.stated is not None]
    came = bool(stays or stated) or any(sighting.kind in _PRESENT for sighting in sightings)
    ordered = sorted(sightings, key=lambda sighting: _first_seen(sighting, instants))
    spans = union(stays)
    return ReportPerson(
        name=next((sighting.name for sighting in ordered if sighting.name), None),
        email=next((sighting.email for sighting in ordered if sighting.email), None),
        registrant_id=next((sighting.registrant_id for sighting in ordered if sighting.registrant_id), None),
        role=next((role for role in _RANK if any(sighting.role is role for sighting in sightings)), None),
        spans=spans,
        attended=_attended(spans, bool(stays), stated, tally),
        no_show=not came and any(sighting.kind is Kind.ABSENT for sighting in sightings),
        rows=tuple(sorted({each.place for each in group})),
    )


_PRESENT = (Kind.STAY, Kind.JOINED, Kind.LEFT)


def _first_seen(sighting: Sighting, instants: Instants) -> datetime:
    stamp = sighting.join or sighting.leave
    return (instants.plain(stamp) if stamp else None) or _NEVER


def _stays(sightings: list[Sighting], instants: Instants, tally: Tally) -> list[Stay]:
    stays: list[Stay] = []
    events: dict[str, list[Event]] = defaultdict(list)
    for sighting in sightings:
        if sighting.kind is Kind.STAY:
            stays += _stay(sighting, instants, tally)
        elif sighting.kind in _PRESENT:
            left = sighting.kind is Kind.LEFT
            at = instants.of(sighting.leave if left else sighting.join)
            events[sighting.pair] += [Event(at, left)] if at else []
    for group in events.values():
        pairs, stray = paired(group)
        tally.add("left_without_join", stray)
        stays += pairs
    return stays


def _stay(sighting: Sighting, instants: Instants, tally: Tally) -> list[Stay]:
    start, end = instants.stay(sighting.join, sighting.leave)
    if start is None and end is None and sighting.stated is None:
        tally.add("row_without_times")
    elif start is None and end is not None:
        tally.add("left_without_join")
    if start is None:
        return []
    if end is None and sighting.stated is not None:
        end = start + sighting.stated
    if end is not None and end < start:
        tally.add("leave_before_join")
        return []
    return [Stay(start, end)]


def _attended(
    spans: tuple[Span, ...], timed: bool, stated: list[timedelta], tally: Tally
) -> timedelta | None:
    if timed or not stated:
        if any(span.to_at is None for span in spans):
            tally.add("open_interval")
            return None
        return sum((span.to_at - span.from_at for span in spans if span.to_at), timedelta())
    tally.add("minutes_only")
    # Totals of several rows may overlap: adding them could credit one hour twice.
    tally.add("several_totals", len(set(stated)) > 1)
    return max(stated)
