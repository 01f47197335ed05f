"""Column types of models: SQLAlchemy's own, and the type classes that the files declare."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Optional, Tuple

from sqlalchemy_source.bindings import bind_parameters
from sqlalchemy_source.column_types import ColumnType, EnumType, TypeReader
from sqlalchemy_source.values import (
    Construct,
    LocalFunction,
    Member,
    MethodCall,
    NotStatic,
    Reference,
    Scope,
    Unknown,
)

from .python_values import ModelClass

DEEPEST_TYPE = 20
POSTGRESQL = Member(Construct("sqlalchemy.engine"), "dialect")
Version = Optional[Tuple[int, int]]


class ModelTypes(TypeReader):
    def __init__(self, evaluator: Any, version: Version) -> None:
        super().__init__(evaluator.call)
        self._evaluator = evaluator
        self._version = version
        self._depth = 0
        self.default_schema: Optional[str] = None
        """The schema of the metadata whose table is being written."""
        self.domains: List[Construct] = []
        self.undecided: Optional[str] = None
        """What of the types read last depends on SQLAlchemy's version."""

    def read(self, value: Any) -> ColumnType:
        self._depth += 1
        try:
            if self._depth > DEEPEST_TYPE:
                raise NotStatic("a type is nested too deeply to be read")
            if isinstance(value, ModelClass):
                return self._of_class(value, [], {})
            if isinstance(value, Construct) and value.path == "local class":
                return self._of_class(value.args[0], value.args[1:], value.kwargs)
            if isinstance(value, MethodCall) and value.name == "as_mutable" and value.args:
                return self.read(value.args[0])
            if isinstance(value, MethodCall) and value.name == "type_descriptor" and value.args:
                return self.read(value.args[0])
            if isinstance(value, Construct) and value.name == "as_mutable" and value.args:
                return self.read(value.args[0])
            if isinstance(value, Construct) and value.name == "DOMAIN":
                self.domains.append(value)
            return super().read(value)
        finally:
            self._depth -= 1

    def _of_class(self, cls: ModelClass, args: List[Any], kwargs: Dict[str, Any]) -> ColumnType:
        """A TypeDecorator, a UserDefinedType, or a class derived from a type of SQLAlchemy's."""
        chooser = cls.find("load_dialect_impl")[1]
        if isinstance(chooser, LocalFunction):
            chosen = self._evaluator.call(chooser, [self._instance(cls), POSTGRESQL])
            if isinstance(chosen, Unknown) or chosen is None:
                raise NotStatic(f"the type {cls.name} decides by code what it is")
            return self.read(chosen)
        found, impl, _ = cls.find("impl")
        if found:
            return self.read(self._with_arguments(cls, impl, args, kwargs))
        spec = cls.find("get_col_spec")[1]
        if isinstance(spec, LocalFunction):
            text = self._evaluator.call(spec, [self._instance(cls)])
            if isinstance(text, str):
                return ColumnType(text)
            raise NotStatic(f"the type {cls.name} decides by code what it is")
        for base in cls.mro()[1:]:
            if isinstance(base, Reference) and base.path.startswith("sqlalchemy."):
                return self.read(self._with_arguments(cls, base, args, kwargs))
        raise NotStatic(f"what the type {cls.name} is in PostgreSQL cannot be told")

    @staticmethod
    def _instance(cls: ModelClass) -> Construct:
        return Construct("local class", [cls])

    def _with_arguments(
        self, cls: ModelClass, impl: Any, args: List[Any], kwargs: Dict[str, Any]
    ) -> Any:
        """The type that a class stands for, made with the arguments that its own were."""
        if not isinstance(impl, (Reference, ModelClass)):
            return impl
        initializer = cls.find("__init__")[1]
        if isinstance(initializer, LocalFunction):
            passed = self._passed_on(initializer, [self._instance(cls)] + args, kwargs)
            if passed is None:
                return impl
            args, kwargs = passed
        if isinstance(impl, ModelClass):
            return Construct("local class", [impl] + args, kwargs)
        return Construct(impl.path, args, kwargs)

    def _passed_on(
        self, function: LocalFunction, args: List[Any], kwargs: Dict[str, Any]
    ) -> "Optional[Tuple[List[Any], Dict[str, Any]]]":
        """What an `__init__` hands to `super().__init__(...)`."""
        scope = Scope(function.scope)
        bind_parameters(self._evaluator, function.node, scope, function.scope, args, kwargs)
        for node in ast.walk(function.node):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr == "__init__":
                    given, options = self._evaluator._arguments(node, scope)
                    is_super = isinstance(node.func.value, ast.Call)
                    return (given if is_super else given[1:]), options
        return None

    def _labels(self, value: Construct) -> "Tuple[List[str], Optional[str]]":
        labels, class_name = super()._labels(value)
        cls = value.args[0] if value.args else None
        if isinstance(cls, ModelClass) and "values_callable" not in value.kwargs:
            aliases = cls.enum_aliases()
            omits = value.kwargs.get("omit_aliases", None if self._version is None else True)
            if aliases and omits is None:
                self.undecided = (
                    "whether second names of a value are labels of an enumeration depends on "
                    "SQLAlchemy's version (before 2.0 they are); omit_aliases= would say it"
                )
            elif aliases and (omits is False or (self._version or (2, 0)) < (2, 0)):
                labels = [name for name in cls.members if name in labels or name in aliases]
        return labels, class_name

    def enumeration(self, value: Construct) -> EnumType:
        enum = super().enumeration(value)
        metadata = getattr(value.kwargs.get("metadata"), "declared", None)
        has_schema = "schema" in value.kwargs
        enum.made_with_table = value.kwargs.get("create_type", True) is not False
        if has_schema or enum.inherits_schema or not enum.native:
            return enum
        if metadata is not None:
            enum.schema = metadata.schema if isinstance(metadata.schema, str) else None
        elif self.default_schema:
            if self._version is None:
                self.undecided = (
                    "whether the type of an enumeration is in the schema of its metadata depends "
                    "on SQLAlchemy's version (since 2.1 it is); schema= would say it"
                )
            elif self._version >= (2, 1):
                enum.schema = self.default_schema
        return enum
