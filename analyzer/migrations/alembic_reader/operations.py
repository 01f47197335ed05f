"""Alembic's operations (`op.add_column(...)`) as the statements they send to PostgreSQL."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from sqlalchemy_source.column_types import TypeReader, type_sql
from sqlalchemy_source.expressions import ExpressionWriter, name_list
from sqlalchemy_source.naming import qualified, quote, text_clause
from sqlalchemy_source.tables import (
    IDENTITY_NAMES,
    SEQUENCE_NAMES,
    Column,
    ForeignKey,
    Statement,
    TableWriter,
    comment_on,
    create_enum,
    create_sequence,
    known,
    named,
    plain,
    quoted,
    sequence_options,
)
from sqlalchemy_source.values import Construct, NotStatic, Reference, first_unknown

OTHER_DATABASES = ("mysql_", "mariadb_", "sqlite_", "mssql_", "oracle_")

# Positional parameters of each operation, the same in a batch where they stand without the table.
PARAMETERS: Dict[str, List[str]] = {
    "create_table": ["table_name", "*"],
    "drop_table": ["table_name"],
    "rename_table": ["old_table_name", "new_table_name"],
    "add_column": ["table_name", "column"],
    "drop_column": ["table_name", "column_name"],
    "alter_column": ["table_name", "column_name"],
    "create_index": ["index_name", "table_name", "columns"],
    "drop_index": ["index_name", "table_name"],
    "create_foreign_key": [
        "constraint_name",
        "source_table",
        "referent_table",
        "local_cols",
        "remote_cols",
        "onupdate",
        "ondelete",
        "deferrable",
        "initially",
    ],
    "create_primary_key": ["constraint_name", "table_name", "columns"],
    "create_unique_constraint": ["constraint_name", "table_name", "columns"],
    "create_check_constraint": ["constraint_name", "table_name", "condition"],
    "create_exclude_constraint": ["constraint_name", "table_name", "*"],
    "drop_constraint": ["constraint_name", "table_name", "type_"],
    "create_table_comment": ["table_name", "comment"],
    "drop_table_comment": ["table_name"],
}
BATCH_OPERATIONS = frozenset(PARAMETERS) - {"create_table", "drop_table", "rename_table"}
TABLE_PARAMETERS = (
    "table_name",
    "old_table_name",
    "new_table_name",
    "source_table",
    "referent_table",
)


# What an operation is about; each use of these looks at the value itself.
SUBJECTS = frozenset(
    """table_name old_table_name new_table_name column column_name index_name columns condition
    constraint_name source_table referent_table local_cols remote_cols""".split()
)


class Call:
    """The arguments of one operation, by name."""

    def __init__(self, operation: str, args: List[Any], kwargs: Dict[str, Any]) -> None:
        self.operation = operation
        self.rest: List[Any] = []
        self.options: Dict[str, Any] = {}
        names = PARAMETERS[operation]
        for position, value in enumerate(args):
            if position < len(names) and names[position] != "*":
                self.options[names[position]] = value
            elif "*" in names:
                self.rest.append(value)
            else:
                self.options[f"argument {position + 1}"] = value
        self.options.update(
            {key: value for key, value in kwargs.items() if not key.startswith(OTHER_DATABASES)}
        )

    def get(self, name: str, default: Any = None) -> Any:
        value = self.options.get(name, default)
        if name in SUBJECTS or name not in self.options:
            return known(value)
        return plain({name: value})[name]

    def needed(self, name: str) -> Any:
        if name not in self.options:
            raise NotStatic(f"op.{self.operation} has no {name}")
        return self.get(name)

    def tables(self) -> List[str]:
        schema = self.options.get("schema", self.options.get("source_schema"))
        names = [self.options.get(parameter) for parameter in TABLE_PARAMETERS]
        prefix = f"{schema}." if isinstance(schema, str) else ""
        return [prefix + name for name in names if isinstance(name, str) and name]


class OperationWriter:
    def __init__(self, types: TypeReader) -> None:
        self._types = types
        self._expressions = ExpressionWriter(types)
        self._tables = TableWriter(types, self._expressions)

    def knows(self, operation: str) -> bool:
        return operation in PARAMETERS

    def statements(self, call: Call) -> List[Statement]:
        """What the operation sends; NotStatic where that cannot be told."""
        if "**" in call.options:
            raise NotStatic("it takes options that are not known without running it")
        writer: Callable[[Call], List[Statement]] = getattr(self, "_" + call.operation)
        return writer(call)

    def _create_table(self, call: Call) -> List[Statement]:
        for item in call.rest:
            known(item)
        options = plain({k: v for k, v in call.options.items() if k not in ("table_name", "info")})
        return self._tables.create_table(call.needed("table_name"), call.rest, options)

    def create_table_of(self, table: Construct) -> List[Statement]:
        """`sa.Table(name, metadata, ...).create(bind)`."""
        items = [item for item in table.args[1:] if not is_metadata(item)]
        options = {key: value for key, value in table.kwargs.items() if key != "info"}
        return self._tables.create_table(known(table.args[0]), known(items), plain(options))

    def _drop_table(self, call: Call) -> List[Statement]:
        guard = "IF EXISTS " if call.get("if_exists") else ""
        name = quoted(call.needed("table_name"), call.get("quote"))
        return [Statement(f"DROP TABLE {guard}{qualified(name, call.get('schema'))}")]

    def _rename_table(self, call: Call) -> List[Statement]:
        old = qualified(call.needed("old_table_name"), call.get("schema"))
        return [Statement(f"ALTER TABLE {old} RENAME TO {quote(call.needed('new_table_name'))}")]

    def _table(self, call: Call) -> str:
        return qualified(call.needed("table_name"), call.get("schema"))

    def _add_column(self, call: Call) -> List[Statement]:
        if "column" not in call.options:
            raise NotStatic("op.add_column has no column")
        for placing in ("insert_before", "insert_after"):
            if call.get(placing) is not None:
                raise NotStatic(f"Alembic refuses {placing} where the table is not recreated")
        column = self._tables.read_column(call.get("column"))
        schema, table = call.get("schema"), self._table(call)
        guard = "IF NOT EXISTS " if call.get("if_not_exists") else ""
        numbered = column.primary_key and column.may_be_numbered()
        spec = self._tables.column_specification(column, schema, numbered)
        if call.get("inline_primary_key") and column.primary_key:
            spec += " PRIMARY KEY"
        if call.get("inline_references") and len(column.foreign_keys) == 1:
            spec += " " + self._tables.references(column.foreign_keys.pop())
        statements = [Statement(f"ALTER TABLE {table} ADD COLUMN {guard}{spec}")]
        statements += self._constraints_of_column(table, column)
        if column.index:
            name = call.needed("table_name")
            statements.append(self._tables.implied_index(name, schema, column))
        if column.comment:
            place = f"{table}.{quote(column.name)}"
            statements.append(comment_on("COLUMN", place, column.comment))
        return statements

    def _constraints_of_column(self, table: str, column: Column) -> List[Statement]:
        texts = []
        if column.unique and not column.index:
            texts.append(self._tables.unique_constraint([quote(column.name)], {}))
        texts += [self._tables.foreign_key(key) for key in column.foreign_keys]
        texts += self._tables.enum_checks(column)
        return [Statement(f"ALTER TABLE {table} ADD {text}") for text in texts]

    def _drop_column(self, call: Call) -> List[Statement]:
        guard = "IF EXISTS " if call.get("if_exists") else ""
        column = quote(call.needed("column_name"))
        return [Statement(f"ALTER TABLE {self._table(call)} DROP COLUMN {guard}{column}")]

    def _alter_column(self, call: Call) -> List[Statement]:
        table, name = self._table(call), call.needed("column_name")
        place = f"ALTER TABLE {table} ALTER COLUMN {quote(name)}"
        new_type, old_type = call.get("type_"), call.get("existing_type")
        texts: List[str] = []
        if new_type is not None and old_type is not None:
            texts += self._checks_dropped_with_type(table, old_type)
        if new_type is not None:
            texts.append(f"{place} TYPE {self._type(new_type, call)}{self._using(call)}")
        elif call.get("postgresql_using") is not None:
            raise NotStatic("Alembic refuses postgresql_using without type_")
        if call.get("nullable") is not None:
            texts.append(f"{place} {'DROP' if call.get('nullable') else 'SET'} NOT NULL")
        texts += self._changed_default(call, place)
        statements = [Statement(text) for text in texts]
        comment = call.get("comment", False)
        if comment is not False:
            statements.append(comment_on("COLUMN", f"{table}.{quote(name)}", comment))
        renamed = call.get("new_column_name", call.get("name"))
        if renamed is not None:
            text = f"ALTER TABLE {table} RENAME {quote(name)} TO {quote(renamed)}"
            statements.append(Statement(text))
        if new_type is not None:
            column = Column(name=name, type=self._types.read(new_type))
            statements += self._constraints_of_column(table, column)
        return statements

    def _type(self, value: Any, call: Call) -> str:
        return type_sql(self._types.read(value), call.get("schema"))

    def _using(self, call: Call) -> str:
        using = call.get("postgresql_using")
        if using is None:
            return ""
        if isinstance(using, Construct):
            using = self._expressions.write(using)
        return f" USING {using}"

    def _checks_dropped_with_type(self, table: str, old_type: Any) -> List[str]:
        """Where the old type's CHECK was SQLAlchemy's own, Alembic takes it away first."""
        try:
            enums = self._types.read(old_type).enums
        except NotStatic:
            return []
        checked = [enum for enum in enums if not enum.native and enum.has_check]
        if any(not enum.name for enum in checked):
            raise NotStatic("Alembic cannot drop the CHECK of an enumeration without a name")
        return [f"ALTER TABLE {table} DROP CONSTRAINT {quote(enum.name)}" for enum in checked]

    def _changed_default(self, call: Call, place: str) -> List[str]:
        default = call.get("server_default", False)
        if default is False:
            return []
        existing = call.options.get("existing_server_default")
        if is_construct(default, "Computed") or is_construct(existing, "Computed"):
            raise NotStatic("Alembic refuses to change a computed column in place")
        if is_construct(default, "Identity") or is_construct(existing, "Identity"):
            return [self._changed_identity(place, default, call)]
        text = self._tables.server_default(default)
        return [f"{place} SET DEFAULT {text}" if text is not None else f"{place} DROP DEFAULT"]

    def _changed_identity(self, place: str, default: Any, call: Call) -> str:
        existing = call.options.get("existing_server_default")
        if default is None:
            return f"{place} DROP IDENTITY"
        if not is_construct(default, "Identity"):
            raise NotStatic("an identity column is given a default")
        if existing is None and "existing_server_default" in call.options:
            return f"{place} ADD {self._tables.identity(default)}"
        before: Dict[str, Any] = {}
        if isinstance(existing, Construct) and existing.name == "Identity":
            before = named(existing, IDENTITY_NAMES)
        return place + changed_identity(before, named(default, IDENTITY_NAMES))

    def _create_index(self, call: Call) -> List[Statement]:
        names = ("index_name", "table_name", "columns")
        options = {k: v for k, v in call.options.items() if k not in names}
        keys = call.needed("columns")
        if call.options.get("index_name", "") == "":
            raise NotStatic("op.create_index has no name")
        table = call.needed("table_name")
        return [self._tables.create_index(call.get("index_name"), table, keys, options)]

    def _drop_index(self, call: Call) -> List[Statement]:
        text = "DROP INDEX "
        text += "CONCURRENTLY " if call.get("postgresql_concurrently") else ""
        text += "IF EXISTS " if call.get("if_exists") else ""
        return [Statement(text + qualified(call.needed("index_name"), call.get("schema")))]

    def _add_constraint(self, call: Call, text: str) -> List[Statement]:
        return [Statement(f"ALTER TABLE {self._table(call)} ADD {text}")]

    def _options(self, call: Call) -> Dict[str, Any]:
        """The options of a constraint; what is positional is looked at where it is used."""
        known(call.options)
        return plain({k: v for k, v in call.options.items() if k not in SUBJECTS})

    def _create_foreign_key(self, call: Call) -> List[Statement]:
        options = {**self._options(call), "name": call.get("constraint_name")}
        target = qualified(call.needed("referent_table"), call.get("referent_schema"))
        columns = name_list(call.needed("local_cols"))
        key = ForeignKey(columns, target, name_list(call.needed("remote_cols")), options)
        source = qualified(
            call.needed("source_table"), call.get("source_schema", call.get("schema"))
        )
        return [Statement(f"ALTER TABLE {source} ADD {self._tables.foreign_key(key)}")]

    def _create_primary_key(self, call: Call) -> List[Statement]:
        columns = name_list(call.needed("columns"))
        options = {**self._options(call), "name": call.get("constraint_name")}
        return self._add_constraint(call, self._tables.primary_key_constraint(columns, options))

    def _create_unique_constraint(self, call: Call) -> List[Statement]:
        columns = name_list(call.needed("columns"))
        options = {**self._options(call), "name": call.get("constraint_name")}
        return self._add_constraint(call, self._tables.unique_constraint(columns, options))

    def _create_check_constraint(self, call: Call) -> List[Statement]:
        options = {**self._options(call), "name": call.get("constraint_name")}
        check = Construct(
            "sqlalchemy.CheckConstraint",
            [call.needed("condition")],
            {
                key: options[key]
                for key in ("name", "deferrable", "initially", "postgresql_not_valid")
                if key in options
            },
        )
        return self._add_constraint(call, self._tables.check_constraint(check))

    def _create_exclude_constraint(self, call: Call) -> List[Statement]:
        options = {**self._options(call), "name": call.get("constraint_name")}
        text = self._tables.exclude_constraint(known(call.rest), options)
        return self._add_constraint(call, text)

    def _drop_constraint(self, call: Call) -> List[Statement]:
        guard = "IF EXISTS " if call.get("if_exists") else ""
        name = quote(call.needed("constraint_name"))
        return [Statement(f"ALTER TABLE {self._table(call)} DROP CONSTRAINT {guard}{name}")]

    def _create_table_comment(self, call: Call) -> List[Statement]:
        return [comment_on("TABLE", self._table(call), call.needed("comment"))]

    def _drop_table_comment(self, call: Call) -> List[Statement]:
        return [comment_on("TABLE", self._table(call), None)]

    # Statements that are sent as they are

    def executed(self, value: Any) -> Optional[List[Statement]]:
        """The statements of `op.execute(value)`; None where it changes or reads rows only."""
        unknown = first_unknown(value)
        if isinstance(value, str):
            return [Statement(text_clause(value))]
        if is_rows_only(value):
            return None
        if unknown is not None:
            raise NotStatic(unknown.why)
        if isinstance(value, Construct):
            if value.name == "text" and value.args and isinstance(value.args[0], str):
                return [Statement(text_clause(value.args[0]))]
            if value.name == "DDL" and value.args and isinstance(value.args[0], str):
                return [Statement(formatted_ddl(value))]
            return self._schema_statement(value)
        if getattr(value, "name", "") == "bindparams":
            raise NotStatic("the SQL takes its values through bindparams()")
        raise NotStatic("what op.execute gets cannot be told")

    def _schema_statement(self, value: Construct) -> List[Statement]:
        target = value.args[0] if value.args else value.kwargs.get("element")
        if value.name in ("CreateSchema", "DropSchema") and isinstance(target, str):
            return [Statement(schema_statement(value, target))]
        if not isinstance(target, Construct):
            raise NotStatic(f"{value.name}() is not read")
        if value.name == "CreateSequence":
            return [Statement(create_sequence(self._types, target, guard(value, "NOT ")))]
        if value.name == "DropSequence":
            return [Statement(drop_sequence(target, guard(value)))]
        if value.name == "CreateTable":
            created = [s for s in self.create_table_of(target) if s.sql.startswith("CREATE")]
            return [s for s in created if " TABLE " in s.sql.split("(", 1)[0]]
        raise NotStatic(f"{value.name}() is not read")

    def created_or_dropped(
        self, owner: Construct, verb: str, checked: bool
    ) -> Optional[List[Statement]]:
        """`enum.create(bind)`, `table.drop(bind)` and the like; None for what is no such object."""
        if owner.name in ("Enum", "ENUM"):
            enum = self._types.enumeration(known(owner))
            if not enum.native:
                return []
            if verb == "create":
                return [create_enum(enum, "exists" if checked else None)]
            return [
                Statement(f"DROP TYPE {'IF EXISTS ' if checked else ''}{enum.qualified_name()}")
            ]
        if owner.name == "Sequence":
            if verb == "create":
                text = create_sequence(self._types, owner, "IF NOT EXISTS " if checked else "")
            else:
                text = drop_sequence(owner, "IF EXISTS " if checked else "")
            return [Statement(text)]
        if owner.name == "Table" and owner.args:
            return self._table_created_or_dropped(owner, verb, checked)
        if owner.name == "Index" and verb == "create":
            raise NotStatic("an index is created through its object")
        return None

    def _table_created_or_dropped(
        self, table: Construct, verb: str, checked: bool
    ) -> List[Statement]:
        """Outside of `op.create_table` each call makes the types of its columns."""
        statements = self.create_table_of(table)
        types = [statement for statement in statements if statement.unless is not None]
        if verb == "create":
            for statement in types:
                statement.unless = {**(statement.unless or {}), "when": "exists"}
                statement.unless = statement.unless if checked else None
            return statements
        guard_text = "IF EXISTS " if checked else ""
        name = qualified(table.args[0], known(table.kwargs.get("schema")))
        if types:
            why = "whether a table's drop takes its types along depends on SQLAlchemy's version"
            raise NotStatic(why)
        return [Statement(f"DROP TABLE {guard_text}{name}")]


def changed_identity(before: Dict[str, Any], after: Dict[str, Any]) -> str:
    """The clauses that Alembic sends for what an identity column states anew."""
    text = ""
    for name in sorted(IDENTITY_NAMES):
        old, new = before.get(name), after.get(name)
        if name == "always" and bool(old) != bool(new):
            text += f" SET GENERATED {'ALWAYS' if new else 'BY DEFAULT'}"
        elif name not in ("always", "on_null", "order") and new is not None and new != old:
            text += f" SET {sequence_options({name: new})}"
    if not text:
        raise NotStatic("Alembic sends a statement without an end for an identity as it was")
    return text


def is_construct(value: Any, name: str) -> bool:
    return isinstance(value, Construct) and value.name == name


def is_metadata(value: Any) -> bool:
    if isinstance(value, Construct):
        return value.name == "MetaData"
    return isinstance(value, Reference) or getattr(value, "name", "") == "metadata"


def is_rows_only(value: Any) -> bool:
    """Whether an expression is an INSERT, UPDATE, DELETE or SELECT built with SQLAlchemy."""
    verbs = ("insert", "update", "delete", "select")
    for _ in range(40):
        name = getattr(value, "name", "")
        path = getattr(value, "path", "")
        if name in verbs and (not path or path.startswith("sqlalchemy")):
            return True
        if not hasattr(value, "owner"):
            return False
        value = value.owner
    return False


def guard(value: Construct, negation: str = "") -> str:
    option = "if_not_exists" if negation else "if_exists"
    return f"IF {negation}EXISTS " if value.kwargs.get(option) else ""


def schema_statement(value: Construct, name: str) -> str:
    if value.name == "CreateSchema":
        return f"CREATE SCHEMA {guard(value, 'NOT ')}{quote(name)}"
    cascade = " CASCADE" if value.kwargs.get("cascade") else ""
    return f"DROP SCHEMA {guard(value)}{quote(name)}{cascade}"


def drop_sequence(sequence: Construct, guard_text: str) -> str:
    options = named(sequence, SEQUENCE_NAMES)
    return f"DROP SEQUENCE {guard_text}{qualified(options.get('name'), options.get('schema'))}"


def formatted_ddl(value: Construct) -> str:
    text = value.args[0]
    if "%" in text.replace("%%", ""):
        raise NotStatic("sa.DDL fills in a template when it runs")
    return text.replace("%%", "%")
