"""Checking a code, the holder's own page, and the organisers' list."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webinar.accounts.guards import current_person, signed_in, signed_in_person
from webinar.certificates import queries, service
from webinar.certificates.formats.face import CertificateFace
from webinar.certificates.formats.pdf import render
from webinar.certificates.forms import NameForm, VisibilityForm
from webinar.certificates.models import Certificate, CertificateState
from webinar.certificates.pages import lists, verification
from webinar.certificates.rules import read_code
from webinar.credits import queries as credits
from webinar.db.store import transaction
from webinar.refusal import Missing, Refusal
from webinar.registration.models import Seat
from webinar.registration.queries.seats import by_ticket
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session
from webinar.sessions.queries import hours_of
from webinar.societies.guards import frame
from webinar.web.headers import private_page, secret_page

bp = Blueprint("certificates", __name__)
PDF_KEPT_SECONDS = 3600


@bp.get("/v")
def look_up() -> ResponseReturnValue:
    """A code typed into a field, for who has only paper."""
    typed = request.args.get("code", "")
    code = read_code(typed)
    if code is not None:
        return redirect(url_for("certificates.verify", code=code), code=303)
    return render_template("certificates/look_up.html", typed=typed[:80]), 422 if typed else 200


@bp.get("/v/<code>")
def verify(code: str) -> ResponseReturnValue:
    """Valid, corrected or withdrawn, first of all; no log-in, not for search engines."""
    secret_page()
    certificate = queries.public(code)
    if code != certificate.code:
        return redirect(url_for("certificates.verify", code=certificate.code), code=301)
    page = verification.verify_page(certificate)
    if page.details is not None:
        frame(certificate.award.session.society)
    return render_template("certificates/verify.html", page=page)


@bp.get("/v/<code>/certificate.pdf")
def pdf(code: str) -> ResponseReturnValue:
    """The certificate as issued, while it is valid and its holder shows it."""
    certificate = queries.public(code)
    person = current_person()
    mine = person is not None and person.id == certificate.seat.person_id
    if certificate.state is not CertificateState.VALID or not (certificate.visible or mine):
        return redirect(url_for("certificates.verify", code=certificate.code), code=303)
    return _pdf(certificate)


@bp.get("/t/<token>/certificate")
def own(token: str) -> ResponseReturnValue:
    """The holder's page: see it, correct the name once, choose who may see it."""
    seat = _seat(token)
    certificate = queries.newest_of(seat.id)
    return _own(token, seat, certificate, NameForm(name=certificate.holder if certificate else ""))


@bp.get("/t/<token>/certificate.pdf")
def own_pdf(token: str) -> ResponseReturnValue:
    """The holder's PDF, also of a certificate kept private."""
    certificate = queries.newest_of(_seat(token).id)
    if certificate is None or certificate.state is not CertificateState.VALID:
        return redirect(url_for("certificates.own", token=token), code=303)
    return _pdf(certificate)


@bp.post("/t/<token>/certificate/name")
def rename(token: str) -> ResponseReturnValue:
    """The one self-service correction."""
    seat, form, status = _seat(token), NameForm(), 422
    certificate = queries.newest_of(seat.id)
    if certificate is None:
        raise Missing
    if form.validate_on_submit():
        try:
            with transaction():
                service.correct_name(certificate, form.name.data)
            flash(_("Corrected. This is your new certificate; the old code now leads to it."), "ok")
            return redirect(url_for("certificates.own", token=token), code=303)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    return _own(token, _seat(token), queries.newest_of(seat.id), form, status)


@bp.post("/t/<token>/certificate/visibility")
def choose(token: str) -> ResponseReturnValue:
    """Show the details to whoever has the code, or keep them private."""
    form = VisibilityForm()
    certificate = queries.newest_of(_seat(token).id)
    if certificate is None:
        raise Missing
    if form.validate_on_submit() and form.show.data in {"0", "1"}:
        with transaction():
            service.choose_visibility(certificate, visible=form.show.data == "1")
        flash(_("Saved."), "ok")
    return redirect(url_for("certificates.own", token=token), code=303)


@bp.get("/me/certificates")
@signed_in
def mine() -> ResponseReturnValue:
    """All certificates of the signed-in person."""
    private_page()
    rows = lists.mine_rows(queries.of_person(signed_in_person().id))
    return render_template("certificates/mine.html", rows=rows)


@bp.get("/<slug>/sessions/<session>/certificates")
@session_desk
def issued(session: Session) -> ResponseReturnValue:
    """What was issued, what is held and why."""
    ids = [hour.id for hour in hours_of(session)]
    page = lists.issued_page(session, queries.of_session(*ids), credits.current_awards(*ids))
    return render_template("certificates/issued.html", page=page)


@bp.post("/<slug>/sessions/<session>/certificates/<int:certificate_id>/send")
@session_desk
def send(session: Session, certificate_id: int) -> ResponseReturnValue:
    """Send a valid one again; look again at a held one."""
    certificate = queries.of_session_and_id(session, certificate_id)
    actor_id = signed_in_person().id
    target = url_for("certificates.issued", slug=session.society.slug, session=session.slug)
    with transaction():
        on_its_way = service.send_again(certificate, actor_id)
    if on_its_way:
        flash(_("The certificate is on its way."), "ok")
    else:
        flash(_("It still cannot be printed."), "bad")
    return redirect(target, code=303)


def _seat(token: str) -> Seat:
    secret_page()
    seat = by_ticket(token)
    frame(seat.session.society)
    return seat


def _own(
    token: str, seat: Seat, certificate: Certificate | None, form: NameForm, status: int = 200
) -> ResponseReturnValue:
    page = verification.own_page(seat.session.title, certificate)
    return render_template("certificates/own.html", page=page, form=form, token=token), status


def _pdf(certificate: Certificate) -> Response:
    response = make_response(render(CertificateFace.from_stored(certificate.face)))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{certificate.code}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.cache_control.private = True
    response.cache_control.max_age = PDF_KEPT_SECONDS
    return response
