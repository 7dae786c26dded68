"""The console script `webinar`: run, work, migrate, check, and the rooms' own commands."""

import os
import socket
import sys
from pathlib import Path

import click
from flask.cli import FlaskGroup
from pydantic import ValidationError

from webinar import worker as worker_ticks
from webinar.app import create_app
from webinar.attendance.cli import group as attendance_group
from webinar.calendars.cli.mailbox import group as calendars_group
from webinar.calendars.cli.zone_data import reinstant
from webinar.calendars.jobs.mailbox import mailbox_health
from webinar.config import Settings
from webinar.credits.cli import credits as credits_group
from webinar.db.migrating import downgrade, pending, upgrade
from webinar.demo import serving
from webinar.mail.carriers import carrier_for
from webinar.mail.message import Mail, Party, to_bytes
from webinar.outbox.port import Ambiguous, Undeliverable
from webinar.timekeeping import clock, zones
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


for rooms_own in (attendance_group, calendars_group, credits_group, timekeeping_group):
    main.add_command(rooms_own)
timekeeping_group.add_command(reinstant)


def read_settings() -> Settings:
    """The settings of the environment; what is wrong with them is said in sentences, not in a trace."""
    try:
        return Settings()
    except ValidationError as error:
        troubles = (f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in error.errors())
        raise click.ClickException("\n".join(troubles)) from error


def refuse_a_taken_port(host: str, port: int) -> None:
    """Say so where another server has the port; granian would share it, and answer every other request."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = "Stop the other server, or choose another port (PORT=8001 for the demo)."
            raise click.ClickException(f"Port {port} cannot be used: {error.strerror}. {hint}") from error


@main.group()
def db() -> None:
    """The database: bring it to the newest migration, or back."""


@db.command("upgrade", with_appcontext=False)
@click.argument("revision", default="head")
def db_upgrade(revision: str) -> None:
    """Apply the migrations (creates the database of the settings where there is none)."""
    settings = read_settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url, revision)


@db.command("downgrade", with_appcontext=False)
@click.argument("revision")
def db_downgrade(revision: str) -> None:
    """Take migrations back down to a revision."""
    downgrade(read_settings().database_url, revision)


@main.command(with_appcontext=False)
@click.option("--once", is_flag=True, help="Look once, deliver what is due, and end.")
def worker(once: bool) -> None:
    """Deliver letters and reminders; start as many as you like."""
    app = create_app(read_settings())
    if once:
        click.echo(f"{worker_ticks.once(app)} letters opened")
    else:
        worker_ticks.run(app)


@main.command(with_appcontext=False)
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path(".demo"), show_default=True, help="Folder."
)
@click.option("--reset", is_flag=True, help="Forget what was changed and start afresh.")
def demo(port: int, data: Path, reset: bool) -> None:
    """A whole society on embedded SQLite, with sign-in links; HEADLESS=1 prints them as one JSON line."""
    refuse_a_taken_port("127.0.0.1", port)
    place = serving.DemoPlace(data.resolve())
    if reset:
        place.forget()
    settings = serving.demo_settings(place, port)
    links = serving.prepare(create_app(settings), place, settings)
    sys.exit(serving.serve(settings, links, headless=os.environ.get("HEADLESS") == "1"))


@main.command(with_appcontext=False)
def check() -> None:
    """Look at the settings, the database, the outgoing mail and the mailbox, and say what is wrong."""
    settings = read_settings()
    click.echo(f"settings   ok ({settings.mode}, {settings.base_url})")
    app = create_app(settings)
    with app.app_context():
        missing = pending(settings.database_url)
        click.echo("database   ok" if not missing else f"database   {missing}")
        box = mailbox_health()
    click.echo(f"zone data  {zones.TZDATA_VERSION}")
    click.echo(f"mail       {settings.mail_carrier}; try it with: webinar mail-test you@example.org")
    click.echo(f"mailbox    {box.words}")
    sys.exit(1 if missing or not box.is_well else 0)


@main.command("mail-test", with_appcontext=False)
@click.argument("address")
def mail_test(address: str) -> None:
    """Send one mail to ADDRESS by the configured carrier, at once, and say how it went."""
    settings = read_settings()
    now = clock.now()
    mail = Mail(
        key=f"mail-test:{now.isoformat()}",
        sender=Party(settings.mail_from, "webinar"),
        to=Party(address),
        subject="Test mail from webinar",
        text="This mail shows that webinar can send mail.\n",
        html="<p>This mail shows that webinar can send mail.</p>",
        sent_at=now,
    )
    try:
        carrier_for(settings).send(to_bytes(mail), settings.mail_from, address)
    except (Undeliverable, Ambiguous, OSError) as error:
        raise click.ClickException(f"The mail could not be sent: {error}") from error
    click.echo(f"Sent to {address}.")


@main.command(with_appcontext=False)
def run() -> None:
    """Serve the web pages with granian."""
    settings = read_settings()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.host,
        "--port", str(settings.port), "--workers", str(settings.web_workers), "--no-access-log",
        "--backpressure", "64", "--factory", "webinar.app:create_app",
    ]  # fmt: skip
    refuse_a_taken_port(settings.host, settings.port)
    # Become the server instead of starting it: who stops this process stops the server.
    os.execv(sys.executable, command)  # noqa: S606  a fixed program


if __name__ == "__main__":
    main()
