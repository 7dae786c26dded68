"""The desk of one session: pre-flight, people, mails, and the question before cancelling."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webinar.calendars.queries import answers as calendars
from webinar.desk import queries
from webinar.desk.pages.advice import clock_words, judged_by, session_checks
from webinar.desk.pages.check import cancel_page, check_page, told_of_hour
from webinar.desk.pages.mails import parked_rows, timeline
from webinar.desk.pages.people import Said, chosen_state, people_page
from webinar.desk.pages.surroundings import is_settled, surroundings
from webinar.desk.routes.blueprint import bp
from webinar.materials.queries import current_decks
from webinar.meetings.queries import room_of
from webinar.registration.queries.seats import counts
from webinar.registration.queries.seats import people as people_of
from webinar.sessions.forms.session import CancelForm, RemoveHourForm
from webinar.sessions.guards import hour_desk, session_desk
from webinar.sessions.models import Session
from webinar.sessions.pages import Head, head
from webinar.sessions.queries import hours_of
from webinar.sessions.rules.preflight import preflight
from webinar.sessions.service.publication import facts_of
from webinar.timekeeping import clock

MOST_DIGITS = 6


@bp.get("/<slug>/sessions/<session>/check")
@session_desk
def check(session: Session) -> ResponseReturnValue:
    """What is done, what is advised, what still forbids publishing; and the button."""
    room, now = room_of(session.id), clock.now()
    has_link = all(room_of(hour.id) is not None for hour in hours_of(session))
    facts = facts_of(session, has_link=has_link, decks=len(current_decks(session.id)))
    checks = preflight(facts, now)
    if is_settled(session, now):
        page = check_page(session, checks)
    else:
        found = surroundings(session, room)
        checks = (*checks, *session_checks(found))
        page = check_page(session, checks, judged_by=judged_by(found.audience), clocks=clock_words(found))
    return render_template("desk/check.html", page=page, head=_head(session, "check"))


@bp.get("/<slug>/sessions/<session>/people")
@hour_desk
def people(session: Session) -> ResponseReturnValue:
    """Who registered, page by page, and the words to invite more."""
    state = chosen_state(request.args)
    said = Said(
        calendars.answers_of(session.id),
        calendars.held_replies(session.id),
        calendars.decline_rule(session.society_id),
        calendars.last_move(session.id),
    )
    page = people_page(session, people_of(session.id, _number(), state), counts(session.id), state, said)
    return render_template("desk/people.html", page=page, head=_head(session, "people"))


@bp.get("/<slug>/sessions/<session>/mails")
@hour_desk
def mails(session: Session) -> ResponseReturnValue:
    """What was mailed, what will be, and what could not be delivered."""
    stops = timeline(session, queries.mails_of(session), counts(session.id), clock.now())
    parked = parked_rows(queries.stuck_mails_of(session), session.society_id)
    return render_template("desk/mails.html", stops=stops, parked=parked, head=_head(session, "mails"))


@bp.get("/<slug>/sessions/<session>/cancel")
@session_desk
def cancel(session: Session) -> ResponseReturnValue:
    """Who will be told, in numbers, before anybody presses."""
    page = cancel_page(session, [counts(hour.id) for hour in hours_of(session)])
    form = CancelForm(formdata=None)
    return render_template("desk/cancel.html", page=page, form=form, head=_head(session, "cancel"))


@bp.get("/<slug>/sessions/<session>/hour/remove")
@hour_desk
def remove_hour(session: Session) -> ResponseReturnValue:
    """Who is told of a second live hour taken off, in numbers, before anybody presses."""
    told = told_of_hour(session, counts(session.id))
    form = RemoveHourForm(formdata=None)
    return render_template("sessions/remove_hour.html", told=told, form=form, head=_head(session, "time"))


def _head(session: Session, here: str) -> Head:
    return head(session, here, clock.now())


def _number() -> int:
    typed = request.args.get("page", "1")
    return int(typed[:MOST_DIGITS]) if typed.isascii() and typed.isdigit() else 1
