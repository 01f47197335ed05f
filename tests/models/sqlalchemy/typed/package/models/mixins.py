import sqlalchemy as sa
from sqlalchemy import orm


class WithId:
    id: orm.Mapped[int] = orm.mapped_column(sa.BigInteger, primary_key=True)
