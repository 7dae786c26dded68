"""Series have an identity of their own, count their changes, and know what they were split from."""

import uuid

import sqlalchemy as sa
from alembic import op

from webinar.db.base import WallDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("series") as batch:
        batch.add_column(sa.Column("uid", sa.Text(), nullable=True))
        batch.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_series_split_from_id_series"), "series", ["split_from_id"], ["id"])
    series = sa.table("series", sa.column("id", sa.Integer), sa.column("uid", sa.Text))
    for series_id in op.get_bind().scalars(sa.select(series.c.id)).all():
        op.execute(sa.update(series).where(series.c.id == series_id).values(uid=str(uuid.uuid4())))
    with op.batch_alter_table("series") as batch:
        batch.alter_column("uid", existing_type=sa.Text(), nullable=False)
        batch.alter_column("revision", existing_type=sa.Integer(), server_default=None)
        batch.create_unique_constraint(op.f("uq_series_uid"), ["uid"])
    with op.batch_alter_table("sessions") as batch:
        batch.add_column(sa.Column("series_starts_local", WallDateTime(), nullable=True))
    # Whoever moved a session before now gave it a date outside the rule, which is what an added date is.
    op.execute("UPDATE sessions SET series_starts_local = starts_local WHERE series_id IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("sessions") as batch:
        batch.drop_column("series_starts_local")
    with op.batch_alter_table("series") as batch:
        batch.drop_constraint(op.f("uq_series_uid"), type_="unique")
        batch.drop_constraint(op.f("fk_series_split_from_id_series"), type_="foreignkey")
        batch.drop_column("split_from_id")
        batch.drop_column("revision")
        batch.drop_column("uid")
