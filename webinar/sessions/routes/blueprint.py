"""The blueprint of sessions, and what all its pages need."""

from datetime import datetime, timedelta

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from webinar.refusal import Refusal
from webinar.sessions import queries
from webinar.sessions.forms.series import SeriesForm
from webinar.sessions.forms.session import DraftForm, WordsForm
from webinar.sessions.forms.when import WhenForm, WindowForm
from webinar.sessions.models import Session
from webinar.sessions.rules.start import DoubtfulStart
from webinar.societies.guards import current_society
from webinar.web.form import Form

bp = Blueprint("sessions", __name__)


def lend_habits(form: DraftForm | SeriesForm) -> None:
    last = queries.latest_planned(current_society().id)
    form.zone_name.data = last.zone_name if last else current_society().zone_name
    form.minutes.data = timedelta(minutes=last.minutes if last else 60)
    form.locale.data = last.locale if last else current_society().locale
    if last:
        form.kind.data, form.credit_scheme.data = last.kind.value, last.credit_scheme


def refuse_when(form: WhenForm | WordsForm, refusal: Refusal) -> None:
    form.refuse(refusal)
    if isinstance(refusal, DoubtfulStart):
        form.chosen_at.offer_readings(refusal.choices)


def seen_in(form: WhenForm | WordsForm | WindowForm) -> datetime | None:
    """The version that a page was opened with; None where the form does not say."""
    try:
        seen_at = datetime.fromisoformat(form.seen_at.data or "")
    except ValueError:
        return None
    return seen_at if seen_at.tzinfo else None


def to_desk(endpoint: str, session: Session, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for(endpoint, slug=current_society().slug, session=session.slug, _anchor=anchor)
    return redirect(address, code=303)


def status_of(form: Form) -> int:
    return 422 if form.is_submitted() else 200
