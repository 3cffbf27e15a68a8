"""Terminal commands for messages: send a trial letter, print webhook secrets."""

import click
from flask.cli import AppGroup

from core.clock import now
from core.messages.http import secret_of
from core.messages.outbox import BadRecipient, post_mail
from core.translation import gettext
from core.values.text import N_
from core.web.command_line import flask_line
from core.web.extensions import db, keyring, settings
from core.web.letters import render_letter

messages_cli = AppGroup("messages", help=N_("Thư, tin nhắn và webhook."))


@messages_cli.command("try")
@click.argument("address")
def try_command(address: str) -> None:
    """Đặt một lá thư thử gửi tới ADDRESS vào hộp chờ gửi; flask worker sẽ gửi."""
    try:
        post_mail(db.session, keyring(), to=address, letter=render_letter("trial"), now=now())
    except BadRecipient as error:
        raise click.ClickException(gettext("Địa chỉ chưa đúng.")) from error
    db.session.commit()
    click.echo(gettext("Đã đặt vào hộp chờ gửi. Chưa thấy thư thì chạy: %(command)s", command=flask_line("doctor")))


@messages_cli.command("webhook-secrets")
def secrets_command() -> None:
    """In khóa kiểm chữ ký của từng địa chỉ trong WEBHOOK_URLS, để trao cho bên nhận."""
    for url in settings().webhook_urls:
        click.echo(f"{url} {secret_of(keyring(), url)}")
