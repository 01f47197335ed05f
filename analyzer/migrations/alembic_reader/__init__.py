"""Reads Alembic revision files without running them and tells the SQL they would send.

`python3 alembic_reader FOLDER...` prints one JSON document:

    {"revisions": [{"file", "line", "revision", "down_revision": [...], "depends_on": [...],
                    "branch_labels": [...], "message",
                    "upgrade": [OPERATION...], "upgrade_line",
                    "downgrade": [OPERATION...], "downgrade_line",
                    "problems": [{"line", "message"}]}],
     "problems": [{"file", "line", "message"}]}

Each OPERATION has a `line` and a `column` (from 1), and is one of:

- `{"sql": "...;", "autocommit": bool}`: one statement, or the text of one `op.execute`. `text_line`
  is there where the lines of the text are lines of the file. `unless` (`kind`, `schema`, `name`,
  `when`) says that the statement is sent only where that object does not `exists` yet, or only
  where no earlier create_table of the same run made it (`made_by_create_table`).
- `{"rows": [tables]}`: rows change, the schema does not.
- `{"unanalysed": "why", "may_touch": [tables]}`: only running tells. `raises` is there where the
  file raises an exception on purpose.
- `{"condition": CONDITION, "then": [...], "else": [...], "unanalysed", "may_touch"}`: a question
  that the file asks the catalog. CONDITION is `{"kind", "schema", "table", "name", "exists"}`, or
  `{"all": [...]}`, or `{"any": [...]}`. Who cannot answer it takes it as unanalysed.

`line` is 0 where none can be named; `upgrade_line` and `downgrade_line` are null where the file has
no such function. A folder's own .py files are read, and every file under its `versions`. Nothing of
the files is ever imported, and neither Alembic nor SQLAlchemy is needed.
"""
