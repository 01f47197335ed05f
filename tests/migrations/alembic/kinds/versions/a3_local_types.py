"""Types that the file itself declares"""
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeDecorator, UserDefinedType

revision = "kinds_3"
down_revision = "kinds_2"


class Trimmed(TypeDecorator):
    impl = sa.String(50)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.strip()


class Point(UserDefinedType):
    def get_col_spec(self, **kw):
        return "POINT"


class Weekday(str, enum.Enum):
    MONDAY = "mon"
    TUESDAY = "tue"


def upgrade():
    op.create_table(
        "places",
        sa.Column("name", Trimmed(), nullable=False),
        sa.Column("spot", Point()),
        sa.Column("opens", sa.Enum(Weekday), server_default=Weekday.MONDAY.name),
        sa.Column(
            "closes",
            sa.Enum(Weekday, name="closing_day", values_callable=lambda e: [x.value for x in e]),
            server_default=Weekday.TUESDAY.value,
        ),
    )


def downgrade():
    op.drop_table("places")
    sa.Enum(name="weekday").drop(op.get_bind(), checkfirst=False)
    sa.Enum(name="closing_day").drop(op.get_bind())
