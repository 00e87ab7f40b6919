"""What every Store must do: inherit `StoreContract` and give it the fixture `store`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest

from memoryos.errors import InvalidArgumentError, LeaseLostError, StorageUnavailableError
from memoryos.model import (
    Evidence,
    Fact,
    Kind,
    Level,
    Origin,
    Owner,
    Page,
    PageDraft,
    Segment,
    Speaker,
    Trait,
)
from memoryos.store.base import (
    REFUSED,
    RESERVED,
    Backlog,
    Changes,
    Embedding,
    Fault,
    FiledPage,
    Item,
    Lease,
    ModelCalls,
    NewPage,
    OwnerState,
    Progress,
    RestoredItem,
    RewrittenPage,
    Setback,
    Store,
    StoredFact,
    Update,
    Use,
    Visit,
)

ALICE = Owner("alice", "assistant")
BOB = Owner("bob", "assistant")
CAROL = Owner("carol", "assistant")
NOON = datetime(2026, 3, 2, 12, 0, 0, 123457, tzinfo=timezone.utc)
SPACE = "letters"
FIRST_ANALYSED = Update(analysed=(1,), analyst="rules")

# Owners that a careless key would take for one another (the third has a Cyrillic e), for SQL, or
# for a path.
HOSTILE = (
    Owner("alice", "assistan"),
    Owner("alic", "eassistant"),
    Owner("alicе", "assistant"),
    Owner("Alice", "assistant"),
    Owner("alice ", "assistant"),
    Owner("alice' OR '1'='1", "assistant"),
    Owner('alice"; DROP TABLE pages; --', "assistant"),
    Owner("../alice", "assistant"),
    Owner("/etc/passwd", "C:\\"),
    Owner("%", "_"),
    Owner("a" * 500, "assistant"),
    Owner("a" * 501, "assistant"),
    Owner("", ""),
)


def after(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def new_page(
    text: str = "I went hiking.",
    vectors: bytes | None = b"v",
    recalled: Iterable[tuple[Kind, int]] = (),
    **draft: Any,
) -> NewPage:
    fields: dict[str, Any] = {
        "user_input": text,
        "agent_response": "Tell me more.",
        "timestamp": NOON,
    }
    return NewPage(
        PageDraft(**{**fields, **draft}),
        terms=b"terms of " + text.encode(),
        vectors=vectors,
        recalled=tuple(recalled),
    )


def add(store: Store, owner: Owner, *texts: str, due_at: datetime = NOON) -> tuple[int, ...]:
    return append(store, owner, [new_page(text) for text in texts], due_at=due_at)


def append(
    store: Store,
    owner: Owner,
    pages: Sequence[NewPage],
    *,
    model: str = SPACE,
    due_at: datetime = NOON,
) -> tuple[int, ...]:
    return store.append_pages(owner, pages, embedding_model=model, now=NOON, due_at=due_at)


A_DIGEST, B_DIGEST = "a" * 32, "b" * 32


def remember(store: Store, owner: Owner) -> None:
    """Something of every kind."""
    append(store, owner, [new_page("one", source=A_DIGEST), new_page("two"), new_page("three")])
    store.record_model_calls(owner, [ModelCalls(date(2026, 3, 2), "filing", "ok", 1, 2, 3, 4)])
    taken = lease(store, owner)
    store.commit(
        taken,
        Update(
            filed=(FiledPage(1, 1, "hiking", 1),),
            segments=(a_segment(),),
            facts=(a_fact(),),
            traits=(a_trait(),),
            traits_through=2,
            removed=((Kind.PAGE, 2),),
        ),
    )
    store.release(taken, due_at=None)
    store.record_uses(owner, [Use(Kind.PAGE, 1, 0, 2, NOON)])


def exported(store: Store, owner: Owner) -> list[Any]:
    return list(store.export(owner))


def restore(store: Store, owner: Owner, state: OwnerState, items: Sequence[Item]) -> bool:
    return store.restore(
        replace(state, owner=owner),
        [
            RestoredItem(item, b"t", b"v" if isinstance(item, Page) and item.number == 1 else None)
            for item in items
        ],
        digest=A_DIGEST,
        embedding_model=SPACE,
        due_at=NOON,
    )


def lease(
    store: Store, owner: Owner, holder: str = "w", *, now: float = 0, until: float = 1
) -> Lease:
    taken = store.acquire(owner, holder=holder, now=after(now), until=after(until))
    assert taken is not None
    return taken


def claim(store: Store, holder: str = "worker", *, now: float = 0) -> Lease | None:
    """For a minute."""
    return store.claim(holder=holder, now=after(now), until=after(now + 1))


def set_aside(store: Store, owner: Owner, *, at: float = 0) -> None:
    """Fail twice, of two times allowed."""
    for _ in range(2):
        store.count_fault(owner, error="KeyError", now=after(at), limit=2)


def whole(store: Store, owner: Owner) -> Changes:
    return store.changes(owner, since=0)


def pages_of(store: Store, owner: Owner) -> tuple[Page, ...]:
    return tuple(stored.page for stored in whole(store, owner).pages)


def place(page: Page) -> tuple[int | None, str, int | None]:
    """Where filing put it."""
    return page.chain, page.meta_chain, page.segment


def due_at(store: Store, owner: Owner) -> datetime | None:
    return next(row.due_at for row in store.owners() if row.owner == owner)


def a_segment(number: int = 1, **changes: Any) -> Segment:
    fields: dict[str, Any] = {
        "number": number,
        "summary": "hiking",
        "keywords": ("hiking", "escursione", "山"),
        "started_at": after(-60),
        "ended_at": NOON,
        "visited_at": NOON,
        "page_count": 2,
        "interaction_length": 2,
    }
    return Segment(**{**fields, **changes})


def a_fact(number: int = 1, *, pages: Sequence[int] = (1,), **changes: Any) -> StoredFact:
    fields: dict[str, Any] = {
        "number": number,
        "subject": Speaker.USER,
        "attribute": "residence",
        "value": "Madrid",
        "text": "lives in Madrid",
        "language": "en",
        "evidence": tuple(Evidence(page, f"I live in Madrid ({page})") for page in pages),
        "origin": Origin.USER,
        "learner": "rules",
        "confidence": 0.875,
        "recorded_at": NOON,
        "valid_from": after(-600),
    }
    return StoredFact(Fact(**{**fields, **changes}), terms=b"madrid")


def a_trait(number: int = 1, *, pages: Sequence[int] = (1,), **changes: Any) -> Trait:
    fields: dict[str, Any] = {
        "number": number,
        "dimension": "Extraversion",
        "level": Level.HIGH,
        "reason": "loves company",
        "evidence": tuple(Evidence(page, "I love parties") for page in pages),
        "learner": "rules",
        "recorded_at": NOON,
        "confirmed_at": after(1),
    }
    return Trait(**{**fields, **changes})


def a_use(number: int = 1, page: int = 0, **changes: Any) -> Use:
    fields: dict[str, Any] = {"kind": Kind.FACT, "count": 1, "used_at": NOON}
    return Use(number=number, page=page, **{**fields, **changes})


def some_calls(calls: int = 1, **changes: Any) -> ModelCalls:
    """So many calls of 700 and 80 tokens and 1.5 s each."""
    fields: dict[str, Any] = {"day": NOON.date(), "purpose": "filing", "outcome": "ok"}
    return ModelCalls(
        **{**fields, **changes},
        calls=calls,
        prompt_tokens=700 * calls,
        completion_tokens=80 * calls,
        milliseconds=1500 * calls,
    )


class Follower:
    """Holds an owner's rows as a process does that follows the store by revision."""

    def __init__(self, store: Store, owner: Owner) -> None:
        self._store, self._owner = store, owner
        self.epoch, self.revision = "", 0
        self.rows: dict[tuple[str, int], Any] = {}

    def follow(self) -> Changes:
        changes = self._store.changes(self._owner, since=self.revision, epoch=self.epoch)
        if changes.reset:
            self.rows.clear()
        for kind, number in changes.removed:
            self.rows.pop((kind.value, number), None)
            self.rows.pop((f"{kind.value} vectors", number), None)
        for stored in changes.pages:
            known = self.rows.get(("page", stored.page.number))
            if known is not None and known.page.text != stored.page.text:
                self.rows.pop(("page vectors", stored.page.number), None)
            self.rows["page", stored.page.number] = stored
        self.rows.update({("fact", stored.fact.number): stored for stored in changes.facts})
        self.rows.update({("segment", segment.number): segment for segment in changes.segments})
        self.rows.update({("trait", trait.number): trait for trait in changes.traits})
        self.rows.update({(f"{e.kind.value} vectors", e.number): e for e in changes.embeddings})
        self.epoch, self.revision = changes.epoch, changes.revision
        return changes


