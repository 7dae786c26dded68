"""The holder's forms: the name, and who may see it."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webinar.web.fields.text import LineField
from webinar.web.form import Form


class NameForm(Form):
    """Corrects the name, once."""

    name = LineField(
        _l("Name on the certificate"),
        max_length=120,
        autocomplete="name",
        hint=_l("As your authority knows you, in any script. You can correct it here once."),
    )


class VisibilityForm(Form):
    """One button: `show` is 1 or 0."""

    show = HiddenField()
