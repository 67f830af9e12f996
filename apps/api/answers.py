"""What is answered: each field stands once, on a class, with its type and where its value is from.

    of = From(models.Message)

    class Message(Answer):
        \"\"\"A message.\"\"\"

        id: str = of(lambda row: ids.public("msg", row.id))
        submitted_at: datetime | None

    Message.show(row)

A field that says nothing is read from the attribute of its name, or given to `show` by name.
Moments and days are written by ISO 8601, choices in small letters, yuan as text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Generic, TypeVar, cast, get_args

from pydantic import BaseModel, Field, GetJsonSchemaHandler, create_model
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from apps.api import published
from apps.common.clock import iso

Row = TypeVar("Row")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Written:
    """A text of ours that is published in another form.

    Attributes:
        write: returns what is published; null stays null.
        schema: of what is published.
    """

    write: Callable[[Any], str]
    schema: dict[str, Any]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe what is published."""
        schema = dict(self.schema)
        if core["type"] != "nullable":
            return schema
        if "enum" in schema:  # drf-spectacular makes an alternative of it.
            return schema | {"enum": [*schema["enum"], None]}
        return schema | {"type": [schema["type"], "null"]}


def one_of(names: list[str]) -> Written:
    """Return a choice, published in small letters."""
    return Written(str.lower, {"type": "string", "enum": names})


Small = Annotated[str, Written(str.lower, {"type": "string"})]
Yuan = Annotated[Decimal, Written(published.yuan, {"type": "string"})]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the value of a field is from."""

    read: Callable[[Any], Any]


class From(Generic[Row]):
    """Makes fields whose values are read from rows of one class."""

    def __init__(self, row: type[Row]) -> None:
        self.row = row

    def __call__(self, read: Callable[[Row], Value], **told: Any) -> Value:
        """Return a field whose value `read` returns."""
        return cast("Value", _field(read, told))

    def part(self, read: Callable[[Row], Any], **told: Any) -> Any:
        """Return a field that is an answer of its own, or a list of them, made of what `read` returns."""
        return _field(read, told)


def _field(read: Callable[[Any], Any], told: dict[str, Any]) -> FieldInfo:
    field = cast("FieldInfo", Field(**told))
    field.metadata.append(_Source(read))
    return field


@dataclass(frozen=True, slots=True)
class _Column:
    """One field of an answer, as `show` needs it."""

    name: str
    published: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any] | None


class Answer(BaseModel):
    """What an address answers, or a part of it."""

    _columns: ClassVar[tuple[_Column, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Reckon once how the fields are read and written."""
        cls._columns = tuple(_column(name, info) for name, info in cls.model_fields.items())

    @classmethod
    def show(cls, row: Any, **given: Any) -> dict[str, Any]:
        """Return what is answered about a row; fields that are `given` are not read from it."""
        shown = {}
        for column in cls._columns:
            name = column.name
            value = given[name] if name in given else column.read(row)
            if column.write is not None and value is not None:
                value = column.write(value)
            shown[column.published] = value
        return shown


class Retold(Answer):
    """An answer that was written before: shown again, its fields always in the same order."""

    _parts: ClassVar[tuple[tuple[str, Callable[[Any], Any] | None], ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Reckon once which fields are answers of their own; every send is answered by it."""
        cls._parts = tuple((name, _part(info)) for name, info in cls.model_fields.items())

    @classmethod
    def show(cls, row: Any, **given: Any) -> dict[str, Any]:
        """Return the fields of a document that there are."""
        document = row | given if given else row
        return {
            name: document[name] if write is None else write(document[name])
            for name, write in cls._parts
            if name in document
        }


def list_of(answer: type[Answer], name: str, doc: str) -> type[Answer]:
    """Return the page of a list: some rows, and where the next page begins."""
    return create_model(
        name, __base__=Answer, __module__=answer.__module__, __doc__=doc,
        data=(list[answer], ...), next=(str | None, ...),  # type: ignore[valid-type]
    )  # fmt: skip


def _column(name: str, info: FieldInfo) -> _Column:
    sources = [each.read for each in info.metadata if isinstance(each, _Source)]
    read = sources[0] if sources else attrgetter(name)
    return _Column(name, info.alias or name, read, _writer(info))


def _writer(info: FieldInfo) -> Callable[[Any], Any] | None:
    """Return what writes the values of a field, None where they are published as they are."""
    for each in info.metadata:
        if isinstance(each, Written):
            return each.write
    for kind in _kinds(info):
        if issubclass(kind, datetime):
            return iso
        if issubclass(kind, date):
            return date.isoformat
    return _part(info)


def _part(info: FieldInfo) -> Callable[[Any], Any] | None:
    """Return what writes a field that is an answer of its own, or a list of them."""
    for kind in _kinds(info):
        if issubclass(kind, Answer):
            is_list = getattr(info.annotation, "__origin__", None) is list
            return _each(kind.show) if is_list else kind.show
    return None


def _kinds(info: FieldInfo) -> list[type]:
    """Return the classes that a field may hold: those of `X | None` and of `list[X]` as well."""
    kinds = (*get_args(info.annotation), info.annotation)
    return [kind for kind in kinds if isinstance(kind, type)]


def _each(show: Callable[[Any], dict[str, Any]]) -> Callable[[Any], list[dict[str, Any]]]:
    return lambda rows: [show(row) for row in rows]
