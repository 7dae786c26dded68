"""Polls about the time of a session."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime, WallDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_polls()
    _create_options()
    _create_voters()
    op.create_table(
        "poll_answers",
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("choice", _words("pollchoice", "yes", "if_need_be", "no"), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["poll_options.id"],
            name=op.f("fk_poll_answers_option_id_poll_options"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["voter_id"],
            ["poll_voters.id"],
            name=op.f("fk_poll_answers_voter_id_poll_voters"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("voter_id", "option_id", name=op.f("pk_poll_answers")),
    )
    op.create_index(op.f("ix_poll_answers_option_id"), "poll_answers", ["option_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_poll_answers_option_id"), table_name="poll_answers")
    op.drop_table("poll_answers")
    op.drop_index(op.f("ix_poll_voters_person_id"), table_name="poll_voters")
    op.drop_table("poll_voters")
    op.drop_index(op.f("ix_poll_options_poll_id"), table_name="poll_options")
    op.drop_table("poll_options")
    op.drop_table("polls")


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _create_polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("pollkind", "speakers", "audience"), nullable=False),
        sa.Column("zone_name", sa.Text(), nullable=False),
        sa.Column("deadline_local", WallDateTime(), nullable=False),
        sa.Column("deadline_zone_name", sa.Text(), nullable=False),
        sa.Column("deadline_later_fold", sa.Boolean(), nullable=False),
        sa.Column("deadline_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tzdata_version", sa.Text(), nullable=False),
        sa.Column("names_shown", sa.Boolean(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("chosen_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_polls_session_id_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("session_id", "kind", name=op.f("uq_polls_session_id_kind")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_polls_token_hash")),
    )


def _create_options() -> None:
    op.create_table(
        "poll_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("starts_local", WallDateTime(), nullable=False),
        sa.Column("later_fold", sa.Boolean(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tzdata_version", sa.Text(), nullable=False),
        sa.Column("moved_from_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id_polls"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
    )
    op.create_index(op.f("ix_poll_options_poll_id"), "poll_options", ["poll_id"], unique=False)


def _create_voters() -> None:
    op.create_table(
        "poll_voters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("came_open", sa.Boolean(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("zone_name", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("suggested_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_poll_voters_person_id_people")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_voters_poll_id_polls"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_voters")),
        sa.UniqueConstraint("poll_id", "email", name=op.f("uq_poll_voters_poll_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_poll_voters_token_hash")),
    )
    op.create_index(op.f("ix_poll_voters_person_id"), "poll_voters", ["person_id"], unique=False)
