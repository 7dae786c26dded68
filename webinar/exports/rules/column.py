"""The columns of the attendance table, in their order, each with what it says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`name` is the heading in the file; `says` explains it in plain English, to be translated."""

    name: str
    says: str


ATTENDANCE: tuple[Column, ...] = (
    Column("award_id", "Our number of the award; empty before credits are awarded."),
    Column("activity_id", "The session’s name in its address; stays the same for ever."),
    Column("activity_title", "Title of the session."),
    Column("format", "How it was held: always “live” here."),
    Column("starts_at", "Planned start in UTC, as 2026-10-14T13:00:00Z."),
    Column("ends_at", "Planned end in UTC."),
    Column("timezone", "The event’s own time zone, by its IANA name."),
    Column("scheme", "Id of the credit rule; “attendance” where no credit is given."),
    Column("scheme_version", "Version of that rule."),
    Column("unit", "What one credit is called under the rule."),
    Column("role", "Always “learner” here."),
    Column("given_name", "A proposal: the name without its last word. Compare name_on_certificate."),
    Column("family_name", "A proposal: the last word of the name, or what stands before a comma."),
    Column("name_on_certificate", "The name exactly as the person gave or corrected it."),
    Column("email", "The address the person registered with."),
    Column("country", "Country as two letters (ISO 3166-1), if given."),
    Column("minutes_present", "Whole minutes present within the session; 0 for who did not come."),
    Column("credit_computed", "Credit by the rule, exact; empty before credits are awarded."),
    Column("credit_claimed", "Credit on the certificate; the same as computed."),
    Column("status", "ok, blocked: and the missing step, not_awarded (came, no award yet) or absent."),
    Column("completed_on", "Date on which the session ended, in the event’s zone; empty without an award."),
    Column("certificate_id", "Code of the last certificate; look it up under /v/ and the code."),
    Column("issued_at", "When that certificate was issued, in UTC."),
    Column("withdrawn_at", "When it was withdrawn, in UTC; empty if it was not."),
    Column("starts_local", "Planned start by the event’s clock with its offset to UTC."),
    Column("ends_local", "Planned end by the event’s clock with its offset to UTC."),
)

LOG: tuple[Column, ...] = (
    Column("date", "Date of the session in the event’s zone."),
    Column("starts_at", "Start in UTC."),
    Column("timezone", "The event’s own time zone."),
    Column("title", "Title of the session."),
    Column("society", "Who held it."),
    Column("minutes_present", "Whole minutes present."),
    Column("credit", "Credit awarded."),
    Column("unit", "What one credit is called."),
    Column("scheme", "Id of the credit rule."),
    Column("scheme_version", "Version of that rule."),
    Column("certificate_id", "Code of the certificate that counts now."),
    Column("verify_url", "Address where anybody can check it."),
)
