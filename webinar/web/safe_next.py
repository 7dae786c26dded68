"""The one gate for addresses to go to next: a path on our own origin, or the front page (S4)."""

import re
from urllib.parse import unquote, urlsplit

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
MAX_LENGTH = 2000


def safe_next(target: str | None, fallback: str = "/") -> str:
    """`target` if it is a path on our origin, else `fallback`.

    Refused: schemes, hosts, a leading `//`, backslashes, control characters and blanks, also when
    percent-encoded once or twice, and anything longer than 2,000 characters.
    """
    if not target or len(target) > MAX_LENGTH:
        return fallback
    seen = target
    for _ in range(3):
        if not _is_local_path(seen):
            return fallback
        seen = unquote(seen)
    return target


def _is_local_path(target: str) -> bool:
    # Only the path decides where the browser goes; a query may hold encoded blanks.
    path = target.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or path.startswith("//") or _FORBIDDEN.search(path):
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc and "//" not in path[:2]
