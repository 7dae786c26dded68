"""Taking a session's attendance, or one's own record, as a table."""

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from webinar.accounts.guards import signed_in, signed_in_person
from webinar.db.store import transaction
from webinar.exports import pages, queries, service
from webinar.exports.format import Format, Table
from webinar.exports.formats import FORMATS
from webinar.exports.rules.column import ATTENDANCE, LOG
from webinar.exports.rules.moment import day_in_zone
from webinar.refusal import Missing
from webinar.sessions.guards import session_desk
from webinar.sessions.models import Session
from webinar.web.headers import private_page

bp = Blueprint("exports", __name__)


@bp.get("/<slug>/sessions/<session>/export")
@session_desk
def choose(session: Session) -> ResponseReturnValue:
    """What the table holds, and in which form to take it."""
    page = pages.export_page(session, queries.attendance_count(session))
    return render_template("exports/choose.html", page=page)


@bp.get("/<slug>/sessions/<session>/export.<format>")
@session_desk
def download(session: Session, format: str) -> ResponseReturnValue:
    """The table itself, streamed; put on record before the first byte leaves."""
    bom = request.args.get("bom") == "1"
    writer = FORMATS.get((format, bom))
    if writer is None:
        raise Missing
    with transaction():
        service.note_export(session, signed_in_person(), format)
    heading = [each.name for each in ATTENDANCE]
    name = f"attendance-{session.slug}-{day_in_zone(session.starts_at, session.zone_name)}.{format}"
    return _streamed(writer, Table(session.title, heading, queries.attendance_rows(session)), name)


@bp.get("/me/certificates.csv")
@signed_in
def log() -> ResponseReturnValue:
    """The signed-in person's own record of credit."""
    writer = FORMATS["csv", request.args.get("bom") == "1"]
    heading = [each.name for each in LOG]
    return _streamed(writer, Table("", heading, queries.log_rows(signed_in_person().id)), "cpd-log.csv")


def _streamed(writer: Format, table: Table, name: str) -> Response:
    private_page()
    response = Response(stream_with_context(writer.write(table)), content_type=writer.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
