"""Deliver one message from the outbox, by the channel that the settings name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.messages import outbox
from core.messages.http import secret_of, send_sms, send_webhook
from core.messages.mail import send_mail
from core.messages.models import MessageChannel
from core.messages.outbox import Parcel
from core.messages.sending import SendError
from core.settings import CONSOLE, Settings
from core.values.text import N_

Clock = Callable[[], datetime]


def deliver_next(session: Session, keyring: Keyring, settings: Settings, clock: Clock) -> bool:
    """Send the message that has been due longest; returns whether there was one.

    It commits before sending, so that no lock is held while another machine answers.
    """
    parcel = outbox.claim(session, keyring, clock())
    session.commit()
    if parcel is None:
        return False
    try:
        _send(parcel, keyring, settings, clock())
    except SendError as error:
        outbox.mark_trouble(session, parcel, clock(), str(error), is_final=error.is_final)
    except Exception as error:
        outbox.mark_trouble(session, parcel, clock(), type(error).__name__, is_final=False)
    else:
        outbox.mark_sent(session, parcel, clock())
    session.commit()
    return True


def _send(parcel: Parcel, keyring: Keyring, settings: Settings, now: datetime) -> None:
    content, id = parcel.content, parcel.id.hex
    url = {MessageChannel.MAIL: settings.mail_url, MessageChannel.SMS: settings.sms_url}.get(
        parcel.channel, content["to"]
    )
    if not url:
        raise SendError(N_("chưa đặt MAIL_URL") if parcel.channel is MessageChannel.MAIL else N_("chưa đặt SMS_URL"))
    if url == CONSOLE:
        _print(parcel)
    elif parcel.channel is MessageChannel.MAIL:
        send_mail(url, sender=settings.mail_sender, id=id, **content)
    elif parcel.channel is MessageChannel.SMS:
        send_sms(url, id=id, **content)
    else:
        send_webhook(url, payload=content["told"], id=id, secret=secret_of(keyring, url), now=now)


def _print(parcel: Parcel) -> None:
    """Print the message instead of sending it, for development, without control characters."""
    for name, value in parcel.content.items():
        shown = "\n".join("".join(c for c in line if c.isprintable()) for line in str(value).splitlines())
        sys.stderr.write(f"[{parcel.channel}] {name}: {shown}\n")
    sys.stderr.flush()
