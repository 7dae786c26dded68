"""Answers from calendars: mails that came in, replies, the answer that stands for a seat."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("lease_epoch", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("last_read_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("failing_since_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint("name", name=op.f("uq_mailboxes_name")),
    )
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("source", _words("source", "imap", "webhook", "pipe"), nullable=False),
        sa.Column(
            "state",
            _words("arrivalstate", "new", "read", "unreadable", "too_large", "set_aside"),
            nullable=False,
        ),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("arrived_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=True),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=True),
        sa.Column("uid", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailbox_id"], ["mailboxes.id"], name=op.f("fk_arrivals_mailbox_id_mailboxes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint("digest", name=op.f("uq_arrivals_digest")),
    )
    op.create_index("ix_arrivals_state_arrived_at", "arrivals", ["state", "arrived_at"])
    op.create_index("ix_arrivals_mailbox_id_settled_at", "arrivals", ["mailbox_id", "settled_at"])
    op.create_table(
        "calendar_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arrival_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("recurs_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamp_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("attendee", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("delegated_to", sa.Text(), nullable=False),
        sa.Column("asks_for_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("proof", _words("proof", "signed", "receiver", "token", "none"), nullable=False),
        sa.Column(
            "standing",
            _words("standing", "taken", "held", "ignored", "overtaken", "old_time", "noted"),
            nullable=False,
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["arrivals.id"], name=op.f("fk_calendar_replies_arrival_id_arrivals")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_calendar_replies_session_id_sessions")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_calendar_replies_seat_id_seats")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_calendar_replies_decided_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_replies")),
        sa.UniqueConstraint("identity", name=op.f("uq_calendar_replies_identity")),
    )
    op.create_index(op.f("ix_calendar_replies_arrival_id"), "calendar_replies", ["arrival_id"])
    op.create_index(op.f("ix_calendar_replies_seat_id"), "calendar_replies", ["seat_id"])
    op.create_index("ix_calendar_replies_session_id_standing", "calendar_replies", ["session_id", "standing"])
    op.create_table(
        "seat_answers",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_seat_answers_seat_id_seats")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["calendar_replies.id"], name=op.f("fk_seat_answers_reply_id_calendar_replies")
        ),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_seat_answers")),
    )
    op.create_table(
        "decline_policies",
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("rule", _words("declinerule", "free", "ask", "keep"), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"], ["societies.id"], name=op.f("fk_decline_policies_society_id_societies")
        ),
        sa.PrimaryKeyConstraint("society_id", name=op.f("pk_decline_policies")),
    )


def downgrade() -> None:
    for table in ("decline_policies", "seat_answers", "calendar_replies", "arrivals", "mailboxes"):
        op.drop_table(table)
