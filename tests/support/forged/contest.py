"""Contests from the draft to the publication, and the papers of their participants."""

from flask.testing import FlaskClient

from tests.support.forged.scenario import Names, Scenario
from tests.support.pages import Page

CONTESTS = "/quan-tri/cuoc-thi"
CONTEST, ROUND = f"{CONTESTS}/<slug>", f"{CONTESTS}/<slug>/tuan/<int:number>"
REASON = "Đối chiếu danh sách"
QUESTIONS = "Cải cách hành chính là gì?\n*A. Đúng\nB. Sai"
PAPER = {"q1": "A", "q2": "B", "guess": "10"}


def begins_a_paper(client: FlaskClient, names: Names) -> Names:
    """Enter with a code, and keep the page of the paper that is shown."""
    address = f"/thi/{names['open']}/vao-thi"
    form = Page(client.get(address).text).form()
    return {"paper": client.post(address, data=dict(form.filled(code=names["code"]))).text}


def asks_for_a_code(client: FlaskClient, names: Names) -> Names:
    """Have a code sent to the phone, and keep the page that asks for it."""
    address = f"/thi/{names['texted']}/xac-nhan-so"
    form = Page(client.get(address).text).form("xac-nhan-so")
    return {"digits_page": client.post(address, data=dict(form.filled(code=names["phone_owner"]))).text}


