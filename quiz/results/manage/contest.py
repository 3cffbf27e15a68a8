"""The organiser's page of a contest."""

from datetime import datetime

from flask import render_template

from core import clock
from core.web.access import requires
from core.web.extensions import db
from quiz.attempt.operations.amending import can_amend, list_amendable
from quiz.attempt.operations.lifecycle import has_papers
from quiz.attempt.queries.trial import count_papers, find_trial
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.labels.published import published_sentences
from quiz.contest.manage import blueprint, contest_or_404, may_practise
from quiz.contest.models import Contest, Round
from quiz.contest.queries.reports import count_reports
from quiz.contest.queries.unit_requests import count_undecided
from quiz.contest.rules.presets import Eligibility, Rules
from quiz.contest.rules.prizes import PrizeBudget, budget_of
from quiz.contest.rules.schedule import Phase
from quiz.results.manage.contest_state import WAITING, afterwards_of, contest_now
from quiz.results.queries import turnout
from quiz.results.queries.review import list_under_review


@blueprint.get("/<slug>")
@requires("contest.see")
def contest(slug: str) -> str:
    """Show a contest: its rounds with the next step of each, and the full turnout."""
    contest, now = contest_or_404(slug), clock.now()
    rounds = [(round, contests.phase_of(round, now)) for round in contest.rounds]
    return render_template(
        "quiz/results/manage/contest.html",
        contest=contest,
        rounds=rounds,
        is_over=bool(rounds) and all(phase is Phase.PUBLISHED for _round, phase in rounds),
        phase_label=labels.PHASE,
        board=turnout.turnout_of_contest(db.session, contest),
        takes_cards=Rules.from_dict(contest.rules).eligibility is Eligibility.CARD,
        rule_sentences=published_sentences(contest),
        budget=_budget(contest),
        can_amend=can_amend(db.session, contest) and bool(list_amendable(contest, now)),
        has_papers=has_papers(db.session, contest),
        reports=count_reports(db.session, contest),
        moves=count_undecided(db.session).get(contest.id, 0),
        **_state_of(contest, rounds, now),
        **_trial_of(contest, now),
    )


def _state_of(contest: Contest, rounds: list[tuple[Round, Phase]], now: datetime) -> dict[str, object]:
    """Return the lines that say what waits, and the numbers of the rounds under review and of the overdue ones."""
    reviewing = list_under_review(db.session, contest)
    return {
        "reviewing": reviewing,
        "overdue": {round.number for round, phase in rounds if phase in WAITING and round.late_by(now)},
        "states": contest_now(
            contest, rounds, now, reviewing=reviewing, afterwards=afterwards_of(db.session, rounds, now)
        ),
        "unfinal": _unfinal(rounds),
    }


def _unfinal(rounds: list[tuple[Round, Phase]]) -> set[int]:
    """Return the numbers of the published rounds whose results are not final, where days to object are declared."""
    return {
        round.number
        for round, phase in rounds
        if phase is Phase.PUBLISHED
        and round.finalised_at is None
        and round.contest.prize_terms.objection_days is not None
    }


def _trial_of(contest: Contest, now: datetime) -> dict[str, object]:
    """Return the trial of *contest*; of a contest that is one, the real one, its papers and its phase."""
    return {
        "trial": find_trial(db.session, contest),
        "real": db.session.get(Contest, contest.trial_of_id) if contest.is_trial else None,
        "may_practise": may_practise(contest),
        "papers": count_papers(db.session, contest) if contest.is_trial else 0,
        "phase": contests.phase_of(contest.rounds[0], now) if contest.is_trial else None,
    }


def _budget(contest: Contest) -> PrizeBudget:
    season = [tier.value for tier in contest.season_tiers]
    collective = [tier.value for tier in contest.collective_tiers]
    return budget_of([round.tiers for round in contest.rounds], season, collective, len(contest.blocs))
