"""The presenter's one page, slides in both directions, and the desk's view of what is missing."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from webinar.accounts import service as accounts
from webinar.accounts.guards import current_person, signed_in_person
from webinar.db.store import transaction
from webinar.files.storage import storage
from webinar.materials import queries, service
from webinar.materials.forms import BehalfForm, SlidesForm
from webinar.materials.models import Deck
from webinar.materials.pages.desk import desk_rows
from webinar.materials.pages.talk import talk_page
from webinar.materials.pages.words import room_address
from webinar.materials.rules import download_name
from webinar.refusal import Missing, Refusal
from webinar.sessions import queries as sessions
from webinar.sessions.forms.speaker import AnswerForm, ConsentForm, DisclosureForm, ProfileForm
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session, Speaker
from webinar.sessions.pages import head
from webinar.societies.guards import current_society, frame
from webinar.timekeeping import clock
from webinar.translatable import N_
from webinar.web.bodies import large_body
from webinar.web.chrome import current_chrome, wear
from webinar.web.headers import secret_page
from webinar.web.preferences import preferences, viewing_of
from webinar.web.viewing import see_as

bp = Blueprint("materials", __name__)

DEAD_LINK = N_(
    "This link leads to no talk: its address is not complete, or you were taken off the programme. "
    "Please open the newest mail about your talk, or write to the person who asked you."
)
PDF = "application/pdf"
MOST_UPLOADS = 30
"""Files that one speaker, or one organiser, may send in an hour."""


@bp.get("/talk/<token>")
def talk(token: str) -> ResponseReturnValue:
    """Everything a presenter answers and brings, on one page."""
    return _talk_page(token, _presenter(token), SlidesForm())


@bp.post("/talk/<token>/slides")
@large_body(lambda s: s.upload_max_bytes)
def upload(token: str) -> ResponseReturnValue:
    """A presenter brings slides."""
    form = SlidesForm()
    with transaction():
        speaker = _presenter(token)
        speaker_id, person_id = speaker.id, speaker.person_id
    if form.validate_on_submit():
        try:
            _flash_kept(*_kept(form, speaker_id, f"speaker:{speaker_id}", person_id))
            return _to_talk(token)
        except Refusal as refusal:
            form.refuse(refusal)
    return _talk_page(token, _presenter(token), form), 422


@bp.get("/talk/<token>/slides/<public_id>")
def own(token: str, public_id: str) -> ResponseReturnValue:
    """A presenter's own slides, any version, at any time."""
    return _file(queries.own_deck(_presenter(token), public_id))


@bp.post("/talk/<token>/withdraw/<public_id>")
def withdraw(token: str, public_id: str) -> ResponseReturnValue:
    """A presenter takes one version back."""
    with transaction():
        service.withdraw(_presenter(token), public_id)
    flash(_("Withdrawn. People do not see this version any more."), "ok")
    return _to_talk(token)


@bp.post("/talk/<token>/test")
def test(token: str) -> ResponseReturnValue:
    """A presenter was in the room, and sound and picture work."""
    with transaction():
        speaker = _presenter(token)
        service.note_test(speaker, room_address(sessions.session_of_id(speaker.session_id)))
    flash(_("Good. Nothing else to test before the day."), "ok")
    return _to_talk(token)


@bp.get("/s/<session>/slides/<public_id>")
def download(session: str, public_id: str) -> ResponseReturnValue:
    """Slides for whoever may read them now."""
    return _file(queries.readable(current_person(), session, public_id, clock.now()))


@bp.get("/<slug>/sessions/<session>/slides")
@session_desk
def overview(session: Session) -> ResponseReturnValue:
    """What each speaker has done and what is missing."""
    return _overview_page(session, _behalf_form(session))


