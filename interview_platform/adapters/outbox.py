"""The built-in outbox: mails are shown in the product and go nowhere."""

from __future__ import annotations

from interview_platform.adapters import mime
from interview_platform.ports import Mail


class OutboxMailer:
    """`Mailer` without a server. The row in the database is the mail; this only checks that it could be sent."""

    name = "outbox"
    delivers = False

    def send(self, mail: Mail) -> str:
        """The mail's own id. Raises BadInput for an address no mail server would take."""
        mime.message(mail)
        return mail.message_id
