"""`webinar credits`: the credit engine on the command line; needs no database, settings or network."""

import json
from pathlib import Path

import click

from webinar.credits.rules.refused import CreditRefused
from webinar.credits.schemas import answer, case_from_text

credits = click.Group("credits", help="Compute credits by dated rules.")

_REFUSED = 2


@credits.command("compute")
@click.argument("case", type=click.Path(path_type=Path))
def compute(case: Path) -> None:
    """Print the answer to CASE, a JSON file {"scheme": <object or id>, "input": {…}}, as one JSON object.

    Exit status 0: computed, also when a gate blocks. 2: refused, and the object is {"error": "text"}.
    """
    try:
        answered = answer(case_from_text(_text(case)))
    except CreditRefused as refused:
        click.echo(json.dumps({"error": refused.sentence}))
        raise click.exceptions.Exit(_REFUSED) from None
    click.echo(json.dumps(answered))


def _text(case: Path) -> str:
    try:
        return case.read_text(encoding="utf-8-sig")
    except OSError:
        raise CreditRefused(f"The file {case} cannot be read.") from None
    except UnicodeDecodeError:
        raise CreditRefused(f"The file {case} is not UTF-8 text.") from None
