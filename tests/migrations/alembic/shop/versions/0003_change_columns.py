"""Change columns in every way that there is

Revision ID: 4a01c0ffee03
Revises: 4a01c0ffee02
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '4a01c0ffee03'
down_revision = '4a01c0ffee02'


def upgrade():
    op.alter_column('customers', 'full_name', existing_type=sa.Unicode(120), nullable=False)
    op.alter_column('customers', 'full_name', new_column_name='display_name')
    op.alter_column('customers', 'email', type_=sa.Text(), existing_type=sa.String(320))
    op.alter_column('customers', 'is_active', server_default=None)
    op.alter_column('customers', 'loyalty', server_default=sa.text('10'), comment='points')
    op.alter_column('orders', 'note', server_default='nothing', type_=sa.String(400),
                    nullable=False, new_column_name='remark', comment="don't print")
    op.alter_column('orders', 'reference', type_=postgresql.BYTEA(),
                    postgresql_using="convert_to(reference, 'UTF8')")
    op.alter_column('order_lines', 'position', comment=None, server_default=sa.func.now()
                    if False else False)
    op.create_table_comment('orders', "What was ordered", existing_comment=None)
    op.drop_table_comment('customers', existing_comment="People who buy, it's them")
    op.rename_table('order_lines', 'order_items')


def downgrade():
    op.rename_table('order_items', 'order_lines')
    op.create_table_comment('customers', "People who buy, it's them")
    op.drop_table_comment('orders')
    op.alter_column('orders', 'reference', type_=sa.String(20),
                    postgresql_using="convert_from(reference, 'UTF8')")
    op.alter_column('orders', 'remark', new_column_name='note', nullable=True,
                    type_=sa.Text(), server_default="it's empty: 100%", comment=None)
    op.alter_column('customers', 'loyalty', server_default='0', comment=None)
    op.alter_column('customers', 'is_active', server_default=sa.sql.expression.true())
    op.alter_column('customers', 'email', type_=sa.String(320))
    op.alter_column('customers', 'display_name', new_column_name='full_name')
    op.alter_column('customers', 'full_name', nullable=True)
