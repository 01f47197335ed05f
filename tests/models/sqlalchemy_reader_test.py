"""What the reader tells of model files; no database and no SQLAlchemy is needed.

python3 -m unittest tests/models/sqlalchemy_reader_test.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
MODELS = HERE.parents[1] / "analyzer" / "models"
sys.path.insert(0, str(MODELS))

from sqlalchemy_reader.document import read_models  # noqa: E402

CLASSIC = """
from sqlalchemy import *
from sqlalchemy.orm import declarative_base, declared_attr, relationship
Base = declarative_base()
"""
TYPED = """
from typing import *
from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
"""


def read_files(files: Dict[str, str], version: Optional[Tuple[int, int]] = None) -> Dict[str, Any]:
    """The document for a folder that holds these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return read_models([folder], version)


def read_text(text: str, before: str = CLASSIC, version: Any = None) -> Dict[str, Any]:
    return read_files({"models.py": before + textwrap.dedent(text)}, version)


def sql(text: str, before: str = CLASSIC) -> List[str]:
    """The statements on one line each; fails where there is any problem."""
    document = read_text(text, before)
    if document["problems"]:
        raise AssertionError(document["problems"])
    return [" ".join(statement["sql"].split()) for statement in document["statements"]]


def problems(document: Dict[str, Any], kind: str) -> List[str]:
    return [problem["message"] for problem in document["problems"] if problem["kind"] == kind]


class Tables(unittest.TestCase):
    def test_a_class_with_old_columns(self) -> None:
        text = """
            class User(Base):
                __tablename__ = "users"
                id = Column(Integer, primary_key=True)
                email = Column("mail", String(50), nullable=False, unique=True)
        """
        expected = "CREATE TABLE users ( id SERIAL NOT NULL, mail VARCHAR(50) NOT NULL, "
        expected += "PRIMARY KEY (id), UNIQUE (mail) );"
        self.assertEqual(sql(text), [expected])

    def test_a_class_with_annotated_columns(self) -> None:
        text = """
            class User(Base):
                __tablename__ = "users"
                id: Mapped[int] = mapped_column(primary_key=True)
                name: Mapped[Optional[str]]
                posts: Mapped[List["Post"]] = relationship()
        """
        expected = "CREATE TABLE users ( id SERIAL NOT NULL, name VARCHAR, PRIMARY KEY (id) );"
        self.assertEqual(sql(text, TYPED), [expected])

    def test_tables_come_after_those_they_refer_to(self) -> None:
        text = """
            class Child(Base):
                __tablename__ = "children"
                id = Column(Integer, primary_key=True)
                parent_id = Column(ForeignKey("parents.id", ondelete="CASCADE"))
            class Parent(Base):
                __tablename__ = "parents"
                id = Column(BigInteger, primary_key=True)
        """
        told = sql(text)
        self.assertTrue(told[0].startswith("CREATE TABLE parents"))
        self.assertIn("parent_id BIGINT,", told[1])
        self.assertIn("REFERENCES parents (id) ON DELETE CASCADE", told[1])

    def test_a_circle_of_keys_is_closed_at_the_end(self) -> None:
        text = """
            class Hen(Base):
                __tablename__ = "hens"
                id = Column(Integer, primary_key=True)
                egg_id = Column(ForeignKey("eggs.id"))
            class Egg(Base):
                __tablename__ = "eggs"
                id = Column(Integer, primary_key=True)
                hen_id = Column(ForeignKey("hens.id"))
        """
        told = sql(text)
        self.assertEqual(told[-1], "ALTER TABLE hens ADD FOREIGN KEY(egg_id) REFERENCES eggs (id);")

    def test_types_come_before_their_table_and_only_once(self) -> None:
        text = """
            kind = Enum("a", "b", name="kind")
            t = Table("t", Base.metadata, Column("k", kind), Column("l", kind))
            u = Table("u", Base.metadata, Column("k", kind), comment="it's")
        """
        told = sql(text)
        self.assertEqual(told[0], "CREATE TYPE kind AS ENUM ('a', 'b');")
        self.assertEqual(len([text for text in told if "CREATE TYPE" in text]), 1)
        self.assertEqual(told[-1], "COMMENT ON TABLE u IS 'it''s';")

    def test_a_naming_convention(self) -> None:
        text = """
            Base.metadata.naming_convention = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
            class T(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
                a = Column(Text, unique=True)
        """
        self.assertIn("CONSTRAINT uq_t_a UNIQUE (a)", sql(text)[0])

    def test_names_of_libraries_are_not_looked_for_among_the_models(self) -> None:
        document = read_files(
            {
                "types.py": CLASSIC
                + "class T(Base):\n    __tablename__ = 't'\n    id = Column(Text, primary_key=True)\n",
                "sqlalchemy/other.py": "x = 1\n",
            }
        )
        self.assertEqual([table["name"] for table in document["tables"]], ["t"])
        self.assertEqual(len(document["statements"]), 1)


