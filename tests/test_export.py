"""Export and import of a whole memory: what goes out comes back, all of it and nothing else."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from hypothesis import given, settings
from hypothesis import strategies as st

from memoryos import Memoryos
from memoryos.errors import InvalidArgumentError, UnreadableInputError
from memoryos.model import Evidence, Kind, Level, Owner, PageDraft, Trait
from memoryos.recall import Recall
from memoryos.store import SqlStore
from memoryos.store.base import ITEMS, FiledPage, ModelCalls, NewPage, Update, Use
from memoryos.testing.store_contract import a_fact, a_segment
from memoryos.transfer.json_stream import MAX_VALUE_BYTES
from memoryos.transfer.memory_file import ITEM_FIELDS
from memoryos.transfer.memory_writer import write_memory

Open = Callable[..., Memoryos]

PLACES = ("Turin", "Bergen", "Lagos", "Osaka", "Quito")
THINGS = ("kingfisher", "telescope", "sourdough", "violin", "canoe", "orchid", "lighthouse")
WORDS = {
    "home": "I live in {}.",
    "pet": "My dog's name is {}.",
    "job": "I work as a {}.",
}


def a_life(memory: Memoryos) -> None:
    """Four years of talk: facts superseded, pages forgotten, replies, traits, costs."""
    for number in range(120):
        day = NOON + timedelta(days=10 * number)
        thing, place = THINGS[number % 7], PLACES[number // 24]
        said = f"I saw the {thing} number {number} in {place}."
        if number % 24 == 0:
            said += f" I live in {place}. I work as a {thing} maker."
        memory.add_memory(
            said, f"What did you like about {thing} {number}?", day, {"number": number}
        )
    memory.add_memory("Je cherche un appartement à Genève.", "Bonne chance !", NOON)
    memory.add_memory("我养了一只叫年糕的猫。", "真可爱！", NOON + timedelta(days=1))
    memory.flush()
    memory.forget(page="page-25")
    memory.forget(text="number 50")
    memory.get_response("Where do I live?")
    memory.flush()
    record_what_models_leave(memory)


def record_what_models_leave(memory: Memoryos) -> None:
    store, owner = memory.engine.store, Owner(memory.user_id, memory.assistant_id)
    calls = ModelCalls(date(2026, 3, 2), "filing", "ok", 3, 4000, 500, 6000)
    store.record_model_calls(owner, [calls])
    lease = store.acquire(owner, holder="w", now=NOON, until=NOON + timedelta(minutes=1))
    assert lease is not None
    trait = Trait(
        number=1,
        dimension="Curiosity",
        level=Level.HIGH,
        reason="asks about birds",
        evidence=(Evidence(1, "I saw the kingfisher"),),
        learner="a-model",
        recorded_at=NOON,
        confirmed_at=NOON,
    )
    store.commit(lease, Update(traits=(trait,), traits_through=60))
    store.release(lease, due_at=None)


def exported(memory: Memoryos) -> list[bytes]:
    """The lines of an export, without when it was made."""
    file = io.BytesIO()
    memory.export_memory(file)
    return file.getvalue().splitlines()[1:]


def lines_of(memory: Memoryos) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(memory)]


def a_file(*lines: dict[str, Any] | bytes) -> io.BytesIO:
    """A memory file of these lines, with its header."""
    header = {"memoryos": {"version": 1, "exported_at": NOON.isoformat()}}
    encoded = [x if isinstance(x, bytes) else json.dumps(x).encode() for x in (header, *lines)]
    return io.BytesIO(b"\n".join(encoded) + b"\n")


def ranked(recall: Recall) -> list[tuple[Any, ...]]:
    """All that a recall says, in its order; scores to the last digits of a float32."""
    return [
        *(
            (item.page, item.excerpt, pytest.approx(item.score, rel=1e-5), item.why)
            for item in recall.pages
        ),
        *(
            (item.fact, pytest.approx(item.score, rel=1e-5))
            for item in (*recall.user_knowledge, *recall.assistant_knowledge)
        ),
        recall.outdated,
        recall.short_term,
        recall.profile,
    ]


@pytest.fixture
def lived(open_memory: Open) -> Memoryos:
    memory = open_memory("tom")
    a_life(memory)
    return memory


@pytest.fixture
def elsewhere(open_memory: Open, tmp_path: Path) -> Memoryos:
    """The same user in a data folder of another machine, empty."""
    return open_memory("tom", data_storage_path=tmp_path / "elsewhere")


# All of it --------------------------------------------------------------------------------------


def test_an_imported_memory_recalls_the_same(
    lived: Memoryos, elsewhere: Memoryos, tmp_path: Path
) -> None:
    """M10: the same pages and facts in the same order with the same scores, on 100 probes."""
    lived.export_memory(tmp_path / "tom.jsonl")
    elsewhere.import_memory(tmp_path / "tom.jsonl")
    probes = [f"What about the {THINGS[n % 7]} number {n}?" for n in range(85)]
    probes += [f"When did I live in {place}?" for place in PLACES]
    probes += [f"Did I work as a {thing} maker?" for thing in THINGS]
    probes += ["Où est l'appartement ?", "猫叫什么名字？", "Where did I live before?"]
    assert len(probes) == 100
    found = 0
    for probe in probes:
        recalled = lived.retrieve_memory(probe)
        assert ranked(elsewhere.retrieve_memory(probe)) == ranked(recalled), probe
        found += bool(recalled.pages)
    assert found > 80


def test_an_imported_memory_believes_the_same(lived: Memoryos, elsewhere: Memoryos) -> None:
    """M10: facts with both their times, what they rest on and what ended them, and traits."""
    file = io.BytesIO()
    lived.export_memory(file)
    file.seek(0)
    elsewhere.import_memory(file)
    facts = [f"fact-{line['fact']['number']}" for line in lines_of(lived) if "fact" in line]
    homes = [line["fact"] for line in lines_of(lived) if line.get("fact", {}).get("superseded_by")]
    assert homes
    for fact in facts:
        assert elsewhere.history(fact) == lived.history(fact)
        assert elsewhere.why(fact) == lived.why(fact)
    assert elsewhere.why("trait-1") == lived.why("trait-1")
    assert elsewhere.get_user_profile() == lived.get_user_profile()
    assert elsewhere.get_user_profile(as_of=NOON) == lived.get_user_profile(as_of=NOON)
    assert elsewhere.segments() == lived.segments()


def test_every_line_comes_back(lived: Memoryos, elsewhere: Memoryos) -> None:
    """M10: pages, segments, facts, traits, ledger, tombstones, costs: lossless."""
    before = exported(lived)
    kinds = {next(iter(json.loads(line))) for line in before}
    assert kinds == {
        "owner", "forgotten", "segment", "page", "fact", "trait", "use", "model_calls", "end",
    }  # fmt: skip
    elsewhere.import_memory(a_file(*before))
    assert exported(elsewhere) == before


def test_consolidation_goes_on_where_it_was(lived: Memoryos, elsewhere: Memoryos) -> None:
    elsewhere.import_memory(a_file(*exported(lived)))
    for memory in (lived, elsewhere):
        memory.add_memory("I live in Porto now.", "Since when?", NOON + timedelta(days=2000))
        memory.flush()
    assert exported(elsewhere) == exported(lived)


def test_no_number_is_used_again(open_memory: Open, elsewhere: Memoryos) -> None:
    memory = open_memory()
    for text in ("I keep bees.", "I keep hens."):
        memory.add_memory(text, "")
    memory.forget(page="page-2")
    elsewhere.import_memory(a_file(*exported(memory)))
    assert elsewhere.add_memory("I keep geese.", "") == "page-3"


def test_the_format_has_every_field_of_what_is_kept() -> None:
    """A field that is added to memory must be added to the format, or it would be lost."""
    assert {item: set(known) for item, known in ITEM_FIELDS.items()} == {
        item: {field.name for field in fields(item)} for item in ITEMS
    }


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
moments = st.datetimes(timezones=st.just(NOON.tzinfo))
drafts = st.builds(
    PageDraft,
    user_input=texts,
    agent_response=texts,
    timestamp=moments,
    conversation_id=st.none() | texts,
    meta_data=st.dictionaries(texts, texts | st.integers() | st.none(), max_size=2),
    learnable=st.booleans(),
    source=st.none() | st.text("0123456789abcdef", min_size=32, max_size=32),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(drafts, max_size=8), st.data())
def test_any_memory_survives_the_way_out_and_back(
    tmp_path_factory: pytest.TempPathFactory, pages: list[PageDraft], data: st.DataObject
) -> None:
    """M10: whatever texts, times and meta data there are."""
    folder = tmp_path_factory.mktemp("round")
    owner = Owner("tom", "assistant")
    with SqlStore.open(folder / "here") as store:
        new = [NewPage(draft, b"terms", None, ((Kind.PAGE, 1),)) for draft in pages]
        numbers = store.append_pages(owner, new, embedding_model="", now=NOON, due_at=NOON)
        kept = sorted(set(numbers))
        lease = store.acquire(owner, holder="w", now=NOON, until=NOON + timedelta(minutes=1))
        if lease is not None:
            update = Update(
                filed=tuple(FiledPage(n, kept[0], data.draw(texts), 1) for n in kept[:3]),
                segments=(a_segment(summary=data.draw(texts)),),
                facts=(a_fact(evidence=(Evidence(kept[0], data.draw(texts)),)),),
                removed=((Kind.PAGE, kept[-1]),) if len(kept) > 3 else (),
            )
            store.commit(lease, update)
            store.record_uses(owner, [Use(Kind.FACT, 1, 0, 2, data.draw(moments))])
        before = io.BytesIO()
        write_memory(store, [owner], before, now=NOON)
    with Memoryos("tom", data_storage_path=folder / "there", embedding_model_name="none",
                  assistant_id="assistant", background=False) as memory:  # fmt: skip
        before.seek(0)
        memory.import_memory(before)
        after = io.BytesIO()
        write_memory(memory.engine.store, [owner], after, now=NOON)
    assert after.getvalue() == before.getvalue()


# Where it comes to, and where not ----------------------------------------------------------------


def test_all_users_come_back_to_themselves(open_memory: Open, tmp_path: Path) -> None:
    for user, pet in (("ann", "greyhound"), ("bob", "parrot")):
        open_memory(user).add_memory(f"I have a {pet}.", "")
    open_memory("ann").engine.export_memory(tmp_path / "all.jsonl")
    there = {
        user: open_memory(user, data_storage_path=tmp_path / "there") for user in ("ann", "bob")
    }
    report = there["ann"].engine.import_memory(tmp_path / "all.jsonl")
    assert [(one.user_id, one.pages) for one in report.memories] == [("ann", 1), ("bob", 1)]
    for user, pet in (("ann", "greyhound"), ("bob", "parrot")):
        (page,) = there[user].retrieve_memory("What pet do I have?").short_term
        assert pet in page.user_input


def test_of_several_memories_the_one_of_the_same_name_is_taken(
    open_memory: Open, tmp_path: Path
) -> None:
    for user in ("ann", "bob"):
        open_memory(user).add_memory(f"I am {user}.", "")
    open_memory("ann").engine.export_memory(tmp_path / "all.jsonl")
    there = open_memory("bob", data_storage_path=tmp_path / "there")
    there.import_memory(tmp_path / "all.jsonl")
    assert [owner.owner.user_id for owner in there.engine.store.owners()] == ["bob"]
    with pytest.raises(InvalidArgumentError, match="choose one of 'ann'"):
        open_memory("eve", data_storage_path=tmp_path / "there").import_memory(
            tmp_path / "all.jsonl"
        )


def test_a_memory_that_is_there_is_not_mixed_with_another(
    lived: Memoryos, elsewhere: Memoryos
) -> None:
    elsewhere.add_memory("I keep bees.", "")
    before = exported(elsewhere)
    with pytest.raises(InvalidArgumentError, match="--user NAME"):
        elsewhere.import_memory(a_file(*exported(lived)))
    assert exported(elsewhere) == before
    elsewhere.forget(everything=True)
    assert elsewhere.import_memory(a_file(*exported(lived))).memories[0].pages > 100


def test_importing_again_changes_nothing_and_brings_nothing_back(
    lived: Memoryos, elsewhere: Memoryos
) -> None:
    """What was forgotten since is not brought back by the file that still has it."""
    file = exported(lived)
    elsewhere.import_memory(a_file(*file))
    elsewhere.add_memory("I keep bees.", "")
    elsewhere.forget(page="page-1")
    elsewhere.flush()
    before = exported(elsewhere)
    (again,) = elsewhere.import_memory(a_file(*file)).memories
    assert again.already_there
    assert exported(elsewhere) == before


def test_what_was_forgotten_is_not_in_the_file(lived: Memoryos, tmp_path: Path) -> None:
    """M9: a tombstone has a number, and no words."""
    lived.export_memory(tmp_path / "tom.jsonl")
    content = (tmp_path / "tom.jsonl").read_text(encoding="utf-8")
    assert '{"forgotten": {"kind": "page", "number": 25}}' in content
    assert "number 23 in" in content
    assert "number 24 in" not in content
    assert "number 50" not in content


def test_an_export_is_for_its_user_alone_and_whole_or_not_there(
    memory: Memoryos, tmp_path: Path
) -> None:
    memory.add_memory("I keep bees.", "")
    memory.export_memory(tmp_path / "tom.jsonl")
    assert stat.S_IMODE((tmp_path / "tom.jsonl").stat().st_mode) == 0o600
    before = (tmp_path / "tom.jsonl").read_bytes()
    memory.engine.store.close()
    with pytest.raises(Exception, match="closed"):
        memory.export_memory(tmp_path / "tom.jsonl")
    assert (tmp_path / "tom.jsonl").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["tom.jsonl"]
    with pytest.raises(InvalidArgumentError, match="cannot write"):
        memory.export_memory(tmp_path / "no" / "folder")


# Files that are not as they should be ------------------------------------------------------------

OWNER_LINE = {
    "owner": {
        "user_id": "tom",
        "assistant_id": "default_assistant_profile",
        "next_numbers": {"page": 10, "segment": 10, "fact": 10, "trait": 10},
        "traits_through": 0,
        "counts": dict.fromkeys(
            ("forgotten", "segment", "page", "fact", "trait", "use", "source", "model_calls"), 0
        ),
    }
}
END_LINE = {"end": {"owners": 1}}


def an_owner(count: int) -> dict[str, Any]:
    """An owner line that counts so many lines."""
    said = OWNER_LINE["owner"]
    return {"owner": {**said, "counts": {**said["counts"], "page": count}}}


def a_page(number: int = 1, **changes: Any) -> dict[str, Any]:
    fields_ = {
        "number": number,
        "user_input": f"I keep {number} bees.",
        "agent_response": "",
        "timestamp": NOON.isoformat(),
        "recorded_at": NOON.isoformat(),
        "conversation_id": None,
        "meta_data": {},
        "origin": "user",
        "learnable": True,
        "chain": None,
        "meta_chain": "",
        "segment": None,
        "analyst": None,
    }
    return {"page": {**fields_, **changes}}


def a_fact_line(number: int = 1, **changes: Any) -> dict[str, Any]:
    fields_ = {
        "number": number,
        "subject": "user",
        "attribute": "hobby",
        "value": "bees",
        "text": "keeps bees",
        "language": "en",
        "evidence": [{"page": 1, "quote": "I keep 1 bees."}],
        "origin": "user",
        "learner": "rules",
        "confidence": 0.9,
        "recorded_at": NOON.isoformat(),
        "valid_from": None,
        "valid_to": None,
        "superseded_at": None,
        "superseded_by": None,
    }
    return {"fact": {**fields_, **changes}}


def without(line: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        kind: {key: value for key, value in said.items() if key != name}
        for kind, said in line.items()
    }


BAD_LINES: dict[str, tuple[Any, str]] = {
    "no JSON": (b"nonsense", "is not JSON"),
    "no UTF-8": (b'{"page": "\xff"}', "is not UTF-8"),
    "too deep": (b"[" * 100_000, "is not JSON"),
    "too deep inside": (
        a_page(3, meta_data=json.loads('{"a":' * 40 + "1" + "}" * 40)),
        "meta_data: meta_data is nested",
    ),
    "too long": (b'{"page": "' + b"x" * MAX_VALUE_BYTES + b'"}', "is longer than"),
    "another kind": ({"pages": {}}, "must be an object with one key"),
    "a list": ([1], "holds a list"),
    "no object": ({"page": 7}, "is a int, not a JSON object"),
    "a field missing": (without(a_page(3), "origin"), "has no origin"),
    "a field unknown": (a_page(3, mood="glad"), "unknown field 'mood'"),
    "a wrong type": (a_page(3, user_input=7), "user_input: text must be text"),
    "a number as text": (a_page("3"), "number: must be a whole number"),  # type: ignore[arg-type]
    "a flag for a number": (a_page(True), "number: must be a whole number"),
    "a number too large": (a_page(2**63), "number: must be a whole number"),
    "a number of thousands of digits": (
        b'{"page": {"number": ' + b"9" * 5000 + b"}}",
        "is not JSON|has no|whole number",
    ),
    "a number to come": (a_page(10), "page-10 is beyond"),
    "a number twice": (a_page(1), "repeats page-1"),
    "the year 0": (a_page(3, timestamp="0000-01-01"), "timestamp: '0000-01-01' is no readable"),
    "after the year 9999": (
        a_page(3, timestamp="9999-12-31T23:59:59-05:00"),
        "timestamp: .* is no readable",
    ),
    "a time as a number": (a_page(3, recorded_at=0), "recorded_at: must be text"),
    "half a character": (a_page(3, user_input="\ud83d"), "lone surrogate"),
    "half a character inside": (a_page(3, meta_data={"a": "\ud83d"}), "meta_data: "),
    "a NUL": (a_page(3, agent_response="\0"), "NUL"),
    "a half too long": (a_page(3, user_input="x" * 100_001), "more than the limit of 100,000"),
    "no number at all": (b'{"use": {"count": NaN}}', "is not JSON"),
    "a chain to come": (a_page(3, chain=77), "its chain begins with page-77"),
    "nothing borne out": (a_fact_line(evidence=[]), "evidence: is empty"),
    "a missing page": (
        a_fact_line(evidence=[{"page": 7, "quote": ""}]),
        "rests on page-7, which is not there",
    ),
    "superseded by itself": (a_fact_line(superseded_by=1), "superseded by itself"),
    "a use of nothing": (
        {"use": {"kind": "fact", "number": 3, "page": 0, "count": 1, "used_at": NOON.isoformat()}},
        "names fact-3, which is not there",
    ),
    "no digest": ({"source": {"digest": "x", "page": 0}}, "digest: must be 32"),
    "a second header": ({"memoryos": {"version": 1}}, "is a second header"),
}


@pytest.mark.parametrize(("line", "problem"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_refused_by_its_number_or_passed_over(
    memory: Memoryos, line: Any, problem: str
) -> None:
    file = (an_owner(3), a_page(1), a_page(2), line, END_LINE)
    with pytest.raises(UnreadableInputError, match=rf"1 bad record: line 5: .*({problem})"):
        memory.import_memory(a_file(*file))
    assert not memory.engine.store.owners()
    report = memory.import_memory(a_file(*file), skip_bad=True)
    assert ([one.pages for one in report.memories], len(report.skipped)) == ([2], 1)
    assert memory.retrieve_memory("How many bees do I keep?").pages


def test_the_year_9999_is_a_year(memory: Memoryos) -> None:
    said = a_page(1, timestamp="9999-12-31T23:59:59.999999+00:00")
    memory.import_memory(a_file(an_owner(1), said, END_LINE))
    memory.flush()
    assert memory.retrieve_memory("How many bees do I keep?").pages


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (a_page(2, segment=4, chain=1, meta_chain="bees"), "stands in segment-4"),
        (a_fact_line(superseded_by=9, superseded_at=NOON.isoformat()), "superseded by fact-9"),
        (
            a_fact_line(evidence=[{"page": 1, "quote": "I keep"}, {"page": 7, "quote": "I"}]),
            "rests on page-7, too",
        ),
    ],
)
def test_what_hangs_on_a_missing_line_is_mended_where_it_is_passed_over(
    memory: Memoryos, line: dict[str, Any], told: str
) -> None:
    file = (an_owner(2), a_page(1), line, END_LINE)
    with pytest.raises(UnreadableInputError, match=told):
        memory.import_memory(a_file(*file))
    memory.import_memory(a_file(*file), skip_bad=True)
    (kind, said), *_ = line.items()
    (there,) = (
        x[kind] for x in lines_of(memory) if x.get(kind, {}).get("number") == said["number"]
    )
    changed = {name: there[name] for name in there if there[name] != said[name]}
    assert changed in (
        {"segment": None, "chain": None, "meta_chain": ""},
        {"superseded_by": None},
        {"evidence": [{"page": 1, "quote": "I keep"}]},
    )
    memory.flush()


def test_what_the_file_says_was_forgotten_is_not_taken_in(memory: Memoryos) -> None:
    gone = {"forgotten": {"kind": "page", "number": 2}}
    file = (an_owner(3), gone, a_page(1), a_page(2), END_LINE)
    with pytest.raises(UnreadableInputError, match="line 5: page: page-2 was forgotten"):
        memory.import_memory(a_file(*file))
    memory.import_memory(a_file(*file), skip_bad=True)
    assert [line["page"]["number"] for line in lines_of(memory) if "page" in line] == [1]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"nonsense\n", "line 1 is not JSON"),
        (json.dumps(a_page()).encode(), "line 1 is no header"),
        (b'{"memoryos": {"version": 2}}\n', "later version of MemoryOS"),
        (b'{"memoryos": {"version": "1"}}\n', "has no version"),
        (b'{"memoryos": 1}\n', "has no version"),
        (a_file(a_page()).getvalue(), "line 2 belongs to no owner"),
        (a_file({"owner": {"user_id": "tom"}}).getvalue(), "line 2 has no assistant_id"),
        (a_file(an_owner(0), an_owner(0)).getvalue(), "line 3 repeats an owner"),
        (a_file(END_LINE).getvalue(), "counts 1 owners, the file has 0"),
    ],
)
def test_what_is_no_memory_file_is_refused(memory: Memoryos, content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableInputError, match=problem):
        memory.import_memory(io.BytesIO(content))
    assert not memory.engine.store.owners()


def test_a_file_cut_short_is_refused_wherever_it_was_cut(memory: Memoryos) -> None:
    whole = a_file(an_owner(2), a_page(1), a_page(2), END_LINE).getvalue()
    for end in range(0, len(whole) - 2, 7):
        with pytest.raises(UnreadableInputError):
            memory.import_memory(io.BytesIO(whole[:end]))
    assert not memory.engine.store.owners()


class Gigabyte(io.BytesIO):
    """A memory file whose third line goes on for a gigabyte, made as it is read."""

    left = 1 << 30
    piece = bytes(MAX_VALUE_BYTES + 1)

    def readline(self, size: int | None = -1, /) -> bytes:
        if line := super().readline(size):
            return line
        assert size is not None
        assert 0 < size <= len(self.piece)
        read = self.piece[: min(size, self.left)]
        self.left -= len(read)
        return read


def test_a_line_of_a_gigabyte_is_passed_over_in_pieces(memory: Memoryos) -> None:
    with pytest.raises(UnreadableInputError, match="line 3: is longer than"):
        memory.import_memory(Gigabyte(a_file(an_owner(1)).getvalue()))


KILLED = """
import os, sys
from memoryos import Memoryos
from memoryos.store import restoring
written = restoring.WRITERS[restoring.Page]
def write(*batch):
    written(*batch)
    os._exit(9)
