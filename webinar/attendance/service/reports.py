"""Reports: reading a provider's file once, keeping it while it asks something, taking it out again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from webinar.accounts.models import Person
from webinar.attendance import format as told
from webinar.attendance.format import Answers, NeedsAnswer, UnknownLayout, Unreadable
from webinar.attendance.formats import report as reader
from webinar.attendance.models import MatchState, Report, ReportPerson, Unread
from webinar.attendance.queries.reports import same_report, same_unread
from webinar.attendance.rules.presence import misses
from webinar.attendance.service.closing import record, settle
from webinar.attendance.service.decisions import rematch
from webinar.attendance.service.presences import told_of
from webinar.config import settings
from webinar.db.store import store
from webinar.files.storage import new_key, storage
from webinar.files.upload import Upload
from webinar.plaintext import one_line
from webinar.refusal import Refusal
from webinar.sessions.models import Session
from webinar.sessions.service.change import opened
from webinar.timekeeping import clock
from webinar.timekeeping.intervals import Interval

ROOM = "attendance"
MOST_COLUMNS, LONGEST_HEADING, LONGEST_NAME = 200, 200, 300
OUTSIDE = "outside_session"


class TooEarly(Refusal):
    """There is no attendance before the session has begun."""


@dataclass(frozen=True)
class File:
    """The bytes of a report under our own key: SHA-256, storage key, display name."""

    sha256: str
    storage_key: str
    name: str


def read_report(session: Session, actor: Person, upload: Upload, answers: Answers | None = None) -> Report:
    """Read a report in one go; the same bytes again give the report they gave before.

    Raises NeedsAnswer, Unreadable, TooEarly. In a route, `parsed` runs outside the transaction.
    """
    known = same_report(session.id, upload.sha256)
    if known is not None:
        return known
    given = answers or Answers()
    report = parsed(
        upload.content,
        given,
        session_day=session.starts_local.date(),
        most_bytes=settings().report_max_bytes,
    )
    return take_in(session, actor, stored(upload), report, given)


def parsed(
    content: BinaryIO, answers: Answers, *, session_day: date, most_bytes: int = reader.MAX_BYTES
) -> told.Report:
    """What a file says; asks no database and may take seconds. Raises NeedsAnswer, Unreadable.

    `session_day`, the session's own local date, settles the day order where only one reading fits it.
    """
    content.seek(0)
    given = Answers(answers.zone, answers.day_order, answers.columns, session_day)
    try:
        return reader.read_report([content], given, max_bytes=most_bytes)
    except UnknownLayout as unknown:
        if not _can_be_mapped(unknown):
            raise Unreadable(
                "This file is no attendance report that we can read. Export the report as CSV from your "
                "meeting’s provider and add that file."
            ) from unknown
        raise


def refuse_early(session: Session) -> None:
    """Raises TooEarly before the session begins."""
    if clock.now() < session.starts_at:
        raise TooEarly("This session has not begun. Is this report from another one?")


def stored(upload: Upload) -> File:
    """Keep the bytes of an upload under a key of our own."""
    key = new_key(ROOM)
    upload.content.seek(0)
    storage().put(key, upload.content)
    return File(upload.sha256, key, upload.name)


def take_in(session: Session, actor: Person, file: File, report: told.Report, answers: Answers) -> Report:
    """Put what a file says on record, match its rows, derive time present.

    Bytes that are on record already change nothing and give their report. Raises TooEarly.
    """
    opened(session)
    known = same_report(session.id, file.sha256)
    if known is not None:
        return known
    refuse_early(session)
    made = Report(
        session_id=session.id,
        sha256=file.sha256,
        storage_key=file.storage_key,
        name=file.name,
        provider=report.provider,
        layout=report.layout,
        zone_name=answers.zone,
        answers=stored_answers(answers),
        warnings=_warnings(session, report),
        uploaded_by_id=actor.id,
        uploaded_at=clock.now(),
        people=[_row(person) for person in report.people],
    )
    store.add(made)
    store.flush()
    rematch(session)
    record(session, actor, "attendance.report_read", report_id=made.id, people=len(made.people))
    settle(session, actor)
    return made


def keep(session: Session, actor: Person, file: File, asked: NeedsAnswer, answers: Answers) -> Unread:
    """Keep a file that asks something; once per session, with the latest questions and answers."""
    opened(session)
    waiting = same_unread(session.id, file.sha256)
    if waiting is None:
        waiting = Unread(
            session_id=session.id,
            sha256=file.sha256,
            storage_key=file.storage_key,
            name=file.name,
            columns=[],
            uploaded_by_id=actor.id,
            uploaded_at=clock.now(),
        )
        store.add(waiting)
    waiting.sentence = asked.sentence
    waiting.questions = [question.code for question in asked.questions]
    waiting.answers = stored_answers(answers)
    if isinstance(asked, UnknownLayout):
        waiting.columns = [one_line(column) for column in asked.columns]
    store.flush()
    return waiting


def file_of(waiting: Unread) -> File:
    """The bytes of a waiting file."""
    return File(waiting.sha256, waiting.storage_key, waiting.name)


def forget(waiting: Unread) -> None:
    """The waiting file was read: only the report keeps its bytes now."""
    store.delete(waiting)
    store.flush()


def discard(session: Session, waiting: Unread, actor: Person) -> str:
    """Throw a waiting file away; returns its storage key, to be deleted after the commit."""
    record(session, actor, "attendance.file_discarded", unread_id=waiting.id)
    forget(waiting)
    return waiting.storage_key


def remove(session: Session, report: Report, actor: Person) -> str:
    """Take a report and all that rests on it out; returns its storage key, to be deleted after the commit."""
    opened(session)
    key, report_id = report.storage_key, report.id
    record(session, actor, "attendance.report_removed", report_id=report_id, sha256=report.sha256)
    store.delete(report)
    store.flush()
    settle(session, actor)
    return key


def stored_answers(answers: Answers) -> dict[str, Any]:
    """Answers as a column holds them."""
    return {"zone": answers.zone, "day_order": answers.day_order, "columns": dict(answers.columns)}


def answers_of(held: Mapping[str, Any]) -> Answers:
    """Answers from their column."""
    return Answers(held.get("zone"), held.get("day_order"), held.get("columns") or {})


def _can_be_mapped(unknown: UnknownLayout) -> bool:
    columns = unknown.columns
    short = all(len(column) <= LONGEST_HEADING for column in columns)
    words = {column for column in columns if any(letter.isalpha() for letter in column)}
    return short and 2 <= len(words) <= len(columns) <= MOST_COLUMNS


def _row(person: told.ReportPerson) -> ReportPerson:
    return ReportPerson(
        name=_short(person.name),
        email=_short(person.email),
        registrant_id=_short(person.registrant_id),
        role=person.role.value if person.role else None,
        intervals=[[_iso(span.from_at), _iso(span.to_at)] for span in person.spans],
        seconds=person.seconds,
        no_show=person.no_show,
        state=MatchState.REVIEW,
    )


def _short(text: str | None) -> str | None:
    return one_line(text)[:LONGEST_NAME] or None if text else None


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _warnings(session: Session, report: told.Report) -> list[dict[str, str]]:
    found = [{"code": each.code, "message": one_line(each.message)} for each in report.warnings]
    rows = [_row(person) for person in report.people]
    told_rows = [told_of(row.intervals, row.seconds) for row in rows]
    if misses(told_rows, Interval(session.starts_at, session.ends_at)):
        sentence = (
            "None of the times in this file falls into the session. Is it the right file, and the right time "
            "zone? You can take it out and read it again."
        )
        found.insert(0, {"code": OUTSIDE, "message": sentence})
    return found
