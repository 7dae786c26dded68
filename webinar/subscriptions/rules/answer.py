"""What a reader of a feed is answered: 304, or the bytes in the coding that it takes (RFC 9110)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_date, parse_etags

MAX_AGE = 300
TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The headers of a request that decide about its answer, as they came."""

    if_none_match: str = ""
    if_modified_since: str = ""
    accept_encoding: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """What is known of a stored feed before its bytes are read.

    `tag` is the hash of the plain bytes, `modified` the POSIX second in which they last changed.
    `file_name` for what is opened as a file; `is_private` for what is somebody's own.
    """

    tag: str
    modified: int
    form: str = "ics"
    is_private: bool = False
    file_name: str = ""


Headers = list[tuple[str, str]]


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a reader takes gzip (RFC 9110 12.5.3)."""
    if "gzip" not in accept_encoding and "*" not in accept_encoding:
        return False
    if "q=" not in accept_encoding.lower():
        return True
    return bool(parse_accept_header(accept_encoding, Accept)["gzip"] > 0)


def is_fresh(face: Face, asked: Asked) -> bool:
    """Whether the reader holds the present feed, by any coding's tag, else by the date of the last change.

    If-Modified-Since counts only without If-None-Match (RFC 9110 13.1.3).
    """
    if asked.if_none_match:
        held = asked.if_none_match
        if held == f'"{face.tag}"' or held == f'"{face.tag}-gzip"':
            return True
        tags = parse_etags(held)
        return any(tags.contains_weak(tag) for tag in (face.tag, f"{face.tag}-gzip"))
    if asked.if_modified_since:
        since = parse_date(asked.if_modified_since)
        return since is not None and datetime.fromtimestamp(face.modified, UTC) <= since
    return False


def headers(face: Face, secure: Iterable[tuple[str, str]], *, zipped: bool, length: int | None) -> Headers:
    """The headers of a 200 with `length` octets, or of a 304 (`length` None); `secure` are the site's own."""
    reach = "private" if face.is_private else "public"
    found = [
        ("ETag", f'"{face.tag}-gzip"' if zipped else f'"{face.tag}"'),
        ("Cache-Control", f"{reach}, max-age={MAX_AGE}, must-revalidate"),
        ("Vary", "Accept-Encoding"),
        ("X-Robots-Tag", "noindex"),
    ]
    for name, value in secure:
        # The address of a private feed is its key.
        found.append((name, "no-referrer" if face.is_private and name == "Referrer-Policy" else value))
    if length is None:
        return found
    found += [
        ("Content-Type", TYPES[face.form]),
        ("Content-Length", str(length)),
        ("Last-Modified", formatdate(face.modified, usegmt=True)),
    ]
    if zipped:
        found.append(("Content-Encoding", "gzip"))
    if face.file_name:
        found.append(("Content-Disposition", f'attachment; filename="{face.file_name}"'))
    return found
