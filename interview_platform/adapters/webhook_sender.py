"""Posts events to addresses that people typed, without becoming a way into our own network.

The name is looked up at every sending, every address it stands for must be a public one, and the connection goes to the
very address that was checked (no second look-up); TLS still verifies the name. Redirects are not followed, proxies are
not used, nothing of an answer but its status is read, and the whole exchange has one deadline.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from urllib.parse import urlsplit

from interview_platform.errors import BadInput, ServiceUnavailable

SECONDS = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_INSIDE = "This address leads into a private network, so nothing was sent. Give one on the internet."
_AGENT = "interview-platform-webhooks/1"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is on the internet, with IPv4 that is wrapped in IPv6 looked at as what it is."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour is not None or address.teredo is not None or address in _NAT64:
            return False  # tunnels: what is behind them cannot be told
    return address.is_global and not address.is_multicast


class HttpsWebhookSender:
    """`ports.WebhookSender`. `local`: also to this machine and by http, for trying it out."""

    def __init__(self, local: bool = False, seconds: float = SECONDS) -> None:
        self._local, self._seconds = local, seconds
        self._tls = ssl.create_default_context()

    def send(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The answer's HTTP status, any. Raises BadInput, ServiceUnavailable."""
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        if not host or not (secure or (self._local and parts.scheme == "http")):
            raise BadInput("The address must begin with https://, so nothing was sent.")
        place = self._looked_up(host, parts.port or (443 if secure else 80))
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"Content-Type": "application/json", "User-Agent": _AGENT, "Connection": "close", **headers}
        try:
            return self._exchange(place, host if secure else "", parts.netloc, path, body, sent)
        except ssl.SSLCertVerificationError:
            raise ServiceUnavailable("The receiver's certificate is not valid for its name.") from None
        except TimeoutError:
            raise ServiceUnavailable(f"The receiver did not answer within {self._seconds:g} seconds.") from None
        except (OSError, ValueError, http.client.HTTPException):
            raise ServiceUnavailable("The receiver could not be reached, or broke off.") from None

    def _looked_up(self, host: str, port: int) -> tuple[str, int]:
        """The first of the addresses the name stands for, if all of them may be called."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise ServiceUnavailable("The receiver's name is not known.") from None
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        if not self._local and not all(is_public(ipaddress.ip_address(one)) for one in addresses):
            raise BadInput(_INSIDE)
        return addresses[0], port

    def _exchange(
        self, place: tuple[str, int], name: str, netloc: str, path: str, body: bytes, headers: dict[str, str]
    ) -> int:
        link = http.client.HTTPConnection(place[0], place[1])
        link.sock = socket.create_connection(place, timeout=self._seconds)
        late = threading.Event()
        over = threading.Timer(self._seconds, _cut, [link, late])  # a socket's own limit is for each read, not for all
        over.daemon = True
        over.start()
        try:
            if name:
                link.sock = self._tls.wrap_socket(link.sock, server_hostname=name, do_handshake_on_connect=False)
                link.sock.do_handshake()
            link.request("POST", path, body, {"Host": netloc.rpartition("@")[2], **headers})
            return link.getresponse().status
        except (OSError, http.client.HTTPException):
            if late.is_set():
                raise TimeoutError from None
            raise
        finally:
            over.cancel()
            link.close()


def _cut(link: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):
        link.sock.shutdown(socket.SHUT_RDWR)
