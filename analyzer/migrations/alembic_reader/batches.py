"""Batches (`op.batch_alter_table`): what begins one, and the arguments of its operations."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from sqlalchemy_source.values import Batch, Unknown


def batch_of(args: List[Any], kwargs: Dict[str, Any]) -> Batch:
    """What `op.batch_alter_table(...)` begins; with its refusal where it cannot be followed."""
    table = args[0] if args else kwargs.get("table_name")
    schema = args[1] if len(args) > 1 else kwargs.get("schema")
    recreate = args[2] if len(args) > 2 else kwargs.get("recreate", "auto")
    refusal = None
    for value in (table, schema, recreate):
        if isinstance(value, Unknown):
            refusal = value.why
        elif value is not None and not isinstance(value, str):
            refusal = "which table a batch is about is known only when it runs"
    if "**" in kwargs:
        refusal = "it takes options that are not known without running it"
    elif recreate == "always":
        refusal = "the batch recreates the table from what the database holds"
    name = table if isinstance(table, str) else ""
    return Batch(name, schema if isinstance(schema, str) else None, refusal)


def batch_arguments(
    name: str, batch: Batch, args: List[Any], kwargs: Dict[str, Any]
) -> Tuple[List[Any], Dict[str, Any]]:
    """A batch operation's arguments as those of the operation outside a batch."""
    options = dict(kwargs)
    if name == "create_foreign_key":
        if batch.schema is not None:
            options["source_schema"] = batch.schema
        options["source_table"] = batch.table
        names = "constraint_name referent_table local_cols remote_cols referent_schema".split()
        options.update(dict(zip(names, args)))
        return [], options
    if batch.schema is not None:
        options["schema"] = batch.schema
    options["table_name"] = batch.table
    first_names = {
        "add_column": ["column", "insert_before", "insert_after"],
        "drop_column": ["column_name"],
        "alter_column": ["column_name"],
        "create_index": ["index_name", "columns"],
        "drop_index": ["index_name"],
        "create_primary_key": ["constraint_name", "columns"],
        "create_unique_constraint": ["constraint_name", "columns"],
        "create_check_constraint": ["constraint_name", "condition"],
        "drop_constraint": ["constraint_name", "type_"],
        "create_table_comment": ["comment"],
        "drop_table_comment": [],
    }
    if name == "create_exclude_constraint":
        options.pop("table_name")
        return [args[0] if args else None, batch.table] + args[1:], options
    options.update(dict(zip(first_names[name], args)))
    return [], options
