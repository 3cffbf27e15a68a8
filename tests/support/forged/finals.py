"""Contests after the publication and beside the papers on the web: objections, prizes, paper sheets, units, a trial."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from account.operations.audit import SYSTEM, Actor
from core.crypto import new_code
from core.values.week import local_date
from quiz.attempt.operations.paper_sheets import key_first, key_second
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.attempt.operations.trial import begin_trial
from quiz.attempt.rules.keying import KeyedPaper
from quiz.awards.operations.season import check_season, decide_season
from quiz.awards.queries.collective import draft_collective
from quiz.awards.queries.season import draft_season
from quiz.awards.queries.unit_ties import unit_ties
from quiz.contest.models import PrizeTier, Round, UnitRequest
from quiz.contest.operations.nicknames import choose_nickname
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.persons.operations.unit_requests import ask_for_unit
from quiz.results.operations.closing import Call, apply_call, rank_round
from quiz.results.operations.objections import make_objection
from quiz.results.queries.tie_groups import read_tie_groups
from tests.factories import make_attempt, make_participant, make_unit
from tests.support.forged.builder import DAY, VILLAGER, Builder, add_contest

SHEET = KeyedPaper(VILLAGER, "0977123499", 1970, 0, ["taking-part"], {"1": "A", "2": "B"}, 10)
"""The content of a paper sheet as both accounts key it in; the unit is added."""


def add_finals(builder: Builder) -> None:
    """Add a trial, paper sheets, requests for another unit, objections, and prizes to be received and decided on."""
    for part in (add_trial, add_sheets, add_movers, add_objections, add_prizes, add_nickname, add_ties, add_season):
        part(builder)


def add_trial(builder: Builder) -> None:
    """Add a contest that is to come, and its trial."""
    contest = add_contest(builder, "tried", 5 * DAY, 9 * DAY).contest
    builder.names["trial"] = begin_trial(builder.session, SYSTEM, contest, now=builder.now).slug


def add_sheets(builder: Builder) -> None:
    """Add an open round with three paper sheets: one not keyed in, one keyed in by the colleague, and one that asks a
    participant.
    """
    session, keys, now = builder.session, builder.keyring, builder.now
    round, unit = add_contest(builder, "on_paper", -2 * DAY, 3 * DAY), builder.commune.id
    sheets = print_sheets(session, SYSTEM, round, 3, now=now)
    typed = replace(SHEET, unit_id=unit)
    key_first(session, keys, builder.colleague.id, sheets[1], typed, now=now)
    builder.names["named"] = new_code()
    asked = replace(typed, name="Vàng Thị Mỷ", phone="0977123477")
    facts = {"name": asked.name, "phone": asked.phone, "birth_year": asked.birth_year}
    make_participant(session, keys, round.contest, code=builder.names["named"], now=now, **facts)
    key_first(session, keys, builder.colleague.id, sheets[2], asked, now=now)
    key_second(session, keys, Actor("account", builder.organiser.id), sheets[2], asked, now=now)


def add_movers(builder: Builder) -> None:
    """Add an open contest of two units with a participant who may ask for the other, and one who has."""
    session, keys, now, names = builder.session, builder.keyring, builder.now, builder.names
    contest = add_contest(builder, "moved", -2 * DAY, 3 * DAY, units=[builder.commune, builder.province]).contest
    names["mover"] = new_code()
    make_participant(session, keys, contest, code=names["mover"], now=now)
    asker = make_participant(session, keys, contest, name=VILLAGER, now=now)
    ask_for_unit(session, keys, asker, builder.province.id, "Bấm nhầm dòng trên", now=now)
    names["move"] = str(session.scalars(select(UnitRequest.id)).one())


def add_objections(builder: Builder) -> None:
    """Add a published round that takes objections and has one, and another whose period is over."""
    session, keys, names = builder.session, builder.keyring, builder.names
    names["objector"] = new_code()
    round = add_contest(builder, "objected", -6 * DAY, -DAY)
    objector = make_participant(session, keys, round.contest, code=names["objector"])
    make_attempt(session, keys, round, participant=objector)
    other = make_attempt(session, keys, round)
    publish(builder, round, PrizeTerms(objection_days=3), since=timedelta(hours=1))
    make_objection(session, keys, other, "Câu 2 tôi chọn B, xin xem lại.", now=builder.now)
    over = add_contest(builder, "unobjected", -20 * DAY, -15 * DAY)
    make_attempt(session, keys, over)
    publish(builder, over, PrizeTerms(objection_days=3), since=10 * DAY)


def add_prizes(builder: Builder) -> None:
    """Add a published round of two people with a confirmed prize that waits, and a prize of units to decide on."""
    round = add_contest(builder, "awarded", -6 * DAY, -DAY)
    for seconds in (100, 200):
        winner = make_attempt(builder.session, builder.keyring, round, seconds=seconds).participant_id
    prize = PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, amount=5_000_000, is_collective=True)
    round.contest.collective_tiers = [prize]
    publish(builder, round, PrizeTerms(measure=CollectiveMeasure.PEOPLE), since=timedelta(hours=1))
    apply_call(builder.session, round, winner, Call.CONFIRM, now=builder.now)
    builder.names["awarded_one"] = str(winner)


def add_nickname(builder: Builder) -> None:
    """Add a closed round whose first place is of a person with a nickname, who did not agree to be named."""
    session, keys = builder.session, builder.keyring
    round = add_contest(builder, "nicknamed", -6 * DAY, -DAY)
    person = make_participant(session, keys, round.contest, agreed=())
    make_attempt(session, keys, round, participant=person)
    choose_nickname(session, keys, person, "Sóc Nâu", now=round.opens_at)
    rank_round(session, round, now=builder.now)
    builder.names["nicknamed_one"] = str(person.id)


def add_ties(builder: Builder) -> None:
    """Add a published round of two people, and two units, that are equal and wait for public draws."""
    session, units = builder.session, [builder.commune, make_unit(builder.session, name="xã Bằng Nhau")]
    round = add_contest(builder, "tied", -6 * DAY, -DAY, units=units)
    contest = round.contest
    contest.rules = round.rules = contest.rules | {"ties": "draw"}
    for unit in units:
        make_attempt(
            session, builder.keyring, round, participant=make_participant(session, builder.keyring, contest, unit=unit)
        )
    contest.collective_tiers = [PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, is_collective=True)]
    contest.tiers[1:] = []
    publish(builder, round, PrizeTerms(measure=CollectiveMeasure.PEOPLE), since=timedelta(hours=1))
    builder.names["tie"] = read_tie_groups(session, round).waiting[0].key
    draft = draft_collective(session, contest, builder.now)
    ties = unit_ties(contest, draft, is_decided=False, now=builder.now)
    builder.names["unit_tie"] = ties.by[CollectiveMeasure.PEOPLE].waiting[0].key
    builder.names["today"] = local_date(builder.now).isoformat()


def add_season(builder: Builder) -> None:
    """Add four contests with a prize for the whole contest: somebody waits for a call, everybody is confirmed, two
    people are equal and wait for the public draw, and the prize was decided on.
    """
    for name, people in (("called_for", 1), ("confirmed", 1), ("equals", 2), ("received", 1)):
        round = add_contest(builder, name, -6 * DAY, -DAY)
        contest = round.contest
        contest.season_tiers = [PrizeTier(position=9, name="Giải Nhất chung cuộc", quantity=1, is_season=True)]
        contest.rules = round.rules = contest.rules | {"ties": "draw"}
        contest.tiers[:] = []
        for _ in range(people):
            person = make_participant(builder.session, builder.keyring, contest)
            person.verified_at = None if name == "called_for" else builder.now
            make_attempt(builder.session, builder.keyring, round, participant=person)
        publish(builder, round, PrizeTerms(), since=timedelta(hours=1))
        draft = draft_season(builder.session, contest, builder.now)
        builder.names[f"{name}_one"] = str(draft.seats[0].participant_id)
        builder.names[f"{name}_tie"] = draft.ties.waiting[0].key if draft.ties.waiting else ""
    seen = check_season(builder.session, contest, now=builder.now)
    decide_season(builder.session, SYSTEM, contest, seen=seen, reason="", now=builder.now)


def publish(builder: Builder, round: Round, terms: PrizeTerms, *, since: timedelta) -> None:
    """Rank *round* under *terms*, and let it have been published for *since*."""
    round.contest.terms = terms.to_dict()
    rank_round(builder.session, round, now=builder.now - since)
    round.published_at = builder.now - since
    builder.session.flush()
