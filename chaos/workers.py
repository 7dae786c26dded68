"""Workers as child processes: kept at a number, killed by the hardest signal, always stopped at the end."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from chaos.installation import Installation

WORK = "from webinar import worker; from webinar.app import create_app; worker.run(create_app())"


class Crew:
    """So many workers; whoever is killed is replaced at once."""

    def __init__(self, installation: Installation, size: int) -> None:
        self._installation = installation
        self._working = [self._begin() for _ in range(size)]

    def _begin(self) -> subprocess.Popen[bytes]:
        return self._installation.start("-c", WORK)

    def kill_one(self) -> bool:
        """kill -9 the one that has worked longest; whether it was alive until then."""
        victim = self._working.pop(0)
        alive = victim.poll() is None
        victim.kill()
        victim.wait()
        self._working.append(self._begin())
        return alive

    def dead(self) -> int:
        """How many have ended by themselves, which none should."""
        return len([worker for worker in self._working if worker.poll() is not None])

    def must_live(self) -> None:
        """Raises RuntimeError with their last words if workers have ended by themselves."""
        if self.dead():
            raise RuntimeError(f"{self.dead()} workers ended:\n{self._installation.last_words()}")

    def stop(self) -> None:
        for worker in self._working:
            worker.terminate()
        for worker in self._working:
            try:
                worker.wait(20)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()


@contextmanager
def crew(installation: Installation, size: int) -> Iterator[Crew]:
    """A crew at work until the block ends."""
    working = Crew(installation, size)
    try:
        yield working
    finally:
        working.stop()
