"""Series, sessions, speakers."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime, WallDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "webinar",
                "journal_club",
                "case_discussion",
                "workshop",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("zone_name", sa.Text(), nullable=False),
        sa.Column("starts_local", WallDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("credit_scheme", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"], ["societies.id"], name=op.f("fk_series_society_id_societies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("society_id", "slug", name=op.f("uq_series_society_id_slug")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_number", sa.Integer(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "webinar",
                "journal_club",
                "case_discussion",
                "workshop",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("objectives", sa.JSON(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("zone_name", sa.Text(), nullable=False),
        sa.Column("starts_local", WallDateTime(), nullable=False),
        sa.Column("later_fold", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tzdata_version", sa.Text(), nullable=False),
        sa.Column("credit_scheme", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("moved_from_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("recording_url", sa.Text(), nullable=False),
        sa.Column("recording_note", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_sessions_capacity_positive")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sessions_ends_after_start")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_sessions_series_id_series")),
        sa.ForeignKeyConstraint(
            ["society_id"], ["societies.id"], name=op.f("fk_sessions_society_id_societies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("slug", name=op.f("uq_sessions_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_sessions_uid")),
    )
    op.create_index(op.f("ix_sessions_series_id"), "sessions", ["series_id"], unique=False)
    op.create_index("ix_sessions_society_id_starts_at", "sessions", ["society_id", "starts_at"], unique=False)
    op.create_index("ix_sessions_state_starts_at", "sessions", ["state", "starts_at"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "speaker",
                "moderator",
                "discussant",
                name="speakerrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("talk_title", sa.Text(), nullable=False),
        sa.Column("talk_minutes", sa.Integer(), nullable=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("invited_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "waiting",
                "confirmed",
                "other_time",
                "declined",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer_note", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "disclosure",
            sa.Enum(
                "none", "listed", name="disclosure", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("disclosure_text", sa.Text(), nullable=False),
        sa.Column("disclosed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("recording_consent", sa.Boolean(), nullable=True),
        sa.Column("consented_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_speakers_person_id_people")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_speakers_session_id_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("session_id", "email", name=op.f("uq_speakers_session_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_speakers_token_hash")),
    )
    op.create_index(op.f("ix_speakers_person_id"), "speakers", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_speakers_person_id"), table_name="speakers")
    op.drop_table("speakers")
    op.drop_index("ix_sessions_state_starts_at", table_name="sessions")
    op.drop_index("ix_sessions_society_id_starts_at", table_name="sessions")
    op.drop_index(op.f("ix_sessions_series_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("series")
