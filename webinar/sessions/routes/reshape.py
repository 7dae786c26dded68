"""Changing a series: the forms, and the press that applies what the desk's preview showed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.db.store import transaction
from webinar.refusal import Refusal
from webinar.sessions import pages
from webinar.sessions.forms.reshape import RetimeForm, RewordForm
from webinar.sessions.guards import series_session_desk
from webinar.sessions.models import Series, Session
from webinar.sessions.routes.blueprint import bp
from webinar.sessions.rules.pattern import rhythm_of
from webinar.sessions.rules.start import DoubtfulStart, When
from webinar.sessions.service import reshape, rewording
from webinar.societies.guards import current_society
from webinar.timekeeping import clock


@bp.route("/<slug>/series/<series>/time/<session>", methods=["GET", "POST"])
@series_session_desk
def retime(series: Series, session: Session) -> ResponseReturnValue:
    """Another time or rhythm: the form, and what was previewed is applied."""
    form = RetimeForm()
    if not form.is_submitted():
        fill_retime(form, series, session)
        return retime_page(form, series, session), 200
    if form.validate() and request.form.get("do") != "back":
        try:
            with transaction():
                changed = reshape.reshape_series(
                    series,
                    signed_in_person(),
                    form.wish(session.id),
                    seen=form.seen.data or "",
                    because=form.because.data,
                )
                flash(_("Saved. Whoever must hear of it is being told."), "ok")
                return _to_series(changed)
        except Refusal as refusal:
            refuse_retime(form, refusal)
    return retime_page(form, series, session), 422 if form.summary else 200


@bp.route("/<slug>/series/<series>/words/<session>", methods=["GET", "POST"])
@series_session_desk
def reword(series: Series, session: Session) -> ResponseReturnValue:
    """Other words: the form, and what was previewed is applied."""
    form = RewordForm()
    form.offer_languages()
    if not form.is_submitted():
        form.fill(pages.words_of(session))
        return reword_page(form, series, session), 200
    if form.validate() and request.form.get("do") != "back":
        try:
            with transaction():
                rewording.reword_series(
                    series, session, signed_in_person(), form.wish(), seen=form.seen.data or ""
                )
                flash(_("Saved. Whoever must hear of it is being told."), "ok")
                return _to_series(series)
        except Refusal as refusal:
            form.refuse(refusal)
    return reword_page(form, series, session), 422 if form.summary else 200


def fill_retime(form: RetimeForm, series: Series, session: Session) -> None:
    form.fill_when(When(session.starts_local, session.zone_name, session.minutes, session.starts_at))
    form.fill_rhythm(rhythm_of(series.rule, reshape.dates_from(series, session)))


def refuse_retime(form: RetimeForm, refusal: Refusal) -> None:
    form.refuse(refusal)
    if isinstance(refusal, DoubtfulStart):
        form.chosen_at.offer_readings(refusal.choices)


def retime_page(form: RetimeForm, series: Series, session: Session) -> str:
    head = pages.head(session, "", clock.now())
    return render_template("sessions/retime.html", form=form, head=head, series=series)


def reword_page(form: RewordForm, series: Series, session: Session) -> str:
    head = pages.head(session, "", clock.now())
    return render_template("sessions/reword.html", form=form, head=head, series=series)


def _to_series(series: Series) -> ResponseReturnValue:
    return redirect(url_for("desk.series", slug=current_society().slug, series=series.slug), code=303)
