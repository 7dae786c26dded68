"""Plans for fair seasons."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "season_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("society_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("season", sa.JSON(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "greedy",
                "waiting",
                "running",
                "stopping",
                "over",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("picks", sa.JSON(), nullable=False),
        sa.Column("worst", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("applied_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_season_plans_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_season_plans_series_id_series")),
        sa.ForeignKeyConstraint(
            ["society_id"], ["societies.id"], name=op.f("fk_season_plans_society_id_societies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_plans")),
    )
    op.create_index(op.f("ix_season_plans_series_id"), "season_plans", ["series_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_season_plans_series_id"), table_name="season_plans")
    op.drop_table("season_plans")
