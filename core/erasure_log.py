"""Remember erased persons in a file beside the database, so that restoring an older copy erases them again.

A line each: the kind, and a random id that identifies no person. No date, and no order that the database didn't have.
"""

import logging
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from core.db import add_session_info

FILE = "erased.txt"
_PLACE, _NOTED = "erased_file", "erased_noted"
log = logging.getLogger(__name__)


def keep_in(sessions: sessionmaker[Session], file: Path) -> None:
    """Log in *file* what is erased in *sessions*."""
    add_session_info(sessions, **{_PLACE: file})


def note(session: Session, kind: str, ids: Iterable[uuid.UUID]) -> None:
    """Log *ids* of *kind* as erased once this transaction is committed; a rollback logs nothing."""
    session.info.setdefault(_NOTED, []).extend(f"{kind} {id}" for id in ids)


def read(file: Path, kind: str) -> frozenset[uuid.UUID]:
    """Return the ids of *kind* in *file*, none without a file; a line cut short by a full disk is skipped."""
    lines = (line.split() for line in _lines(file))
    return frozenset(_id(line[1]) for line in lines if len(line) == 2 and line[0] == kind) - {_NOBODY}


_NOBODY = uuid.UUID(int=0)


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return _NOBODY


def _lines(file: Path) -> list[str]:
    return file.read_text(errors="replace").splitlines() if file.exists() else []


@event.listens_for(Session, "after_commit")
def _remember(session: Session) -> None:
    """Write after the commit, so that only completed erasures are logged."""
    file: Path | None = session.info.get(_PLACE)
    if file is None or session.in_nested_transaction() or not (noted := session.info.pop(_NOTED, None)):
        return
    try:
        known = frozenset(_lines(file))
        new = "".join(f"{line}\n" for line in dict.fromkeys(noted) if line not in known)
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(new)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:  # erased all the same; the next restore also reads the data that it replaces
        log.error("not remembered in %s who was erased: %s", file, error.strerror)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_NOTED, None)
