"""E-mail by an SMTP server."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import AbstractContextManager

from interview_platform.adapters import mime
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Mail

IMPLICIT_TLS_PORT = 465


class SmtpMailer:
    """`Mailer` by SMTP: TLS from the first byte on port 465, else upgraded by STARTTLS, which is then required."""

    name = "smtp"
    delivers = True

    def __init__(
        self,
        host: str,
        port: int = 587,
        *,
        username: str = "",
        password: str = "",
        starttls: bool = True,
        timeout_seconds: float = 20.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._timeout_seconds = host, port, timeout_seconds
        self._username, self._password = username, password
        self._starttls = starttls and port != IMPLICIT_TLS_PORT
        self._tls = tls or ssl.create_default_context()

    def send(self, mail: Mail) -> str:
        """The Message-ID, which SMTP servers keep. Raises ServiceUnavailable, BadInput (unfit address)."""
        made = mime.message(mail)
        try:
            with self._connected() as server:
                if self._starttls:
                    server.starttls(context=self._tls)
                if self._username:
                    server.login(self._username, self._password)
                server.send_message(made)
        except (smtplib.SMTPException, OSError) as error:
            raise ServiceUnavailable(self._advice(error)) from error
        return mail.message_id

    def check(self) -> str:
        """Sign in and say goodbye; nothing is sent. Raises ServiceUnavailable."""
        try:
            with self._connected() as server:
                if self._starttls:
                    server.starttls(context=self._tls)
                if self._username:
                    server.login(self._username, self._password)
                server.noop()
        except (smtplib.SMTPException, OSError) as error:
            raise ServiceUnavailable(self._advice(error)) from error
        return f"The mail server at {self._host}:{self._port} let us in."

    def _connected(self) -> AbstractContextManager[smtplib.SMTP]:
        ours = socket.gethostname()  # the default asks the name server, which may take many seconds
        if self._port == IMPLICIT_TLS_PORT:
            return smtplib.SMTP_SSL(self._host, self._port, ours, timeout=self._timeout_seconds, context=self._tls)
        return smtplib.SMTP(self._host, self._port, ours, timeout=self._timeout_seconds)

    def _advice(self, error: Exception) -> str:
        kept = "The e-mail is kept; "
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return f"The mail server refused the sign-in. {kept}check SMTP_USERNAME and SMTP_PASSWORD, then retry."
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            return f"The mail server refused the candidate's address. {kept}correct the address, then retry."
        if isinstance(error, smtplib.SMTPSenderRefused):
            return f"The mail server refused the sender. {kept}check MAIL_FROM, then retry."
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return f"The mail server does not offer what is needed (TLS or sign-in). {kept}check SMTP_STARTTLS."
        if isinstance(error, ssl.SSLError):
            return f"The mail server's certificate was not accepted. {kept}check SMTP_HOST, then retry."
        if isinstance(error, smtplib.SMTPResponseException):
            return f"The mail server answered {error.smtp_code} and did not take the e-mail. {kept}retry later."
        return f"The mail server at {self._host}:{self._port} does not answer. {kept}check SMTP_HOST, then retry."
