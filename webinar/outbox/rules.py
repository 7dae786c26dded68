"""When a letter that failed is tried again, and when it is given up."""

import random
from datetime import timedelta

MOST_TRIES = 8
_PAUSES = (1, 5, 15, 60, 180, 480, 1440)


def pause_before_retry(attempts: int, *, jitter: float | None = None) -> timedelta:
    """How long to wait after `attempts` failures: 1, 5, 15, 60 min … one day, ± 20 %.

    `jitter` between 0 and 1 replaces chance in tests.
    """
    minutes = _PAUSES[min(max(attempts, 1), len(_PAUSES)) - 1]
    chance = random.random() if jitter is None else jitter
    return timedelta(minutes=minutes) * (0.8 + 0.4 * chance)


def is_given_up(attempts: int) -> bool:
    """Whether a letter that failed `attempts` times is parked for a person to look at."""
    return attempts >= MOST_TRIES
