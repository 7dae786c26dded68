"""The entry point: files in, a report out, or the questions that must be answered first."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from webinar.attendance.format import (
    DAY_ORDER,
    ZONE,
    Answers,
    Meeting,
    NeedsAnswer,
    Question,
    Report,
    ReportPerson,
    Unreadable,
)
from webinar.attendance.formats.gathering import Gathering
from webinar.attendance.formats.page import page_of
from webinar.attendance.formats.reading.instants import Instants
from webinar.attendance.formats.reading.people import Tally, folded, people_of
from webinar.attendance.formats.reading.text import text_of
from webinar.attendance.formats.warnings import warnings_of
from webinar.timekeeping.zones import UnknownZone, zone

MAX_ROWS = 50_000
MAX_BYTES = 20_000_000


def read_report(
    files: Sequence[BinaryIO],
    answers: Answers | None = None,
    *,
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Report:
    """The report whose pages, in order, are the seekable binary `files`; they are not closed.

    Raises NeedsAnswer with all questions at once (UnknownLayout where columns must be mapped first),
    and Unreadable for what cannot be read. Nothing is guessed in place of a question.
    """
    given = answers or Answers()
    texts = [text_of(file, max_bytes) for file in files]
    pages = [page_of(text, number, given.columns) for number, text in enumerate(texts, start=1)]
    if not pages:
        raise Unreadable("There is no file.")
    if len({page.layout for page in pages}) > 1:
        raise Unreadable("These files are of different kinds. Give the pages of one report together.")
    gathering = Gathering(max_rows)
    for page in pages:
        gathering.take(page.found)
    if not gathering.seen:
        raise Unreadable("There are no rows in this report.")
    instants = _instants(gathering, given)
    gathering.tally.add("decoded_as_cp1252", sum(text.guessed for text in texts))
    return _report(pages[0].provider, pages[0].layout, gathering, instants)


def _report(provider: str, layout: str, gathering: Gathering, instants: Instants) -> Report:
    tally = gathering.tally
    people = people_of(gathering.seen, instants, tally)
    meeting = _meeting(gathering, instants)
    tally.add("local_time_ambiguous", instants.doubtful)
    tally.add("minute_precision", gathering.minutes_only_times is True)
    tally.add("several_meetings", len(gathering.meetings) > 1)
    _count_names(people, tally)
    warnings = warnings_of(tally.counts, gathering.examples)
    return Report(provider, layout, meeting, tuple(people), warnings, tuple(gathering.rows))


def _instants(gathering: Gathering, answers: Answers) -> Instants:
    questions: list[Question] = []
    sentence = None
    known = None
    if answers.zone:
        try:
            known = zone(answers.zone)
        except UnknownZone as unknown:
            questions, sentence = [ZONE], unknown.sentence
    elif gathering.needs_zone:
        questions = [ZONE]
    order = None
    try:
        order = gathering.dates.order(answers)
    except NeedsAnswer as contradicted:
        sentence = contradicted.sentence
    if order is None:
        questions.append(DAY_ORDER)
    if questions or order is None:
        raise NeedsAnswer(questions, sentence)
    return Instants(order, known)


def _meeting(gathering: Gathering, instants: Instants) -> Meeting:
    titles = [meeting.title for meeting in gathering.meetings.values() if meeting.title]
    starts: list[datetime] = []
    ends: list[datetime] = []
    for meeting in gathering.meetings.values():
        start, end = instants.stay(meeting.start, meeting.end)
        if start and not end and meeting.lasted:
            end = start + meeting.lasted
        starts += [start] if start else []
        ends += [end] if end else []
    return Meeting(titles[0] if titles else None, min(starts, default=None), max(ends, default=None))


def _count_names(people: Sequence[ReportPerson], tally: Tally) -> None:
    tally.add("name_only", sum(not person.email and not person.registrant_id for person in people))
    names = Counter(folded(person.name) for person in people if person.name)
    tally.add("same_name", sum(count > 1 for count in names.values()))
