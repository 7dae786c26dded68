"""App passwords of calendar programs, and the log behind their sync tokens."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_passwords",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_app_passwords_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_passwords")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_app_passwords_token_hash")),
    )
    op.create_index(op.f("ix_app_passwords_person_id"), "app_passwords", ["person_id"])
    op.create_table(
        "synced_collections",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_synced_collections_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_synced_collections")),
    )
    op.create_table(
        "synced_events",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_synced_events_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "uid", name=op.f("pk_synced_events")),
    )
    op.create_index("ix_synced_events_person_id_version", "synced_events", ["person_id", "version"])


def downgrade() -> None:
    for table in ("synced_events", "synced_collections", "app_passwords"):
        op.drop_table(table)
