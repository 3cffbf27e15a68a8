"""The state of a contest in a line under its name, with the deed that waits for the organiser."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from core.values.dates import day
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.models import Contest, Round
from quiz.contest.rules.schedule import Phase, time_left


@dataclass(frozen=True)
class ContestNow:
    """The state in a few words each, and the button of the first round that waits; no label where none does."""

    words: list[str]
    label: str = ""
    address: str = ""


def contest_now(contest: Contest, rounds: list[tuple[Round, Phase]], now: datetime) -> ContestNow | None:
    """Return the state of a public contest whose rounds have these phases; None where there is none to say."""
    if contest.is_draft or contest.called_off_at is not None or not rounds:
        return None
    at = {phase: [round for round, its in rounds if its is phase] for phase in Phase}
    words = [_("%(round)s đang mở, %(left)s", round=round_name(each), left=_left(each, now)) for each in at[Phase.OPEN]]
    words += [_("%(round)s chờ chốt", round=round_name(each)) for each in at[Phase.ENDED]]
    words += [_("%(round)s chờ công bố", round=round_name(each)) for each in at[Phase.CLOSED]]
    if not words:
        coming = at[Phase.UPCOMING][:1]
        words = [_("%(round)s mở ngày %(day)s", round=round_name(each), day=day(each.opens_at)) for each in coming]
    if at[Phase.ENDED]:
        first = at[Phase.ENDED][0]
        return ContestNow(words, _("Chốt %(round)s", round=round_words(first)), _address(contest, first, "close"))
    if at[Phase.CLOSED]:
        first = at[Phase.CLOSED][0]
        return ContestNow(words, _("Xem %(round)s", round=round_words(first)), _address(contest, first, "round"))
    return ContestNow(words or [_("Mọi đợt đã công bố")])


def _address(contest: Contest, round: Round, view: str) -> str:
    return url_for(f"quiz_manage.{view}", slug=contest.slug, number=round.number)


def _left(round: Round, now: datetime) -> str:
    left = time_left(round.closes_at, now)
    if left.days:
        return str(_("còn %(n)s ngày", n=left.days))
    return str(_("còn %(n)s giờ", n=left.hours) if left.hours else _("còn %(n)s phút", n=left.minutes))
