"""The steps of a plan, and the trial of a contest."""

from tests.support.forged.contest import CONTEST, CONTESTS, QUESTIONS
from tests.support.forged.scenario import Scenario
from tests.support.staff import send

PLAN, TRIAL = f"{CONTEST}/ke-hoach", f"{CONTEST}/tong-duyet"
TRIAL_PAGE = f"{CONTESTS}/{{trial}}"


def call_the_winners(client, names):
    """Bring the trial to its calls: papers, the end of its time, the close, and the list opened."""
    page = TRIAL_PAGE.format(**names)
    for deed in ("them-bai", "het-gio"):
        send(client, page, to=f"{page}/tong-duyet/{deed}")
    send(client, f"{page}/tuan/1/chot")
    send(client, f"{page}/tuan/1", to=f"{page}/tuan/1/mo-lien-he/nguoi-dat-giai", reason="Gọi thử")


SCENARIOS = {
    f"{CONTESTS}/ke-hoach": Scenario(
        fields={
            "title": "Chuyển đổi số",
            "organiser": "Ban Tổ chức",
            "unit": "{province}",
            "reach": "chon",
            "units": ["{commune}"],
        },
    ),
    f"{PLAN}/ten": Scenario({"slug": "draft"}, fields={"summary": "Dành cho mọi người"}),
    f"{PLAN}/lich": Scenario({"slug": "draft"}, fields={"weeks": "2"}),
    f"{PLAN}/the-le": Scenario({"slug": "draft"}, fields={"limit_minutes": "20"}),
    f"{PLAN}/giai": Scenario({"slug": "draft"}, fields={"tiers": "01 giải Nhất: 1.000.000 đồng"}),
    f"{PLAN}/cau-hoi": Scenario({"slug": "draft"}, fields={"text": QUESTIONS}),
    f"{PLAN}/cau-hoi/<uuid:draft_id>": Scenario(
        {"slug": "draft", "draft_id": "plan_draft"}, fields={"bring_in": "1", "mode": "thay"}
    ),
    f"{PLAN}/cau-hoi/<uuid:draft_id> drop": Scenario({"slug": "draft", "draft_id": "plan_draft"}, fields={"drop": "1"}),
    TRIAL: Scenario({"slug": "draft"}, f"{CONTESTS}/{{draft}}"),
    f"{TRIAL}/lam-bai": Scenario({"slug": "trial"}, TRIAL_PAGE),
    f"{TRIAL}/them-bai": Scenario({"slug": "trial"}, TRIAL_PAGE),
    f"{TRIAL}/het-gio": Scenario({"slug": "trial"}, TRIAL_PAGE),
    f"{TRIAL}/phe-duyet": Scenario({"slug": "trial"}, TRIAL_PAGE, fields={"asks": "co"}),
    f"{TRIAL}/xac-nhan-het": Scenario({"slug": "trial"}, f"{TRIAL_PAGE}/tuan/1", begin=call_the_winners),
    f"{TRIAL}/xoa": Scenario({"slug": "trial"}),
}
"""URL rule, followed by a word where it has several forms → how it is sent."""
