"""`memoryos token`: who may use the server over HTTP, and as whom."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from memoryos.cli import output
from memoryos.cli.options import with_settings
from memoryos.cli.output import moment, show
from memoryos.cli.settings import Settings
from memoryos.clock import utc_now
from memoryos.intake import check_owner
from memoryos.mcp.tokens import Token, TokenStore

app = typer.Typer(no_args_is_help=True, help="Tokens for memoryos mcp --transport http.")


@app.command("create")
@with_settings
def create_token(settings: Settings) -> None:
    """Make a token for the memory of --user with --assistant, and show it this once.

    Its bearer sees and changes that memory, and no other.
    """
    owner = check_owner(settings.user_id, settings.value("assistant_id"))
    shown, token = TokenStore(settings.folder).create(owner, now=utc_now())
    if settings.json:
        output.show_json({"token": shown, **_document(token)})
        return
    output.show_note(
        f"token {token.id}, for the memory of {owner.user_id}; it is not shown again."
        " Callers send it as: Authorization: Bearer TOKEN"
    )
    show(shown)


@app.command("list")
@with_settings
def list_tokens(settings: Settings) -> None:
    """Show every token's id and owner; the tokens themselves are not kept."""
    tokens = TokenStore(settings.folder).all()
    if settings.json:
        output.show_json({"tokens": [_document(token) for token in tokens]})
    elif tokens:
        head = ("id", "user", "assistant", "created")
        output.show_table((_row(token) for token in tokens), head=head)
    else:
        show("no tokens: memoryos token create makes one")


@app.command("revoke")
@with_settings
def revoke_token(
    settings: Settings,
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As token list shows it.")],
) -> None:
    """Take a token back; from the next request on it opens nothing."""
    TokenStore(settings.folder).revoke(token_id)
    if settings.json:
        output.show_json({"revoked": token_id})
    else:
        show(f"revoked {token_id}")


def _row(token: Token) -> tuple[str, ...]:
    owner = token.owner
    return token.id, owner.user_id, owner.assistant_id, moment(token.created_at)


def _document(token: Token) -> dict[str, Any]:
    owner = token.owner
    return {
        "id": token.id,
        "user_id": owner.user_id,
        "assistant_id": owner.assistant_id,
        "created_at": token.created_at,
    }
