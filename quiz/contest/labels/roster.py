"""The words of importing a roster."""

from core.importing.words import ImportWords
from core.values.text import N_

ROSTER_IMPORT = ImportWords(
    title=N_("Nhập danh sách người dự thi"),
    heading=N_("Nhập danh sách người dự thi"),
    intro=N_(
        "Mỗi dòng là một người thuộc diện dự thi: họ tên, số điện thoại, năm sinh, đơn vị, khối. Nhập lại cùng một "
        "bảng thì không thêm ai."
    ),
    review=N_("Xem lại trước khi nhập danh sách"),
    done=N_("Đã nhập %(n)s người vào danh sách."),
    job=N_("Nhập danh sách người dự thi, %(contest)s"),
    template_file="mau danh sach nguoi du thi",
    report_file="bao cao nhap danh sach",
    counted=N_("người"),
)
"""The texts of the pages that import a roster."""

ROSTER_CALLED_OFF = N_("Cuộc thi đã hủy nên không nhập danh sách.")
ROSTER_IN_USE = N_(
    "Đã có người đăng ký dự thi nên danh sách chỉ nhập thêm được. Muốn bỏ người thì xóa cả danh sách, có người thứ hai "
    "đồng ý, rồi nhập lại."
)
"""Why a roster is not imported."""
