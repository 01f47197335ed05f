"""Reads SQLAlchemy models without running them and tells the SQL that `create_all` would send.

`python3 sqlalchemy_reader [--sqlalchemy MAJOR.MINOR] FOLDER_OR_FILE...` prints one JSON document:

    {"files": [{"file", "given"}],
     "tables": [{"schema", "name", "class", "metadata", "place"}],
     "statements": [{"sql": "...;", "table", "places": [PLACE...]}],
     "problems": [{"kind", "message", "file", "line", "column",
                   "table", "table_column", "unknown"}],
     "facts": {"files_read", "classes", "mapped_classes", "tables"}}

- A PLACE is `[file, line, column]`: an index into `files`, and a line and a column from 1 (0 where
  none can be named). A statement has one place for each line of its SQL. CREATE TABLE has one
  column or constraint on each line, so that an element's line in the SQL tells its place in the
  models.
- `files` are all that were read: those below the given folder (`given`), and what they import from
  their own project.
- `tables` are in the order in which the files declare them. `metadata` numbers the MetaData
  objects.
- `statements` are in the order in which they can be sent: types and sequences, then each table
  after those it refers to, with its indexes and comments, then the foreign keys that close a circle
  or are marked `use_alter`. `table` is an index into `tables`, null for what belongs to a metadata.
- `kind` of a problem is `unread_file` (not Python, not readable, too involved to be read to its
  end), `not_static` (only running tells) or `would_not_import` (SQLAlchemy would refuse it).
  `table` and `table_column` say what it is about. `unknown` says what of that is not known, so that
  the SQL must not be taken for the truth there:
    - of a column: `type` (the SQL says TEXT in its place, or the type by the rules of 2.0),
      `default`, `nullable`, `primary_key`, `unique`, `index`, `autoincrement`, `comment`, `options`
      (any of these), `constraints` (a CHECK is left out), or `column` (whether there is such a
      column at all; the SQL has none);
    - of a table: `columns` (there may be more), `constraints`, `indexes` (one is left out, or there
      may be more), `primary_key`, `constraint_name`, `names` (those of constraints, and its
      schema), `schema`, `comment`, `options`, or `table` (whether it is declared at all, or what is
      in it; there is no SQL).

`--sqlalchemy` says which version the models are for, where versions differ (the second names of an
enumeration's values, the schema of its type: without it such a type is unknown; and whether an
attribute may be called metadata). Nothing of the files is ever imported, and SQLAlchemy is not
needed.
"""
