"""A ranked sheet as plain aligned lines for a terminal, phones masked, without unprintable characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from core.translation import gettext
from core.values.numbers import clock_text, thousands
from core.values.phone import mask
from core.values.text import N_, clean
from quiz.contest.labels import CRITERION, PRESET
from quiz.contest.rules.presets import Criterion
from quiz.results.files.rank_report import RankReport, is_drawn, unit_of
from quiz.results.rules.ranking import Gap, Standing, gap

_PROBLEMS_SHOWN = 20
_WIDEST = 32  # columns of a name or a unit
_HEAD = (
    N_("Hạng"),
    N_("Họ và tên"),
    N_("Điện thoại"),
    N_("Đơn vị"),
    N_("Đúng"),
    N_("Thời gian"),
    N_("Dự đoán"),
)
_TURNOUT = (N_("Đơn vị"), N_("Lượt"), N_("Người"))
_AHEAD = {
    Criterion.CORRECT: N_("đúng nhiều hơn %(amount)s câu"),
    Criterion.DURATION: N_("làm nhanh hơn %(amount)s"),
    Criterion.GUESS: N_("dự đoán sát hơn %(amount)s"),
    Criterion.SUBMITTED: N_("nộp sớm hơn %(amount)s"),
}
_MORE = N_("… và %(count)s điều nữa; xem đủ bằng --json.")


def to_text(report: RankReport, top: int) -> str:
    """Return the whole report as it is printed, with `top` standings."""
    standings = [_standings(report, front) for front in report.fronts(top)]
    parts = [_summary(report), _turnout(report), *standings, _winners(report), _problems(report)]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _summary(report: RankReport) -> list[str]:
    outcome = report.outcome
    figures = [
        (N_("Lượt dự thi"), outcome.turns),
        (N_("Người dự thi"), outcome.people),
        (N_("Người trả lời đúng tất cả"), outcome.right),
        (N_("Số câu hỏi"), report.questions),
    ]
    rows = [(f"{what}:", thousands(count)) for what, count in figures]
    return [PRESET[report.rules.preset], "", *_aligned(rows, "<>")]


def _turnout(report: RankReport) -> list[str]:
    rows = [
        (report.unit_names[line.unit], thousands(line.turns), thousands(line.people)) for line in report.outcome.turnout
    ]
    return [N_("THEO ĐƠN VỊ"), *_aligned([_TURNOUT, *rows], "<>>")]


def _standings(report: RankReport, shown: Sequence[Standing]) -> list[str]:
    bloc = shown[0].entry.bloc if shown else None
    every = [one for one in report.outcome.standings if one.entry.bloc == bloc]
    rows = [_standing(report, one) for one in shown]
    title = N_("XẾP HẠNG (%(shown)s trong %(all)s người)")
    counts = {"shown": thousands(len(shown)), "all": thousands(len(every))}
    lines = _aligned([(*_HEAD, N_("Phân định bởi")), *rows], "><<<>>><")
    named = [clean(report.blocs[bloc])] if bloc else []
    return [*named, gettext(title, **counts), *lines]


def _standing(report: RankReport, standing: Standing) -> tuple[str, ...]:
    entry, identity = standing.entry, report.identities[standing.entry.ref]
    return (
        str(standing.rank),
        identity.name,
        mask(identity.phone) if identity.phone else "—",
        unit_of(report, standing),
        str(entry.correct),
        "—" if entry.duration_ms is None else clock_text(entry.duration_ms // 1000),
        "—" if entry.guess is None else report.guesses.bare(entry.guess),
        CRITERION[standing.decided_by] if standing.decided_by else "",
    )


def _winners(report: RankReport) -> list[str]:
    if not report.winners:
        is_any_right = any(one.entry.correct > 0 for one in report.outcome.standings)
        reason = N_("Chưa có ai đủ điều kiện xét giải.") if is_any_right else N_("Chưa có ai trả lời đúng câu nào.")
        return [N_("GIẢI NHẤT"), reason]
    title = N_("GIẢI NHẤT (bằng nhau, cần bốc thăm công khai)") if is_drawn(report) else N_("GIẢI NHẤT")
    names = [_winner(report, one.standing) for one in report.winners]
    return [clean(title), *(_cut(name, 2 * _WIDEST) for name in names), *_runner_up(report)]


def _winner(report: RankReport, standing: Standing) -> str:
    """Return a winner with the unit, and the bloc where blocs are ranked apart."""
    bloc = report.blocs.get(standing.entry.bloc or 0)
    unit = unit_of(report, standing)
    return f"{report.name_of(standing)} ({unit}; {bloc})" if bloc else f"{report.name_of(standing)} ({unit})"


def _runner_up(report: RankReport) -> Iterator[str]:
    """Yield why the next one did not win; nothing where blocs are ranked apart."""
    if report.blocs:
        return
    standings = report.outcome.standings
    behind = next((one for one in standings if one.rank > 1), None)
    if behind is None or behind.decided_by is None or report.winners[0].standing.rank > 1:
        return
    found = gap(standings[0], behind, report.rules.order)
    reason = _ahead(report, found) if found else CRITERION[behind.decided_by]
    yield gettext(N_("Hơn hạng %(rank)s nhờ %(reason)s."), rank=behind.rank, reason=reason)


def _ahead(report: RankReport, found: Gap) -> str:
    in_time = found.criterion in (Criterion.DURATION, Criterion.SUBMITTED)
    is_guess = found.criterion is Criterion.GUESS
    plain = report.guesses.distance(found.amount) if is_guess else thousands(found.amount)
    amount = clock_text(found.amount // 1000) if in_time else plain
    return gettext(_AHEAD[found.criterion], amount=amount)


def _problems(report: RankReport) -> list[str]:
    if not report.problems:
        return []
    hidden = len(report.problems) - _PROBLEMS_SHOWN
    more = [gettext(_MORE, count=thousands(hidden))] if hidden > 0 else []
    return [N_("CẦN XEM LẠI"), *(clean(line) for line in report.problems[:_PROBLEMS_SHOWN]), *more]


def _aligned(rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Return rows as lines, each column as wide as its widest cell and aligned to its side."""
    cut = [[_cut(cell, _WIDEST) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cut, strict=True)]
    return ["  ".join(map(_set, row, widths, sides)).rstrip() for row in cut]


def _set(cell: str, width: int, side: str) -> str:
    space = " " * (width - _width(cell))
    return space + cell if side == ">" else cell + space


def _cut(text: str, width: int) -> str:
    text = clean(text)
    if _width(text) <= width:
        return text
    text = text[: 2 * width]  # combining marks take no column
    while _width(text) >= width:
        text = text[:-1]
    return text + "…"


def _width(text: str) -> int:
    """Return how many columns a text takes on a terminal: none for a mark, two for a wide letter."""
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
