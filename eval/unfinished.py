"""Rows of a run that is not finished, on the disk, so that a run cut short goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path
from types import NoneType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from index.errors import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


class Unfinished(Generic[Row]):
    """The rows of one system, by question id, in a file that grows by one line a question.

    A context manager that closes the file. ``kind`` is the dataclass of a row; it has a field
    ``question``. A line cut short is dropped. Without a path nothing is kept.
    """

    def __init__(self, path: Path | None, kind: type[Row]) -> None:
        self.rows: dict[str, Row] = {}
        self._file = None
        if path is None:
            return
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith(b"\n")]
        for line in whole:
            row = json.loads(line)
            self.rows[row["question"]] = _decoded(kind, row)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(whole))
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path}: rows cannot be kept there ({error})") from None

    def add(self, row: Row) -> None:
        """Keep a row."""
        if self._file is not None:
            self._file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            self._file.flush()

    def __enter__(self) -> Unfinished[Row]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()


def _decoded(kind: Any, value: Any) -> Any:
    """A value of type ``kind`` from what JSON made of it."""
    args = get_args(kind)
    if NoneType in args:
        rest = next(arg for arg in args if arg is not NoneType)
        return None if value is None else _decoded(rest, value)
    if get_origin(kind) is tuple:
        kinds = [args[0]] * len(value) if args[-1] is ... else args
        return tuple(_decoded(one, item) for one, item in zip(kinds, value, strict=True))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, tuple)):
        hints = get_type_hints(kind)
        named: Mapping[str, Any] = (
            value if isinstance(value, dict) else dict(zip(hints, value, strict=True))
        )
        return kind(**{name: _decoded(hints[name], item) for name, item in named.items()})
    return value
