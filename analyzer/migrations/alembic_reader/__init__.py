"""Reads Alembic revision files without running them and tells the SQL they would send."""
