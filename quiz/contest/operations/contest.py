"""Create a contest with its rounds, units and prizes, and set the questions of a round."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Unit
from core.content import ENGLISH, Changes, Texts, add_texts, set_texts
from core.crypto import Keyring
from core.values.week import local_date
from quiz.bank.models import USED, QuestionRevision
from quiz.contest.models import Bloc, Contest, ContestUnit, PrizeTier, Round
from quiz.contest.models.contest import new_salt, new_version
from quiz.contest.operations.audit_subjects import of_contest, of_round
from quiz.contest.operations.questions import QuestionText as QuestionText
from quiz.contest.operations.questions import asked_at, detach_questions, new_round_question, set_english, text_of
from quiz.contest.queries.english import round_names
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.fields import RegistrationField
from quiz.contest.rules.names import written_pairs
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import weekly
from quiz.contest.rules.terms import PrizeTerms


class QuestionsFrozen(Exception):
    """The round has opened, so that its questions can't be changed."""


@dataclass(frozen=True)
class ContestPlan:
    """The settings of a new contest."""

    slug: str
    title: str
    organiser: str
    rules: Rules
    first_day: date
    weeks: int
    limit_seconds: int
    tiers: Collection[Tier]
    summary: str = ""
    hotline: str = ""
    is_illustrative: bool = False
    is_draft: bool = False
    people_per_phone: int = 4
    youngest: int = 14
    season: Collection[Tier] = ()
    """The prizes of people for the whole contest."""
    collective: Collection[Tier] = ()
    """The prizes of units, for the whole contest."""
    terms: PrizeTerms = PrizeTerms()
    english: Texts = field(default_factory=dict)
    """Its texts in English, by the names of its columns, "prizes" with those of its prizes."""
    round_names: Mapping[str, str] = field(default_factory=dict)
    """The English names of its rounds by their Vietnamese ones."""
    steps: int = 0
    """The confirmed steps of a plan, as `Contest.plan_steps`."""
    fields: Sequence[RegistrationField] = ()
    """Further questions at registration."""
    blocs: Sequence[str] = ()
    """The blocs that are ranked apart, in order; prizes name them by their place, from 1."""
    rounds: Sequence[PlannedRound] = ()
    """The rounds; without any, *weeks* weeks from the Monday of *first_day* on."""

    @property
    def planned(self) -> list[PlannedRound]:
        """The rounds of the contest in order."""
        return list(self.rounds) or [PlannedRound(span) for span in weekly(self.first_day, self.weeks)]


def create_contest(
    session: Session, actor: Actor, unit: Unit, entering: Iterable[Unit], plan: ContestPlan, *, now: datetime
) -> Contest:
    """Create a contest of *unit* and record it; raises IntegrityError when another contest has its address."""
    contest = add_contest(session, unit, entering, plan)
    after = {"weeks": len(contest.rounds)}
    record(session, actor, QuizAction.CONTEST_CREATE, of_contest(contest), after=after, now=now)
    return contest


def add_contest(session: Session, unit: Unit, entering: Iterable[Unit], plan: ContestPlan) -> Contest:
    """Add a contest of *unit* with its rounds, each with its own copy of the declared rules."""
    contest = Contest(
        slug=plan.slug, title=plan.title, summary=plan.summary, unit_id=unit.id, organiser=plan.organiser,
        hotline=plan.hotline, rules=plan.rules.to_dict(), is_illustrative=plan.is_illustrative,
        is_draft=plan.is_draft, people_per_phone=plan.people_per_phone, youngest=plan.youngest,
        units=[ContestUnit(unit_id=each.id) for each in entering], fields=[each.to_dict() for each in plan.fields],
        terms=plan.terms.to_dict(), blocs=blocs_of(plan), tiers=tiers_of(plan), season_tiers=season_of(plan),
        collective_tiers=collective_of(plan), plan_steps=plan.steps,
    )  # fmt: skip
    plan_rounds(contest, plan)
    session.add(contest)
    session.flush()
    add_texts(session, contest, ENGLISH, plan.english)
    for round in contest.rounds:
        add_texts(session, round, ENGLISH, {"name": plan.round_names.get(round.name, "")})
    return contest


def blocs_of(plan: ContestPlan) -> list[Bloc]:
    """Return the rows of the blocs of *plan*, in order."""
    return [Bloc(position=at, name=name) for at, name in enumerate(plan.blocs, 1)]


def name_rounds(session: Session, contest: Contest, names: Mapping[str, str]) -> tuple[Changes, Changes]:
    """Store the English *names* of the flushed rounds of *contest* by their Vietnamese ones, a missing one removing
    that of a round; return the changed names, before and after, as one value each of an audit entry.
    """
    old = round_names(session, contest)
    new = {name: names.get(name, "") for name in old}
    for round in [round for round in contest.rounds if old.get(round.name) != new.get(round.name)]:
        set_texts(session, round, ENGLISH, {"name": new[round.name]})
    if old == new:
        return {}, {}
    return {"rounds_en": written_pairs(old) or None}, {"rounds_en": written_pairs(new) or None}


def plan_of_contest(contest: Contest) -> ContestPlan:
    """Return the stored settings of *contest* as the plan that would set it up again."""
    first = contest.rounds[0]
    return ContestPlan(
        slug=contest.slug,
        title=contest.title,
        organiser=contest.organiser,
        rules=Rules.from_dict(contest.rules),
        first_day=local_date(first.opens_at),
        weeks=len(contest.rounds),
        limit_seconds=first.limit_seconds,
        tiers=[tier.value for tier in contest.tiers],
        summary=contest.summary,
        hotline=contest.hotline,
        is_draft=contest.is_draft,
        people_per_phone=contest.people_per_phone,
        youngest=contest.youngest,
        season=[tier.value for tier in contest.season_tiers],
        collective=[tier.value for tier in contest.collective_tiers],
        terms=contest.prize_terms,
        fields=contest.asked_fields,
        blocs=[bloc.name for bloc in contest.blocs],
        rounds=contest.planned,
        steps=contest.plan_steps,
    )


