"""The question bank: questions, their revisions and the choices of each revision."""

from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    event,
    false,
    inspect,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.content import translated
from core.db import Base

DRAFT, REVIEWED, USED = STATES = ("draft", "reviewed", "used")
"""`used`: a round asks the revision, which is then frozen; a correction is the next revision."""


HAS_WORDS = "image IS NULL OR image_alt <> ''"
"""A picture has words for those who do not see it."""
LONGEST_ALT = 300


class FrozenRevision(Exception):
    """A revision that a round asks was to be changed."""


class Question(Base):
    """A question of one contest, or of a unit's bank for all its contests; its text is in its revisions."""

    __tablename__ = "quiz_question"
    __table_args__ = (
        CheckConstraint("(contest_id IS NULL) <> (unit_id IS NULL)", name="of_a_contest_or_a_unit"),
        CheckConstraint("difficulty BETWEEN 1 AND 5", name="difficulty_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_contest.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    topic: Mapped[str] = mapped_column(String(80), default="", server_default="")
    difficulty: Mapped[int | None] = mapped_column(SmallInteger)
    is_kept: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it stays in the bank when no round asks it any more; else it was written for a round alone."""

    revisions: Mapped[list["QuestionRevision"]] = relationship(
        back_populates="question", order_by="QuestionRevision.number", cascade="all, delete-orphan"
    )


class QuestionPicture(Base):
    """A picture of questions or choices, re-encoded as WebP; its key is the SHA-256 (hex) of its bytes.

    One that no question holds is deleted some days after it was stored.
    """

    __tablename__ = "quiz_question_picture"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_whole"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    width: Mapped[int] = mapped_column(SmallInteger)
    height: Mapped[int] = mapped_column(SmallInteger)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    stored_on: Mapped[date]


@translated("text", "explanation", "source", "image_alt")
class QuestionRevision(Base):
    """A question in one wording, with its explanation and legal source, which participants read afterwards.

    `image` is a stored picture, `image_alt` what it shows. Once `used`, a revision and its choices are frozen.
    """

    __tablename__ = "quiz_question_revision"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(HAS_WORDS, name="image_has_words"),
        {"sqlite_autoincrement": True},  # ids of deleted revisions are not reused
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_question.id"))
    number: Mapped[int] = mapped_column(SmallInteger, default=1)
    text: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text, default="", server_default="")
    source: Mapped[str] = mapped_column(Text, default="", server_default="")
    image: Mapped[str | None] = mapped_column(ForeignKey("quiz_question_picture.digest"), index=True)
    image_alt: Mapped[str] = mapped_column(String(LONGEST_ALT), default="", server_default="")
    state: Mapped[str] = mapped_column(String(8), default=DRAFT)

    question: Mapped[Question] = relationship(back_populates="revisions")
    choices: Mapped[list["Choice"]] = relationship(
        back_populates="revision", order_by="Choice.letter", cascade="all, delete-orphan"
    )
    picture: Mapped[QuestionPicture | None] = relationship()

    @property
    def topic(self) -> str:
        """The topic of its question."""
        return self.question.topic

    @property
    def key(self) -> frozenset[str]:
        """The letters of the right choices, one or several."""
        return frozenset(choice.letter for choice in self.choices if choice.is_right)


@translated("text", "image_alt")
class Choice(Base):
    """A choice of a revision; answers are stored by its letter, whatever the order on a paper."""

    __tablename__ = "quiz_choice"
    __table_args__ = (
        UniqueConstraint("revision_id", "letter"),
        CheckConstraint(HAS_WORDS, name="image_has_words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("quiz_question_revision.id"))
    letter: Mapped[str] = mapped_column(String(1))
    text: Mapped[str] = mapped_column(Text)
    is_right: Mapped[bool] = mapped_column(default=False)
    image: Mapped[str | None] = mapped_column(ForeignKey("quiz_question_picture.digest"), index=True)
    image_alt: Mapped[str] = mapped_column(String(LONGEST_ALT), default="", server_default="")

    revision: Mapped[QuestionRevision] = relationship(back_populates="choices")
    picture: Mapped[QuestionPicture | None] = relationship()

    @property
    def words(self) -> str:
        """Its text; without one what its picture shows."""
        return self.text or self.image_alt


@event.listens_for(QuestionRevision, "before_update")
def _refuse_change_of_used(_mapper: Any, _connection: Any, revision: QuestionRevision) -> None:
    columns = inspect(revision).mapper.column_attrs
    if _was_used(revision) and any(inspect(revision).attrs[each.key].history.has_changes() for each in columns):
        raise FrozenRevision(revision.id)


@event.listens_for(Choice, "before_update")
def _refuse_change_of_used_choice(_mapper: Any, _connection: Any, choice: Choice) -> None:
    if _was_used(choice.revision):
        raise FrozenRevision(choice.revision_id)


def _was_used(revision: QuestionRevision) -> bool:
    """Whether a round asked *revision* before this flush, which may itself be setting it to `used`."""
    state = inspect(revision).attrs.state.history
    return USED in (state.deleted or state.unchanged)
