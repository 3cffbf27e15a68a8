"""Check the questions of a file of any format: text, choices, key, lengths, repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.values.text import N_, Sentence, fold
from quiz.bank.rules.parsed import IN_QUESTION, LETTERS, MOST_QUESTIONS, NOWHERE, Parsed, ParsedChoice, ParsedQuestion
from quiz.bank.rules.pictures import wrong_pictures

LONGEST = {"text": 2000, "explanation": 4000, "source": 1000, "topic": 80}
LONGEST_CHOICE = 1000
_NO_TEXT = N_("thiếu lời câu hỏi.")
_FEW = N_("cần ít nhất hai phương án, mỗi phương án một chữ cái.")
_SKIPPED = N_("thiếu phương án %(letter)s.")
_EMPTY = N_("phương án %(letter)s không có nội dung.")
_SAME = N_("có hai phương án giống nhau.")
_NO_KEY = N_("chưa có đáp án; xin đánh dấu * trước phương án đúng, hoặc thêm dòng “Đáp án: B”.")
_SEVERAL = N_("có %(n)s phương án đúng (%(letters)s): phải chọn đủ mới được tính đúng.")
_ALL = N_("mọi phương án đều đúng.")
_TWICE = N_("trùng với câu %(before)s.")
_LONG_CHOICE = N_("phương án %(letter)s dài quá %(most)s chữ.")
_LONG = {
    "text": N_("lời câu hỏi dài quá %(most)s chữ."),
    "explanation": N_("lời giải thích dài quá %(most)s chữ."),
    "source": N_("căn cứ dài quá %(most)s chữ."),
    "topic": N_("tên chủ đề dài quá %(most)s chữ."),
}
_NONE = N_("Chưa có câu hỏi nào.")
_MANY = N_("Có %(n)s câu, nhiều hơn %(most)s câu một lần. Xin chia thành nhiều tệp.")


_Asked = tuple[str, str, frozenset[tuple[str, str]]]


def check_questions(parsed: Parsed) -> Parsed:
    """Add to *parsed* what is wrong or doubtful with each of its questions, and return it.

    The same text with other choices is another question ("Ý nào sau đây đúng?"). Where a key was already reported as
    unreadable the missing key is not reported again.
    """
    if not parsed.questions and not parsed.errors:
        parsed.wrong(NOWHERE, _NONE)
    if len(parsed.questions) > MOST_QUESTIONS:
        parsed.wrong(NOWHERE, _MANY, n=len(parsed.questions), most=MOST_QUESTIONS)
        return parsed
    reported = {_number_of(problem.reason) for problem in parsed.errors}
    first: dict[_Asked, tuple[int, int]] = {}
    for at, question in enumerate(parsed.questions, start=1):
        number = question.number or at
        found = list(_mistakes(question, is_reported=number in reported))
        before = first.setdefault(_asked(question), (at, number))
        if question.text and before[0] != at:
            found.append(Sentence(_TWICE, before=before[1]))
        for reason in found:
            parsed.wrong(question.place, IN_QUESTION, number=number, reason=reason)
        for reason in _doubts(question):
            parsed.doubtful(question.place, IN_QUESTION, number=number, reason=reason)
    return parsed


def _number_of(reason: Sentence | str) -> object:
    return reason.values.get("number") if isinstance(reason, Sentence) and reason.wording == IN_QUESTION else None


def _words(question: ParsedQuestion) -> frozenset[tuple[str, str]]:
    return frozenset((fold(choice.text), choice.image.digest if choice.image else "") for choice in question.choices)


def _asked(question: ParsedQuestion) -> _Asked:
    return fold(question.text), question.image.digest if question.image else "", _words(question)


def _is_blank(choice: ParsedChoice) -> bool:
    return not choice.text and choice.image is None


def _mistakes(question: ParsedQuestion, *, is_reported: bool) -> Iterator[Sentence]:
    if not question.text:
        yield Sentence(_NO_TEXT)
    yield from _too_long(question)
    yield from wrong_pictures(question)
    wrong = _wrong_choices(question)
    if wrong is not None:
        if not (is_reported and wrong.wording == _EMPTY):
            yield wrong
    elif not question.key and not is_reported:
        yield Sentence(_NO_KEY)


def _wrong_choices(question: ParsedQuestion) -> Sentence | None:
    """Return what is wrong with the choices, the first thing of it."""
    letters = [choice.letter for choice in question.choices]
    if len(letters) < 2 or max(Counter(letters).values()) > 1:
        return Sentence(_FEW)
    missing = next((letter for letter, own in zip(LETTERS, letters, strict=False) if letter != own), None)
    if missing:
        return Sentence(_SKIPPED, letter=missing)
    blank = next((choice.letter for choice in question.choices if _is_blank(choice)), None)
    if blank:
        return Sentence(_EMPTY, letter=blank)
    return Sentence(_SAME) if len(_words(question)) < len(letters) else None


def _too_long(question: ParsedQuestion) -> Iterator[Sentence]:
    for name, most in LONGEST.items():
        if len(getattr(question, name)) > most:
            yield Sentence(_LONG[name], most=most)
    for choice in question.choices:
        if len(choice.text) > LONGEST_CHOICE:
            yield Sentence(_LONG_CHOICE, letter=choice.letter, most=LONGEST_CHOICE)


def _doubts(question: ParsedQuestion) -> Iterator[Sentence]:
    right = question.key
    if 1 < len(right) == len(question.choices):
        yield Sentence(_ALL)
    elif len(right) > 1:
        yield Sentence(_SEVERAL, n=len(right), letters=", ".join(sorted(right)))
