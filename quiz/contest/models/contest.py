"""A contest, the units that may enter it, and its rounds."""

import secrets
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from commune.models import Unit
from core.content import text_of, translated
from core.db import Base, UtcDateTime
from quiz.contest.models.contest_unit import ContestUnit
from quiz.contest.models.prize import Bloc, PrizeTier
from quiz.contest.models.round_question import RoundQuestion
from quiz.contest.rules.amendments import tiers_from_json
from quiz.contest.rules.fields import RegistrationField, field_of
from quiz.contest.rules.names import read_pairs
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span, last_shown_day
from quiz.contest.rules.terms import PrizeTerms

REHEARSAL = 0
"""The number of the round of a contest in rehearsal."""


def new_version() -> int:
    """Return a random version, which no database has had before."""
    return secrets.randbits(62)


def new_salt() -> bytes:
    """Return the random part of a round's secret for the order of its papers."""
    return secrets.token_bytes(32)


def _prizes(which: str) -> Any:
    """Return the relationship to the prizes of a contest that meet a condition, in order."""
    return relationship(
        order_by="PrizeTier.position",
        cascade="all, delete-orphan",
        primaryjoin=f"and_(PrizeTier.contest_id == Contest.id, {which})",
        overlaps="tiers,season_tiers,collective_tiers",
    )


