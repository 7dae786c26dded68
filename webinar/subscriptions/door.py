"""The door in front of Flask: answers feeds that are on the shelf, and leaves everything else to the pages."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import structlog
from flask import Flask

from webinar.accounts.rules import TokenKind, fingerprint, is_kind
from webinar.config import Settings
from webinar.db.direct import Direct
from webinar.db.store import db
from webinar.subscriptions.pages.wishes import variant_of
from webinar.subscriptions.pages.writer import writer
from webinar.subscriptions.rules.answer import Asked, Face, headers, is_fresh, takes_gzip
from webinar.subscriptions.rules.reading import READ_AGAIN, Standing, standing
from webinar.subscriptions.rules.recent import Recent
from webinar.subscriptions.rules.sealed import opened
from webinar.subscriptions.rules.variant import Form
from webinar.subscriptions.rules.window import midnight
from webinar.timekeeping import clock
from webinar.web.headers import static_headers
from webinar.web.hosts import is_ours

log = structlog.get_logger()
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

EXTENSION = "webinar.door"
ENDINGS = (".ics", ".atom", ".json")
MOST_BYTES = 64 * 1024 * 1024
NOTED_WITHIN_MS = 50

_PATH = re.compile(
    r"/calendars/(?P<token>[\w-]+)\.ics"
    r"|/(?P<slug>[\w-]+)(?:/series/(?P<series>[\w-]+))?(?:(?:/calendar)?\.(?P<ics>ics)|/feed\.(?P<news>atom|json))",
    re.ASCII,
)

_CURRENT = """JOIN feed_copies c ON c.scope_id = s.id AND c.variant = ? AND c.version = s.version
    AND c.day = ? AND c.writer = ? AND c.body_hash IS NOT NULL"""
_OWN = f"""SELECT c.body_hash, c.modified, k.id, k.revoked_at IS NOT NULL,
    k.last_read_at IS NULL OR k.last_read_at <= ?
    FROM feed_keys k JOIN feed_scopes s
    ON s.owner_id = k.person_id AND s.kind = CASE k.kind WHEN 'personal' THEN 'person' ELSE 'organiser' END
    {_CURRENT} WHERE k.token_hash = ?"""  # noqa: S608  nothing of anybody's is in it
_SOCIETY = f"""SELECT c.body_hash, c.modified FROM societies o
    JOIN feed_scopes s ON s.kind = 'society' AND s.owner_id = o.id {_CURRENT} WHERE o.slug = ?"""  # noqa: S608
_SERIES = f"""SELECT c.body_hash, c.modified FROM societies o JOIN series e ON e.society_id = o.id
    JOIN feed_scopes s ON s.kind = 'series' AND s.owner_id = e.id {_CURRENT}
    WHERE o.slug = ? AND e.slug = ?"""  # noqa: S608
_NOTE = """UPDATE feed_keys SET last_read_at = ?
    WHERE id = ? AND (last_read_at IS NULL OR last_read_at <= ?)"""
_BODY = {True: "SELECT zipped, sealed FROM feed_bodies WHERE hash = ?",
         False: "SELECT plain, sealed FROM feed_bodies WHERE hash = ?"}  # fmt: skip


class _Wish(NamedTuple):
    """What a path and its parameters name: SQL, its last values, form and variant."""

    statement: str
    names: tuple[str, ...]
    form: str
    variant: str


class Door:
    """A WSGI application around `inner`. While `is_open`, feeds that are current are answered here.

    It decides nothing of its own: who may read, what a variant is, what is fresh and which headers are
    sent are the same functions that the pages call. On any miss or error `inner` is asked.
    """

    def __init__(self, app: Flask, configured: Settings, inner: Application) -> None:
        self.inner = inner
        self.is_open = True
        self._app, self._configured = app, configured
        self._secure = list(static_headers(configured.base_url).items())
        self._recent = Recent(MOST_BYTES)
        self._guard = Lock()
        self._direct: Direct | None = None
        self._writer = ""
        self._hosts = lru_cache(maxsize=64)(lambda host: is_ours(host, configured.base_url))

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.endswith(ENDINGS) and method in {"GET", "HEAD"} and self.is_open:
            answer = self._answer(environ, path)
            if answer is not None:
                status, found, body = answer
                found.append(("X-Request-Id", os.urandom(6).hex()))
                start(status, found)
                return [] if method == "HEAD" else [body]
        return self.inner(environ, start)

    def _answer(self, environ: Environ, path: str) -> tuple[str, list[tuple[str, str]], bytes] | None:
        wish = _wish_of(path, environ.get("QUERY_STRING", ""))
        https = environ["wsgi.url_scheme"] == "https"
        if wish is None or not self._hosts(environ.get("HTTP_HOST", "")):
            return None
        if https != self._configured.base_url.startswith("https:"):
            return None
        direct = self._direct or self._opened()
        try:
            found = self._found(direct, wish)
            return self._served(direct, environ, found) if found else None
        except direct.error as error:
            log.warning("door passed on", error=type(error).__name__)
            return None

    def _found(self, direct: Direct, wish: _Wish) -> Face | None:
        """The current copy of a feed that its asker may read."""
        now = clock.now()
        marks = (wish.variant, midnight(now).date().isoformat(), self._writer)
        if wish.statement is not _OWN:
            row = direct.first(wish.statement, (*marks, *wish.names))
            return Face(row[0], row[1], wish.form) if row else None
        stale = direct.instant(now - READ_AGAIN)
        row = direct.first(_OWN, (stale, *marks, fingerprint(wish.names[0])))
        if row is None or standing(is_known=True, is_revoked=bool(row[3])) is not Standing.LIVE:
            return None
        if row[4]:
            self._note(direct, (direct.instant(now), row[2], stale))
        return Face(row[0], row[1], wish.form, is_private=True)

    def _served(
        self, direct: Direct, environ: Environ, face: Face
    ) -> tuple[str, list[tuple[str, str]], bytes] | None:
        asked = Asked(
            environ.get("HTTP_IF_NONE_MATCH", ""),
            environ.get("HTTP_IF_MODIFIED_SINCE", ""),
            environ.get("HTTP_ACCEPT_ENCODING", ""),
        )
        zipped = takes_gzip(asked.accept_encoding)
        if is_fresh(face, asked):
            return "304 NOT MODIFIED", headers(face, self._secure, zipped=zipped, length=None), b""
        body = self._body(direct, face.tag, zipped=zipped)
        if body is None:
            return None
        return "200 OK", headers(face, self._secure, zipped=zipped, length=len(body)), body

    def _body(self, direct: Direct, tag: str, *, zipped: bool) -> bytes | None:
        name = f"{tag}-gzip" if zipped else tag
        body = self._recent.get(name)
        if body is None:
            row = direct.first(_BODY[zipped], (tag,))
            if row is None:
                return None
            body = opened(bytes(row[0]), self._configured.secret_key) if row[1] else bytes(row[0])
            if body is not None:
                self._recent.put(name, body)
        return body

    def _note(self, direct: Direct, values: Sequence[Any]) -> None:
        """Remember the reading, unless somebody is writing just now: the next one will be noted."""
        try:
            direct.write(_NOTE, values, within_ms=NOTED_WITHIN_MS)
        except direct.error as error:
            log.info("reading not noted", error=type(error).__name__)

    def _opened(self) -> Direct:
        with self._guard, self._app.app_context():
            if self._direct is None:
                self._writer = writer()
                self._direct = Direct(db.engine)
            return self._direct


def hang_door(app: Flask, configured: Settings) -> None:
    """Put the door before the pages of `app`; what proxies say of the host is read before it."""
    door = Door(app, configured, app.wsgi_app)
    app.extensions[EXTENSION] = door
    app.wsgi_app = door  # type: ignore[method-assign, assignment]


@lru_cache(maxsize=4096)
def _wish_of(path: str, query: str) -> _Wish | None:
    parts = _PATH.fullmatch(path)
    if parts is None:
        return None
    token, slug, series = parts["token"], parts["slug"], parts["series"]
    form = Form(parts["news"] or "ics")
    given: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        given.setdefault(name, value)
    variant = variant_of(form, given).text
    if token:
        return _Wish(_OWN, (token,), form.value, variant) if is_kind(token, TokenKind.FEED) else None
    if path.endswith("/calendar.ics") == bool(series) and form is Form.ICS:
        return None
    names = (slug, series) if series else (slug,)
    return _Wish(_SERIES if series else _SOCIETY, names, form.value, variant)
