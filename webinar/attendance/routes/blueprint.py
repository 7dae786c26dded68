"""The blueprint of attendance, and the desk page that its forms come back to."""

from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webinar.attendance.forms import AnswerForm, MatchForm, ReportForm
from webinar.attendance.models import Unread
from webinar.attendance.pages.desk import attendance_page
from webinar.attendance.queries import reports
from webinar.sessions.models import Session
from webinar.societies.guards import current_society
from webinar.timekeeping import clock

bp = Blueprint("attendance", __name__)


@dataclass
class Typed:
    """Forms of the page that were sent and refused, so that what was typed stays; by row or file id."""

    report: ReportForm | None = None
    answers: dict[int, AnswerForm] = field(default_factory=dict)
    matches: dict[int, MatchForm] = field(default_factory=dict)


def answer_form(session: Session, waiting: Unread) -> AnswerForm:
    """The form of a waiting file, with the session's zone and the society's last mapping in it."""
    mapping = reports.last_mapping(session.society_id, waiting.columns) if waiting.columns else {}
    return AnswerForm.of(waiting, session.zone_name, mapping)


def match_form(row_id: int) -> MatchForm:
    """The form that names whose row it is."""
    return MatchForm(prefix=f"match-{row_id}-")


def desk_page(session: Session, typed: Typed | None = None, status: int = 200) -> ResponseReturnValue:
    """The attendance page, with refused forms as they were sent."""
    typed = typed or Typed()
    page = attendance_page(session, clock.now(), queue=_number("queue"), page=_number("page"))
    waiting = reports.unread_of(session.id)
    return render_template(
        "attendance/queue.html",
        page=page,
        form=typed.report or ReportForm(),
        waiting=[(each, typed.answers.get(each.id) or answer_form(session, each)) for each in waiting],
        matches={row.row_id: typed.matches.get(row.row_id) or match_form(row.row_id) for row in page.rows},
    ), status


def to_desk(session: Session, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the attendance page after a success."""
    address = url_for("attendance.queue", slug=current_society().slug, session=session.slug, _anchor=anchor)
    return redirect(address, code=303)


def _number(name: str) -> int:
    typed = request.args.get(name, "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
