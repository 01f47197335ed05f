"""Python source that uses SQLAlchemy, read without running it: what its expressions stand for, and
what its types, columns, constraints and indexes are in PostgreSQL.

The readers of Alembic revisions and of models are built on it.
"""
