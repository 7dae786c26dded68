"""Where a reader is known to be wrong about what RFC 5545 allows: each with its reason, none for what we write."""

BACKSLASH = "takes the n after an escaped backslash for a line break (unescapes in passes, not left to right)"
OLD_ZONES = "looks zones up in Node's own data, older than these laws, and leaves the VTIMEZONE aside"
FOLD = "carries UTC times into X-WR-TIMEZONE and forgets there which hour of a fold they were"
AFTER_2037 = "has no zone rules after 2037"

EXCUSES: dict[str, dict[str, str]] = {
    "recurring-ical-events": {
        "talk_in_the_first_hour_of_a_fold": FOLD,
        "talk_in_the_second_hour_of_a_fold": FOLD,
        "series_with_a_session_over_the_autumn_change": FOLD,
    },
    "khal": {"talk_beyond_2038": AFTER_2037},
    "node-ical": {
        "commas_semicolons_backslashes_and_colons": BACKSLASH,
        "text_that_breaks_folding_and_escaping": BACKSLASH,
        "casablanca_before_and_after_its_law_of_2026": OLD_ZONES,
        "vancouver_stops_changing_in_2026": OLD_ZONES,
        "series_in_twelve_odd_zones": OLD_ZONES,
        "zone_whose_law_changes_inside_the_series": OLD_ZONES,
        "talk_beyond_2038": AFTER_2037,
    },
}
"""By judge and golden file."""

TIME_EXCUSES: dict[str, dict[str, str]] = {
    "khal": {"year-2040-rule-tail": AFTER_2037},
    "node-ical": {
        "year-2040-rule-tail": AFTER_2037,
        "casablanca-permanent-gmt-2026": OLD_ZONES,
        "vancouver-permanent-2026": OLD_ZONES,
        "winnipeg-permanent-2026": OLD_ZONES,
    },
}
"""By judge and time case."""