class Places(unittest.TestCase):
    TEXT = """
        class Stamped:
            at = Column(DateTime)
        class T(Stamped, Base):
            __tablename__ = "t"
            id = Column(Integer, primary_key=True)
            name = Column(
                String,
                unique=True,
            )
            __table_args__ = (
                CheckConstraint("id > 0",  name="c"),
                Index("i", "name"),
            )
    """

    def test_each_line_of_the_sql_has_its_place(self) -> None:
        document = read_text(self.TEXT)
        table, index = document["statements"]
        lines = [line.strip().split(" ")[0] for line in table["sql"].split("\n")]
        self.assertEqual(len(lines), len(table["places"]))
        first = CLASSIC.count("\n") + 1
        found = {word: place[1] - first for word, place in zip(lines, table["places"])}
        self.assertEqual(found["CREATE"], 3)
        self.assertEqual((found["id"], found["name"], found["at"]), (5, 6, 2))
        self.assertEqual((found["PRIMARY"], found["UNIQUE"], found["CONSTRAINT"]), (5, 6, 11))
        self.assertEqual(index["places"], [[0, first + 12, 9]])

    def test_places_name_the_file_of_a_mixin(self) -> None:
        document = read_files(
            {
                "mixins.py": "from sqlalchemy import *\nclass M:\n    a = Column(Text)\n",
                "models.py": CLASSIC
                + "from mixins import M\nclass T(M, Base):\n    __tablename__ = 't'\n"
                + "    id = Column(Text, primary_key=True)\n",
            }
        )
        files = [Path(entry["file"]).name for entry in document["files"]]
        statement = document["statements"][0]
        lines = statement["sql"].split("\n")
        position = next(n for n, line in enumerate(lines) if line.strip().startswith("a "))
        file, line, column = statement["places"][position]
        self.assertEqual((files[file], line, column), ("mixins.py", 3, 5))


