"""Vietnamese words of objections."""

from core.translation import gettext
from core.values.text import N_
from quiz.results.rules.alike import AlikeGroup, Likeness
from quiz.results.rules.objections import ObjectionOutcome

OUTCOME: dict[str | None, str] = {
    None: N_("Chờ trả lời"),
    ObjectionOutcome.ACCEPTED: N_("Chấp nhận"),
    ObjectionOutcome.REJECTED: N_("Không chấp nhận"),
}
OUTCOME_CHOICE: dict[str, str] = {
    ObjectionOutcome.ACCEPTED: N_("Chấp nhận: kết quả được sửa bằng chấm lại, bỏ câu hoặc đính chính"),
    ObjectionOutcome.REJECTED: N_("Không chấp nhận: kết quả đúng, giải thích vì sao"),
}
ALIKE: dict[Likeness, str] = {
    Likeness.QUESTION: N_("%(n)s khiếu nại về câu %(question)s"),
    Likeness.WORDS: N_("%(n)s khiếu nại cùng lời với số %(first)s"),
    Likeness.UNRANKED: N_("%(n)s khiếu nại của bài không xếp hạng"),
}
"""The likeness of the objections of a group."""


def alike_words(group: AlikeGroup) -> str:
    """Return the likeness of the objections of a group in words."""
    given = {"n": len(group.numbers), "question": group.question, "first": group.numbers[0]}
    return gettext(ALIKE[group.likeness], **given)
