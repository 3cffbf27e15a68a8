"""Choose a nickname, take it back, and strike one."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.operations.audit import Actor, Subject, record
from core.crypto import Keyring
from core.data_version import PUBLIC, renew_version
from core.person_keys import find_person
from core.values.text import Sentence
from quiz.contest.models import Contest, Nickname, Participant
from quiz.contest.queries import list_contest_units
from quiz.contest.queries.nicknames import read_nickname, registered_among
from quiz.contest.rules import nicknames as rules
from quiz.contest.rules.actions import QuizAction


class NicknameRefused(Exception):
    """The nickname may not be chosen; `why` is the reason in words."""

    def __init__(self, wording: str, **values: object) -> None:
        self.why = Sentence(wording, **values)
        super().__init__(self.why)


class NoNickname(Exception):
    """The participant has no nickname that could be struck."""


def choose_nickname(
    session: Session, keyring: Keyring, participant: Participant, nickname: str, *, now: datetime
) -> None:
    """Store the *nickname* of *participant*, whom the caller has locked or just made, in place of an earlier one.

    It stands on results of rounds that end after *now*: they are published by those who have read it. An
    earlier one is gone from every page. The constraint lets a contest have each nickname once.

    Raises:
        NicknameRefused: by the rules, because somebody is registered under it or has chosen it, or after too many
            choices or strikes; nothing is stored.
    """
    person, earlier = find_person(session, keyring, participant.person_id), session.get(Nickname, participant.id)
    if person is None:
        return
    _check(session, keyring, participant, earlier, nickname)
    row = earlier or Nickname(participant_id=participant.id, contest_id=participant.contest_id, choices=0, strikes=0)
    try:
        with session.begin_nested():
            row.sealed, row.key_hash = person.seal(nickname), _key_hash(keyring, participant, nickname)
            row.chosen_at, row.choices, row.struck_at, row.reason = now, row.choices + 1, None, ""
            session.add(row)
    except IntegrityError as error:
        raise NicknameRefused(rules.TAKEN) from error
    if earlier is not None:
        renew_version(session, PUBLIC)


def take_back(session: Session, participant_id: uuid.UUID) -> None:
    """Remove the nickname of a participant from every page; that they chose, and how often, stays."""
    mine = (Nickname.participant_id == participant_id, Nickname.sealed.is_not(None))
    gone = update(Nickname).where(*mine).values(sealed=None, key_hash=None, struck_at=None, reason="")
    if session.execute(gone.returning(Nickname.participant_id)).first() is not None:
        renew_version(session, PUBLIC)


def strike_nickname(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    about: Subject,
    participant: Participant,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Strike the nickname of *participant*, recorded as *about*; they read the *reason* on their own page.

    The nickname is recorded under the person's own key. It stays taken in the contest, so that another person can't
    choose it.

    Raises:
        NoNickname: there is none, or it was struck or taken back before.
    """
    row = session.get(Nickname, participant.id)
    person, said = find_person(session, keyring, participant.person_id), read_nickname(session, keyring, row)
    mine = (Nickname.participant_id == participant.id, Nickname.struck_at.is_(None), Nickname.sealed.is_not(None))
    strike = update(Nickname).where(*mine).values(struck_at=now, reason=reason, strikes=Nickname.strikes + 1)
    if person is None or session.execute(strike.returning(Nickname.participant_id)).first() is None:
        raise NoNickname
    record(
        session, actor, QuizAction.NICKNAME_STRIKE, about, reason=reason, person=(person, {"nickname": said}), now=now
    )


def _check(
    session: Session, keyring: Keyring, participant: Participant, earlier: Nickname | None, nickname: str
) -> None:
    if participant.may_be_child:
        raise NicknameRefused(rules.CHILD)
    if earlier is not None and earlier.strikes >= rules.MOST_STRIKES:
        raise NicknameRefused(rules.STRUCK, n=rules.MOST_STRIKES)
    if earlier is not None and earlier.choices >= rules.MOST_CHOICES:
        raise NicknameRefused(rules.OFTEN, n=rules.MOST_CHOICES)
    refusal = rules.why_refused(nickname, _places(session, participant.contest))
    if refusal is not None:
        raise NicknameRefused(refusal.wording, **refusal.values)
    if registered_among(session, keyring, participant.contest_id, [nickname]):
        raise NicknameRefused(rules.PERSON)


def _places(session: Session, contest: Contest) -> Iterable[str]:
    return [contest.unit.name, contest.organiser, *(unit.name for unit in list_contest_units(session, contest))]


def _key_hash(keyring: Keyring, participant: Participant, nickname: str) -> bytes:
    kind = "rehearsal" if participant.is_rehearsal else ""
    return keyring.mac("nickname", str(participant.contest_id), kind, rules.nickname_key(nickname))
