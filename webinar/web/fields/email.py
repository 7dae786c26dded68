"""An e-mail address, parsed strictly, without asking DNS."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import ValidationError
from wtforms.widgets import EmailInput

from webinar.web.fields.text import LineField

MAX_LENGTH = 254  # RFC 5321 4.5.3.1.3, without the angle brackets


class EmailField(LineField):
    """One address; `data` has its domain in lower case and, where international, in ASCII (IDNA)."""

    widget = EmailInput()
    html = {"dir": "ltr", "autocomplete": "email", "spellcheck": "false"}  # noqa: RUF012
    empty_sentence = lazy_gettext("Please give an email address.")

    def check(self) -> None:
        """Refuse what is not exactly one address."""
        super().check()
        if len(self.data) > MAX_LENGTH:
            raise ValidationError(_("This address is too long. Please check it."))
        try:
            found = validate_email(
                self.data, check_deliverability=False, allow_smtputf8=False, test_environment=True
            )
        except EmailNotValidError:
            raise ValidationError(
                _("This does not look like one email address, such as ada@example.org. Please check it.")
            ) from None
        self.data = found.ascii_email or found.normalized
