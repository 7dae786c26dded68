"""Awards."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Text(), nullable=False),
        sa.Column("scheme_version", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("input", sa.JSON(), nullable=False),
        sa.Column("input_hash", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("awarded_by_id", sa.Integer(), nullable=False),
        sa.Column("awarded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["awarded_by_id"], ["people.id"], name=op.f("fk_awards_awarded_by_id_people")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_awards_seat_id_seats")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_awards_session_id_sessions")),
        sa.ForeignKeyConstraint(
            ["society_id"], ["societies.id"], name=op.f("fk_awards_society_id_societies")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["awards.id"], name=op.f("fk_awards_superseded_by_id_awards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
    )
    op.create_index(
        "ix_awards_seat_id_superseded_by_id", "awards", ["seat_id", "superseded_by_id"], unique=False
    )
    op.create_index(op.f("ix_awards_session_id"), "awards", ["session_id"], unique=False)
    op.create_index(op.f("ix_awards_society_id"), "awards", ["society_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_awards_society_id"), table_name="awards")
    op.drop_index(op.f("ix_awards_session_id"), table_name="awards")
    op.drop_index("ix_awards_seat_id_superseded_by_id", table_name="awards")
    op.drop_table("awards")
