"""Rows come and go; the schema does not change but for one column"""
import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session
from sqlalchemy.sql import column, table

revision = "texts_3"
down_revision = "texts_2"

north = table("north", column("id", sa.Integer), column("wind", sa.Text))


def upgrade():
    op.add_column("north", sa.Column("speed", sa.Integer))
    op.bulk_insert(north, [{"id": n, "wind": f"w{n}", "rain": None} for n in ()])
    connection = op.get_bind()
    connection.execute(north.update().where(north.c.id == 1).values(wind="calm"))
    connection.execute(
        sa.text("UPDATE north SET speed = :speed, updated_at = :now"),
        {"speed": 1, "now": datetime.datetime.now()},
    )
    op.execute(sa.text("UPDATE north SET speed = :s WHERE id = 4").bindparams(s=4))
    for row in connection.execute(sa.text("SELECT id, wind FROM north")).fetchall():
        connection.execute(north.delete().where(north.c.id == row.id))
    session = Session(bind=connection)
    session.execute(sa.text("DELETE FROM south WHERE id > 100"))
    session.commit()
    op.execute(sa.update(north).values(wind=sa.func.lower(north.c.wind)))
    op.alter_column("north", "speed", server_default="0")


def downgrade():
    op.drop_column("north", "speed")
