"""The console script `webinar`: run, work, migrate, check, and the rooms' own commands."""

import subprocess
import sys

import click
from flask.cli import FlaskGroup

from webinar import worker as worker_ticks
from webinar.app import create_app
from webinar.attendance.cli import group as attendance_group
from webinar.config import Settings
from webinar.credits.cli import credits as credits_group
from webinar.db.migrating import downgrade, upgrade
from webinar.timekeeping.cli import timekeeping as timekeeping_group


@click.group(
    cls=FlaskGroup,
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
)
def main() -> None:
    """webinar: schedules webinars and journal clubs from "when?" to a verified certificate."""


for rooms_own in (attendance_group, credits_group, timekeeping_group):
    main.add_command(rooms_own)


@main.group()
def db() -> None:
    """The database: bring it to the newest migration, or back."""


@db.command("upgrade")
@click.argument("revision", default="head")
def db_upgrade(revision: str) -> None:
    """Apply the migrations (creates the database of the settings where there is none)."""
    settings = Settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url, revision)


@db.command("downgrade")
@click.argument("revision")
def db_downgrade(revision: str) -> None:
    """Take migrations back down to a revision."""
    downgrade(Settings().database_url, revision)


@main.command()
@click.option("--once", is_flag=True, help="Look once, deliver what is due, and end.")
def worker(once: bool) -> None:
    """Deliver letters and reminders; start as many as you like."""
    app = create_app(Settings())
    if once:
        click.echo(f"{worker_ticks.once(app)} letters opened")
    else:
        worker_ticks.run(app)


@main.command()
def run() -> None:
    """Serve the web pages with granian."""
    settings = Settings()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.host,
        "--port", str(settings.port), "--workers", str(settings.web_workers), "--no-access-log",
        "--backpressure", "64", "--factory", "webinar.app:create_app",
    ]  # fmt: skip
    sys.exit(subprocess.call(command))
