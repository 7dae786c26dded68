"""The desk of a society: its home, and the letters that could not be delivered."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in_person
from webinar.audit import service as audit
from webinar.db.store import transaction
from webinar.desk import queries
from webinar.desk.pages import home as homes
from webinar.desk.pages.mails import Parked, parked_rows
from webinar.desk.routes.blueprint import bp
from webinar.outbox import service as outbox
from webinar.outbox.models import Letter
from webinar.outbox.queries import parked
from webinar.refusal import Missing
from webinar.sessions.queries import drafts, series_in_use
from webinar.societies.guards import current_society, organiser_of
from webinar.societies.models import Society
from webinar.timekeeping import clock

LOOKED_AT = 1000
SERIES_IN_USE = timedelta(days=120)
"""A series without a session for longer than this is not on the home page any more."""


@bp.get("/<slug>/desk")
@organiser_of
def home() -> ResponseReturnValue:
    """This week, what waits, what is wrong, what came of the last sessions."""
    society, now = current_society(), clock.now()
    found = homes.Found(
        week=queries.this_week(society.id, now),
        later=queries.later(society.id, now),
        drafts=drafts(society.id),
        to_close=queries.to_close(society.id, now),
        last=queries.last(society.id, now),
        series=series_in_use(society.id, now - SERIES_IN_USE),
        parked=len(_parked(society)),
        is_new=not queries.has_sessions(society.id),
        answers=queries.answers_to_decide(society.id, now),
    )
    return render_template("desk/home.html", home=homes.home(society.slug, found), society=society)


@bp.get("/<slug>/letters")
@organiser_of
def letters() -> ResponseReturnValue:
    """Letters that were given up: whom they were for, why, and a button to try again."""
    society = current_society()
    return render_template("desk/letters.html", rows=_parked(society), society=society)


@bp.post("/<slug>/letters/<int:letter_id>/retry")
@organiser_of
def retry(letter_id: int) -> ResponseReturnValue:
    """Try a given-up letter of this society again."""
    with transaction():
        society, letter = current_society(), queries.letter(letter_id)
        if letter is None or not parked_rows([letter], society.id):
            raise Missing
        _try_again(letter, society)
        slug = society.slug
    flash(_("It will be tried again within a minute."), "ok")
    return redirect(url_for("desk.letters", slug=slug), code=303)


def _try_again(letter: Letter, society: Society) -> None:
    if outbox.try_again(letter):
        audit.record(
            "letter.retried", "letter", letter.id, actor_id=signed_in_person().id, society_id=society.id
        )


def _parked(society: Society) -> tuple[Parked, ...]:
    return parked_rows(parked(LOOKED_AT), society.id)
