"""R03: two workers, each with its own scheduler, share what falls due; no key and no mail twice."""

import time
from datetime import timedelta

from sqlalchemy import func, select

from chaos import letters
from chaos.installation import Installation, installed
from chaos.outcome import Outcome
from chaos.r01 import wait_until
from chaos.receiver import receiving
from chaos.scale import Scale
from chaos.workers import crew
from webinar.db.store import store, transaction
from webinar.outbox.models import Letter

LETTERS = 2_000
SECONDS = 600
WORKERS = 2
ENDED_WITHIN = 120.0  # a mail that a busy machine made wait is tried again after a minute
UNSCALED = {"lease_seconds": "600", "send_deadline_seconds": "60"}
"""Nobody is killed here, so leases stay as they are in real life."""


def run(database: str, scale: Scale, _seed: int) -> Outcome:
    count, seconds = scale.of(LETTERS), scale.of(SECONDS)
    with installed(database, **UNSCALED) as plain, receiving(plain.folder) as (receiver, port):
        installation = Installation(database, plain.folder, {**plain.values, "smtp_port": str(port)})
        with installation.app().app_context():
            letters.owe(count // 2)
            letters.owe(count - count // 2, over=timedelta(seconds=seconds * 0.8))
            with crew(installation, WORKERS) as workers:
                time.sleep(seconds)
                wait_until(lambda: letters.still_open() == 0, ENDED_WITHIN, pause=0.5)
                alive = WORKERS - workers.dead()
            books = letters.ledger(receiver.copies())
            return _judged(books, database, alive, _keys_twice(), letters.still_open())


def _keys_twice() -> int:
    with transaction():
        twice = select(Letter.key).group_by(Letter.key).having(func.count() > 1)
        return len(store.scalars(twice).all())


def _judged(books: letters.Ledger, database: str, alive: int, keys_twice: int, left: int) -> Outcome:
    wrongs = {
        f"{books.lost} mails were lost": books.lost,
        f"{left} mails were still owed at the end": left,
        f"{books.undelivered} mails are called sent, and nobody took them": books.undelivered,
        f"{books.doubled} mails came twice": books.doubled,
        f"{keys_twice} keys stand twice": keys_twice,
        f"{books.flagged} attempts are in doubt, though nobody crashed": books.flagged,
    }
    said = [sentence for sentence, wrong in wrongs.items() if wrong]
    return Outcome("R03", database, WORKERS, alive, books.lost, books.doubled, books.flagged, said)
