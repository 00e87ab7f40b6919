"""The server over streamable HTTP: for one owner on this machine, or for the owners of tokens."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import anyio.to_thread
import uvicorn
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser, BearerAuthBackend
from mcp.server.auth.provider import AccessToken
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from memoryos.errors import InvalidArgumentError
from memoryos.mcp.access import Access
from memoryos.mcp.server import Context, build_server
from memoryos.mcp.tokens import TokenStore
from memoryos.model import Owner

PATH = "/mcp"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")

GRACE_SECONDS = 3
"""How long requests may take that are under way when the server is told to end."""


class OwnerToken(AccessToken):
    """A token of ours, as the SDK sees it. A session stays with the `client_id` that began it."""

    owner: Owner


class OwnerTokenVerifier:
    """Whose token it is, by the files of `TokenStore`."""

    def __init__(self, tokens: TokenStore) -> None:
        self._tokens = tokens

    async def verify_token(self, token: str) -> OwnerToken | None:
        found = await anyio.to_thread.run_sync(self._tokens.verify, token)
        if found is None:
            return None
        return OwnerToken(token=found.id, client_id=found.id, scopes=[], owner=found.owner)


def owner_of(context: Context) -> Owner:
    """Whom the token of this request names."""
    user = context.request.scope["user"] if context.request else None
    if isinstance(user, AuthenticatedUser) and isinstance(user.access_token, OwnerToken):
        return user.access_token.owner
    raise PermissionError("a request without a token came through")


@dataclass(frozen=True, slots=True)
class HostCheck:
    """Refuses what a web page of another site sends, by the headers Host and Origin.

    Such a page reaches this server by a name of its own that it lets resolve to this machine: so
    only names that are known to be ours are taken, and, where the server listens for other
    machines, plain addresses, which nobody can let resolve to anything else. Stands before every
    route, and before the tokens.
    """

    app: ASGIApp
    names: Collection[str]
    any_address: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := self._refusal(Headers(scope=scope))):
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        if not self._is_ours(f"//{headers.get('host', '')}"):
            return PlainTextResponse(
                "this server does not go by that name: see memoryos mcp --allow-host", 421
            )
        origin = headers.get("origin")
        if origin is not None and not self._is_ours(origin):
            return PlainTextResponse("pages of that origin may not use this server", 403)
        return None

    def _is_ours(self, url: str) -> bool:
        try:
            name = urlsplit(url).hostname
        except ValueError:
            return False
        return name is not None and (name in self.names or (self.any_address and _address(name)))


def _address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def serve_http(
    access: Access,
    tokens: TokenStore,
    *,
    host: str,
    port: int,
    allowed_hosts: Collection[str],
    announce: Callable[[str], None],
) -> None:
    """Serve until told to end.

    Where there is a token, every request must show one, and sees the memory of its owner; where
    there is none, all see that of the configured owner, and only this machine is listened to.
    `announce` is told the address; port 0 takes a free one. Raises InvalidArgumentError for a
    public address without a token, or one that cannot be had, and what opening the memory raises.
    """
    with_tokens = bool(tokens.all())
    if not with_tokens and not is_loopback(host):
        raise InvalidArgumentError(
            f"{host or '(every address)'} can be reached from other machines, and without a token"
            " anybody could read and write this memory: make one with memoryos token create, or"
            " listen on 127.0.0.1"
        )
    listening = _listen(host, port)
    with listening:
        access.open()
        names = {*LOOPBACK_NAMES, host.lower(), *(name.lower() for name in allowed_hosts)}
        if host in EVERYWHERE:
            names.add(socket.gethostname().lower())
        app = build_app(
            access,
            tokens if with_tokens else None,
            names=names,
            any_address=not is_loopback(host),
        )
        shown = f"[{host}]" if ":" in host else host or "0.0.0.0"
        who = "callers show a token" if with_tokens else "for this machine, without tokens"
        announce(f"listening on http://{shown}:{listening.getsockname()[1]}{PATH}, {who}")
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        uvicorn.Server(settings).run(sockets=[listening])


def build_app(
    access: Access,
    tokens: TokenStore | None,
    *,
    names: Collection[str],
    any_address: bool,
) -> ASGIApp:
    """The ASGI application; None for `tokens` lets everybody in, as the configured owner."""
    verifier = OwnerTokenVerifier(tokens) if tokens else None
    server = build_server(access, owner_of) if tokens else build_server(access)
    # Without a host the SDK leaves the check of names to HostCheck, which covers every route.
    app: Starlette = server.streamable_http_app(
        streamable_http_path=PATH, host="", token_verifier=verifier
    )
    if verifier:
        app.add_middleware(AuthenticationMiddleware, backend=BearerAuthBackend(verifier))
    return HostCheck(app, frozenset(names), any_address)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        raise InvalidArgumentError(
            f"cannot listen on {host}:{port}: {error}; choose others with --host and --port"
        ) from None
