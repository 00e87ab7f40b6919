"""`memoryos install`: a client's configuration gets a server, and loses nothing (C4)."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from memoryos.cli import app, jsonc
from memoryos.cli.clients import SERVER, Client, configuration_files
from memoryos.errors import UnreadableInputError

Run = Callable[..., Result]

COMMAND = {"command": sys.executable, "args": ["-m", "memoryos", "mcp"]}

COMMENTED = """\
// What I let my editor start. 我的服务器
{
    "theme": "dark", /* not at night */
    "mcpServers": {
        "files": {"command": "npx", "args": ["//not-a-comment", "a,]"],},
        // "old": {"command": "gone"},
    },
    // the end
}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Runs a command as a user whose home is `home`."""
    left_out = dict.fromkeys((*LEFT_OUT, "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"))
    variables = {**left_out, "HOME": str(home), "USERPROFILE": str(home), "NO_COLOR": "1"}

    def run_(*words: str, **more: str) -> Result:
        return CliRunner(env={**variables, **more}).invoke(app, list(words))

    return run_


@pytest.fixture
def cursor(home: Path) -> Path:
    file = home / ".cursor" / "mcp.json"
    file.parent.mkdir()
    return file


def entry(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = jsonc.read(file.read_bytes().decode())["mcpServers"][SERVER]
    return found


def backups(file: Path) -> list[Path]:
    return sorted(file.parent.glob(f"{file.name}.*"))


# The file --------------------------------------------------------------------------------------


def test_a_client_without_a_configuration_gets_one_that_is_private(run: Run, home: Path) -> None:
    told = run("install", "--client", "cursor")
    file = home / ".cursor" / "mcp.json"
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[0] == f"written into {file}"
    assert json.loads(file.read_text(encoding="utf-8")) == {"mcpServers": {SERVER: COMMAND}}
    assert backups(file) == []
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_comments_and_all_else_stay_byte_for_byte(run: Run, cursor: Path) -> None:
    cursor.write_bytes(COMMENTED.encode())
    assert run("install", "--client", "cursor").exit_code == 0
    after = cursor.read_bytes().decode()
    head, _, tail = COMMENTED.partition('"gone"},\n')
    assert after.startswith(f'{head}"gone"}},\n        "memoryos": {{\n            "command"')
    assert after.endswith(tail)
    assert entry(cursor) == COMMAND


def test_installed_twice_it_changes_nothing(run: Run, cursor: Path) -> None:
    cursor.write_bytes(COMMENTED.encode())
    run("install", "--client", "cursor")
    before, modified = cursor.read_bytes(), cursor.stat().st_mtime_ns
    told = run("install", "--client", "cursor")
    assert told.stdout == f"it is in {cursor} already; nothing was changed\n"
    assert (cursor.read_bytes(), cursor.stat().st_mtime_ns) == (before, modified)
    assert len(backups(cursor)) == 1


def test_what_was_there_is_kept_beside_it(run: Run, cursor: Path) -> None:
    cursor.write_bytes(COMMENTED.encode())
    told = run("install", "--client", "cursor")
    (backup,) = backups(cursor)
    assert backup.read_bytes() == COMMENTED.encode()
    assert re.fullmatch(r"mcp\.json\.\d{8}-\d{6}-\d{6}\.bak", backup.name)
    assert backup.name in told.stdout


def test_another_memory_takes_the_place_of_the_first_and_the_clients_switches_stay(
    run: Run, cursor: Path
) -> None:
    """Cline and others write into the entry what the user allowed."""
    switches = {"disabled": False, "autoApprove": ["retrieve_memory"]}
    servers = {SERVER: {"command": "python", "args": ["server_new.py"], **switches}}
    cursor.write_text(json.dumps({"mcpServers": servers}), encoding="utf-8")
    run("install", "--client", "cursor", "--user", "ann")
    assert entry(cursor) == {
        "command": sys.executable,
        "args": [*COMMAND["args"], "--user", "ann"],
        **switches,
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"mcpServers": {', "not JSON"),
        (b'{"mcpServers": {}} and more', "not JSON"),
        (b"{,}", "not JSON"),
        (b'{"a": "no end // }\n}', "not JSON"),
        (b"[]", "it is not an object"),
        (b'{"mcpServers": []}', "mcpServers is not an object"),
        (b'{"mcpServers": {"memoryos": "yes"}}', "mcpServers.memoryos is not an object"),
        (b'{"mcpServers": {"memoryos": {"url": "http://x"}}}', "has the url of another server"),
        (b"\xff\xfe{\x00}\x00", "not text in UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_left_as_it_is(
    run: Run, cursor: Path, content: bytes, why: str
) -> None:
    cursor.write_bytes(content)
    told = run("install", "--client", "cursor")
    assert told.exit_code == 2
    assert why in told.stderr
    assert f"{cursor} was left as it is" in told.stderr
    assert (cursor.read_bytes(), backups(cursor)) == (content, [])


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b'{"mcpServers": {}}', b"\xef\xbb\xbf{}"])
def test_a_file_with_nothing_in_it_is_filled(run: Run, cursor: Path, content: bytes) -> None:
    cursor.write_bytes(content)
    assert run("install", "--client", "cursor").exit_code == 0
    assert entry(cursor) == COMMAND


@pytest.mark.skipif(os.name != "posix", reason="modes and links are POSIX's")
def test_modes_and_links_stay(run: Run, cursor: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.json"
    kept.write_text("{}", encoding="utf-8")
    kept.chmod(0o640)
    cursor.symlink_to(kept)
    run("install", "--client", "cursor")
    assert cursor.is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert entry(kept) == COMMAND
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("dot")] == [kept.name]


# What is installed -----------------------------------------------------------------------------


def test_the_server_gets_what_is_said_here_with_absolute_paths(
    run: Run, cursor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client starts it in another folder, and without the shell's variables."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.json").write_text('{"user_id": "bob", "policy": "paper"}', encoding="utf-8")
    words = ["--data", "memory", "--config", "mine.json", "--assistant", "guide"]
    assert run("install", "--client", "cursor", *words, MEMORYOS_MODEL="qwen3").exit_code == 0
    given_options = entry(cursor)["args"][3:]
    assert dict(zip(given_options[::2], given_options[1::2], strict=True)) == {
        "--config": str(tmp_path / "mine.json"),
        "--data": str(tmp_path / "memory"),
        "--assistant": "guide",
        "--model": "qwen3",
    }


def test_a_key_is_never_written_and_the_user_is_told_where_it_belongs(
    run: Run, cursor: Path
) -> None:
    told = run("install", "--client", "cursor", OPENAI_API_KEY="sk-not-for-files-1234567890")
    assert "sk-not" not in cursor.read_text(encoding="utf-8") + told.output
    assert "openai_api_key stands in a file that is given with --config" in told.stderr


def test_where_the_file_has_a_key_it_goes_with_the_address_of_the_file(
    run: Run, cursor: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"openai_api_key": "sk-in-the-file-1234567890"}', encoding="utf-8")
    shell = {"OPENAI_API_KEY": "sk-other-1234567890", "OPENAI_BASE_URL": "http://localhost:1/v1"}
    told = run("install", "--client", "cursor", "--config", str(file), **shell)
    assert (told.exit_code, told.stderr) == (0, "")
    assert entry(cursor)["args"][3:] == ["--config", str(file)]


# Where it goes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "platform", "expected"),
    [
        ("claude-desktop", "darwin", "Library/Application Support/Claude"),
        ("claude-desktop", "linux", ".config/Claude"),
        ("claude-desktop", "win32", "AppData/Roaming/Claude"),
        ("cursor", "darwin", ".cursor"),
        ("cursor", "win32", ".cursor"),
        (
            "cline",
            "darwin",
            "Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/settings",
        ),
        ("cline", "linux", ".config/Code/User/globalStorage/saoudrizwan.claude-dev/settings"),
        (
            "cline",
            "win32",
            "AppData/Roaming/Code/User/globalStorage/saoudrizwan.claude-dev/settings",
        ),
    ],
)
def test_every_platform_has_its_place(
    home: Path, client: str, platform: str, expected: str
) -> None:
    (file,) = configuration_files(Client(client), platform=platform, home=home, environment={})
    assert file.parent == home / expected


def test_the_environment_moves_the_places(tmp_path: Path) -> None:
    moved = {"APPDATA": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    for platform in ("win32", "linux"):
        files = configuration_files(
            Client.CLAUDE_DESKTOP, platform=platform, home=Path("/nowhere"), environment=moved
        )
        assert files == [tmp_path / "Claude" / "claude_desktop_config.json"]


def test_claude_desktop_from_the_installer_of_windows_reads_a_file_of_its_own(home: Path) -> None:
    folder = home / "AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude"
    folder.mkdir(parents=True)
    files = configuration_files(Client.CLAUDE_DESKTOP, platform="win32", home=home, environment={})
    assert files == [folder / "claude_desktop_config.json"]


def test_where_two_releases_look_into_different_files_both_are_told(run: Run, home: Path) -> None:
    """Cline moved its file to ~/.cline; some installations have both."""
    storage = "Library/Application Support" if sys.platform == "darwin" else ".config"
    extension = "Code/User/globalStorage/saoudrizwan.claude-dev"
    folders = [home / storage / extension / "settings", home / ".cline" / "data" / "settings"]
    for folder in folders:
        folder.mkdir(parents=True)
    told = json.loads(run("install", "--client", "cline", "--json").stdout)
    files = [folder / "cline_mcp_settings.json" for folder in folders]
    assert told["files"] == [{"file": str(file), "changed": True, "backup": None} for file in files]
    assert [entry(file) for file in files] == [COMMAND, COMMAND]


def test_where_one_of_two_files_is_broken_neither_is_touched(run: Run, home: Path) -> None:
    broken = home / ".cline" / "data" / "settings" / "cline_mcp_settings.json"
    sound = home / ".config/Code/User/globalStorage/saoudrizwan.claude-dev/settings"
    for folder in (broken.parent, sound):
        folder.mkdir(parents=True)
    broken.write_text("{", encoding="utf-8")
    assert run("install", "--client", "cline").exit_code == 2
    assert list(sound.iterdir()) == []


# What is only shown ----------------------------------------------------------------------------


def test_print_shows_what_any_client_takes_and_writes_nothing(run: Run, home: Path) -> None:
    for words in ((), ("--client", "cursor")):
        told = run("install", "--print", *words)
        assert json.loads(told.stdout) == {"mcpServers": {SERVER: COMMAND}}
    assert list(home.iterdir()) == []


def test_print_shows_the_form_of_vs_code(run: Run) -> None:
    shown = json.loads(run("install", "--print", "--client", "vscode").stdout)
    assert shown == {"servers": {SERVER: {"type": "stdio", **COMMAND}}}


@pytest.mark.skipif(os.name != "posix", reason="quoted for a POSIX shell")
def test_print_shows_the_line_for_claude_code(run: Run) -> None:
    line = run("install", "--print", "--client", "claude-code", "--data", "/my memory").stdout
    own = [sys.executable, "-m", "memoryos", "mcp", "--data", "/my memory"]
    start, _, started = line.partition(" -- ")
    assert start == "claude mcp add --scope user memoryos"
    assert shlex.split(started) == own


@pytest.mark.parametrize("words", [(), ("--client", "vscode"), ("--client", "claude-code")])
def test_a_client_whose_file_is_not_ours_is_told_to_print(run: Run, words: tuple[str, ...]) -> None:
    told = run("install", *words)
    assert told.exit_code == 2
    assert "memoryos install --print" in told.stderr


# The text --------------------------------------------------------------------------------------

NAMES = st.sampled_from(["mcpServers", "memoryos", "args", "a", 'q"\\', "//", "é"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
GAPS = st.sampled_from(["", " ", "\n  ", "\r\n\t", " // a, } note\n", "/* {,] */", "\n//\n"])


def dressed(draw: st.DrawFn, value: Any) -> str:
    """`value` as people write it: with comments, blanks and commas too many."""

    def gap() -> str:
        return draw(GAPS)

    if not isinstance(value, (dict, list)):
        return gap() + json.dumps(value, ensure_ascii=draw(st.booleans())) + gap()
    if isinstance(value, list):
        parts, (opening, closing) = [dressed(draw, item) for item in value], "[]"
    else:
        opening, closing = "{}"
        parts = [
            f"{gap()}{json.dumps(name)}{gap()}:{dressed(draw, item)}"
            for name, item in value.items()
        ]
    comma = "," if parts and draw(st.booleans()) else ""
    return gap() + opening + gap() + ",".join(parts) + comma + gap() + closing + gap()


@given(st.data(), st.dictionaries(NAMES, VALUES, max_size=3), st.lists(NAMES, min_size=1), VALUES)
def test_a_value_is_set_in_any_json_and_nothing_else_is(
    data: st.DataObject, document: dict[str, Any], path: list[str], value: Any
) -> None:
    path = path[:3]
    text = dressed(data.draw, document)
    assert jsonc.read(text) == document
    expected = json.loads(json.dumps(document))
    place = expected
    for name in path[:-1]:
        place = place.setdefault(name, {})
        if not isinstance(place, dict):
            with pytest.raises(UnreadableInputError, match="is not an object"):
                jsonc.with_value(text, path, value)
            return
    place[path[-1]] = value
    changed = jsonc.with_value(text, path, value)
    assert jsonc.read(changed) == expected
    assert jsonc.with_value(changed, path, value) == changed
    if path[0] not in document:
        comments = re.findall(r"// a, } note|/\* {,] \*/", text)
        assert re.findall(r"// a, } note|/\* {,] \*/", changed) == comments
