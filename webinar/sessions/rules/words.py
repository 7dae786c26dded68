"""Words for stored values, in plain English and ready for translation."""

KIND_WORDS = {
    "webinar": "Webinar",
    "journal_club": "Journal club",
    "case_discussion": "Case discussion",
    "workshop": "Workshop",
}
ROLE_WORDS = {"speaker": "Speaker", "moderator": "Moderator", "discussant": "Discussant"}
LANGUAGES = (
    *("ar", "bn", "zh", "en", "fr", "de", "hi", "id", "it", "ja", "ko"),
    *("ne", "fa", "pl", "pt", "ru", "es", "sw", "th", "tr", "uk", "ur", "vi"),
)
"""Languages that sessions are held in (BCP 47); pages may exist in fewer."""
