"""The number of different people of a unit in a contest, stored at each close."""

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class UnitPeople(Base):
    """Participants of a unit and a bloc with an entry in any round of a contest, each counted once; recounted at each
    close.

    `before` leaves out those who came in the last closed round alone; None for figures of an older program. `bloc` is 0
    in a contest without blocs.

    `capped` are the turns of the closed rounds, of each person up to the declared cap in a round, in the unit of that
    round's close; `capped_before` leaves out those of the last closed round. None without a declared cap.
    """

    __tablename__ = "quiz_unit_people"

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    bloc: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0, autoincrement=False)
    people: Mapped[int]
    before: Mapped[int | None]
    capped: Mapped[int | None]
    capped_before: Mapped[int | None]
