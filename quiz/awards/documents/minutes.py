"""The minutes of a round's close (biên bản): who, when, figures, review and calls, ties, winners."""

from datetime import date

from core.docx import CENTRE, RIGHT, OfficeDocument, TableColumn
from core.values.language import use
from core.values.numbers import thousands
from quiz.attempt.labels.differences import count_at_close, count_mended
from quiz.awards.documents.draws import drawn_in_minutes
from quiz.awards.documents.parts import (
    MINUTES,
    NO_NAME,
    about_round,
    beginning,
    by_bloc,
    hour,
    in_cell,
    office_document,
    only_all_right,
    prize_name,
    time_words,
    unfinished,
)
from quiz.awards.queries.naming import WinnerLine
from quiz.awards.queries.round_file import RoundFile
from quiz.contest.labels import CRITERION
from quiz.contest.labels.guesses import guess_words
from quiz.contest.rules.presets import Criterion
from quiz.results.labels import CAUSE, EXCLUSION_REASON
from quiz.results.queries.unawarded import unawarded_words
from quiz.results.rules.decisions import EXCLUDED, KEPT, OPEN


def minutes_docx(file: RoundFile, today: date) -> bytes:
    """Return the minutes of *file*'s round, the people and the place of the meeting to be filled in."""
    with use("vi"):
        paper = office_document(file.contest, "Biên bản", f"Chốt kết quả {about_round(file)}", MINUTES, today)
        _meeting(paper)
        _figures(paper, file)
        _review(paper, file)
        _calls(paper, file)
        _ranking(paper, file)
        _end(paper)
        return paper.to_bytes()


def _meeting(paper: OfficeDocument) -> None:
    paper.blanks("Hôm nay, hồi ..... giờ ..... ngày ..... tháng ..... năm ........, tại ")
    paper.text("Ban Tổ chức cuộc thi họp chốt kết quả. Thành phần gồm:")
    for role in ("Chủ trì", "Thư ký", "Giám sát", "Đại diện đơn vị dự thi"):
        paper.blanks(f"{role}: ", " chức vụ: ")


def _figures(paper: OfficeDocument, file: RoundFile) -> None:
    round, result = file.round, file.result
    paper.heading("1. Nhận bài và khóa bài")
    closed = round.closed_at or result.made_at
    by = f", do {file.closer} thực hiện trên hệ thống" if file.closer else ""
    paper.text(f"Nhận bài từ {beginning(round.opens_at)} đến {hour(round.closes_at)}. Khóa bài lúc {hour(closed)}{by}.")
    paper.text(
        f"Có {thousands(result.people)} người dự thi với {thousands(result.turns)} lượt dự thi; "
        f"{thousands(result.perfect)} người trả lời đúng tất cả {round.asked} câu hỏi."
    )
    if result.target is not None:
        paper.text(f"Số đúng để so dự đoán: {guess_words(round.declared, result.target_people).target(result.target)}.")
    paper.text(_recount(file))
    if result.version > 1:
        paper.text(
            f"Văn bản này theo bản kết quả thứ {result.version}, lập lúc {hour(result.made_at)}: {CAUSE[result.cause]}."
        )


def _recount(file: RoundFile) -> str:
    """Return what the count at the close found, and what earlier ones had mended."""
    mended = count_mended(file.result.differences)
    before = f"Trước khi chốt, các lần đếm lại đã sửa {mended} chỗ lệch với bảng cộng dồn. " if mended else ""
    if found := count_at_close(file.result.differences):
        return f"{before}Chấm và đếm lại khi chốt thấy {found} chỗ lệch với dữ liệu đã lưu; lấy số đếm lại."
    return f"{before}Đếm lại toàn bộ bài khi chốt: khớp với bảng cộng dồn."


def _review(paper: OfficeDocument, file: RoundFile) -> None:
    paper.heading("2. Rà soát")
    count = sum(file.decided.values())
    if not file.is_reviewed:
        paper.text("Tuần này chốt không qua bước rà soát trên hệ thống.")
    elif not count:
        paper.text("Hệ thống không thấy cụm bài nào có dấu hiệu cần xem xét.")
    else:
        paper.text(
            f"Hệ thống nêu {count} cụm bài có dấu hiệu cần xem xét: giữ {file.decided.get(KEPT, 0)} cụm, "
            f"không công nhận {file.decided.get(EXCLUDED, 0)} cụm, {file.decided.get(OPEN, 0)} cụm chưa quyết định."
        )
    for ground, entries in file.grounds:
        paper.text(f"Không công nhận kết quả {entries} bài vì {EXCLUSION_REASON[ground]}.")


