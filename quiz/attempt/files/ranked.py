"""Read a sheet of papers as it is, for a ranking that stores nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.importing.rows import has_lost_letters, name_issue
from core.sheets.cells import quoted
from core.sheets.reading import read_sheets
from core.sheets.sheet import RowNumber
from core.translation import gettext
from core.values.names import name_key
from core.values.numbers import thousands
from core.values.text import N_, search_key
from quiz.attempt.files.columns import Meaning
from quiz.attempt.files.marks import Marks, mark_answers, read_scores
from quiz.attempt.files.opposing import opposing_columns
from quiz.attempt.files.papers import Papers, gather, highest, other_scores
from quiz.attempt.files.sheet import Table, read_table
from quiz.attempt.rules.sheet_paper import Person, SheetPaper
from quiz.attempt.rules.sheet_turns import is_too_fast
from quiz.attempt.rules.unit_keys import near_keys, summed, unit_keys
from quiz.attempt.rules.unit_names import group_units
from quiz.contest.rules.bloc_text import bloc_key
from quiz.contest.rules.presets import Rules

_GUESSED_TOTAL = N_("Không rõ số câu hỏi; lấy điểm cao nhất (%(questions)s) làm số câu.")
_DOUBTFUL_TOTAL = N_(
    "Không rõ số câu hỏi; điểm cao nhất là %(questions)s, nhiều hơn số câu của một đợt thi: hãy xem lại cột điểm, "
    "hoặc ghi số câu hỏi bằng --questions."
)
_MANY = 60
"""The number of questions that no round of a contest has."""
_STILL_COUNTED = N_("%(issue)s Vẫn tính lượt.")
_NO_PRIZE = N_("%(issue)s Vẫn tính lượt, không xét giải cho đến khi ghi lại.")
_FAST = N_("làm bài chỉ %(seconds)s giây cho %(questions)s câu: xem lại thời gian làm bài trước khi trao giải.")
_NO_UNIT = N_("chưa ghi đơn vị.")
_NO_BLOC = N_("(chưa ghi đối tượng)")
_MERGED = N_("Đơn vị “%(shown)s” gộp cả cách viết %(others)s; nếu là đơn vị khác, hãy sửa trong tệp.")
_SUMMED = N_("Đơn vị “%(shown)s” cộng chung cả cách viết %(others)s.")
_NEAR = N_(
    "Đơn vị “%(one)s” (%(many)s lượt) và “%(other)s” (%(few)s lượt) viết gần giống nhau; nếu là một, "
    "thêm --sum-units để cộng chung."
)
_LOOK_ALIKE = N_(
    "cùng số điện thoại và họ tên gần giống dòng %(row)s; đang tính là người khác, xem lại trước khi trao giải."
)


def read_papers(
    path: Path,
    rules: Rules,
    key: Sequence[str] | None = None,
    questions: int | None = None,
    *,
    sums_near: bool = False,
    by_bloc: bool = False,
) -> Papers:
    """Return every row of the sheet that is an attempt, with notes on columns that speak against *rules*.

    With *by_bloc* each entry has the bloc that its row names. With *sums_near* spellings of units that are near one
    another are one unit. Raises SheetError when the file cannot be used.
    """
    table = read_table(read_sheets(path), key)
    notes = [*table.notes, *opposing_columns(table, rules, ranks_apart=by_bloc)]
    marks = _marks(table, key, questions, notes)
    if marks.questions is None:
        most = highest(marks)
        notes.append(gettext(_GUESSED_TOTAL if most <= _MANY else _DOUBTFUL_TOTAL, questions=most))
    papers = gather(table, marks, notes, rules)
    papers.problems += [*_odd_names(papers), *_look_alikes(papers), *_too_fast(papers)]
    _name_units(papers, sums_near=sums_near)
    if by_bloc:
        _set_blocs(papers)
    return papers


def _set_blocs(papers: Papers) -> None:
    """Number the blocs in the order of the sheet, spellings of one together, and give each entry its own."""
    numbers: dict[str, int] = {}
    placed = []
    for paper in papers.papers:
        typed = papers.blocs[paper.entry.ref] or _NO_BLOC
        number = numbers.setdefault(bloc_key(typed), len(numbers) + 1)
        papers.bloc_names.setdefault(number, typed)
        placed.append(replace(paper, entry=replace(paper.entry, bloc=number)))
    papers.papers = placed


def _marks(table: Table, key: Sequence[str] | None, questions: int | None, notes: list[str]) -> Marks:
    cells = table.column(Meaning.SCORE)
    if key is None:
        marks = read_scores(cells, questions)
        asked = len(table.columns.questions)
        return read_scores(cells, asked) if marks.questions is None and asked else marks
    marks = mark_answers(list(zip(*(raw.answers for raw in table.raws), strict=True)), key)
    notes += other_scores(table, [score or 0 for score in marks.correct], len(key))
    return marks


def _odd_names(papers: Papers) -> Iterator[tuple[RowNumber, str]]:
    """Yield the names that registration refuses; those with lost letters can't win a prize."""
    for ref, identity in papers.identities.items():
        issue = name_issue(identity.name)
        if issue and has_lost_letters(identity.name):
            papers.barred.add(ref)
            yield papers.numbers[ref], gettext(_NO_PRIZE, issue=issue)
        elif issue:
            yield papers.numbers[ref], gettext(_STILL_COUNTED, issue=issue)


