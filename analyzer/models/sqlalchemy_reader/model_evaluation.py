"""The value of an expression of a model file: names of other files, classes, generic types, and
the objects that SQLAlchemy's calls make."""

from __future__ import annotations

import ast
import re
from typing import Any, Dict, List, Optional

from sqlalchemy_source.attributes import attribute, called_class
from sqlalchemy_source.budget import Budget
from sqlalchemy_source.effects import Effects
from sqlalchemy_source.evaluation import Evaluator
from sqlalchemy_source.values import (
    Construct,
    LocalFunction,
    Member,
    MethodCall,
    Reference,
    Scope,
    Unknown,
)

from .core_tables import CoreTables
from .declarations import Declarations, Metadata, Table, place_of, table_of_value
from .declarative import Declarative
from .flask_database import FlaskDatabase, is_flask_database
from .python_values import (
    BoundFunction,
    DistinctType,
    FinalName,
    Function,
    Generic,
    Identified,
    MappedAttribute,
    ModelClass,
    Module,
    Place,
)

GENERIC_ROOTS = ("typing", "typing_extensions", "builtins", "collections", "sqlalchemy", "sqlmodel")
KNOWN_NAMES: Dict[str, Any] = {
    "typing.TYPE_CHECKING": False,
    "typing_extensions.TYPE_CHECKING": False,
}
LONGEST_SUBJECT = 200
UNBOUNDED = re.compile(r"(?<!\\)[*+{]")
REPEATED_GROUP = re.compile(r"\)\s*[*+{]")


