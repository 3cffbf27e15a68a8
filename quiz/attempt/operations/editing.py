"""Correct a contest: its texts at any time, the declared settings until the first registration."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Unit
from core.content import ENGLISH, Texts, set_texts
from quiz.attempt.operations.lifecycle import delete_rounds, has_papers, has_registrations, lock_contest
from quiz.contest.models import Contest, ContestUnit, Participant, PrizeTier
from quiz.contest.operations.audit_subjects import changed, facts_of, of_contest
from quiz.contest.operations.contest import (
    ContestPlan,
    blocs_of,
    collective_of,
    name_rounds,
    plan_rounds,
    season_of,
    tiers_of,
)
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier


class AlreadyDeclared(Exception):
    """Rules, dates, prizes and units can't change any more, since somebody has registered."""


class WouldLoseQuestions(Exception):
    """Rounds that would be removed have questions; carries their numbers."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


def may_redeclare(session: Session, contest: Contest) -> bool:
    """Whether rules, dates, prizes and units may still change: no registration, no paper, no rehearsal."""
    if contest.called_off_at is not None or contest.is_rehearsal:
        return False
    return not has_registrations(session, contest) and not has_papers(session, contest)


def edit_words(
    session: Session, actor: Actor, contest: Contest, *, title: str, organiser: str, hotline: str, summary: str,
    english: Texts | None = None, round_names: Texts | None = None, now: datetime,
) -> None:  # fmt: skip
    """Correct the texts of a contest, and those in *english* and the English names of its rounds if given, and audit
    it; its address stays, since it is already known.
    """
    was = facts_of(contest)
    contest.title, contest.organiser, contest.hotline, contest.summary = title, organiser, hotline, summary
    _record_changes(session, actor, contest, was, english or {}, round_names, now=now)


def _record_changes(
    session: Session,
    actor: Actor,
    contest: Contest,
    was: dict[str, Plain],
    english: Texts,
    round_names: Texts | None,
    *,
    now: datetime,
) -> None:
    before, after = changed(was, facts_of(contest))
    of_contest_texts = set_texts(session, contest, ENGLISH, english)
    of_rounds = ({}, {}) if round_names is None else name_rounds(session, contest, round_names)
    for texts_before, texts_after in (of_contest_texts, of_rounds):
        before, after = before | texts_before, after | texts_after
    if before:
        record(session, actor, QuizAction.CONTEST_EDIT, of_contest(contest), before=before, after=after, now=now)


def edit_contest(
    session: Session, actor: Actor, contest: Contest, unit: Unit, entering: Collection[Unit], plan: ContestPlan, *,
    now: datetime, drops: bool = False,
) -> None:  # fmt: skip
    """Apply *plan*, *unit* and *entering* to *contest* and audit the changes.

    A draft also gets the plan's address. With *drops*, surplus rounds are deleted with their questions.

    Raises:
        AlreadyDeclared: a declared setting would change after a registration or during a rehearsal.
        WouldLoseQuestions: surplus rounds have questions, and *drops* is not set.
        IntegrityError: another contest has the address.
    """
    lock_contest(session, contest)
    was = facts_of(contest)
    if _declared(contest) != (unit.id, {each.id for each in entering}, *_planned(plan)):
        if not may_redeclare(session, contest):
            raise AlreadyDeclared
        _redeclare(session, contest, unit, entering, plan, drops=drops)
    contest.title, contest.organiser, contest.hotline, contest.summary = (
        plan.title, plan.organiser, plan.hotline, plan.summary,
    )  # fmt: skip
    if contest.is_draft and not contest.is_rehearsal:
        contest.slug = plan.slug
    session.flush()
    _record_changes(session, actor, contest, was, plan.english, plan.round_names, now=now)


def _declared(contest: Contest) -> tuple[object, ...]:
    first, rules = contest.rounds[0], Rules.from_dict(contest.rules)
    return (
        contest.unit_id, {each.unit_id for each in contest.units}, rules, contest.planned,
        first.limit_seconds, contest.people_per_phone,
        contest.youngest, contest.prize_terms, contest.asked_fields, [bloc.name for bloc in contest.blocs],
        _prizes(contest.tiers), _prizes(contest.season_tiers), _prizes(contest.collective_tiers),
    )  # fmt: skip


def _planned(plan: ContestPlan) -> tuple[object, ...]:
    prizes = [_prizes(each) for each in (plan.tiers, plan.season, plan.collective)]
    given = (plan.terms, list(plan.fields), list(plan.blocs), *prizes)
    return plan.rules, plan.planned, plan.limit_seconds, plan.people_per_phone, plan.youngest, *given


def _prizes(tiers: Iterable[PrizeTier | Tier]) -> list[tuple[str, int, int | None, int | None]]:
    return [(tier.name, tier.quantity, tier.amount, tier.bloc) for tier in tiers]


def _set_blocs(session: Session, contest: Contest, plan: ContestPlan) -> None:
    """Give *contest* the blocs of *plan*; participants of an ended rehearsal lose theirs with the old ones."""
    if [bloc.name for bloc in contest.blocs] == list(plan.blocs):
        return
    rehearsed = update(Participant).where(Participant.contest_id == contest.id, Participant.is_rehearsal.is_(True))
    session.execute(rehearsed.values(bloc=None))
    contest.blocs.clear()
    session.flush()
    contest.blocs.extend(blocs_of(plan))
    session.flush()


def _redeclare(
    session: Session, contest: Contest, unit: Unit, entering: Collection[Unit], plan: ContestPlan, *, drops: bool
) -> None:
    left_over = [round for round in contest.rounds if round.number > len(plan.planned)]
    asked = [round.number for round in left_over if round.questions]
    if asked and not drops:
        raise WouldLoseQuestions(asked)
    delete_rounds(session, [round.id for round in left_over])
    contest.unit_id, contest.rules, contest.people_per_phone = unit.id, plan.rules.to_dict(), plan.people_per_phone
    contest.youngest, contest.terms = plan.youngest, plan.terms.to_dict()
    contest.fields = [each.to_dict() for each in plan.fields]
    plan_rounds(contest, plan)
    contest.tiers.clear()
    contest.season_tiers.clear()
    contest.collective_tiers.clear()
    contest.units.clear()
    session.flush()
    _set_blocs(session, contest, plan)
    contest.tiers.extend(tiers_of(plan))
    contest.season_tiers.extend(season_of(plan))
    contest.collective_tiers.extend(collective_of(plan))
    contest.units.extend(ContestUnit(unit_id=each.id) for each in entering)
    session.flush()
    session.refresh(contest)
