"""What was published, figure by figure, and which rounds were closed.

What stands here never changes; `tables` shows the latest store, and a test compares the two.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        *map(_text, ("round", "kind", "audience", "viewer", "about", "as_of", "at", "who")),
    )
    op.create_table(
        "publication_files",
        _publication(),
        _text("name", key=True),
        _text("checksum"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "publication_figures",
        _publication(),
        _text("figure", key=True),
        *map(_text, ("shown", "exact", "people", "unit")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "round_marks",
        *(_text(name, key=True) for name in ("round", "at")),
        *map(_text, ("action", "who", "because", "manifest")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in ("round_marks", "publication_figures", "publication_files", "publications"):
        op.drop_table(name)


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _publication() -> sa.Column[str]:
    owner = sa.ForeignKey("publications.id", ondelete="CASCADE")
    return sa.Column("publication", sa.Text, owner, primary_key=True, nullable=False)
