"""The figures of units for their prizes, and the decisions on them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit
from core.crypto import digest
from quiz.attempt.models import Entry
from quiz.awards.models import CollectiveAward, CollectiveDecision
from quiz.awards.queries.contest_file import read_contest_file
from quiz.awards.rules.collective import MeasureList, UnitAward, UnitFigures, awards_by_measure
from quiz.boards.queries.board_lines import BoardLines
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries.unit_at_close import unit_at_close
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.models import Draw, Exclusion, StandingRow
from quiz.results.queries.capped import papers_of_entry, up_to
from quiz.results.queries.correction import in_force
from quiz.results.queries.draws import list_unit_draws
from quiz.results.queries.result import newest_versions
from quiz.results.rules.draws import DrawOrder


@dataclass(frozen=True)
class CollectiveDraft:
    """The prizes of units as they would be decided now, with the figures of all units."""

    board: BoardLines
    figures: Sequence[UnitFigures]
    lists: Sequence[MeasureList]
    terms: PrizeTerms
    digest: str
    drawn: Sequence[Draw] = ()
    """The public draws recorded among units, the oldest first."""

    @property
    def units(self) -> Mapping[int, Unit]:
        """The units by their refs."""
        return self.board.units

    @property
    def awards(self) -> list[UnitAward]:
        """The places of all lists; a unit has one in each list that has a value for it."""
        return [each for own in self.lists for each in own.awards]

    @property
    def winners(self) -> list[tuple[CollectiveMeasure, UnitAward]]:
        """The units with a prize, and the measure of that."""
        return [(own.measure, each) for own in self.lists for each in own.awards if each.tier is not None]

    @property
    def over(self) -> list[UnitFigures]:
        """The units that a prize by rate leaves out because they have more people than inhabitants."""
        return [each for each in self.figures if each.is_over] if self.has_rate_prizes else []

    @property
    def uncounted(self) -> list[UnitFigures]:
        """The units with people that a prize by rate leaves out because they have no headcount."""
        without = [each for each in self.figures if each.people and not each.headcount]
        return without if self.has_rate_prizes else []

    @property
    def has_rate_prizes(self) -> bool:
        """Whether prizes go by the rate."""
        return any(own.measure is CollectiveMeasure.RATE and own.has_prizes for own in self.lists)

    @property
    def draws(self) -> int:
        """The units that wait for the draw."""
        return sum(each.needs_draw for each in self.awards)


def draft_collective(session: Session, contest: Contest, now: datetime) -> CollectiveDraft | None:
    """Return the prizes of units by the declared measures; None before the first close."""
    file, terms = read_contest_file(session, contest, now), contest.prize_terms
    if file is None:
        return None
    figures = _figures(session, contest, file.board, file.winners)
    tiers, ties = [tier.value for tier in contest.collective_tiers], Rules.from_dict(contest.rules).ties
    drawn = list_unit_draws(session, contest) if ties is Ties.DRAW else []
    lists = awards_by_measure(figures, tiers, terms.measure, ties, _by_measure(drawn))
    facts = [str(terms.to_dict())]
    for own in lists:
        facts += [own.measure.value] if own.measure is not terms.measure else []
        facts += [f"{each.figures} {each.rank} {each.tier} {each.needs_draw}" for each in own.awards]
    draft = CollectiveDraft(file.board, figures, lists, terms, "", drawn)
    facts += [f"over: {each}" for each in draft.over]
    return replace(draft, digest=digest(*facts).hex()[:32])


def _by_measure(drawn: Sequence[Draw]) -> dict[CollectiveMeasure, list[DrawOrder]]:
    found = defaultdict[CollectiveMeasure, list[DrawOrder]](list)
    for each in drawn:
        found[CollectiveMeasure(each.measure or "")].append(each.value)
    return found


def find_decision(session: Session, contest: Contest) -> CollectiveDecision | None:
    """Return the newest decision on the prizes of *contest*'s units, with its awards and their units."""
    query = select(CollectiveDecision).where(CollectiveDecision.contest_id == contest.id)
    query = query.options(joinedload(CollectiveDecision.awards).joinedload(CollectiveAward.unit))
    return session.scalars(query.order_by(CollectiveDecision.version.desc())).unique().first()


