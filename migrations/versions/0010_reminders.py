"""Traces of reminders."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("posted_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_reminders_seat_id_seats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "seat_id",
            "starts_at",
            "offset_minutes",
            name=op.f("uq_reminders_seat_id_starts_at_offset_minutes"),
        ),
    )


def downgrade() -> None:
    op.drop_table("reminders")
