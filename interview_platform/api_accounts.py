"""Native forms that sign people in: the password, the second step, a forgotten password, joining a team; and the way
to the organisation's own sign-in (OpenID Connect) and back.

Each is a POST of a plain form that answers 303: on to a page, or back to the form with a short word for what was wrong
(the page knows the sentence). Cookies are HttpOnly and SameSite=Lax. `api_shield` has refused other sites before.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from interview_platform import routes
from interview_platform.api_shield import same_origin
from interview_platform.errors import BadInput, NotFound, NotSignedIn, ServiceUnavailable
from interview_platform.models import User
from interview_platform.ports import IdentityProvider, Mail
from interview_platform.services import accounts, limits, resets, second_factors, single_sign_on, team
from interview_platform.states.guard import COOKIE
from interview_platform.wiring import platform

HALF = "half"
"""The cookie between the password and the second factor."""
SSO = "sso"
"""The cookie between leaving for the organisation's own sign-in and coming back."""


async def sign_in(request: Request) -> Response:
    """E-mail and password → a session, or the second step, or back with the reason."""
    refused, form = await _form(request)
    if refused:
        return refused
    target = inside(form["next"])
    try:
        outcome, half = await run_in_threadpool(
            _sign_in, form["email"], form["password"], _place(request), _agent(request)
        )
    except (NotSignedIn, limits.TooMany) as error:
        return _back(routes.SIGN_IN, str(error), target)
    return _entered(outcome, half, target)


def _sign_in(email: str, password: str, place: str, agent: str) -> tuple[str, bool]:
    """A session's id, or a ticket for the second step and True. Raises NotSignedIn, TooMany."""
    held = platform()
    limits.spend(held.sessions, "sign-in-place", limits.SIGN_IN_PLACE, place)
    with held.db() as db:
        return _shown(db, accounts.check_password(db, held.sessions, email, password), agent)


def _shown(db: Session, user: User, agent: str) -> tuple[str, bool]:
    """For somebody who has shown who she is: a session's id, or a ticket for the second step and True."""
    sessions = platform().sessions
    if second_factors.in_use(db, user.id):
        return accounts.half_signed_in(sessions, user), True
    return accounts.opened(db, sessions, user, agent), False


def _entered(outcome: str, half: bool, target: str) -> Response:
    if not half:
        return _signed_in(outcome, target)
    response = _on(f"{routes.SECOND_STEP}?next={quote(target, safe='')}")
    _set(response, HALF, outcome, accounts.HALF_SECONDS)
    return response


async def sso(request: Request) -> Response:
    """On to the organisation's own sign-in; the cookie ties the way back to this browser."""
    provider, target = platform().identity_provider, inside(request.query_params.get("next", ""))
    if provider is None:
        return JSONResponse({"error": "Single sign-on is not set up here."}, 404)
    try:
        address, state = await run_in_threadpool(_leave, provider, target, _place(request))
    except (ServiceUnavailable, limits.TooMany) as error:
        return _back(routes.SIGN_IN, str(error), target)
    response = _on(address)
    _set(response, SSO, state, single_sign_on.SECONDS)
    return response


def _leave(provider: IdentityProvider, target: str, place: str) -> tuple[str, str]:
    held = platform()
    limits.spend(held.sessions, "sign-in-place", limits.SIGN_IN_PLACE, place)
    return single_sign_on.begin(held.sessions, provider, _sso_back(), target)


async def sso_back(request: Request) -> Response:
    """Back from it: a session, or the second step, or the sign-in page with the reason."""
    provider, asked = platform().identity_provider, dict(request.query_params)
    if provider is None:
        return JSONResponse({"error": "Single sign-on is not set up here."}, 404)
    given = (request.cookies.get(SSO, ""), asked, _place(request), _agent(request))
    try:
        outcome, half, target = await run_in_threadpool(_return, provider, *given)
    except (NotSignedIn, ServiceUnavailable, limits.TooMany) as error:
        response = _back(routes.SIGN_IN, str(error))
    else:
        response = _entered(outcome, half, target)
    response.delete_cookie(SSO, path="/")
    return response


def _return(
    provider: IdentityProvider, cookie: str, asked: dict[str, str], place: str, agent: str
) -> tuple[str, bool, str]:
    held = platform()
    limits.spend(held.sessions, "sign-in-place", limits.SIGN_IN_PLACE, place)
    who, target = single_sign_on.finish(held.sessions, provider, _sso_back(), cookie, asked)
    with held.db() as db:
        user = single_sign_on.user_of(db, who, held.settings.sso_organisations)
        return *_shown(db, user, agent), target


def _sso_back() -> str:
    return platform().settings.address + routes.API_SSO_BACK


async def second_step(request: Request) -> Response:
    """A code of the app, or a recovery code → the session."""
    refused, form = await _form(request)
    if refused:
        return refused
    target = inside(form["next"])
    try:
        session_id = await run_in_threadpool(_finish, request.cookies.get(HALF, ""), form["code"], _agent(request))
    except (NotSignedIn, limits.TooMany) as error:
        over = str(error) == accounts.HALF_OVER
        return _back(routes.SIGN_IN if over else routes.SECOND_STEP, str(error), target)
    response = _signed_in(session_id, target)
    response.delete_cookie(HALF, path="/")
    return response


