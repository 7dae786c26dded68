"""The organiser's pages of a poll: ask, look at the result, close with a time."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.scheduling.forms.poll import AskForm, DeadlineForm, MoreTimeForm, PollForm, PollZoneForm
from webinar.scheduling.pages.zone import zone_preview
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.routes.blueprint import bp
from webinar.scheduling.routes.desk import (
    kind_of,
    number_of,
    poll_here,
    poll_page_of,
    pressed,
    to_poll,
    written,
)
from webinar.scheduling.rules.times import Keep
from webinar.scheduling.service import more, moving
from webinar.scheduling.service import polls as service
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session


@bp.get("/<slug>/sessions/<session>/poll", defaults={"kind": "speakers"})
@bp.get("/<slug>/sessions/<session>/poll/<kind>")
@session_desk
def poll(session: Session, kind: str) -> ResponseReturnValue:
    """A poll and its result; where there is none, the form of one."""
    asked = kind_of(kind)
    return poll_page_of(session, asked, queries.poll_of(session, asked))


@bp.post("/<slug>/sessions/<session>/poll/<kind>")
@session_desk
def open_poll(session: Session, kind: str) -> ResponseReturnValue:
    """Ask; or only add rows to the form."""
    asked, form = kind_of(kind), PollForm()
    if form.add_rows(request.form.get("do", "")):
        return poll_page_of(session, asked, None, new=form)
    if form.validate_on_submit():
        try:
            with transaction():
                opened = service.open_poll(session, signed_in_person(), form.plan(asked))
                _flash_opened(opened)
            return to_poll(session, asked)
        except Refusal as refusal:
            form.refuse(refusal)
    return poll_page_of(session, asked, None, new=form), 422


@bp.post("/<slug>/sessions/<session>/poll/<kind>/people")
@session_desk
def ask_one(session: Session, kind: str) -> ResponseReturnValue:
    """Ask one more person."""
    form = AskForm()
    return written(
        session,
        kind,
        form,
        lambda found: more.ask_one(found, signed_in_person(), form.asked()),
        _("%(name)s is being asked by mail.", name=form.name.data),
    )


@bp.post("/<slug>/sessions/<session>/poll/<kind>/times")
@session_desk
def add_time(session: Session, kind: str) -> ResponseReturnValue:
    """Ask about one more time, typed here or suggested by a voter."""
    done = _("Saved. All voters are being asked about the new time.")
    if "suggested" in request.form:
        voter_id = number_of(request.form["suggested"])
        return pressed(
            session, kind, lambda found: more.add_suggested(found, signed_in_person(), voter_id), done
        )
    form = MoreTimeForm()
    return written(
        session, kind, form, lambda found: more.add_time(found, signed_in_person(), form.wish()), done
    )


@bp.post("/<slug>/sessions/<session>/poll/<kind>/deadline")
@session_desk
def extend(session: Session, kind: str) -> ResponseReturnValue:
    """Another deadline; a closed poll opens again."""
    form = DeadlineForm()
    return written(
        session,
        kind,
        form,
        lambda found: service.extend(found, signed_in_person(), form.deadline(), found.zone_name),
        _("Saved. Answers are taken until the new deadline."),
    )


@bp.post("/<slug>/sessions/<session>/poll/<kind>/zone")
@session_desk
def change_zone(session: Session, kind: str) -> ResponseReturnValue:
    """Another zone: first both results, then the one that is meant."""
    asked, form = kind_of(kind), PollZoneForm()
    found = poll_here(session, asked)
    valid, preview = form.validate_on_submit(), None
    if valid:
        preview = zone_preview(found, form.zone_name.data)
    if valid and request.form.get("do") == "change":
        if form.keep.data:
            keep, zone_name = Keep(form.keep.data), form.zone_name.data
            return written(
                session,
                kind,
                form,
                lambda found: moving.change_zone(found, signed_in_person(), zone_name, keep),
                _("Saved. Voters are told where a time has moved."),
                preview,
            )
        form.keep.errors = [_("Please choose what stays: the clock times or the moments.")]
        valid = False
    return poll_page_of(session, asked, found, sent=form, preview=preview), 200 if valid else 422


@bp.post("/<slug>/sessions/<session>/poll/<kind>/close")
@session_desk
def close(session: Session, kind: str) -> ResponseReturnValue:
    """Close without a time."""
    return pressed(
        session,
        kind,
        lambda found: service.close(found, signed_in_person()),
        _("Closed. The time of the session stays as it was."),
    )


@bp.post("/<slug>/sessions/<session>/poll/<kind>/schedule")
@session_desk
def schedule(session: Session, kind: str) -> ResponseReturnValue:
    """Close with a time: the session moves there."""
    option_id = number_of(request.form.get("option", ""))
    return pressed(
        session,
        kind,
        lambda found: service.schedule(found, signed_in_person(), option_id),
        _("The session is set to this time, and all voters are being told."),
    )


def _flash_opened(opened: service.Opened) -> None:
    flash(_("The poll is open, and everybody named is being asked by mail."), "ok")
    if opened.times_merged:
        flash(
            ngettext(
                "One time stood there twice, as the same moment: it is kept once.",
                "%(num)s times stood there twice, as the same moment: each is kept once.",
                opened.times_merged,
            ),
            "warn",
        )
    if opened.people_merged:
        flash(
            ngettext(
                "One address stood there twice: it is asked once.",
                "%(num)s addresses stood there twice: each is asked once.",
                opened.people_merged,
            ),
            "warn",
        )
