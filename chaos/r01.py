"""R01: workers are killed while reminders are due; none is lost, few are doubled, each of those on record."""

import random
import time
from collections.abc import Callable

from chaos import letters
from chaos.installation import Installation, installed
from chaos.outcome import Outcome
from chaos.receiver import Receiver, receiving
from chaos.scale import Scale
from chaos.workers import Crew, crew

KILLS = 200
LETTERS = 9_000
PER_KILL = 60  # fewer, and the letters run dry before the faults do
WORKERS = 2
DRAINED_WITHIN = 120.0
STALLED_AFTER = 60.0


def run(database: str, scale: Scale, seed: int) -> Outcome:
    kills = scale.of(KILLS)
    count = max(scale.of(LETTERS), kills * PER_KILL)
    with installed(database) as plain, receiving(plain.folder) as (receiver, port):
        installation = Installation(database, plain.folder, {**plain.values, "smtp_port": str(port)})
        app = installation.app()
        with app.app_context():
            letters.owe(count)
            with crew(installation, WORKERS) as workers:
                injected = _kill(workers, receiver, kills, random.Random(seed))
                seconds = _drain()
            return _judged(letters.ledger(receiver.copies()), database, kills, injected, seconds)


def _kill(workers: Crew, receiver: Receiver, kills: int, chance: random.Random) -> int:
    """Kill after random numbers of mails and some milliseconds more; how many kills hit a worker at work."""
    injected = 0
    for _ in range(kills):
        wanted = len(receiver.accepted) + chance.randint(5, PER_KILL - 10)
        if not wait_until(lambda wanted=wanted: len(receiver.accepted) >= wanted, STALLED_AFTER):
            workers.must_live()
            break
        workers.must_live()
        time.sleep(chance.random() * 0.05)
        injected += workers.kill_one()
    return injected


def _drain() -> float:
    """Seconds until nothing is owed any more."""
    began = time.monotonic()
    wait_until(lambda: letters.still_open() == 0, DRAINED_WITHIN + 30, pause=0.5)
    return time.monotonic() - began


def wait_until(holds: Callable[[], bool], most: float, *, pause: float = 0.002) -> bool:
    """Wait at most so many seconds for something to hold; whether it does."""
    end = time.monotonic() + most
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(pause)
    return held


def _judged(books: letters.Ledger, database: str, asked: int, injected: int, seconds: float) -> Outcome:
    wrongs = {
        f"{books.lost} mails were lost": books.lost,
        f"{books.undelivered} mails are called sent, and nobody took them": books.undelivered,
        f"{books.strange} mails arrived that nobody owed": books.strange,
        f"{books.doubled} copies too many for {injected} kills": books.doubled > injected * WORKERS,
        f"{books.unrecorded} copies have no ambiguous attempt on record": books.unrecorded,
        f"drained {seconds:.0f} s after the last kill": seconds > DRAINED_WITHIN,
    }
    said = [sentence for sentence, wrong in wrongs.items() if wrong]
    return Outcome("R01", database, asked, injected, books.lost, books.doubled, books.flagged, said)
