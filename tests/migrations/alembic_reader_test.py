"""What the reader tells of a revision file; no database, no Alembic and no SQLAlchemy is needed.

python3 -m unittest tests/migrations/alembic_reader_test.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any, Dict, List

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "analyzer" / "migrations"), str(ROOT / "analyzer" / "models")]

from alembic_reader.revisions import read_folders  # noqa: E402

HEADER = """
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "one"
down_revision = None
"""


def read_text(text: str) -> Dict[str, Any]:
    """The document for a folder that holds one file with this text."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "one.py").write_text(text, encoding="utf-8")
        return read_folders([folder])


def upgrade(body: str, before: str = "") -> List[Dict[str, Any]]:
    """The operations of an upgrade() with this body."""
    function = "def upgrade():\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    document = read_text(HEADER + textwrap.dedent(before) + function + "\n")
    return document["revisions"][0]["upgrade"]


def sql(body: str, before: str = "") -> List[str]:
    """The same as plain SQL, one line each; fails where anything is not SQL."""
    return [" ".join(operation["sql"].split()) for operation in upgrade(body, before)]


class Headers(unittest.TestCase):
    def header(self, lines: str) -> Dict[str, Any]:
        return read_text(lines + "\ndef upgrade(): pass\n")["revisions"][0]

    def test_plain_annotated_and_joined_texts(self) -> None:
        revision = self.header(
            '"""Adds things\n\nRevision ID: b\n"""\nimport typing\n'
            'revision: str = "b" + "2"\ndown_revision: typing.Union[str, None] = "a1"'
        )
        self.assertEqual(revision["revision"], "b2")
        self.assertEqual(revision["down_revision"], ["a1"])
        self.assertEqual(revision["message"], "Adds things")
        self.assertEqual(revision["line"], 6)

    def test_several_parents_and_labels(self) -> None:
        revision = self.header(
            'revision = "m"\ndown_revision = ("a", "b")\ndepends_on = ["c"]\nbranch_labels = {"x"}'
        )
        self.assertEqual(revision["down_revision"], ["a", "b"])
        self.assertEqual(revision["depends_on"], ["c"])
        self.assertEqual(revision["branch_labels"], ["x"])

    def test_a_missing_parent_line_is_a_problem(self) -> None:
        problems = self.header('revision = "m"')["problems"]
        self.assertEqual(problems, [{"line": 1, "message": "there is no down_revision"}])

    def test_an_unknown_parent_is_a_problem(self) -> None:
        problems = self.header('revision = "m"\ndown_revision = previous()')["problems"]
        self.assertIn("down_revision is not a known", problems[0]["message"])

    def test_files_that_are_no_revisions_are_left_out(self) -> None:
        document = read_text("from alembic import context\ncontext.run_migrations()\n")
        self.assertEqual(document, {"revisions": [], "problems": []})

    def test_a_syntax_error_costs_only_its_own_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            versions = Path(folder, "versions", "2024")
            versions.mkdir(parents=True)
            Path(folder, "env.py").write_text("x = 1\n")
            Path(versions, "bad.py").write_text('revision = "a"\ndef upgrade(:\n')
            Path(versions, "good.py").write_text('revision = "b"\ndown_revision = None\n')
            document = read_folders([folder])
        self.assertEqual([r["revision"] for r in document["revisions"]], ["b"])
        self.assertEqual(document["problems"][0]["line"], 2)
        self.assertTrue(document["problems"][0]["file"].endswith("bad.py"))

    def test_functions_that_are_missing_empty_or_only_a_docstring(self) -> None:
        text = HEADER + 'def upgrade():\n    """Later."""\n    pass\n'
        revision = read_text(text)["revisions"][0]
        self.assertEqual(revision["upgrade"], [])
        self.assertEqual(revision["upgrade_line"], 8)
        self.assertEqual((revision["downgrade"], revision["downgrade_line"]), ([], None))

    def test_what_is_done_on_import_is_a_problem(self) -> None:
        text = HEADER + 'op.drop_table("t")\ndef upgrade(): pass\n'
        problems = read_text(text)["revisions"][0]["problems"]
        self.assertIn("when the file is imported", problems[0]["message"])

    def test_a_downgrade_that_raises_says_so(self) -> None:
        text = HEADER + "def upgrade(): pass\n"
        text += 'def downgrade():\n    raise NotImplementedError("no")\n'
        operation = read_text(text)["revisions"][0]["downgrade"][0]
        self.assertEqual(operation["raises"], "NotImplementedError('no')")
        self.assertEqual(operation["line"], 10)