def afresh(store: Store, owner: Owner) -> dict[tuple[str, int], Any]:
    follower = Follower(store, owner)
    follower.follow()
    return follower.rows


class PagesContract:
    def test_a_page_comes_back_as_it_was_written(self, store: Store) -> None:
        draft = PageDraft(
            user_input="Ich wohne in Köln 🏔\n'; --",
            agent_response="",
            timestamp=datetime(1969, 7, 20, 20, 17, 40, 999999, tzinfo=timezone.utc),
            conversation_id="c-1",
            meta_data={"mood": "好", "nested": [1, {"two": None}]},
            origin=Origin.IMPORT,
            learnable=False,
        )
        assert append(store, ALICE, [NewPage(draft, b"\x00terms", b"\x00vectors")]) == (1,)
        changes = whole(store, ALICE)
        stored = changes.pages[0]
        assert stored.terms == b"\x00terms"
        assert stored.page == Page(
            number=1,
            user_input=draft.user_input,
            agent_response="",
            timestamp=draft.timestamp,
            recorded_at=NOON,
            conversation_id="c-1",
            meta_data=draft.meta_data,
            origin=Origin.IMPORT,
            learnable=False,
        )
        assert changes.embeddings == (Embedding(Kind.PAGE, 1, b"\x00vectors"),)

    def test_pages_are_numbered_in_order_of_arrival(self, store: Store) -> None:
        assert add(store, ALICE, "a", "b") == (1, 2)
        assert add(store, BOB, "c") == (1,)
        assert add(store, ALICE, "d") == (3,)
        assert [page.user_input for page in pages_of(store, ALICE)] == ["a", "b", "d"]

    def test_numbers_of_removed_pages_are_never_used_again(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        assert store.remove_pages(ALICE, [2, 1, 2, 77]) == 2
        assert add(store, ALICE, "c") == (3,)
        (row,) = store.owners()
        assert row.page_count == 1

    def test_writing_no_pages_makes_no_owner(self, store: Store) -> None:
        assert append(store, ALICE, []) == ()
        assert store.owners() == ()

    def test_an_owner_never_seen_is_empty(self, store: Store) -> None:
        epoch, revision = store.revision(ALICE)
        assert epoch
        assert revision == 0
        assert whole(store, ALICE) == Changes(epoch, 0, reset=True, embedding_model="")
        assert store.segments(ALICE) == ()
        assert store.remove_pages(ALICE, [1]) == 0
        assert not store.set_embedding_model(ALICE, SPACE, due_at=NOON)
        store.record_visits(ALICE, [Visit(1, 1, NOON)], due_at=NOON)
        store.record_uses(ALICE, [a_use()])
        assert (store.uses(ALICE), store.model_calls(ALICE)) == ((), ())
        assert store.progress(ALICE) == Progress()
        assert store.acquire(ALICE, holder="w", now=NOON, until=after(1)) is None
        assert store.owners() == ()

    def test_text_that_no_encoding_can_hold_is_refused_and_nothing_written(
        self, store: Store
    ) -> None:
        broken = new_page(agent_response="\ud83d")
        with pytest.raises(InvalidArgumentError, match="surrogate"):
            append(store, ALICE, [new_page("fine"), broken])
        assert store.revision(ALICE)[1] == 0

    @pytest.mark.parametrize("other", HOSTILE, ids=range(len(HOSTILE)))
    def test_no_owner_sees_or_touches_the_rows_of_another(self, store: Store, other: Owner) -> None:
        """Invariant 6, W11."""
        append(store, ALICE, [new_page("mine", recalled=[(Kind.FACT, 1)])])
        add(store, other, "theirs", "theirs too")
        held = lease(store, other)
        store.commit(
            held,
            Update(
                segments=(a_segment(),),
                facts=(a_fact(),),
                traits=(a_trait(),),
                traits_through=2,
            ),
        )
        before = whole(store, ALICE)
        store.commit(held, Update(dissolved=(1,)))
        store.release(held, due_at=None, setback=Setback(1, "ModelUnavailableError", NOON))
        store.record_uses(other, [a_use(count=7), a_use(page=1)])
        store.record_model_calls(other, [some_calls()])
        store.record_visits(other, [Visit(1, 1, NOON)], due_at=NOON)
        store.set_embedding_model(other, "other", due_at=NOON)
        assert store.remove_pages(other, [1, 2]) == 2
        assert whole(store, ALICE) == before
        assert [page.user_input for page in pages_of(store, ALICE)] == ["mine"]
        assert (store.segments(ALICE), before.facts, before.traits) == ((), (), ())
        assert store.uses(ALICE) == (a_use(page=1),)
        assert (store.model_calls(ALICE), store.progress(ALICE)) == ((), Progress())
        assert {row.owner for row in store.owners()} == {ALICE, other}

    def test_threads_append_side_by_side(self, store: Store) -> None:
        def work(number: int) -> tuple[int, ...]:
            return add(store, ALICE, f"text {number}")

        with ThreadPoolExecutor(8) as threads:
            numbers = [number for got in threads.map(work, range(80)) for number in got]
        assert sorted(numbers) == list(range(1, 81))
        assert store.revision(ALICE)[1] == 80

    def test_changes_are_of_one_moment_while_others_write(self, store: Store) -> None:
        """A page and its vectors are written together, so they are read together."""
        add(store, ALICE, "first")

        def write(number: int) -> None:
            add(store, ALICE, f"text {number}")

        with ThreadPoolExecutor(2) as threads:
            writes = [threads.submit(write, number) for number in range(60)]
            for _ in range(60):
                changes = whole(store, ALICE)
                assert changes.revision == len(changes.pages) == len(changes.embeddings)
            for done in writes:
                done.result()

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.close()
        with pytest.raises(StorageUnavailableError, match="closed"):
            store.revision(ALICE)


class FollowingContract:
    def test_every_change_takes_the_next_revision(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        assert store.revision(ALICE)[1] == 1
        assert store.commit(lease(store, ALICE), FIRST_ANALYSED) == 2
        store.remove_pages(ALICE, [1])
        assert store.revision(ALICE)[1] == 3
        store.set_embedding_model(ALICE, "other", due_at=NOON)
        assert store.revision(ALICE)[1] == 4

    def test_removing_nothing_takes_no_revision(self, store: Store) -> None:
        add(store, ALICE, "a")
        assert store.remove_pages(ALICE, [9]) == 0
        assert store.remove_pages(ALICE, []) == 0
        assert store.revision(ALICE)[1] == 1

    def test_a_follower_is_given_what_is_new_and_nothing_else(self, store: Store) -> None:
        add(store, ALICE, "a", "b", "c")
        follower = Follower(store, ALICE)
        assert follower.follow().reset
        add(store, ALICE, "d")
        store.commit(lease(store, ALICE), Update(filed=(FiledPage(2, 1, "so far", 1),)))
        store.remove_pages(ALICE, [1])
        changes = follower.follow()
        assert not changes.reset
        assert [stored.page.number for stored in changes.pages] == [2, 4]
        assert [embedding.number for embedding in changes.embeddings] == [4]
        assert changes.removed == ((Kind.PAGE, 1),)
        assert not follower.follow().pages

    def test_a_follower_of_another_epoch_starts_over(self, store: Store) -> None:
        add(store, ALICE, "a")
        changes = store.changes(ALICE, since=1, epoch="restored from elsewhere")
        assert changes.reset
        assert len(changes.pages) == 1

    def test_a_follower_ahead_of_the_store_starts_over(self, store: Store) -> None:
        add(store, ALICE, "a")
        epoch, revision = store.revision(ALICE)
        assert store.changes(ALICE, since=revision + 1, epoch=epoch).reset

    def test_a_follower_who_missed_very_many_removals_still_learns_the_truth(
        self, store: Store
    ) -> None:
        append(store, ALICE, [new_page(str(n), None) for n in range(10_003)])
        early, late = Follower(store, ALICE), Follower(store, ALICE)
        early.follow()
        store.remove_pages(ALICE, [1])
        late.follow()
        store.remove_pages(ALICE, range(2, 10_002))
        early.follow()
        late.follow()
        assert early.rows == late.rows == afresh(store, ALICE)
        assert len(early.rows) == 2

    @pytest.mark.parametrize("seed", range(4))
    def test_following_step_by_step_equals_reading_everything(
        self, store: Store, seed: int
    ) -> None:
        chance = Random(seed)
        follower = Follower(store, ALICE)
        add(store, ALICE, "a")
        for step in range(40):
            held = [page.number for page in pages_of(store, ALICE)]
            deed = chance.choice(
                ("add", "remove", "move", "consolidate", "dissolve", "forget", "clear")
            )
            if deed == "add" or len(held) <= 1:
                add(store, ALICE, "x", "y")
            elif deed == "remove":
                store.remove_pages(ALICE, [chance.choice(held)])
            elif deed == "move":
                model = chance.choice((SPACE, "other"))
                store.set_embedding_model(ALICE, model, due_at=after(step))
            elif deed == "dissolve":
                self._dissolve(store, chance.randrange(1, 4))
            elif deed == "forget":
                self._forget(store, held[0], held[-1], chance)
            elif deed == "clear":
                held_by = lease(store, ALICE)
                store.clear(held_by)
            else:
                self._consolidate(store, chance.choice(held), chance)
            if chance.random() < 0.5:
                follower.follow()
                assert follower.rows == afresh(store, ALICE)
                assert (follower.epoch, follower.revision) == store.revision(ALICE)

    @staticmethod
    def _consolidate(store: Store, page: int, chance: Random) -> None:
        space = whole(store, ALICE).embedding_model
        store.commit(
            lease(store, ALICE),
            Update(
                filed=(FiledPage(page, page, "chain", chance.randrange(1, 4)),),
                analysed=(page,),
                analyst="rules",
                segments=(a_segment(chance.randrange(1, 4), summary=str(page)),),
                facts=(a_fact(chance.randrange(1, 4), pages=(page,)),),
                traits=(a_trait(chance.randrange(1, 3), pages=(page,)),),
                embeddings=(Embedding(Kind.PAGE, page, str(page).encode()),),
                embedding_model=space,
            ),
        )

    @staticmethod
    def _forget(store: Store, gone: int, rewritten: int, chance: Random) -> None:
        items = [(kind, chance.randrange(1, 4)) for kind in (Kind.FACT, Kind.TRAIT)]
        words = f"in other words {chance.random()}"
        store.commit(
            lease(store, ALICE),
            Update(
                removed=((Kind.PAGE, gone), *items),
                rewritten=(RewrittenPage(rewritten, words, b"other terms"),),
                blanked=(rewritten,),
            ),
        )

    @staticmethod
    def _dissolve(store: Store, segment: int) -> None:
        members = tuple(page.number for page in pages_of(store, ALICE) if page.segment == segment)
        store.commit(lease(store, ALICE), Update(unfiled=members, dissolved=(segment,)))


class EmbeddingsContract:
    """W9: spaces are never mixed."""

    def test_vectors_of_another_space_are_left_out(self, store: Store) -> None:
        add(store, ALICE, "a")
        append(store, ALICE, [new_page("b")], model="other")
        changes = whole(store, ALICE)
        assert changes.embedding_model == SPACE
        assert [stored.page.number for stored in changes.pages] == [1, 2]
        assert [embedding.number for embedding in changes.embeddings] == [1]

    def test_a_new_space_begins_empty_and_the_owner_comes_due(self, store: Store) -> None:
        add(store, ALICE, "a", due_at=after(60))
        assert store.set_embedding_model(ALICE, "other", due_at=after(5))
        changes = whole(store, ALICE)
        assert (changes.embedding_model, changes.embeddings) == ("other", ())
        assert due_at(store, ALICE) == after(5)

    def test_whoever_followed_the_old_space_starts_over(self, store: Store) -> None:
        """Or a move away and back would leave vectors in sight that the store has not."""
        add(store, ALICE, "a")
        follower = Follower(store, ALICE)
        follower.follow()
        store.set_embedding_model(ALICE, "other", due_at=NOON)
        store.set_embedding_model(ALICE, SPACE, due_at=NOON)
        assert follower.follow().reset
        assert follower.rows == afresh(store, ALICE)

    def test_the_same_space_again_changes_nothing(self, store: Store) -> None:
        add(store, ALICE, "a", due_at=after(60))
        before = whole(store, ALICE)
        assert not store.set_embedding_model(ALICE, SPACE, due_at=NOON)
        assert whole(store, ALICE) == before
        assert due_at(store, ALICE) == after(60)

    def test_vectors_embedded_for_the_old_space_are_refused(self, store: Store) -> None:
        append(store, ALICE, [new_page("a", None)])
        held = lease(store, ALICE)
        store.set_embedding_model(ALICE, "other", due_at=NOON)
        before = whole(store, ALICE)
        late = Update(
            analysed=(1,),
            analyst="rules",
            embeddings=(Embedding(Kind.PAGE, 1, b"late"),),
            embedding_model=SPACE,
        )
        with pytest.raises(LeaseLostError, match="other"):
            store.commit(held, late)
        assert whole(store, ALICE) == before

    def test_vectors_made_later_join_their_page_or_fact(self, store: Store) -> None:
        append(store, ALICE, [new_page("a", None)])
        made = (Embedding(Kind.FACT, 1, b"fact"), Embedding(Kind.PAGE, 1, b"page"))
        store.commit(
            lease(store, ALICE),
            Update(facts=(a_fact(),), embeddings=made, embedding_model=SPACE),
        )
        assert whole(store, ALICE).embeddings == made


class UpdatesContract:
    def test_an_update_is_written_whole(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        fact = a_fact(
            pages=(2, 1),
            valid_to=after(-1),
            superseded_at=NOON,
            superseded_by=7,
            subject=Speaker.AGENT,
            origin=Origin.TOOL,
        )
        segment = a_segment(archived_at=after(3), visit_count=4, learner="a-model")
        trait = a_trait(pages=(1, 2), superseded_at=after(2))
        store.commit(
            lease(store, ALICE),
            Update(
                filed=(FiledPage(1, 1, "first", 1), FiledPage(2, 1, "second", 1)),
                analysed=(2,),
                analyst="a-model",
                segments=(segment,),
                facts=(fact,),
                traits=(trait,),
            ),
        )
        changes = whole(store, ALICE)
        first, second = (stored.page for stored in changes.pages)
        assert place(first) == (1, "first", 1)
        assert place(second) == (1, "second", 1)
        assert (first.analyst, second.analyst) == (None, "a-model")
        assert changes.segments == store.segments(ALICE) == (segment,)
        assert changes.facts == (fact,)
        assert changes.traits == (trait,)

    def test_items_are_replaced_by_number_with_their_evidence(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        first = Update(facts=(a_fact(1, pages=(1, 2)), a_fact(2)), traits=(a_trait(pages=(1, 2)),))
        store.commit(lease(store, ALICE), first)
        fact, trait = a_fact(1, pages=(2,), value="Berlin"), a_trait(pages=(2,), level=Level.LOW)
        store.commit(lease(store, ALICE), Update(facts=(fact,), traits=(trait,)))
        changes = whole(store, ALICE)
        assert changes.facts == (fact, a_fact(2))
        assert changes.traits == (trait,)

    def test_next_numbers_follow_the_largest_ever_used(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        assert dict(whole(store, ALICE).next_numbers) == {
            Kind.PAGE: 3,
            Kind.SEGMENT: 1,
            Kind.FACT: 1,
            Kind.TRAIT: 1,
        }
        store.commit(
            lease(store, ALICE), Update(segments=(a_segment(4),), facts=(a_fact(3), a_fact(9)))
        )
        store.commit(lease(store, ALICE), Update(facts=(a_fact(2),), traits=(a_trait(1),)))
        store.remove_pages(ALICE, [2])
        assert dict(whole(store, ALICE).next_numbers) == {
            Kind.PAGE: 3,
            Kind.SEGMENT: 5,
            Kind.FACT: 10,
            Kind.TRAIT: 2,
        }

    @pytest.mark.parametrize(
        "update",
        [
            Update(filed=(FiledPage(1, 1, "", 1), FiledPage(2, 1, "", 1)), segments=(a_segment(),)),
            Update(analysed=(1, 2), analyst="rules"),
            Update(unfiled=(1, 2)),
            Update(unanalysed=(1, 2)),
            Update(facts=(a_fact(pages=(1, 2)),)),
            Update(traits=(a_trait(pages=(2,)),)),
            Update(embeddings=(Embedding(Kind.PAGE, 2, b"v"),), embedding_model=SPACE),
        ],
        ids=["filed", "analysed", "unfiled", "unanalysed", "fact", "trait", "embedding"],
    )
    def test_an_update_that_names_a_removed_page_is_refused_whole(
        self, store: Store, update: Update
    ) -> None:
        """Invariant 9: what was forgotten while an analyst read it does not come back."""
        add(store, ALICE, "a", "b")
        held = lease(store, ALICE)
        store.remove_pages(ALICE, [2])
        before = whole(store, ALICE)
        with pytest.raises(LeaseLostError, match="removed"):
            store.commit(held, update)
        assert whole(store, ALICE) == before

    def test_a_fact_whose_page_is_gone_can_still_be_superseded(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        store.commit(lease(store, ALICE), Update(facts=(a_fact(pages=(1,)),)))
        store.remove_pages(ALICE, [1])
        closed = a_fact(pages=(1,), superseded_at=NOON, superseded_by=2)
        store.commit(lease(store, ALICE), Update(facts=(closed, a_fact(2, pages=(2,)))))
        assert whole(store, ALICE).facts[0] == closed

    def test_a_page_may_be_filed_and_analysed_anew(self, store: Store) -> None:
        """What rules did while the model was away, the model does again."""
        add(store, ALICE, "a", "b")
        by_rules = Update(filed=(FiledPage(1, 1, "by rules", 1),), analysed=(1,), analyst="rules")
        store.commit(lease(store, ALICE), by_rules)
        by_model = Update(
            filed=(FiledPage(1, 2, "by a model", 2),), analysed=(1,), analyst="a-model"
        )
        store.commit(lease(store, ALICE), by_model)
        first, second = pages_of(store, ALICE)
        assert (place(first), first.analyst) == ((2, "by a model", 2), "a-model")
        assert (place(second), second.analyst) == ((None, "", None), None)

    def test_what_is_undone_is_as_it_was_before(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        fresh = pages_of(store, ALICE)
        filed = (FiledPage(1, 1, "so far", 1), FiledPage(2, 1, "so far", 1))
        held = lease(store, ALICE)
        store.commit(held, Update(filed=filed, analysed=(1, 2), analyst="rules"))
        store.commit(held, Update(unfiled=(1,), unanalysed=(2,)))
        first, second = pages_of(store, ALICE)
        assert (place(first), first.analyst) == (place(fresh[0]), "rules")
        assert (place(second), second.analyst) == ((1, "so far", 1), None)
        store.commit(held, Update(unfiled=(2,), unanalysed=(1,)))
        assert pages_of(store, ALICE) == fresh

    def test_one_update_may_undo_a_page_and_do_it_anew(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE)
        store.commit(held, Update(filed=(FiledPage(1, 1, "first", 1),), segments=(a_segment(1),)))
        again = Update(
            unfiled=(1,),
            unanalysed=(1,),
            dissolved=(1,),
            filed=(FiledPage(1, 1, "again", 2),),
            analysed=(1,),
            analyst="a-model",
            segments=(a_segment(2),),
        )
        store.commit(held, again)
        (page,) = pages_of(store, ALICE)
        assert (place(page), page.analyst) == ((1, "again", 2), "a-model")
        assert store.segments(ALICE) == (a_segment(2),)

    def test_a_dissolved_segment_leaves_a_tombstone_and_its_number(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE)
        filed = (FiledPage(1, 1, "so far", 1),)
        store.commit(held, Update(filed=filed, segments=(a_segment(1), a_segment(2))))
        follower = Follower(store, ALICE)
        follower.follow()
        store.commit(held, Update(unfiled=(1,), dissolved=(1, 1)))
        assert store.segments(ALICE) == (a_segment(2),)
        changes = follower.follow()
        assert changes.removed == ((Kind.SEGMENT, 1),)
        assert [stored.page.segment for stored in changes.pages] == [None]
        assert changes.next_numbers[Kind.SEGMENT] == 3

    @pytest.mark.parametrize(
        "update",
        [
            Update(dissolved=(2, 1)),
            Update(unfiled=(1,), dissolved=(1,)),
            Update(filed=(FiledPage(1, 1, "", 2), FiledPage(3, 3, "", 1)), dissolved=(1,)),
        ],
        ids=["all stay", "one stays", "one joins"],
    )
    def test_a_segment_that_a_page_names_is_not_dissolved(
        self, store: Store, update: Update
    ) -> None:
        """Invariant 2: no page may stand in a segment that is not there."""
        add(store, ALICE, "a", "b", "c")
        filed = (FiledPage(1, 1, "", 1), FiledPage(2, 1, "", 1))
        held = lease(store, ALICE)
        store.commit(held, Update(filed=filed, segments=(a_segment(1), a_segment(2))))
        before = whole(store, ALICE)
        with pytest.raises(LeaseLostError, match="stand in segments"):
            store.commit(held, update)
        assert whole(store, ALICE) == before

    def test_traits_asked_of_a_page_are_not_asked_again(self, store: Store) -> None:
        add(store, ALICE, "a", "b", "c")
        held = lease(store, ALICE)
        for through, known in ((2, 2), (1, 2), (None, 2), (3, 3)):
            store.commit(held, Update(analysed=(1,), analyst="rules", traits_through=through))
            assert store.progress(ALICE) == Progress(traits_through=known)

    def test_visits_warm_a_segment_without_a_revision(self, store: Store) -> None:
        """DESIGN: heat never bumps the revision."""
        add(store, ALICE, "a", due_at=after(60))
        store.commit(lease(store, ALICE), Update(segments=(a_segment(1), a_segment(2))))
        before = store.revision(ALICE)
        store.record_visits(
            ALICE,
            [Visit(1, 2, after(5)), Visit(1, 1, after(-5)), Visit(99, 1, NOON)],
            due_at=after(0.5),
        )
        warm, cold = store.segments(ALICE)
        assert (warm.visit_count, warm.visited_at) == (3, after(5))
        assert cold == a_segment(2)
        assert store.revision(ALICE) == before
        assert due_at(store, ALICE) == after(0.5)

    def test_segments_are_given_by_number_of_those_that_are_asked_for(self, store: Store) -> None:
        add(store, ALICE, "a")
        every = tuple(a_segment(number) for number in range(1, 5))
        store.commit(lease(store, ALICE), Update(segments=every))
        assert store.segments(ALICE, numbers=[4, 2, 99]) == (every[1], every[3])
        assert store.segments(ALICE, numbers=[]) == ()
        assert store.segments(BOB, numbers=[1]) == ()

    def test_visits_survive_an_update_that_did_not_see_them(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE)
        store.commit(held, Update(segments=(a_segment(),)))
        store.record_visits(ALICE, [Visit(1, 3, after(5))], due_at=NOON)
        store.commit(held, Update(segments=(a_segment(summary="new", interaction_length=0),)))
        (segment,) = store.segments(ALICE)
        assert (segment.summary, segment.interaction_length) == ("new", 0)
        assert (segment.visit_count, segment.visited_at) == (3, after(5))
        store.commit(held, Update(segments=(a_segment(visited_at=after(9)),)))
        assert store.segments(ALICE)[0].visited_at == after(9)


class LeasesContract:
    def test_one_holder_at_a_time(self, store: Store) -> None:
        add(store, ALICE, "a")
        add(store, BOB, "b")
        lease(store, ALICE, "first", until=1)
        assert store.acquire(ALICE, holder="second", now=after(0.9), until=after(2)) is None
        assert store.acquire(BOB, holder="second", now=after(0.9), until=after(2)) is not None

    def test_a_lease_from_a_clock_that_ran_ahead_keeps_nobody_out(self, store: Store) -> None:
        add(store, ALICE, "a")
        lease(store, ALICE, "first", now=1000, until=1001)
        assert store.acquire(ALICE, holder="second", now=NOON, until=after(1)) is not None

    def test_a_lease_taken_while_one_waited_for_it_is_respected(self, store: Store) -> None:
        """Who waited asks with a `now` of before."""
        add(store, ALICE, "a")
        lease(store, ALICE, "first", now=0.5, until=1)
        assert store.acquire(ALICE, holder="second", now=NOON, until=after(1)) is None

    def test_what_was_asked_for_stands_when_a_lease_is_renewed(self, store: Store) -> None:
        add(store, ALICE, "a")
        lease(store, ALICE)
        add(store, ALICE, "b", due_at=after(0.5))
        store.release(lease(store, ALICE, until=2), due_at=after(30))
        assert due_at(store, ALICE) == after(0.5)

    def test_a_longer_lease_than_ones_own_is_respected(self, store: Store) -> None:
        """It waits for a model, and the asker has none."""
        add(store, ALICE, "a")
        lease(store, ALICE, "with a model", until=5)
        assert store.acquire(ALICE, holder="rules", now=NOON, until=after(1)) is None

    def test_threads_that_race_for_a_lease_get_one(self, store: Store) -> None:
        add(store, ALICE, "a")

        def take(number: int) -> Lease | None:
            return store.acquire(ALICE, holder=f"w{number}", now=NOON, until=after(1))

        with ThreadPoolExecutor(8) as threads:
            taken = [got for got in threads.map(take, range(8)) if got is not None]
        assert len(taken) == 1

    def test_a_lease_that_ran_out_goes_to_another_and_the_first_cannot_commit(
        self, store: Store
    ) -> None:
        add(store, ALICE, "a")
        first = lease(store, ALICE, "first", until=1)
        second = lease(store, ALICE, "second", now=1, until=2)
        assert second.token > first.token
        with pytest.raises(LeaseLostError):
            store.commit(first, FIRST_ANALYSED)
        assert store.revision(ALICE)[1] == 1
        store.commit(second, FIRST_ANALYSED)

    def test_a_lease_that_ran_out_still_commits_if_nobody_took_over(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE, until=-1)
        assert store.commit(held, FIRST_ANALYSED) == 2

    def test_the_same_holder_may_take_it_again(self, store: Store) -> None:
        add(store, ALICE, "a")
        first = lease(store, ALICE, "w", until=1)
        again = lease(store, ALICE, "w", until=2)
        assert again.token > first.token
        with pytest.raises(LeaseLostError):
            store.commit(first, FIRST_ANALYSED)

    def test_a_lease_given_back_is_free_and_commits_no_more(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE, "first", until=10)
        store.release(held, due_at=None)
        with pytest.raises(LeaseLostError):
            store.commit(held, FIRST_ANALYSED)
        assert lease(store, ALICE, "second", until=1).token > held.token

    def test_a_lost_lease_is_let_go_silently(self, store: Store) -> None:
        add(store, ALICE, "a")
        first = lease(store, ALICE, "first", until=1)
        second = lease(store, ALICE, "second", now=1, until=2)
        store.release(first, due_at=after(50))
        assert due_at(store, ALICE) == after(2)
        store.commit(second, FIRST_ANALYSED)

    def test_a_setback_stands_until_the_lease_is_given_back_again(self, store: Store) -> None:
        add(store, ALICE, "a")
        for attempts in (1, 2):
            setback = Setback(attempts, "ModelUnavailableError", after(attempts))
            store.release(lease(store, ALICE), due_at=None, setback=setback)
            assert store.progress(ALICE) == Progress(setback)
        held = lease(store, ALICE)
        store.commit(held, Update(traits_through=1))
        add(store, ALICE, "b")
        assert store.progress(ALICE) == Progress(setback, traits_through=1)
        store.release(held, due_at=None)
        assert store.progress(ALICE) == Progress(traits_through=1)

    def test_a_lost_lease_leaves_the_setback_of_others_alone(self, store: Store) -> None:
        add(store, ALICE, "a")
        first = lease(store, ALICE, "first", until=1)
        setback = Setback(3, "UnreadableOutputError", after(9))
        store.release(lease(store, ALICE, "second", now=1, until=2), due_at=None, setback=setback)
        store.release(first, due_at=None)
        assert store.progress(ALICE) == Progress(setback)
        store.release(first, due_at=None, setback=Setback(1, "ModelUnavailableError", NOON))
        assert store.progress(ALICE) == Progress(setback)


class DueContract:
    def test_the_earliest_wish_stands(self, store: Store) -> None:
        for wish, stands in ((10, 10), (20, 10), (5, 5)):
            add(store, ALICE, "a", due_at=after(wish))
            assert due_at(store, ALICE) == after(stands)

    def test_a_dead_workers_owner_comes_due_when_its_lease_ends(self, store: Store) -> None:
        add(store, ALICE, "a")
        lease(store, ALICE, until=7)
        assert due_at(store, ALICE) == after(7)

    @pytest.mark.parametrize("wish", [3, None])
    @pytest.mark.parametrize("setback", [Setback(1, "ModelUnavailableError", after(60)), None])
    def test_giving_back_says_when_the_owner_is_due_next(
        self, store: Store, wish: float | None, setback: Setback | None
    ) -> None:
        add(store, ALICE, "a")
        moment = None if wish is None else after(wish)
        store.release(lease(store, ALICE), due_at=moment, setback=setback)
        assert due_at(store, ALICE) == moment

    @pytest.mark.parametrize("written", [0.5, 30])
    @pytest.mark.parametrize("wish", [60, None])
    def test_what_was_written_meanwhile_keeps_its_earlier_wish(
        self, store: Store, written: float, wish: float | None
    ) -> None:
        """Also where it lies beyond the end of the lease, which is at 1."""
        add(store, ALICE, "a")
        held = lease(store, ALICE, until=1)
        add(store, ALICE, "b", due_at=after(written))
        store.release(held, due_at=None if wish is None else after(wish))
        assert due_at(store, ALICE) == after(written)

    def test_owners_come_in_the_order_they_are_due(self, store: Store) -> None:
        owners = [Owner(name, "assistant") for name in ("c", "a", "d", "b")]
        for owner, minutes in zip(owners, (3, 1, 4, 2), strict=True):
            add(store, owner, "a", due_at=after(minutes))
        store.release(lease(store, owners[2]), due_at=None)
        names = [row.owner.user_id for row in store.owners()]
        assert names == ["a", "b", "c", "d"]
        assert [row.owner.user_id for row in store.owners(due_before=after(2))] == ["a", "b"]
        assert [row.owner.user_id for row in store.owners(limit=1)] == ["a"]
        assert store.owners(due_before=after(0.5)) == ()


class ClaimingContract:
    def test_who_has_been_due_for_longest_is_claimed_first(self, store: Store) -> None:
        for owner, minutes in ((ALICE, 2), (BOB, 1), (CAROL, 5)):
            add(store, owner, "a", due_at=after(minutes))
        claimed = [claim(store, holder, now=3) for holder in ("first", "second", "third")]
        assert [got.owner if got else None for got in claimed] == [BOB, ALICE, None]

    def test_a_claim_is_a_lease(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = claim(store, "first")
        assert held is not None
        assert store.acquire(ALICE, holder="second", now=NOON, until=after(1)) is None
        assert (held.until, due_at(store, ALICE)) == (after(1), after(1))
        store.commit(held, FIRST_ANALYSED)
        store.release(held, due_at=None)
        assert claim(store, "second") is None

    def test_what_was_written_meanwhile_is_claimed_once_the_lease_is_given_back(
        self, store: Store
    ) -> None:
        add(store, ALICE, "a")
        held = claim(store, "first")
        assert held is not None
        add(store, ALICE, "b")
        assert claim(store, "second") is None
        store.release(held, due_at=None)
        assert claim(store, "second") is not None

    def test_the_owner_of_a_dead_worker_is_claimed_when_its_lease_ends(self, store: Store) -> None:
        add(store, ALICE, "a")
        first = claim(store, "first")
        assert claim(store, "second", now=0.9) is None
        second = claim(store, "second", now=1)
        assert first is not None
        assert second is not None
        assert second.token > first.token

    def test_an_owner_leased_by_a_clock_that_ran_ahead_is_claimed(self, store: Store) -> None:
        add(store, ALICE, "a")
        lease(store, ALICE, "first", now=1000, until=1001)
        add(store, ALICE, "b")
        assert claim(store, "second") is not None

    def test_who_goes_to_the_end_of_the_line_comes_after_all_others(self, store: Store) -> None:
        for owner in (ALICE, BOB, CAROL):
            add(store, owner, "a")
        order = []
        for minutes in (1, 2, 3, 4):
            held = claim(store, now=minutes)
            assert held is not None
            order.append(held.owner)
            store.release(held, due_at=after(minutes))
        assert len(set(order[:3])) == 3
        assert order[3] == order[0]

    def test_threads_that_claim_at_once_get_an_owner_each(self, store: Store) -> None:
        owners = [Owner(f"user-{number}", "assistant") for number in range(12)]
        for owner in owners:
            add(store, owner, "a")

        def take(number: int) -> Lease | None:
            return claim(store, f"w{number}")

        with ThreadPoolExecutor(8) as threads:
            claimed = [got.owner for got in threads.map(take, range(20)) if got is not None]
        assert sorted(claimed, key=lambda owner: owner.key) == sorted(
            owners, key=lambda owner: owner.key
        )

    def test_a_cleared_owner_is_not_claimed(self, store: Store) -> None:
        add(store, ALICE, "a")
        store.clear(lease(store, ALICE))
        store.record_visits(ALICE, [Visit(1, 1, NOON)], due_at=NOON)
        assert claim(store) is None


class SetAsideContract:
    def test_failures_are_counted_until_the_owner_is_put_back(self, store: Store) -> None:
        add(store, ALICE, "a", due_at=after(7))
        for count, error in ((1, "KeyError"), (2, "ValueError")):
            assert store.count_fault(ALICE, error=error, now=NOON, limit=3) == count
            assert store.progress(ALICE).fault == Fault(count, error, None)
        assert store.put_back(ALICE, now=NOON) == 1
        assert store.progress(ALICE) == Progress()
        assert due_at(store, ALICE) == NOON
        assert store.put_back(ALICE, now=NOON) == 0

    def test_with_the_last_failure_no_worker_finds_the_owner_any_more(self, store: Store) -> None:
        add(store, ALICE, "a")
        add(store, BOB, "b")
        set_aside(store, ALICE, at=5)
        assert store.progress(ALICE).fault == Fault(2, "KeyError", after(5))
        add(store, ALICE, "c")
        assert [row.owner for row in store.owners(due_before=after(9))] == [BOB]
        assert {row.owner: row.set_aside_at for row in store.owners()} == {
            ALICE: after(5),
            BOB: None,
        }
        claimed = claim(store, now=9)
        assert claimed is not None
        assert claimed.owner == BOB
        assert claim(store, now=9) is None

    def test_since_when_stays_though_it_fails_again_by_hand(self, store: Store) -> None:
        add(store, ALICE, "a")
        set_aside(store, ALICE, at=5)
        store.count_fault(ALICE, error="ValueError", now=after(8), limit=2)
        assert store.progress(ALICE).fault == Fault(3, "ValueError", after(5))

    def test_whoever_asks_by_name_has_the_owner_all_the_same(self, store: Store) -> None:
        add(store, ALICE, "a")
        set_aside(store, ALICE)
        assert add(store, ALICE, "b") == (2,)
        held = lease(store, ALICE)
        store.commit(held, FIRST_ANALYSED)
        store.release(held, due_at=NOON)
        assert store.progress(ALICE).fault is not None

    def test_all_are_put_back_who_were_set_aside(self, store: Store) -> None:
        for owner in (ALICE, BOB, CAROL):
            add(store, owner, "a", due_at=after(60))
        for owner in (ALICE, BOB):
            set_aside(store, owner)
        store.count_fault(CAROL, error="KeyError", now=NOON, limit=2)
        assert store.put_back(now=NOON) == 2
        assert [row.owner for row in store.owners(due_before=NOON)] == sorted(
            (ALICE, BOB), key=lambda owner: owner.key
        )
        assert store.progress(CAROL).fault == Fault(1, "KeyError", None)

    def test_an_owner_never_seen_does_not_fail(self, store: Store) -> None:
        assert store.count_fault(ALICE, error="KeyError", now=NOON, limit=1) == 0
        assert (store.put_back(ALICE, now=NOON), store.put_back(now=NOON)) == (0, 0)

    def test_who_is_cleared_begins_anew(self, store: Store) -> None:
        add(store, ALICE, "a")
        set_aside(store, ALICE)
        store.clear(lease(store, ALICE))
        add(store, ALICE, "b")
        assert store.progress(ALICE).fault is None

    def test_the_backlog_counts_who_waits_and_who_was_set_aside(self, store: Store) -> None:
        assert store.backlog(now=NOON) == Backlog(0, None, 0)
        owners = [Owner(f"user-{number}", "assistant") for number in range(5)]
        for minutes, owner in enumerate(owners):
            add(store, owner, "a", due_at=after(minutes))
        set_aside(store, owners[0])
        assert store.backlog(now=after(3)) == Backlog(3, after(1), 1)
        claim(store, now=3)
        assert store.backlog(now=after(3)) == Backlog(2, after(2), 1)


class LedgerContract:
    def test_a_page_is_written_with_what_entered_its_prompt(self, store: Store) -> None:
        """DESIGN §7. A number that nothing has, or has no longer, is kept as it is."""
        add(store, ALICE, "a", "b")
        recalled = [(Kind.PAGE, 1), (Kind.FACT, 99), (Kind.PAGE, 1)]
        append(store, ALICE, [new_page("c", recalled=recalled), new_page("d"), new_page("e")])
        assert store.uses(ALICE) == (a_use(99, page=3), a_use(1, page=3, kind=Kind.PAGE))

    def test_a_page_refused_leaves_nothing_in_the_ledger(self, store: Store) -> None:
        add(store, ALICE, "a")
        broken = new_page(agent_response="\ud83d")
        with pytest.raises(InvalidArgumentError):
            append(store, ALICE, [new_page(recalled=[(Kind.PAGE, 1)]), broken])
        assert store.uses(ALICE) == ()

    def test_uses_add_up_and_the_last_time_stays(self, store: Store) -> None:
        append(store, ALICE, [new_page(recalled=[(Kind.FACT, 1)])])
        store.record_uses(ALICE, [a_use(page=0, count=2, used_at=after(5))])
        store.record_uses(ALICE, [a_use(page=0, used_at=after(3)), a_use(page=1)])
        store.record_uses(ALICE, [a_use(page=0), a_use(page=0, used_at=after(4))])
        assert store.uses(ALICE) == (
            a_use(page=0, count=5, used_at=after(5)),
            a_use(page=1, count=2),
        )

    def test_the_ledger_takes_no_revision_and_asks_for_nobody(self, store: Store) -> None:
        add(store, ALICE, "a", due_at=after(60))
        before = whole(store, ALICE)
        store.record_uses(ALICE, [a_use()])
        store.record_uses(ALICE, [])
        assert whole(store, ALICE) == before
        assert due_at(store, ALICE) == after(60)

    def test_the_ledger_is_read_by_item_and_by_reply(self, store: Store) -> None:
        add(store, ALICE, "a")
        uses = (
            a_use(2, page=10),
            a_use(10, page=0),
            a_use(1, page=2, kind=Kind.PAGE),
            a_use(10, page=2, kind=Kind.PAGE),
            a_use(10, page=10, kind=Kind.PAGE),
        )
        store.record_uses(ALICE, uses[::-1])
        assert store.uses(ALICE) == uses
        assert store.uses(ALICE, item=(Kind.PAGE, 10)) == uses[3:]
        assert store.uses(ALICE, page=2) == uses[2:4]
        assert store.uses(ALICE, item=(Kind.PAGE, 10), page=2) == uses[3:4]
        assert store.uses(ALICE, page=0) == uses[1:2]
        assert store.uses(ALICE, pages=(1, 2)) == tuple(use for use in uses if use.page in (1, 2))
        assert store.uses(ALICE, item=(Kind.TRAIT, 1)) == ()

    def test_a_removed_page_leaves_the_ledger_as_item_and_as_reply(self, store: Store) -> None:
        add(store, ALICE, "a")
        recalled = [(Kind.PAGE, 1), (Kind.FACT, 2)]
        append(store, ALICE, [new_page(recalled=recalled), new_page(recalled=recalled)])
        store.record_uses(ALICE, [a_use(2, kind=Kind.PAGE), a_use(3, kind=Kind.PAGE)])
        store.remove_pages(ALICE, [2])
        assert store.uses(ALICE) == (
            a_use(2, page=3),
            a_use(1, page=3, kind=Kind.PAGE),
            a_use(3, page=0, kind=Kind.PAGE),
        )

    def test_threads_that_note_uses_side_by_side_lose_none(self, store: Store) -> None:
        add(store, ALICE, "a")

        def note(number: int) -> None:
            store.record_uses(ALICE, [a_use(1), a_use(2)][:: 1 if number % 2 else -1])

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(note, range(40)))
        assert store.uses(ALICE) == (a_use(1, count=40), a_use(2, count=40))


class AccountsContract:
    """C7."""

    def test_calls_add_up_by_day_purpose_and_outcome(self, store: Store) -> None:
        add(store, ALICE, "a")
        others = (
            some_calls(day=date(2026, 3, 1)),
            some_calls(outcome="UnreadableOutputError"),
            some_calls(purpose="promotion"),
        )
        store.record_model_calls(ALICE, [some_calls(2), *others, some_calls(3)])
        store.record_model_calls(ALICE, [some_calls(5)])
        store.record_model_calls(ALICE, [])
        yesterday, unreadable, promotion = others
        assert store.model_calls(ALICE) == (yesterday, unreadable, some_calls(10), promotion)

    def test_the_accounts_are_read_from_a_day_on(self, store: Store) -> None:
        days = tuple(some_calls(day=NOON.date() + timedelta(days)) for days in (-70, -1, 0))
        store.record_model_calls(ALICE, days)
        assert store.model_calls(ALICE, since=NOON.date()) == days[2:]
        assert store.model_calls(ALICE, since=NOON.date() - timedelta(1)) == days[1:]
        assert store.model_calls(ALICE, since=NOON.date() + timedelta(1)) == ()

    def test_an_owner_never_seen_has_accounts_and_stays_unseen(self, store: Store) -> None:
        store.record_model_calls(ALICE, [some_calls()])
        assert store.model_calls(ALICE) == (some_calls(),)
        assert store.owners() == ()
        add(store, ALICE, "a")
        assert store.model_calls(ALICE) == (some_calls(),)

    def test_a_reservation_counts_until_it_is_settled(self, store: Store) -> None:
        most = some_calls(outcome=RESERVED)
        assert store.reserve_model_calls(ALICE, most, daily_calls=None, daily_tokens=None)
        assert store.reserve_model_calls(ALICE, most, daily_calls=None, daily_tokens=None)
        assert store.model_calls(ALICE) == (some_calls(2, outcome=RESERVED),)
        store.settle_model_calls(ALICE, most, [some_calls()])
        assert store.model_calls(ALICE) == (some_calls(), most)
        store.settle_model_calls(ALICE, most, [some_calls()])
        assert store.model_calls(ALICE) == (some_calls(2),)

    @pytest.mark.parametrize("bound", [{"daily_calls": 3}, {"daily_tokens": 3 * 780}])
    def test_what_exceeds_the_day_is_not_reserved(
        self, store: Store, bound: dict[str, int]
    ) -> None:
        budget = {"daily_calls": None, "daily_tokens": None, **bound}
        most = some_calls(outcome=RESERVED)
        store.record_model_calls(
            ALICE,
            [
                some_calls(),
                some_calls(purpose="reply", outcome="ModelUnavailableError"),
                some_calls(9, outcome=REFUSED),
                some_calls(9, day=NOON.date() - timedelta(1)),
                some_calls(9, day=NOON.date() + timedelta(1)),
            ],
        )
        store.record_model_calls(BOB, [some_calls(9)])
        assert store.reserve_model_calls(ALICE, most, **budget)
        before = store.model_calls(ALICE)
        assert not store.reserve_model_calls(ALICE, most, **budget)
        assert store.model_calls(ALICE) == before

    def test_threads_that_reserve_at_once_stay_within_the_budget(self, store: Store) -> None:
        most = some_calls(outcome=RESERVED)

        def reserve(_: int) -> bool:
            return store.reserve_model_calls(ALICE, most, daily_calls=5, daily_tokens=None)

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(reserve, range(24))) == 5
        assert store.model_calls(ALICE) == (some_calls(5, outcome=RESERVED),)

    def test_a_reservation_that_was_forgotten_takes_nothing_from_another(
        self, store: Store
    ) -> None:
        add(store, ALICE, "a")
        large, small = some_calls(2, outcome=RESERVED), some_calls(outcome=RESERVED)
        assert store.reserve_model_calls(ALICE, large, daily_calls=None, daily_tokens=None)
        store.clear(lease(store, ALICE))
        assert store.reserve_model_calls(ALICE, small, daily_calls=None, daily_tokens=None)
        store.settle_model_calls(ALICE, large, [some_calls(2)])
        assert store.model_calls(ALICE) == (some_calls(2), small)

    def test_accounts_take_no_revision(self, store: Store) -> None:
        add(store, ALICE, "a")
        before = whole(store, ALICE)
        store.record_model_calls(ALICE, [some_calls()])
        assert whole(store, ALICE) == before


class SourcesContract:
    """What pages were imported from: nothing is imported twice."""

    def test_a_page_of_a_known_source_is_not_written_again(self, store: Store) -> None:
        first = append(store, ALICE, [new_page("one", source=A_DIGEST), new_page("two")])
        again = append(
            store,
            ALICE,
            [
                new_page("other words", source=A_DIGEST),
                new_page("three", source=B_DIGEST),
                new_page("three again", source=B_DIGEST),
            ],
        )
        assert (first, again) == ((1, 2), (1, 3, 3))
        assert [page.user_input for page in pages_of(store, ALICE)] == ["one", "two", "three"]
        assert store.owners()[0].page_count == 3

    def test_where_all_is_known_nothing_happens(self, store: Store) -> None:
        append(store, ALICE, [new_page(source=A_DIGEST)])
        revision = store.revision(ALICE)
        assert append(store, ALICE, [new_page(source=A_DIGEST)]) == (1,)
        assert store.revision(ALICE) == revision

    def test_sources_are_an_owner_s_own(self, store: Store) -> None:
        append(store, ALICE, [new_page(source=A_DIGEST)])
        assert store.known_sources(BOB, [A_DIGEST]) == {}
        assert append(store, BOB, [new_page(source=A_DIGEST)]) == (1,)
        assert store.known_sources(ALICE, [A_DIGEST, B_DIGEST]) == {A_DIGEST: 1}

    def test_a_source_outlives_its_page(self, store: Store) -> None:
        append(store, ALICE, [new_page(source=A_DIGEST), new_page(source=B_DIGEST)])
        store.remove_pages(ALICE, [1])
        store.commit(lease(store, ALICE), Update(removed=((Kind.PAGE, 2),)))
        assert store.known_sources(ALICE, [A_DIGEST, B_DIGEST]) == {A_DIGEST: 0, B_DIGEST: 0}
        assert append(store, ALICE, [new_page(source=A_DIGEST)]) == (0,)
        assert pages_of(store, ALICE) == ()

    def test_a_source_goes_with_its_owner(self, store: Store) -> None:
        append(store, ALICE, [new_page(source=A_DIGEST)])
        store.clear(lease(store, ALICE))
        assert store.known_sources(ALICE, [A_DIGEST]) == {}
        assert append(store, ALICE, [new_page(source=A_DIGEST)]) == (2,)

    def test_sources_beyond_one_statement_are_found(self, store: Store) -> None:
        digests = [f"{number:032x}" for number in range(1200)]
        append(store, ALICE, [new_page(str(n), source=one) for n, one in enumerate(digests)])
        assert len(store.known_sources(ALICE, digests)) == 1200


class RestoringContract:
    """A memory out of one store and into another, for an owner who has none."""

    def test_nothing_is_exported_of_an_owner_without_memory(self, store: Store) -> None:
        assert list(store.export(ALICE)) == []
        add(store, ALICE, "one")
        store.clear(lease(store, ALICE))
        assert list(store.export(ALICE)) == []

    def test_what_was_exported_is_restored_as_it_was(self, store: Store) -> None:
        remember(store, ALICE)
        state, *items = exported(store, ALICE)
        assert restore(store, BOB, state, items)
        again, *others = exported(store, BOB)
        assert others == items
        assert again == replace(state, owner=BOB)
        alice, bob = whole(store, ALICE), whole(store, BOB)
        assert [stored.page for stored in bob.pages] == [stored.page for stored in alice.pages]
        assert (bob.segments, bob.traits) == (alice.segments, alice.traits)
        assert bob.next_numbers == alice.next_numbers
        assert (bob.pages[0].terms, bob.embeddings) == (b"t", (Embedding(Kind.PAGE, 1, b"v"),))
        assert store.owners()[0].page_count == len(bob.pages)

    def test_an_owner_who_has_a_memory_keeps_it(self, store: Store) -> None:
        remember(store, ALICE)
        state, *items = exported(store, ALICE)
        add(store, BOB, "mine")
        assert store.restored_from(BOB) == ""
        assert not restore(store, BOB, state, items)
        assert [page.user_input for page in pages_of(store, BOB)] == ["mine"]

    def test_a_restored_owner_is_known_by_what_it_was_restored_from(self, store: Store) -> None:
        remember(store, ALICE)
        state, *items = exported(store, ALICE)
        assert store.restored_from(BOB) is None
        restore(store, BOB, state, items)
        add(store, BOB, "more")
        assert store.restored_from(BOB) == A_DIGEST
        assert not restore(store, BOB, state, items)
        store.clear(lease(store, BOB))
        assert store.restored_from(BOB) is None
        assert restore(store, BOB, state, items)

    def test_whoever_followed_a_cleared_owner_sees_it_restored(self, store: Store) -> None:
        remember(store, ALICE)
        state, *items = exported(store, ALICE)
        add(store, BOB, "mine")
        store.clear(lease(store, BOB))
        seen = whole(store, BOB)
        restore(store, BOB, state, items)
        changes = store.changes(BOB, since=seen.revision, epoch=seen.epoch)
        assert [stored.page.number for stored in changes.pages] == [1, 3]

    def test_a_restore_that_breaks_off_leaves_nothing(self, store: Store) -> None:
        remember(store, ALICE)
        state, *items = exported(store, ALICE)

        def broken() -> Iterator[RestoredItem]:
            yield from map(RestoredItem, items[:3])
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.restore(
                replace(state, owner=BOB),
                broken(),
                digest=A_DIGEST,
                embedding_model=SPACE,
                due_at=NOON,
            )
        assert store.revision(BOB)[1] == 0
        assert whole(store, BOB).pages == ()


class ForgettingContract:
    """M9: what is deleted through an update, or with its whole owner."""

    def test_what_is_removed_goes_with_all_that_hangs_on_it(self, store: Store) -> None:
        append(store, ALICE, [new_page("a"), new_page("b", recalled=[(Kind.FACT, 1)])])
        append(store, ALICE, [new_page("c", recalled=[(Kind.PAGE, 1), (Kind.FACT, 2)])])
        held = lease(store, ALICE)
        made = (Embedding(Kind.FACT, 1, b"f"), Embedding(Kind.FACT, 2, b"f"))
        store.commit(
            held,
            Update(
                facts=(a_fact(1), a_fact(2, pages=(2,))),
                traits=(a_trait(1), a_trait(2, pages=(2,))),
                embeddings=made,
                embedding_model=SPACE,
            ),
        )
        follower = Follower(store, ALICE)
        follower.follow()
        gone = ((Kind.PAGE, 1), (Kind.FACT, 1), (Kind.TRAIT, 1))
        store.commit(held, Update(removed=gone))
        changes = whole(store, ALICE)
        assert [stored.page.number for stored in changes.pages] == [2, 3]
        assert (changes.facts, changes.traits) == (
            (a_fact(2, pages=(2,)),),
            (a_trait(2, pages=(2,)),),
        )
        assert {(e.kind, e.number) for e in changes.embeddings} == {
            (Kind.PAGE, 2),
            (Kind.PAGE, 3),
            (Kind.FACT, 2),
        }
        assert store.uses(ALICE) == (a_use(2, page=3),)
        assert set(follower.follow().removed) == set(gone)
        assert follower.rows == afresh(store, ALICE)
        (row,) = store.owners()
        assert row.page_count == 2
        # Nor does evidence come back with a fact of that number.
        store.commit(held, Update(facts=(a_fact(1, pages=(3,)),)))
        assert whole(store, ALICE).facts[0] == a_fact(1, pages=(3,))

    def test_an_update_removes_pages_and_dissolves_their_segment(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        held = lease(store, ALICE)
        filed = (FiledPage(1, 1, "", 1), FiledPage(2, 1, "", 2))
        store.commit(held, Update(filed=filed, segments=(a_segment(1), a_segment(2))))
        store.commit(held, Update(removed=((Kind.PAGE, 1),), dissolved=(1,)))
        assert [segment.number for segment in store.segments(ALICE)] == [2]

    def test_a_rewritten_page_has_other_words_and_no_vectors(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        follower = Follower(store, ALICE)
        follower.follow()
        store.commit(lease(store, ALICE), Update(rewritten=(RewrittenPage(1, "", b"terms"),)))
        changes = whole(store, ALICE)
        first, second = changes.pages
        assert (first.page.user_input, first.page.agent_response) == ("a", "")
        assert (first.terms, second.page.agent_response) == (b"terms", "Tell me more.")
        assert [embedding.number for embedding in changes.embeddings] == [2]
        follower.follow()
        assert follower.rows == afresh(store, ALICE)

    def test_the_summary_of_a_chain_is_blanked_and_the_page_stays_filed(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE)
        store.commit(held, Update(filed=(FiledPage(1, 1, "tells of it", 1),)))
        store.commit(held, Update(blanked=(1,)))
        assert place(pages_of(store, ALICE)[0]) == (1, "", 1)

    @pytest.mark.parametrize(
        "update",
        [
            Update(removed=((Kind.PAGE, 9),)),
            Update(rewritten=(RewrittenPage(9, "", b""),)),
            Update(blanked=(9,)),
        ],
        ids=["removed", "rewritten", "blanked"],
    )
    def test_what_is_gone_already_cannot_be_changed(self, store: Store, update: Update) -> None:
        add(store, ALICE, "a")
        before = whole(store, ALICE)
        with pytest.raises(LeaseLostError, match="removed"):
            store.commit(lease(store, ALICE), update)
        assert whole(store, ALICE) == before

    @pytest.mark.parametrize(
        "update",
        [
            Update(removed=((Kind.PAGE, 1),), planned_before=3),
            Update(removed=((Kind.FACT, 1),), planned_before=3),
            Update(rewritten=(RewrittenPage(1, "", b""),), planned_before=3),
        ],
        ids=["page", "fact", "rewritten"],
    )
    def test_what_a_later_reply_was_made_of_is_not_removed(
        self, store: Store, update: Update
    ) -> None:
        """That reply was not looked at when this was planned."""
        append(store, ALICE, [new_page("a"), new_page("b", recalled=[(Kind.PAGE, 1)])])
        held = lease(store, ALICE)
        store.commit(held, Update(facts=(a_fact(pages=(2,)),)))
        recalled = [(Kind.PAGE, 1), (Kind.FACT, 1)]
        append(store, ALICE, [new_page("c"), new_page("d", recalled=recalled)])
        before = whole(store, ALICE)
        with pytest.raises(LeaseLostError, match="plan again"):
            store.commit(held, update)
        assert whole(store, ALICE) == before
        store.commit(held, replace(update, planned_before=5))

    def test_traits_may_be_asked_of_pages_again(self, store: Store) -> None:
        add(store, ALICE, "a", "b", "c")
        held = lease(store, ALICE)
        steps: list[tuple[int | None, int | None, int]] = [
            (3, None, 3),
            (None, 1, 1),
            (None, 2, 1),
            (None, 0, 0),
        ]
        for through, back_to, known in steps:
            store.commit(held, Update(traits_through=through, traits_back_to=back_to))
            assert store.progress(ALICE).traits_through == known

    def test_a_lease_is_taken_by_force_and_its_holder_cannot_commit(self, store: Store) -> None:
        """Who forgets does not wait for a worker that waits for a model."""
        add(store, ALICE, "a")
        worker = lease(store, ALICE, "worker", until=1)
        assert store.acquire(ALICE, holder="hand", now=NOON, until=after(1)) is None
        taken = store.acquire(ALICE, holder="hand", now=NOON, until=after(1), force=True)
        assert taken is not None
        assert taken.token > worker.token
        with pytest.raises(LeaseLostError):
            store.commit(worker, FIRST_ANALYSED)
        store.commit(taken, FIRST_ANALYSED)
        never_seen = store.acquire(BOB, holder="hand", now=NOON, until=after(1), force=True)
        assert never_seen is None

    def test_a_cleared_owner_has_nothing_left_but_numbers(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        add(store, BOB, "his")
        held = lease(store, ALICE)
        store.commit(held, Update(segments=(a_segment(),), facts=(a_fact(),), traits=(a_trait(),)))
        for owner in (ALICE, BOB):
            store.record_uses(owner, [a_use()])
            store.record_model_calls(owner, [some_calls()])
        his = whole(store, BOB)
        follower = Follower(store, ALICE)
        follower.follow()
        revision = store.clear(held)
        assert store.revision(ALICE)[1] == revision == follower.revision + 1
        changes = follower.follow()
        assert (follower.rows, afresh(store, ALICE)) == ({}, {})
        assert changes.next_numbers == {
            Kind.PAGE: 3,
            Kind.SEGMENT: 2,
            Kind.FACT: 2,
            Kind.TRAIT: 2,
        }
        assert (store.uses(ALICE), store.model_calls(ALICE)) == ((), ())
        assert [row.owner for row in store.owners()] == [BOB]
        assert [row.owner for row in store.owners(due_before=after(60))] == [BOB]
        assert (whole(store, BOB), store.uses(BOB)) == (his, (a_use(),))
        assert store.model_calls(BOB) == (some_calls(),)

    def test_a_cleared_owner_comes_back_with_the_next_page(self, store: Store) -> None:
        add(store, ALICE, "a", "b")
        held = lease(store, ALICE)
        store.clear(held)
        with pytest.raises(LeaseLostError):
            store.commit(held, FIRST_ANALYSED)
        with pytest.raises(LeaseLostError):
            store.clear(held)
        assert add(store, ALICE, "c") == (3,)
        (row,) = store.owners()
        assert (row.owner, row.page_count) == (ALICE, 1)

    def test_owners_with_old_pages_are_found(self, store: Store) -> None:
        append(store, ALICE, [new_page("a", timestamp=after(1)), new_page("b", timestamp=after(9))])
        append(store, BOB, [new_page("c", timestamp=after(2))])
        assert store.owners_with_pages_before(after(1)) == ()
        assert store.owners_with_pages_before(after(2)) == (ALICE,)
        assert set(store.owners_with_pages_before(after(60))) == {ALICE, BOB}
        store.clear(lease(store, ALICE))
        assert store.owners_with_pages_before(after(60)) == (BOB,)

    def test_erasing_leaves_all_that_is_not_deleted(self, store: Store) -> None:
        assert store.erase(patience_seconds=1)
        add(store, ALICE, "a", "b")
        store.commit(lease(store, ALICE), Update(facts=(a_fact(pages=(2,)),)))
        store.remove_pages(ALICE, [1])
        before = whole(store, ALICE)
        assert store.erase(patience_seconds=1)
        assert store.erase(patience_seconds=1)
        assert whole(store, ALICE) == before

    def test_writers_and_readers_go_on_while_it_is_erased(self, store: Store) -> None:
        append(store, ALICE, [new_page(str(n)) for n in range(60)])

        def work(number: int) -> None:
            add(store, ALICE, f"text {number}")
            whole(store, ALICE)

        with ThreadPoolExecutor(4) as threads:
            writes = [threads.submit(work, number) for number in range(40)]
            for number in range(1, 11):
                store.remove_pages(ALICE, [number])
                store.erase(patience_seconds=0.1)
            for done in writes:
                done.result()
        assert len(pages_of(store, ALICE)) == 90


class StoreContract(
    PagesContract,
    FollowingContract,
    EmbeddingsContract,
    UpdatesContract,
    LeasesContract,
    DueContract,
    ClaimingContract,
    SetAsideContract,
    LedgerContract,
    AccountsContract,
    SourcesContract,
    RestoringContract,
    ForgettingContract,
):
    """Everything a Store promises. The fixture `store` gives an empty one for each test."""
