"""Find a contest with its open round, in one statement."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from commune.queries.logos import nearest_digest
from core.content import text_column
from core.data_version import PUBLIC, version_column
from core.db import UtcDateTime
from core.values.content import content_of
from quiz.contest.models import Contest, Round, RoundQuestion
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.queries import is_rehearsed_at
from quiz.contest.rules.presets import Rules

NOW = bindparam("now", type_=UtcDateTime)


class OpenRound(NamedTuple):
    """A round that takes papers: it is open and has questions."""

    id: int
    contest_id: int
    number: int
    opens_at: datetime
    closes_at: datetime
    results_at: datetime
    closed_at: datetime | None
    published_at: datetime | None
    limit_seconds: int
    grace_seconds: int
    rules: dict[str, Any]
    paper_version: int
    order_salt: bytes | None
    name: str
    name_text: str | None
    """Its name in the present language, which `name` prints."""

    @property
    def has_questions(self) -> bool:
        """True, since a round without questions is not open."""
        return True

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is the round of a rehearsal, which is not counted."""
        return self.number == REHEARSAL

    @property
    def declared(self) -> Rules:
        """The rules of this round."""
        return Rules.from_dict(self.rules)


class Entrance(NamedTuple):
    """A contest as the public sees it, with its open round, the version of the public data, and the number of the last
    round whose results are published. `title_text` is the title in the present language, which `title` prints, `logo`
    the digest of the organiser's logo.
    """

    id: int
    slug: str
    title: str
    hotline: str
    is_rehearsal: bool
    is_called_off: bool
    is_illustrative: bool
    round: OpenRound | None
    title_text: str | None
    logo: str | None
    public: int
    last_published: int | None

    @property
    def shown(self) -> tuple[object, ...]:
        """The values that its pages show: all but the version of the public data and the last published round."""
        return self[: self._fields.index("public")]


def find_entrance(session: Session, slug: str, now: datetime, *, paper: int = 0) -> Entrance | None:
    """Return the contest at *slug* with its open round at *now*; None for a draft that is not in rehearsal.

    Of several papers of one week it is the one with the number *paper*, the first where that is not open.
    """
    row = session.connection().execute(_ENTRANCE, {"slug": slug, "now": now, "paper": paper}).one_or_none()
    if row is None:
        return None
    id, slug, title, hotline, is_rehearsal, called_off_at, is_sample, title_text, logo, *rest = row
    public, published, *columns = rest
    is_open = columns[0] is not None and called_off_at is None
    return Entrance(
        id=id,
        slug=slug,
        title=content_of(title, title_text),
        hotline=hotline,
        is_rehearsal=bool(is_rehearsal),
        is_called_off=called_off_at is not None,
        is_illustrative=is_sample,
        round=_open(columns) if is_open else None,
        title_text=title_text,
        logo=logo,
        public=public,
        last_published=published,
    )


def _open(columns: list[Any]) -> OpenRound:
    round = OpenRound(*columns)
    return round._replace(name=content_of(round.name, round.name_text))


def _last_published() -> Any:
    """Return the column of the number of the contest's last published round."""
    earlier = aliased(Round)
    is_public = (earlier.number > REHEARSAL, earlier.published_at <= NOW)
    query = select(func.max(earlier.number)).where(earlier.contest_id == Contest.id, *is_public)
    return query.correlate(Contest).scalar_subquery()


def _entrance() -> Any:
    rehearsed, candidate = is_rehearsed_at(NOW), aliased(Round)
    is_open = (candidate.contest_id == Contest.id, candidate.opens_at <= NOW, candidate.closes_at > NOW)
    first = (
        select(candidate.id)
        .where(*is_open, (candidate.number == REHEARSAL) == rehearsed)
        .where(select(RoundQuestion.id).where(RoundQuestion.round_id == candidate.id).exists())
        .order_by(case((candidate.number == bindparam("paper"), 0), else_=1), candidate.number)
        .limit(1)
        .correlate(Contest)
        .scalar_subquery()
    )
    contest = (Contest.id, Contest.slug, Contest.title, Contest.hotline, rehearsed, Contest.called_off_at)
    words = (Contest.is_illustrative, text_column(Contest.title), nearest_digest(Contest.unit_id))
    shown = (*contest, *words, version_column(PUBLIC), _last_published())
    columns = (getattr(Round, name) for name in OpenRound._fields)
    query = select(*shown, *columns).select_from(Contest).outerjoin(Round, Round.id == first)
    return query.where(Contest.slug == bindparam("slug"), or_(Contest.is_draft.is_(False), rehearsed))


_ENTRANCE = _entrance()
