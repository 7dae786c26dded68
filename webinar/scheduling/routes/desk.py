"""What all organiser's doors of a poll share: finding it, writing to it, showing it again."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.db.store import transaction
from webinar.refusal import Missing, Refusal
from webinar.scheduling.forms.poll import AskForm, DeadlineForm, MoreTimeForm, PollForm, PollZoneForm
from webinar.scheduling.models.poll import Poll
from webinar.scheduling.pages.poll import poll_page
from webinar.scheduling.pages.zone import ZonePreview
from webinar.scheduling.queries import polls as queries
from webinar.scheduling.rules.poll import PollKind
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


def number_of(typed: str) -> int:
    """An id as a button sends it; what is none finds nothing."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def kind_of(kind: str) -> PollKind:
    """The kind that a path names. Raises Missing."""
    try:
        return PollKind(kind)
    except ValueError:
        raise Missing from None


def poll_here(session: Session, kind: PollKind) -> Poll:
    """The poll of a kind that a session has. Raises Missing."""
    found = queries.poll_of(session, kind)
    if found is None:
        raise Missing(NO_POLL)
    return found


def pressed(session: Session, kind: str, write: Callable[[Poll], object], done: str) -> ResponseReturnValue:
    """One press of a button; a refusal stands on the poll's page."""
    asked = kind_of(kind)
    try:
        with transaction():
            write(poll_here(session, asked))
        flash(done, "ok")
    except Missing:
        raise
    except Refusal as refusal:
        flash(_(refusal.words, **refusal.values), "bad")
    return to_poll(session, asked)


def written(
    session: Session,
    kind: str,
    form: AnyForm,
    write: Callable[[Poll], object],
    done: str,
    preview: ZonePreview | None = None,
) -> ResponseReturnValue:
    """One form sent; what is wrong stands beside its fields."""
    asked = kind_of(kind)
    if form.validate_on_submit():
        try:
            with transaction():
                write(poll_here(session, asked))
            flash(done, "ok")
            return to_poll(session, asked)
        except Missing:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    found = poll_here(session, asked)
    return poll_page_of(session, asked, found, sent=form, preview=preview), 422


def poll_page_of(
    session: Session,
    kind: PollKind,
    found: Poll | None,
    *,
    new: PollForm | None = None,
    sent: AnyForm | None = None,
    preview: ZonePreview | None = None,
) -> str:
    """The page of a poll, or the form of a new one, with what was sent and could not be taken."""
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


def to_poll(session: Session, kind: PollKind) -> ResponseReturnValue:
    """Back to the poll's page."""
    address = url_for("scheduling.poll", slug=current_society().slug, session=session.slug, kind=kind.value)
    return redirect(address, code=303)
