"""Series seats: somebody's registration for all coming dates of a series; reminders of calendars by choice."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seats") as seats:
        seats.add_column(sa.Column("alarm", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "series_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("zone_name", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held", "left", name="seriesseatstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("alone", sa.JSON(), nullable=False),
        sa.Column("alarm", sa.Boolean(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("ticket_hash", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_series_seats_series_id_series")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_series_seats_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_seats")),
        sa.UniqueConstraint("series_id", "person_id", name=op.f("uq_series_seats_series_id_person_id")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_series_seats_ticket_hash")),
    )
    op.create_index(op.f("ix_series_seats_person_id"), "series_seats", ["person_id"])


def downgrade() -> None:
    op.drop_table("series_seats")
    with op.batch_alter_table("seats") as seats:
        seats.drop_column("alarm")