class Tables(unittest.TestCase):
    def test_an_integer_key_is_numbered(self) -> None:
        for kind, serial in (
            ("Integer", "SERIAL"),
            ("BigInteger", "BIGSERIAL"),
            ("SmallInteger", "SMALLSERIAL"),
        ):
            body = f'op.create_table("t", sa.Column("id", sa.{kind}, primary_key=True))'
            expected = f"CREATE TABLE t ( id {serial} NOT NULL, PRIMARY KEY (id) );"
            self.assertEqual(sql(body), [expected])

    def test_a_key_that_refers_elsewhere_is_not(self) -> None:
        body = """
            op.create_table(
                "t", sa.Column("id", sa.Integer, sa.ForeignKey("s.u.id"), primary_key=True)
            )
        """
        self.assertIn("id INTEGER NOT NULL, PRIMARY KEY (id)", sql(body)[0])
        self.assertIn("FOREIGN KEY(id) REFERENCES s.u (id)", sql(body)[0])

    def test_names_are_quoted_only_where_they_must_be(self) -> None:
        body = 'op.drop_column("Order", "user")\nop.drop_table("plain", schema="Two")'
        expected = ['ALTER TABLE "Order" DROP COLUMN "user";', 'DROP TABLE "Two".plain;']
        self.assertEqual(sql(body), expected)

    def test_defaults_as_text_and_as_expression(self) -> None:
        cases = {
            '"it\'s"': "DEFAULT 'it''s'",
            'sa.text("a || b")': "DEFAULT a || b",
            "sa.func.now()": "DEFAULT now()",
            "sa.true()": "DEFAULT true",
        }
        for default, expected in cases.items():
            body = f'op.add_column("t", sa.Column("c", sa.Text, server_default={default}))'
            self.assertEqual(sql(body), [f"ALTER TABLE t ADD COLUMN c TEXT {expected};"])

    def test_types_of_extensions(self) -> None:
        body = """
            op.add_column("t", sa.Column("v", Vector(1536)))
            op.add_column("t", sa.Column("s", sqlmodel.sql.sqltypes.AutoString(length=9)))
            op.add_column("t", sa.Column("u", sa.Uuid()))
        """
        told = sql(body, "import sqlmodel\nfrom pgvector.sqlalchemy import Vector\n")
        kinds = [text.rsplit(" ", 1)[-1] for text in told]
        self.assertEqual(kinds, ["VECTOR(1536);", "VARCHAR(9);", "UUID;"])

    def test_a_type_that_is_not_known_makes_the_operation_unanalysed(self) -> None:
        body = 'op.add_column("t", sa.Column("c", Shape(2)), schema="s")'
        operation = upgrade(body, "from app.types import Shape\n")[0]
        self.assertIn("app.types.Shape", operation["unanalysed"])
        self.assertEqual(operation["may_touch"], ["s.t"])

    def test_a_long_name_of_an_implied_index_is_cut_as_sqlalchemy_cuts_it(self) -> None:
        body = f'op.add_column("{"t" * 40}", sa.Column("{"c" * 40}", sa.Integer, index=True))'
        name = sql(body)[1].split()[2]
        self.assertEqual(len(name), 60)
        self.assertTrue(name.startswith("ix_" + "t" * 40 + "_c"))

    def test_the_order_of_what_alter_column_sends(self) -> None:
        body = """
            op.alter_column(
                "t", "a", new_column_name="b", comment="c", server_default=None, nullable=True,
                type_=sa.BigInteger(), postgresql_using="a::bigint"
            )
        """
        told = sql(body)
        self.assertEqual(told[0], "ALTER TABLE t ALTER COLUMN a TYPE BIGINT USING a::bigint;")
        self.assertEqual(told[1], "ALTER TABLE t ALTER COLUMN a DROP NOT NULL;")
        self.assertEqual(told[2], "ALTER TABLE t ALTER COLUMN a DROP DEFAULT;")
        self.assertEqual(told[3], "COMMENT ON COLUMN t.a IS 'c';")
        self.assertEqual(told[4], "ALTER TABLE t RENAME a TO b;")

    def test_an_option_from_another_file_is_not_taken_for_true(self) -> None:
        before = "from app import settings\n"
        bodies = [
            'op.add_column("t", sa.Column("c", sa.Text, nullable=settings.EMPTY))',
            'op.create_index("i", "t", ["a"], unique=settings.UNIQUE)',
            'op.alter_column("t", "a", nullable=settings.EMPTY)',
            'op.create_foreign_key("f", "t", "u", ["a"], ["b"], ondelete=settings.RULE)',
            'op.drop_table("t", schema=settings.SCHEMA)',
            'op.add_column("t", sa.Column("c", sa.Text, server_default=settings.DEFAULT))',
        ]
        for body in bodies:
            (operation,) = upgrade(body, before)
            self.assertIn("is not in the file", operation["unanalysed"], body)
            self.assertIn("t", operation["may_touch"])

    def test_a_key_that_a_list_of_foreign_keys_holds_is_not_numbered(self) -> None:
        body = """
            op.create_table(
                "t",
                sa.Column("id", sa.Integer(), nullable=False),
                sa.ForeignKeyConstraint(["id"], ["u.id"]),
                sa.PrimaryKeyConstraint("id"),
            )
        """
        self.assertIn("( id INTEGER NOT NULL, PRIMARY KEY (id)", sql(body)[0])

    def test_a_numeric_key_is_left_to_the_version(self) -> None:
        body = 'op.create_table("t", sa.Column("id", sa.Numeric, primary_key=True))'
        self.assertIn("depends on SQLAlchemy's version", upgrade(body)[0]["unanalysed"])


