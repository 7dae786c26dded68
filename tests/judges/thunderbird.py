"""Thunderbird without a screen, told by Marionette what to read (one JSON message a time: length, colon, body)."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.judges import installed
from tests.judges.expectation import Expectation, Seen

PATIENCE = 120.0
PREFERENCES = {
    "app.update.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "calendar.timezone.useSystemTimezone": False,
    "calendar.timezone.local": "UTC",
}


class Marionette:
    """A connection to a running Thunderbird; `run` executes a script among its own modules."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._file = self._socket.makefile("rb")
        self._numbers = count(1)
        self._message()
        self._ask("WebDriver:NewSession", {})
        self._ask("Marionette:SetContext", {"value": "chrome"})

    def run(self, script: str, *arguments: str) -> Any:
        """What the script returns. Raises RuntimeError with what it threw."""
        told = {"script": script, "args": list(arguments), "sandbox": None, "newSandbox": True}
        return self._ask("WebDriver:ExecuteScript", told)["value"]

    def close(self) -> None:
        """Quit Thunderbird."""
        self._ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._file.close()
        self._socket.close()

    def _ask(self, command: str, told: dict[str, Any]) -> Any:
        body = json.dumps([0, next(self._numbers), command, told]).encode()
        self._socket.sendall(b"%d:%s" % (len(body), body))
        _, _, error, answer = self._message()
        if error:
            raise RuntimeError(error["message"])
        return answer

    def _message(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._file.read(1)
        return json.loads(self._file.read(int(length[:-1])))


@contextmanager
def running() -> Iterator[Marionette]:
    """A Thunderbird with a new profile, whose clock is UTC."""
    program = installed.found("thunderbird", "thunderbird")
    with TemporaryDirectory(prefix="webinar-thunderbird-") as name:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in PREFERENCES.items())
        (Path(name) / "user.js").write_text("\n".join([*lines, f'user_pref("marionette.port", {port});']))
        flags = (
            "--headless",
            "--no-remote",
            "--marionette",
            "--remote-allow-system-access",
            "--profile",
            name,
        )
        process = subprocess.Popen(
            [program, *flags],
            env={**installed.QUIET, "HOME": name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            thunderbird = _connected(process, port)
            yield thunderbird
            thunderbird.close()
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()


def _connected(process: subprocess.Popen[bytes], port: int) -> Marionette:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return Marionette(port)
        except ConnectionRefusedError:
            time.sleep(0.2)
    raise RuntimeError("Thunderbird did not start.")


def answers(files: Mapping[Path, Expectation]) -> dict[str, tuple[Seen, ...] | str]:
    """What Thunderbird sees in each file, by name."""
    script = (installed.READERS / "thunderbird.js").read_text()
    seen: dict[str, tuple[Seen, ...] | str] = {}
    with running() as thunderbird:
        for path, asked in files.items():
            try:
                told = thunderbird.run(script, path.read_bytes().decode(), asked.start, asked.end)
            except RuntimeError as error:
                seen[path.stem] = str(error)
            else:
                seen[path.stem] = tuple(sorted(Seen(**each) for each in told))
    return seen
