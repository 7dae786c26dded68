"""The form that asks which program an app password is for."""

from flask_babel import lazy_gettext as _l

from webinar.web.fields.text import LineField
from webinar.web.form import Form


class DeviceForm(Form):
    """A name by which the person knows the program again."""

    device = LineField(
        _l("What will use it?"), max_length=60, hint=_l("For instance: my phone, Thunderbird at work.")
    )
