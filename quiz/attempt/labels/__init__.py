"""The Vietnamese words for attempts."""

from core.importing.words import ImportWords
from core.values.text import N_
from quiz.attempt.rules.sheet_proof import SheetState
from quiz.contest.rules.presets import GuessTarget

IMPORT = ImportWords(
    title=N_("Nhập bài dự thi"),
    heading=N_("Nhập bài dự thi %(round)s"),
    intro=N_(
        "Dùng cho bài làm trên giấy hoặc biểu mẫu khác đã gom vào bảng tính. Mỗi dòng là một lượt dự thi. Cuộc thi có "
        "người làm bài trên mạng thì bảng cần người thứ hai đồng ý, và bài trong bảng được xếp hạng như bài dùng hết "
        "thời gian. Nhập lại cùng một bảng thì không thêm lượt nào."
    ),
    review=N_("Xem lại trước khi nhập vào %(round)s"),
    done=N_("Đã nhập %(n)s lượt dự thi vào %(round)s."),
    job=N_("Nhập bài dự thi vào %(round)s, %(contest)s"),
    template_file="mau bai du thi tuan %(number)s",
    report_file="bao cao nhap bai tuan %(number)s",
    templates=((N_("Tải mẫu ghi từng câu trả lời"), ""), (N_("Tải mẫu chỉ ghi điểm"), "diem")),
    readable=(
        N_(
            "Cần có họ và tên, đơn vị dự thi, và điểm hoặc câu trả lời của mọi câu. Số điện thoại, năm sinh, thời điểm "
            "nộp, thời gian làm bài, dự đoán: có thì ghi."
        ),
        N_(
            "Tiêu đề gộp ô, nhiều trang, dòng tổng cộng, ngày tháng bị đổi thành số, số điện thoại mất số 0 đầu đều "
            "đọc được."
        ),
        N_("Đơn vị ghi chưa rõ sẽ được hỏi lại; chọn một lần, các bảng sau tự hiểu."),
        N_("Người thiếu số điện thoại vẫn được tính lượt, và phải xác minh trước khi nhận giải."),
    ),
    changed=N_("Có người vừa đăng ký hoặc nộp bài cùng lúc. Xin xem lại rồi bấm Nhập lần nữa."),
    counted=N_("lượt"),
)
"""The texts of the pages that import a sheet of papers."""

GUESSED: dict[GuessTarget, str] = {
    GuessTarget.NONE: "",
    GuessTarget.PERFECT: N_("Dự đoán: bao nhiêu người đúng tất cả các câu?"),
    GuessTarget.PEOPLE: N_("Dự đoán: bao nhiêu người dự thi?"),
    GuessTarget.PERCENT: N_("Dự đoán: bao nhiêu phần trăm người dự thi đúng tất cả các câu?"),
}
"""The question of the guess on a paper sheet."""

KEYED_FIELD: dict[str, str] = {
    "name": N_("Họ và tên"),
    "phone": N_("Số điện thoại"),
    "birth_year": N_("Năm sinh"),
    "unit_id": N_("Đơn vị dự thi"),
    "bloc": N_("Đối tượng dự thi"),
    "more": N_("Các mục hỏi thêm"),
    "agreed": N_("Các ô đồng ý"),
    "has_code": N_("Mã cá nhân"),
    "guess": N_("Dự đoán"),
}
"""The fields of a sheet in which two people may differ."""

SHEET_STATE: dict[SheetState, str] = {
    SheetState.BLANK: N_("chưa nhập"),
    SheetState.KEYED_ONCE: N_("chờ người thứ hai nhập"),
    SheetState.ASKED: N_("chờ người dự thi xác nhận"),
    SheetState.COUNTED: N_("đã tính"),
    SheetState.NO_TRIES: N_("người này đã hết lượt của đợt"),
    SheetState.NOT_MINE: N_("người có tên nói phiếu không phải của mình"),
    SheetState.UNCONFIRMED: N_("người đã đăng ký, phiếu không có mã, không xác nhận trước giờ đóng"),
}
"""The states of a paper sheet; of those set aside, the reasons."""

MODE: dict[str, str] = {
    "self": N_("tự làm trên mạng"),
    "assisted": N_("có người giúp nhập"),
    "paper": N_("làm trên giấy"),
    "sheet": N_("nhập từ bảng tính"),
    "undated": N_("nhập từ bảng tính, không rõ giờ"),
}
"""The ways in which an attempt was made."""
