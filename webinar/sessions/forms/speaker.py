"""The forms around speakers: asking one, and their answers about time, self, interests, recording."""

from flask_babel import lazy_gettext as _l

from webinar.sessions.forms.choices import ROLES
from webinar.sessions.models import SpeakerRole
from webinar.sessions.service.speakers import Invitee
from webinar.web.fields.choice import ChoiceField, RadioChoiceField
from webinar.web.fields.count import CountField
from webinar.web.fields.email import EmailField
from webinar.web.fields.text import LineField, ProseField
from webinar.web.form import Form


class SpeakerForm(Form):
    """Asks one person to speak."""

    name = LineField(_l("Name"), max_length=200)
    email = EmailField(_l("Email"), autocomplete="off")
    role = ChoiceField(_l("Role"), choices=ROLES, default=SpeakerRole.SPEAKER.value)
    talk_title = LineField(_l("Title of the talk"), required=False, max_length=200)
    talk_minutes = CountField(_l("Minutes for the talk"), required=False, hint=_l("Empty: shared equally."))

    def invitee(self) -> Invitee:
        """What was typed, for the service."""
        return Invitee(
            email=self.email.data,
            name=self.name.data,
            role=SpeakerRole(self.role.data or ""),
            talk_title=self.talk_title.data,
            talk_minutes=self.talk_minutes.data,
        )


class AnswerForm(Form):
    """A speaker's answer about the time."""

    answer = RadioChoiceField(
        _l("Can you speak at this time?"),
        choices=(
            ("confirmed", _l("Yes, I will be there")),
            ("other_time", _l("I would, at another time")),
            ("declined", _l("No, I cannot")),
        ),
    )
    note = ProseField(
        _l("Times that suit you, or a word to the organiser"), required=False, max_length=2000, rows=3
    )
    instead = LineField(_l("If not you: whom should we ask?"), required=False, max_length=200)


class ProfileForm(Form):
    """A speaker's own words about themselves and the talk."""

    name = LineField(_l("Name as on the programme"), max_length=200, autocomplete="name")
    affiliation = LineField(_l("Affiliation"), required=False, max_length=200, autocomplete="organization")
    bio = ProseField(_l("Short biography"), required=False, max_length=2000, rows=4)
    talk_title = LineField(_l("Title of your talk"), required=False, max_length=200)


class DisclosureForm(Form):
    """Relevant financial relationships of the last 24 months."""

    disclosure = RadioChoiceField(
        _l("In the last 24 months, did you have financial relationships with companies in health care?"),
        choices=(("none", _l("No, none")), ("listed", _l("Yes, listed below"))),
    )
    disclosure_text = ProseField(
        _l("Company and kind of relationship, one per line"), required=False, max_length=5000, rows=4
    )


class ConsentForm(Form):
    """Agreement to the recording, which can be withdrawn."""

    recording = RadioChoiceField(
        _l("May the session be recorded and the recording shown?"),
        choices=(("yes", _l("Yes")), ("no", _l("No, or no longer: hide it"))),
    )
