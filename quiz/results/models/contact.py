"""Temporary access of accounts to participants' contacts, which are hidden otherwise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime

WINNERS, FRONT, LINES, ABSENT, SEASON = PEOPLE = ("winners", "front", "lines", "absent", "season")
"""The people in line for a prize, who are to be called; the front of the standings; those who fit a line of the roster
that another fits too, who are to be called; the people of one unit who have not taken part, who are to be reminded;
those in line for a prize of the whole contest, who are to be called once its last round is published.
"""


class ContactOpening(Base):
    """Access of one account to the contacts of some people of a round, until `closes_at`."""

    __tablename__ = "quiz_contact_opening"
    __table_args__ = (
        CheckConstraint(f"people IN {PEOPLE}", name="people_known"),
        CheckConstraint("closes_at > opened_at", name="closes_after_it_opens"),
        CheckConstraint("(people = 'absent') = (unit_id IS NOT NULL)", name="absent_ones_are_of_a_unit"),
        Index("ix_quiz_contact_opening_round", "round_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"))
    people: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("commune_unit.id"))
    reason: Mapped[str] = mapped_column(String(500))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
