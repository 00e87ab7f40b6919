"""What every Store must do: inherit `StoreContract` and give it the fixture `store`."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
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
    Changes,
    Embedding,
    FiledPage,
    Lease,
    NewPage,
    Store,
    StoredFact,
    Update,
    Visit,
)

ALICE = Owner("alice", "assistant")
BOB = Owner("bob", "assistant")
NOON = datetime(2026, 3, 2, 12, 0, 0, 123457, tzinfo=timezone.utc)
SPACE = "letters"

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


def new_page(text: str = "I went hiking.", vectors: bytes | None = b"v", **draft: Any) -> NewPage:
    fields: dict[str, Any] = {
        "user_input": text,
        "agent_response": "Tell me more.",
        "timestamp": NOON,
    }
    return NewPage(
        PageDraft(**{**fields, **draft}), terms=b"terms of " + text.encode(), vectors=vectors
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


def lease(
    store: Store, owner: Owner, holder: str = "w", *, now: float = 0, until: float = 1
) -> Lease:
    taken = store.acquire(owner, holder=holder, now=after(now), until=after(until))
    assert taken is not None
    return taken


def whole(store: Store, owner: Owner) -> Changes:
    return store.changes(owner, since=0)


def pages_of(store: Store, owner: Owner) -> tuple[Page, ...]:
    return tuple(stored.page for stored in whole(store, owner).pages)


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
        self.rows.update({("page", stored.page.number): stored for stored in changes.pages})
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
        add(store, ALICE, "mine")
        add(store, other, "theirs", "theirs too")
        store.commit(
            lease(store, other),
            Update(segments=(a_segment(),), facts=(a_fact(),), traits=(a_trait(),)),
        )
        before = whole(store, ALICE)
        store.record_visits(other, [Visit(1, 1, NOON)], due_at=NOON)
        store.set_embedding_model(other, "other", due_at=NOON)
        assert store.remove_pages(other, [1, 2]) == 2
        assert whole(store, ALICE) == before
        assert [page.user_input for page in pages_of(store, ALICE)] == ["mine"]
        assert (store.segments(ALICE), before.facts, before.traits) == ((), (), ())
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
        assert store.commit(lease(store, ALICE), Update(analysed=(1,))) == 2
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
            deed = chance.choice(("add", "remove", "move", "consolidate"))
            if deed == "add" or len(held) == 1:
                add(store, ALICE, "x", "y")
            elif deed == "remove":
                store.remove_pages(ALICE, [chance.choice(held)])
            elif deed == "move":
                model = chance.choice((SPACE, "other"))
                store.set_embedding_model(ALICE, model, due_at=after(step))
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
                segments=(a_segment(chance.randrange(1, 4), summary=str(page)),),
                facts=(a_fact(chance.randrange(1, 4), pages=(page,)),),
                traits=(a_trait(chance.randrange(1, 3), pages=(page,)),),
                embeddings=(Embedding(Kind.PAGE, page, str(page).encode()),),
                embedding_model=space,
            ),
        )


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
        segment = a_segment(archived_at=after(3), visit_count=4)
        trait = a_trait(pages=(1, 2), superseded_at=after(2))
        store.commit(
            lease(store, ALICE),
            Update(
                filed=(FiledPage(1, 1, "first", 1), FiledPage(2, 1, "second", 1)),
                analysed=(2,),
                segments=(segment,),
                facts=(fact,),
                traits=(trait,),
            ),
        )
        changes = whole(store, ALICE)
        first, second = (stored.page for stored in changes.pages)
        assert (first.chain, first.meta_chain, first.segment, first.analysed) == (
            1,
            "first",
            1,
            False,
        )
        assert (second.chain, second.meta_chain, second.segment, second.analysed) == (
            1,
            "second",
            1,
            True,
        )
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
            Update(analysed=(1, 2)),
            Update(facts=(a_fact(pages=(1, 2)),)),
            Update(traits=(a_trait(pages=(2,)),)),
            Update(embeddings=(Embedding(Kind.PAGE, 2, b"v"),), embedding_model=SPACE),
        ],
        ids=["filed", "analysed", "fact", "trait", "embedding"],
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
            store.commit(first, Update(analysed=(1,)))
        assert store.revision(ALICE)[1] == 1
        store.commit(second, Update(analysed=(1,)))

    def test_a_lease_that_ran_out_still_commits_if_nobody_took_over(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE, until=-1)
        assert store.commit(held, Update(analysed=(1,))) == 2

    def test_the_same_holder_may_take_it_again(self, store: Store) -> None:
        add(store, ALICE, "a")
        first = lease(store, ALICE, "w", until=1)
        again = lease(store, ALICE, "w", until=2)
        assert again.token > first.token
        with pytest.raises(LeaseLostError):
            store.commit(first, Update(analysed=(1,)))

    def test_a_lease_given_back_is_free_and_commits_no_more(self, store: Store) -> None:
        add(store, ALICE, "a")
        held = lease(store, ALICE, "first", until=10)
        store.release(held, due_at=None)
        with pytest.raises(LeaseLostError):
            store.commit(held, Update(analysed=(1,)))
        assert lease(store, ALICE, "second", until=1).token > held.token

    def test_a_lost_lease_is_let_go_silently(self, store: Store) -> None:
        add(store, ALICE, "a")
        first = lease(store, ALICE, "first", until=1)
        second = lease(store, ALICE, "second", now=1, until=2)
        store.release(first, due_at=after(50))
        assert due_at(store, ALICE) == after(2)
        store.commit(second, Update(analysed=(1,)))


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
    def test_giving_back_says_when_the_owner_is_due_next(
        self, store: Store, wish: float | None
    ) -> None:
        add(store, ALICE, "a")
        moment = None if wish is None else after(wish)
        store.release(lease(store, ALICE), due_at=moment)
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


class StoreContract(
    PagesContract,
    FollowingContract,
    EmbeddingsContract,
    UpdatesContract,
    LeasesContract,
    DueContract,
):
    """Everything a Store promises. The fixture `store` gives an empty one for each test."""
