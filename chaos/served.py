"""The pages of an installation, served as in real life by granian in a process of its own."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from chaos.installation import Installation

WORKERS = 2
STARTED_WITHIN = 90.0


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    """The address of the served pages; they stop when the block ends. Raises RuntimeError if none come."""
    address = installation.values["base_url"]
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", address.rpartition(":")[2],
               "--workers", str(WORKERS), "--no-access-log", "--backpressure", "64",
               "--factory", "webinar.app:create_app"]  # fmt: skip
    server = installation.start(*command)
    try:
        _wait_for(address, server, installation)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes], installation: Installation) -> None:
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            if requests.get(f"{address}/help", timeout=10).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError(f"the pages are not served:\n{installation.last_words()}")