def replace_prizes(
    session: Session, contest: Contest, tiers: Sequence[Tier], season: Sequence[Tier], collective: Sequence[Tier]
) -> None:
    """Give *contest* other prizes of people, in each round and for the whole contest, and of units, in order."""
    contest.tiers.clear()
    contest.season_tiers.clear()
    contest.collective_tiers.clear()
    session.flush()
    contest.tiers.extend(_rows(tiers))
    contest.season_tiers.extend(_rows(season, len(tiers), is_season=True))
    contest.collective_tiers.extend(_rows(collective, len(tiers) + len(season), is_collective=True))
    session.flush()


def tiers_of(plan: ContestPlan) -> list[PrizeTier]:
    """Return the rows of the prizes of *plan*, in order."""
    return _rows(plan.tiers)


def season_of(plan: ContestPlan) -> list[PrizeTier]:
    """Return the rows of the prizes of people for the whole contest, after those of each round."""
    return _rows(plan.season, len(plan.tiers), is_season=True)


def collective_of(plan: ContestPlan) -> list[PrizeTier]:
    """Return the rows of the prizes of units, after those of people."""
    return _rows(plan.collective, len(plan.tiers) + len(plan.season), is_collective=True)


def _rows(
    tiers: Iterable[Tier], after: int = 0, *, is_season: bool = False, is_collective: bool = False
) -> list[PrizeTier]:
    """Return the rows of *tiers*, which stand after so many others."""
    return [
        PrizeTier(
            position=position,
            name=tier.name,
            quantity=tier.quantity,
            amount=tier.amount,
            is_season=is_season,
            is_collective=is_collective,
            bloc=tier.bloc,
            measure=tier.measure,
        )
        for position, tier in enumerate(tiers, after + 1)
    ]


def plan_rounds(contest: Contest, plan: ContestPlan) -> None:
    """Give *contest* the rounds of *plan* with its rules; existing rounds keep their questions."""
    there = {round.number: round for round in contest.rounds}
    for number, planned in enumerate(plan.planned, start=1):
        round = there.get(number) or Round(number=number)
        round.opens_at, round.closes_at, round.results_at = planned.span_moments
        round.name, round.same_week = planned.name, planned.same_week
        round.limit_seconds, round.rules = plan.limit_seconds, plan.rules.to_dict()
        round.order_salt = round.order_salt or new_salt()
        if number not in there:
            contest.rounds.append(round)


def are_frozen(round: Round, now: datetime) -> bool:
    """Whether *round* has opened with questions, which then can't be changed."""
    return now >= round.opens_at and bool(round.questions) and not round.contest.is_draft


def save_questions(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    round: Round,
    questions: Collection[QuestionText | QuestionRevision],
    *,
    now: datetime,
) -> None:
    """Replace the questions of a round and record how many there are, with a keyed digest of them.

    The audit trail holds no text, which would reveal the key before the round opens. Raises as `set_questions` does.
    """
    before = {"questions": len(round.questions)}
    set_questions(session, round, questions, now=now)
    texts = [text_of(each) if isinstance(each, QuestionRevision) else each for each in questions]
    facts = [[*_facts(each), *([_facts(each.english)] if each.english else [])] for each in texts]
    text = json.dumps(facts, ensure_ascii=False)
    after: dict[str, Plain] = {"questions": len(round.questions), "digest": keyring.mac("questions", text).hex()[:32]}
    record(session, actor, QuizAction.QUESTION_SAVE, of_round(round), before=before, after=after, now=now)


def set_questions(
    session: Session, round: Round, questions: Iterable[QuestionText | QuestionRevision], *, now: datetime
) -> None:
    """Replace the questions of a round that has not opened yet, or of a draft.

    A revision of the bank is asked as it is; a text that equals a question of the round keeps that question.

    Raises:
        QuestionsFrozen: *now* is at or after its opening.
    """
    if are_frozen(round, now):
        raise QuestionsFrozen
    session.flush()
    unchanged = {text_of(each.revision).words: each.revision for each in round.questions}
    texts = list(questions)
    wanted = [_kept(question, unchanged) for question in texts]
    detach_questions(session, round, [each for each in wanted if isinstance(each, QuestionRevision)])
    for position, each in enumerate(wanted, start=1):
        if isinstance(each, QuestionText):
            round.questions.append(new_round_question(round.contest_id, position, each))
        else:
            each.state = USED
            round.questions.append(asked_at(position, each))
    round.paper_version = new_version()
    session.flush()
    for written, asked in zip(texts, round.questions, strict=True):
        if isinstance(written, QuestionText):
            set_english(session, asked.revision, written.english)


def _kept(
    question: QuestionText | QuestionRevision, unchanged: dict[tuple[object, ...], QuestionRevision]
) -> QuestionText | QuestionRevision:
    """Return the revision of the round that a text equals, with the text's topic and difficulty; else the text."""
    if isinstance(question, QuestionRevision):
        unchanged.pop(text_of(question).words, None)
        return question
    revision = unchanged.pop(question.words, None)
    if revision is None:
        return question
    revision.question.topic, revision.question.difficulty = question.topic, question.difficulty
    return revision


def _facts(question: QuestionText) -> list[object]:
    pictures = [question.pictures] if question.pictures else []
    return [question.text, list(question.choices), question.explanation, question.source, question.topic, *pictures]