SCENARIOS = {
    f"{CONTESTS}/them": Scenario(
        fields={
            "title": "Chuyển đổi số",
            "organiser": "Ban Tổ chức",
            "unit": "{province}",
            "first_day": "{monday}",
            "reach": "chon",
            "units": ["{commune}"],
        },
    ),
    f"{CONTEST}/cong-khai": Scenario({"slug": "draft"}),
    f"{CONTEST}/sua": Scenario({"slug": "draft"}, fields={"summary": "Dành cho mọi người"}),
    f"{CONTEST}/sua words": Scenario({"slug": "open"}, fields={"summary": "Dành cho mọi người"}),
    f"{CONTEST}/sua-doi-the-le": Scenario(
        {"slug": "registered"}, fields={"all_right_only": "y", "says_losses": "y", "reason": REASON}
    ),
    f"{CONTEST}/xoa": Scenario({"slug": "draft"}),
    f"{CONTEST}/huy": Scenario({"slug": "to_come"}, fields={"reason": REASON}),
    f"{CONTEST}/dien-tap": Scenario({"slug": "to_come"}, f"{CONTESTS}/{{to_come}}"),
    f"{CONTEST}/xoa-dien-tap": Scenario({"slug": "rehearsed"}),
    f"{CONTEST}/xoa-du-lieu": Scenario({"slug": "published"}, fields={"reason": REASON, "sure": "y"}),
    f"{CONTEST}/danh-sach/nhap": Scenario({"slug": "open"}, files={"sheet": ("roster", "bang.csv")}),
    f"{CONTEST}/danh-sach/nhap/<uuid:draft_id>": Scenario(
        {"slug": "open", "draft_id": "roster_draft"}, fields={"bring_in": "1"}
    ),
    f"{CONTEST}/danh-sach/nhap/<uuid:draft_id> drop": Scenario(
        {"slug": "open", "draft_id": "roster_draft"}, fields={"drop": "1"}
    ),
    f"{CONTEST}/ma-ca-nhan": Scenario(
        {"slug": "open"},
        fields={"name": "Lò Thị Hoà", "phone": "0977333444", "birth_year": "1964", "reason": REASON, "called": "y"},
    ),
    f"{CONTEST}/ma-ca-nhan/<uuid:approval_id>": Scenario(
        {"slug": "asked_about", "approval_id": "renewal"}, f"{CONTESTS}/{{asked_about}}/ma-ca-nhan"
    ),
    f"{CONTEST}/nhan-tin": Scenario({"slug": "open"}, fields={"text": "Mời bà con dự thi"}, shows="Người nhận sẽ thấy"),
    f"{CONTEST}/nhan-tin/<uuid:id>/gui-lai": Scenario(
        {"slug": "open", "id": "announcement"}, f"{CONTESTS}/{{open}}/nhan-tin/{{announcement}}"
    ),
    f"{CONTEST}/danh-sach/xoa": Scenario({"slug": "open"}, fields={"sure": "y", "reason": REASON}),
    f"{CONTEST}/don-vi": Scenario(
        {"slug": "to_come"}, fields={"parent": "{commune}", "kind": "thôn", "names": "Nà Tông", "add": "1"}
    ),
    f"{CONTEST}/don-vi/vao-thi": Scenario({"slug": "open"}, fields={"units": ["{village}"], "why": REASON}),
    f"{CONTEST}/don-vi/so-dan": Scenario({"slug": "registered"}, fields={"units": ["{commune}"], "why": REASON}),
    f"{CONTEST}/don-vi/<int(max=2147483647):unit_id>": Scenario(
        {"slug": "to_come", "unit_id": "village"}, fields={"name": "thôn Nà Co"}
    ),
    f"{CONTEST}/don-vi/<int(max=2147483647):unit_id>/xoa": Scenario(
        {"slug": "to_come", "unit_id": "village"}, f"{CONTESTS}/{{to_come}}/don-vi/{{village}}"
    ),
    f"{CONTEST}/the": Scenario({"slug": "carded"}, fields={"unit": "{commune}", "quantity": "8"}),
    f"{CONTEST}/the/<int:batch_id>/huy": Scenario({"slug": "carded", "batch_id": "batch"}, fields={"why": REASON}),
    f"{ROUND}/cau-hoi": Scenario({"slug": "draft"}, fields={"text": QUESTIONS}),
    f"{ROUND}/cau-hoi/nhap": Scenario({"slug": "draft"}, fields={"text": QUESTIONS}),
    f"{ROUND}/cau-hoi/nhap/<uuid:draft_id>": Scenario(
        {"slug": "draft", "draft_id": "question_draft"}, fields={"bring_in": "1"}
    ),
    f"{ROUND}/cau-hoi/nhap/<uuid:draft_id> drop": Scenario(
        {"slug": "draft", "draft_id": "question_draft"}, fields={"drop": "1"}
    ),
    f"{ROUND}/cau-hoi/<int:position>/sua-loi": Scenario(
        {"slug": "open", "position": "1"}, fields={"text": "Câu hỏi số 1 ?"}
    ),
    f"{ROUND}/cau-hoi/bao-loi/<uuid:report_id>": Scenario(
        {"slug": "open", "report_id": "report"}, f"{CONTESTS}/{{open}}/tuan/1/cau-hoi"
    ),
    f"{CONTEST}/cau-hoi": Scenario({"slug": "draft"}, fields={"chosen": ["{question}"], "review": "1"}),
    f"{CONTEST}/cau-hoi/them": Scenario(
        {"slug": "draft"},
        fields={"text": "Ai ký?", "choice_a": "Chủ tịch", "choice_b": "Thôn", "right": "A"},
    ),
    f"{CONTEST}/cau-hoi/nhap": Scenario({"slug": "draft"}, fields={"text": QUESTIONS}),
    f"{CONTEST}/cau-hoi/nhap/<uuid:draft_id>": Scenario(
        {"slug": "draft", "draft_id": "bank_draft"}, fields={"bring_in": "1"}
    ),
    f"{CONTEST}/cau-hoi/<int:question_id>": Scenario(
        {"slug": "draft", "question_id": "question"}, fields={"text": "Ai ký giấy này?"}
    ),
    f"{CONTEST}/cau-hoi/<int:question_id>/ra-soat": Scenario(
        {"slug": "draft", "question_id": "question"}, f"{CONTESTS}/{{draft}}/cau-hoi/{{question}}"
    ),
    f"{CONTEST}/cau-hoi/<int:question_id>/xoa": Scenario(
        {"slug": "draft", "question_id": "question"}, f"{CONTESTS}/{{draft}}/cau-hoi/{{question}}"
    ),
    f"{ROUND}/chot": Scenario({"slug": "ended"}),
    f"{ROUND}/chot empty": Scenario({"slug": "ended_empty"}, fields={"sure": "y"}),
    f"{ROUND}/nhap-bai": Scenario({"slug": "ended"}, files={"sheet": ("entries", "bang.csv")}),
    f"{ROUND}/nhap-bai/<uuid:draft_id>": Scenario(
        {"slug": "ended", "draft_id": "entry_draft"}, fields={"bring_in": "1"}
    ),
    f"{ROUND}/nhap-bai/<uuid:draft_id> drop": Scenario(
        {"slug": "ended", "draft_id": "entry_draft"}, fields={"drop": "1"}
    ),
    f"{ROUND}/mo-lien-he/<any('nguoi-dat-giai','xep-hang'):whose>": Scenario(
        {"slug": "ranked", "whose": "xep-hang"}, f"{CONTESTS}/{{ranked}}/tuan/1", {"reason": REASON}
    ),
    f"{ROUND}/nguoi-dat-giai/<uuid:participant_id>/<any('xac-nhan','goi-lai'):answer>": Scenario(
        {"slug": "ranked", "participant_id": "called", "answer": "xac-nhan"}, f"{CONTESTS}/{{ranked}}/tuan/1"
    ),
    f"{ROUND}/nguoi-dat-giai/<uuid:participant_id>/khong-nghe-may": Scenario(
        {"slug": "ranked", "participant_id": "called"}, f"{CONTESTS}/{{ranked}}/tuan/1"
    ),
    f"{ROUND}/nguoi-dat-giai/<uuid:participant_id>/bo-qua": Scenario(
        {"slug": "ranked", "participant_id": "called"}, f"{CONTESTS}/{{ranked}}/tuan/1", {"why": REASON}
    ),
    f"{ROUND}/bo-qua-het-han": Scenario(
        {"slug": "overdue"}, f"{CONTESTS}/{{overdue}}/tuan/1", {"why": "Gọi ba ngày không ai nghe máy"}
    ),
    f"{ROUND}/trung-dong/mo": Scenario(
        {"slug": "shared"}, f"{CONTESTS}/{{shared}}/tuan/1/trung-dong", {"reason": REASON}
    ),
    f"{ROUND}/chua-thi/<int(max=2147483647):unit_id>/mo": Scenario(
        {"slug": "open", "unit_id": "commune"}, f"{CONTESTS}/{{open}}/tuan/1/chua-thi/{{commune}}", {"reason": REASON}
    ),
    f"{ROUND}/trung-dong/<uuid:participant_id>": Scenario(
        {"slug": "called_line", "participant_id": "on_line"}, f"{CONTESTS}/{{called_line}}/tuan/1/trung-dong"
    ),
    f"{ROUND}/bai/<uuid:participant_id>": Scenario(
        {"slug": "ranked", "participant_id": "called"}, fields={"ground": "identity", "reason": REASON}
    ),
    f"{ROUND}/ra-soat/<int:cluster_number>": Scenario(
        {"slug": "ranked", "cluster_number": "1"}, fields={"decision": "keep", "reason": REASON}
    ),
    f"{ROUND}/ra-soat/nhieu-cum": Scenario(
        {"slug": "ranked"},
        f"{CONTESTS}/{{ranked}}/tuan/1/ra-soat/nhieu-cum?cum=1",
        {"chosen": "1", "decision": "keep", "reason": REASON},
    ),
    f"{ROUND}/ra-soat/<int:cluster_number>/dau-vet": Scenario(
        {"slug": "ranked", "cluster_number": "1"}, f"{CONTESTS}/{{ranked}}/tuan/1/ra-soat/1", {"why": REASON}
    ),
    f"{ROUND}/cham-lai/<int:position>": Scenario(
        {"slug": "ranked", "position": "1"}, f"{CONTESTS}/{{ranked}}/tuan/1/cham-lai/1?right=B", {"reason": REASON}
    ),
    f"{ROUND}/cong-bo": Scenario({"slug": "ready"}, f"{CONTESTS}/{{ready}}/tuan/1"),
    f"{ROUND}/ho-so/giay-chung-nhan": Scenario({"slug": "published"}, f"{CONTESTS}/{{published}}/tuan/1/ho-so"),
    "/thi/<slug>/dang-ky": Scenario(
        {"slug": "open"},
        fields={
            "name": "Bàn Thị Chi",
            "phone": "0988123456",
            "birth_year": "1990",
            "unit": "{commune}",
            "consent": "y",
        },
        is_staff=False,
    ),
    "/thi/<slug>/nhap-the": Scenario(
        {"slug": "carded"}, fields={"code": "{card_owner}", "card": "{card}"}, is_staff=False
    ),
    "/thi/<slug>/xac-nhan-so": Scenario({"slug": "texted"}, fields={"code": "{phone_owner}"}, is_staff=False),
    "/thi/<slug>/xac-nhan-so/ma": Scenario(
        {"slug": "texted"}, fields={"digits": "000000"}, begin=asks_for_a_code, kept="digits_page", is_staff=False
    ),
    "/thi/<slug>/vao-thi": Scenario({"slug": "open"}, fields={"code": "{code}"}, is_staff=False),
    "/thi/<slug>/nop-bai": Scenario({"slug": "open"}, fields=PAPER, begin=begins_a_paper, kept="paper", is_staff=False),
    "/thi/bao-loi": Scenario(
        fields={"code": "{receipt}", "place": "1", "text": "Hai phương án giống nhau."}, is_staff=False
    ),
    "/thi/<slug>/giu-bai": Scenario(
        {"slug": "open"}, fields={"q1": "A"}, begin=begins_a_paper, kept="paper", is_staff=False
    ),
    "/thi/tra-cuu": Scenario(fields={"code": "{receipt}"}, shows="{title}", is_staff=False),
}
"""URL rule, followed by a word where it has several forms → how it is sent."""
