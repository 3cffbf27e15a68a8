"""The final report of a finished contest (báo cáo tổng kết): weeks, units, results, prizes, collective candidates."""

from collections.abc import Callable
from datetime import date

from core.docx import DOTS, RIGHT, OfficeDocument, TableColumn
from core.values.language import use
from core.values.numbers import decimal, percent, thousands
from quiz.awards.documents.collective import money, ordering_of, prize_rows
from quiz.awards.documents.parts import (
    band_table,
    beginning,
    change_words,
    hour,
    in_cell,
    office_document,
    only_all_right,
    unit_table,
)
from quiz.awards.documents.season import sum_of
from quiz.awards.labels import OUTDATED
from quiz.awards.models import CollectiveDecision
from quiz.awards.queries.contest_file import ContestFile, GivenTier
from quiz.awards.queries.round_file import amount_of
from quiz.boards.rules.board import UnitLine
from quiz.contest.labels import CRITERION
from quiz.results.models import SeasonDecision

LEADERS = 3
"""The units that are listed for each measure of a collective prize."""


def final_report_docx(
    file: ContestFile,
    decision: CollectiveDecision | None,
    today: date,
    season: SeasonDecision | None = None,
    *,
    is_outdated: bool = False,
) -> bytes:
    """Return the final report of *file*'s contest, without names; with the prizes of units and of the *season*, if
    they are decided on. That on the season may be outdated by a later correction, which it says then.
    """
    with use("vi"):
        contest = file.contest
        paper = office_document(contest, "Báo cáo", f"Tổng kết cuộc thi “{contest.title}”", "BC", today)
        if contest.is_illustrative:
            paper.text("[Số liệu minh họa: mọi số liệu trong báo cáo này là giả định.]", italic=True)
        _organisation(paper, file)
        _participation(paper, file)
        paper.heading("3. Kết quả bài thi")
        paper.text(_perfect(file))
        band_table(paper, file.bands)
        _prizes(paper, file)
        _season(paper, file, season, is_outdated=is_outdated)
        _collective(paper, file, decision)
        paper.heading("6. Đánh giá chung, bài học, kiến nghị")
        for _line in range(4):
            paper.blanks("")
        paper.signature(("Cấp ủy, chính quyền (để báo cáo)", "Các đơn vị dự thi", "Lưu: VT"), "TRƯỞNG BAN TỔ CHỨC")
        return paper.to_bytes()


def _organisation(paper: OfficeDocument, file: ContestFile) -> None:
    rounds, contest = file.contest.rounds, file.contest
    paper.heading("1. Tổ chức cuộc thi")
    paper.text(
        f"Thực hiện Kế hoạch số ........ ngày ..... tháng ..... năm ........ của {DOTS}{DOTS}, Ban Tổ chức đã tổ chức "
        f"cuộc thi “{contest.title}” gồm {len(rounds)} tuần thi, từ {beginning(rounds[0].opens_at)} đến "
        f"{hour(rounds[-1].closes_at)}, với {len(file.board.lines)} đơn vị dự thi."
    )
    rules = rounds[-1].declared
    order = [CRITERION[key.criterion] for key in rules.order]
    paper.text(f"Thứ tự xét giải theo thể lệ: {', rồi '.join(order)}.{only_all_right(rules)}")


def _participation(paper: OfficeDocument, file: ContestFile) -> None:
    paper.heading("2. Tham gia")
    paper.text(
        f"Cả cuộc thi có {thousands(file.board.people)} người dự thi (mỗi người đếm một lần) với "
        f"{thousands(file.board.turns)} lượt dự thi."
    )
    rows, before = [], None
    for week in file.weeks:
        result = week.result
        change = change_words(result.people, before)
        rows.append(
            [
                week.round.name or f"Tuần {week.round.number}",
                thousands(result.people),
                thousands(result.turns),
                change,
                thousands(result.perfect),
            ]
        )
        before = result.people
    columns = (
        TableColumn("Tuần thi", 35),
        TableColumn("Người dự thi", 32, RIGHT),
        TableColumn("Lượt dự thi", 32, RIGHT),
        TableColumn("So với tuần trước (người)", 34, RIGHT),
        TableColumn("Đúng tất cả", 32, RIGHT),
    )
    paper.columns(columns, rows)
    paper.text("Theo đơn vị, người dự thi đếm một lần trong cả cuộc thi:")
    unit_table(paper, file.board, compares=False)


def _perfect(file: ContestFile) -> str:
    entries = sum(week.result.people for week in file.weeks)
    share = f", {percent(file.perfect / entries)} số bài được tính" if entries else ""
    return f"{thousands(file.perfect)} bài trả lời đúng tất cả các câu{share}."


