"""Layouts of which no sample is kept, written out from their descriptions, and oddities of the others."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from webinar.attendance.format import Answers, NeedsAnswer, Report, Role, Span, Unreadable
from webinar.attendance.formats.report import read_report

GOLDEN = Path(__file__).parent.parent / "golden" / "attendance"
BERLIN = Answers(zone="Europe/Berlin")


def read(*pages: str, answers: Answers = BERLIN, encoding: str = "utf-8-sig") -> Report:
    return read_report([io.BytesIO(page.encode(encoding)) for page in pages], answers)


def utc(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute, second, tzinfo=UTC)


def seconds(report: Report) -> dict[str | None, int | None]:
    return {person.email or person.name: person.seconds for person in report.people}


def codes(report: Report) -> list[str]:
    return [warning.code for warning in report.warnings]


# --- Zoom

Z4 = (GOLDEN / "own_zoom_Z4_meeting_joins_2024_on.csv").read_text(encoding="utf-8")


def test_z4_sentence_case_joins_with_the_host_in_brackets() -> None:
    report = read(Z4)
    assert report.layout == "zoom-meeting-joins"
    assert report.meeting.title == "Sepsis, again"
    assert (report.meeting.started_at, report.meeting.ended_at) == (utc(16, 55), utc(18, 2))
    assert [(person.name, person.role, person.seconds) for person in report.people] == [
        ("Olga Berg", Role.HOST, 4020),
        ("Ada Obi", None, 3299),
    ]
    assert codes(report) == ["lobby_dropped"]


def z5(order: str) -> str:
    day = "10/03/2026" if order == "dmy" else "3/10/2026"
    return (
        "Name (Original Name);User Email;Join Time;Leave Time;Duration (Minutes);Guest\n"
        f"Zoë Obi;zoe@clinic.example;{day} 18:01;{day} 18:20;20;Yes\n"
        f"Zoë Obi;zoe@clinic.example;{day} 18:15;{day} 18:40;25;Yes\n"
    )


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_z5_re_saved_by_a_spreadsheet_asks_the_day_order_and_takes_the_answer(order: Any) -> None:
    with pytest.raises(NeedsAnswer) as asked:
        read(z5(order), encoding="cp1252")
    assert [question.code for question in asked.value.questions] == ["day_order"]
    report = read(z5(order), answers=Answers("Europe/Berlin", order), encoding="cp1252")
    assert report.layout == "zoom-meeting-joins"
    assert (report.meeting.title, report.meeting.started_at) == (None, None)
    assert report.people[0].spans == (Span(utc(17, 1), utc(17, 40)),)
    assert codes(report) == ["minute_precision", "decoded_as_cp1252"]


def test_z5_with_both_tables_padded() -> None:
    lines = Z4.replace(" PM", "").replace("03/10/2026 0", "2026-03-10 0").splitlines()
    padded = "\n".join(line + "," * 3 for line in lines)
    report = read(padded.replace(" 05:", " 17:").replace(" 06:", " 18:").replace(" 07:", " 19:"))
    assert seconds(report) == {"olga@society.example": 4020, "ada@clinic.example": 3299}


W3 = (GOLDEN / "own_zoom_W3_webinar_attendee_2026.csv").read_text(encoding="utf-8")


def test_w3_people_in_two_tables_are_one_with_the_higher_role() -> None:
    report = read(W3)
    assert report.layout == "zoom-webinar"
    assert (report.meeting.started_at, report.meeting.ended_at) == (utc(16, 55), utc(18, 2))
    people = {person.email or person.name: person for person in report.people}
    ada = people["ada@clinic.example"]
    assert (ada.role, ada.spans) == (Role.PRESENTER, (Span(utc(17, 0), utc(17, 30)),))
    assert (people["sam@ward.example"].no_show, people["sam@ward.example"].seconds) == (True, 0)
    assert (people["pia@ward.example"].no_show, people["pia@ward.example"].seconds) == (False, 60)
    assert people["4930*****21"].role is Role.ATTENDEE
    assert "Surgery, ICU" in report.rows[2].values


# --- Teams


def test_t1_summary_block_and_a_row_a_join() -> None:
    text = (
        "Meeting Summary\nTotal Number of Participants\t2\nMeeting Title\tSepsis\n"
        "Meeting Start Time\t3/10/2026, 5:55:00 PM\nMeeting End Time\t3/10/2026, 7:02:00 PM\n"
        "Meeting Id\tabc\n\n"
        "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n"
        "Olga Berg\t3/10/2026, 5:55:00 PM\t3/10/2026, 7:02:00 PM\t1h 7m\tolga@s.example\tOrganiser\to@x\n"
        "Ada Obi\t3/10/2026, 6:00:00 PM\t3/10/2026, 6:20:00 PM\t20m\tada@clinic.example\tAttendee\ta@x\n"
        "Ada Obi\t3/10/2026, 6:10:00 PM\t3/10/2026, 6:30:00 PM\t20m\tada@clinic.example\tGuest\ta@x\n"
    )
    report = read(text, encoding="utf-16")
    assert report.layout == "teams-summary"
    assert (report.meeting.title, report.meeting.started_at) == ("Sepsis", utc(16, 55))
    assert [(person.role, person.seconds) for person in report.people] == [
        (Role.HOST, 4020),
        (Role.ATTENDEE, 1800),
    ]
    assert codes(report) == ["minute_precision", "unknown_role"]


T5 = (
    "1. Summary\nMeeting title\tSepsis\nStart time\t3/10/26, 5:55:00 PM\nEnd time\t3/10/26, 7:02:00 PM\n\n"
    "2. Participants\n"
    "Name\tFirst Join\tLast Leave\tEngagement: Reactions\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)"
    "\tRole\tEngagement: Chats\n"
    "Ada Obi\t3/10/26, 6:00:00 PM\t3/10/26, 6:30:05 PM\t4\t30m 5s\tada@clinic.example\ta@x\tAttendee\t2\n\n"
    "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Ada Obi\t3/10/26, 6:00:00 PM\t3/10/26, 6:30:05 PM\t30m 5s\tada@clinic.example\tAttendee\n"
)


def test_t5_engagement_columns_are_kept_as_raw_data_wherever_they_stand() -> None:
    report = read(T5, encoding="utf-16")
    assert report.layout == "teams-sections"
    assert seconds(report) == {"ada@clinic.example": 1805}
    assert [row.values[3] for row in report.rows if row.table == "2"] == ["4"]


def test_section_2_speaks_of_time_only_where_section_3_is_silent() -> None:
    without = T5.split("3. In-Meeting")[0]
    report = read(without, encoding="utf-16")
    assert (seconds(report), codes(report)) == ({"ada@clinic.example": 1805}, ["minutes_only"])


T6 = (
    "1. Resumo\nTítulo da reunião\tSepse\nParticipantes\t2\nHora de início\t10/03/26, 17:55:00\n"
    "Hora de término\t10/03/26, 19:02:00\n\n"
    "2. Participantes\n"
    "Nome\tPrimeira entrada\tÚltima saída\tDuração\tEmail\tID do participante (UPN)\tFunção\n"
    "Olga Berg\t10/03/26, 17:55:00\t10/03/26, 19:02:00\t1h 7m\tolga@society.example\to@x\tOrganizador\n"
    "Ada Obi\t10/03/26, 18:00:00\t10/03/26, 18:30:00\t30m\tada@clinic.example\ta@x\tParticipante\n\n"
    "3. Atividades na reunião\nNome\tHora de entrada\tHora de saída\tDuração\tEmail\tFunção\n"
    "Olga Berg\t10/03/26, 17:55:00\t10/03/26, 19:02:00\t1h 7m\tolga@society.example\tOrganizador\n"
    "Ada Obi\t\t10/03/26, 18:00:00\t\tada@clinic.example\tParticipante\n"
    "Ada Obi\t10/03/26, 18:00:00\t10/03/26, 18:30:00\t30m\tada@clinic.example\tParticipante\n"
)


def test_t6_portuguese_is_day_first_without_a_question() -> None:
    report = read(T6, encoding="utf-16")
    assert (report.layout, report.meeting.title) == ("teams-sections", "Sepse")
    assert (report.meeting.started_at, report.meeting.ended_at) == (utc(16, 55), utc(18, 2))
    assert [(person.role, person.seconds) for person in report.people] == [
        (Role.HOST, 4020),
        (Role.ATTENDEE, 1800),
    ]
    assert codes(report) == ["minute_precision", "lobby_dropped"]


def test_sections_in_a_language_nobody_taught_us_come_through_by_position() -> None:
    polish = (
        T6.replace("Participante\n", "Uczestnik\n").replace("Nome\t", "Nazwa\t").replace("Email", "Adres")
    )
    report = read(polish, encoding="utf-16")
    assert [(person.role, person.seconds) for person in report.people] == [(Role.HOST, 4020), (None, 1800)]
    assert codes(report) == ["minute_precision", "lobby_dropped", "unknown_role"]


def test_a_registered_person_who_never_came_is_a_no_show() -> None:
    heads = (
        "1. Summary\nMeeting title\tS\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration"
        "\tEmail\tParticipant ID (UPN)\tRole\tRegistration First Name\tRegistration Last Name"
        "\tRegistration Email\tRegistration Time\tRegistration Status\n"
    )
    sam = '\t\t\t\t\t\t\tSam\tRoy\tSAM@ward.example\t"3/1/26, 8:00:00 AM"\tRegistered\n'
    report = read(heads + sam, encoding="utf-16", answers=Answers())
    assert [(p.name, p.email, p.no_show) for p in report.people] == [("Sam Roy", "sam@ward.example", True)]


def test_t0_two_devices_close_only_with_the_second_left_and_order_does_not_matter() -> None:
    events = [
        "Ada\tLeft\t3/10/2026, 6:50:00 PM",
        "Ada\tJoined\t3/10/2026, 6:00:00 PM",
        "Ada\tLeft\t3/10/2026, 6:20:00 PM",
        "Ada\tJoined before\t3/10/2026, 6:10:00 PM",
        "Pia\tLeft\t3/10/2026, 6:20:00 PM",
    ]
    report = read("\n".join(["Full Name\tUser Action\tTimestamp", *events]), encoding="utf-16")
    assert report.people[0].spans == (Span(utc(17, 0), utc(17, 50)),)
    assert report.people[1].seconds == 0
    assert codes(report) == ["minute_precision", "name_only", "left_without_join"]


def test_t8_two_nameless_viewers_stay_two() -> None:
    head = "Session Id,Participant Id,Full Name,UserAgent,UTC Event Timestamp,Action,Role\n"
    rows = "".join(
        f"{key},, ,x,03/10/2026 05:{minute}:00 PM,{action},Attendee\n"
        for key, action, minute in [("s1", "Joined", "00"), ("s2", "Joined", "05"), ("s1", "Left", "10")]
    )
    report = read(head + rows, answers=Answers())
    assert [(person.name, person.seconds) for person in report.people] == [(None, 600), (None, None)]


# --- interfaces


def bbb(*attendees: dict[str, Any]) -> str:
    data = {"metadata": {}, "start": "2026-03-10T16:55:00Z", "finish": None, "attendees": list(attendees)}
    return json.dumps({"meeting_id": "m", "data": data})


def test_b1_lists_of_unequal_length_are_matched_by_depth() -> None:
    ada = {
        "ext_user_id": "seat-1",
        "name": "Ada",
        "moderator": False,
        "joins": ["2026-03-10T17:30:00Z", "2026-03-10T17:00:00Z"],
        "leaves": ["2026-03-10T17:20:00Z"],
    }
    report = read(bbb(ada), answers=Answers())
    assert report.people[0].spans == (Span(utc(17, 0), utc(17, 20)), Span(utc(17, 30), None))
    assert (report.people[0].seconds, report.meeting.ended_at) == (None, None)


def test_a1_rows_with_only_an_address_belong_to_its_one_registrant() -> None:
    base = {"name": "Ada", "user_email": "Ada@x.example", "status": "in_meeting"}
    times = {"join_time": "2026-03-10T17:00:00Z", "leave_time": "2026-03-10T17:10:00Z"}
    later = {"join_time": "2026-03-10T17:10:00Z", "leave_time": "2026-03-10T17:15:00Z"}
    page = {"participants": [{**base, **times, "registrant_id": "r1"}, {**base, **later}]}
    report = read(json.dumps(page), json.dumps(page), answers=Answers())
    assert [(person.registrant_id, person.email, person.seconds) for person in report.people] == [
        ("r1", "ada@x.example", 900)
    ]
    assert "duplicates_dropped" in codes(report)


def test_g1_fractions_are_exact_and_totals_stand_in_only_without_intervals() -> None:
    records = [
        {
            "identity": {"displayName": "Ada"},
            "emailAddress": "ada@x.example",
            "role": "Attendee",
            "totalAttendanceInSeconds": 999,
            "attendanceIntervals": [
                {"joinDateTime": "2026-03-10T17:00:00.9Z", "leaveDateTime": "2026-03-10T17:00:10.1Z"},
                {"joinDateTime": "2026-03-10T17:01:00.9Z", "leaveDateTime": "2026-03-10T17:01:10.1Z"},
            ],
        },
        {
            "identity": None,
            "emailAddress": "pia@x.example",
            "role": "Moderator",
            "totalAttendanceInSeconds": 50,
        },
    ]
    report = read(json.dumps({"attendanceRecords": records}), answers=Answers())
    assert seconds(report) == {"ada@x.example": 18, "pia@x.example": 50}
    assert codes(report) == ["minutes_only", "unknown_role"]


def test_json_of_another_kind_is_refused() -> None:
    for text in (
        "{}",
        "[1, 2]",
        '{"participants": [null, 3]}',
        '{"event": "meeting.started", "payload": null}',
    ):
        with pytest.raises((Unreadable, NeedsAnswer)):
            read(text, answers=Answers())


def event(kind: str, at: str, **person: str) -> str:
    moment = "join_time" if kind == "participant_joined" else "leave_time"
    participant = {"participant_uuid": "device-1", "user_name": "Ada", moment: at, **person}
    meeting = {"uuid": "m", "topic": "Sepsis", "participant": participant}
    return json.dumps({"event": f"meeting.{kind}", "event_ts": 1, "payload": {"object": meeting}})


def test_a2_a_leave_event_without_address_belongs_to_the_device_that_joined() -> None:
    left = event("participant_left", "2026-03-10T17:20:00Z")
    joined = event("participant_joined", "2026-03-10T17:00:00Z", email="ada@x.example")
    breakout = event("participant_joined_breakout_room", "2026-03-10T17:05:00Z", email="ada@x.example")
    report = read("\n".join([left, joined, breakout, left]), answers=Answers())
    assert seconds(report) == {"ada@x.example": 1200}
    assert codes(report) == ["minute_precision", "duplicates_dropped"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("10/03/2026, 5:55:00 p. m.", "10/03/2026, 6:05:00 p. m."),
        ("10.3.2026 г., 17:55:00 ч.", "10.3.2026 г., 18:05:00 ч."),
        ("10.3.2026 klo 17.55.00", "10.3.2026 klo 18.05.00"),
        ("2026. 3. 10. 오후 5:55:00", "2026. 3. 10. 오후 6:05:00"),
        ("10-03-2026 17:55:00", "10-03-2026 18:05:00"),
        ("2026/3/10 下午5:55:00", "2026/3/10 下午6:05:00"),
    ],
)
def test_the_clocks_of_other_languages_are_read(start: str, end: str) -> None:
    text = f"3. Akt\nNaam\tIn\tUit\tDuur\tMail\tRol\nAda\t{start}\t{end}\t10 min\ta@x.example\tTeilnehmer\n"
    report = read(text, encoding="utf-16")
    assert report.people[0].spans == (Span(utc(16, 55), utc(17, 5)),)
