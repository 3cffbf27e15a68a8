"""Questions of Moodle's XML, read without entities: a document type is refused."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from core.values.text import N_, clean
from quiz.bank.rules.gift_questions import category_topic, right_places, split_source
from quiz.bank.rules.lines import line_place
from quiz.bank.rules.markup import text_of_html
from quiz.bank.rules.parsed import NOWHERE, Parsed, ParsedQuestion, Place, lettered, shortened

_BROKEN = N_("tệp XML bị hỏng từ dòng này nên không đọc tiếp được.")
_NO_TYPES = N_("tệp XML có khai báo DOCTYPE nên không được đọc; xin xuất lại từ Moodle.")
_OTHER = N_("Tệp XML này không phải câu hỏi của Moodle (thiếu thẻ quiz).")
_KIND = N_("câu loại “%(kind)s” (“%(stem)s”): cuộc thi chỉ hỏi câu chọn phương án.")
_PART = N_("“%(stem)s”: phương án được một phần số điểm; ở đây phải chọn đủ mới được tính đúng.")
_PICTURE = N_("“%(stem)s”: hình trong câu không được đưa vào; xin thêm hình sau.")
_LINE = "line"
_DEEPEST = 100
_TRUTH = {"true": N_("Đúng"), "false": N_("Sai")}


class _Refused(Exception):
    """The document is not read; the argument is the reason."""


def read_moodle(data: bytes) -> Parsed:
    """Return the questions with choices of a Moodle XML file; questions of other kinds are errors at their lines."""
    parsed = Parsed()
    try:
        root = _tree(data)
    except expat.ExpatError as error:
        parsed.wrong(line_place(error.lineno), _BROKEN)
        return parsed
    except _Refused as refusal:
        parsed.problems.clear()
        parsed.wrong(NOWHERE, str(refusal))
        return parsed
    if root.tag != "quiz":
        parsed.wrong(NOWHERE, _OTHER)
        return parsed
    topic = ""
    for each in root.iter("question"):
        kind, place = each.get("type", ""), line_place(int(each.get(_LINE, "0")))
        if kind == "category":
            topic = category_topic(_text(each.find("category")))
        elif kind in {"multichoice", "truefalse"}:
            parsed.questions.append(_question(parsed, each, place, topic))
        elif kind != "description":
            stem = shortened(_plain(each.find("questiontext"))[0] or _text(each.find("name")))
            parsed.wrong(place, _KIND, kind=shortened(kind, 20), stem=stem)
    return parsed


def _tree(data: bytes) -> Element:
    """Return the root; each element keeps the number of its line as an attribute."""
    builder, parser, depth = TreeBuilder(), expat.ParserCreate(), [0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        depth[0] += 1
        if depth[0] > _DEEPEST:
            raise _Refused(_OTHER)
        builder.start(tag, attributes).set(_LINE, str(parser.CurrentLineNumber))

    def end(tag: str) -> None:
        depth[0] -= 1
        builder.end(tag)

    def refuse(*_of: object) -> None:
        raise _Refused(_NO_TYPES)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
    return builder.close()


def _question(parsed: Parsed, element: Element, place: Place, topic: str) -> ParsedQuestion:
    stem, pictures = _plain(element.find("questiontext"))
    answers = list(_answers(element))
    right, is_shared = right_places((False, fraction) for _, fraction, _ in answers)
    if is_shared:
        parsed.doubtful(place, _PART, stem=shortened(stem))
    if pictures or any(count for (_, count), _, _ in answers):
        parsed.doubtful(place, _PICTURE, stem=shortened(stem))
    said = [_plain(element.find("generalfeedback"))[0]]
    said = said if said[0] else [answers[at][2] for at in sorted(right)]
    explanation, source = split_source(clean(" ".join(said)))
    choices = lettered([_truth_word(element, text) for (text, _), _, _ in answers], right)
    return ParsedQuestion(stem, choices, explanation, source, topic, place=place)


def _answers(element: Element) -> Iterator[tuple[tuple[str, int], float, str]]:
    """Yield text with its pictures, share of the points in per cent, and feedback of each answer."""
    for answer in element.findall("answer"):
        try:
            fraction = float(answer.get("fraction", "0"))
        except ValueError:
            fraction = 0.0
        yield _plain(answer), fraction, _plain(answer.find("feedback"))[0]


def _truth_word(element: Element, text: str) -> str:
    return _TRUTH.get(text.lower(), text) if element.get("type") == "truefalse" else text


def _plain(element: Element | None) -> tuple[str, int]:
    if element is None:
        return "", 0
    text, format = _text(element), element.get("format", "html")
    return text_of_html(text) if format in {"html", "moodle_auto_format"} else (clean(text), 0)


def _text(element: Element | None) -> str:
    found = element.find("text") if element is not None else None
    return (found.text or "") if found is not None else ""
