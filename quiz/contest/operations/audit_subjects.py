"""Contests, rounds and questions as the subjects of audit entries."""

import uuid
from collections.abc import Mapping

from account.operations.audit import Subject
from account.rules.chain import Plain
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import VIETNAM, local_date
from quiz.contest.models import Contest, Round
from quiz.contest.rules.actions import SHEET
from quiz.contest.rules.amendments import DeclaredPlan, moments
from quiz.contest.rules.fields import written_fields
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import written

_ROUND = kept(N_("%(round)s, %(title)s"))
_WEEK = kept(N_("Tuần %(number)s"))
_QUESTION = kept(N_("Câu %(position)s, %(words)s"))
_SHEET = kept(N_("%(rows)s bài từ bảng tính, %(words)s"))


def of_contest(contest: Contest) -> Subject:
    """Return *contest* as the audit trail names it."""
    return Subject("quiz.contest", contest.id, contest.title, contest.unit_id)


def of_round(round: Round) -> Subject:
    """Return *round* as the audit trail names it."""
    return Subject(
        "quiz.round",
        round.id,
        _ROUND % {"round": round.name or _WEEK % {"number": round.number}, "title": round.contest.title},
        round.contest.unit_id,
    )


def facts_of(contest: Contest) -> dict[str, Plain]:
    """Return the editable values of a contest for the audit trail."""
    rounds, rules = contest.rounds, Rules.from_dict(contest.rules)
    return {
        "name": contest.title,
        "organiser": contest.organiser,
        "hotline": contest.hotline or None,
        "summary": contest.summary or None,
        "unit": contest.unit.name,
        "preset": rules.preset,
        "eligibility": rules.eligibility.value,
        "most_sharing": rules.most_sharing,
        "call_days": rules.call_days,
        "order": "own" if rules.shuffles else "fixed",
        "asks": rules.shown,
        "first_day": local_date(rounds[0].opens_at).isoformat() if rounds else None,
        "weeks": len(rounds),
        "minutes": rounds[0].limit_seconds // 60 if rounds else None,
        "per_phone": contest.people_per_phone,
        "blocs": ", ".join(bloc.name for bloc in contest.blocs) or None,
        "prizes": ", ".join(written(tier.value, contest.bloc_name(tier.bloc)) for tier in contest.tiers),
        "season_prizes": ", ".join(written(tier.value, contest.bloc_name(tier.bloc)) for tier in contest.season_tiers)
        or None,
        "collective": ", ".join(written(tier.value) for tier in contest.collective_tiers) or None,
        "youngest": contest.youngest,
        "asked": written_fields(contest.asked_fields).replace("\n", " | ") or None,
        "law": law_of(rules),
        "entering": ", ".join(sorted(each.unit.name for each in contest.units)),
    }


def law_of(rules: Rules) -> str:
    """Return the keys by which *rules* count, order and award, for the audit trail."""
    order = " > ".join(f"{key.criterion}/{key.bucket_ms}" for key in rules.order)
    kept = rules.to_dict()
    keys = (
        "tries",
        "counts",
        "guess_target",
        "guess_decimals",
        "guess_binds",
        "ties",
        "all_right_only",
        "rest_rounds",
        "most_prizes",
        "starts_together",
    )
    source = f"draw_source={rules.draw_source}; draw_digits={rules.draw_digits}; " if rules.draw_source else ""
    season = "/".join(f"{name}={value}" for name, value in rules.season.to_dict().items())
    return "; ".join([order, *(f"{name}={kept[name]}" for name in keys), f"{source}season {season}"])


def plan_facts(plan: DeclaredPlan | None) -> dict[str, Plain]:
    """Return the dates and prizes of an amendment for the audit trail; nothing without a plan."""
    if plan is None:
        return {}
    dates = "; ".join(
        f"{number}: " + " > ".join(f"{each.astimezone(VIETNAM):%Y-%m-%d %H:%M}" for each in moments(span))
        for number, span in plan.spans.items()
    )
    prizes, season, collective = (", ".join(map(written, each)) for each in (plan.tiers, plan.season, plan.collective))
    facts: dict[str, Plain] = {"dates": dates, "prizes": prizes, "collective": collective or None}
    return facts | ({"season_prizes": season} if season else {})


def changed(was: Mapping[str, Plain], now: Mapping[str, Plain]) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """Return the values that changed, before and after; of a list of units only those added or removed."""
    before = {name: value for name, value in was.items() if now[name] != value}
    after: dict[str, Plain] = {name: now[name] for name in before}
    if "entering" in before:
        old, new = (str(each["entering"]).split(", ") for each in (was, now))
        before["entering"] = ", ".join(name for name in old if name not in new) or None
        after["entering"] = ", ".join(name for name in new if name not in old) or None
    return before, after


def of_question(round: Round, position: int) -> Subject:
    """Return a question of a round as the audit trail names it."""
    whole = of_round(round)
    return Subject(
        "quiz.question",
        f"{round.id}:{position}",
        _QUESTION % {"position": position, "words": whole.words},
        whole.unit_id,
    )


def of_sheet(round: Round, draft_id: uuid.UUID, rows: int) -> Subject:
    """Return a sheet of papers for *round* as approvals name it."""
    whole = of_round(round)
    words = _SHEET % {"rows": thousands(rows), "words": whole.words}
    return Subject(SHEET, f"{round.id}:{draft_id.hex}", words, whole.unit_id)
