"""The desk of a series: its page, and what a change would do before anybody presses."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webinar.desk.pages.reshape import Sent, reshape_page, reword_page
from webinar.desk.pages.series import series_page
from webinar.desk.routes.blueprint import bp
from webinar.refusal import Refusal
from webinar.sessions.forms.reshape import RetimeForm, RewordForm
from webinar.sessions.guards import series_desk, series_session_desk
from webinar.sessions.models import Series, Session
from webinar.sessions.pages import head
from webinar.sessions.queries import of_series
from webinar.sessions.routes import reshape as doors
from webinar.sessions.rules.reshape.values import Fate
from webinar.sessions.service import reshape, rewording
from webinar.timekeeping import clock

UNTYPED = {"csrf_token", "do", "seen"}


@bp.get("/<slug>/series/<series>/edit")
@series_desk
def series(series: Series) -> ResponseReturnValue:
    """The sessions of a series and the ways to change them."""
    return render_template("desk/series.html", page=series_page(series, clock.now()))


@bp.post("/<slug>/series/<series>/time/<session>/preview")
@series_session_desk
def preview_time(series: Series, session: Session) -> ResponseReturnValue:
    """Each session before and after, and who would be told; writes nothing."""
    form = RetimeForm()
    if not form.validate():
        return doors.retime_page(form, series, session), 422
    try:
        change, sessions = reshape.previewed(series, form.wish(session.id)), _by_id(series)
        dropped = [sessions[line.session_id] for line in change.lines if line.fate is Fate.DROPPED]
        reshape.check_reason(dropped, form.because.data)
    except Refusal as refusal:
        doors.refuse_retime(form, refusal)
        return doors.retime_page(form, series, session), 422
    page = reshape_page(
        sessions,
        change,
        reshape.clashing(series, change),
        Sent(reshape.version_seen(series, change.fingerprint), _typed()),
        now=clock.now(),
    )
    top = head(session, "", clock.now())
    return render_template("desk/preview_time.html", form=form, page=page, head=top, series=series)


@bp.post("/<slug>/series/<series>/words/<session>/preview")
@series_session_desk
def preview_words(series: Series, session: Session) -> ResponseReturnValue:
    """Which words each session would get, and which of its own it keeps; writes nothing."""
    form = RewordForm()
    form.offer_languages()
    if not form.validate():
        return doors.reword_page(form, series, session), 422
    try:
        found = rewording.previewed(series, session, form.wish())
    except Refusal as refusal:
        form.refuse(refusal)
        return doors.reword_page(form, series, session), 422
    sent = Sent(rewording.version_of_words(series, form.wish(), found), _typed())
    page = reword_page(_by_id(series), found, sent, now=clock.now())
    top = head(session, "", clock.now())
    return render_template("desk/preview_words.html", form=form, page=page, head=top, series=series)


def _by_id(series: Series) -> dict[int, Session]:
    return {session.id: session for session in of_series(series.id)}


def _typed() -> tuple[tuple[str, str], ...]:
    """Everything typed, to be sent again with the press that applies it."""
    pairs = request.form.items(multi=True)
    return tuple((name, value) for name, value in pairs if name not in UNTYPED)