@bp.post("/<slug>/sessions/<session>/slides")
@large_body(lambda s: s.upload_max_bytes)
@session_desk
def upload_for(session: Session) -> ResponseReturnValue:
    """An organiser brings slides that a speaker sent another way."""
    form = _behalf_form(session)
    actor_id = signed_in_person().id
    if form.validate_on_submit():
        try:
            speaker_id = sessions.speaker_of(session, int(form.speaker.data or 0)).id
            with transaction():
                pass  # reading the file takes long, and nothing may wait for it
            _flash_kept(*_kept(form, speaker_id, f"organiser:{actor_id}", actor_id))
            address = url_for("materials.overview", slug=current_society().slug, session=session.slug)
            return redirect(address, code=303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _overview_page(session, form), 422


def _presenter(token: str) -> Speaker:
    """The speaker of a mailed link; the page then wears their society's frame and shows their own zone."""
    secret_page()
    try:
        speaker = sessions.by_talk_token(token)
    except Missing:
        raise Missing(DEAD_LINK) from None
    frame(sessions.session_of_id(speaker.session_id).society)
    # The way to sign in would carry this page's secret address along.
    wear(replace(current_chrome(), sign_in_url=None, zone_url=url_for("accounts.choices")))
    person = speaker.person
    see_as(
        viewing_of(
            preferences(),
            now=clock.now(),
            link_zone=person.zone_name if person else None,
            account_locale=person.locale if person else None,
        )
    )
    return speaker


def _talk_page(token: str, speaker: Speaker, slides: SlidesForm) -> str:
    session = sessions.session_of_id(speaker.session_id)
    return render_template(
        "materials/talk.html",
        token=token,
        page=talk_page(speaker, session, clock.now()),
        slides=slides,
        answer=AnswerForm(formdata=None, data={"note": speaker.answer_note}),
        profile=ProfileForm(formdata=None, obj=speaker),
        interests=DisclosureForm(formdata=None, obj=speaker),
        recording=ConsentForm(formdata=None),
    )


def _kept(form: SlidesForm, speaker_id: int, who: str, actor_id: int | None) -> tuple[int, bool]:
    """Version of the slides just sent, and whether it is new; only its two ends touch the database."""
    with transaction():
        accounts.knock("slides", who, most=MOST_UPLOADS, within=timedelta(hours=1))
        service.check_open(_speaker(speaker_id))
    sent = form.file.data
    with (
        service.examined(sent.stream, sent.filename) as slides,
        service.laid_down(slides) as key,
        transaction(),
    ):
        deck, is_new = service.keep(_speaker(speaker_id), slides, key, actor_id=actor_id)
        return deck.version, is_new


def _speaker(speaker_id: int) -> Speaker:
    speaker = sessions.speaker_of_id(speaker_id)
    if speaker is None:
        raise Missing(DEAD_LINK)
    return speaker


def _flash_kept(version: int, is_new: bool) -> None:
    if is_new:
        flash(_("Thank you, version %(version)s is saved.", version=version), "ok")
    else:
        flash(
            _("This is the same file as version %(version)s, so nothing has changed.", version=version), "ok"
        )


def _to_talk(token: str) -> ResponseReturnValue:
    return redirect(url_for("materials.talk", token=token), code=303)


def _behalf_form(session: Session) -> BehalfForm:
    form = BehalfForm()
    form.speaker.offer([(str(speaker.id), speaker.name) for speaker in session.speakers])
    return form


def _overview_page(session: Session, form: BehalfForm) -> str:
    now = clock.now()
    return render_template(
        "materials/overview.html",
        head=head(session, "slides", now),
        rows=desk_rows(session, now),
        form=form,
    )


def _file(deck: Deck) -> Response:
    """A deck as a download that no page can run or frame (S8); whole, in ranges, or its headers alone."""
    try:
        content = storage().open(deck.storage_key)
    except FileNotFoundError:
        raise Missing from None
    response = Response(wrap_file(request.environ, content), mimetype=PDF, direct_passthrough=True)
    response.content_length = deck.size
    response.last_modified = deck.uploaded_at
    response.set_etag(deck.sha256)
    response.headers.set(
        "Content-Disposition", "attachment", **_names(download_name(deck.name, deck.version))
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=deck.size)
    except RequestedRangeNotSatisfiable:
        content.close()
        raise
    return response


def _names(name: str) -> dict[str, str]:
    """A file name for all clients: in ASCII, and where that loses something also as it is (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if plain == name:
        return {"filename": name}
    plain = plain if plain.removesuffix(".pdf").strip(" .") else "slides.pdf"
    return {"filename": plain, "filename*": "UTF-8''" + quote(name, safe="!#$&+-.^_`|~")}
