import sqlalchemy as sa

PREFIX = "x"


def build(schema=None):
    """A metadata with names that begin alike."""
    names = {
        kind: f"{PREFIX}_{kind}_%(table_name)s_%(column_0_name)s" for kind in ("ix", "uq", "fk")
    }
    return sa.MetaData(schema=schema, naming_convention={**names, "pk": "pk_%(table_name)s"})