def count_unrecognised(session: Session, contest: Contest) -> list[tuple[str, int]]:
    """Return how many papers of the closed rounds are not recognised for each ground, the most frequent first."""
    closed = (Round.contest_id == contest.id, Round.number > 0, Round.closed_at.is_not(None))
    query = (
        select(Exclusion.ground, func.count()).join(Round, Round.id == Exclusion.round_id).where(*closed, in_force())
    )
    query = query.group_by(Exclusion.ground).order_by(func.count().desc(), Exclusion.ground)
    return [(ground, count) for ground, count in session.execute(query)]


def list_unready(contest: Contest, now: datetime) -> list[int]:
    """Return the rounds that hold up a decision: not published, or with objections and not final."""
    objects = contest.prize_terms.objection_days is not None
    return [
        round.number
        for round in contest.rounds
        if round.published_at is None or round.published_at > now or (objects and round.finalised_at is None)
    ]


def _figures(session: Session, contest: Contest, board: BoardLines, winners: Mapping[int, int]) -> list[UnitFigures]:
    turns, capped = _turns(session, contest, None), _turns(session, contest, contest.prize_terms.cap)
    people, points = _people(session, contest), _points(session, contest)
    found = []
    for line in board.lines:
        refs = {line.ref, *(village.ref for village in board.villages.get(line.ref, ()))}
        of = partial(_sum, refs)
        figures = UnitFigures(line.ref, of(turns), of(capped), of(people), of(winners), of(points), line.headcount)
        found.append(figures)
    return found


def _sum(refs: Collection[int], by: Mapping[int, int]) -> int:
    return sum(by.get(ref, 0) for ref in refs)


def _recognised(contest: Contest) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of entries in closed rounds, with a left join to their exclusion in force."""
    out = and_(Exclusion.round_id == Entry.round_id, Exclusion.participant_id == Entry.participant_id, in_force())
    return out, and_(Round.contest_id == contest.id, Round.number > 0, Round.closed_at.is_not(None))


def _entries(contest: Contest, *columns: Any) -> Select[Any]:
    out, closed = _recognised(contest)
    query = select(*columns).select_from(Entry).join(Round, Round.id == Entry.round_id)
    query = query.join(Participant, Participant.id == Entry.participant_id).outerjoin(Exclusion, out)
    return query.where(closed, Exclusion.round_id.is_(None))


def _people(session: Session, contest: Contest) -> dict[int, int]:
    """Return the different people with a recognised entry, each in the unit of their last round."""
    newest = func.row_number().over(partition_by=Entry.participant_id, order_by=Round.number.desc())
    each = _entries(contest, unit_at_close().label("unit"), newest.label("newest")).subquery()
    query = select(each.c.unit, func.count()).where(each.c.newest == 1)
    return dict(session.execute(query.group_by(each.c.unit)).all())


def _turns(session: Session, contest: Contest, cap: int | None) -> dict[int, int]:
    """Return the submitted papers of these people, of each up to *cap* in a round."""
    each = _entries(contest, unit_at_close().label("unit"), papers_of_entry().label("papers")).subquery()
    query = select(each.c.unit, func.sum(up_to(each.c.papers, cap))).group_by(each.c.unit)
    return {unit: int(turns) for unit, turns in session.execute(query)}


def _points(session: Session, contest: Contest) -> dict[int, int]:
    """Return the right answers of the ranked papers, summed over the newest results."""
    query = select(unit_at_close().label("unit"), StandingRow.correct).select_from(StandingRow)
    query = query.join(Participant, Participant.id == StandingRow.participant_id)
    query = query.join(Round, Round.id == StandingRow.round_id).where(Round.contest_id == contest.id, Round.number > 0)
    each = query.where(tuple_(StandingRow.round_id, StandingRow.version).in_(newest_versions())).subquery()
    sums = select(each.c.unit, func.sum(each.c.correct)).group_by(each.c.unit)
    return {unit: int(points) for unit, points in session.execute(sums)}
