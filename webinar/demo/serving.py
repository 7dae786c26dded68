"""Starts the demo: prepares its data once, then web and worker as two processes until Ctrl-C."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask

from webinar.config import Settings
from webinar.db.migrating import upgrade
from webinar.db.store import transaction
from webinar.demo.links import demo_links
from webinar.demo.stage import Stage
from webinar.demo.story import Story
from webinar.timekeeping import clock

READY_SECONDS = 120.0


@dataclass(frozen=True)
class DemoPlace:
    """Where the demo keeps everything; `built` marks a society that was written to its end."""

    folder: Path

    @property
    def built(self) -> Path:
        return self.folder / "built"

    def secret(self) -> str:
        """This demo's own key, kept so that links survive a restart."""
        kept = self.folder / "secret"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            kept.write_text(secrets.token_urlsafe(48))
            kept.chmod(0o600)
        return kept.read_text()

    def forget(self) -> None:
        """Remove what an earlier demo wrote here, and nothing else."""
        for name in ("files", "mails"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for name in ("built", "secret", "webinar.sqlite3", "webinar.sqlite3-wal", "webinar.sqlite3-shm"):
            (self.folder / name).unlink(missing_ok=True)


def demo_settings(place: DemoPlace, port: int) -> Settings:
    """The settings of the demo: embedded SQLite, mails into a folder, nothing from outside."""
    given = os.environ.get("WEBINAR_CLOCK_OFFSET_FILE")
    return Settings(
        _env_file=None,
        mode="demo",
        base_url=f"http://127.0.0.1:{port}",
        secret_key=place.secret(),
        data=place.folder.resolve(),
        database_url="",
        mail_carrier="folder",
        mail_from="events@ens.example",
        host="127.0.0.1",
        port=port,
        web_workers=1,
        sweep_seconds=10,
        clock_offset_file=Path(given) if given else None,
    )


def prepare(app: Flask, place: DemoPlace, settings: Settings) -> dict[str, str]:
    """Migrate, write the society unless it stands, and return the links."""
    upgrade(settings.database_url)
    with app.app_context():
        if not place.built.exists():
            Story(Stage(app, clock.now().replace(second=0, microsecond=0))).tell()
            place.built.touch()
        with transaction():
            return demo_links()


def serve(settings: Settings, links: dict[str, str], *, headless: bool) -> int:
    """Run web and worker until told to stop; the exit status, 0 after Ctrl-C.

    Their logs go to standard error: on standard output the links come first.
    """
    environment = os.environ | _as_environment(settings)
    processes = [
        subprocess.Popen([sys.executable, "-m", "webinar.cli", name], env=environment, stdout=sys.stderr)
        for name in ("run", "worker")
    ]
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _stop)
    try:
        _wait_until_ready(settings, processes)
        click.echo(_announcement(links, headless=headless))
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(processes)


def _as_environment(settings: Settings) -> dict[str, str]:
    values = settings.model_dump(exclude_none=True)
    return {f"WEBINAR_{name.upper()}": str(value) for name, value in values.items()}


def _stop(*_signal: object) -> None:
    raise KeyboardInterrupt


def _wait_until_ready(settings: Settings, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            raise SystemExit(f"The demo could not start; is port {settings.port} in use? Try PORT=8001.")
        try:
            with urllib.request.urlopen(f"{settings.base_url}/healthz", timeout=2):  # noqa: S310  our own address
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The demo did not answer within two minutes.")


def _announcement(links: dict[str, str], *, headless: bool) -> str:
    if headless:
        return json.dumps(links)
    rows = "\n".join(f"  {name:<14} {url}" for name, url in links.items())
    return (
        f"\nThe demo runs at {links['base']} (Ctrl-C stops it).\nSign-in links and places to look:\n{rows}\n"
    )


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