restoring.WRITERS[restoring.Page] = write
with Memoryos("tom", data_storage_path=sys.argv[1], background=False) as memory:
    memory.import_memory(sys.argv[2])
"""


def test_killed_amid_the_writing_nothing_stays_and_a_second_run_completes(
    lived: Memoryos, open_memory: Open, tmp_path: Path
) -> None:
    lived.export_memory(tmp_path / "tom.jsonl")
    there = tmp_path / "there"
    command = [sys.executable, "-c", KILLED, str(there), str(tmp_path / "tom.jsonl")]
    assert subprocess.run(command, check=False, env=os.environ).returncode == 9
    memory = open_memory("tom", data_storage_path=there)
    assert (memory.get_memory_stats()["page_count"], memory.engine.store.owners()) == (0, ())
    memory.import_memory(tmp_path / "tom.jsonl")
    assert exported(memory) == exported(lived)


def test_facts_that_end_one_another_in_a_circle_do_no_harm(memory: Memoryos) -> None:
    ended = {"superseded_at": NOON.isoformat(), "valid_to": NOON.isoformat()}
    circle = [a_fact_line(1, superseded_by=2, **ended), a_fact_line(2, superseded_by=1, **ended)]
    memory.import_memory(a_file(an_owner(3), a_page(1), *circle, END_LINE))
    assert len(memory.history("fact-1").statements) == 2
    memory.why("fact-1")
    memory.retrieve_memory("Which hobby did I have before?")
    memory.flush()
    memory.forget(fact="fact-1")
