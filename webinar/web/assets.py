"""Style sheets and scripts: addresses that carry a hash of the content, kept by browsers for a year."""

import gzip
import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from webinar.config import Settings
from webinar.web.headers import static_headers

STATIC = Path(__file__).parent.parent / "static"
PREFIX = "/static/"
ICON = "/favicon.ico"
COMPRESSED = {".css", ".js", ".svg", ".txt", ".json", ".webmanifest"}


@cache
def asset(name: str) -> str:
    """The address of a file below webinar/static, such as "css/app.css" → "/static/css/app.1f0c….css".

    Raises FileNotFoundError for a name that does not exist: a typing error, found by any test.
    """
    path = STATIC / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"{PREFIX}{Path(name).with_suffix('')}.{digest}{path.suffix}"


@cache
def style_sheet() -> str:
    """The whole of our stylesheet, for sheets that add to it and so spare a request."""
    return (STATIC / "css/app.css").read_text(encoding="utf-8")


def static_files(app: Flask, configured: Settings) -> None:
    """Serve webinar/static below /static/, by plain name briefly and by hashed name for a year."""
    served = _Static(configured)
    served.application = app.wsgi_app
    app.wsgi_app = served  # type: ignore[method-assign]


class _Static(WhiteNoise):  # type: ignore[misc]
    FOREVER = 365 * 24 * 3600

    def __init__(self, configured: Settings) -> None:
        self._extra = static_headers(configured.base_url)
        self._compressed_in = configured.data / "compressed"
        super().__init__(None, max_age=60, allow_all_origins=False, add_headers_function=self._add_headers)
        for path in sorted(STATIC.rglob("*")):
            if path.is_file():
                name = path.relative_to(STATIC).as_posix()
                self.add_file_to_dictionary(PREFIX + name, str(path))
                self.add_file_to_dictionary(asset(name), str(path))
        # Browsers ask for it by this name, without a link that would cost each first view a request.
        self.add_file_to_dictionary(ICON, str(STATIC / "icon.svg"))

    def immutable_file_test(self, path: str, url: str) -> bool:
        """A hashed address never changes its content."""
        return url != PREFIX + Path(path).relative_to(STATIC).as_posix()

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """As WhiteNoise, with the compressed twin kept in the data folder."""
        headers = Headers([])
        self.add_mime_headers(headers, path, path)
        self.add_cache_headers(headers, path, url)
        self._add_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings=self._encodings(Path(path)))

    def _add_headers(self, headers: Headers, _path: str, _url: str) -> None:
        for name, value in self._extra.items():
            headers[name] = value

    def _encodings(self, path: Path) -> dict[str, str]:
        if path.suffix not in COMPRESSED:
            return {}
        return {"gzip": str(_compressed(path, self._compressed_in))}


def _compressed(path: Path, folder: Path) -> Path:
    content = path.read_bytes()
    twin = folder / f"{hashlib.sha256(content).hexdigest()}{path.suffix}.gz"
    if not twin.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Several processes start at once: each writes its own file, the last rename wins.
        draft = folder / f"{twin.name}.{os.getpid()}"
        draft.write_bytes(gzip.compress(content, 9, mtime=0))
        draft.replace(twin)
    return twin


def asset_names() -> Iterable[str]:
    """Names of all static files."""
    return (path.relative_to(STATIC).as_posix() for path in sorted(STATIC.rglob("*")) if path.is_file())