class Problems(unittest.TestCase):
    def test_a_syntax_error_costs_only_its_own_file(self) -> None:
        good = CLASSIC + "class T(Base):\n    __tablename__ = 't'\n    id = Column(Text)\n"
        document = read_files({"bad.py": "class A(:\n", "deep/good.py": good})
        self.assertEqual([table["name"] for table in document["tables"]], ["t"])
        (problem,) = document["problems"]
        self.assertEqual((problem["kind"], problem["line"]), ("unread_file", 1))
        self.assertTrue(problem["file"].endswith("bad.py"))

    def test_an_attribute_called_metadata(self) -> None:
        text = """
            class T(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
                metadata = Column(JSON)
        """
        document = read_text(text)
        (message,) = problems(document, "would_not_import")
        self.assertIn("an attribute called metadata", message)
        self.assertEqual(document["problems"][0]["line"], CLASSIC.count("\n") + 5)
        self.assertIn("metadata JSON", document["statements"][0]["sql"])
        self.assertEqual(read_text(text, version=(2, 1))["problems"], [])

    def test_an_attribute_called_registry_is_no_problem(self) -> None:
        text = """
            class T(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
                registry = Column(Text)
        """
        self.assertIn("registry TEXT", sql(text)[0])

    def test_a_column_called_metadata_under_another_attribute_is_no_problem(self) -> None:
        text = """
            class T(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
                metadata_ = Column("metadata", JSON)
        """
        self.assertIn("metadata JSON", sql(text)[0])

    def test_a_type_from_elsewhere_leaves_the_rest_of_the_table(self) -> None:
        text = """
            from geoalchemy2 import Geometry
            class T(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
                shape = Column(Geometry("POINT"), nullable=False)
        """
        document = read_text(text)
        (problem,) = document["problems"]
        self.assertEqual(problem["kind"], "not_static")
        self.assertEqual((problem["table_column"], problem["unknown"]), ("shape", "type"))
        self.assertIn("geoalchemy2.Geometry", problem["message"])
        self.assertIn("shape TEXT NOT NULL", document["statements"][0]["sql"])

    def test_a_mixin_from_elsewhere_may_bring_more_columns(self) -> None:
        text = """
            from fastapi_users.db import SQLAlchemyBaseUserTableUUID
            class User(SQLAlchemyBaseUserTableUUID, Base):
                __tablename__ = "users"
                name = Column(Text, primary_key=True)
        """
        (problem,) = read_text(text)["problems"]
        self.assertEqual((problem["unknown"], problem["table"]), ("columns", 0))

    def test_a_default_from_the_environment(self) -> None:
        text = """
            import os
            class T(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
                name = Column(Text, server_default=os.environ["NAME"])
        """
        (problem,) = read_text(text)["problems"]
        self.assertEqual((problem["table_column"], problem["unknown"]), ("name", "default"))

    def test_a_table_under_a_condition_is_told_but_not_created(self) -> None:
        text = """
            import os
            if os.getenv("X"):
                class T(Base):
                    __tablename__ = "t"
                    id = Column(Integer, primary_key=True)
        """
        document = read_text(text)
        self.assertEqual(document["statements"], [])
        (problem,) = document["problems"]
        self.assertEqual(problem["unknown"], "table")
        self.assertIn("os.getenv('X')", problem["message"])

    def test_a_name_that_is_computed_by_a_library(self) -> None:
        text = """
            import inflection
            class T(Base):
                @declared_attr
                def __tablename__(cls):
                    return inflection.underscore(cls.__name__)
                id = Column(Integer, primary_key=True)
        """
        document = read_text(text)
        self.assertEqual(document["tables"], [])
        self.assertIn("the table of T is left out", document["problems"][0]["message"])

    def test_a_key_to_a_table_that_no_model_declares(self) -> None:
        text = """
            t = Table("t", Base.metadata, Column("a", Integer, ForeignKey("gone.id")))
        """
        (message,) = problems(read_text(text), "would_not_import")
        self.assertIn("names the table gone, which no model declares", message)

    def test_an_index_over_a_column_that_is_not_there(self) -> None:
        text = 't = Table("t", Base.metadata, Column("a", Integer), Index("i", "b"))'
        (message,) = problems(read_text(text), "would_not_import")
        self.assertIn("it names the column b", message)

    def test_the_same_table_twice(self) -> None:
        text = """
            class A(Base):
                __tablename__ = "t"
                id = Column(Integer, primary_key=True)
            class B(Base):
                __tablename__ = "t"
                id = Column(Text, primary_key=True)
        """
        document = read_text(text)
        self.assertEqual(len(document["statements"]), 1)
        self.assertIn("is declared already", problems(document, "would_not_import")[0])

    def test_what_depends_on_the_version(self) -> None:
        text = """
            import enum
            class Kind(enum.Enum):
                a = 1
                b = 1
            t = Table("t", Base.metadata, Column("k", Enum(Kind)))
        """
        self.assertEqual(read_text(text)["problems"][0]["unknown"], "type")
        newer = read_text(text, version=(2, 0))
        self.assertEqual(newer["problems"], [])
        self.assertIn("ENUM ('a')", newer["statements"][0]["sql"])
        self.assertIn("ENUM ('a', 'b')", read_text(text, version=(1, 4))["statements"][0]["sql"])

    def test_a_python_type_without_a_column_type(self) -> None:
        text = """
            class T(Base):
                __tablename__ = "t"
                id: Mapped[int] = mapped_column(primary_key=True)
                data: Mapped[dict]
        """
        (problem,) = read_text(text, TYPED)["problems"]
        self.assertIn("no column type stands for dict", problem["message"])

    def test_sqlmodel_is_named_as_not_read(self) -> None:
        text = """
            from sqlmodel import Field, SQLModel
            class Hero(SQLModel, table=True):
                id: int = Field(primary_key=True)
        """
        (problem,) = read_text(text)["problems"]
        self.assertIn("SQLModel table, which is not read", problem["message"])

    def test_a_path_that_is_not_there(self) -> None:
        (problem,) = read_models(["/nowhere/at/all"])["problems"]
        self.assertEqual(problem["kind"], "unread_file")


