"""A file to upload; what it holds is judged by `webinar.files`."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError

from webinar.web.fields.asking import Asking
from webinar.web.sizes import file_size


class UploadField(Asking, FileField):  # type: ignore[misc]
    """One file of at most `max_bytes` bytes; `data` is a werkzeug FileStorage or None.

    `accept` lists extensions for the browser's chooser, such as ".pdf,.pptx"; it proves nothing.
    """

    empty_sentence = lazy_gettext("Please choose a file.")

    def __init__(self, label: str = "", *, max_bytes: int, accept: str = "", **kwargs: Any) -> None:
        super().__init__(label, render_kw={"accept": accept} if accept else {}, **kwargs)
        self.max_bytes = max_bytes

    def check(self) -> None:
        """Refuse files that are too large or empty, by counting them."""
        size = stored_bytes(self.data)
        if size == 0:
            raise ValidationError(_("This file is empty. Please choose another."))
        if size > self.max_bytes:
            raise ValidationError(
                _(
                    "This file has %(size)s; the most we take is %(most)s.",
                    size=file_size(size),
                    most=file_size(self.max_bytes),
                )
            )


def stored_bytes(upload: FileStorage) -> int:
    """How many bytes an upload holds; its reading position stays at the start."""
    size = upload.stream.seek(0, 2)
    upload.stream.seek(0)
    return size