def _finish(ticket: str, code: str, agent: str) -> str:
    held = platform()
    with held.db() as db:
        return accounts.finish(db, held.sessions, held.secret, ticket, code[:40], agent)


async def sign_out(request: Request) -> Response:
    """End the session and drop its cookie."""
    refused, _ = await _form(request)
    if refused:
        return refused
    await run_in_threadpool(_sign_out, request.cookies.get(COOKIE, ""))
    response = _on(routes.SIGN_IN)
    response.delete_cookie(COOKIE, path="/")
    return response


def _sign_out(session_id: str) -> None:
    held = platform()
    with held.db() as db:
        accounts.sign_out(db, held.sessions, session_id)


async def forgot(request: Request) -> Response:
    """A letter with a link, if somebody signs in with the address; the answer is the same if nobody does.

    The letter is sent after the answer, so that its time says nothing either.
    """
    refused, form = await _form(request)
    if refused:
        return refused
    try:
        mail = await run_in_threadpool(_reset_letter, form["email"], _place(request))
    except limits.TooMany as error:
        return _back(routes.FORGOT, str(error))
    return _on(f"{routes.FORGOT}?sent=1", BackgroundTask(_send, mail) if mail else None)


def _reset_letter(email: str, place: str) -> Mail | None:
    held = platform()
    with held.db() as db:
        return resets.letter(db, held.sessions, held.secret, email[:320], place, held.settings.address)


def _send(mail: Mail) -> None:
    held = platform()
    resets.send(held.mailer, held.settings.mail_from, mail)


async def reset(request: Request) -> Response:
    """The new password, by the link of the letter → back to signing in."""
    refused, form = await _form(request)
    if refused:
        return refused
    try:
        await run_in_threadpool(_reset, form["token"], form["password"], _place(request))
    except (NotSignedIn, BadInput, limits.TooMany) as error:
        return _back(routes.reset(quote(form["token"], safe="")), str(error))
    return _on(f"{routes.SIGN_IN}?done=reset")


def _reset(token: str, password: str, place: str) -> None:
    held = platform()
    with held.db() as db:
        try:
            resets.use(db, held.sessions, held.secret, token, password)
        except NotSignedIn:
            limits.spend(held.sessions, "token", limits.TOKENS, place)
            raise


async def join(request: Request) -> Response:
    """Name and password, by the link of an invitation → signed in."""
    refused, form = await _form(request)
    if refused:
        return refused
    try:
        session_id = await run_in_threadpool(
            _join, form["token"], form["name"], form["password"], _place(request), _agent(request)
        )
    except (NotFound, BadInput, limits.TooMany) as error:
        return _back(routes.join(quote(form["token"], safe="")), str(error))
    return _signed_in(session_id, routes.HOME)


def _join(token: str, name: str, password: str, place: str, agent: str) -> str:
    held = platform()
    with held.db() as db:
        try:
            user: User = team.accept(db, held.secret, token, name, password)
        except NotFound:
            limits.spend(held.sessions, "token", limits.TOKENS, place)
            raise
        return accounts.opened(db, held.sessions, user, agent)


class _Form(dict[str, str]):
    """A field that was not sent is empty."""

    def __missing__(self, _name: str) -> str:
        return ""


async def _form(request: Request) -> tuple[Response | None, _Form]:
    """A refusal, or the form's texts; sent files are no texts."""
    if not same_origin(request, platform().settings.address):
        return JSONResponse({"error": "This form was sent from another site."}, 403), _Form()
    async with request.form(max_files=0, max_fields=20) as sent:
        return None, _Form({name: value for name, value in sent.items() if isinstance(value, str)})


def inside(target: str) -> str:
    """A path of ours to go on to; anything else becomes the home page (no open redirect)."""
    parts = urlsplit(target)
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    odd = "\\" in target or any(ord(letter) < 32 for letter in target)
    return target if plain and not odd else routes.HOME


def _signed_in(session_id: str, target: str) -> Response:
    response = _on(target)
    _set(response, COOKIE, session_id, accounts.SESSION_SECONDS)
    return response


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    secure = platform().settings.address.startswith("https:")
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/")


def _on(target: str, later: BackgroundTask | None = None) -> RedirectResponse:
    return RedirectResponse(target, status_code=303, background=later)


def _back(page: str, words: str, target: str = "") -> Response:
    asked = {"error": words, **({"next": target} if target else {})}
    return _on(f"{page}?{urlencode(asked, quote_via=quote)}")


def _place(request: Request) -> str:
    return request.client.host if request.client else ""


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")[:400]


ROUTES = (
    Route(routes.API_SIGN_IN, sign_in, methods=["POST"]),
    Route(routes.API_SECOND_STEP, second_step, methods=["POST"]),
    Route(routes.API_SSO, sso, methods=["GET"]),
    Route(routes.API_SSO_BACK, sso_back, methods=["GET"]),
    Route(routes.API_SIGN_OUT, sign_out, methods=["POST"]),
    Route(routes.API_FORGOT, forgot, methods=["POST"]),
    Route(routes.API_RESET, reset, methods=["POST"]),
    Route(routes.API_JOIN, join, methods=["POST"]),
)