class ModelEvaluator(Evaluator):
    def __init__(self, effects: Effects, budget: Budget, declarations: Declarations) -> None:
        super().__init__(effects, budget)
        self._runner: Any = effects
        self._declarations = declarations
        self._core = CoreTables(declarations)
        self._declarative = Declarative(self, declarations)

    def use(self, budget: Budget) -> None:
        self._budget = budget

    def listed(self, nodes: List[ast.expr], scope: Scope) -> List[Any]:
        items = self._items(nodes, scope)
        return items if isinstance(items, list) else []

    def call(self, function: LocalFunction, args: List[Any]) -> Any:
        return self._runner.inline(function.node, function, args, {})

    def place(self, node: Any) -> Place:
        return Place(self._runner.file, node.lineno, node.col_offset + 1)

    def class_made(self, cls: ModelClass) -> None:
        self._declarative.declare(cls)

    # Names

    def library_name(self, path: str) -> Any:
        return KNOWN_NAMES[path] if path in KNOWN_NAMES else Reference(path)

    def star_import(self, scope: Scope, module: str) -> None:
        modules = scope.names.setdefault("*", [])
        if module.split(".", 1)[0] == "sqlalchemy" and module not in modules:
            modules.append(module)

    def share_star_imports(self, source: Scope, target: Scope) -> None:
        for module in list(source.names.get("*", [])):
            self.star_import(target, module)

    def _Name(self, node: ast.Name, scope: Scope) -> Any:
        found, value = scope.find(node.id)
        if found:
            return value
        value = super()._Name(node, scope)
        if isinstance(value, Unknown):
            stars = scope.find("*")[1]
            if stars:
                return Reference(f"{stars[0]}.{node.id}")
        return value

    # Types with arguments

    def _BinOp(self, node: ast.BinOp, scope: Scope) -> Any:
        if isinstance(node.op, ast.BitOr):
            sides = [self.evaluate(node.left, scope), self.evaluate(node.right, scope)]
            if any(isinstance(side, (Reference, ModelClass, Generic)) for side in sides):
                return self._generic(Reference("typing.Union"), tuple(sides))
        return super()._BinOp(node, scope)

    def _Subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        owner = self.evaluate(node.value, scope)
        if isinstance(owner, (Reference, ModelClass)) and not is_enumeration(owner):
            if isinstance(owner, Reference) and owner.path.split(".", 1)[0] not in GENERIC_ROOTS:
                return Unknown(f"what {owner.path} holds is known only when it runs")
            index = self.evaluate(node.slice, scope)
            return self._generic(owner, tuple(index) if isinstance(index, list) else index)
        if isinstance(owner, Member) and owner.name == "tables":
            metadata = getattr(owner.owner, "declared", None)
            index = self.evaluate(node.slice, scope)
            if isinstance(metadata, Metadata) and isinstance(index, str):
                table = metadata.tables.get(index)
                if table is not None:
                    return table.construct
        return super()._Subscript(node, scope)

    def _generic(self, origin: Any, index: Any) -> Generic:
        value = Generic(origin, index if isinstance(index, tuple) else (index,))
        value_args = list(value.args)
        self.weigh(value_args)
        self._weights[id(value)] = (self._weights[id(value_args)][0], value)
        return value

    # Attributes

    def attribute_of(self, owner: Any, name: str) -> Any:
        if isinstance(owner, Module):
            return self._module_attribute(owner, name)
        if isinstance(owner, ModelClass):
            return self.class_attribute(owner, name)
        if isinstance(owner, Identified):
            return self._attribute_of_identified(owner, name)
        return attribute(owner, name)

    def _module_attribute(self, module: Module, name: str) -> Any:
        found, value = module.scope.find(name)
        if found:
            return value
        inner = self._runner.submodule(module, name)
        return inner or Unknown(f"the value of {name} is not in {module.name}", f"{{{name}}}")

    def _attribute_of_identified(self, owner: Identified, name: str) -> Any:
        declared = owner.declared
        if isinstance(declared, FlaskDatabase):
            return declared.attribute(owner, name)
        if isinstance(declared, Metadata) and name == "schema":
            return declared.schema
        if isinstance(declared, Table):
            if name in ("name", "schema"):
                return getattr(declared, name)
            if name == "metadata":
                return declared.metadata.construct
        if owner.name == "registry" and name == "metadata":
            return self.metadata_of_registry(owner)
        return Member(owner, name)

    def class_attribute(self, cls: ModelClass, name: str) -> Any:
        if name in ("__name__", "__qualname__"):
            return cls.name
        if name == "__module__":
            return cls.module
        if cls.is_enumeration() and not isinstance(cls.find(name)[1], Function):
            return attribute(cls, name)
        if name in ("__table__", "metadata", "registry"):
            return self._declarative.special_attribute(cls, name)
        for base in cls.classes():
            if name in base.attributes:
                return MappedAttribute(cls, name)
            if name in base.members:
                return self._bound(cls, base.members[name])
        if name == "__tablename__" and cls.table is not None:
            return cls.table.name
        return Member(Construct("local class", [cls]), name)

    def _bound(self, cls: ModelClass, value: Any) -> Any:
        if not isinstance(value, Function):
            return value
        if value.is_declared_attr() or value.is_property():
            return self.call(value, [cls])
        paths = [getattr(item, "path", "") for item in value.decorators]
        if "builtins.classmethod" in paths:
            return BoundFunction(value.name, value.node, value.scope, value.opaque, cls, value)
        return value

    def metadata_of_registry(self, registry: Construct) -> Any:
        given = registry.kwargs.get("metadata")
        if given is None:
            given = self.new_metadata(place_of(registry, Place()))
            registry.kwargs["metadata"] = given
        return given

    def new_metadata(self, place: Place) -> Identified:
        construct = Identified("sqlalchemy.MetaData", [], {}, place.line, place.column, place.file)
        construct.declared = self._declarations.new_metadata(construct)
        return construct

    # Calls

    def _Call(self, node: ast.Call, scope: Scope) -> Any:
        function = node.func
        if isinstance(function, ast.Name) and function.id in ("locals", "vars") and not node.args:
            return scope.names
        if isinstance(function, ast.Name) and function.id == "super" and not node.args:
            return Unknown("what a base class says is known only when it runs")
        return super()._Call(node, scope)

    def _call_builtin(
        self, node: ast.Call, name: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        if name == "setattr" and len(args) == 3:
            if isinstance(args[1], str):
                self._set_attribute(args[0], args[1], args[2], node)
            else:
                self._set_some_attribute(args[0], node)
            return None
        if name == "hasattr" and len(args) == 2 and isinstance(args[0], ModelClass):
            return args[0].find(str(args[1]))[0] or args[1] in args[0].attributes
        if name == "issubclass" and len(args) == 2 and isinstance(args[0], ModelClass):
            if isinstance(args[1], ModelClass):
                return args[1] in args[0].mro()
        return super()._call_builtin(node, name, args, kwargs)

    def _call_reference(
        self, node: ast.Call, path: str, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        if path.endswith(".conv") and args and isinstance(args[0], str):
            return FinalName(args[0])
        return super()._call_reference(node, path, args, kwargs)

    def construct(self, path: str, args: List[Any], kwargs: Dict[str, Any], node: ast.Call) -> Any:
        root, last = path.split(".", 1)[0], path.rsplit(".", 1)[-1]
        if root == "re":
            return rewritten(last, args, kwargs) or Construct(path, args, kwargs, node.lineno)
        if last == "NewType" and len(args) == 2 and isinstance(args[0], str):
            return DistinctType(args[0], args[1])
        place = self.place(node)
        position = (place.line, place.column, place.file)
        if path == "enum.Enum" and len(args) > 1:
            return functional_enumeration(args, place)
        if last == "has_inherited_table" and len(args) == 1 and isinstance(args[0], ModelClass):
            return any(base.is_mapped for base in list(args[0].classes())[1:])
        if is_flask_database(path):
            database = Identified(path, args, kwargs, *position)
            database.declared = FlaskDatabase(self, args, kwargs, place)
            return database
        if root != "sqlalchemy":
            return Construct(path, args, kwargs, *position)
        if last in ("declarative_base", "automap_base"):
            return self._declarative.base_of_call(last, args, kwargs, place)
        if last in ("MetaData", "registry", "Sequence", "Enum", "ENUM"):
            made = Identified(path, args, kwargs, *position)
            return self._identified(made, place)
        if last == "Table":
            made = Identified(path, args, kwargs, *position)
            return self._core.declare(made, place, self._runner.perhaps)
        part = Construct(path, args, kwargs, *position)
        self._core.notice(part, place)
        return part

    def _identified(self, made: Identified, place: Place) -> Identified:
        if made.name == "MetaData":
            made.declared = self._declarations.new_metadata(made)
        elif made.name in ("Sequence", "Enum", "ENUM"):
            metadata = made.kwargs.get("metadata")
            declared = getattr(metadata, "declared", None)
            if isinstance(declared, Metadata):
                kept = declared.sequences if made.name == "Sequence" else declared.enums
                kept.append(made)
        return made

    def called(self, cls: Any, args: List[Any], kwargs: Dict[str, Any], node: ast.Call) -> Any:
        if isinstance(cls, ModelClass) and any(
            isinstance(base, Reference) and is_flask_database(base.path) for base in cls.mro()
        ):
            return self.construct("flask_sqlalchemy.SQLAlchemy", args, kwargs, node)
        place = self.place(node)
        made = called_class(cls, args, kwargs, node.lineno)
        if isinstance(made, Construct):
            made.column, made.file = place.column, place.file
        return made

    def _call_member(
        self, node: ast.Call, member: Member, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        owner, name = member.owner, member.name
        declared = getattr(owner, "declared", None)
        if isinstance(declared, FlaskDatabase) and name == "Table":
            given = args[1:]
            if not given or not isinstance(getattr(given[0], "declared", None), Metadata):
                given = [declared.metadata] + given
            return self.construct("sqlalchemy.Table", args[:1] + given, kwargs, node)
        if isinstance(declared, Table):
            if name in ("append_column", "append_constraint") and args:
                self._core.add_item(declared, args[0], self.place(node))
                return None
            if name in ("to_metadata", "tometadata") and args:
                return self._core.copied(declared, args, kwargs, self.place(node))
        if getattr(owner, "name", "") == "registry" and isinstance(owner, Construct):
            if name in ("generate_base", "as_declarative_base"):
                registered = {**kwargs, "registry": owner}
                return self._declarative.base_of_call(name, args, registered, self.place(node))
        if isinstance(owner, Member) and owner.name in ("c", "columns") and name == "get" and args:
            table = table_of_value(owner.owner)
            if table is not None and isinstance(args[0], str):
                if table.find(args[0]) is not None:
                    return Member(owner, args[0])
                return args[1] if len(args) > 1 else None
        if isinstance(owner, Construct) and owner.path == "re.compile" and owner.args:
            result = rewritten(name, owner.args + args, kwargs)
            if result is not None:
                return result
        if name == "values" and isinstance(owner, ModelClass) and is_enumeration(owner):
            return [member.value for member in owner.enum_members()]
        if name == "next_value" and getattr(owner, "name", "") == "Sequence":
            return MethodCall(owner, name, args, kwargs)
        return super()._call_member(node, member, args, kwargs)

    # Assignments to attributes

    def bind(self, target: ast.AST, value: Any, scope: Scope) -> None:
        if isinstance(target, ast.Attribute):
            owner = self.evaluate(target.value, scope)
            self._set_attribute(owner, target.attr, value, target)
            return
        super().bind(target, value, scope)

    def _set_some_attribute(self, owner: Any, node: Any) -> None:
        """One whose name only running tells: it may be a column."""
        if isinstance(owner, ModelClass) and owner.table is not None:
            message = f"setattr gives {owner.name} attributes whose names are known only when it runs"
            self._declarations.not_static(
                self.place(node), message, owner.table, attribute="columns"
            )

    def _set_attribute(self, owner: Any, name: str, value: Any, node: Any) -> None:
        if isinstance(owner, ModelClass):
            self._declarative.set_attribute(owner, name, value, self.place(node))
        elif isinstance(getattr(owner, "declared", None), Metadata):
            if name in ("schema", "naming_convention"):
                owner.kwargs[name] = value


def is_enumeration(value: Any) -> bool:
    return isinstance(value, ModelClass) and value.is_enumeration()


def functional_enumeration(args: List[Any], place: Place) -> Any:
    """`enum.Enum("Kind", "A B")`, or with a list or dictionary of members."""
    from sqlalchemy_source.plain_calls import as_items

    names = args[1]
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if isinstance(names, dict):
        pairs = list(names.items())
    else:
        items = as_items(names)
        if isinstance(items, Unknown):
            return items
        pairs = [
            tuple(item) if isinstance(item, (list, tuple)) and len(item) == 2 else (item, number)
            for number, item in enumerate(items, 1)
        ]
    if not isinstance(args[0], str) or not all(isinstance(name, str) for name, _ in pairs):
        return Unknown("the members of an enumeration are known only when it runs")
    cls = ModelClass(args[0], [Reference("enum.Enum")], dict(pairs))
    cls.place = place
    return cls


def rewritten(function: str, args: List[Any], kwargs: Dict[str, Any]) -> Optional[str]:
    """`re.sub` on a short text with a pattern that cannot take long; None for anything else."""
    if function != "sub" or kwargs or len(args) != 3:
        return None
    if not all(isinstance(arg, str) for arg in args):
        return None
    pattern, replacement, subject = args
    if len(subject) > LONGEST_SUBJECT or len(replacement) > 50 or len(pattern) > 100:
        return None
    if len(UNBOUNDED.findall(pattern)) > 2 or REPEATED_GROUP.search(pattern):
        return None
    try:
        return re.sub(pattern, replacement, subject)
    except (re.error, IndexError, OverflowError):
        return None
