"""A contest's declared rules as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any, NamedTuple

from core.translation import gettext
from core.values.text import N_
from quiz.contest.labels.season import season_sentence
from quiz.contest.rules.presets import Counts, Criterion, Eligibility, GuessTarget, Rules, Ties

_ORDER: dict[Criterion, str] = {
    Criterion.CORRECT: N_("nhiều câu đúng hơn"),
    Criterion.DURATION: N_("làm bài nhanh hơn"),
    Criterion.GUESS: N_("dự đoán sát hơn"),
    Criterion.SUBMITTED: N_("nộp bài sớm hơn"),
}
_TARGET: dict[GuessTarget, str] = {
    GuessTarget.PERFECT: N_("Bạn dự đoán số người trả lời đúng tất cả các câu trong tuần."),
    GuessTarget.PEOPLE: N_("Bạn dự đoán số người dự thi trong tuần."),
    GuessTarget.PERCENT: N_("Bạn dự đoán tỷ lệ phần trăm người trả lời đúng tất cả các câu trong tuần."),
}
ON_PAPER = N_("Dự đoán ghi trên phiếu giấy chỉ được tính khi Ban Tổ chức nhập phiếu lần một trước giờ hết nhận bài.")
SHEET_COUNTS = N_(
    "Bài trên phiếu giấy được tính khi người có tên trên phiếu chưa đăng ký, hoặc phiếu được in sẵn cho người ấy hay "
    "ghi mã cá nhân của người ấy. Phiếu khác chỉ được tính khi người ấy vào thi bằng mã cá nhân và nhận là của mình, "
    "trước giờ hết nhận bài. Phiếu ghi tên bạn mà không phải của bạn thì bạn vào thi và bỏ phiếu ấy trong thời gian đó."
)
_ELIGIBILITY: dict[Eligibility, str] = {
    Eligibility.CALL: N_("Ai dự thi cũng được xếp hạng; người đạt giải được gọi điện xác nhận rồi mới nhận giải."),
    Eligibility.ROSTER: N_(
        "Chỉ người có tên trong danh sách Ban Tổ chức lập mới được xếp hạng và nhận giải, sau khi được gọi điện "
        "xác nhận. Người khác vẫn dự thi và được tính vào số người dự thi, nhưng không xếp hạng."
    ),
    Eligibility.CARD: N_(
        "Chỉ người đã nhập mã thẻ dự thi trước khi tuần thi kết thúc mới được xếp hạng và nhận giải. "
        "Người khác vẫn dự thi và được tính vào số người dự thi, nhưng không xếp hạng."
    ),
    Eligibility.SMS: N_(
        "Chỉ người đã xác nhận số điện thoại bằng mã gửi qua tin nhắn trước khi tuần thi kết thúc mới được xếp hạng và "
        "nhận giải. Người khác vẫn dự thi và được tính vào số người dự thi, nhưng không xếp hạng."
    ),
}

_UNLIMITED_BEST = N_(
    "Mỗi tuần bạn được thi không giới hạn số lượt; tính bài đúng nhiều nhất, nếu bằng nhau thì bài nộp sớm nhất."
)
_UNLIMITED_FIRST = N_("Mỗi tuần bạn được thi không giới hạn số lượt; tính lượt đầu.")
_SOME_BEST = N_("Mỗi tuần bạn được thi %(tries)s lượt; tính bài đúng nhiều nhất, nếu bằng nhau thì bài nộp sớm nhất.")
_SOME_FIRST = N_("Mỗi tuần bạn được thi %(tries)s lượt; tính lượt đầu.")
_ONCE = N_("Mỗi tuần bạn được thi 1 lượt.")
_SHOWN = N_(
    "Mỗi lượt thi có %(shown)s câu, rút ngẫu nhiên từ các câu hỏi của tuần; lượt nào cũng có cùng số câu mỗi chủ đề."
)
_ONE_PRIZE = N_(
    "Mỗi tuần mỗi người nhận nhiều nhất một giải; nhiều người dùng chung một số điện thoại thì gọi riêng từng người."
)
_REST = N_(
    "Người vừa đạt giải không nhận giải trong %(rest_rounds)s tuần tiếp theo, nhưng vẫn được dự thi và xếp hạng."
)
_MOST = N_("Trong cả cuộc thi mỗi người nhận nhiều nhất %(most_prizes)s giải, tính theo các tuần đã chốt kết quả.")
_OF_ROUNDS: dict[str, str] = {
    _ONCE: N_("Mỗi đợt bạn được thi 1 lượt."),
    _UNLIMITED_BEST: N_(
        "Mỗi đợt bạn được thi không giới hạn số lượt; tính bài đúng nhiều nhất, nếu bằng nhau thì bài nộp sớm nhất."
    ),
    _UNLIMITED_FIRST: N_("Mỗi đợt bạn được thi không giới hạn số lượt; tính lượt đầu."),
    _SOME_BEST: N_(
        "Mỗi đợt bạn được thi %(tries)s lượt; tính bài đúng nhiều nhất, nếu bằng nhau thì bài nộp sớm nhất."
    ),
    _SOME_FIRST: N_("Mỗi đợt bạn được thi %(tries)s lượt; tính lượt đầu."),
    _TARGET[GuessTarget.PERFECT]: N_("Bạn dự đoán số người trả lời đúng tất cả các câu trong đợt."),
    _TARGET[GuessTarget.PEOPLE]: N_("Bạn dự đoán số người dự thi trong đợt."),
    _TARGET[GuessTarget.PERCENT]: N_("Bạn dự đoán tỷ lệ phần trăm người trả lời đúng tất cả các câu trong đợt."),
    _ELIGIBILITY[Eligibility.CARD]: N_(
        "Chỉ người đã nhập mã thẻ dự thi trước khi đợt thi kết thúc mới được xếp hạng và nhận giải. "
        "Người khác vẫn dự thi và được tính vào số người dự thi, nhưng không xếp hạng."
    ),
    _ELIGIBILITY[Eligibility.SMS]: N_(
        "Chỉ người đã xác nhận số điện thoại bằng mã gửi qua tin nhắn trước khi đợt thi kết thúc mới được xếp hạng và "
        "nhận giải. Người khác vẫn dự thi và được tính vào số người dự thi, nhưng không xếp hạng."
    ),
    _SHOWN: N_(
        "Mỗi lượt thi có %(shown)s câu, rút ngẫu nhiên từ các câu hỏi của đợt; lượt nào cũng có cùng số câu mỗi chủ đề."
    ),
    _ONE_PRIZE: N_(
        "Mỗi đợt mỗi người nhận nhiều nhất một giải; nhiều người dùng chung một số điện thoại thì gọi riêng từng người."
    ),
    _REST: N_(
        "Người vừa đạt giải không nhận giải trong %(rest_rounds)s đợt tiếp theo, nhưng vẫn được dự thi và xếp hạng."
    ),
    _MOST: N_("Trong cả cuộc thi mỗi người nhận nhiều nhất %(most_prizes)s giải, tính theo các đợt đã chốt kết quả."),
}
"""The sentences about a week, for contests whose rounds are no weeks."""
TOGETHER = N_(
    "Mọi người bắt đầu cùng lúc, đúng giờ mở đề; ai vào muộn thì làm trong thời gian còn lại. Thời gian làm bài "
    "của mọi người đều tính từ giờ mở đề."
)
ALL_RIGHT = N_("Chỉ người trả lời đúng tất cả các câu mới được nhận giải.")
_COARSE: dict[tuple[Criterion, int], str] = {
    (Criterion.DURATION, 1): N_("Thời gian làm bài so đến phần nghìn giây."),
    (Criterion.DURATION, 60_000): N_("Thời gian làm bài so theo phút, bỏ giây lẻ."),
    (Criterion.SUBMITTED, 1): N_("Thời điểm nộp bài so đến phần nghìn giây."),
    (Criterion.SUBMITTED, 60_000): N_("Thời điểm nộp bài so theo phút, bỏ giây lẻ."),
}
"""How finely times are compared, where that is not by the second."""

_NEEDED: dict[Eligibility, str] = {
    Eligibility.ROSTER: N_(
        "Ai cũng thi được. Có tên trong danh sách của Ban Tổ chức thì bài của bạn được xếp hạng và xét giải."
    ),
    Eligibility.CARD: N_("Ai cũng thi được. Có thẻ dự thi, nhập mã thẻ là bài của bạn được xếp hạng và xét giải."),
    Eligibility.SMS: N_("Ai cũng thi được. Xác nhận số điện thoại là bài của bạn được xếp hạng và xét giải."),
}
"""The conditions of a prize in a few words, by eligibility."""


class EligibilityWords(NamedTuple):
    """The condition of a prize: in a few words, and as the rules declare it."""

    short: str
    article: str


def eligibility_words(stored: Mapping[str, Any], *, is_weekly: bool) -> EligibilityWords | None:
    """Return who can take a prize, for somebody who registers; None where anybody can."""
    declared = Rules.from_dict(stored).eligibility
    if declared is Eligibility.CALL:
        return None
    return EligibilityWords(_NEEDED[declared], _worded(_ELIGIBILITY[declared], is_weekly=is_weekly))


def rule_sentences(stored: Mapping[str, Any], *, is_weekly: bool = True) -> list[str]:
    """Return a contest's declared rules as sentences that a participant reads before entering.

    Where its rounds are no weeks, they are called rounds.
    """
    rules = Rules.from_dict(stored)
    said = [_tries_sentence(rules, is_weekly=is_weekly)]
    if rules.guess_target in _TARGET:
        said.append(_worded(_TARGET[rules.guess_target], is_weekly=is_weekly))
    if rules.guess_target is GuessTarget.PERCENT and rules.guess_decimals:
        said.append(gettext("Dự đoán ghi được đến %(n)s chữ số sau dấu phẩy.", n=rules.guess_decimals))
    if rules.starts_together:
        said.append(gettext(TOGETHER))
    return [
        *said,
        *_order_sentences(rules, is_weekly=is_weekly),
        *_prize_sentences(rules, is_weekly=is_weekly),
        season_sentence(rules.season, is_weekly=is_weekly),
    ]


def paper_sentences(stored: Mapping[str, Any]) -> list[str]:
    """Return what holds for paper sheets; they come last, so that the articles before keep their numbers.

    Source: decisions 0091 and 0102.
    """
    return [*([] if Rules.from_dict(stored).guess_target is GuessTarget.NONE else [ON_PAPER]), SHEET_COUNTS]


def _order_sentences(rules: Rules, *, is_weekly: bool) -> list[str]:
    """Return which questions a paper asks, and by which criteria papers are ordered."""
    said = []
    if rules.shuffles:
        said.append(N_("Mỗi lượt thi có thứ tự câu hỏi và phương án riêng."))
    if rules.shown is not None:
        said.append(gettext(_worded(_SHOWN, is_weekly=is_weekly), shown=rules.shown))
    said.append(order_sentence(rules))
    said += [_COARSE[key.criterion, key.bucket_ms] for key in rules.order if (key.criterion, key.bucket_ms) in _COARSE]
    return said


def order_sentence(rules: Rules) -> str:
    """Return by which criteria papers are ordered, one after the other."""
    order = reduce(_then, (gettext(_ORDER[key.criterion]) for key in rules.order))
    return gettext("Xếp hạng lần lượt theo: %(order)s.", order=order)


def _tries_sentence(rules: Rules, *, is_weekly: bool) -> str:
    """Return how many turns a participant has in a round, and which of them counts."""
    if rules.tries == 1:
        return _worded(_ONCE, is_weekly=is_weekly)
    if rules.tries is None:
        return _worded(_UNLIMITED_BEST if rules.counts is Counts.BEST else _UNLIMITED_FIRST, is_weekly=is_weekly)
    some = _SOME_BEST if rules.counts is Counts.BEST else _SOME_FIRST
    return gettext(_worded(some, is_weekly=is_weekly), tries=rules.tries)


def _worded(sentence: str, *, is_weekly: bool) -> str:
    """Return *sentence* about a week, or the same about a round."""
    return sentence if is_weekly else _OF_ROUNDS.get(sentence, sentence)


def _then(before: str, after: str) -> str:
    """Return two criteria in their order."""
    return gettext("%(before)s, rồi %(after)s", before=before, after=after)


def _prize_sentences(rules: Rules, *, is_weekly: bool) -> list[str]:
    """Return who can take a prize, what a tie gives, and how long winners are called."""
    said = [_worded(_ELIGIBILITY[rules.eligibility], is_weekly=is_weekly), tie_sentence(rules)]
    if rules.call_days is not None:
        said.append(
            gettext(
                "Ban Tổ chức gọi trong %(call_days)s ngày mà không liên lạc được, hoặc số điện thoại không đúng, "
                "thì giải chuyển cho người kế tiếp.",
                call_days=rules.call_days,
            )
        )
        said.append(_worded(_ONE_PRIZE, is_weekly=is_weekly))
    return [*said, *_limit_sentences(rules, is_weekly=is_weekly)]


def tie_sentence(rules: Rules) -> str:
    """Return what an exact tie gives."""
    if rules.ties is Ties.DRAW:
        return _draw_sentence(rules)
    if rules.most_sharing is None:
        return N_("Bằng nhau ở mọi tiêu chí thì cùng hạng và cùng nhận giải.")
    shared = gettext(
        "Bằng nhau ở mọi tiêu chí thì cùng hạng và cùng nhận giải, mỗi giải trao nhiều nhất cho "
        "%(most_sharing)s người (giải có nhiều suất hơn thì trao đủ số suất); đông hơn nữa thì trao cho người nộp bài "
        "sớm hơn.",
        most_sharing=rules.most_sharing,
    )
    if rules.draw_source is None:
        return shared
    by_number = gettext("Cùng phần nghìn giây nữa thì bốc thăm bằng %(source)s.", source=_number(rules))
    return f"{shared} {by_number}"


def _draw_sentence(rules: Rules) -> str:
    if rules.draw_source is None:
        return N_("Bằng nhau ở mọi tiêu chí thì bốc thăm công khai.")
    words = N_("Bằng nhau ở mọi tiêu chí thì bốc thăm bằng %(source)s; ai cũng tính lại được thứ tự.")
    return gettext(words, source=_number(rules))


def _number(rules: Rules) -> str:
    """Return the public number that decides ties in words."""
    return gettext(
        "số công khai: %(source)s, lần công bố đầu tiên sau ngày khóa bài và xếp hạng", source=source_words(rules)
    )


def source_words(rules: Rules) -> str:
    """Return the declared source of a public number with its digits; nothing without one."""
    source = rules.draw_source or ""
    if rules.draw_digits is None:
        return source
    return gettext("%(source)s (%(n)s chữ số)", source=source, n=rules.draw_digits)


def _limit_sentences(rules: Rules, *, is_weekly: bool) -> list[str]:
    """Return what leaves people out of the prizes."""
    said = []
    if rules.all_right_only:
        said.append(ALL_RIGHT)
    if rules.rest_rounds is not None:
        said.append(gettext(_worded(_REST, is_weekly=is_weekly), rest_rounds=rules.rest_rounds))
    if rules.most_prizes is not None:
        said.append(gettext(_worded(_MOST, is_weekly=is_weekly), most_prizes=rules.most_prizes))
    return said