def _prizes(paper: OfficeDocument, file: ContestFile) -> None:
    paper.heading("4. Giải cá nhân")
    if not file.tiers:
        paper.text("Cuộc thi không có giải cá nhân theo từng tuần.")
        return
    columns = (
        TableColumn("Giải", 60),
        TableColumn("Số giải đã trao", 30, RIGHT),
        TableColumn("Tiền một giải (đồng)", 36, RIGHT),
        TableColumn("Cộng (đồng)", 39, RIGHT),
    )
    paper.text("Giải trao sau từng tuần:")
    paper.columns(columns, [*_tiers(file), _total(file)], last_is_total=True)


def _season(paper: OfficeDocument, file: ContestFile, decision: SeasonDecision | None, *, is_outdated: bool) -> None:
    """List the prizes of people for the whole contest that were decided on, by unit."""
    if decision is None:
        if file.contest.season_tiers:
            paper.text("Giải chung cuộc cho cá nhân: chưa quyết định.", italic=True)
        return
    paper.text(f"Giải chung cuộc cho cá nhân, theo quyết định lần {decision.version} trên hệ thống:")
    if is_outdated:
        paper.text(f"[{OUTDATED}]", italic=True)
    columns = (
        TableColumn("Giải", 55),
        TableColumn("Đơn vị của người đạt giải", 60),
        TableColumn("Tiền thưởng (đồng)", 50, RIGHT),
    )
    rows = [[each.prize, in_cell(each.participant.unit.name), money(each.amount)] for each in decision.awards]
    paper.columns(columns, [*rows, ["Cộng", f"{len(rows)} giải", money(sum_of(decision))]], last_is_total=True)


def _tiers(file: ContestFile) -> list[list[str] | str]:
    """Return a row for each prize, those of each bloc below its name."""
    rows: list[list[str] | str] = []
    bloc: int | None = None
    for tier, count in file.tiers.items():
        if tier.bloc is not None and tier.bloc != bloc:
            rows.append(file.contest.bloc_name(tier.bloc))
        bloc, amount = tier.bloc, _amount(file, tier)
        money = [DOTS[:12]] * 2 if amount is None else [thousands(amount), thousands(amount * count)]
        rows.append([tier.name, thousands(count), *money])
    return rows


def _total(file: ContestFile) -> list[str]:
    amounts = [(_amount(file, tier), count) for tier, count in file.tiers.items()]
    known = [amount * count for amount, count in amounts if amount is not None]
    whole = thousands(sum(known)) if len(known) == len(amounts) else DOTS[:12]
    return ["Cộng", thousands(sum(file.tiers.values())), "", whole]


def _amount(file: ContestFile, tier: GivenTier) -> int | None:
    """Return the amount of a prize; None where none is declared, and where an amendment changed it between rounds."""
    amounts = {amount_of(week.round, tier.name, tier.bloc) for week in file.weeks}
    return amounts.pop() if len(amounts) == 1 else None


def _collective(paper: OfficeDocument, file: ContestFile, decision: CollectiveDecision | None) -> None:
    """List the prizes of units that were decided on, and the first units by each measure."""
    paper.heading("5. Giải tập thể")
    if decision is not None:
        paper.text(f"Xếp theo {ordering_of(decision)}, theo quyết định lần {decision.version} trên hệ thống:")
        paper.columns(*prize_rows(decision), last_is_total=True)
    paper.text("Các đơn vị dẫn đầu theo từng thước đo:")
    measures: tuple[tuple[str, Callable[[UnitLine], object], Callable[[UnitLine], str]], ...] = (
        ("Người dự thi", lambda line: line.people, lambda line: thousands(line.people)),
        ("Lượt dự thi", lambda line: line.turns, lambda line: thousands(line.turns)),
        ("Người trên 1.000 dân", lambda line: line.rate or 0, lambda line: decimal(line.rate or 0)),
        (
            "Giải cá nhân",
            lambda line: file.prizes_of(line.ref),
            lambda line: thousands(file.prizes_of(line.ref)),
        ),
    )
    rows = []
    for name, figure, shown in measures:
        first = sorted((line for line in file.board.lines if figure(line)), key=figure, reverse=True)[:LEADERS]  # type: ignore[arg-type]
        if first:
            rows.append([name, "; ".join(f"{file.board.units[line.ref].name} ({shown(line)})" for line in first)])
    paper.columns((TableColumn("Thước đo", 40), TableColumn(f"{LEADERS} đơn vị dẫn đầu", 125)), rows)
    if decision is None:
        paper.text("Giải tập thể trao theo thước đo đã ghi trong thể lệ.", italic=True)
