"""Content in further languages: a table beside the columns that hold its Vietnamese (decision 0057).

A model names its columns by `translated`. Its queries then read the texts of the present language in the same
statement, and a column with one holds a `core.values.content.Content`. A query of single columns adds `text_column`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, String, Text, bindparam, delete, event, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, column_property, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from core.db import Base, parts
from core.values.content import Content
from core.values.language import present
from core.values.text import search_key

ENGLISH = "en"
"""The language in which staff may write content beside its Vietnamese."""
LONGEST_KEY = 200
M = TypeVar("M", bound=type[Base])
Texts = Mapping[str, str]
"""Texts by field, "" for none."""
Changes = dict[str, str | int | bool | None]


class Translation(Base):
    """The text in another language of a field of a row, which the name of its table and its id give."""

    __tablename__ = "core_translation"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(20), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    search_key: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """The first letters of the text as searches compare them."""


_PRESENT = bindparam("content_language", type_=String(8), callable_=present)


def text_column(column: InstrumentedAttribute[str]) -> ColumnElement[str | None]:
    """Return the text of *column* in the present language as a column of the same statement; NULL without one."""
    return _text_column(column.class_, column.key)


def _text_column(owner: Any, field: str) -> ColumnElement[str | None]:
    query = select(Translation.text).where(
        Translation.kind == owner.__tablename__,
        Translation.owner_id == owner.id,
        Translation.field == field,
        Translation.language == _PRESENT,
    )
    return query.correlate_except(Translation).scalar_subquery()


def translated(*fields: str, apart: Collection[str] = ()) -> Callable[[M], M]:
    """Declare that the columns *fields* of a model may have texts in further languages.

    Those *apart* are texts of a row without a column of its own, which `text_of` reads.
    """

    def declare(model: M) -> M:
        for field in (*fields, *apart):
            column = _text_column(model, field)
            setattr(model, _text(field), column_property(column, expire_on_flush=False))
        for occasion in ("load", "refresh"):
            event.listen(model, occasion, lambda row, *_details: _put_together(row, fields))
        return model

    return declare


def holds_words(column: InstrumentedAttribute[str], words: Collection[str], end: str = "") -> ColumnElement[bool]:
    """Return the condition that a text of *column* in any language has, for each of *words* (search keys), a word that
    begins with it, or with a space as *end* is it; True without words.
    """
    owner: Any = column.class_
    mine = (Translation.kind == owner.__tablename__, Translation.owner_id == owner.id, Translation.field == column.key)
    spaced = literal(" ").concat(Translation.search_key).concat(" ")
    held = [spaced.contains(f" {word}{end}", autoescape=True) for word in words]
    return select(Translation.owner_id).where(*mine, *held).correlate_except(Translation).exists()


def text_of(row: Any, field: str) -> str:
    """Return the text of *field* of a loaded row in the present language; "" without one."""
    return getattr(row, _text(field)) or ""


def texts_of(session: Session, model: type[Base], ids: Collection[int], language: str) -> dict[tuple[int, str], str]:
    """Return the texts of rows of *model* in *language* by id and field."""
    query = select(Translation.owner_id, Translation.field, Translation.text)
    query = query.where(Translation.kind == model.__tablename__, Translation.language == language)
    rows = (row for some in parts(ids) for row in session.execute(query.where(Translation.owner_id.in_(some))))
    return {(owner_id, field): text for owner_id, field, text in rows}


def texts_of_one(session: Session, row: Any, language: str) -> dict[str, str]:
    """Return the texts of *row* in *language* by field."""
    return {field: text for (_id, field), text in texts_of(session, type(row), [row.id], language).items()}


def set_texts(session: Session, row: Any, language: str, texts: Texts) -> tuple[Changes, Changes]:
    """Store the *texts* of a flushed *row* in *language*, "" removing one; fields that are not given stay.

    Returns the values that changed, before and after, as an audit entry names them ("name_en"); the deed that calls
    this records them, which gives kept pages another version.
    """
    old = texts_of_one(session, row, language)
    changed = {field: text for field, text in texts.items() if text != old.get(field, "")}
    mine = (Translation.kind == row.__tablename__, Translation.owner_id == row.id, Translation.language == language)
    if changed:
        session.execute(delete(Translation).where(*mine, Translation.field.in_(changed)))
        add_texts(session, row, language, changed)
        session.flush()
        columns = (column for field in changed for column in (field, _text(field)))
        session.expire(row, [column for column in columns if hasattr(type(row), column)])
    before: Changes = {f"{field}_{language}": old.get(field) for field in changed}
    after: Changes = {f"{field}_{language}": text or None for field, text in changed.items()}
    return before, after


def add_texts(session: Session, row: Any, language: str, texts: Texts) -> None:
    """Add the *texts* of a flushed *row* that has none in *language*, without those that are empty."""
    kind = row.__tablename__
    for field, text in texts.items():
        if text:
            key = search_key(text)[:LONGEST_KEY]
            session.add(
                Translation(kind=kind, owner_id=row.id, field=field, language=language, text=text, search_key=key)
            )


def forget_texts(session: Session, model: type[Base], ids: Any) -> None:
    """Delete the texts of the rows of *model* with these *ids* (a SELECT of them), which are about to be deleted."""
    mine = (Translation.kind == model.__tablename__, Translation.owner_id.in_(ids))
    session.execute(delete(Translation).where(*mine))


def _text(field: str) -> str:
    return f"{field}_text"


def _put_together(row: Any, fields: Collection[str]) -> None:
    """Give the loaded columns of *row* their texts in the present language; nothing is read for it."""
    loaded = row.__dict__
    for field in fields:
        text = loaded.get(_text(field))
        if text and field in loaded:
            set_committed_value(row, field, Content(loaded[field], text))
