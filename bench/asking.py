"""One keep-alive connection that asks the same server again and again, and what that costs the server."""

import http.client
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, repeat

from bench.serving import Server

BLOCK_SECONDS = 4.0


@dataclass(frozen=True)
class Ask:
    """One request; `status` is the answer that counts as right."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    status: int = 200


@dataclass
class Asker:
    """Asks one server; `seconds` holds the time of each answer, `cpu` the server's time for all."""

    server: Server
    asks: Iterator[Ask]
    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def __post_init__(self) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)

    def block(self, count: int) -> None:
        """Ask `count` times, or as often as `BLOCK_SECONDS` allow, and add to the books."""
        self._line.close()  # idle while the other was asked, it may have been hung up; it opens again by itself
        before = self.server.cpu_seconds()
        end = time.perf_counter() + BLOCK_SECONDS
        for number in range(count):
            if number and time.perf_counter() > end:
                break
            ask = next(self.asks)
            began = time.perf_counter()
            fetch(self._line, ask)
            self.seconds.append(time.perf_counter() - began)
        self.cpu += self.server.cpu_seconds() - before

    @property
    def cpu_ms(self) -> float:
        """The server's processor time per answer, in milliseconds."""
        return 1000 * self.cpu / len(self.seconds)

    @property
    def p99_ms(self) -> float:
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / sum(self.seconds)


def fetch(line: http.client.HTTPConnection, ask: Ask) -> http.client.HTTPResponse:
    """One answer, read to its end. Raises RuntimeError if it is not the one that counts as right."""
    line.request("POST" if ask.body is not None else "GET", ask.path, ask.body, dict(ask.headers))
    answer = line.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    if answer.status != ask.status:
        raise RuntimeError(f"{ask.path} answered {answer.status}, not {ask.status}")
    return answer


def same(ask: Ask) -> Iterator[Ask]:
    """The same request for ever."""
    return repeat(ask)


def interleaved(*askers: Asker, rounds: int, count: int) -> None:
    """Ask all in turns, so that what disturbs one disturbs the others; the first turn only warms up."""
    for asker in askers:
        asker.block(min(count, 20))
        asker.seconds.clear()
        asker.cpu = 0.0
    for _, asker in zip(range(len(askers) * rounds), cycle(askers), strict=False):
        asker.block(count)