class Enumerations(unittest.TestCase):
    def test_create_table_makes_the_type_and_add_column_does_not(self) -> None:
        column = 'sa.Column("c", sa.Enum("a", "b", name="e"))'
        created = upgrade(f'op.create_table("t", {column})')
        self.assertEqual(created[0]["sql"], "CREATE TYPE e AS ENUM ('a', 'b');")
        unless = {"kind": "type", "schema": None, "name": "e", "when": "made_by_create_table"}
        self.assertEqual(created[0]["unless"], unless)
        self.assertEqual(sql(f'op.add_column("t", {column})'), ["ALTER TABLE t ADD COLUMN c e;"])

    def test_create_type_false_is_of_postgresqls_own_enum_only(self) -> None:
        enum = 'postgresql.ENUM("a", name="e", create_type=False)'
        own = f'op.create_table("t", sa.Column("c", {enum}))'
        generic = own.replace("postgresql.ENUM", "sa.Enum")
        self.assertEqual(len(sql(own)), 1)
        self.assertEqual(len(sql(generic)), 2)

    def test_created_by_hand(self) -> None:
        told = upgrade("""
            postgresql.ENUM("a", name="e").create(op.get_bind())
            sa.Enum("a", name="f").create(op.get_bind(), checkfirst=False)
            sa.Enum(name="f").drop(op.get_bind(), checkfirst=True)
        """)
        self.assertEqual(told[0]["unless"]["when"], "exists")
        self.assertNotIn("unless", told[1])
        self.assertEqual(told[2]["sql"], "DROP TYPE IF EXISTS f;")

    def test_one_that_is_no_type_of_its_own(self) -> None:
        column = 'sa.Column("c", sa.Enum("a", "bcd", native_enum=False{}))'
        plain = sql('op.create_table("t", {})'.format(column.format("")))
        self.assertEqual(plain, ["CREATE TABLE t ( c VARCHAR(3) );"])
        checked = sql('op.create_table("t", {})'.format(column.format(", create_constraint=True")))
        self.assertIn("CHECK (c IN ('a', 'bcd'))", checked[0])


