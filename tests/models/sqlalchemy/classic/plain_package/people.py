from sqlalchemy import Column, DateTime, String, Table

from .base import STAMP, key, metadata

people = Table(
    "people",
    metadata,
    key(),
    Column("name", String(30), nullable=False, index=True),
    Column("since", DateTime(timezone=True), server_default=STAMP),
)
