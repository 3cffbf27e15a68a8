"""Accounts, approvals, jobs and the sign-in."""

from flask.testing import FlaskClient

from account.operations.first_run import issue_code
from core import clock
from core.web.extensions import db, settings
from tests.factories import PASSWORD, make_unit
from tests.support.codes import code_now, give_password, secret_on
from tests.support.forged.scenario import Names, Scenario
from tests.support.images import file_of, sign

MINE, ACCOUNTS, LOGOS = "/quan-tri/tai-khoan", "/quan-tri/tai-khoan/danh-sach", "/quan-tri/bieu-trung"
ACCOUNT, LOGO = f"{ACCOUNTS}/<int(max=2147483647):account_id>", f"{LOGOS}/<int(max=2147483647):unit_id>"
SIGN_IN, APPROVAL = "/quan-tri/dang-nhap", "/quan-tri/phe-duyet/<uuid:id>"
NEW_PASSWORD = {"password": "mot mat khau khac han", "again": "mot mat khau khac han"}
COLLEAGUE = {"account_id": "colleague"}


def may_begin(client: FlaskClient, _names: Names) -> Names:
    """Return the code of the first run in an instance without accounts."""
    with client.application.app_context():
        make_unit(db.session)
        db.session.commit()
        return {"code": issue_code(settings().instance_path, now=clock.now())}


def comes_by_link(client: FlaskClient, names: Names) -> None:
    """Open the link of an invitation."""
    client.get(f"/quan-tri/vao/{names['link']}")


SCENARIOS = {
    f"{SIGN_IN}": Scenario(is_staff=False, fields={"email": "{colleague_email}", "password": PASSWORD}),
    f"{SIGN_IN}/ma": Scenario(
        is_staff=False,
        begin=lambda client, names: give_password(client, names["guarded"]) and None,
        typed=lambda _html, names: {"code": code_now(names["secret"])},
    ),
    f"{SIGN_IN}/thiet-lap": Scenario(
        is_staff=False,
        begin=lambda client, names: give_password(client, names["unguarded"]) and None,
        typed=lambda html, _names: {"code": code_now(secret_on(html))},
    ),
    "/quan-tri/dang-xuat": Scenario(page=MINE),
    "/quan-tri/cai-dat": Scenario(
        is_staff=False,
        is_first_run=True,
        begin=may_begin,
        fields={
            "code": "{code}",
            "place": "Lâm Bình",
            "brand": "Lắng nghe",
            "host": "Mặt trận Tổ quốc tỉnh",
            "public_url": "https://danhgia.tuyenquang.example",
            "name": "Ma Thị Hoà",
            "email": "hoa@xa.example",
            "password": PASSWORD,
            "again": PASSWORD,
        },
    ),
    "/quan-tri/vao": Scenario(is_staff=False, begin=comes_by_link, fields=NEW_PASSWORD),
    f"{MINE}/mat-khau": Scenario(fields={"present": PASSWORD, **NEW_PASSWORD}),
    f"{MINE}/ma-khoi-phuc": Scenario(fields={"present": PASSWORD}),
    f"{MINE}/ma-xac-thuc": Scenario(
        fields={"present": PASSWORD}, typed=lambda html, _names: {"code": code_now(secret_on(html))}
    ),
    f"{MINE}/phien/ket-thuc-noi-khac": Scenario(page=MINE),
    f"{MINE}/phien/<int(max=2147483647):session_id>/ket-thuc": Scenario({"session_id": "my_other_session"}, MINE),
    f"{ACCOUNTS}/moi": Scenario(
        fields={
            "email": "nguoi-moi@xa.example",
            "name": "Bàn Thị Chi",
            "role": "interviewer",
            "where": "{commune_name}",
        }
    ),
    f"{ACCOUNTS}/nhieu/<any('tat','bat','dang-xuat','moi-lai'):deed>": Scenario(
        {"deed": "tat"}, f"{ACCOUNTS}/nhieu/tat?tk={{colleague}}"
    ),
    f"{ACCOUNT}/bat": Scenario({"account_id": "off"}, f"{ACCOUNTS}/{{off}}"),
    f"{ACCOUNT}/tat": Scenario(COLLEAGUE),
    f"{ACCOUNT}/duong-dan": Scenario(COLLEAGUE, f"{ACCOUNTS}/{{colleague}}"),
    f"{ACCOUNT}/ket-thuc-phien": Scenario(COLLEAGUE, f"{ACCOUNTS}/{{colleague}}"),
    f"{ACCOUNT}/rut-loi-moi": Scenario({"account_id": "invited"}),
    f"{ACCOUNT}/vai-tro": Scenario(
        COLLEAGUE, f"{ACCOUNTS}/{{colleague}}", {"role": "inspector", "where": "{commune_name}"}
    ),
    f"{ACCOUNT}/vai-tro/<role>/<int(max=2147483647):unit_id>/thoi": Scenario(
        {**COLLEAGUE, "role": "interviewer", "unit_id": "commune"}, f"{ACCOUNTS}/{{colleague}}"
    ),
    LOGO: Scenario({"unit_id": "commune"}, files={"picture": (file_of(sign()), "hinh.png")}),
    f"{LOGO}/go": Scenario({"unit_id": "province"}),
    f"{APPROVAL}/<any('dong-y','tu-choi'):answer>": Scenario(
        {"id": "asked_by_organiser", "answer": "dong-y"}, "/quan-tri/phe-duyet/{asked_by_organiser}"
    ),
    f"{APPROVAL}/rut": Scenario({"id": "asked_by_me"}, "/quan-tri/cuoc-thi/{asked_myself}/tuan/1"),
    "/quan-tri/viec/<uuid:job_id>/huy": Scenario({"job_id": "job"}, "/quan-tri/viec/{job}"),
}
"""URL rule → how its form is sent."""
