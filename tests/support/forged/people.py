"""Requests of persons about their own data, by staff and by the person."""

from tests.support.forged.builder import VILLAGER
from tests.support.forged.scenario import Scenario

DESK = "/quan-tri/yeu-cau"
REQUEST = f"{DESK}/<uuid:id>"
REASON = "Ghi nhầm loại"

SCENARIOS = {
    f"{DESK}/them": Scenario(
        fields={"kind": "view", "channel": "paper", "name": VILLAGER, "details": "Xin xem", "unit": "{commune}"}
    ),
    f"{REQUEST}/<any('bao-nhan','rut','han-che','bo-han-che','da-tra-loi','khong-giu'):step>": Scenario(
        {"id": "to_view", "step": "bao-nhan"}, f"{DESK}/{{to_view}}"
    ),
    f"{REQUEST}/ban-sao.docx": Scenario({"id": "to_view"}, f"{DESK}/{{to_view}}"),
    f"{REQUEST}/tim": Scenario({"id": "to_find"}, f"{DESK}/{{to_find}}", {"name": VILLAGER, "phone": "{phone}"}),
    f"{REQUEST}/dong-y": Scenario({"id": "to_agree"}, fields={"reached": "y"}),
    f"{REQUEST}/ghi-nham": Scenario({"id": "to_view"}, fields={"reason": REASON}),
    f"{REQUEST}/sua": Scenario({"id": "to_correct"}, fields={"name": "Giàng A Pào"}),
    f"{REQUEST}/sua-yeu-cau": Scenario({"id": "to_view"}, fields={"kind": "delete", "reason": REASON}),
    f"{REQUEST}/xoa": Scenario({"id": "to_delete"}, fields={"sure": "y"}),
    "/thi/quyen-cua-toi": Scenario(fields={"code": "{code}", "act": "named"}, is_staff=False),
    "/thi/quyen-cua-toi ask": Scenario(
        fields={"code": "{code}", "act": "ask", "kind": "view", "details": "Xin xem"}, is_staff=False
    ),
}
"""URL rule → how its form is sent."""
