"""Entry cards: make a batch, void it, redeem a card once."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Unit
from core.crypto import Keyring, RandomBytes
from core.values.codes import BITS, letters
from quiz.contest.models import CardBatch, Contest, EntryCard
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction

CARD_LETTERS = 10
"""50 bits: a card is always typed from paper or scanned, and there are at most some ten thousand."""


class CardRefused(Exception):
    """The card is unknown, used or void."""


class CardUnknown(CardRefused):
    """No card of the contest has this code."""


class CardUsed(CardRefused):
    """The card was used before."""


class CardVoided(CardRefused):
    """The batch of the card was voided."""


def make_cards(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    unit: Unit,
    place: str,
    quantity: int,
    *,
    now: datetime,
    random: RandomBytes = secrets.token_bytes,
) -> tuple[CardBatch, list[str]]:
    """Make *quantity* cards for a *place* of *unit* and record it; return the batch and the codes.

    The codes are nowhere else: a batch whose print is lost is voided, and another one made.
    """
    batch = CardBatch(contest_id=contest.id, unit_id=unit.id, place=place, quantity=quantity, made_at=now)
    session.add(batch)
    session.flush()
    codes = [new_card(random) for _ in range(quantity)]
    rows = [{"code_hash": card_hash(keyring, contest.id, code), "batch_id": batch.id} for code in codes]
    session.execute(insert(EntryCard), rows)
    record(session, actor, QuizAction.CARD_MAKE, of_contest(contest), after=_facts_of(batch, unit), now=now)
    return batch, codes


def new_card(random: RandomBytes = secrets.token_bytes) -> str:
    """Return a new code of a card, 50 bits."""
    return letters(int.from_bytes(random(7), "big") & (1 << BITS * CARD_LETTERS) - 1, CARD_LETTERS)


def card_hash(keyring: Keyring, contest_id: int, code: str) -> bytes:
    """Return the keyed hash under which a card is stored."""
    return keyring.mac("entry-card", str(contest_id), code)


def void_batch(session: Session, actor: Actor, batch: CardBatch, why: str, *, now: datetime) -> bool:
    """Void the unused cards of *batch* and record it; return False when it was voided before.

    People whom its cards have confirmed stay confirmed: an exclusion needs a second person.
    """
    claim = update(CardBatch).where(CardBatch.id == batch.id, CardBatch.voided_at.is_(None))
    claim = claim.values(voided_at=now, voided_why=why)
    if session.execute(claim.returning(CardBatch.id)).first() is None:
        return False
    session.refresh(batch)
    after = _facts_of(batch, batch.unit)
    record(session, actor, QuizAction.CARD_VOID, of_contest(batch.contest), after=after, reason=why, now=now)
    return True


def _facts_of(batch: CardBatch, unit: Unit) -> dict[str, Plain]:
    return {"number": batch.id, "cards": batch.quantity, "unit": unit.name, "place": batch.place or None}


def redeem_card(session: Session, keyring: Keyring, contest_id: int, code: str, *, now: datetime) -> None:
    """Use up the card *code* of a contest, by one conditional UPDATE, so that it confirms one person.

    Raises:
        CardUnknown, CardUsed, CardVoided: it can't be used.
    """
    hash = card_hash(keyring, contest_id, code)
    valid = select(CardBatch.id).where(CardBatch.contest_id == contest_id, CardBatch.voided_at.is_(None))
    claim = update(EntryCard).where(EntryCard.code_hash == hash, EntryCard.used_at.is_(None))
    claim = claim.where(EntryCard.batch_id.in_(valid)).values(used_at=now)
    claim = claim.returning(EntryCard.batch_id).execution_options(synchronize_session=False)
    if session.execute(claim).first() is not None:
        return
    used = select(EntryCard.used_at).where(EntryCard.code_hash == hash)
    found = session.execute(used).first()
    if found is None:
        raise CardUnknown
    raise CardVoided if found.used_at is None else CardUsed


def forget_cards(session: Session, contest_ids: Collection[int]) -> None:
    """Delete the cards of these contests."""
    batches = select(CardBatch.id).where(CardBatch.contest_id.in_(contest_ids))
    gone = {"synchronize_session": False}
    session.execute(delete(EntryCard).where(EntryCard.batch_id.in_(batches)).execution_options(**gone))
    session.execute(delete(CardBatch).where(CardBatch.contest_id.in_(contest_ids)).execution_options(**gone))
