"""Let lower rooms write audit entries for terminal commands; the manifest of accounts supplies the writer."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session, sessionmaker

from core.db import add_session_info, session_info

AuditWriter = Callable[[Session, str, str, Mapping[str, int | str]], None]
"""A writer of audit entries: (session, code of the action, its subject in words, its result in plain values)."""
_WRITER = "audit_writer"


def configure(sessions: sessionmaker[Session], write: AuditWriter) -> None:
    """Give the writer to every session that *sessions* makes."""
    add_session_info(sessions, **{_WRITER: write})


def record_command(session: Session, action: str, words: str, after: Mapping[str, int | str]) -> None:
    """Write an audit entry for what a command did; the last thing before the commit."""
    write: AuditWriter = session_info(session, _WRITER)
    write(session, action, words, after)
