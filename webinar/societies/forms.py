"""Forms of a society: its profile, its team."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError
from wtforms.widgets import ColorInput

from webinar.societies.models import Role
from webinar.societies.rules import is_colour, slug_trouble
from webinar.web.fields.asking import Asking
from webinar.web.fields.choice import ChoiceField, RadioChoiceField
from webinar.web.fields.email import EmailField
from webinar.web.fields.text import LineField, ProseField
from webinar.web.fields.zone import ZoneField
from webinar.web.form import Form
from webinar.web.languages import available, name_of

ROLE_WORDS = (
    (
        Role.ORGANISER.value,
        _l("Organiser: plans and runs sessions; cannot change roles or the society’s settings"),
    ),
    (
        Role.ADMIN.value,
        _l("Admin: all that organisers do, and roles, brand and exports; cannot see other societies"),
    ),
    (Role.PRESENTER.value, _l("Presenter: speaks at sessions; cannot see people or attendance")),
)


class ColourField(Asking, StringField):  # type: ignore[misc]
    """A colour as #RRGGBB."""

    widget = ColorInput()

    def check(self) -> None:
        """Refuse what is no colour."""
        if not is_colour(self.data or ""):
            raise ValidationError("Write the colour as # and six hexadecimal digits, such as #0B5563.")


class ProfileForm(Form):
    """What a society says of itself."""

    name = LineField(_l("Name of the society"), max_length=120)
    about = ProseField(_l("In a few words"), max_length=2000, rows=3, required=False)
    zone_name = ZoneField(
        _l("Time zone"),
        hint=_l("Where most of your sessions are planned from, such as Asia/Kathmandu."),
    )
    locale = ChoiceField(_l("Language"))
    brand_colour = ColourField(_l("Brand colour"), default="#0B5563")
    contact_email = EmailField(
        _l("Mailbox that somebody reads"), hint=_l("Answers to invitations arrive there.")
    )

    def offer_languages(self) -> "ProfileForm":
        """Fill the list of languages, each in its own words."""
        self.locale.offer([(tag, name_of(tag)) for tag in available()])
        return self


class FoundForm(ProfileForm):
    """A profile and the short name, which stays."""

    slug = LineField(
        _l("Short name"),
        max_length=30,
        hint=_l("Stands in your addresses, such as ens. Lower-case letters, digits, hyphens."),
    )

    def validate_slug(self, field: StringField) -> None:
        """Refuse what cannot stand in an address."""
        field.data = (field.data or "").lower()
        trouble = slug_trouble(field.data)
        if trouble:
            raise ValidationError(trouble)


class InviteForm(Form):
    """Invites one address to one role."""

    email = EmailField(_l("Email"))
    name = LineField(_l("Name"), max_length=200)
    role = RadioChoiceField(_l("Role"), choices=ROLE_WORDS, default=Role.ORGANISER.value)


class FollowForm(Form):
    """Follows another society, by its short name."""

    slug = LineField(
        _l("Short name of the other society"),
        max_length=30,
        hint=_l("As in its address: /ens is “ens”."),
    )
