"""The commands `webinar calendars`: take a mail from a pipe, see what nobody could read."""

import os
import sys
from pathlib import Path

import click
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from webinar.calendars.models import Arrival, Source
from webinar.calendars.queries.answers import troubled_arrivals
from webinar.calendars.service import arrivals
from webinar.config import settings
from webinar.db.store import store, transaction
from webinar.timekeeping import clock

group = click.Group("calendars", help="Answers from calendars.")


@group.command("receive")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.pass_context
def receive(context: click.Context, file: Path) -> None:
    """Keep one mail from standard input (or FILE) for the worker.

    Ends as mail servers expect of a pipe (sysexits.h): 0 kept, 65 no mail, 75 try again later.
    """
    try:
        # Not before: a mail server bounces what fails for wrong settings or a database that is away.
        with context.ensure_object(ScriptInfo).load_app().app_context():
            is_new = _keep(file)
    except (OSError, SQLAlchemyError, ValueError) as error:
        click.echo(f"The mail could not be kept ({type(error).__name__}); try again later.", err=True)
        context.exit(os.EX_TEMPFAIL)
    if is_new is None:
        click.echo("No mail came in.", err=True)
        context.exit(os.EX_DATAERR)
    click.echo("Kept; the worker reads it." if is_new else "This mail was kept before.")


@group.command("inbox")
@click.option("--show", type=int, metavar="NUMBER", help="Print one mail as it came in.")
@click.option("--set-aside", type=int, metavar="NUMBER", help="It was looked at and is needed no more.")
@with_appcontext
def inbox(show: int | None, set_aside: int | None) -> None:
    """List mails that could not be read, or that answer to nothing we know."""
    if show is not None:
        arrival = store.get(Arrival, show)
        if arrival is None:
            raise click.ClickException(f"There is no mail {show}.")
        click.echo(arrival.raw, nl=False)
        return
    if set_aside is not None:
        with transaction():
            done = arrivals.set_aside(set_aside)
        click.echo("Set aside." if done else "There is no such mail.")
        return
    for arrival, reply in troubled_arrivals():
        why = reply.because if reply else arrival.trouble
        click.echo(f"{arrival.id}  {arrival.arrived_at:%Y-%m-%d %H:%M}Z  {arrival.state.value}  {why}")


def _keep(file: Path) -> bool | None:
    """Whether the mail is new; None where there is none."""
    limit = settings().inbound_max_bytes
    raw = _read(file, limit)
    if not raw.strip():
        return None
    with transaction():
        return arrivals.keep(raw, Source.PIPE, clock.now(), limit=limit)


def _read(file: Path, limit: int) -> bytes:
    """At most one byte more than the limit: a mail that is too large is kept as its beginning."""
    if str(file) == "-":
        return sys.stdin.buffer.read(limit + 1)
    with file.open("rb") as opened:
        return opened.read(limit + 1)