class Texts(unittest.TestCase):
    def test_where_a_text_begins(self) -> None:
        operation = upgrade('op.execute(\n    """\n\n    SELECT 1\n    """\n)')[0]
        self.assertEqual(operation["sql"], "SELECT 1;")
        self.assertEqual((operation["line"], operation["column"]), (9, 5))
        self.assertEqual(operation["text_line"], 12)

    def test_a_comment_does_not_swallow_the_semicolon(self) -> None:
        self.assertEqual(upgrade('op.execute("SELECT 1 -- one")')[0]["sql"], "SELECT 1 -- one\n;")

    def test_formatted_in_every_way(self) -> None:
        body = """
            for name in NAMES:
                op.execute(f"DROP TABLE {name}")
            op.execute("DROP TABLE %s" % "p")
            op.execute("DROP TABLE {} CASCADE".format("q"))
            op.execute("DROP TABLE " + ", ".join(n.upper() for n in NAMES))
        """
        expected = ["DROP TABLE a;", "DROP TABLE b;", "DROP TABLE p;", "DROP TABLE q CASCADE;"]
        self.assertEqual(sql(body, 'NAMES = ["a", "b"]\n'), expected + ["DROP TABLE A, B;"])

    def test_an_unknown_part_leaves_what_is_known_of_the_tables(self) -> None:
        operation = upgrade('op.execute(f"ALTER TABLE app.t ADD {extra}")')[0]
        self.assertEqual(operation["unanalysed"], "the value of extra is not in the file")
        self.assertEqual(operation["may_touch"], ["app.t"])

    def test_a_parameter_without_a_value(self) -> None:
        operation = upgrade('op.execute("ALTER TABLE t ADD x int DEFAULT :x")')[0]
        self.assertIn(":x", operation["unanalysed"])

    def test_rows_are_told_apart(self) -> None:
        body = """
            t = sa.table("t", sa.column("a"))
            op.bulk_insert(t, [{"a": 1}])
            op.execute(t.update().values(a=2))
            op.get_bind().execute(sa.text("DELETE FROM u WHERE a = :a"), {"a": 1})
        """
        self.assertEqual([op["rows"] for op in upgrade(body)], [["t"], ["t"], ["u"]])

    def test_inside_an_autocommit_block(self) -> None:
        body = """
            with op.get_context().autocommit_block():
                op.create_index("i", "t", ["a"], postgresql_concurrently=True)
            op.execute("SELECT 1")
        """
        told = upgrade(body)
        self.assertEqual([op["autocommit"] for op in told], [True, False])
        self.assertEqual(told[0]["sql"], "CREATE INDEX CONCURRENTLY i ON t (a);")


class WhatOnlyRunningTells(unittest.TestCase):
    def test_the_dialect_is_known(self) -> None:
        body = """
            if op.get_bind().dialect.name == "sqlite":
                op.drop_table("a")
            else:
                op.drop_table("b")
        """
        self.assertEqual(sql(body), ["DROP TABLE b;"])

    def test_a_branch_that_may_be_taken(self) -> None:
        body = """
            if os.environ.get("X"):
                op.drop_table("a")
            else:
                op.drop_table("b", schema="s")
        """
        told = upgrade(body, "import os\n")
        self.assertEqual(len(told), 1)
        self.assertEqual(told[0]["may_touch"], ["a", "s.b"])

    def test_what_follows_a_return_that_may_happen(self) -> None:
        body = """
            if settings.SKIP:
                return
            op.drop_table("a")
        """
        told = upgrade(body, "from app import settings\n")
        self.assertEqual([op.get("may_touch") for op in told], [["a"]])

    def test_a_list_that_a_branch_changes_is_not_known_after_it(self) -> None:
        body = """
            columns = ["a"]
            if flag:
                columns.append("b")
            op.create_index("i", "t", columns)
        """
        self.assertEqual(upgrade(body)[0]["may_touch"], ["t"])

    def test_code_of_other_files(self) -> None:
        body = "prepare()\nvalue = compute()\nfill(op.get_bind())"
        told = upgrade(body, "from app import prepare, compute, fill\n")
        self.assertEqual([op["line"] for op in told], [10, 12])

    def test_only_rows_in_a_loop_over_rows(self) -> None:
        body = """
            bind = op.get_bind()
            for row in bind.execute(t.select()):
                bind.execute(sa.text("UPDATE u SET a = :a"), {"a": row.a})
        """
        told = upgrade(body, 't = sa.table("t")\n')
        self.assertTrue(all("rows" in operation for operation in told))

    def test_quiet_handlers_and_others(self) -> None:
        quiet = 'try:\n    op.drop_table("a")\nexcept Exception:\n    pass'
        self.assertEqual(sql(quiet), ["DROP TABLE a;"])
        other = quiet.replace("pass", 'op.drop_table("b")')
        self.assertEqual(upgrade(other)[0]["may_touch"], ["a", "b"])

    def test_an_operation_that_is_not_alembics(self) -> None:
        self.assertIn("op.create_view", upgrade('op.create_view("v")')[0]["unanalysed"])

    def test_a_batch_that_recreates_the_table(self) -> None:
        body = """
            with op.batch_alter_table("t", recreate="always") as batch:
                batch.drop_column("a")
        """
        self.assertEqual(upgrade(body)[0]["may_touch"], ["t"])


