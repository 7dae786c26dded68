"""The command that follows new zone data: derives starts again, and says whose clocks show another time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

import click
from flask.cli import with_appcontext

from webinar.calendars.queries.told import count_seats, told_of, told_of_clocks
from webinar.db.store import transaction
from webinar.sessions.models import Answer, State
from webinar.sessions.service import clocks, timing
from webinar.timekeeping import clock, zones
from webinar.timekeeping.wall import local_of


@dataclass(frozen=True)
class Moved:
    """A start at another instant: wall time and zone as promised, old and new UTC, how many are told."""

    session: str
    title: str
    zone: str
    local: str
    was_utc: str
    utc: str
    people: int
    speakers: int


@dataclass(frozen=True)
class Shown:
    """A start that stays, and the zones where clocks show another time for it; how many are told."""

    session: str
    title: str
    utc: str
    zones: tuple[str, ...]
    people: int
    speakers: int


@dataclass(frozen=True)
class Report:
    """What new zone data brought. `was` is the release in use before, "" where none is remembered."""

    tzdata: str
    was: str
    dry_run: bool
    moved: tuple[Moved, ...]
    shown: tuple[Shown, ...]


class _OnlyLooking(Exception):
    """Nothing of a dry run is kept."""


@click.command("reinstant")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--dry-run", is_flag=True, help="Say what would move and who would be told; change nothing.")
@with_appcontext
def reinstant(as_json: bool, dry_run: bool) -> None:
    """Derive the start of every session to come from its wall time and zone, after a tzdata update."""
    with _kept(dry_run):
        report = _followed(clock.now(), dry_run=dry_run)
        click.echo(json.dumps(asdict(report)) if as_json else "\n".join(_lines(report)))
        if dry_run:
            raise _OnlyLooking


@contextmanager
def _kept(dry_run: bool) -> Iterator[None]:
    try:
        with transaction():
            yield
    except _OnlyLooking:
        if not dry_run:
            raise


def _followed(now: datetime, *, dry_run: bool) -> Report:
    _, was = clocks.newest_release()
    moved = tuple(map(_moved, timing.reinstant(now)))
    number = clocks.remember(now)
    shown = tuple(_shown(number)) if number else ()
    return Report(zones.release(), was, dry_run, moved, tuple(each for each in shown if _anybody(each)))


def _moved(found: timing.Rederived) -> Moved:
    session = found.session
    return Moved(
        session=session.slug,
        title=session.lead.title,
        zone=session.zone_name,
        local=f"{session.starts_local:%Y-%m-%dT%H:%M}",
        was_utc=_utc(found.was_at),
        utc=_utc(found.starts_at),
        people=count_seats(told_of(session.id)) if session.state is State.PUBLISHED else 0,
        speakers=sum(speaker.answer != Answer.DECLINED for speaker in session.lead.speakers),
    )


def _shown(number: int) -> Iterator[Shown]:
    for session, changed in clocks.unmoved(number):
        people = count_seats(told_of_clocks(session.id, changed)) if session.state is State.PUBLISHED else 0
        yield Shown(
            session=session.slug,
            title=session.lead.title,
            utc=_utc(session.starts_at),
            zones=tuple(sorted(changed)),
            people=people,
            speakers=len(clocks.speakers_in(session, changed)),
        )


def _anybody(shown: Shown) -> bool:
    return bool(shown.people or shown.speakers)


def _lines(report: Report) -> Iterator[str]:
    count = len(report.moved)
    starts = "session to come starts" if count == 1 else "sessions to come start"
    yield f"Zone data {report.tzdata}: {count} {starts} at another instant now."
    for each in report.moved:
        where = f"{each.title} ({each.session}): {each.local.replace('T', ' ')} {each.zone}"
        yield f"  {where}, {each.was_utc} → {each.utc}; told: {_told(each.people, each.speakers)}"
    for stays in report.shown:
        local = ", ".join(f"{_local(stays.utc, name)} {name}" for name in stays.zones)
        where = f"{stays.title} ({stays.session}) stays at {stays.utc}, which is now {local}"
        yield f"  {where}; told: {_told(stays.people, stays.speakers)}"
    if report.dry_run:
        yield "Nothing was changed: this was a dry run."


def _told(people: int, speakers: int) -> str:
    return (
        f"{people} {'person' if people == 1 else 'people'}, {speakers} speaker{'' if speakers == 1 else 's'}"
    )


def _local(utc: str, zone_name: str) -> str:
    return f"{local_of(datetime.fromisoformat(utc), zone_name):%Y-%m-%d %H:%M}"


def _utc(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
