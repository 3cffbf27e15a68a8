"""Write invented people and papers with the builders of the real operations, many rows at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from core.person_keys import PersonKey, create_person, find_person
from demo.papers import InventedPaper, answers_with
from demo.people import Member
from demo.world import World
from privacy.models import Consent
from quiz.attempt.models import AnswerSheet, Entry
from quiz.attempt.operations.attempt import Author, Submission, build_attempt, sheet_values, submitted_values
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.consent import consent_values
from quiz.contest.operations.headcounts import fix_headcounts
from quiz.contest.operations.registration import build_participant, name_words
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import Call, apply_call, mark_published, rank_round
from quiz.results.operations.searching import review_round
from quiz.results.queries.result import list_winners

AGREED = (Purpose.TAKING_PART, Purpose.NAMED)


@dataclass(frozen=True)
class RegisteredPeople:
    """The registered people; their keys are held so that the session does not read them again for every paper."""

    people: dict[Member, Participant]
    keys: list[PersonKey]


def register(world: World, contest: Contest, first_seen: Mapping[Member, datetime]) -> RegisteredPeople:
    """Register everybody in *first_seen* some minutes before their first paper."""
    fix_headcounts(world.session, contest, now=min(first_seen.values()))
    people = {}
    for member, moment in first_seen.items():
        person = create_person(world.session, world.keyring, id=world.chance.id(), random=world.chance.randbytes)
        people[member] = build_participant(
            world.keyring, contest, member.identity, person, unit_id=member.unit.id, code=world.chance.code(),
            now=moment - timedelta(seconds=world.chance.randrange(60, 480)), id=world.chance.id(),
            random=world.chance.randbytes,
        )  # fmt: skip
        people[member].phone_slot = member.slot
    world.session.flush()
    world.session.add_all(people.values())
    world.session.flush()
    for member, participant in people.items():
        world.session.add_all(name_words(world.keyring, contest, participant.id, member.identity.name))
        agreed = consent_values(participant.id, AGREED, now=participant.registered_at)
        world.session.add_all(Consent(**values) for values in agreed)
    world.session.flush()
    return RegisteredPeople(people, list(world.session.scalars(select(PersonKey))))


def hand_in(world: World, round: Round, papers: Sequence[InventedPaper], crowd: RegisteredPeople) -> None:
    """Store *papers* as the submissions of *round*, each the counted entry of its participant, and tally them."""
    hard = [world.chance.lognormvariate(0, 0.7) for _ in round.questions]
    read_again(world, round)
    for paper in sorted(papers, key=lambda paper: paper.submitted_at):
        _hand_in(world, round, paper, crowd.people[paper.member], hard)
    world.session.flush()
    rebuild_tally(world.session, round)


def read_again(world: World, round: Round) -> None:
    """Read the rows of all participants in two statements, since closing a round expires them one by one."""
    world.session.scalars(select(Participant).where(Participant.contest_id == round.contest_id)).all()
    world.session.scalars(select(PersonKey)).all()


def _hand_in(world: World, round: Round, paper: InventedPaper, participant: Participant, hard: Sequence[float]) -> None:
    answers = answers_with(world.chance, round.questions, hard, paper.mistakes)
    submission = Submission(answers, paper.guess, world.chance.code())
    attempt = build_attempt(round, participant, ordinal=1, now=paper.started_at, id=world.chance.id())
    person = find_person(world.session, world.keyring, participant.person_id)
    author = Author(attempt.id, participant.id, person.salt if person else b"")
    key = {question.ref: question.key for question in round.questions}
    values = submitted_values(
        world.keyring, author, attempt.started_at, key, submission, now=paper.submitted_at,
        random=world.chance.randbytes,
    )  # fmt: skip
    salt = values.pop("salt")
    for name, value in values.items():
        setattr(attempt, name, value)
    entry = Entry(round_id=round.id, participant_id=participant.id, attempt_id=attempt.id, guess=paper.guess)
    world.session.add_all((attempt, AnswerSheet(**sheet_values(attempt.id, submission, salt=salt)), entry))


def publish(world: World, round: Round) -> None:
    """Close, confirm and publish *round* on the Monday morning after it, as the organiser would.

    In the first minute of that Monday it can't be closed, since papers may still be being stored.
    """
    if world.now < round.closes_at + SETTLING:
        return
    result = rank_round(world.session, round, now=_morning(world, round, 8))
    if result is None:
        raise RuntimeError("a round of the demo was closed before its time")
    for winner in list_winners(world.session, result):
        apply_call(world.session, round, winner.participant_id, Call.CONFIRM, now=_morning(world, round, 9))
    mark_published(world.session, round, now=_morning(world, round, 10))


def close_for_review(world: World, round: Round) -> None:
    """Close *round* on the morning after it and search it for clusters; no decision or call has been made."""
    closed = _morning(world, round, 8)
    rank_round(world.session, round, now=closed)
    review_round(world.session, world.keyring, round, now=closed)


def _morning(world: World, round: Round, hour: int) -> datetime:
    return min(world.now, round.closes_at + timedelta(hours=hour))