def _calls(paper: OfficeDocument, file: RoundFile) -> None:
    paper.heading("3. Gọi xác nhận người đạt giải")
    states = [line.winner.state for line in file.winners if not line.winner.needs_draw]
    missed = sum(each.count for each in file.calls.values())
    paper.text(
        f"Đã xác nhận {states.count('confirmed')} người; không liên lạc được, chuyển giải cho người kế tiếp "
        f"{states.count('passed')} người; còn chờ gọi {states.count('pending')} người. "
        f"Số cuộc gọi không ai nghe máy: {missed}."
    )


def _ranking(paper: OfficeDocument, file: RoundFile) -> None:
    paper.heading("4. Xếp hạng, trường hợp bằng nhau và người đạt giải")
    order = [CRITERION[key.criterion] for key in file.round.declared.order]
    paper.text(f"Thứ tự xét theo thể lệ: {', rồi '.join(order)}.{only_all_right(file.round.declared)}")
    for sentence in (*_ties(file), *_draws(file)):
        paper.text(sentence)
    if left := unawarded_words(file.round, [line.winner for line in file.winners]):
        paper.text(left)
    unfinished(paper, file)
    columns = (
        TableColumn("Hạng", 17, CENTRE),
        TableColumn("Họ và tên", 36),
        TableColumn("Đơn vị", 29),
        TableColumn("Giải", 27),
        TableColumn("Câu đúng", 17, RIGHT),
        TableColumn("Thời gian", 17, RIGHT),
        TableColumn("Dự đoán lệch", 18, RIGHT),
        TableColumn("Đứng sau hạng trên vì", 30),
    )
    paper.columns(columns, by_bloc(file, [_winner(file, line) for line in file.prizes]))


def _winner(file: RoundFile, line: WinnerLine) -> list[str]:
    standing = line.standing
    return [
        str(line.winner.rank),
        line.name or NO_NAME[:20],
        in_cell(line.unit),
        prize_name(line),
        f"{standing.correct}/{file.round.asked}",
        time_words(standing.duration_ms),
        "–" if standing.distance is None else _distance(file, standing.distance),
        CRITERION[Criterion(standing.decided_by)] if standing.decided_by else "–",
    ]


def _distance(file: RoundFile, distance: int) -> str:
    """Return a distance without its unit where people were guessed, else in percentage points."""
    words = guess_words(file.round.declared, file.result.target_people)
    return words.distance(distance) if words.is_percent else thousands(distance)


def _ties(file: RoundFile) -> list[str]:
    """Return a sentence for each rank that several people of the list share."""
    by_rank: dict[tuple[int | None, int], list[WinnerLine]] = {}
    for line in file.winners:
        by_rank.setdefault((line.bloc, line.winner.rank), []).append(line)
    found = []
    for (bloc, rank), lines in by_rank.items():
        if len(lines) < 2:
            continue
        of = f"{file.contest.bloc_name(bloc)}, hạng" if bloc else "Hạng"
        found.append(f"{of} {rank}: {len(lines)} người bằng nhau ở mọi tiêu chí; {_how(lines)}.")
    return found or ["Không có người bằng nhau trong danh sách đạt giải."]


def _draws(file: RoundFile) -> list[str]:
    """Return the sentences about each public draw: the day, the tickets with their prizes, the witnesses."""
    names = {str(line.winner.participant_id): line.name for line in file.winners if line.name}
    return drawn_in_minutes(file.draws, file.contest, names, "người")


def _how(lines: list[WinnerLine]) -> str:
    """Return what the rules made of a tie."""
    if any(line.winner.needs_draw for line in lines):
        return "theo thể lệ thì bốc thăm công khai, còn chờ bốc thăm"
    if any(line.winner.draw_id for line in lines):
        return "theo thể lệ thì đã bốc thăm công khai"
    tiers = {line.winner.tier for line in lines}
    return "theo thể lệ thì cùng nhận một giải" if len(tiers) == 1 else "theo thể lệ thì xét thêm thời điểm nộp bài"


def _end(paper: OfficeDocument) -> None:
    paper.heading("5. Ý kiến khác")
    paper.blanks("")
    paper.blanks("")
    paper.text("Biên bản lập xong hồi ..... giờ ..... cùng ngày, đã đọc cho mọi người cùng nghe và nhất trí thông qua.")
    paper.signatures(("THƯ KÝ", "GIÁM SÁT", "TRƯỞNG BAN TỔ CHỨC"))
