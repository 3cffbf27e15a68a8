"""Scenes of the pages that staff see of offices, of their search, and of the contests' door."""

from __future__ import annotations

from bench.scenes import SURVEY, Scene, at

SEARCH = "/quan-tri/tim/"

FACE_SCENES = (
    Scene("cuoc-thi-tat-ca", "Các cuộc thi", at("/thi/")),
    Scene("tra-cuu", "Tra cứu: ba loại mã", at("/tra-cuu")),
    Scene("tro-nang", "Trợ năng", at("/tro-nang")),
    Scene("hom-nay-co-quan", "Hôm nay của cán bộ một cửa", at("/quan-tri/"), "officer"),
    Scene("ql-mot-co-quan-tinh", "Một cơ quan, đủ số liệu", at(SURVEY + "/lam-binh"), "administrator"),
    Scene("ql-mot-co-quan-y-kien", "Một cơ quan: ý kiến", at(SURVEY + "/{office}/y-kien"), "officer"),
    Scene("ql-mot-co-quan-quay", "Một cơ quan: quầy và tờ treo", at(SURVEY + "/{office}/quay"), "officer"),
    Scene("ql-mot-co-quan-cai-dat", "Một cơ quan: cài đặt", at(SURVEY + "/{office}/sua"), "officer"),
    Scene("tim-khap", "Tìm khắp nơi", at(SEARCH + "?tim=lam"), "administrator"),
    Scene("tim-khap-khong", "Tìm khắp nơi: không thấy", at(SEARCH + "?tim=khong-co-gi"), "administrator"),
    Scene("ql-co-quan-tinh", "Danh sách cơ quan của tỉnh", at(SURVEY + "/"), "administrator"),
    Scene("ql-co-quan-khong", "Danh sách cơ quan: không thấy", at(SURVEY + "/?tim=khong-co-gi"), "administrator"),
    Scene("ql-co-quan-im", "Danh sách cơ quan: không nơi nào im", at(SURVEY + "/?loc=im"), "administrator"),
    Scene("nhat-ky-khong", "Nhật ký: lọc không thấy", at("/quan-tri/nhat-ky/?ai=khong-co-ai"), "inspector"),
    Scene("nhat-ky-ngay-sai", "Nhật ký: ngày sai", at("/quan-tri/nhat-ky/?tu=2026-11-20&den=2026-11-01"), "inspector"),
    Scene("viec-phe-duyet", "Việc chạy nền: chưa có việc nào", at("/quan-tri/viec"), "approver"),
    Scene("tim-khap-trong", "Tìm khắp nơi: chưa gõ gì", at(SEARCH), "administrator"),
)