class QuestionsToTheCatalog(unittest.TestCase):
    BEFORE = "inspector = sa.inspect(op.get_bind())\n"

    def test_both_branches_are_told(self) -> None:
        body = """
            if not inspector.has_table("t", schema="s"):
                op.create_table("t", sa.Column("a", sa.Text), schema="s")
            else:
                op.drop_column("t", "b", schema="s")
        """
        (told,) = upgrade(body, self.BEFORE)
        question = {"kind": "table", "schema": "s", "table": None, "name": "t", "exists": False}
        self.assertEqual(told["condition"], question)
        self.assertEqual(told["then"][0]["sql"].split("(")[0], "CREATE TABLE s.t ")
        self.assertEqual(told["else"][0]["sql"], "ALTER TABLE s.t DROP COLUMN b;")
        self.assertEqual(told["may_touch"], ["s.t"])
        self.assertIn("has_table", told["unanalysed"])

    def test_what_follows_a_return_belongs_to_the_other_branch(self) -> None:
        body = """
            names = [c["name"] for c in inspector.get_columns("t")]
            if "a" in names and "b" in names:
                return
            op.drop_table("u")
        """
        (told,) = upgrade(body, self.BEFORE)
        self.assertEqual([part["name"] for part in told["condition"]["all"]], ["a", "b"])
        self.assertEqual((told["then"], told["else"][0]["sql"]), ([], "DROP TABLE u;"))

    def test_through_a_function_that_returns_the_answer(self) -> None:
        before = """
            def has_index(table, name):
                if not sa.inspect(op.get_bind()).has_table(table):
                    return False
                return any(i["name"] == name for i in sa.inspect(op.get_bind()).get_indexes(table))
        """
        (told,) = upgrade('if has_index("t", "i"):\n    op.drop_index("i")', before)
        kinds = [part["kind"] for part in told["condition"]["all"]]
        self.assertEqual(kinds, ["table", "index"])

    def test_rounds_of_a_loop(self) -> None:
        body = """
            for name in ("a", "b"):
                if name in inspector.get_table_names():
                    continue
                op.execute(f"CREATE TABLE {name} (x int)")
            op.drop_table("c")
        """
        told = upgrade(body, self.BEFORE)
        self.assertEqual([op["condition"]["name"] for op in told[:2]], ["a", "b"])
        self.assertEqual(told[2]["sql"], "DROP TABLE c;")

    def test_in_a_batch_they_keep_their_place(self) -> None:
        body = """
            with op.batch_alter_table("t") as batch:
                batch.drop_column("a")
                if not inspector.has_table("u"):
                    batch.drop_column("b")
                op.execute("SELECT 1")
        """
        told = upgrade(body, self.BEFORE)
        self.assertEqual(told[0]["sql"], "SELECT 1;")
        self.assertEqual(told[1]["sql"], "ALTER TABLE t DROP COLUMN a;")
        self.assertEqual(told[2]["then"][0]["sql"], "ALTER TABLE t DROP COLUMN b;")


class Bounds(unittest.TestCase):
    def test_files_that_never_end_are_read_to_an_end(self) -> None:
        bodies = [
            "while True: pass",
            "for a in range(15000):\n    for b in range(15000): op.execute('x')",
            "x = 'a'\nfor i in range(99): x = x + x\nop.execute(x)",
            "x = 10 ** 10 ** 10\ny = 'a' * 10 ** 12\nop.execute('%999999999d' % 1)",
            "again()",
        ]
        for body in bodies:
            last = upgrade(body, "def again():\n    again()\n    again()\n")[-1]
            self.assertIn("unanalysed", last, body)

    def test_names_that_no_json_reader_takes(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            text = HEADER + "def upgrade():\n    op.execute(\"SELECT '\\ud800'\")\n"
            Path(folder, "a.py").write_text(text)
            command = [sys.executable, str(ROOT / "analyzer/migrations/alembic_reader"), folder]
            output = subprocess.run(command, capture_output=True, check=True).stdout
        document = json.loads(output.decode("utf-8"))
        self.assertEqual(document["revisions"][0]["upgrade"][0]["sql"], "SELECT '?';")


if __name__ == "__main__":
    unittest.main()
