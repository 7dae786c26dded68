"""Commands about time: expand an event, look up a zone. Nothing but JSON goes to standard output."""

import json
import sys
from pathlib import Path

import click

from webinar.timekeeping.recurrence.answer import Answer, Refused, expand
from webinar.timekeeping.windows import from_windows, windows_name
from webinar.timekeeping.zones import UnknownZone, canonical

timekeeping = click.Group("timekeeping", help="Expand recurring events and look up time zones.")


@timekeeping.command("expand")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--ends", is_flag=True, help="Print start and end of each session.")
@click.option("--form", is_flag=True, help="Refuse a single start that a clock change skips or doubles.")
def expand_case(case: Path, ends: bool, form: bool) -> None:
    """Print the UTC starts of the event in the file CASE; exit code 2 where it is refused."""
    answer = _expanded(case, ends=ends, form=form)
    _print(answer.json())
    sys.exit(2 if isinstance(answer, Refused) else 0)


@timekeeping.command("zone")
@click.argument("name")
@click.option("--json", "_as_json", is_flag=True, help="JSON, which is what is printed anyway.")
def look_up(name: str, _as_json: bool) -> None:
    """Print the current IANA name and the Windows name of the zone NAME, itself an IANA or Windows name."""
    try:
        iana = _iana(name)
    except UnknownZone as refusal:
        _print({"refused": refusal.sentence})
        sys.exit(2)
    _print({"iana": iana, "windows": windows_name(iana)})


def _expanded(path: Path, *, ends: bool, form: bool) -> Answer:
    try:
        case = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        return Refused(f"The file {path} cannot be opened. Check its name.")
    except (ValueError, RecursionError):
        return Refused(f"The file {path} is not JSON. Give one case as a JSON object.")
    return expand(case, ends=ends, form=form)


def _iana(name: str) -> str:
    try:
        return canonical(name)
    except UnknownZone:
        return from_windows(name)


def _print(body: object) -> None:
    click.echo(json.dumps(body))
