"""Store pictures of questions, and delete those that no question holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.db import changed_rows
from core.images import WebPicture, redraw_photos
from core.values.text import N_
from quiz.bank.models import Choice, QuestionPicture, QuestionRevision
from quiz.bank.rules.pictures import KnownPictures
from quiz.contest.models import Contest
from quiz.contest.queries.pictures import bank_digests

KEPT = timedelta(days=2)
"""How long a picture is kept for a question that is still being written or read from a file."""


def store_picture(session: Session, picture: WebPicture, *, today: date) -> str:
    """Store a re-encoded picture once, and return its digest; no question holds it yet."""
    digest = sha256(picture.data).hexdigest()
    there = session.get(QuestionPicture, digest)
    if there is not None:
        there.stored_on = today
        session.flush()
        return digest
    row = QuestionPicture(digest=digest, width=picture.width, height=picture.height, data=picture.data, stored_on=today)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another request stored it at the same moment
        pass
    return digest


def pictures_of_file(session: Session, files: Mapping[str, bytes], *, today: date) -> dict[str, dict[str, str]]:
    """Re-encode and store the pictures of a file of questions, by their marks there.

    Returns "pictures" (mark → digest) and "refused" (mark → why), as a draft keeps them; nothing for no pictures.
    """
    if not files:
        return {}
    made = dict(zip(files, redraw_photos(list(files.values())), strict=True))
    stored = {
        mark: store_picture(session, each, today=today) for mark, each in made.items() if isinstance(each, WebPicture)
    }
    refused = {mark: str(each) for mark, each in made.items() if not isinstance(each, WebPicture)}
    return {"pictures": stored, "refused": refused}


def known_pictures(session: Session, contest: Contest, choices: Mapping[str, Mapping[str, str]]) -> KnownPictures:
    """Return the pictures that a draft of questions may name: those of the bank, and those of its own file."""
    stored, refused, words = (dict(choices.get(name, {})) for name in ("pictures", "refused", "words"))
    return KnownPictures(bank_digests(session, contest), stored, refused, words)


def delete_unused_pictures(session: Session, today: date) -> str:
    """Daily: delete the pictures that no question holds, `KEPT` after they were stored."""
    own = select(QuestionRevision.image).where(QuestionRevision.image.is_not(None))
    of_choices = select(Choice.image).where(Choice.image.is_not(None))
    unused = delete(QuestionPicture).where(
        QuestionPicture.stored_on < today - KEPT,
        QuestionPicture.digest.not_in(own),
        QuestionPicture.digest.not_in(of_choices),
    )
    return N_("Đã xóa %(n)s hình không câu hỏi nào dùng.") % {"n": changed_rows(session, unused)}