@translated("title", "summary", "organiser", apart=["prizes"])
class Contest(Base):
    """A contest of a unit; `rules` is the default for new rounds, and each round has its own declared copy.

    While `is_rehearsal`, the public finds a round 0 with questions of its own, which is not in `rounds`. A draft is
    seen by staff alone and holds no personal data but a rehearsal's.
    """

    __tablename__ = "quiz_contest"
    __table_args__ = (
        CheckConstraint("people_per_phone BETWEEN 1 AND 50", name="people_per_phone_sensible"),
        CheckConstraint("called_off_at IS NULL OR NOT is_draft", name="a_draft_is_deleted_rather"),
        CheckConstraint("called_off_at IS NULL OR called_off_why <> ''", name="called_off_for_a_reason"),
        CheckConstraint("trial_of_id IS NULL OR is_draft", name="a_trial_is_never_public"),
        {"sqlite_autoincrement": True},  # ids of deleted contests are not reused
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    organiser: Mapped[str] = mapped_column(String(200))
    hotline: Mapped[str] = mapped_column(String(40), default="")
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    people_per_phone: Mapped[int] = mapped_column(SmallInteger, default=4)
    youngest: Mapped[int] = mapped_column(SmallInteger, default=14)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    """Further questions at registration, as `rules.fields` stores them."""
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    is_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_draft: Mapped[bool] = mapped_column(default=False, server_default=false())
    plan_steps: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """The confirmed steps of its plan as the bits of `rules.planning`; 0 for one that was set up on one page."""
    trial_of_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_contest.id"), unique=True)
    """The contest that this is a trial of: its copy, in which the path is walked; `trial_asks` a second person."""
    trial_asks: Mapped[bool] = mapped_column(default=False, server_default=false())
    headcounts_fixed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its headcounts were copied, at the first registration (0104); None while the newest ones are used."""
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_off_why: Mapped[str] = mapped_column(String(500), default="", server_default="")

    unit: Mapped[Unit] = relationship()
    units: Mapped[list[ContestUnit]] = relationship(cascade="all, delete-orphan")
    rounds: Mapped[list["Round"]] = relationship(
        back_populates="contest",
        order_by="Round.number",
        primaryjoin="and_(Round.contest_id == Contest.id, Round.number > 0)",
    )
    tiers: Mapped[list["PrizeTier"]] = _prizes("~PrizeTier.is_collective, ~PrizeTier.is_season")
    season_tiers: Mapped[list["PrizeTier"]] = _prizes("PrizeTier.is_season")
    collective_tiers: Mapped[list["PrizeTier"]] = _prizes("PrizeTier.is_collective")
    blocs: Mapped[list["Bloc"]] = relationship(order_by="Bloc.position", cascade="all, delete-orphan")

    @property
    def asks_more(self) -> bool:
        """Whether more is asked at registration than name, phone, birth year and unit."""
        return bool(self.fields or self.blocs)

    @property
    def asked_fields(self) -> list[RegistrationField]:
        """The questions at registration besides name, phone, birth year and unit."""
        return [field_of(each) for each in self.fields]

    @property
    def numbered_blocs(self) -> list[int | None]:
        """The numbers of its blocs; one None where all are ranked together."""
        return [bloc.position for bloc in self.blocs] or [None]

    def bloc_name(self, position: int | None) -> str:
        """Return the name of a bloc; nothing without one."""
        if position is None:
            return ""
        return next((bloc.name for bloc in self.blocs if bloc.position == position), "")

    @property
    def prizes_each_round(self) -> int:
        """The number of prizes of people in each round, of all blocs."""
        return sum(tier.quantity for bloc in self.numbered_blocs for tier in self.tiers_for(bloc))

    def prize_words(self, tier: str | None, bloc: int | None) -> str:
        """Return a prize with its bloc, where the contest has blocs: "Giải Nhất, Người dân"."""
        name = self.bloc_name(bloc)
        return f"{tier}, {name}" if tier and name else tier or ""

    def tiers_for(self, bloc: int | None) -> list["PrizeTier"]:
        """Return the prizes of people that are given in *bloc*."""
        return [tier for tier in self.tiers if tier.bloc in (None, bloc)]

    @property
    def prize_terms(self) -> PrizeTerms:
        """The terms of its prizes: days to object and to claim, the measure of the prizes of units."""
        return PrizeTerms.from_dict(self.terms)

    @property
    def planned(self) -> list[PlannedRound]:
        """Its rounds as a plan names them."""
        return [
            PlannedRound(Span(each.opens_at, each.closes_at, each.results_at), each.name, each.same_week)
            for each in self.rounds
        ]

    @property
    def prize_texts(self) -> dict[str, str]:
        """The names of its prizes in the present language by their Vietnamese names, where it has them."""
        return read_pairs(text_of(self, "prizes"))

    @property
    def is_weekly(self) -> bool:
        """Whether its rounds are weeks: none has a name of its own."""
        return not any(round.name for round in self.rounds)

    @property
    def takes_papers(self) -> bool:
        """Whether entries may be made or imported: the contest is public, or a trial, and was not called off."""
        return (not self.is_draft or self.is_trial) and self.called_off_at is None

    @property
    def is_trial(self) -> bool:
        """Whether this is the trial of another contest, which only its organisers see and which counts nowhere."""
        return self.trial_of_id is not None


@translated("name")
class Round(Base):
    """A round of a contest: half-open [opens_at, closes_at), with the rules declared for it.

    Without a name of its own it is a week, "Tuần n". Rounds that overlap are papers of one week.
    """

    __tablename__ = "quiz_round"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint("results_at >= closes_at", name="results_after_the_close"),
        CheckConstraint("closed_at IS NULL OR closed_at >= closes_at", name="never_closed_early"),
        CheckConstraint("published_at IS NULL OR closed_at IS NOT NULL", name="published_after_closing"),
        CheckConstraint("finalised_at IS NULL OR published_at IS NOT NULL", name="final_after_publication"),
        {"sqlite_autoincrement": True},  # ids of deleted rounds are not reused
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(String(40), default="", server_default="")
    same_week: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it is another paper of the week of the round before."""
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    results_at: Mapped[datetime] = mapped_column(UtcDateTime)
    limit_seconds: Mapped[int] = mapped_column(default=900)
    grace_seconds: Mapped[int] = mapped_column(default=30)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    prizes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """The prizes of people in this round where an amendment gave later rounds others (0088); None for the contest's."""
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its entries stopped changing, because they are being ranked; None before (decision 0064)."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publication_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)
    """The approval of the publication."""
    board_held_at: Mapped[date | None]
    """The last day that its board shows until the close, where it was prolonged after later days were hidden (0091)."""
    finalised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its results became final: objections are over and answered. A later correction takes this back."""
    finalisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)
    paper_version: Mapped[int] = mapped_column(BigInteger, default=new_version, info={"keyed": True})
    """A random number, renewed whenever its questions or their key change; rendered papers are cached by it."""

    order_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=new_salt, info={"keyed": True})
    """The random part of the secret of its papers' order, which the master key completes; None before there was one."""

    contest: Mapped[Contest] = relationship(back_populates="rounds")
    publication: Mapped[Approval | None] = relationship(foreign_keys=[publication_id])
    finalisation: Mapped[Approval | None] = relationship(foreign_keys=[finalisation_id])
    questions: Mapped[list[RoundQuestion]] = relationship(
        order_by="RoundQuestion.position", cascade="all, delete-orphan"
    )

    def shown_until(self, now: datetime) -> date:
        """Return the last local day whose participation may be shown at *now*."""
        return last_shown_day(Span(self.opens_at, self.closes_at, self.results_at), now, self.board_held_at)

    def late_by(self, now: datetime) -> timedelta:
        """Return how long its results are overdue: nothing once published, or if they will never be."""
        if self.published_at is not None or self.contest.called_off_at is not None:
            return timedelta(0)
        return max(timedelta(0), now - self.results_at)

    def days_late(self, now: datetime) -> int:
        """Return for how many whole days its results are overdue."""
        return self.late_by(now).days

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is the round 0 of a rehearsal, of which nothing counts."""
        return self.number == REHEARSAL

    @property
    def is_frozen(self) -> bool:
        """Whether its entries no longer change."""
        return self.frozen_at is not None or self.closed_at is not None

    @property
    def has_questions(self) -> bool:
        """Whether it has questions; a round without any does not open."""
        return bool(self.questions)

    @property
    def asked(self) -> int:
        """The number of questions on each paper, of which a perfect one has all right."""
        return self.declared.asked(len(self.questions))

    @property
    def tiers(self) -> list[Tier]:
        """The prizes of people in this round: its own, or the contest's."""
        return tiers_from_json(self.prizes) if self.prizes is not None else [each.value for each in self.contest.tiers]

    def tiers_for(self, bloc: int | None) -> list[Tier]:
        """Return the prizes of people that are given in *bloc*."""
        return [tier for tier in self.tiers if tier.bloc in (None, bloc)]

    @property
    def prizes_each_round(self) -> int:
        """The number of prizes of people in this round, of all blocs."""
        return sum(tier.quantity for bloc in self.contest.numbered_blocs for tier in self.tiers_for(bloc))

    @property
    def declared(self) -> Rules:
        """The rules of this round."""
        return Rules.from_dict(self.rules)


def is_changeable() -> ColumnElement[bool]:
    """Return the condition of the rounds whose entries may still change."""
    return and_(Round.closed_at.is_(None), Round.frozen_at.is_(None))
