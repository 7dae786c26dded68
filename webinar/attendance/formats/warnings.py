"""What to say about a reading: a sentence for each warning code."""

from collections.abc import Mapping

from webinar.attendance.format import Warning

_SENTENCES = {
    "minutes_only": "The file states only totals for {n} of the people, not when they were there.",
    "minute_precision": "The times of this file have no seconds.",
    "open_interval": "The file does not say when {n} of the people left.",
    "name_only": "{n} of the people have neither an e-mail address nor an id; they need your review.",
    "same_name": "{n} of the names belong to more than one person.",
    "lobby_dropped": "{n} stays in the waiting room or lobby do not count.",
    "duplicates_dropped": "{n} rows stand twice and count once.",
    "unknown_role": "{n} rows name a role that we do not know, such as “{example}”.",
    "local_time_ambiguous": "{n} times are missing or doubled by a clock change; check them.",
    "decoded_as_cp1252": "The file was read as Windows-1252. Check that accents in names are right.",
    "unreadable_time": "{n} times could not be read, such as “{example}”.",
    "row_without_times": "{n} rows have no time that could be read.",
    "left_without_join": "{n} leave times have no join time before them and do not count.",
    "leave_before_join": "{n} rows leave before they join and do not count.",
    "several_totals": "{n} of the people have more than one total; the largest was taken.",
    "several_meetings": "The file holds more than one meeting; their times were put together.",
    "unknown_action": "{n} rows name an action that we do not know, such as “{example}”.",
}


def warnings_of(counts: Mapping[str, int], examples: Mapping[str, str]) -> tuple[Warning, ...]:
    """The warnings for what was counted, in the fixed order of their codes."""
    return tuple(
        Warning(code, sentence.format(n=counts[code], example=examples.get(code, "")))
        for code, sentence in _SENTENCES.items()
        if counts.get(code)
    )
