"""Takes the README's pictures, and with `--all FOLDER` one of every screen, from a demo of its own."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Start a demo, take the pictures, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, help="folder for pictures of every screen")
    wanted = parser.parse_args()
    with demo() as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for theme in ("light", "dark"):
            _readme(browser, links, theme)
            if wanted.all:
                _everything(browser, links, theme, wanted.all)
        browser.close()


@contextmanager
def demo() -> Iterator[dict[str, str]]:
    """A demo in a temporary folder; yields its links."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "webinar.cli", "demo", "--port", str(port), "--data", folder]
        quiet = os.environ | {"HEADLESS": "1"}
        with subprocess.Popen(command, env=quiet, stdout=subprocess.PIPE, text=True) as running:
            try:
                yield json.loads(running.stdout.readline())  # type: ignore[union-attr]
            finally:
                running.send_signal(signal.SIGINT)
                running.wait(20)


def _page(browser: Browser, theme: str, width: int, sign_in: str = "") -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme).new_page()
    if sign_in:
        page.goto(sign_in)
        page.click("main button")
    return page


def _readme(browser: Browser, links: dict[str, str], theme: str) -> None:
    public = _page(browser, theme, 360)
    public.goto(f"{links['session']}?tz=Asia/Kathmandu")
    public.screenshot(
        path=PICTURES / f"session-360-{theme}.png", clip={"x": 0, "y": 0, "width": 360, "height": 1100}
    )
    desk = _page(browser, theme, 1280, links["organiser"])
    desk.screenshot(path=PICTURES / f"desk-1280-{theme}.png")


def _everything(browser: Browser, links: dict[str, str], theme: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for who in ("", "organiser", "attendee", "presenter", "admin"):
        for width in (360, 1280):
            page = _page(browser, theme, width, links.get(who, ""))
            for name, path in SCREENS.get(who, {}).items():
                page.goto(resolved(path, links))
                page.screenshot(path=folder / f"{who or 'public'}-{name}-{width}-{theme}.png", full_page=True)
            page.context.close()


def resolved(path: str, links: dict[str, str]) -> str:
    """The whole address of a screen."""
    slug = links["past_session"].rsplit("/", 1)[1]
    coming = links["session"].rsplit("/", 1)[1]
    filled = path.format(**links, past=slug, coming=coming)
    return filled if filled.startswith("http") else links["base"].rstrip("/") + filled


SCREENS = {
    "": {
        "home": "/",
        "society": "/ens",
        "programme": "/ens/programme",
        "session": "{session}?tz=Asia/Kathmandu",
        "session-event-zone": "{session}",
        "past": "{past_session}",
        "register": "{register}",
        "join": "{join}",
        "talk": "{talk}",
        "verify": "{verify}",
        "help": "/help",
        "sign-in": "/sign-in",
        "missing": "/nowhere/at-all",
        "mails": "/demo/mails",
    },
    "organiser": {
        "desk": "/ens/desk",
        "new-session": "/ens/sessions/new",
        "new-series": "/ens/series/new",
        "edit": "/ens/sessions/{coming}/edit",
        "time": "/ens/sessions/{coming}/time",
        "link": "/ens/sessions/{coming}/link",
        "check": "/ens/sessions/{coming}/check",
        "people": "/ens/sessions/{coming}/people",
        "mails": "/ens/sessions/{coming}/mails",
        "cancel": "/ens/sessions/{coming}/cancel",
        "attendance": "/ens/sessions/{past}/attendance",
        "credits": "/ens/sessions/{past}/credits",
        "certificates": "/ens/sessions/{past}/certificates",
        "export": "/ens/sessions/{past}/export",
    },
    "attendee": {"agenda": "/me", "settings": "/me/settings", "certificates": "/me/certificates"},
    "admin": {"team": "/ens/team", "brand": "/ens/settings/brand", "new": "/new"},
}


if __name__ == "__main__":
    main()
