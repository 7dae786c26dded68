"""Feeds: versions, changes, stored bytes, and keys of two kinds."""

import sqlalchemy as sa
from alembic import op

from webinar.db.base import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _kinds(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("feed_keys") as keys:
        keys.add_column(
            sa.Column(
                "kind", _kinds("feedkind", "personal", "organiser"), nullable=False, server_default="personal"
            )
        )
    with op.batch_alter_table("feed_keys") as keys:
        keys.alter_column("kind", server_default=None)
    op.create_table(
        "feed_scopes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _kinds("scopekind", "person", "organiser", "society", "series"), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_scopes")),
        sa.UniqueConstraint("kind", "owner_id", name=op.f("uq_feed_scopes_kind_owner_id")),
    )
    op.create_table(
        "feed_changes",
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scope_id"], ["feed_scopes.id"], name=op.f("fk_feed_changes_scope_id_feed_scopes")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_feed_changes_session_id_sessions")
        ),
        sa.PrimaryKeyConstraint("scope_id", "session_id", name=op.f("pk_feed_changes")),
    )
    op.create_index("ix_feed_changes_scope_id_version", "feed_changes", ["scope_id", "version"])
    op.create_table(
        "feed_bodies",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("plain", sa.LargeBinary(), nullable=False),
        sa.Column("zipped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_feed_bodies")),
    )
    op.create_table(
        "feed_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("modified", sa.Integer(), nullable=False),
        sa.Column("making_until", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_hash"], ["feed_bodies.hash"], name=op.f("fk_feed_copies_body_hash_feed_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["scope_id"], ["feed_scopes.id"], name=op.f("fk_feed_copies_scope_id_feed_scopes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_copies")),
        sa.UniqueConstraint("scope_id", "variant", name=op.f("uq_feed_copies_scope_id_variant")),
    )
    op.create_index(op.f("ix_feed_copies_body_hash"), "feed_copies", ["body_hash"])
    op.create_index("ix_feed_copies_day", "feed_copies", ["day"])
    op.create_table(
        "feed_fragments",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("seat_version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("zone_name", sa.Text(), nullable=True),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_feed_fragments_session_id_sessions")
        ),
        sa.PrimaryKeyConstraint("session_id", "reader", "locale", name=op.f("pk_feed_fragments")),
    )
    op.create_index(op.f("ix_feed_fragments_ends_at"), "feed_fragments", ["ends_at"])


def downgrade() -> None:
    for table in ("feed_fragments", "feed_copies", "feed_bodies", "feed_changes", "feed_scopes"):
        op.drop_table(table)
    op.execute("DELETE FROM feed_keys WHERE kind <> 'personal'")
    with op.batch_alter_table("feed_keys") as keys:
        keys.drop_constraint("feedkind", type_="check")
        keys.drop_column("kind")
