"""A `Mail` as the bytes every mail server understands."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from interview_platform.errors import BadInput
from interview_platform.ports import Mail


def message(mail: Mail) -> EmailMessage:
    """Text, with HTML and a calendar entry when there are. Raises BadInput for an address or subject unfit for mail."""
    try:
        made = EmailMessage(policy=SMTP)
        made["From"], made["To"], made["Subject"] = mail.sender, mail.to, mail.subject
        made["Message-ID"] = f"<{mail.message_id}>"
        made["Date"] = formatdate()
        addresses = made["To"].addresses
    except (ValueError, IndexError) as error:
        raise BadInput("The e-mail's address or subject holds what no e-mail can carry. Correct it.") from error
    if len(addresses) != 1 or not addresses[0].username or not addresses[0].domain:
        raise BadInput("The candidate's e-mail address is not complete. Correct it, then send again.")
    made.set_content(mail.text)
    if mail.html:
        made.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in mail.calendar else "REQUEST"
        made.add_attachment(
            mail.calendar.encode(), "text", "calendar", filename="invite.ics", params={"method": method}
        )
    return made
