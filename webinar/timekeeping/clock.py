"""The one clock: every other part of the application asks it what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path


def _system() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the one place that may


_source: Callable[[], datetime] = _system


def _identity(instant: datetime) -> datetime:
    return instant


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock stand at an aware instant meanwhile: for writing the demo's past, never in production."""
    global _source  # noqa: PLW0603  the source is process-wide by nature
    before = _source
    _source = partial(_identity, instant)
    try:
        yield
    finally:
        _source = before


def follow(offset_file: Path | None) -> None:
    """Add the seconds written in `offset_file` to the system clock; None: the plain system clock.

    Several processes that follow one file share a moved clock. Tests and the demo only.
    A missing or unreadable file counts as zero seconds.
    """
    global _source  # noqa: PLW0603  the source is process-wide by nature
    _source = _system if offset_file is None else lambda: _system() + _offset(offset_file)


def _offset(path: Path) -> timedelta:
    try:
        return timedelta(seconds=float(path.read_text()))
    except (OSError, ValueError):
        return timedelta()
