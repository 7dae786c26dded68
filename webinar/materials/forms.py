"""The forms of slides: a speaker's own, and an organiser's on behalf of one."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webinar.config import settings
from webinar.web.fields.choice import ChoiceField
from webinar.web.fields.upload import UploadField
from webinar.web.form import Form
from webinar.web.sizes import file_size


class SlidesForm(Form):
    """One PDF file, at most as large as the settings allow."""

    file = UploadField(_l("Slides as PDF"), max_bytes=0, accept=".pdf,application/pdf")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file.max_bytes = settings().upload_max_bytes
        self.file.description = _(
            "PDF, at most %(most)s. Each upload is kept as a version; the newest one is shown.",
            most=file_size(self.file.max_bytes),
        )


class BehalfForm(SlidesForm):
    """The same, sent by an organiser for one of the speakers."""

    speaker = ChoiceField(_l("Speaker"), choices=())
