"""Questions from the items of a GIFT text, and a GIFT text from questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from core.values.text import N_, clean
from quiz.bank.rules.gift import GiftItem, GiftKind, GiftText, read_gift
from quiz.bank.rules.lines import line_place
from quiz.bank.rules.markup import text_of_html
from quiz.bank.rules.parsed import Parsed, ParsedQuestion, Place, lettered, shortened
from quiz.bank.rules.pictures import with_mark

_NOT_ASKED = {
    GiftKind.SHORT: N_("câu điền chữ “%(stem)s”: cuộc thi chỉ hỏi câu chọn phương án."),
    GiftKind.NUMBER: N_("câu điền số “%(stem)s”: cuộc thi chỉ hỏi câu chọn phương án."),
    GiftKind.MATCHING: N_("câu ghép đôi “%(stem)s”: cuộc thi chỉ hỏi câu chọn phương án."),
    GiftKind.ESSAY: N_("câu tự luận “%(stem)s”: cuộc thi chỉ hỏi câu chọn phương án."),
    GiftKind.BROKEN: N_("“%(stem)s”: ngoặc { chưa đóng, hoặc có dòng trống ở giữa."),
}
_DESCRIPTION = N_("Không đưa vào đoạn “%(stem)s”, vì không có phương án.")
_PART = N_("“%(stem)s”: phương án được một phần số điểm; ở đây phải chọn đủ mới được tính đúng.")
_PICTURE = N_("“%(stem)s”: hình trong câu không được đưa vào; xin thêm hình sau.")
_SOURCE = re.compile(r"\s*Căn cứ:\s*(.+)$", re.DOTALL)
_TOP = re.compile(r"^\$\w+\$/|^top/")
_SPECIAL = re.compile(r"([~=#{}:\\])")


def gift_questions(text: str) -> Parsed:
    """Return the questions of a GIFT text; what a contest can't ask is an error at its line."""
    parsed, topic = Parsed(), ""
    for item in read_gift(text):
        place, stem = line_place(item.line), shortened(item.stem.text)
        if item.kind is GiftKind.CATEGORY:
            topic = category_topic(item.title or "")
        elif item.kind is GiftKind.DESCRIPTION:
            parsed.doubtful(place, _DESCRIPTION, stem=stem)
        elif item.kind in _NOT_ASKED:
            parsed.wrong(place, _NOT_ASKED[item.kind], stem=stem)
        else:
            parsed.questions.append(_question(parsed, item, place, topic))
    return parsed


def category_topic(path: str) -> str:
    """Return the last name of a category's path as a topic; the top of a course has none.

    >>> category_topic("$course$/top/Đất đai"), category_topic("$course$/top")
    ('Đất đai', '')
    """
    last = clean(_TOP.sub("", path).rpartition("/")[2])
    return "" if last.lower() == "top" or last.startswith("$") else last


def right_places(weights: Iterable[tuple[bool, float | None]]) -> tuple[set[int], bool]:
    """Return the places of right choices from (is marked right, weight in per cent), and whether part of them counts.

    Equal shares that sum up to 100 say that all have to be chosen.

    >>> right_places([(False, 50.0), (False, -100.0), (False, 50.0)]), right_places([(True, None), (False, None)])
    (({0, 2}, False), ({0}, False))
    """
    given = list(weights)
    full = {at for at, (is_right, weight) in enumerate(given) if is_right and weight in {None, 100.0}}
    if full:
        return full, any(weight and 0 < weight < 100 for _, weight in given)
    part = {at: weight for at, (_, weight) in enumerate(given) if weight and weight > 0}
    is_even = len({round(weight) for weight in part.values()}) == 1 and abs(sum(part.values()) - 100) < 1
    return set(part), bool(part) and not is_even


def _question(parsed: Parsed, item: GiftItem, place: Place, topic: str) -> ParsedQuestion:
    stem, pictures = _plain(item.stem)
    texts = [_plain(choice.text) for choice in item.choices]
    right, is_shared = right_places((choice.is_right, choice.weight) for choice in item.choices)
    if is_shared:
        parsed.doubtful(place, _PART, stem=shortened(stem))
    if pictures or any(count for _, count in texts):
        parsed.doubtful(place, _PICTURE, stem=shortened(stem))
    explanation, source = split_source(_explanation(item, right))
    choices = lettered([text for text, _ in texts], right)
    return ParsedQuestion(stem, choices, explanation, source, topic, place=place)


def _explanation(item: GiftItem, right: set[int]) -> str:
    """Return the feedback of the item, else that of its right choices."""
    said = [item.feedback] if item.feedback else [item.choices[at].feedback for at in sorted(right)]
    return clean(" ".join(_plain(text)[0] for text in said if text))


def split_source(text: str) -> tuple[str, str]:
    """Return an explanation and the source of law behind "Căn cứ:" at its end.

    >>> split_source("Vì vậy. Căn cứ: Điều 5")
    ('Vì vậy.', 'Điều 5')
    """
    found = _SOURCE.search(text)
    return (clean(text[: found.start()]), clean(found[1])) if found else (clean(text), "")


def _plain(text: GiftText) -> tuple[str, int]:
    return text_of_html(text.text) if text.format == "html" else (clean(text.text), 0)


def write_gift(questions: Iterable[ParsedQuestion]) -> str:
    """Return questions as a GIFT text, which `gift_questions` reads back."""
    return "\n".join(_written(questions))


def _written(questions: Iterable[ParsedQuestion]) -> Iterator[str]:
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            yield f"$CATEGORY: $course$/top/{topic}\n" if topic else "$CATEGORY: $course$/top\n"
        yield f"{_escaped(with_mark(question.text, question.image))} {{"
        share = round(100 / max(len(question.key), 1), 5)
        for choice in question.choices:
            mark = ("=" if len(question.key) == 1 else f"~%{share:g}%") if choice.is_right else "~"
            yield f"  {mark}{_escaped(with_mark(choice.text, choice.image))}"
        because = question.explanation + (f" Căn cứ: {question.source}" if question.source else "")
        if because:
            yield f"  ####{_escaped(because.strip())}"
        yield "}\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
