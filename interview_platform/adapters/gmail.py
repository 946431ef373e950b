"""E-mail by the Gmail API, as one mailbox of a Google Workspace, with a service account (domain-wide delegation)."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from interview_platform.adapters import mime
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Mail

SCOPES = ("https://www.googleapis.com/auth/gmail.send",)  # sending is all we may do in the mailbox
_KEPT = "The e-mail is kept; "


class GmailMailer:
    """`Mailer` by Gmail. `endpoint` is another server that speaks Gmail's REST; its retries are for 5xx and 429."""

    name = "gmail"
    delivers = True

    def __init__(
        self,
        credentials_file: Path,
        mailbox: str,
        *,
        endpoint: str = "",
        timeout_seconds: float = 20.0,
        retries: int = 2,
    ) -> None:
        from google.oauth2 import service_account

        self._endpoint, self._timeout_seconds, self._retries = endpoint, timeout_seconds, retries
        try:
            accounts: Any = service_account.Credentials
            found = accounts.from_service_account_file(str(credentials_file), scopes=SCOPES)
        except (OSError, ValueError) as error:
            raise ServiceUnavailable(
                "GMAIL_CREDENTIALS_FILE cannot be read as a service account's JSON. Download it again from the "
                "Google Cloud console, or empty the setting to use another way of sending."
            ) from error
        self._credentials: Any = found.with_subject(mailbox)

    def send(self, mail: Mail) -> str:
        """Gmail's id of the sent message. Raises ServiceUnavailable, BadInput (unfit address)."""
        from google.auth.exceptions import GoogleAuthError, TransportError
        from googleapiclient.errors import HttpError
        from httplib2 import HttpLib2Error

        raw = base64.urlsafe_b64encode(mime.message(mail).as_bytes()).decode()
        try:
            answer = self._messages().send(userId="me", body={"raw": raw}).execute(num_retries=self._retries)
            return str(answer["id"])
        except HttpError as error:
            raise ServiceUnavailable(_advice(int(error.status_code))) from error
        except (TransportError, HttpLib2Error, OSError) as error:
            raise ServiceUnavailable(f"Gmail does not answer. {_KEPT}check the network, then retry.") from error
        except GoogleAuthError as error:
            raise ServiceUnavailable(
                f"Google refused the service account. {_KEPT}check GMAIL_CREDENTIALS_FILE, GMAIL_SENDER and the "
                "domain-wide delegation, then retry."
            ) from error

    def check(self) -> str:
        """Get an access token as the mailbox; nothing is sent. Raises ServiceUnavailable."""
        import google_auth_httplib2
        import httplib2
        from google.auth.exceptions import GoogleAuthError

        asking = google_auth_httplib2.Request(httplib2.Http(timeout=self._timeout_seconds))
        try:
            self._credentials.refresh(asking)
        except (GoogleAuthError, httplib2.HttpLib2Error, OSError) as error:
            raise ServiceUnavailable(
                "Google did not let the service account send as this mailbox. Check GMAIL_CREDENTIALS_FILE, "
                "GMAIL_SENDER and the domain-wide delegation."
            ) from error
        return "Google lets us send as the mailbox."

    def _messages(self) -> Any:
        """A client of its own for each sending: httplib2 is not safe between threads."""
        import google_auth_httplib2
        import httplib2
        from googleapiclient.discovery import build

        http = google_auth_httplib2.AuthorizedHttp(self._credentials, http=httplib2.Http(timeout=self._timeout_seconds))
        options = {"api_endpoint": self._endpoint} if self._endpoint else None
        service = build("gmail", "v1", http=http, static_discovery=True, cache_discovery=False, client_options=options)
        return service.users().messages()


def _advice(status: int) -> str:
    if status in (401, 403):
        return f"Gmail refused to send as this mailbox ({status}). {_KEPT}check GMAIL_SENDER and its rights."
    if status == 429:
        return f"Gmail's sending limit is reached. {_KEPT}retry in an hour."
    if status == 400:
        return f"Gmail did not accept the e-mail (400). {_KEPT}check the candidate's address, then retry."
    return f"Gmail answered {status}. {_KEPT}retry later."
