"""Everybody whose place moved between two versions of the results, as CSV and as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from core.sheets.printed import CellKind, PrintedColumn, printed_book
from core.values.language import use
from core.values.text import N_
from quiz.awards.queries.rank_changes import RankChangeFile
from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.labels.rounds import round_name
from quiz.results.labels.rank_changes import cause_words, direction_words
from quiz.results.queries.rank_changes import ChangedPlace
from quiz.results.rules.rank_changes import RankedPlace

_TEXT = CellKind.TEXT
_MOVED = "Người được hoặc mất giải, và bài vào hoặc ra khỏi bảng xếp hạng."
_NOTE = N_("Người giữ nguyên hạng và giải không có trong bảng.")


def change_columns(file: RankChangeFile) -> Sequence[PrintedColumn]:
    """Return the columns: the bloc where there are some, names where some are open, places, prizes and why."""
    bloc = [PrintedColumn("Đối tượng dự thi", 22, _TEXT)] if file.round.contest.blocs else []
    name = [PrintedColumn("Họ và tên", 26, _TEXT)] if file.names else []
    guess = file.pair.before.target is not None or file.pair.after.target is not None
    off = [PrintedColumn("Lệch trước", 10), PrintedColumn("Lệch nay", 10)] if guess else []
    return [
        *bloc,
        PrintedColumn("Hạng trước", 9),
        PrintedColumn("Hạng nay", 9),
        PrintedColumn("Lên, xuống", 16, _TEXT),
        *name,
        PrintedColumn("Đơn vị", 26, _TEXT),
        PrintedColumn("Giải trước", 18, _TEXT),
        PrintedColumn("Giải nay", 18, _TEXT),
        PrintedColumn("Câu đúng trước", 9),
        PrintedColumn("Câu đúng nay", 9),
        *off,
        PrintedColumn("Vì sao", 46, _TEXT),
    ]


def change_rows(file: RankChangeFile, changes: Iterable[ChangedPlace]) -> Iterator[Sequence[object]]:
    """Yield a row for each of *changes*."""
    contest, pair = file.round.contest, file.pair
    words = guess_words(file.round.declared, pair.after.target_people)
    guess = pair.before.target is not None or pair.after.target is not None
    for each in changes:
        was, now = each.change.before, each.change.after
        yield [
            *([contest.bloc_name(each.bloc)] if contest.blocs else []),
            was and was.rank,
            now and now.rank,
            direction_words(each.change),
            *([file.names.get(each.participant_id, "")] if file.names else []),
            each.unit,
            contest.prize_words(was.prize, each.bloc) if was else "",
            contest.prize_words(now.prize, each.bloc) if now else "",
            was and was.correct,
            now and now.correct,
            *([_distance(was, words), _distance(now, words)] if guess else []),
            cause_words(each.change, words),
        ]


def change_csv(file: RankChangeFile, changes: Iterable[ChangedPlace]) -> Iterator[Sequence[object]]:
    """Yield the head and the rows of the CSV."""
    yield [column.title for column in change_columns(file)]
    for row in change_rows(file, changes):
        yield ["" if cell is None else cell for cell in row]


def change_workbook(file: RankChangeFile, changes: Iterable[ChangedPlace], target: IO[bytes]) -> None:
    """Write the workbook to *target*."""
    pair, round = file.pair, file.round
    with use("vi"), printed_book(target, f"{round_name(round)}, {round.contest.title}") as book:
        name = f"Bản {pair.after.version} so với bản {pair.before.version}"
        moved: list[ChangedPlace] = []
        book.sheet(name, change_columns(file), change_rows(file, _watched(changes, moved)), note=_NOTE)
        book.sheet("Đổi giải, ra vào bảng", change_columns(file), change_rows(file, moved), note=_MOVED)


def _watched(changes: Iterable[ChangedPlace], moved: list[ChangedPlace]) -> Iterator[ChangedPlace]:
    """Pass the changes on, and keep those of a prize or of being ranked at all in *moved*."""
    for each in changes:
        was, now = each.change.before, each.change.after
        if was is None or now is None or was.prize != now.prize:
            moved.append(each)
        yield each


def _distance(place: RankedPlace | None, words: GuessWords) -> int | float | None:
    return None if place is None or place.distance is None else words.sheet_distance(place.distance)
