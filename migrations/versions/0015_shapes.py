"""Shapes: a session's second live hour, and the window of its discussion."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime, WallDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("hour", sa.Integer(), nullable=True))
        sessions.add_column(sa.Column("twin_of_id", sa.Integer(), nullable=True))
        sessions.add_column(sa.Column("window_opens_local", WallDateTime(), nullable=True))
        sessions.add_column(sa.Column("window_closes_local", WallDateTime(), nullable=True))
        sessions.add_column(sa.Column("window_opens_at", UtcDateTime(timezone=True), nullable=True))
        sessions.add_column(sa.Column("window_closes_at", UtcDateTime(timezone=True), nullable=True))
        sessions.create_foreign_key(
            op.f("fk_sessions_twin_of_id_sessions"), "sessions", ["twin_of_id"], ["id"]
        )
        sessions.create_check_constraint(
            op.f("ck_sessions_hour_of_twins"),
            "hour IS NULL OR (hour = 1 AND twin_of_id IS NULL) OR (hour = 2 AND twin_of_id IS NOT NULL)",
        )
        sessions.create_check_constraint(
            op.f("ck_sessions_window_closes_after_it_opens"),
            "(window_opens_at IS NULL AND window_closes_at IS NULL) OR window_closes_at > window_opens_at",
        )
    op.create_index(
        "ix_sessions_twin_of_id",
        "sessions",
        ["twin_of_id"],
        unique=True,
        sqlite_where=sa.text("hour = 2"),
        postgresql_where=sa.text("hour = 2"),
    )


def downgrade() -> None:
    op.drop_index("ix_sessions_twin_of_id", table_name="sessions")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_constraint(op.f("ck_sessions_window_closes_after_it_opens"), type_="check")
        sessions.drop_constraint(op.f("ck_sessions_hour_of_twins"), type_="check")
        sessions.drop_constraint(op.f("fk_sessions_twin_of_id_sessions"), type_="foreignkey")
        for name in (
            "window_closes_at", "window_opens_at", "window_closes_local", "window_opens_local",
            "twin_of_id", "hour",
        ):  # fmt: skip
            sessions.drop_column(name)
