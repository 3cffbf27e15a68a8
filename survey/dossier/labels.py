"""Vietnamese labels for dossiers, their import and their samples."""

from core.importing.words import ImportWords
from core.values.text import N_
from survey.dossier.rules.actions import DossierAction
from survey.dossier.rules.channels import DossierChannel

DOSSIER_CHANNEL: dict[str, str] = {
    DossierChannel.COUNTER: N_("Trực tiếp"),
    DossierChannel.ONLINE: N_("Trực tuyến"),
    DossierChannel.POST: N_("Bưu chính"),
    DossierChannel.UNKNOWN: N_("Không ghi"),
}

STRATIFIED_BY: dict[str, str] = {"procedure": N_("Theo thủ tục"), "channel": N_("Theo hình thức nộp")}

DOSSIER_ACTION: dict[str, str] = {
    DossierAction.IMPORT: N_("Nhập danh sách hồ sơ"),
    DossierAction.STATE_TOTAL: N_("Ghi số hồ sơ của hệ thống tỉnh"),
    DossierAction.DRAW_SAMPLE: N_("Rút mẫu hồ sơ"),
    DossierAction.EXPORT_SAMPLE: N_("Tải danh sách hồ sơ trong mẫu"),
}
"""Labels of the actions in the audit trail."""

DOSSIER_FIELD: dict[str, str] = {
    "changed": N_("hồ sơ đổi"),
    "period": N_("kỳ"),
    "population": N_("hồ sơ đã trả"),
    "dossier.total:returned": N_("hệ thống tỉnh ghi đã trả"),
    "sampled": N_("hồ sơ trong mẫu"),
    "seed": N_("số mầm"),
}
"""Labels of the values that these actions record."""

DOSSIER_IMPORT = ImportWords(
    title=N_("Nhập danh sách hồ sơ"),
    heading=N_("Nhập danh sách hồ sơ của %(office)s"),
    intro=N_(
        "Danh sách hồ sơ tải từ hệ thống một cửa của tỉnh, mỗi dòng một hồ sơ. Nhập lại danh sách mới hơn thì hồ sơ đã "
        "có được ghi thêm ngày trả; nhập lại đúng danh sách cũ thì không đổi gì. Họ tên, địa chỉ, số điện thoại trong "
        "bảng không được đọc, không được lưu."
    ),
    review=N_("Xem lại danh sách hồ sơ trước khi nhập"),
    done=N_("Đã nhập %(n)s hồ sơ vào danh sách của %(office)s."),
    job=N_("Nhập danh sách hồ sơ của %(office)s"),
    template_file="mau danh sach ho so",
    report_file="bao cao nhap ho so",
    readable=(
        N_("Mã hồ sơ (Số hồ sơ) và Ngày tiếp nhận là hai cột phải có; Ngày hẹn trả để tính đúng hạn."),
        N_(
            "Ngày ghi ngày/tháng/năm; ngày không có thật, ngày trả trước ngày nhận, số trùng nhau đều được báo theo "
            "dòng."
        ),
    ),
    counted=N_("hồ sơ"),
)
"""The texts of the pages that import a list of dossiers."""
