"""A mail server that has a message on disk before it says 250, as a real one has."""

import asyncio
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import UnthreadedController


class Receiver:
    """Keeps the Message-ID of each message that it accepted, in order of their coming."""

    def __init__(self, log: Path) -> None:
        self._log = log.open("ab")
        self.accepted: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        name = str(message_from_bytes(envelope.content)["Message-ID"])
        self._log.write(name.encode() + b"\n")
        self._log.flush()
        os.fsync(self._log.fileno())
        self.accepted.append(name)
        return "250 kept"

    def copies(self) -> Counter[str]:
        """How often each message was accepted."""
        return Counter(self.accepted)


@contextmanager
def receiving(folder: Path) -> Iterator[tuple[Receiver, int]]:
    """A receiver at a free port of this host, until the block ends."""
    receiver, loop = Receiver(folder / "accepted.log"), asyncio.new_event_loop()
    controller = UnthreadedController(receiver, hostname="127.0.0.1", port=0, loop=loop)
    controller.begin()
    port = controller.server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield receiver, port
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        controller.end()
        loop.close()
