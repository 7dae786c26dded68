"""Adding reports, answering what they ask, taking them out again."""

from typing import BinaryIO

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webinar.accounts.guards import signed_in_person
from webinar.attendance.format import Answers, NeedsAnswer
from webinar.attendance.format import Report as ReadReport
from webinar.attendance.forms import AnswerForm, ReportForm
from webinar.attendance.models import Report, Unread
from webinar.attendance.queries import reports
from webinar.attendance.routes.blueprint import Typed, answer_form, bp, desk_page, to_desk
from webinar.attendance.service import reports as service
from webinar.config import settings
from webinar.db.store import transaction
from webinar.files.storage import storage
from webinar.files.upload import Upload, receive
from webinar.refusal import Refusal
from webinar.sessions.guards import hour_desk
from webinar.sessions.models import Session
from webinar.web.bodies import large_body


@bp.post("/<slug>/sessions/<session>/attendance/report")
@large_body(lambda settings: settings.report_max_bytes)
@hour_desk
def add_report(session: Session) -> ResponseReturnValue:
    """Add a report; what it cannot say by itself is asked on the page, and the file is kept meanwhile."""
    form = ReportForm()
    if not form.validate_on_submit():
        return desk_page(session, Typed(report=form), 422)
    try:
        service.refuse_early(session)
        upload = receive(
            form.file.data.stream, form.file.data.filename, most_bytes=settings().report_max_bytes
        )
        with upload.content:
            _read_first(session, upload)
        return to_desk(session, "reports")
    except Refusal as refusal:
        refusal.field = "file"
        form.refuse(refusal)
        return desk_page(session, Typed(report=form), 422)


@bp.post("/<slug>/sessions/<session>/attendance/files/<int:file_id>/answer")
@hour_desk
def answer(session: Session, file_id: int) -> ResponseReturnValue:
    """Answer what a waiting file asks."""
    waiting = reports.unread(session, file_id)
    form = answer_form(session, waiting)
    if form.validate_on_submit():
        try:
            if _read_again(session, waiting, form):
                return to_desk(session, "reports")
        except Refusal as refusal:
            form.refuse(refusal)
    return desk_page(session, Typed(answers={file_id: form}), 422)


@bp.post("/<slug>/sessions/<session>/attendance/files/<int:file_id>/discard")
@hour_desk
def discard(session: Session, file_id: int) -> ResponseReturnValue:
    """Throw a waiting file away."""
    with transaction():
        key = service.discard(session, reports.unread(session, file_id), signed_in_person())
    storage().delete(key)
    flash(_("The file is thrown away."), "ok")
    return to_desk(session)


@bp.post("/<slug>/sessions/<session>/attendance/evidence/<int:report_id>/remove")
@hour_desk
def remove_report(session: Session, report_id: int) -> ResponseReturnValue:
    """Take a report out, with all that rests on it."""
    with transaction():
        key = service.remove(session, reports.report_of(session, report_id), signed_in_person())
    storage().delete(key)
    flash(_("The report is taken out, and everybody’s time is derived anew."), "ok")
    return to_desk(session)


def _read_first(session: Session, upload: Upload) -> None:
    """Read an upload outside any transaction, so that a long file keeps nobody waiting."""
    nothing = Answers()
    if reports.same_report(session.id, upload.sha256):
        flash(_("This very file is on record already. Nothing has changed."), "ok")
        return
    try:
        read = _parsed(session, upload.content, nothing)
    except NeedsAnswer as asked:
        with transaction():
            service.keep(session, signed_in_person(), service.stored(upload), asked, nothing)
        flash(_("The file is kept. One question first:"), "warn")
        return
    file = service.stored(upload)
    with transaction():
        made = service.take_in(session, signed_in_person(), file, read, nothing)
        _tell(made)
        was_first = made.storage_key == file.storage_key
    if not was_first:
        storage().delete(file.storage_key)


def _read_again(session: Session, waiting: Unread, form: AnswerForm) -> bool:
    """Whether the waiting file could be read; else the form says why, or the page asks the next question."""
    answers = form.answers()
    content = storage().open(waiting.storage_key)
    try:
        with content:
            read = _parsed(session, content, answers)
    except NeedsAnswer as asked:
        if {question.code for question in asked.questions} & set(waiting.questions):
            form.refuse_asked(asked)
            return False
        with transaction():
            service.keep(session, signed_in_person(), service.file_of(waiting), asked, answers)
        flash(_("Thank you. One more question:"), "warn")
        return True
    with transaction():
        made = service.take_in(session, signed_in_person(), service.file_of(waiting), read, answers)
        service.forget(waiting)
        _tell(made)
    return True


def _parsed(session: Session, content: BinaryIO, answers: Answers) -> ReadReport:
    with transaction():
        day, most = session.starts_local.date(), settings().report_max_bytes
    return service.parsed(content, answers, session_day=day, most_bytes=most)


def _tell(made: Report) -> None:
    tally = reports.tallies(made.session_id).get(made.id, reports.Tally())
    words = ngettext("Read: %(num)s person came.", "Read: %(num)s people came.", tally.came)
    if tally.review:
        words += " " + ngettext("%(num)s row needs you.", "%(num)s rows need you.", tally.review)
    flash(words, "ok")
