"""The prizes of people for the whole contest in words: the articles of the published rules about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.translation import gettext
from core.values.content import shown
from core.values.text import N_
from quiz.contest.labels.prizes import prize_in
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.prizes import Tier

_WEEKLY = N_(
    "%(prizes)s trao một lần theo xếp hạng cả cuộc thi nêu trên, khi mọi tuần đã có kết quả chính thức. Người đã đạt "
    "giải tuần vẫn được xét."
)
_BY_ROUND = N_(
    "%(prizes)s trao một lần theo xếp hạng cả cuộc thi nêu trên, khi mọi đợt đã có kết quả chính thức. Người đã đạt "
    "giải của đợt vẫn được xét."
)
_FREE = N_("Điều kiện đúng tất cả các câu và điều kiện nghỉ sau khi đạt giải không áp dụng cho giải chung cuộc.")
_MOST = N_("Ai đã nhận đủ %(n)s giải trong cuộc thi thì không nhận giải chung cuộc, nhưng vẫn giữ thứ hạng.")
_CALLED = N_(
    "Người được giải chung cuộc cũng được gọi điện xác nhận; gọi trong %(days)s ngày mà không liên lạc được, hoặc số "
    "điện thoại không đúng, thì giải chuyển cho người kế tiếp trong xếp hạng cả cuộc thi."
)


def season_prize_sentences(
    rules: Rules, tiers: Sequence[Tier], texts: Mapping[str, str], *, is_weekly: bool
) -> list[str]:
    """Return how the prizes for the whole contest are given, as articles of the rules, with the *texts* of their
    names in the present language; none without such prizes.
    """
    if not tiers:
        return []
    names = ", ".join(dict.fromkeys(shown(prize_in(texts, tier.name)) for tier in tiers))
    said = [gettext(_WEEKLY if is_weekly else _BY_ROUND, prizes=names), season_tie_sentence(rules)]
    if rules.all_right_only or rules.rest_rounds is not None:
        said.append(gettext(_FREE))
    if rules.most_prizes is not None:
        said.append(gettext(_MOST, n=rules.most_prizes))
    if rules.call_days is not None:
        said.append(gettext(_CALLED, days=rules.call_days))
    return said


def season_tie_sentence(rules: Rules) -> str:
    """Return what people of one rank get who reach a prize for the whole contest."""
    if rules.ties is Ties.DRAW:
        return gettext("Giải chung cuộc: cùng hạng mà không đủ giải như nhau thì bốc thăm công khai.")
    if rules.most_sharing is None:
        return gettext("Giải chung cuộc: cùng hạng thì cùng nhận giải.")
    return gettext(
        "Giải chung cuộc: cùng hạng thì cùng nhận giải, mỗi giải trao nhiều nhất cho %(n)s người (giải có nhiều suất "
        "hơn thì trao đủ số suất); đông hơn nữa thì bốc thăm công khai.",
        n=rules.most_sharing,
    )
