"""From text to JSON documents: one for the whole file, or one a line."""

import json
from collections.abc import Iterator

from webinar.attendance.format import Unreadable
from webinar.attendance.formats.reading.text import Text


def looks_like_json(text: Text) -> bool:
    """Whether the first character that is no space opens a JSON object or list."""
    begun = "".join(text.begins().split())
    return begun.startswith(("{", "[{", "[]"))


def documents(text: Text) -> list[object]:
    """The documents of a file; a list at the top counts as its elements. Raises Unreadable."""
    try:
        return _spread(json.loads(text.whole()))
    except ValueError:  # also raised for numbers of absurd length
        return [each for document in _by_line(text) for each in _spread(document)]
    except RecursionError:
        raise Unreadable("This JSON is nested too deeply to be an attendance report.") from None


def _by_line(text: Text) -> Iterator[object]:
    for number, line in enumerate(text.lines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                raise Unreadable(f"This is not valid JSON: line {number} cannot be read.") from None


def _spread(document: object) -> list[object]:
    return document if isinstance(document, list) else [document]
