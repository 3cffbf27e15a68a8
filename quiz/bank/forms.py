"""Read questions that an organiser pastes from a document, and write them as the same text for editing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from core.translation import gettext
from core.values.text import N_, clean, fold
from quiz.bank.models import Choice, QuestionRevision

MOST_MISTAKES = 5
"""The most mistakes that are reported at once."""
HEADING = re.compile(r"(?:câu(?:\s+hỏi)?(?:\s+số)?|question)\s*\d+\b", re.IGNORECASE)
LABEL_END = re.compile(r"\s*(?:\([^)]*\)\s*)?[.:)/–-]\s*")
NUMBER = re.compile(r"\d+\s*[.:)](?!\d)\s*")
CHOICE = re.compile(r"^(?P<right>\*)?\s*(?P<letter>[A-Ha-h])\s*[.)]\s*(?P<text>.+)$")
NEXT_CHOICE = re.compile(r"(?:\t|[ \u00a0]{2,})\s*(?=\*?\s*[A-Ha-h]\s*[.)])")
BECAUSE = re.compile(r"^(?:giải thích|căn cứ|explanation|legal basis)\s*:\s*(?P<text>.+)$", re.IGNORECASE)
TOPIC = re.compile(r"^chủ đề\s*:\s*(?P<text>.+)$", re.IGNORECASE)
LONGEST_TOPIC = 80
ANSWER = re.compile(r"^đáp án(?:\s+đúng)?(?:\s+là)?\s*:\s*(?P<text>.+)$", re.IGNORECASE)
LETTERS = re.compile(r"[A-H](?:(?:\s*[,;]\s*|\s+và\s+|\s+)[A-H])*\s*\.?|[A-H]\s*[.)]\s.*", re.IGNORECASE)


Texts = Mapping[tuple[int, str], str]


class Worded(Protocol):
    """A question with its text and key: a revision, or a question of a round."""

    @property
    def text(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def choices(self) -> list[Choice]: ...
    @property
    def key(self) -> frozenset[str]: ...


class Revised(Worded, Protocol):
    """A question of a round."""

    @property
    def revision(self) -> QuestionRevision: ...


@dataclass
class DraftQuestion:
    """A question read from pasted text: choices as (letter, text, is right)."""

    text: str
    choices: list[tuple[str, str, bool]] = field(default_factory=list)
    explanation: str = ""
    topic: str = ""
    english: "DraftQuestion | None" = None


def read_questions(text: str) -> list[DraftQuestion]:
    """Return the questions in pasted *text*; raises ValueError with at most five mistakes in words.

    Where lines begin with "Câu 1", "Câu hỏi 2" … a question begins at each and blank lines are ignored; elsewhere a
    blank line separates two questions. The right choice has a * before it, or a line "Đáp án: A" names it. A line
    "Chủ đề: Đất đai" gives the topic.
    """
    read = [_read_block(number, block) for number, block in enumerate(_blocks(text), start=1)]
    mistakes = [mistake for _, found in read for mistake in found]
    mistakes += _twice([question for question, _ in read])
    if mistakes:
        raise ValueError(" ".join(mistakes[:MOST_MISTAKES]))
    if not read:
        raise ValueError(N_("Chưa có câu hỏi nào."))
    return [question for question, _ in read]


def read_english(text: str, questions: Sequence[DraftQuestion]) -> list[DraftQuestion]:
    """Return *questions* with their texts in English, read from pasted *text*; blank text takes them away.

    All of them or none, so that a paper is in one language, in the same order and with the same letters; the right
    choices are those of the Vietnamese. Raises ValueError as `read_questions` does.
    """
    read = [_read_lines(number, block) for number, block in enumerate(_blocks(text), start=1)]
    if not read:
        return [replace(question, english=None) for question in questions]
    if len(read) != len(questions):
        there, wanted = len(read), len(questions)
        wording = N_("Bản tiếng Anh có %(there)s câu, bản tiếng Việt có %(wanted)s câu: xin viết đủ, cùng thứ tự.")
        raise ValueError(gettext(wording, there=there, wanted=wanted))
    pairs = list(zip(questions, [found for found, _answers, _lost in read], strict=True))
    mistakes = [mistake for _found, _answers, lost in read for mistake in lost]
    mistakes += [mistake for number, pair in enumerate(pairs, start=1) for mistake in _unlike(number, *pair)]
    if mistakes:
        raise ValueError(" ".join(mistakes[:MOST_MISTAKES]))
    return [replace(question, english=english) for question, english in pairs]


def _unlike(number: int, question: DraftQuestion, english: DraftQuestion) -> Iterator[str]:
    wanted, there = ([letter for letter, _, _ in each.choices] for each in (question, english))
    if not english.text:
        yield gettext("Câu %(number)s: thiếu lời câu hỏi.", number=number)
    if wanted != there:
        wording = N_("Câu %(number)s, bản tiếng Anh: cần đúng các phương án %(letters)s.")
        yield gettext(wording, number=number, letters=", ".join(wanted))


def english_as_text(questions: Iterable[Revised], of_revision: Texts, of_choice: Texts) -> str:
    """Return the English of questions in the text form that `read_english` reads; "" where they have none.

    The texts are those of the revisions and of the choices in English, by id and field.
    """
    blocks = []
    for position, question in enumerate(questions, start=1):
        id = question.revision.id
        if text := of_revision.get((id, "text")):
            lines = [f"Question {position}. {text}"]
            lines += [f"{choice.letter}. {of_choice.get((choice.id, 'text'), '')}" for choice in question.choices]
            because = of_revision.get((id, "explanation"))
            blocks.append("\n".join([*lines, *([f"Explanation: {because}"] if because else [])]))
    return "\n\n".join(blocks)


def _twice(questions: Sequence[DraftQuestion]) -> Iterator[str]:
    """Report questions that occur twice; the same text with other choices is another question ("Ý nào sau đây
    đúng?").
    """
    first: dict[tuple[str, frozenset[str]], int] = {}
    for number, question in enumerate(questions, start=1):
        before = first.setdefault((fold(question.text), _words(question)), number)
        if question.text and before != number:
            yield gettext("Câu %(number)s trùng với câu %(before)s.", number=number, before=before)


def questions_as_text(questions: Iterable[Worded]) -> str:
    """Return questions in the text form that `read_questions` reads."""
    blocks = []
    for position, question in enumerate(questions, start=1):
        lines = [f"Câu {position}. {question.text}"]
        lines += [
            f"{'*' if choice.letter in question.key else ''}{choice.letter}. {choice.text}"
            for choice in question.choices
        ]
        lines += [f"Căn cứ: {question.explanation}"] if question.explanation else []
        lines += [f"Chủ đề: {question.topic}"] if question.topic else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _blocks(text: str) -> list[list[str]]:
    """Return the lines of each question in pasted *text*."""
    lines = re.sub("\r\n?", "\n", text).split("\n")
    is_headed = any(HEADING.match(line.strip()) for line in lines)
    return list(_headed_blocks(lines) if is_headed else _blocks_between_blanks(lines))


def _blocks_between_blanks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if clean(line):
            block += _parts(line)
        elif block:
            yield block
            block = []


def _headed_blocks(lines: list[str]) -> Iterator[list[str]]:
    """Yield a block from each heading; a title above the first one is no question.

    After a blank line, text that belongs to no choice also begins a question ("2) …" below "Câu 1 …").
    """
    block: list[str] = []
    after_blank = False
    for line in map(str.strip, lines):
        begins = bool(HEADING.match(line)) or (after_blank and any(map(_is_about, block)) and not _is_about(line))
        if line and begins:
            yield from _worth(block)
            block = []
        block += _parts(line)
        after_blank = not clean(line)
    yield from _worth(block)


def _worth(block: list[str]) -> Iterator[list[str]]:
    if block and (HEADING.match(block[0]) or any(map(_is_about, block))):
        yield block


def _is_about(line: str) -> bool:
    """Whether *line* is a choice, an answer, an explanation or a topic, which follow a question."""
    return any(kind.match(line) for kind in (CHOICE, ANSWER, BECAUSE, TOPIC))


def _parts(line: str) -> list[str]:
    """Return the choices side by side in *line*, or *line* itself."""
    line = line.strip()
    parts = NEXT_CHOICE.split(line) if CHOICE.match(line) else [line]
    return [part for part in map(clean, parts) if part]


def _read_block(number: int, block: list[str]) -> tuple[DraftQuestion, list[str]]:
    question, answers, lost = _read_lines(number, block)
    return question, [*lost, *_mark(number, question, answers), *_mistakes(number, question)]


def _read_lines(number: int, block: list[str]) -> tuple[DraftQuestion, set[str], list[str]]:
    """Return the question of a *block*, the letters that its answer line names, and the lines not understood."""
    question, answers, lost = DraftQuestion(""), set[str](), []
    for at, line in enumerate(block):
        choice, because, answer, topic = (kind.match(line) for kind in (CHOICE, BECAUSE, ANSWER, TOPIC))
        if choice is not None:
            question.choices.append((choice["letter"].upper(), choice["text"], bool(choice["right"])))
        elif because is not None:
            question.explanation = because["text"]
        elif topic is not None:
            question.topic = topic["text"]
        elif answer is not None and LETTERS.fullmatch(answer["text"]):
            answers |= _letters(answer["text"])
        elif question.choices or answer is not None:
            lost.append(gettext("Câu %(number)s: không hiểu dòng “%(line)s”.", number=number, line=line))
        else:
            question.text = f"{question.text} {line if at else _without_number(line)}".strip()
    return question, answers, lost


def _letters(text: str) -> set[str]:
    """Return the letters of "A", "A, C" or "A và C"; of "A. Tiếp nhận hồ sơ" the first."""
    words = re.findall(r"\w+", text.upper())
    listed = [word for word in words if word != "VÀ"]
    return set(listed) if all(len(word) == 1 for word in listed) else {words[0]}


def _without_number(line: str) -> str:
    heading = HEADING.match(line)
    if heading is None:
        return NUMBER.sub("", line, count=1) if NUMBER.match(line) else line
    rest = line[heading.end() :]
    end = LABEL_END.match(rest)
    if end is not None:
        return rest[end.end() :]
    return rest.strip() if not rest or rest.strip()[:1].isupper() else line


def _mark(number: int, question: DraftQuestion, answers: set[str]) -> list[str]:
    """Mark the choices that the answer line names; return mistakes in words."""
    starred = {letter for letter, _, is_right in question.choices if is_right}
    unknown = answers - {letter for letter, _, _ in question.choices}
    if unknown:
        return [
            gettext(
                "Câu %(number)s: đáp án %(unknown)s không có trong các phương án.",
                number=number,
                unknown=", ".join(sorted(unknown)),
            )
        ]
    if answers and starred and answers != starred:
        return [gettext("Câu %(number)s: dấu * và dòng “Đáp án” không khớp nhau.", number=number)]
    question.choices = [(letter, text, right or letter in answers) for letter, text, right in question.choices]
    return []


def _words(question: DraftQuestion) -> frozenset[str]:
    return frozenset(fold(text) for _, text, _ in question.choices)


def _mistakes(number: int, question: DraftQuestion) -> Iterator[str]:
    letters = [letter for letter, _, _ in question.choices]
    if not question.text:
        yield gettext("Câu %(number)s: thiếu lời câu hỏi.", number=number)
    if len(question.topic) > LONGEST_TOPIC:
        yield gettext(
            "Câu %(number)s: tên chủ đề dài quá %(longest_topic)s chữ.", number=number, longest_topic=LONGEST_TOPIC
        )
    if len(letters) < 2 or len(set(letters)) < len(letters):
        yield gettext("Câu %(number)s: cần ít nhất hai phương án, mỗi phương án một chữ cái.", number=number)
    elif len(_words(question)) < len(letters):
        yield gettext("Câu %(number)s: có hai phương án giống nhau.", number=number)
    elif not any(right for _, _, right in question.choices):
        yield gettext("Câu %(number)s: chưa đánh dấu * trước phương án đúng.", number=number)
