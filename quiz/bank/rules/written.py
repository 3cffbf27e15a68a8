"""Read questions as offices write them: "Câu 1." or "1.", choices "A." or "(a)", keys in many ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.values.text import N_, Sentence, clean
from quiz.bank.rules.drafts import QuestionDraft
from quiz.bank.rules.key_tables import KeyTables, Numbered
from quiz.bank.rules.keys import WrittenChoice, WrittenKey, resolve_key
from quiz.bank.rules.lines import (
    ANSWER,
    ANSWER_AT_END,
    CHOICE,
    HEADING,
    HEADING_END,
    NUMBERED,
    LineKind,
    TextLine,
    choices_on,
    difficulty_of,
    kind_of,
    labels_ahead,
    stem_and_choices,
    topic_behind,
    without_label,
)
from quiz.bank.rules.listed_choices import letter_lists
from quiz.bank.rules.parsed import Parsed, Place, Problem, shortened
from quiz.bank.rules.skipped import SkippedLines
from quiz.bank.rules.weeks import key_line, week_of

_LOST = N_("không hiểu dòng “%(line)s”.")
_NO_LEVEL = N_("không hiểu mức độ “%(level)s”; xin ghi rất dễ, dễ, trung bình, khó hoặc rất khó.")
_GAP = N_("Sau câu %(before)s là câu %(after)s: có thể sót câu, hoặc ghi nhầm số.")
_IN_QUESTION = N_("Câu %(number)s: %(reason)s")
_TEXTS = {LineKind.EXPLANATION: "explanation", LineKind.SOURCE: "source", LineKind.TOPIC: "topic"}


def read_written(lines: Sequence[TextLine]) -> Parsed:
    """Return the questions in *lines*, each with its place; every line that belongs to none is reported.

    Where a line begins with "Câu 1", a question begins at each such line; else at a number, or after a blank line. No
    lines give no questions; raises nothing. Keys are checked by `checks.check_questions`.
    """
    lettered, mistakes = letter_lists(lines)
    parsed = _QuestionReader(lettered).read()
    parsed.problems += [Problem(place, reason) for place, reason in mistakes]
    return parsed


class _QuestionReader:
    """The questions so far, and what the next lines are compared with."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._kinds = [kind_of(line.text) for line in lines]
        self._is_headed = LineKind.HEADING in self._kinds
        self._ahead = labels_ahead(lines, self._kinds)
        self._parsed = Parsed()
        self._drafts: list[QuestionDraft] = []
        self._keys, self._skipped = KeyTables(), SkippedLines()
        self._topic, self._in_keys, self._after_blank = "", False, True
        self._week: int | None = None
        self._key_week: int | None = None
        """The week that the title of the present table of keys names."""
        self._is_closed = True
        """Whether words begin something new: before the first question, and behind a title."""

    def read(self) -> Parsed:
        for at, (line, kind) in enumerate(zip(self._lines, self._kinds, strict=True)):
            if kind is LineKind.BLANK:
                self._after_blank = True
                continue
            if not self._take_keys(line, kind):
                self._take(at, line, kind)
            self._after_blank = False
        self._finish()
        return self._parsed

    @property
    def _current(self) -> QuestionDraft | None:
        return self._drafts[-1] if self._drafts and not self._is_closed else None

    def _take_keys(self, line: TextLine, kind: LineKind) -> bool:
        """Take a line of a table of keys, or its title."""
        found = key_line(line.text)
        if found is not None and (self._in_keys or found.week is not None or found.is_titled or len(found.pairs) > 1):
            self._key_week = found.week if found.week is not None or found.is_titled else self._key_week
            self._keys.add(found.pairs, line.place, named=self._key_week, within=self._week)
            self._in_keys = self._in_keys or found.is_titled
            return True
        if kind is LineKind.KEYS:
            self._in_keys, self._key_week = True, None
            return True
        if self._in_keys and kind is LineKind.WEEK and self._is_known(week := week_of(line.text)):
            self._key_week = week
            return True
        if self._in_keys and self._current is not None and len(clean(line.text)) == 1 and kind is LineKind.WORDS:
            self._current.answer = line
            return True
        self._in_keys = False
        return False

    def _is_known(self, week: int | None) -> bool:
        """Whether the questions of a week have been read, so that its name below "Đáp án" heads their keys."""
        return any(draft.week == week for draft in self._drafts)

    def _take(self, at: int, line: TextLine, kind: LineKind) -> None:
        if kind in {LineKind.HEADING, LineKind.NUMBERED}:
            self._take_number(at, line, kind)
        elif kind is LineKind.CHOICE:
            self._take_choices(at, line)
        elif kind is LineKind.ANSWER and self._current is not None and self._current.choices:
            match = ANSWER.match(line.text)
            self._current.answer = line.part(match.start("answer")) if match else line
            self._current.last = "answer"
        elif kind in _TEXTS or kind is LineKind.DIFFICULTY:
            self._take_text(at, line, kind)
        elif kind is LineKind.WEEK and self._is_between(at):
            self._week, self._is_closed = week_of(line.text), True
            self._topic = topic_behind(line.text) or self._topic
        else:
            self._take_words(at, line, is_title=kind is LineKind.SECTION)

    def _is_between(self, at: int) -> bool:
        """Whether a line stands between questions: not among the words or the choices of one."""
        draft = self._current
        return draft is None or (bool(draft.choices) and self._ahead[at] != "choice")

    def _take_number(self, at: int, line: TextLine, kind: LineKind) -> None:
        match = (HEADING if kind is LineKind.HEADING else NUMBERED).match(line.text)
        number = int(match["number"]) if match else 0
        if kind is LineKind.NUMBERED and not self._is_next_question(at, number):
            self._take_words(at, line)
            return
        end = match.end() if match else 0
        if kind is LineKind.HEADING:
            label = HEADING_END.match(line.text, end)
            rest = line.text[end:].strip()
            if label is None and rest and not rest[:1].isupper():
                self._begin(line, None)  # "Câu 5 trong bản cam kết nói gì?" speaks of an article
                self._add_stem(line)
                return
            end = label.end() if label else end
        self._begin(line, number)
        self._add_stem(line.part(end))

    def _is_next_question(self, at: int, number: int) -> bool:
        """Whether a line that begins with *number* begins a question rather than going on with one."""
        draft = self._current
        if draft is None:
            return True
        if self._is_headed:
            return bool(draft.choices) and self._ahead[at] == "A"
        if not draft.choices and number == draft.listed + 1 and (number == 1 or draft.listed):
            draft.listed = number
            return False
        return bool(draft.choices) or (draft.number is not None and number == draft.number + 1)

    def _begin(self, line: TextLine, number: int | None) -> QuestionDraft:
        self._is_closed = False
        self._skipped.end_run()
        texts = {"topic": self._topic} if self._topic else {}
        self._drafts.append(QuestionDraft(len(self._drafts) + 1, line.place, number, texts=texts, week=self._week))
        return self._drafts[-1]

    def _add_stem(self, line: TextLine) -> None:
        stem, *choices = stem_and_choices(line)
        draft = self._drafts[-1]
        draft.stem.append(self._without_answer(stem, draft).text)
        for choice in choices:
            self._add_choice(choice)

    def _without_answer(self, line: TextLine, draft: QuestionDraft) -> TextLine:
        """Return a line without "(Đáp án: B)" or "=> B" at its end, which is kept as the answer."""
        found = ANSWER_AT_END.search(line.text)
        if found is None:
            return line
        draft.answer = TextLine(found["a"] or found["b"] or found["c"], line.place)
        return line.part(0, found.start())

    def _take_choices(self, at: int, line: TextLine) -> None:
        letter = CHOICE.match(line.text)["letter"]  # type: ignore[index]
        draft = self._current
        if draft is not None and not draft.expects(letter):
            self._take_words(at, line)
            return
        if draft is None or (letter in "Aa" and len(draft.choices) > 1 and not self._gives_up_list(draft, letter)):
            self._begin(line, None)
        for part in choices_on(line):
            self._add_choice(part)

    @staticmethod
    def _gives_up_list(draft: QuestionDraft, letter: str) -> bool:
        """Turn "a) …, b) …" above "A. …" into words of the question."""
        if letter != "A" or any(each.label.isupper() for each in draft.choices):
            return False
        draft.stem += [f"{each.label}) {each.text}" for each in draft.choices]
        draft.choices.clear()
        return True

    def _add_choice(self, line: TextLine) -> None:
        draft = self._drafts[-1]
        line = self._without_answer(line, draft)
        draft.choices.append(WrittenChoice.of(line))
        draft.last = "choice"

    def _take_text(self, at: int, line: TextLine, kind: LineKind) -> None:
        text, draft = clean(without_label(line, kind).text), self._current
        begins_anew = draft is None or (self._after_blank and self._ahead[at] == "question")
        if kind is LineKind.TOPIC and begins_anew:
            self._topic = text
        elif draft is None:
            self._skipped.add(line)
        elif kind is LineKind.DIFFICULTY:
            draft.difficulty = difficulty_of(text)
            if draft.difficulty is None:
                self._parsed.wrong(
                    line.place,
                    _IN_QUESTION,
                    number=self._number(draft),
                    reason=Sentence(_NO_LEVEL, level=shortened(text)),
                )
        else:
            draft.last = _TEXTS[kind]
            draft.texts[draft.last] = text

    def _take_words(self, at: int, line: TextLine, *, is_title: bool = False) -> None:
        draft = self._current
        if draft is None or (draft.choices and self._begins(at, is_title=is_title)):
            if self._ahead[at] not in {"A", ""} or (is_title and self._ahead[at] != "A") or not self._drafts_follow(at):
                self._skipped.add(line)
                self._is_closed = True
                return
            self._begin(line, None)
            self._add_stem(line)
        elif not draft.choices:
            self._go_on_with_stem(line, draft)
        else:
            self._go_on(at, line, draft)

    def _drafts_follow(self, at: int) -> bool:
        """Whether a question without a number may begin here: its choices follow, or lines of others come in blocks."""
        return self._ahead[at] == "A" or not self._is_headed

    def _begins(self, at: int, *, is_title: bool) -> bool:
        """Whether words below the choices of a question begin something else."""
        if is_title or self._ahead[at] == "A":
            return True
        return self._after_blank and not self._is_headed

    def _go_on_with_stem(self, line: TextLine, draft: QuestionDraft) -> None:
        if self._after_blank and not self._is_headed and draft.stem:
            self._begin(line, None)
        self._add_stem(line)

    def _go_on(self, at: int, line: TextLine, draft: QuestionDraft) -> None:
        """Join words to the text or the choice above, where another choice follows; else report them."""
        if draft.last in draft.texts:
            draft.texts[draft.last] = clean(f"{draft.texts[draft.last]} {line.text}")
        elif draft.last == "choice" and (self._ahead[at] == "choice" or not draft.choices[-1].text):
            draft.choices[-1] = draft.choices[-1].followed_by(self._without_answer(line, draft))
        else:
            self._parsed.wrong(
                line.place, _IN_QUESTION, number=self._number(draft), reason=Sentence(_LOST, line=shortened(line.text))
            )

    def _number(self, draft: QuestionDraft) -> int:
        return draft.number or draft.at

    def _finish(self) -> None:
        self._skipped.report(self._parsed)
        questions = [Numbered(draft.week, draft.number) for draft in self._drafts]
        for draft, (_week, before) in zip(self._drafts[1:], questions, strict=False):
            if before is not None and draft.number not in {None, before + 1, 1}:
                self._parsed.doubtful(draft.place, _GAP, before=before, after=draft.number)
        answers = self._keys.answers(questions, self._parsed)
        for draft, listed in zip(self._drafts, answers, strict=True):
            report = self._reporter(draft)
            key = resolve_key(WrittenKey(draft.choices, draft.answer, listed), report)
            self._parsed.questions.append(draft.question(key.letters, key.explanation))

    def _reporter(self, draft: QuestionDraft) -> Callable[[Place, Sentence, bool], None]:
        def report(place: Place, reason: Sentence, is_error: bool) -> None:
            add = self._parsed.wrong if is_error else self._parsed.doubtful
            add(place if place.order else draft.place, _IN_QUESTION, number=self._number(draft), reason=reason)

        return report
