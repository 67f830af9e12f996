"""Notices by mail: plain text with a simple page beside it, in the person's language."""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from apps.notices.models import Notice
from apps.notices.texts import Text, text_of

# A mail that could not go out for so long is not news any more; the notice stays on the page.
WORTH_SENDING = timedelta(days=3)


@transaction.atomic
def send(*, notice_id: int, at: datetime) -> bool:
    """Send a notice's mail; False when it went out before, or another process has it.

    The row stays locked until the mail server has the mail, so it is sent once. A crash between
    its answer and our commit sends it again with the same Message-ID, by which readers drop it.

    Raises:
        OSError: the mail server was not reached or refused it (`smtplib` errors are OSErrors).
    """
    unsent = Notice.objects.to_mail().select_related("user").filter(pk=notice_id)
    notice = unsent.select_for_update(of=("self",), skip_locked=True).first()
    if notice is None:
        return False
    _mail_of(notice).send()
    notice.mailed_at = at
    notice.save(update_fields=["mailed_at"])
    return True


def list_unsent(*, at: datetime, older_than: timedelta) -> list[int]:
    """Return the notices, oldest first, whose mail should have gone out and is worth sending."""
    waiting = Notice.objects.to_mail().filter(
        created_at__gt=at - WORTH_SENDING, created_at__lt=at - older_than
    )
    return list(waiting.order_by("created_at", "pk").values_list("pk", flat=True))


def _mail_of(notice: Notice) -> EmailMultiAlternatives:
    with translation.override(notice.user.language or settings.LANGUAGE_CODE):
        text = text_of(notice.event, notice.params)
        page = render_to_string("notices/mail.html", _context(notice, text))
        plain = render_to_string("notices/mail.txt", _context(notice, text))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    mail = EmailMultiAlternatives(
        subject=text.subject,
        body=plain.strip() + "\n",
        to=[notice.mail_to],
        headers={
            "Message-ID": f"<{notice.event_id.hex}.{notice.user_id}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(page, "text/html")
    return mail


def _context(notice: Notice, text: Text) -> dict[str, object]:
    return {"notice": notice, "text": text, "site_url": settings.PORTAL_URL}
