"""Further questions of a registration, beside name, phone, birth year and unit: job, workplace; three at most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.values.text import clean, search_key

MOST_FIELDS, MOST_CHOICES, LONGEST_NAME, LONGEST_ANSWER = 3, 20, 40, 80
_SENSITIVE = re.compile(
    r"\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh|ho chieu|ma so thue|bao hiem|tai khoan|ngan hang|mat khau|"
    r"ton giao|dan toc|dang vien|dang phai|suc khoe|benh|khuyet tat|dia chi|que quan|thu nhap|luong|"
    r"khuon mat|van tay)\b"
)
"""Words of fields that are sensitive, or that a contest does not need."""


class FieldMistake(StrEnum):
    """A mistake in the fields of a plan."""

    TOO_MANY = "too-many"
    LONG = "long"
    TWICE = "twice"
    SENSITIVE = "sensitive"
    CHOICES = "choices"


class FieldError(ValueError):
    """A line that is no field; carries the mistake and the line."""

    def __init__(self, mistake: FieldMistake, line: str) -> None:
        super().__init__(mistake)
        self.mistake, self.line = mistake, line


@dataclass(frozen=True)
class RegistrationField:
    """A thing that is asked: one of the choices, or a text where there are none."""

    name: str
    choices: tuple[str, ...] = ()
    is_required: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON values, which `field_of` reads."""
        return {"name": self.name, "choices": list(self.choices), "required": self.is_required}


def field_of(data: Mapping[str, Any]) -> RegistrationField:
    """Return the field in stored JSON."""
    return RegistrationField(data["name"], tuple(data["choices"]), bool(data["required"]))


def read_fields(text: str) -> list[RegistrationField]:
    """Return the fields in *text*, one a line: a name, choices after a colon, a star where an answer is required.

    An empty text has none. Raises FieldError at the first line that is wrong.

    >>> read_fields("Nghề nghiệp*: nông dân; công nhân")
    [RegistrationField(name='Nghề nghiệp', choices=('nông dân', 'công nhân'), is_required=True)]
    >>> read_fields("Nơi làm việc")
    [RegistrationField(name='Nơi làm việc', choices=(), is_required=False)]
    """
    found: list[RegistrationField] = []
    for line in filter(None, map(clean, text.splitlines())):
        found.append(_read(line, found))
    return found


def _read(line: str, before: Iterable[RegistrationField]) -> RegistrationField:
    head, _colon, rest = line.partition(":")
    choices = tuple(dict.fromkeys(filter(None, (clean(each) for each in rest.split(";")))))
    name = head.strip().rstrip("*").strip()
    mistake = _mistake(name, choices, line, list(before))
    if mistake:
        raise FieldError(mistake, line)
    return RegistrationField(name, choices, "*" in head)


def _mistake(name: str, choices: tuple[str, ...], line: str, before: list[RegistrationField]) -> FieldMistake | None:
    keys = {search_key(each.name) for each in before}
    wrong = {
        FieldMistake.TOO_MANY: len(before) >= MOST_FIELDS,
        FieldMistake.LONG: not 0 < len(name) <= LONGEST_NAME or any(len(each) > LONGEST_ANSWER for each in choices),
        FieldMistake.SENSITIVE: bool(_SENSITIVE.search(search_key(name))),
        FieldMistake.TWICE: search_key(name) in keys,
        FieldMistake.CHOICES: ":" in line and not 2 <= len(choices) <= MOST_CHOICES,
    }
    return next((mistake for mistake, is_wrong in wrong.items() if is_wrong), None)


def written_fields(fields: Iterable[RegistrationField]) -> str:
    """Return fields as the form shows them, which `read_fields` reads.

    >>> written_fields([RegistrationField("Nghề nghiệp", ("nông dân", "khác"), True)])
    'Nghề nghiệp*: nông dân; khác'
    """
    lines = []
    for each in fields:
        head = f"{each.name}*" if each.is_required else each.name
        lines.append(f"{head}: {'; '.join(each.choices)}" if each.choices else head)
    return "\n".join(lines)
