"""What each release of the zone data said, and which release a moved start came from."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zone_releases",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("remembered_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_zone_releases")),
    )
    op.add_column("sessions", sa.Column("moved_from_tzdata", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("sessions", "moved_from_tzdata")
    op.drop_table("zone_releases")
