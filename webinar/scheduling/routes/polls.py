"""The organiser's pages of a poll: ask, look at the result, close with a time."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Missing, Refusal
from webinar.scheduling.forms.poll import AskForm, DeadlineForm, MoreTimeForm, PollForm, PollZoneForm
from webinar.scheduling.models.poll import Poll
from webinar.scheduling.pages.poll import poll_page
from webinar.scheduling.pages.zone import ZonePreview, zone_preview
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.routes.blueprint import bp
from webinar.scheduling.rules.poll import PollKind
from webinar.scheduling.rules.times import Keep
from webinar.scheduling.service import more, moving
from webinar.scheduling.service import polls as service
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session
from webinar.sessions.pages import head
from webinar.societies.guards import current_society
from webinar.timekeeping import clock
from webinar.timekeeping.wall import local_of
from webinar.translatable import N_

AnyForm = AskForm | MoreTimeForm | DeadlineForm | PollZoneForm
"""The forms that stand on the page of a poll."""
ANSWER_DAYS = 4
"""A deadline that suggests itself."""
NO_POLL = N_("There is no such poll yet.")


@bp.get("/<slug>/sessions/<session>/poll", defaults={"kind": "speakers"})
@bp.get("/<slug>/sessions/<session>/poll/<kind>")
@session_desk
def poll(session: Session, kind: str) -> ResponseReturnValue:
    """A poll and its result; where there is none, the form of one."""
    asked = _kind(kind)
    return _page(session, asked, queries.poll_of(session, asked))


@bp.post("/<slug>/sessions/<session>/poll/<kind>")
@session_desk
def open_poll(session: Session, kind: str) -> ResponseReturnValue:
    """Ask; or only add rows to the form."""
    asked, form = _kind(kind), PollForm()
    if form.add_rows(request.form.get("do", "")):
        return _page(session, asked, None, new=form)
    if form.validate_on_submit():
        try:
            with transaction():
                opened = service.open_poll(session, signed_in_person(), form.plan(asked))
                _flash_opened(opened)
            return _to_poll(session, asked)
        except Refusal as refusal:
            form.refuse(refusal)
    return _page(session, asked, None, new=form), 422


@bp.post("/<slug>/sessions/<session>/poll/<kind>/people")
@session_desk
def ask_one(session: Session, kind: str) -> ResponseReturnValue:
    """Ask one more person."""
    form = AskForm()
    return _written(
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
        voter_id = _number(request.form["suggested"])
        return _pressed(
            session, kind, lambda found: more.add_suggested(found, signed_in_person(), voter_id), done
        )
    form = MoreTimeForm()
    return _written(
        session, kind, form, lambda found: more.add_time(found, signed_in_person(), form.wish()), done
    )


@bp.post("/<slug>/sessions/<session>/poll/<kind>/deadline")
@session_desk
def extend(session: Session, kind: str) -> ResponseReturnValue:
    """Another deadline; a closed poll opens again."""
    form = DeadlineForm()
    return _written(
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
    asked, form = _kind(kind), PollZoneForm()
    found = _poll(session, asked)
    valid, preview = form.validate_on_submit(), None
    if valid:
        preview = zone_preview(found, form.zone_name.data)
    if valid and request.form.get("do") == "change":
        if form.keep.data:
            keep, zone_name = Keep(form.keep.data), form.zone_name.data
            return _written(
                session,
                kind,
                form,
                lambda found: moving.change_zone(found, signed_in_person(), zone_name, keep),
                _("Saved. Voters are told where a time has moved."),
                preview,
            )
        form.keep.errors = [_("Please choose what stays: the clock times or the moments.")]
        valid = False
    return _page(session, asked, found, sent=form, preview=preview), 200 if valid else 422


@bp.post("/<slug>/sessions/<session>/poll/<kind>/close")
@session_desk
def close(session: Session, kind: str) -> ResponseReturnValue:
    """Close without a time."""
    return _pressed(
        session,
        kind,
        lambda found: service.close(found, signed_in_person()),
        _("Closed. The time of the session stays as it was."),
    )


@bp.post("/<slug>/sessions/<session>/poll/<kind>/schedule")
@session_desk
def schedule(session: Session, kind: str) -> ResponseReturnValue:
    """Close with a time: the session moves there."""
    option_id = _number(request.form.get("option", ""))
    return _pressed(
        session,
        kind,
        lambda found: service.schedule(found, signed_in_person(), option_id),
        _("The session is set to this time, and all voters are being told."),
    )


def _number(typed: str) -> int:
    """An id as a button sends it; what is none finds nothing."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _kind(kind: str) -> PollKind:
    try:
        return PollKind(kind)
    except ValueError:
        raise Missing from None


