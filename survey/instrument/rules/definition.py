"""A questionnaire as data: its items, their options, the factors that group them.

The stored form is our own JSON. Every key but the codes and the kinds has a default, so that a stored instrument is
still read after a new key is added. The code of an item means the same question in every instrument: tallies are kept
by item and option, across versions.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

Label = Mapping[str, str]
"""A text by language code; Vietnamese ("vi") is the one to fall back to."""
CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,19}")
"""The form of the code of an item, an option or a factor."""


class BadInstrument(ValueError):
    """The definition is no valid instrument; the message names the place."""


class ItemKind(StrEnum):
    """The kind of answer to an item: one option, several, a number, or words."""

    CHOICE = "choice"
    SCALE = "scale"
    YES_NO = "yes_no"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"


WITH_OPTIONS = frozenset({ItemKind.CHOICE, ItemKind.SCALE, ItemKind.YES_NO, ItemKind.SEVERAL})


@dataclass(frozen=True)
class Option:
    """One answer to choose; *value* places it on a scale, None where there is no order."""

    code: str
    label: Label
    value: int | None = None


@dataclass(frozen=True)
class Condition:
    """An item is shown only when *item*, an earlier one, was answered by one of *options*."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question.

    Attributes:
        least, most: the bounds of a number, or of the length of a text in characters.
        factor: the code of the factor that the item belongs to, empty for none.
        show_if: when the item is shown; None: always.
    """

    code: str
    kind: ItemKind
    label: Label
    options: tuple[Option, ...] = ()
    is_required: bool = False
    least: int | None = None
    most: int | None = None
    factor: str = ""
    show_if: Condition | None = None

    def option(self, code: str) -> Option | None:
        """Return the option with that code, None if there is none."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Factor:
    """A group of items that is reported as one figure."""

    code: str
    label: Label


@dataclass(frozen=True)
class Instrument:
    """A questionnaire; *close_after* is the number of answers at which it closes, None for no limit."""

    items: tuple[Item, ...]
    factors: tuple[Factor, ...] = ()
    title: Label = field(default_factory=dict)
    close_after: int | None = None

    def item(self, code: str) -> Item:
        """Return the item with that code; raises KeyError if there is none."""
        return next((item for item in self.items if item.code == code), None) or _missing(code)


def text_of(label: Label, language: str = "vi") -> str:
    """Return *label* in *language*, in Vietnamese where it has no such text; empty without either.

    >>> text_of({"vi": "Hài lòng", "en": "Satisfied"}, "en"), text_of({"vi": "Hài lòng"}, "en")
    ('Satisfied', 'Hài lòng')
    """
    return label.get(language) or label.get("vi", "")


def read_instrument(stored: Mapping[str, Any]) -> Instrument:
    """Return the instrument that *stored* (parsed JSON) describes.

    Raises:
        BadInstrument: it has no items, a code is malformed or used twice, a kind is unknown, an item that offers
            options has none, or an item refers to a factor or an earlier item that is not there.
    """
    try:
        instrument = Instrument(
            items=tuple(_item(each) for each in stored["items"]),
            factors=tuple(Factor(each["code"], dict(each.get("label", {}))) for each in stored.get("factors", [])),
            title=dict(stored.get("title", {})),
            close_after=stored.get("close_after"),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadInstrument(f"not an instrument: {error}") from error
    _check(instrument)
    return instrument


@lru_cache(maxsize=64)
def parse_instrument(body: str) -> Instrument:
    """Return the instrument that the stored JSON text *body* describes, parsed once a process."""
    return read_instrument(json.loads(body))


def _missing(code: str) -> Item:
    raise KeyError(code)


def _item(stored: Mapping[str, Any]) -> Item:
    condition = stored.get("show_if")
    return Item(
        code=stored["code"],
        kind=ItemKind(stored["kind"]),
        label=dict(stored.get("label", {})),
        options=tuple(
            Option(each["code"], dict(each.get("label", {})), each.get("value")) for each in stored.get("options", [])
        ),
        is_required=bool(stored.get("is_required", False)),
        least=stored.get("least"),
        most=stored.get("most"),
        factor=stored.get("factor", ""),
        show_if=Condition(condition["item"], tuple(condition["options"])) if condition else None,
    )


def _check(instrument: Instrument) -> None:
    if not instrument.items:
        raise BadInstrument("no items")
    _check_codes(item.code for item in instrument.items)
    _check_codes(factor.code for factor in instrument.factors)
    factors = {factor.code for factor in instrument.factors}
    earlier: dict[str, Item] = {}
    for item in instrument.items:
        _check_codes(option.code for option in item.options)
        if (item.kind in WITH_OPTIONS) is not bool(item.options):
            raise BadInstrument(f"{item.code}: options")
        if item.factor and item.factor not in factors:
            raise BadInstrument(f"{item.code}: factor {item.factor}")
        _check_condition(item, earlier)
        earlier[item.code] = item


def _check_codes(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if not isinstance(code, str) or not CODE.fullmatch(code) or code in seen:
            raise BadInstrument(f"code {code!r}")
        seen.add(code)


def _check_condition(item: Item, earlier: Mapping[str, Item]) -> None:
    if item.show_if is None:
        return
    asked = earlier.get(item.show_if.item)
    if asked is None or any(asked.option(code) is None for code in item.show_if.options):
        raise BadInstrument(f"{item.code}: show_if")
