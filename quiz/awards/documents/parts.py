"""Parts that several documents of a round share: the issuer, tables of winners and of units, figures in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import compress

from core.docx import CENTRE, DOTS, RIGHT, OfficeDocument, TableColumn
from core.values.dates import day as written_day
from core.values.number_words import number_words
from core.values.numbers import decimal, percent, stopwatch, thousands
from core.values.week import VIETNAM
from quiz.awards.labels import BAND
from quiz.awards.queries.naming import WinnerLine
from quiz.awards.queries.round_file import RoundFile, amount_of
from quiz.awards.rules.bands import Band
from quiz.boards.queries.board_lines import BoardLines
from quiz.contest.labels.sentences import ALL_RIGHT
from quiz.contest.models import Contest, Round
from quiz.contest.rules.presets import Rules

NO_NAME = "................................"
"""The place of a name that the account may not read, to be filled in by hand."""
SIGNED_ROW = 11
"""Millimetres of a row in which a hand signs."""
MINUTES = "BB"
"""The sign of minutes (biên bản) in the number of a document."""
NUMBERED = TableColumn("STT", 12, CENTRE)


def office_document(contest: Contest, title: str, about: str, kind: str, today: date) -> OfficeDocument:
    """Return a document of the organiser, its number, place and signer to be filled in.

    Minutes say in their text when and where they were written.
    """
    day = None if kind == MINUTES else today
    above, issuer = letterhead(contest.organiser)
    return OfficeDocument(
        issuer=issuer, above=above, title=title, place=DOTS, day=day, code=f"/{kind}-BTC", about=about
    )


def letterhead(organiser: str) -> tuple[str, str]:
    """Return the body above the issuer and the issuer: who signs is the organising board (Trưởng Ban Tổ chức).

    "Ban Tổ chức cuộc thi, UBND xã A" is a board below its body; "UBND xã A" alone is the body, its board below it.
    """
    name, _, body = (part.strip() for part in organiser.partition(","))
    if name.casefold().startswith("ban tổ chức"):
        return body, name
    return organiser, "Ban Tổ chức cuộc thi"


def whole_title(file: RoundFile) -> str:
    """Return the round and its contest as a line of their own."""
    about = about_round(file)
    return f"{about[0].upper()}{about[1:]}"


def about_round(file: RoundFile) -> str:
    """Return the round and its contest as they stand in the name of a document."""
    return f"{round_in(file)}, cuộc thi “{file.contest.title}”"


def round_in(file: RoundFile) -> str:
    """Return the name of the round inside a sentence: tuần 3, or its own."""
    return file.round.name or f"tuần {file.round.number}"


def only_all_right(rules: Rules) -> str:
    """Return, to follow the order of the standings, that only people with every answer right win; else nothing."""
    return f" {ALL_RIGHT}" if rules.all_right_only else ""


def hour(value: datetime) -> str:
    """Return a moment as minutes write it: 09 giờ 05 phút, ngày 05/06/2023; midnight as the day that it ends."""
    local = value.astimezone(VIETNAM)
    if local.time() == time():
        return f"hết ngày {local - timedelta(days=1):%d/%m/%Y}"
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


def beginning(value: datetime) -> str:
    """Return the moment from which something runs; midnight as the day that it begins."""
    local = value.astimezone(VIETNAM)
    return f"ngày {local:%d/%m/%Y}" if local.time() == time() else hour(value)


def unfinished(paper: OfficeDocument, file: RoundFile) -> None:
    """Say what is not final yet: invented figures, people who still have to be called, draws; and the objections."""
    if file.contest.is_illustrative:
        paper.text("[Số liệu minh họa: mọi số liệu trong văn bản này là giả định.]", italic=True)
    if words := waiting_words(file):
        paper.text(f"[{words}]", italic=True)
    if words := objection_words(file):
        paper.text(words)


def objection_words(file: RoundFile) -> str:
    """Return how many objections there were and that each was answered; empty where none are taken."""
    if file.period is None:
        return ""
    count, days = file.objections, file.period.days
    said = (
        f"Trong hạn khiếu nại {days} ngày có {count.made} khiếu nại"
        if count.made
        else f"Không có khiếu nại trong hạn {days} ngày"
    )
    answers = f": {count.accepted} chấp nhận, {count.rejected} không chấp nhận" if count.made else ""
    if file.round.finalised_at is None and file.period.is_open:
        so_far = f"đến nay có {count.made} khiếu nại{answers}, {count.waiting} chờ trả lời; " if count.made else ""
        return f"[Đang nhận khiếu nại đến {hour(file.period.until)}; {so_far}kết quả chưa chính thức.]"
    if file.round.finalised_at is None:
        return f"[{said}{answers}, {count.waiting} chờ trả lời; kết quả chưa chính thức.]"
    every = ", đều đã trả lời" if count.made else ""
    return f"{said}{every}{answers}. Kết quả chính thức từ {hour(file.round.finalised_at)}."


def waiting_words(file: RoundFile) -> str:
    """Return how many prizes are not settled yet and therefore missing in a list; empty if none is."""
    waiting = sum(line.winner.state == "pending" and not line.winner.needs_draw for line in file.winners)
    draws = sum(line.winner.needs_draw for line in file.winners)
    found = [f"Còn {waiting} người chờ gọi xác nhận, chưa ghi trong danh sách đạt giải."] if waiting else []
    found += [f"Còn {draws} người bằng nhau chờ bốc thăm, chưa ghi trong danh sách đạt giải."] if draws else []
    return " ".join(found)


def prize_table(paper: OfficeDocument, file: RoundFile) -> None:
    """Add the list of prizes with names, units, amounts and the total."""
    rows = [
        [str(at), line.name or NO_NAME, in_cell(line.unit), prize_name(line), amount_words(file.round, line)]
        for at, line in enumerate(file.prizes, start=1)
    ]
    total = ["", "Cộng", "", f"{len(rows)} giải", total_words(file)]
    columns = (
        NUMBERED,
        TableColumn("Họ và tên", 48),
        TableColumn("Đơn vị", 48),
        TableColumn("Giải", 37),
        TableColumn("Tiền thưởng (đồng)", 29, RIGHT),
    )
    paper.columns(columns, [*by_bloc(file, rows), total], last_is_total=True)


def prize_name(line: WinnerLine) -> str:
    """Return the name of a prize without that of its bloc, which stands above it."""
    return line.winner.tier or line.prize


def by_bloc(file: RoundFile, rows: Sequence[list[str]]) -> list[list[str] | str]:
    """Return *rows*, one for each prize of *file*, those of each bloc below its name."""
    found: list[list[str] | str] = []
    bloc: int | None = None
    for line, row in zip(file.prizes, rows, strict=True):
        if line.bloc is not None and line.bloc != bloc:
            found.append(file.contest.bloc_name(line.bloc))
        bloc = line.bloc
        found.append(row)
    return found


def amount_words(round: Round, line: WinnerLine) -> str:
    """Return the amount of a prize; dots where the contest declares none."""
    amount = amount_of(round, line.winner.tier, line.bloc)
    return DOTS[:12] if amount is None else thousands(amount)


def in_cell(name: str) -> str:
    """Return the name of a unit as a cell of a table begins with it: "Xã Lâm Bình"."""
    return f"{name[:1].upper()}{name[1:]}"


def sum_words(amount: int) -> str:
    """Return an amount in words, as the papers of money want it: "Một triệu đồng"."""
    words = number_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def add_funds(paper: OfficeDocument, amount: int | None) -> None:
    """Add the article of a decision that says what the prizes cost, in words too, and a place for where it is from."""
    in_words = f" (bằng chữ: {sum_words(amount).lower()})" if amount is not None else ""
    shown = DOTS[:12] if amount is None else thousands(amount)
    paper.text(f"Kinh phí khen thưởng là {shown} đồng{in_words}, lấy từ nguồn sau:", lead="Điều 2. ")
    if amount is None:
        paper.blanks("Bằng chữ: ", " nguồn: ")
    else:
        paper.blanks("Nguồn: ")


def add_sum(paper: OfficeDocument, amount: int | None) -> None:
    """Add the sum in words, a place for it where the amount is not known."""
    if amount is None:
        paper.blanks("Tổng số tiền bằng chữ: ")
    else:
        paper.text(f"Tổng số tiền bằng chữ: {sum_words(amount)}.")


def total_words(file: RoundFile) -> str:
    """Return the sum of the prizes; dots unless all amounts are known."""
    total = total_of(file)
    return DOTS[:12] if total is None else thousands(total)


def total_of(file: RoundFile) -> int | None:
    """Return the sum of the prizes; None unless all amounts are known."""
    amounts = [amount_of(file.round, line.winner.tier, line.bloc) for line in file.prizes]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def unit_table(paper: OfficeDocument, board: BoardLines, *, compares: bool = True) -> None:
    """Add participation by unit, most people first: people, turns, per 1.000 inhabitants, the change in people."""
    before = {line.ref: line.people for line in board.before or ()}
    compares = compares and board.before is not None
    rows = []
    for at, line in enumerate(sorted(board.lines, key=lambda line: -line.people), start=1):
        rate = "–" if line.rate is None else decimal(line.rate)
        row = [str(at), in_cell(board.units[line.ref].name), thousands(line.people), thousands(line.turns), rate]
        rows.append([*row, change_words(line.people, before.get(line.ref, 0))])
    rows.append(["", "Cộng", thousands(board.people), thousands(board.turns), "", _whole_change(board)])
    columns = (
        NUMBERED,
        TableColumn("Đơn vị", 53),
        TableColumn("Người dự thi", 24, RIGHT),
        TableColumn("Lượt dự thi", 24, RIGHT),
        TableColumn("Người trên 1.000 dân", 26, RIGHT),
        TableColumn("So với tuần trước (người)", 28, RIGHT),
    )
    has_rates = any(line.rate is not None for line in board.lines)
    shown = [True, True, True, True, has_rates, compares]
    paper.columns(list(compress(columns, shown)), [list(compress(row, shown)) for row in rows], last_is_total=True)
    if days := sorted({written_day(count.as_of) for count in board.headcounts.values()}):
        paper.text(f"Số dân tính đến {', '.join(days)}.", italic=True)


def change_words(now: int, before: int | None) -> str:
    """Return a change with its sign: +12, −3, 0; a dash where there is nothing to compare with."""
    if before is None:
        return "–"
    return f"{'+' if now > before else '−' if now < before else ''}{thousands(abs(now - before))}"


def compared(now: int, before: int | None) -> str:
    """Return how a number changed since the week before, as part of a sentence; empty without a week before."""
    if before is None:
        return ""
    if now == before:
        return " (bằng tuần trước)"
    word = "tăng" if now > before else "giảm"
    share = f", {percent(abs(now - before) / before)}" if before else ""
    return f" ({word} {thousands(abs(now - before))}{share} so với tuần trước)"


def _whole_change(board: BoardLines) -> str:
    return change_words(board.people, people_before(board))


def people_before(board: BoardLines) -> int | None:
    """Return the people of all units in the week before; None without one."""
    return None if board.before is None else sum(line.people for line in board.before)


def band_table(paper: OfficeDocument, bands: Mapping[Band, int] | None) -> None:
    """Add the people by score band with their share; nothing where marks were not counted."""
    total = sum((bands or {}).values())
    if not bands or not total:
        return
    rows = [[BAND[band], thousands(people), percent(people / total)] for band, people in bands.items()]
    columns = (TableColumn("Mức đúng", 85), TableColumn("Số bài", 40, RIGHT), TableColumn("Tỷ lệ", 40, RIGHT))
    paper.columns(columns, [*rows, ["Cộng", thousands(total), ""]], last_is_total=True)


def time_words(milliseconds: int | None) -> str:
    """Return a time as 4:12; a dash without one."""
    return "–" if milliseconds is None else stopwatch(milliseconds)


def listed(words: Sequence[str]) -> str:
    """Return *words* as a list in a sentence: a, b và c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} và {words[-1]}"
