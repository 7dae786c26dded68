"""Forms of signing in and of one's own choices."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from webinar.web.fields.choice import ChoiceField
from webinar.web.fields.email import EmailField
from webinar.web.fields.text import LineField
from webinar.web.fields.zone import ZoneField
from webinar.web.form import Form
from webinar.web.languages import available, name_of
from webinar.web.public_form import PublicForm


class SignInForm(PublicForm):
    """Asks for the address that the link goes to."""

    email = EmailField(_l("Email"), hint=_l("We send you a link that signs you in. No password."))
    next = HiddenField()


class ChoicesForm(Form):
    """One's own name, zone and language."""

    name = LineField(_l("Name as it should appear on certificates"), max_length=200)
    zone_name = ZoneField(_l("Your time zone"), required=False)
    locale = ChoiceField(_l("Language of pages and mails"))

    def offer_languages(self) -> "ChoicesForm":
        """Fill the list of languages, each in its own words."""
        self.locale.offer([(tag, name_of(tag)) for tag in available()])
        return self
