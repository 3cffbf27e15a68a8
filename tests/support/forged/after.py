"""Paper sheets, requests for another unit, objections, and prizes to be received and decided on."""

from flask.testing import FlaskClient

from tests.support.forged.builder import VILLAGER
from tests.support.forged.contest import CONTEST, CONTESTS, REASON, ROUND
from tests.support.forged.scenario import Names, Scenario
from tests.support.pages import Page
from tests.support.staff import send

SHEETS, OBJECTIONS = f"{ROUND}/phieu-giay", f"{ROUND}/khieu-nai"
ON_SHEET = {
    "name": VILLAGER,
    "phone": "0977123499",
    "birth_year": "1970",
    "unit": "{commune}",
    "consent": "y",
    "q1": "A",
    "q2": "B",
    "guess": "10",
}


def is_asked(client: FlaskClient, names: Names) -> Names:
    """Enter with the code of a participant whose name is on a sheet, and keep the question."""
    address = f"/thi/{names['on_paper']}/vao-thi"
    form = Page(client.get(address).text).form()
    return {"question": client.post(address, data=dict(form.filled(code=names["named"]))).text}


DRAWN = {
    "held_on": "{today}",
    "place": "Hội trường",
    "ticket_1": "1",
    "witness_1": "Lò Văn Tâm, MTTQ",
    "witness_2": "Hà Thị Lan, Đoàn xã",
}


def open_season(client: FlaskClient, names: Names) -> None:
    """Open the numbers of those in line for a prize of the whole contest."""
    page = f"{CONTESTS}/{names['called_for']}/giai-chung-cuoc"
    send(client, page, to=f"{page}/mo-lien-he", reason="Gọi xác nhận")


SEASON, WAITS = f"{CONTEST}/giai-chung-cuoc", f"{CONTESTS}/{{called_for}}/giai-chung-cuoc"

SCENARIOS = {
    f"{SEASON}/boc-tham/<string(length=32):key>": Scenario({"slug": "equals", "key": "equals_tie"}, fields=DRAWN),
    f"{SEASON}/doi-chieu": Scenario({"slug": "equals"}, fields={"one": "1", "other": "2", "reason": REASON}),
    f"{SEASON}/nhan-giai/<uuid:participant_id>/<any('da-nhan','chua-nhan'):answer>": Scenario(
        {"slug": "received", "participant_id": "received_one", "answer": "da-nhan"},
        f"{CONTESTS}/{{received}}/giai-chung-cuoc/nhan-giai",
    ),
    f"{SEASON}/mo-lien-he": Scenario({"slug": "called_for"}, WAITS, {"reason": REASON}),
    f"{SEASON}/<uuid:participant_id>/<any('xac-nhan','khong-nghe-may','goi-lai'):answer>": Scenario(
        {"slug": "called_for", "participant_id": "called_for_one", "answer": "xac-nhan"}, WAITS, begin=open_season
    ),
    f"{SEASON}/<uuid:participant_id>/bo-qua": Scenario(
        {"slug": "called_for", "participant_id": "called_for_one"}, WAITS, {"why": REASON}, begin=open_season
    ),
    f"{SEASON}/de-nghi": Scenario({"slug": "confirmed"}, f"{CONTESTS}/{{confirmed}}/giai-chung-cuoc"),
    f"{ROUND}/boc-tham/<string(length=32):key>": Scenario({"slug": "tied", "key": "tie"}, fields=DRAWN),
    f"{CONTEST}/giai-tap-the/boc-tham/<string(length=32):key>": Scenario(
        {"slug": "tied", "key": "unit_tie"}, fields=DRAWN
    ),
    SHEETS: Scenario({"slug": "on_paper"}, fields={"quantity": "2", "is_checked": "y"}),
    f"{SHEETS}/co-ten": Scenario(
        {"slug": "on_paper"}, fields={"unit": "{commune}", "reason": REASON, "is_checked": "y"}
    ),
    f"{SHEETS}/in-lai": Scenario({"slug": "on_paper"}, fields={"first": "1", "last": "1"}),
    "/thi/<slug>/tuan/<int:number>/phieu-giay": Scenario(
        {"slug": "on_paper"}, fields={"deed": "cua-toi"}, begin=is_asked, kept="question", is_staff=False
    ),
    f"{SHEETS}/<int:sheet>": Scenario({"slug": "on_paper", "sheet": "1"}, fields=ON_SHEET | {"phone": "0977123458"}),
    f"{SHEETS}/<int:sheet> again": Scenario({"slug": "on_paper", "sheet": "2"}, fields=ON_SHEET),
    "/thi/<slug>/thoi": Scenario(
        {"slug": "open"}, fields={"phone": "{reached}", "digits": "{stop_digits}"}, is_staff=False
    ),
    "/thi/<slug>/doi-don-vi": Scenario(
        {"slug": "moved"},
        fields={"code": "{mover}", "unit": "{province}", "reason": "Bấm nhầm dòng trên"},
        is_staff=False,
    ),
    f"{CONTEST}/doi-don-vi/<uuid:id>": Scenario(
        {"slug": "moved", "id": "move"},
        f"{CONTESTS}/{{moved}}/doi-don-vi",
        {"answer": "Đã hỏi trưởng thôn", "deed": "doi"},
    ),
    "/thi/<slug>/tuan/<int:number>/khieu-nai": Scenario(
        {"slug": "objected"}, fields={"code": "{objector}", "text": "Xin xem lại câu 2."}, is_staff=False
    ),
    f"{OBJECTIONS}/<int:position>": Scenario(
        {"slug": "objected", "position": "1"}, fields={"outcome": "rejected", "answer": "Đáp án là A theo Điều 5."}
    ),
    f"{OBJECTIONS}/nhieu": Scenario(
        {"slug": "objected"}, fields={"numbers": "1", "outcome": "rejected", "answer": "Đáp án là A theo Điều 5."}
    ),
    f"{ROUND}/chinh-thuc": Scenario({"slug": "unobjected"}, f"{CONTESTS}/{{unobjected}}/tuan/1/khieu-nai"),
    f"{ROUND}/nhan-giai/<uuid:participant_id>/<any('da-nhan','chua-nhan'):answer>": Scenario(
        {"slug": "awarded", "participant_id": "awarded_one", "answer": "da-nhan"},
        f"{CONTESTS}/{{awarded}}/tuan/1/nhan-giai",
    ),
    f"{ROUND}/biet-danh/<uuid:participant_id>": Scenario(
        {"slug": "nicknamed", "participant_id": "nicknamed_one"},
        f"{CONTESTS}/{{nicknamed}}/tuan/1/biet-danh",
        {"reason": "Mạo danh người khác"},
    ),
    f"{ROUND}/doi-chieu": Scenario({"slug": "awarded"}, fields={"one": "1", "other": "2", "reason": REASON}),
    f"{CONTEST}/giai-tap-the/de-nghi": Scenario({"slug": "awarded"}, f"{CONTESTS}/{{awarded}}/giai-tap-the"),
}
"""URL rule, followed by a word where it has several forms → how it is sent."""
