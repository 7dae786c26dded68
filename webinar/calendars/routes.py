"""What comes in here: a fresh calendar address, mails from a mail server, and organisers' words on answers."""

import hmac

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import signed_in, signed_in_person
from webinar.calendars.models import FeedKind, Source
from webinar.calendars.queries import answers as queries
from webinar.calendars.rules.reply import DeclineRule
from webinar.calendars.service import answers, arrivals, feed_keys
from webinar.config import settings
from webinar.db.store import transaction
from webinar.refusal import Invalid, Missing, Refusal
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session
from webinar.timekeeping import clock
from webinar.web.bodies import large_body
from webinar.web.csrf import csrf

bp = Blueprint("calendars", __name__)
MAIL_FIELDS = ("message", "email", "body-mime")
"""Form fields in which mail services hand over a whole mail (our own name, SendGrid's, Mailgun's)."""


@bp.post("/me/feed")
@signed_in
def renew() -> ResponseReturnValue:
    """Replace one's calendar address of a kind; programs that hold the old one see nothing more."""
    asked = request.form.get("kind")
    kind = FeedKind.ORGANISER if asked == FeedKind.ORGANISER else FeedKind.PERSONAL
    with transaction():
        feed_keys.renew(signed_in_person(), kind)
    return redirect(url_for("lobby.agenda"), code=303)


@bp.post("/calendars/inbound")
@csrf.exempt  # type: ignore[untyped-decorator]  # machines bring the secret of the settings instead
@large_body(lambda known: known.inbound_max_bytes)
def inbound() -> ResponseReturnValue:
    """Keep one mail from a mail server or service, for the worker to read; it shows the shared secret.

    The secret is a bearer token or the password of basic authentication; the mail is the body, or a field of
    a form. 204 also when it came before. What lacks the secret finds nothing here.
    """
    _refuse_strangers()
    raw = _mail()
    if not raw.strip():
        raise Invalid("The request holds no mail.")
    with transaction():
        arrivals.keep(raw, Source.WEBHOOK, clock.now(), limit=settings().inbound_max_bytes)
    return "", 204


@bp.post("/<slug>/sessions/<session>/answers/<int:reply_id>/accept")
@session_desk
def accept(session: Session, reply_id: int) -> ResponseReturnValue:
    """A held answer counts."""
    try:
        with transaction():
            reply = queries.reply_of(session.id, reply_id)
            typed = request.form.get("address", "")
            answers.accept(session, reply, signed_in_person(), clock.now(), typed)
        flash(_("The answer counts."), "ok")
    except Invalid as refusal:
        flash(_(refusal.words), "error")
    return _to_people(session)


@bp.post("/<slug>/sessions/<session>/answers/<int:reply_id>/ignore")
@session_desk
def ignore(session: Session, reply_id: int) -> ResponseReturnValue:
    """A held answer does not count."""
    with transaction():
        reply = queries.reply_of(session.id, reply_id)
        answers.ignore(session, reply, signed_in_person(), clock.now())
    flash(_("Set aside. The answer counts for nobody."), "ok")
    return _to_people(session)


@bp.post("/<slug>/sessions/<session>/seats/<int:seat_id>/free")
@session_desk
def free(session: Session, seat_id: int) -> ResponseReturnValue:
    """The seat of somebody who declined goes to the next in the queue."""
    try:
        with transaction():
            name = answers.free(session, seat_id, signed_in_person()).name
        flash(_("The seat of %(name)s is free.", name=name), "ok")
    except Missing:
        raise
    except Refusal as refusal:
        flash(_(refusal.words), "error")
    return _to_people(session)


@bp.post("/<slug>/sessions/<session>/seats/<int:seat_id>/keep")
@session_desk
def keep(session: Session, seat_id: int) -> ResponseReturnValue:
    """Somebody who declined keeps the seat."""
    with transaction():
        name = answers.keep(session, seat_id, signed_in_person()).name
    flash(_("%(name)s keeps the seat.", name=name), "ok")
    return _to_people(session)


@bp.post("/<slug>/sessions/<session>/answers/rule")
@session_desk
def choose_rule(session: Session) -> ResponseReturnValue:
    """What happens from now on when somebody declines in their calendar, in all sessions of the society."""
    typed = request.form.get("rule", "")
    if typed not in set(DeclineRule):
        raise Invalid("Please choose one of the three.")
    with transaction():
        answers.choose_rule(session.society_id, DeclineRule(typed), signed_in_person())
    flash(_("Saved, for all sessions of the society."), "ok")
    return _to_people(session)


def _to_people(session: Session) -> ResponseReturnValue:
    address = url_for("desk.people", slug=session.society.slug, session=session.slug, _anchor="answers")
    return redirect(address, code=303)


def _refuse_strangers() -> None:
    secret, shown = settings().inbound_secret, request.authorization
    given = (shown.token or shown.password or "") if shown else ""
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise Missing


def _mail() -> bytes:
    if request.mimetype not in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        return request.get_data(cache=False)
    for name in MAIL_FIELDS:
        if name in request.files:
            return bytes(request.files[name].read())
        if name in request.form:
            return request.form[name].encode("utf-8", "surrogateescape")
    return b""
