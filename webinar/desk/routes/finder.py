"""The time finder of a session: its page; its buttons post to the session's own time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.desk.pages import fair
from webinar.desk.pages import finder as pages
from webinar.desk.pages.advice import session_checks
from webinar.desk.pages.suggestions import move_fields
from webinar.desk.pages.surroundings import surroundings
from webinar.desk.routes.blueprint import bp
from webinar.meetings.queries import room_of
from webinar.refusal import Invalid
from webinar.registration.queries.audience import audience_of
from webinar.scheduling.queries.seasons import held_of
from webinar.scheduling.rules.finder import STEPS, Place, starts_of, verdict
from webinar.scheduling.rules.ledger import ledger, parties
from webinar.scheduling.rules.slots import awake_for
from webinar.scheduling.rules.suggesting import Hours, best_pair, hours
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Answer, Session
from webinar.sessions.pages import head
from webinar.sessions.rules.start import When
from webinar.sessions.service import timing
from webinar.sessions.service.hours import add_hour
from webinar.timekeeping import clock
from webinar.timekeeping.intervals import Interval
from webinar.timekeeping.wall import local_of
from webinar.timekeeping.zones import ZoneName


@bp.get("/<slug>/sessions/<session>/finder")
@session_desk
def finder(session: Session) -> ResponseReturnValue:
    """A day's starts in every city of the audience, with suggestions and what is owed to whom."""
    now, asked = clock.now(), _asked(session)
    audience = audience_of(session.society_id, session.series_id)
    places = [Place(each.zone_name, each.people) for each in audience.zones]
    held, whose = held_of(session.society_id, session.series_id, now)
    carried = ledger(held, places)
    speakers = _speakers(session)
    coming = [at for at in starts_of(asked.day, min(asked.step, 60)) if at > now]
    fitting = awake_for(coming, session.minutes, [zone for _name, zone in speakers]) or tuple(coming)
    several = hours(coming, session.minutes, parties(places, carried), session.starts_at)
    single = hours(fitting, session.minutes, several.parties, session.starts_at)
    chosen = verdict(asked.start_at, session.minutes, places)
    return render_template(
        "desk/finder.html",
        head=head(session, "time", now),
        note=_note(session, places, single, several),
        cards=fair.cards_of(session, single, several, carried.owed),
        ledger_words=fair.ledger_words(carried, whose),
        ledger_lines=fair.ledger_lines(carried) if carried.held else (),
        source=fair.source_words(audience.source, audience.people),
        grid=pages.grid_of(session, asked, places, speakers, now),
        chosen_words=pages.verdict_words(chosen, session),
        chosen_is_planned=asked.start_at == session.starts_at,
        chosen_over=asked.start_at <= now,
        chosen_fields=move_fields(session, asked.start_at),
        speaker_lines=[
            pages.speaker_words(name, zone, asked.start_at, session.minutes) for name, zone in speakers
        ],
        unknown_speakers=_unknown(session),
        minutes=session.minutes,
        asked=asked,
        notices=_notices(session, asked.start_at) if asked.start_at > now else [],
        season_url=_season_url(session),
    )


@bp.post("/<slug>/sessions/<session>/finder/two-hours")
@session_desk
def two_hours(session: Session) -> ResponseReturnValue:
    """Give a draft the pair of a suggestion: it moves to the first hour, and gets the second."""
    first, second = (_instant(request.form.get(name, "")) for name in ("first", "second"))
    if first is None or second is None:
        raise Invalid("Please choose the hours on the page of the time finder.")
    with transaction():
        timing.move(session, signed_in_person(), _when(session, first), seen_at=_seen())
        add_hour(session, signed_in_person(), _when(session, second), capacity=session.capacity)
        address = url_for("sessions.move", slug=session.society.slug, session=session.slug)
    flash(_("Saved, with two live hours. Speakers are being asked about both."), "ok")
    return redirect(address, code=303)


def _when(session: Session, start_at: datetime) -> When:
    local = local_of(start_at, session.zone_name)
    return When(local, session.zone_name, session.minutes, start_at)


def _seen() -> datetime | None:
    try:
        at = datetime.fromisoformat(request.form.get("seen_at", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _notices(session: Session, start_at: datetime) -> list[str]:
    """What else speaks against a start: clock changes, days off, clashes, a room in use; or that nothing does."""
    span = Interval(start_at, start_at + timedelta(minutes=session.minutes))
    checks = session_checks(surroundings(session, room_of(session.id), span))
    return [gettext(check.sentence) for check in checks]


def _note(session: Session, places: Sequence[Place], single: Hours, several: Hours) -> fair.Note:
    planned = verdict(session.starts_at, session.minutes, places)
    pair = best_pair(several)
    return fair.note_of(
        planned,
        [verdict(at, session.minutes, places) for at in single.starts],
        pair is not None and pair.reached == pair.people,
    )


def _asked(session: Session) -> pages.Asked:
    start_at = _instant(request.args.get("start", "")) or session.starts_at
    step = request.args.get("step", "")
    return pages.Asked(
        day=_day(request.args.get("day", "")) or start_at.date(),
        step=int(step) if step in map(str, STEPS) else STEPS[0],
        start_at=start_at,
        every_city=request.args.get("all") == "1",
    )


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if _near(at.date()) else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _near(day) else None


def _near(day: date) -> bool:
    # Further away no zone data is worth its name, and dates run out at both ends.
    return abs(day.year - clock.now().year) <= 20


def _speakers(session: Session) -> list[tuple[str, ZoneName]]:
    return [
        (each.name, each.person.zone_name)
        for each in session.speakers
        if each.answer != Answer.DECLINED and each.person and each.person.zone_name
    ]


def _unknown(session: Session) -> list[str]:
    return [
        each.name
        for each in session.speakers
        if each.answer != Answer.DECLINED and not (each.person and each.person.zone_name)
    ]


def _season_url(session: Session) -> str:
    if session.series is None:
        return ""
    return url_for("desk.season", slug=session.society.slug, series=session.series.slug)
