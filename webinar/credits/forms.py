"""The form that awards what was looked at."""

from wtforms import HiddenField

from webinar.web.form import Form


class AwardForm(Form):
    """One button; `seen` is the mark of the figures above it."""

    seen = HiddenField()