def _poll(session: Session, kind: PollKind) -> Poll:
    found = queries.poll_of(session, kind)
    if found is None:
        raise Missing(NO_POLL)
    return found


def _pressed(session: Session, kind: str, write: Callable[[Poll], object], done: str) -> ResponseReturnValue:
    """One press of a button; a refusal stands on the poll's page."""
    asked = _kind(kind)
    try:
        with transaction():
            write(_poll(session, asked))
        flash(done, "ok")
    except Missing:
        raise
    except Refusal as refusal:
        flash(_(refusal.words, **refusal.values), "bad")
    return _to_poll(session, asked)


def _written(
    session: Session,
    kind: str,
    form: AnyForm,
    write: Callable[[Poll], object],
    done: str,
    preview: ZonePreview | None = None,
) -> ResponseReturnValue:
    """One form sent; what is wrong stands beside its fields."""
    asked = _kind(kind)
    if form.validate_on_submit():
        try:
            with transaction():
                write(_poll(session, asked))
            flash(done, "ok")
            return _to_poll(session, asked)
        except Missing:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    found = _poll(session, asked)
    return _page(session, asked, found, sent=form, preview=preview), 422


def _page(
    session: Session,
    kind: PollKind,
    found: Poll | None,
    *,
    new: PollForm | None = None,
    sent: AnyForm | None = None,
    preview: ZonePreview | None = None,
) -> str:
    now = clock.now()
    common = {"head": head(session, "poll", now), "kind": kind.value}
    if found is None:
        return render_template("scheduling/new_poll.html", form=new or _suggested(session, kind), **common)
    return render_template(
        "scheduling/poll.html",
        page=poll_page(found, now),
        ask=sent if isinstance(sent, AskForm) else AskForm(formdata=None),
        more=sent if isinstance(sent, MoreTimeForm) else MoreTimeForm(formdata=None),
        deadline=sent if isinstance(sent, DeadlineForm) else _deadline(found),
        zone=sent if isinstance(sent, PollZoneForm) else PollZoneForm(formdata=None),
        preview=preview,
        **common,
    )


def _deadline(found: Poll) -> DeadlineForm:
    form = DeadlineForm(formdata=None)
    form.deadline_local.data = local_of(found.deadline_at, found.zone_name)
    return form


def _suggested(session: Session, kind: PollKind) -> PollForm:
    """The form of a new poll with what suggests itself: the session's time, its speakers, four days."""
    form = PollForm(formdata=None)
    later = local_of(clock.now() + timedelta(days=ANSWER_DAYS), session.zone_name)
    people = [(each.name, each.email) for each in session.speakers] if kind is PollKind.SPEAKERS else []
    evening = later.replace(hour=18, minute=0, second=0, microsecond=0)
    form.fill(session.zone_name, session.starts_local, evening, people)
    return form


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


def _to_poll(session: Session, kind: PollKind) -> ResponseReturnValue:
    address = url_for("scheduling.poll", slug=current_society().slug, session=session.slug, kind=kind.value)
    return redirect(address, code=303)
