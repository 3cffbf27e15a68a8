"""The pictures in the form of a question: a file, its words, and the picture that is held already."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField

from core.images import BadPicture, WebPicture, redraw_photo
from core.translation import gettext
from core.values.text import N_, clean
from core.web.forms import FileForm, TextField
from quiz.bank.models import LONGEST_ALT
from quiz.bank.rules.parsed import PictureRef

OWN = "cau"
"""The part of the form for the picture of the question itself; the others are letters of choices."""
LARGEST_PICTURE = 12 << 20
"""Bytes of a picture as it is sent: a photo of a phone's camera takes 3 to 10 MB."""
Store = Callable[[WebPicture], str]


class PictureForm(FileForm):
    """A form with pictures for the *parts* of a question; each is re-encoded and stored as soon as it is accepted.

    So a picture stays in the form when something else is wrong with it.
    """

    parts: tuple[str, ...] = ()
    store: Store
    """Keeps an accepted picture and returns its digest; the view sets it before it validates."""
    known: Collection[str] = frozenset()
    """The digests that the form may hold; others are forged."""

    def picture(self, part: str) -> PictureRef | None:
        """Return the picture of a part as sent."""
        digest = self[f"held_{part}"].data
        return PictureRef(digest, clean(self[f"alt_{part}"].data or "")) if digest else None

    def hold(self, part: str, picture: PictureRef | None) -> None:
        """Show a picture for editing."""
        if picture is not None:
            self[f"held_{part}"].data, self[f"alt_{part}"].data = picture

    def rows_of(self, part: str) -> tuple[Any, Any, Any, Any]:
        """Return the fields of a part: the file, its words, what is held, and the box that removes it."""
        return self[f"image_{part}"], self[f"alt_{part}"], self[f"held_{part}"], self[f"drop_{part}"]

    def take_pictures(self) -> bool:
        """Take the pictures that were sent; return whether all were accepted and have words."""
        taken = [self._take(part) for part in self.parts]
        return all(taken)

    def _take(self, part: str) -> bool:
        image, alt, held, drop = self.rows_of(part)
        if drop.data or (held.data and held.data not in self.known):
            held.data, drop.data = "", False
        if not self._take_file(image, held):
            return False
        if not held.data:
            return True
        words = clean(alt.data or "")
        if not words:
            alt.errors = [gettext("Xin ghi hình có gì, cho người không nhìn thấy hình.")]
        elif len(words) > LONGEST_ALT:
            alt.errors = [gettext("Lời mô tả dài quá %(most)s chữ.", most=LONGEST_ALT)]
        return not alt.errors

    def _take_file(self, image: Any, held: Any) -> bool:
        data = image.data.read(LARGEST_PICTURE + 1) if image.data else b""
        if len(data) > LARGEST_PICTURE:
            image.errors = [gettext("Tệp nặng quá 12 MB. Xin thu nhỏ hình rồi chọn lại.")]
        elif data:
            try:
                held.data = self.store(redraw_photo(data))
            except BadPicture as refusal:
                image.errors = [gettext(str(refusal))]
        return not image.errors


def add_picture_fields(form: type[PictureForm], *parts: str) -> None:
    """Add the fields of a picture for each of *parts* to a form."""
    form.parts = parts
    for part in parts:
        setattr(form, f"image_{part}", FileField(N_("Chọn hình")))
        setattr(form, f"alt_{part}", TextField(N_("Hình có gì")))
        setattr(form, f"held_{part}", HiddenField())
        setattr(form, f"drop_{part}", BooleanField(N_("Bỏ hình này")))
