"""The command line, as its users and their scripts meet it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT, MEMORYOS, environment, start
from typer.testing import CliRunner, Result

from memoryos.cli import app
from memoryos.cli.output import exit_code, one_line
from memoryos.errors import EmbedderUnavailableError, StorageUnavailableError, UnknownIdError
from memoryos.text.visible import visible

HOSTILE = "lighthouse \x1b[31mred\x1b[0m \x9b31m \x07 \u202etxt [bold]x[/bold] :smile:"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    """Runs a command on a memory of its own, without a terminal."""
    variables = {**dict.fromkeys(LEFT_OUT), "MEMORYOS_DATA": str(folder), "NO_COLOR": "1"}

    def run_(*words: str, **options: Any) -> Result:
        return CliRunner(env=variables).invoke(app, list(words), **options)

    return run_


@pytest.fixture
def terminal() -> dict[str, str]:
    return {"FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "xterm"}


def test_what_was_added_is_found_with_its_page_id(run: Callable[..., Result]) -> None:
    added = run("add", "I live in Turin.", "Lovely!", "--timestamp", "2026-01-05")
    assert added.exit_code == 0
    assert added.stdout.splitlines()[0] == "page-1"
    assert "learnt fact-1: lives in Turin" in added.stdout
    found = run("search", "Turin")
    assert found.exit_code == 0
    rank, page, _, said, why, excerpt = found.stdout.splitlines()[0].split("\t")
    assert (rank, page, said) == ("1", "page-1", "2026-01-05 00:00")
    assert "lexical" in why
    assert "I live in Turin." in excerpt


def test_add_files_before_it_exits(run: Callable[..., Result]) -> None:
    for number in range(9):
        run("add", f"I saw kingfisher number {number}.", "Where?")
    waiting = json.loads(run("stats", "--json").stdout)
    assert (waiting["awaiting_filing_count"], waiting["pages_to_analyse"]) == (0, 0)
    assert json.loads(run("segments", "--json").stdout)["segments"]


def test_meta_data_and_conversation_come_back_as_they_went_in(run: Callable[..., Result]) -> None:
    run("add", "I saw an owl.", "--meta", '{"source": "phone"}', "--conversation", "birds")
    (page,) = json.loads(run("search", "owl", "--json").stdout)["pages"]
    assert (page["meta_data"], page["conversation_id"]) == ({"source": "phone"}, "birds")
    assert run("add", "I saw an owl.", "--meta", "[1]").exit_code == 2


def test_shared_options_go_before_the_command_or_after_it(run: Callable[..., Result]) -> None:
    run("add", "I keep bees.", "--user", "ann")
    before, after = run("--user", "ann", "--json", "stats"), run("stats", "--json", "--user", "ann")
    assert before.stdout == after.stdout
    assert json.loads(after.stdout)["page_count"] == 1
    assert json.loads(run("--user", "bob", "stats", "--json", "--user", "ann").stdout) == (
        json.loads(after.stdout)
    )
    assert json.loads(run("stats", "--json").stdout)["page_count"] == 0


def test_ask_answers_with_date_and_page_or_exits_with_1(run: Callable[..., Result]) -> None:
    run("add", "My dog's name is Biscuit.", "Sweet!", "--timestamp", "2026-01-05")
    told = run("ask", "What is my dog's name?")
    assert told.exit_code == 0
    assert "Biscuit" in told.stdout
    assert "2026-01-05" in told.stdout
    assert "page-1" in told.stdout
    unknown = run("ask", "Which telescope did I buy?")
    assert (unknown.exit_code, "nothing in memory" in unknown.stdout) == (1, True)
    document = json.loads(run("ask", "Which telescope did I buy?", "--json").stdout)
    assert (document["found"], document["evidence"]) == (False, [])


def test_an_empty_memory_is_looked_at_without_error(run: Callable[..., Result]) -> None:
    assert run("search", "anything").exit_code == 1
    for command in ("profile", "segments", "stats"):
        plain, document = run(command), run(command, "--json")
        assert (plain.exit_code, document.exit_code) == (0, 0)
        assert plain.stdout
        assert json.loads(document.stdout)


def test_why_shows_the_words_a_belief_rests_on(run: Callable[..., Result]) -> None:
    run("add", "I work as a glazier.", "Nice!", "--timestamp", "2026-01-05")
    told = run("why", "fact-1")
    assert "by rules" in told.stdout
    assert "page-1  2026-01-05 00:00  “I work as a glazier.”" in told.stdout
    assert json.loads(run("why", "fact-1", "--json").stdout)["sources"][0]["page_id"] == "page-1"
    assert "glazier" in run("profile").stdout


def test_chat_answers_and_keeps_every_exchange(run: Callable[..., Result]) -> None:
    run("add", "My cat's name is Zeno.", "Sweet!")
    talk = run("chat", input="What is my cat's name?\n/profile\n/segments\n/quit\nnot said\n")
    assert talk.exit_code == 0
    assert "Zeno" in talk.stdout
    assert json.loads(run("stats", "--json").stdout)["page_count"] == 2


def test_a_line_that_cannot_be_kept_does_not_end_the_chat(
    run: Callable[..., Result], folder: Path
) -> None:
    lines = [b"a" * 200_000, b"My cat\xff is called Zeno.", b"Good night."]
    with start("chat", env=environment(folder), stdin=subprocess.PIPE) as talk:
        assert talk.stdin
        talk.stdin.buffer.write(b"\n".join(lines))
        _, errors = talk.communicate()
    assert talk.returncode == 0
    assert errors.splitlines() == [errors.rstrip("\n")]
    assert "has 200,000 bytes" in errors
    assert json.loads(run("stats", "--json").stdout)["page_count"] == 2
    found = json.loads(run("search", "Zeno", "--json").stdout)["pages"]
    assert found[0]["user_input"] == "My cat\ufffd is called Zeno."


# What goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["why", "fact-99"], 2, "there is no fact-99"),
        (["why", "nonsense"], 2, "is not an id"),
        (["add", " ", " "], 2, "both empty"),
        (["add", "x", "--timestamp", "soon"], 2, "no readable timestamp"),
        (["search", "x", "-n", "0"], 2, "max_results"),
        (["stats", "--embedder", "crystal-ball"], 2, "unknown embedding model"),
        (["stats", "--data", __file__], 3, ""),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(
    run: Callable[..., Result], words: list[str], code: int, message: str
) -> None:
    told = run(*words)
    assert (told.exit_code, told.stdout) == (code, "")
    assert told.stderr.startswith("memoryos: ")
    assert message in told.stderr
    assert "Traceback" not in told.stderr
    error = json.loads(run(*words, "--json").stderr)["error"]
    assert (error["exit_code"], message in error["message"]) == (code, True)


def test_each_kind_of_error_has_its_exit_code() -> None:
    errors = [UnknownIdError("x"), StorageUnavailableError("x"), EmbedderUnavailableError("x")]
    assert [exit_code(error) for error in errors] == [2, 3, 4]


def test_a_misspelt_command_is_told_as_json_where_asked(run: Callable[..., Result]) -> None:
    told = run("serch", "--json")
    assert told.exit_code == 2
    assert "search" in json.loads(told.stderr)["error"]["message"]


def test_an_interrupt_exits_with_130_and_keeps_what_was_said(
    run: Callable[..., Result], folder: Path
) -> None:
    with start("chat", "--json", env=environment(folder), stdin=subprocess.PIPE) as talk:
        assert talk.stdin
        assert talk.stdout
        talk.stdin.write("Good morning.\n")
        talk.stdin.flush()
        assert json.loads(talk.stdout.readline())["query"] == "Good morning."
        talk.send_signal(signal.SIGINT)
        _, errors = talk.communicate()
    assert (talk.returncode, errors) == (130, "")
    assert json.loads(run("stats", "--json").stdout)["page_count"] == 1


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    with start("demo", "--no-pause", "--language", "en", env=environment(folder)) as play:
        assert play.stdout
        assert play.stderr
        play.stdout.readline()
        play.stdout.close()
        assert play.stderr.read() == ""
    assert play.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device /dev/full")
@pytest.mark.parametrize("words", [["stats"], ["stats", "--json"], ["--help"]])
def test_output_that_cannot_be_written_is_told_in_a_sentence(
    folder: Path, words: list[str]
) -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [*MEMORYOS, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(folder),
        )
    assert told.returncode == 3
    assert "No space left on device" in told.stderr
    assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["chat"], ["import", "-"]])
def test_a_closed_stdin_is_told_in_a_sentence(folder: Path, words: list[str]) -> None:
    told = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *MEMORYOS, *words],
        capture_output=True,
        text=True,
        env=environment(folder),
    )
    assert told.returncode == 2
    assert told.stderr == "memoryos: there is nothing to read: standard input is closed\n"


# What reaches the terminal -------------------------------------------------------------------


def test_text_from_memory_cannot_steer_the_terminal(
    run: Callable[..., Result], terminal: dict[str, str]
) -> None:
    for number in range(9):
        run("add", f"My name is [blink]Eve\x1b[2J and I like {HOSTILE} {number}.", HOSTILE)
    for words in (
        ["search", "lighthouse", "--explain"],
        ["ask", "Which lighthouse do I like?"],
        ["why", "page-1"],
        ["segments"],
        ["profile"],
        ["stats", "--user", HOSTILE],
        ["why", HOSTILE],
    ):
        for variables in ({}, {**terminal, "NO_COLOR": ""}):
            told = run(*words, env=variables)
            for forbidden in ("\x1b[31mred", "\x1b[2J", "\x9b", "\x07", "\u202e"):
                assert forbidden not in told.output, words


def test_markup_and_emoji_codes_are_printed_as_they_were_said(run: Callable[..., Result]) -> None:
    run("add", HOSTILE, "")
    assert "[bold]x[/bold] :smile:" in run("search", "lighthouse").stdout


def test_control_characters_are_shown_as_escapes() -> None:
    assert visible("a\x1b[31m\nb\tc\x9b") == "a\\x1b[31m\nb\tc\\x9b"
    assert one_line("a\n b\r\x00c\u202e") == "a b \\x00c\\u202e"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x7F, 0x9F),
        (0x200E, 0x200F),
        (0x202A, 0x202E),
        (0x2066, 0x2069),
        (0xE0000, 0xE007F),
    ],
)
def test_what_cannot_be_seen_is_shown_as_escapes(first: int, last: int) -> None:
    unseen = "".join(map(chr, range(first, last + 1)))
    shown = visible(unseen)
    assert not set(unseen) & set(shown)
    assert shown.count("\\") == len(unseen)


def test_json_is_the_same_on_a_terminal(
    run: Callable[..., Result], terminal: dict[str, str]
) -> None:
    run("add", "Ich heiße Jürgen. 你好 👋", "")
    document = run("search", "Jürgen", "--json", env={**terminal, "NO_COLOR": ""}).stdout
    assert document.isascii()
    assert json.loads(document)["pages"][0]["user_input"] == "Ich heiße Jürgen. 你好 👋"


def test_a_terminal_without_the_letters_gets_escapes(folder: Path) -> None:
    narrow = environment(folder, PYTHONIOENCODING="cp1252")
    words = ["stats", "--user", "我"]
    told = subprocess.run([*MEMORYOS, *words], env=narrow, capture_output=True, check=True)
    assert b"user id\t\\u6211" in told.stdout


def test_on_a_terminal_segments_show_their_heat(
    run: Callable[..., Result], terminal: dict[str, str]
) -> None:
    for number in range(12):
        run("add", f"The kingfisher dived {number} times at the old mill.", "")
    shown = run("segments", env={**terminal, "NO_COLOR": ""}).stdout
    assert "█" in shown
    assert "LAST VISIT" in shown
    assert "█" not in run("segments").stdout


# Import --------------------------------------------------------------------------------------


def a_line(**changes: Any) -> str:
    return json.dumps({"user_input": "I saw an owl.", "agent_response": "Where?", **changes})


def test_import_takes_in_every_line_and_files_it(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "pages.jsonl"
    lines = [a_line(timestamp=f"2026-01-{day:02}", conversation_id="owls") for day in range(1, 11)]
    file.write_text("\n".join(lines), encoding="utf-8")
    told = run("import", str(file), "--user", "ann")
    assert (told.exit_code, told.stdout) == (0, "10 pages into the memory of ann\n")
    stats = json.loads(run("stats", "--user", "ann", "--json").stdout)
    assert (stats["page_count"], stats["awaiting_filing_count"]) == (10, 0)
    assert stats["mid_term_sessions_count"] > 0


def test_a_bad_line_is_named_and_nothing_is_imported(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "pages.jsonl"
    lines = [
        a_line(),
        "nonsense",
        a_line(timestamp="soon"),
        a_line(user_input="", agent_response=""),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    refused = run("import", str(file))
    assert refused.exit_code == 2
    for named in (
        "3 bad records",
        "line 2: is not JSON",
        "line 3: 'soon'",
        "line 4: ",
        "--skip-bad",
    ):
        assert named in refused.stderr
    assert json.loads(run("stats", "--json").stdout)["page_count"] == 0
    skipped = json.loads(run("import", str(file), "--skip-bad", "--json").stdout)
    assert (skipped["imported"], len(skipped["skipped"])) == ({"default": 1}, 3)


def test_import_shows_on_a_terminal_how_far_it_is(
    run: Callable[..., Result], terminal: dict[str, str]
) -> None:
    told = run("import", "-", input=a_line(), env=terminal)
    assert "writing default" in told.stderr
    assert "filing default" in told.stderr


def test_import_reads_from_stdin(run: Callable[..., Result]) -> None:
    assert run("import", "-", input=a_line()).stdout == "1 page into the memory of default\n"


@pytest.fixture
def boats(tmp_path: Path) -> str:
    """A LoCoMo-format file of two conversations."""

    def conversation(sample_id: str) -> dict[str, Any]:
        turn = {"speaker": "Ines", "dia_id": "D1:1", "text": f"I bought the boat {sample_id}."}
        talk = {"speaker_a": "Ines", "speaker_b": "Otto", "session_1": [turn]}
        talk["session_1_date_time"] = "1:56 pm on 8 May, 2023"
        return {"sample_id": sample_id, "conversation": talk, "qa": []}

    file = tmp_path / "boats.json"
    file.write_text(json.dumps([conversation("gull"), conversation("tern")]), encoding="utf-8")
    return str(file)


def test_each_locomo_conversation_is_the_memory_of_an_owner(
    run: Callable[..., Result], boats: str
) -> None:
    assert json.loads(run("import", boats, "--json").stdout)["imported"] == {"gull": 1, "tern": 1}
    (page,) = json.loads(run("search", "boat", "--user", "tern", "--json").stdout)["pages"]
    assert page["user_input"] == "I bought the boat tern."
    assert page["timestamp"] == "2023-05-08T13:56:00+00:00"
    assert (page["conversation_id"], page["meta_data"]) == ("session_1", {"dia_ids": ["D1:1"]})


def test_one_locomo_conversation_can_go_to_the_user(run: Callable[..., Result], boats: str) -> None:
    told = run("import", boats, "--sample", "gull", "--user", "ann")
    assert told.stdout == "1 page into the memory of ann\n"
    refused = run("import", boats, "--sample", "heron")
    assert (refused.exit_code, "gull, tern" in refused.stderr) == (2, True)


# Being in order ------------------------------------------------------------------------------


def test_doctor_finds_all_in_order_and_says_where_memory_is(
    run: Callable[..., Result], folder: Path
) -> None:
    """W10: the data folder is shown, and private."""
    run("add", "I keep bees.", "")
    told = run("doctor")
    assert told.exit_code == 0, told.output
    assert f"data folder: {folder}" in told.stdout
    assert json.loads(run("stats", "--json").stdout)["data_folder"] == str(folder)


def test_doctor_names_what_is_wrong_and_what_mends_it(
    run: Callable[..., Result], folder: Path
) -> None:
    run("add", "I keep bees.", "")
    folder.chmod(0o755)
    told = run("doctor", "--json")
    assert told.exit_code == 1
    (fault,) = [one for one in json.loads(told.stdout)["findings"] if not one["passed"]]
    assert (fault["check"], fault["remedy"]) == ("data folder", f"chmod 700 {folder}")


def test_doctor_survives_a_file_in_the_place_of_the_folder(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    told = run("doctor", "--data", str(tmp_path / "file"))
    assert told.exit_code == 1
    assert "is a file" in told.stdout


def test_help_tells_the_exit_codes_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from memoryos.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'sqlalchemy', 'alembic', 'rich', 'wordllama', 'openai', 'dateparser'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Exit codes: 0 done" in told.stdout
    assert "130" in told.stdout


def test_version_is_the_package_s(run: Callable[..., Result]) -> None:
    assert run("--version").stdout.startswith("memoryos 0.")
    for words in (["--version", "--json"], ["--json", "--version"]):
        assert json.loads(run(*words).stdout)["version"].startswith("0.")
