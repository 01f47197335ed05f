"""What only running decides; here it comes to nothing"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.engine.reflection import Inspector

revision = "texts_4"
down_revision = "texts_3"


def upgrade():
    inspector = Inspector.from_engine(op.get_bind())
    if "middle" not in inspector.get_table_names():
        op.create_table("middle", sa.Column("id", sa.Integer))
    columns = {c["name"] for c in sa.inspect(op.get_bind()).get_columns("north")}
    if "speed" not in columns:
        op.add_column("north", sa.Column("speed", sa.Integer))
    for index in inspector.get_indexes("middle"):
        op.drop_index(index["name"], table_name="middle")
    op.execute("ALTER TABLE middle ADD COLUMN depth int")


def downgrade():
    op.drop_column("middle", "depth")
    if sa.inspect(op.get_bind()).has_table("nowhere"):
        return
    op.get_bind().execute(sa.text("SELECT 1"))
