"""The steps from an older store to this program's, run by Alembic."""
