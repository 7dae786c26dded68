"""The worker: ticks over the outbox and the mailbox; as many processes as are started, never inside the web."""

import logging
import signal
import threading
from datetime import timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from webinar.config import settings
from webinar.db.store import store, transaction
from webinar.outbox import service as outbox
from webinar.reactions import LOOKS, SWEEPS, TIDIES, openers
from webinar.timekeeping import clock

log = structlog.get_logger()
TIDY_EVERY = timedelta(hours=1)

# A tick that finds its predecessor still busy is no news: the next one comes soon.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


def once(app: Flask) -> int:
    """One look at everything: what came in, sweep, then deliver until nothing is due. How many letters were opened."""
    with app.app_context():
        look_outside()
        sweep()
        return deliver_all()


def look_outside() -> None:
    """Look for what came in; a look that fails stops nothing and is taken again."""
    for look in LOOKS:
        try:
            look(clock.now())
        except Exception as error:  # noqa: BLE001  it looks again in a minute; the worker must go on
            store.rollback()
            log.error("look outside failed", look=look.__module__, error=repr(error))


def sweep() -> None:
    """Ask each room's question "who is due and has no letter?"; one failing room stops no other."""
    for question in SWEEPS:
        try:
            with transaction():
                question(clock.now())
        except Exception as error:  # noqa: BLE001  a sweep is asked again in a minute; the others must go on
            log.error("sweep failed", sweep=question.__module__, error=repr(error))


def deliver_all(most: int = 100_000) -> int:
    """Deliver until nothing is due, or `most` letters were opened."""
    opened, known = 0, openers()
    while opened < most and (taken := outbox.deliver_due(known)):
        opened += taken
    return opened


def run(app: Flask) -> None:
    """Tick until SIGTERM or SIGINT; a tick under way is finished first."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    scheduler = ticking(app)
    scheduler.start()
    log.info("worker started")
    stop.wait()
    scheduler.shutdown(wait=True)


def ticking(app: Flask) -> BackgroundScheduler:
    """The interval ticks; no job store, nothing dropped for being late, none beside itself.

    They follow the machine's own time, whatever our clock says: a moved one must neither hold them back
    nor make them catch up.
    """
    with app.app_context():
        known = settings()
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    ticks = (
        (_deliver, known.tick_seconds),
        (_sweep, known.sweep_seconds),
        (_look, known.imap_seconds),
        (_tidy, TIDY_EVERY.total_seconds()),
    )
    for tick, seconds in ticks:
        scheduler.add_job(tick, "interval", args=[app], seconds=seconds)
    return scheduler


def _deliver(app: Flask) -> None:
    with app.app_context():
        deliver_all()
        store.remove()


def _sweep(app: Flask) -> None:
    with app.app_context():
        sweep()
        store.remove()


def _look(app: Flask) -> None:
    with app.app_context():
        look_outside()
        store.remove()


def _tidy(app: Flask) -> None:
    with app.app_context():
        for clear in TIDIES:
            with transaction():
                clear()
        store.remove()
