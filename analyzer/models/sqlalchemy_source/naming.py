"""Names and literals as SQLAlchemy's PostgreSQL dialect writes them."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Optional

from .values import NotStatic, QuotedName, Reference, Unknown

RESERVED_WORDS = frozenset(
    """all analyse analyze and any array as asc asymmetric both case cast check collate column
    constraint create current_catalog current_date current_role current_time current_timestamp
    current_user default deferrable desc distinct do else end except false fetch for foreign from
    grant group having in initially intersect into leading limit localtime localtimestamp new not
    null of off offset old on only or order placing primary references returning select
    session_user some symmetric table then to trailing true union unique user using variadic when
    where window with authorization between binary cross current_schema freeze full ilike inner is
    isnull join left like natural notnull outer over overlaps right similar verbose""".split()
)
LEGAL_CHARACTERS = re.compile(r"^[a-z0-9_$]+$", re.IGNORECASE)
BIND_PARAMETER = re.compile(r"(?<![:\w$\\]):([\w$]+)(?![:\w$])")
ESCAPED_COLON = re.compile(r"\\(:[\w$]*)(?![:\w$])")
LONGEST_NAME = 63


def quote(name: Any) -> str:
    """An identifier, quoted only where the dialect quotes it."""
    if isinstance(name, Unknown):
        raise NotStatic(name.why)
    if isinstance(name, Reference):
        raise NotStatic(f"the value of {name.path} is not in the file")
    if not isinstance(name, str) or not name:
        raise NotStatic("a name is missing or known only when it runs")
    forced = name.quote if isinstance(name, QuotedName) else None
    if forced is False:
        return name
    plain = (
        LEGAL_CHARACTERS.match(name)
        and name not in RESERVED_WORDS
        and name == name.lower()
        and not name[0].isdigit()
        and name[0] != "$"
    )
    if plain and forced is None:
        return str(name)
    return '"' + name.replace('"', '""') + '"'


def quote_schema(schema: str) -> str:
    return quote(schema)


def qualified(name: Any, schema: Any) -> str:
    if isinstance(schema, Unknown):
        raise NotStatic(schema.why)
    return f"{quote_schema(schema)}.{quote(name)}" if schema else quote(name)


def text_literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def literal(value: Any) -> str:
    """A constant as the dialect writes it where a statement cannot take parameters."""
    if value is None:
        return "NULL"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return text_literal(value)
    raise NotStatic("a value is neither text nor number")


def text_clause(text: str) -> str:
    """What `sa.text` sends: `\\:` is a colon, and a `:name` would need a value."""
    parameter = BIND_PARAMETER.search(text)
    if parameter is not None:
        raise NotStatic(f"the SQL has a parameter :{parameter.group(1)} whose value is not in it")
    return ESCAPED_COLON.sub(lambda match: match.group(1), text)


def shortened(name: str) -> str:
    """A generated name, cut as SQLAlchemy cuts one that PostgreSQL would cut differently."""
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.md5(name.encode("utf-8")).hexdigest()
    return name[: LONGEST_NAME - 8] + "_" + digest[-4:]


def index_name_for(table: str, schema: Optional[str], column: str) -> str:
    label = f"{table}_{column}"
    if schema:
        label = f"{schema.replace('.', '_')}_{label}"
    return shortened(f"ix_{label}")
