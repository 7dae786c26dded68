"""Which societies a society follows."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("followed_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("society_id <> followed_id", name=op.f("ck_follows_another_society")),
        sa.ForeignKeyConstraint(
            ["followed_id"], ["societies.id"], name=op.f("fk_follows_followed_id_societies")
        ),
        sa.ForeignKeyConstraint(
            ["society_id"], ["societies.id"], name=op.f("fk_follows_society_id_societies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("society_id", "followed_id", name=op.f("uq_follows_society_id_followed_id")),
    )
    op.create_index(op.f("ix_follows_followed_id"), "follows", ["followed_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_follows_followed_id"), table_name="follows")
    op.drop_table("follows")
