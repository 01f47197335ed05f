"""`db = SQLAlchemy()` of Flask-SQLAlchemy, which hands out SQLAlchemy's names and a base class."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from sqlalchemy_source.values import Construct, Member, Reference

from .python_values import ModelClass, Place

WORD_STARTS = re.compile(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")
OWN_NAMES = ("session", "engine", "engines", "metadatas", "init_app", "app", "get_engine")


def is_flask_database(path: str) -> bool:
    return path.startswith("flask_sqlalchemy.") and path.endswith(".SQLAlchemy")


def table_name_of(class_name: str) -> str:
    return WORD_STARTS.sub(r"_\1", class_name).lower().lstrip("_")


class FlaskDatabase:
    def __init__(
        self, evaluator: Any, args: List[Any], kwargs: Dict[str, Any], place: Place
    ) -> None:
        given = kwargs.get("model_class")
        self._base: Optional[ModelClass] = None
        metadata = kwargs.get("metadata")
        model = given if isinstance(given, ModelClass) else None
        if metadata is None and model is not None:
            metadata = model.find("metadata")[1]
        if not isinstance(metadata, Construct):
            metadata = evaluator.new_metadata(place)
        self.metadata: Construct = metadata
        self._base = ModelClass("Model", [model] if model is not None else [], {})
        self._base.place = place
        self._base.is_base = True
        self._base.names_tables = not kwargs.get("disable_autonaming", False)
        self._base.members["metadata"] = self.metadata

    def attribute(self, owner: Construct, name: str) -> Any:
        if name == "Model":
            return self._base
        if name == "metadata":
            return self.metadata
        if name == "Table" or name in OWN_NAMES:
            return Member(owner, name)
        return Reference(f"sqlalchemy.{name}")