def _look_alikes(papers: Papers) -> Iterator[tuple[RowNumber, str]]:
    """Yield people on one phone whose names differ by marks alone, and who count as different."""
    first: dict[tuple[str, str], tuple[Person, RowNumber]] = {}
    for paper in papers.papers:
        identity, row = papers.identities[paper.entry.ref], papers.numbers[paper.entry.ref]
        if identity.phone is not None:
            person, earlier = first.setdefault((identity.phone, _bare(identity.name)), (paper.person, row))
            if person != paper.person:
                yield row, gettext(_LOOK_ALIKE, row=earlier)


def _too_fast(papers: Papers) -> Iterator[tuple[RowNumber, str]]:
    """Yield the papers that took less time than a person needs, which a wrong unit gives the first prize."""
    for paper in papers.papers:
        took = paper.entry.duration_ms
        if took is not None and is_too_fast(took, papers.questions):
            seconds = f"{took / 1000:.4g}".replace(".", ",")
            yield papers.numbers[paper.entry.ref], gettext(_FAST, seconds=seconds, questions=papers.questions)


def _bare(name: str) -> str:
    return "".join(search_key(name_key(name)).split())


def _name_units(papers: Papers, *, sums_near: bool) -> None:
    """Replace each paper's unit as typed by its key, and note which spellings were merged or may be."""
    if Meaning.UNIT not in papers.missing:
        papers.problems += [(papers.numbers[paper.entry.ref], _NO_UNIT) for paper in papers.papers if not paper.unit]
    spelt = Counter(paper.unit for paper in papers.papers)
    keys = unit_keys(spelt)
    papers.unit_keys = summed(keys, spelt) if sums_near else keys
    papers.units = group_units(spelt, papers.unit_keys)
    papers.papers = [SheetPaper(one.person, papers.unit_keys[one.unit], one.entry) for one in papers.papers]
    text = _SUMMED if sums_near else _MERGED
    for group in papers.units.values():
        if group.merged:
            others = ", ".join(quoted(other) for other in group.merged)
            papers.notes.append(gettext(text, shown=group.shown, others=others))
    papers.notes += _near_units(papers)


def _near_units(papers: Papers) -> Iterator[str]:
    times = Counter(paper.unit for paper in papers.papers)
    for other, one in near_keys(times).items():
        shown, few = papers.units[other].shown, thousands(times[other])
        yield gettext(_NEAR, one=papers.units[one].shown, many=thousands(times[one]), other=shown, few=few)
