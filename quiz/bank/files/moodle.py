"""Questions of Moodle's XML, read without entities: a document type is refused."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from core.values.text import N_, clean
from quiz.bank.rules.gift_questions import category_topic, right_places, split_source
from quiz.bank.rules.lines import line_place
from quiz.bank.rules.markup import text_of_html
from quiz.bank.rules.parsed import NOWHERE, Parsed, ParsedQuestion, Place, lettered, shortened
from quiz.bank.rules.pictures import FoundPictures

_BROKEN = N_("tệp XML bị hỏng từ dòng này nên không đọc tiếp được.")
_NO_TYPES = N_("tệp XML có khai báo DOCTYPE nên không được đọc; xin xuất lại từ Moodle.")
_OTHER = N_("Tệp XML này không phải câu hỏi của Moodle (thiếu thẻ quiz).")
_KIND = N_("câu loại “%(kind)s” (“%(stem)s”): cuộc thi chỉ hỏi câu chọn phương án.")
_PART = N_("“%(stem)s”: phương án được một phần số điểm; ở đây phải chọn đủ mới được tính đúng.")
_PICTURE = N_("“%(stem)s”: có hình không nằm trong tệp nên không được đưa vào; xin thêm hình sau.")
_DATA = re.compile(r"data:image/(?:png|jpeg|webp);base64,", re.IGNORECASE)
_LINE = "line"
_DEEPEST = 100
_TRUTH = {"true": N_("Đúng"), "false": N_("Sai")}


class _Refused(Exception):
    """The document is not read; the argument is the reason."""


def read_moodle(data: bytes, pictures: FoundPictures) -> Parsed:
    """Return the questions with choices of a Moodle XML file; questions of other kinds are errors at their lines.

    The pictures in the file are added to *pictures*, and marks stand where they were; those of other sites stay there.
    """
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
            parsed.questions.append(_question(parsed, each, place, topic, pictures))
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


def _question(parsed: Parsed, element: Element, place: Place, topic: str, pictures: FoundPictures) -> ParsedQuestion:
    shown = _Files(pictures)
    stem, left_out = _plain(element.find("questiontext"), shown)
    answers = list(_answers(element, shown))
    right, is_shared = right_places((False, fraction) for _, fraction, _ in answers)
    if is_shared:
        parsed.doubtful(place, _PART, stem=shortened(stem))
    if left_out or any(count for (_, count), _, _ in answers):
        parsed.doubtful(place, _PICTURE, stem=shortened(stem))
    said = [_plain(element.find("generalfeedback"))[0]]
    said = said if said[0] else [answers[at][2] for at in sorted(right)]
    explanation, source = split_source(clean(" ".join(said)))
    choices = lettered([_truth_word(element, text) for (text, _), _, _ in answers], right)
    return ParsedQuestion(stem, choices, explanation, source, topic, place=place)


def _answers(element: Element, shown: _Files) -> Iterator[tuple[tuple[str, int], float, str]]:
    """Yield text with its pictures, share of the points in per cent, and feedback of each answer."""
    for answer in element.findall("answer"):
        try:
            fraction = float(answer.get("fraction", "0"))
        except ValueError:
            fraction = 0.0
        yield _plain(answer, shown), fraction, _plain(answer.find("feedback"))[0]


def _truth_word(element: Element, text: str) -> str:
    return _TRUTH.get(text.lower(), text) if element.get("type") == "truefalse" else text


class _Files:
    """The pictures beside a text: files in base64 under the names by which its HTML refers to them."""

    def __init__(self, pictures: FoundPictures) -> None:
        self._pictures = pictures
        self.files: dict[str, str] = {}

    def mark(self, source: str, words: str) -> str:
        """Return the mark of a picture of the file, "" for one of another site or a damaged one."""
        begin, is_inside, name = source.partition("@@PLUGINFILE@@/")
        is_own = is_inside and not begin
        encoded = self.files.get(unquote(name), "") if is_own else source if _DATA.match(source) else ""
        try:
            data = b64decode(_DATA.sub("", encoded), validate=False)
        except ValueError:
            return ""
        return self._pictures.mark(data, words) if data else ""


def _plain(element: Element | None, shown: _Files | None = None) -> tuple[str, int]:
    if element is None:
        return "", 0
    text, format = _text(element), element.get("format", "html")
    if format not in {"html", "moodle_auto_format"}:
        return clean(text), 0
    if shown is None:
        return text_of_html(text)
    shown.files = {each.get("name", ""): each.text or "" for each in element.findall("file")}
    return text_of_html(text, shown.mark)


def _text(element: Element | None) -> str:
    found = element.find("text") if element is not None else None
    return (found.text or "") if found is not None else ""
