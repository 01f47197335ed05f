from sqlalchemy import Column, Integer, MetaData, text

metadata = MetaData()


def key(name="id"):
    return Column(name, Integer, primary_key=True, comment=f"key {name}")


STAMP = text("now()")
