from alembic import context
from library.models.base import Base

target_metadata = Base.metadata


def run_migrations_online():
    connectable = context.config.attributes["connection"]
    context.configure(connection=connectable, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()


run_migrations_online()
