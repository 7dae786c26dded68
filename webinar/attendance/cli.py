"""The command `webinar attendance parse`: read a report and print what it says."""

import json
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from webinar.attendance.format import (
    MAPPED_FIELDS,
    Answers,
    DayOrder,
    NeedsAnswer,
    Report,
    ReportPerson,
    UnknownLayout,
    Unreadable,
)
from webinar.attendance.formats.report import read_report

group = click.Group("attendance", help="Read attendance reports.")


@group.command("parse")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--zone", help="Time zone of the times in the file, an IANA name such as Europe/Berlin.")
@click.option("--day-order", type=click.Choice(["dmy", "mdy"]), help="What comes first in its dates.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Name a column of the file.")
@click.pass_context
def parse(
    context: click.Context,
    files: tuple[Path, ...],
    as_json: bool,
    zone: str | None,
    day_order: DayOrder | None,
    columns: tuple[str, ...],
) -> None:
    """Read the pages FILE... of one attendance report, in order."""
    answers = Answers(zone, day_order, _mapping(columns))
    try:
        report = _read(files, answers)
    except (NeedsAnswer, Unreadable) as error:
        click.echo(json.dumps(error_json(error)) if as_json else error.sentence, err=not as_json)
        context.exit(1 if isinstance(error, Unreadable) else 2)
    click.echo(json.dumps(report_json(report), indent=1) if as_json else _listing(report))


def report_json(report: Report) -> dict[str, Any]:
    """A report as the JSON object of the command; instants in UTC with `Z`, cut to the second."""
    return {
        "provider": report.provider,
        "layout": report.layout,
        "meeting": {
            "title": report.meeting.title,
            "started_at": _instant(report.meeting.started_at),
            "ended_at": _instant(report.meeting.ended_at),
        },
        "people": [_person_json(person) for person in report.people],
        "warnings": [{"code": each.code, "message": each.message} for each in report.warnings],
    }


def error_json(error: NeedsAnswer | Unreadable) -> dict[str, Any]:
    """An error as the JSON object of the command, with all questions."""
    said: dict[str, Any] = {"code": error.code, "message": error.sentence}
    if isinstance(error, NeedsAnswer):
        said["questions"] = [
            {"code": each.code, "option": each.option, "message": each.message} for each in error.questions
        ]
    if isinstance(error, UnknownLayout):
        said |= {"columns": list(error.columns), "header_row": error.header_row}
    return {"error": said}


def _read(files: tuple[Path, ...], answers: Answers) -> Report:
    with ExitStack() as stack:
        try:
            opened = [stack.enter_context(file.open("rb")) for file in files]
        except OSError as error:
            raise Unreadable(f"{error.filename} cannot be opened: {error.strerror}.") from error
        return read_report(opened, answers)


def _mapping(columns: tuple[str, ...]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for each in columns:
        name, equals, column = each.partition("=")
        if not equals or name.strip() not in MAPPED_FIELDS:
            fields = ", ".join(MAPPED_FIELDS)
            raise click.BadParameter(f"“{each}”: write FIELD=COLUMN, FIELD one of {fields}.")
        mapping[name.strip()] = column.strip()
    return mapping


def _person_json(person: ReportPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "registrant_id": person.registrant_id,
        "role": person.role,
        "intervals": [{"from": _instant(each.from_at), "to": _instant(each.to_at)} for each in person.spans],
        "seconds": person.seconds,
        "no_show": person.no_show,
    }


def _instant(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%dT%H:%M:%S}Z" if at else None


def _listing(report: Report) -> str:
    lines = [f"{report.meeting.title or 'Untitled meeting'} ({report.layout})"]
    for person in report.people:
        stayed = "open" if person.seconds is None else f"{person.seconds} s"
        lines.append(f"{person.name or '(no name)'}  {person.email or '-'}  {stayed}")
    return "\n".join([*lines, *(warning.message for warning in report.warnings)])
