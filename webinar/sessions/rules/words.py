"""Words for stored values, in plain English and ready for translation."""

from webinar.translatable import N_

KIND_WORDS = {
    "webinar": N_("Webinar"),
    "journal_club": N_("Journal club"),
    "case_discussion": N_("Case discussion"),
    "workshop": N_("Workshop"),
}
ROLE_WORDS = {"speaker": N_("Speaker"), "moderator": N_("Moderator"), "discussant": N_("Discussant")}
HOUR_WORDS = {1: N_("First live hour"), 2: N_("Second live hour")}
LANGUAGES = (
    *("ar", "bn", "zh", "en", "fr", "de", "hi", "id", "it", "ja", "ko"),
    *("ne", "fa", "pl", "pt", "ru", "es", "sw", "th", "tr", "uk", "ur", "vi"),
)
"""Languages that sessions are held in (BCP 47); pages may exist in fewer."""
