"""Check the audit trail in the terminal."""

import click

from account.cli.group import account_cli
from account.queries.audit import verify
from account.rules.chain import head_text, read_head
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import db

WRONG = {
    "changed": N_("mục số %(number)s đã bị sửa sau khi ghi"),
    "gap": N_("thiếu mục ngay trước mục số %(number)s"),
    "cut": N_("phần cuối đã bị cắt: không còn mục số %(number)s"),
    "rewritten": N_("mục số %(number)s không phải mục đã in hoặc đã tải về trước đây: chuỗi đã bị viết lại"),
}


@account_cli.command("verify-audit")
@click.option("--head", "typed", help=N_("Đầu chuỗi đã chép lại hoặc đã tải về trước đây, dạng SỐ:MÃ."))
def verify_command(typed: str | None) -> None:
    """Kiểm tra nhật ký từ mục đầu đến mục cuối; in đầu chuỗi để cất ở nơi khác."""
    head = read_head(typed) if typed else None
    if typed and head is None:
        raise click.ClickException(gettext("Đầu chuỗi có dạng SỐ:MÃ, ví dụ 12:9f86d0… (64 ký tự sau dấu hai chấm)."))
    verdict = verify(db.session, head)
    if verdict.broken is not None:
        wrong = gettext(WRONG[verdict.why], number=thousands(verdict.broken))
        raise click.ClickException(gettext("Nhật ký không còn nguyên vẹn: %(wrong)s.", wrong=wrong))
    click.echo(gettext("Nhật ký nguyên vẹn: %(entries)s mục.", entries=thousands(verdict.entries)))
    click.echo(gettext("Đầu chuỗi: %(entries)s", entries=head_text(verdict.entries, verdict.head)))
    click.echo(
        gettext(
            "Hãy chép đầu chuỗi này ra ngoài máy chủ; lần sau kiểm tra với --head thì biết cả khi phần cuối bị cắt."
        )
    )
