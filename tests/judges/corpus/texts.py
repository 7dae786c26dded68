"""Words that break calendar files: scripts, signs, lengths, and attempts to write a line of one's own."""

from tests.factories.calendars import talk
from webinar.calendars.ics.event import CalendarEvent

LINK = "https://webinar.example/j/abc"
LONG = "Sepsis is a life-threatening organ dysfunction; see the guidelines, chapter 3. "


def _text(**changes: str) -> tuple[CalendarEvent, ...]:
    return (talk(**changes),)


EVENTS: dict[str, tuple[CalendarEvent, ...]] = {
    "title_in_arabic_with_marks_of_direction": _text(
        summary="\u202bندوة: تعفّن الدم (Sepsis-3)\u202c \u200fالجزء ٢", location="عيادة القلب، غرفة ٥"
    ),
    "title_in_hebrew_and_english": _text(
        summary="מועדון קריאה: Sepsis bundles – חלק ב׳", description="שאלות?\nכן, בבקשה; תודה"
    ),
    "title_in_devanagari_with_joiners": _text(summary="क्षेत्रीय संगोष्ठी: र्‍य और क्‌ष " * 4),
    "title_in_chinese_folds_between_characters": _text(summary="脓毒症集束化治疗新进展" * 20),
    "emoji_of_many_code_points": _text(
        summary="👩🏽‍🔬👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿 Rounds ❤️‍🩹", description="🇳🇴🇸🇪🇩🇰 " * 40 + "end"
    ),
    "description_of_ten_thousand_characters": _text(description=(LONG * 130)[:9_999] + "!"),
    "description_of_ten_thousand_han_characters": _text(description="脓毒症集束化治疗新进展研讨" * 770),
    "commas_semicolons_backslashes_and_colons": _text(
        summary=r"A, B; C: D\E\\F \n \, \;",
        description="\\\\;;,,::\\n\n\\;\n" + "a\\,b;" * 40,
        location="C:\\rooms\\5, wing B; floor 2",
    ),
    "lines_and_paragraphs_and_tabs": _text(
        description="First line\r\nsecond\rthird\n\n\nafter an empty one\n\ttabbed\n  indented\nend"
    ),
    "line_breaks_that_try_to_end_the_event": _text(
        summary="Talk\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Forged",
        location="Hall\nATTENDEE:mailto:mallory@example.com",
        description="Hi\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nMETHOD:CANCEL",
    ),
    "line_separators_of_unicode_and_control_characters": _text(
        summary="one\u2028two\u2029three\u0085four\x0bfive\x0csix\x00seven\x1beight\x7fnine",
        description="one\u2028two\u2029three\u0085four\x0bfive\x0csix\x00seven\x1beight\x7fnine",
    ),
    "letters_joined_from_parts": _text(
        summary="E\u0301tude de cas a\u0308lterer Patienten, A\u030angstro\u0308m", location="Cafe\u0301"
    ),
    "markup_that_must_stay_text": _text(
        summary="p < 0.05 & n > 30 <script>alert(1)</script>", description="<b>bold</b> &amp; &lt;"
    ),
    "join_link_in_place_and_notes_and_conference": (
        talk(join_url=f"{LINK}?x=1,2;3", location="Hall B, Vienna", description="Bring questions."),
    ),
    "text_that_breaks_folding_and_escaping": (
        talk(
            summary="Fold me inside 漢字 or 👩‍🔬 and I break: " + "漢👩‍🔬" * 9,
            description="C:\\notes\\new; a, b\r\nEND:VEVENT\r\n"
            + "\\" * 90
            + "\u2028\x00\x07\n\u0303lone mark",
            location="عيادة القلب‏, غرفة 5; e\u0301tage",
            categories=("a,b", "c;d", "e\\f"),
        ),
    ),
    "title_of_each_length_about_a_fold": tuple(
        talk(uid=f"fold-{length}@webinar.example", summary="é" * 30 + "x" * length) for length in range(20)
    ),
}
