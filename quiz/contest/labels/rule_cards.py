"""The rules of a contest as six cards: a picture, two or three words, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.translation import gettext as _
from core.values.text import N_
from quiz.contest.labels.sentences import ALL_RIGHT
from quiz.contest.rules.presets import Counts, Criterion, Eligibility, GuessTarget, Rules, Ties


class RuleCard(NamedTuple):
    """A card: the name of its picture in `_macros/icons.html`, its heading and its sentence."""

    icon: str
    heading: str
    text: str


ORDER: dict[tuple[Criterion, ...], str] = {
    (Criterion.CORRECT, Criterion.DURATION, Criterion.GUESS): N_(
        "Đúng nhiều hơn; nếu bằng thì làm nhanh hơn; còn bằng thì đoán sát hơn."
    ),
    (Criterion.CORRECT, Criterion.GUESS, Criterion.SUBMITTED): N_(
        "Đúng nhiều hơn; nếu bằng thì đoán sát hơn; còn bằng thì nộp sớm hơn."
    ),
    (Criterion.CORRECT, Criterion.DURATION, Criterion.SUBMITTED): N_(
        "Đúng nhiều hơn; nếu bằng thì làm nhanh hơn; còn bằng thì nộp sớm hơn."
    ),
    (Criterion.CORRECT, Criterion.GUESS): N_("Đúng nhiều hơn; nếu bằng thì đoán sát hơn."),
}
"""The order of the standings in one sentence, for the orders of the known combinations."""
_STEP: dict[Criterion, str] = {
    Criterion.CORRECT: N_("đúng nhiều hơn"),
    Criterion.DURATION: N_("làm nhanh hơn"),
    Criterion.GUESS: N_("đoán sát hơn"),
    Criterion.SUBMITTED: N_("nộp sớm hơn"),
}
_WINNERS: dict[Eligibility, tuple[str, str]] = {
    Eligibility.CALL: (N_("Ai cũng có thể đạt giải"), N_("Ban Tổ chức gọi điện xác nhận rồi mới nêu tên.")),
    Eligibility.ROSTER: (N_("Giải theo danh sách"), N_("Người có tên trong danh sách của Ban Tổ chức được xếp hạng.")),
    Eligibility.CARD: (N_("Giải theo thẻ"), N_("Nhập mã thẻ trưởng thôn phát trước giờ đóng thì được xếp hạng.")),
    Eligibility.SMS: (N_("Giải theo số máy"), N_("Xác nhận số điện thoại bằng mã nhắn tin thì được xếp hạng.")),
}


def rule_cards(stored: Mapping[str, Any], *, questions: int, minutes: int, is_weekly: bool = True) -> list[RuleCard]:
    """Return the six cards of a contest's rules, for papers of *questions* questions in *minutes*."""
    rules = Rules.from_dict(stored)
    return [
        RuleCard("sheet", _("%(n)s câu", n=questions), _("Mỗi câu đọc kỹ rồi chọn phương án bạn cho là đúng.")),
        RuleCard("clock", _("%(n)s phút", n=minutes), _clock(rules)),
        _tries(rules, is_weekly=is_weekly),
        _guess(rules, questions, is_weekly=is_weekly),
        RuleCard(
            "bars",
            _("Xếp hạng từng bước"),
            f"{_order(rules)} {_(ALL_RIGHT)}" if rules.all_right_only else _order(rules),
        ),
        _ties(rules),
    ]


def _clock(rules: Rules) -> str:
    if rules.starts_together:
        return str(_("Mọi người bắt đầu cùng lúc; vào muộn thì làm phần còn lại. Mất mạng thì vào lại bằng mã."))
    return str(_("Đồng hồ chạy từ lúc mở đề. Mất mạng thì vào lại bằng mã, giờ vẫn chạy."))


def _tries(rules: Rules, *, is_weekly: bool) -> RuleCard:
    best = _("Lấy bài đúng nhiều nhất; bằng nhau thì bài nộp sớm nhất.")
    first = _("Tính lượt đầu. Đã nộp thì không sửa được.")
    counted = best if rules.counts is Counts.BEST else first
    if rules.tries is None:
        return RuleCard("again", _("Thi bao nhiêu lượt cũng được"), counted)
    if rules.tries > 1:
        some = N_("Mỗi tuần %(n)s lượt") if is_weekly else N_("Mỗi đợt %(n)s lượt")
        return RuleCard("again", _(some, n=rules.tries), counted)
    once = N_("Mỗi tuần 1 lượt") if is_weekly else N_("Mỗi đợt 1 lượt")
    return RuleCard("once", _(once), _("Đã nộp thì không sửa được."))


def _guess(rules: Rules, questions: int, *, is_weekly: bool) -> RuleCard:
    percent = N_("Tuần này bao nhiêu phần trăm người thi đúng cả %(n)s câu?")
    perfect = N_("Tuần này bao nhiêu người đúng cả %(n)s câu?")
    people = N_("Tuần này có bao nhiêu người dự thi?")
    if not is_weekly:
        perfect, people = N_("Đợt này bao nhiêu người đúng cả %(n)s câu?"), N_("Đợt này có bao nhiêu người dự thi?")
        percent = N_("Đợt này bao nhiêu phần trăm người thi đúng cả %(n)s câu?")
    if rules.guess_target is GuessTarget.PERFECT:
        return RuleCard("people", _("1 dự đoán"), _(perfect, n=questions))
    if rules.guess_target is GuessTarget.PERCENT:
        return RuleCard("people", _("1 dự đoán"), _(percent, n=questions))
    if rules.guess_target is GuessTarget.PEOPLE:
        return RuleCard("people", _("1 dự đoán"), _(people))
    heading, text = _WINNERS[rules.eligibility]
    return RuleCard("phone", _(heading), _(text))


def _order(rules: Rules) -> str:
    order = tuple(key.criterion for key in rules.order)
    known = ORDER.get(order)
    if known is not None:
        return str(_(known))
    steps = [str(_(_STEP[criterion])) for criterion in order]
    return (
        "; ".join([steps[0][:1].upper() + steps[0][1:], *(_("bằng nhau thì %(step)s", step=it) for it in steps[1:])])
        + "."
    )


def _ties(rules: Rules) -> RuleCard:
    heading = _("Bằng nhau mọi bước")
    if rules.ties is Ties.DRAW:
        by_hand = rules.draw_source is None
        return RuleCard("gift", heading, _("Bốc thăm công khai.") if by_hand else _("Bốc thăm bằng số công khai."))
    if rules.most_sharing is None:
        return RuleCard("gift", heading, _("Cùng hạng và cùng nhận giải."))
    return RuleCard("gift", heading, _("Cùng nhận giải, nhiều nhất %(n)s người một giải.", n=rules.most_sharing))