class Hostile(unittest.TestCase):
    """Files that would take forever, or all memory, if they were followed to the letter."""

    TEXTS = {
        "doubling lists": "x = ['a']\n" + "x = x + x\n" * 60,
        "doubling expressions": CLASSIC
        + "x = func.a()\n"
        + "x = x.b(x, x)\n" * 99
        + "t = Table('t', Base.metadata, Column('a', Integer, server_default=x), Index('i', x))\n",
        "endless loop": "while True:\n    x = 1\n",
        "loops in loops": "for a in range(9999):\n  for b in range(9999):\n    x = 1\n",
        "endless recursion": "def f(n):\n    return f(n + 1)\nf(1)\n",
        "a slow pattern": "import re\nx = re.sub('(a+)+$', '', 'a' * 60 + 'b')\n",
        "a huge number": "x = 10 ** 10 ** 10\ny = 'a' * 10 ** 12\nz = '%999999999d' % 5\n",
        "a class that is its own base": "class A(A): pass\nclass A(A): pass\nA.x = A\n",
        "a list in itself": CLASSIC
        + "x = []\nx.append(x)\nt = Table('t', Base.metadata, *x, Column('a', Enum(*x)), comment=x)\n",
        "a type that is itself": CLASSIC
        + "class T(TypeDecorator):\n    impl = None\nT.impl = T\n"
        + "t = Table('t', Base.metadata, Column('a', T), Column('b', ForeignKey('t.b')))\n",
        "deep parentheses": "x = " + "(" * 3000 + ")" * 3000,
        "many sums": "x = " + "+".join(["1"] * 30000),
    }

    def test_each_ends_soon(self) -> None:
        for name, text in self.TEXTS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                Path(folder, "models.py").write_text(text, encoding="utf-8")
                command = [sys.executable, "-I", str(MODELS / "sqlalchemy_reader"), folder]
                run = subprocess.run(command, capture_output=True, timeout=60)
                self.assertEqual(run.returncode, 0, run.stderr.decode())
                self.assertIn("facts", json.loads(run.stdout))

    def test_models_are_never_run(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder, "trace")
            text = (
                f"open({str(trace)!r}, 'w').write('ran')\n__import__('os').mkdir({str(trace)!r})\n"
            )
            Path(folder, "models.py").write_text(text)
            read_models([folder])
            self.assertFalse(trace.exists())


class Corpus(unittest.TestCase):
    """The models that compare_with_sqlalchemy.py holds to the real SQLAlchemy."""

    def test_each_is_read_without_a_problem(self) -> None:
        for kind in ("classic", "typed", "flask", "flask_typed"):
            for path in sorted((HERE / "sqlalchemy" / kind).iterdir()):
                with self.subTest(f"{kind}/{path.stem}"):
                    document = read_models([str(path)], (2, 0))
                    self.assertEqual(document["problems"], [])
                    self.assertGreater(len(document["statements"]), 0)
                    for statement in document["statements"]:
                        self.assertEqual(statement["sql"].count("\n") + 1, len(statement["places"]))

    def test_attributes_of_unknown_names_may_be_columns(self) -> None:
        model = """
            from base import *
            class T(Base):
                __tablename__ = "t"
                id: Mapped[int] = mapped_column(primary_key=True)
            for name in open("names.txt"):
                setattr(T, name, mapped_column(String))
        """
        document = read_files({"base.py": TYPED, "m.py": textwrap.dedent(model)})
        self.assertEqual([each["unknown"] for each in document["problems"]], ["columns"])

    def test_two_runs_print_the_same(self) -> None:
        folder = str(HERE / "sqlalchemy" / "classic")
        command = [sys.executable, "-I", str(MODELS / "sqlalchemy_reader"), folder]
        runs = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)]
        self.assertEqual(runs[0], runs[1])

    def test_many_files_are_read_soon(self) -> None:
        """A loose bound, since tests share the machine: scripts measure, this finds a square."""
        table = """
            class T{n}(Base):
                __tablename__ = "t{n}"
                id: Mapped[int] = mapped_column(primary_key=True)
                name: Mapped[Optional[str]] = mapped_column(String(50), unique=True)
                next_id: Mapped[int] = mapped_column(ForeignKey("t{next}.id"), index=True)
        """
        files = {"base.py": TYPED}
        for n in range(300):
            text = textwrap.dedent(table.replace("{next}", str(max(n - 1, 0))).format(n=n))
            files[f"m{n}.py"] = "from base import *\n" + text
        began = time.process_time()
        document = read_files(files)
        self.assertEqual(document["problems"], [])
        self.assertEqual(document["facts"]["tables"], 300)
        self.assertLess(time.process_time() - began, 20)


if __name__ == "__main__":
    unittest.main()
