"""The command that derives the instants of sessions to come again."""

import click
from flask.cli import with_appcontext

from webinar.db.store import transaction
from webinar.sessions.service import timing
from webinar.timekeeping import clock
from webinar.timekeeping.zones import TZDATA_VERSION


@click.command("reinstant")
@with_appcontext
def reinstant() -> None:
    """Derive the start of every session to come from its wall time and zone, after a tzdata update."""
    with transaction():
        moved = timing.reinstant(clock.now())
    click.echo(f"Zone data {TZDATA_VERSION}: {moved} sessions to come start at another instant now.")
