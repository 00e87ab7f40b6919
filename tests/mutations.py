"""Each kept promise broken on purpose: one line of the product changed for the worse, and the tests
that must notice. docs/promises.md says what the ids mean.

`make mutations` tries them all, `python tests/mutations.py W3 "Invariant 6"` those of two promises.

A test that stays green while its promise is broken shows nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src", "memoryos")
NEEDED = ("src", "tests", "docs", "pyproject.toml", "README.md", "README.it.md", "README.es.md")

TIMEOUT_SECONDS = 600.0
FAILED = 1
"""What pytest exits with if a test failed; 0 is passed, more is that it could not run."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """What stands once in `file`, under src/memoryos, and what in its place makes `tests` fail."""

    id: str
    harm: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


MUTATIONS = (
    Mutation(
        "W1",
        "a write waits for a remote embedder",
        "write_path.py",
        "if self._embedder is None or not self._embedder.local:",
        "if self._embedder is None:",
        ("tests/test_write_path.py::test_a_write_does_not_wait_for_a_remote_embedder",),
    ),
    Mutation(
        "W2",
        "a process that has seen an owner never looks again",
        "working_sets.py",
        "if (epoch, revision) == (memory.epoch, memory.revision):",
        "if memory.epoch:",
        ("tests/test_processes.py::test_another_process_recalls_a_page_at_once",),
    ),
    Mutation(
        "W3",
        "a writer that finds the database locked gives up",
        "store/sqlite.py",
        "TURN_ATTEMPTS = 15_000",
        "TURN_ATTEMPTS = 1",
        (
            "tests/test_sql_store.py::TestProcesses::test_eight_processes_that_open_a_fresh_folder_at_once_lose_nothing",
        ),
    ),
    Mutation(
        "W3",
        "processes that open an empty database at once all make its tables",
        "store/postgres.py",
        "SELECT pg_advisory_xact_lock({MIGRATING})",
        "SELECT {MIGRATING}",
        (
            "tests/test_postgres_store.py::TestOpening::test_ten_processes_that_open_an_empty_database_at_once_migrate_once",
        ),
    ),
    Mutation(
        "W4",
        "a page is acknowledged and not committed",
        "store/sqlite.py",
        "with self._writer.begin() as connection:\n                yield",
        "with self._writer.connect() as connection:\n                yield",
        ("tests/test_processes.py::test_a_killed_process_loses_no_acknowledged_page",),
    ),
    Mutation(
        "W4",
        "on PostgreSQL a page is acknowledged and not committed",
        "store/postgres.py",
        "with self.translated(), self.engine.begin() as connection:",
        "with self.translated(), self.engine.connect() as connection:",
        ("tests/test_postgres.py::test_a_server_that_is_restarted_has_every_page_and_takes_more",),
    ),
    Mutation(
        "W5",
        "a page that was filed is recalled no more",
        "retriever.py",
        "if item.page.number in turns]",
        "if item.page.number in turns and item.page.segment is None]",
        ("tests/test_updater.py::test_every_page_is_in_one_tier_and_a_verbatim_query_finds_it",),
    ),
    Mutation(
        "W6",
        "what goes wrong with the model goes wrong with the caller",
        "updater.py",
        "            if not isinstance(error, ModelError):  # those are logged",
        "            raise\n            if not isinstance(error, ModelError):  # those are logged",
        ("tests/test_with_a_model.py::test_a_bad_reply_reaches_nobody_and_loses_nothing",),
    ),
    Mutation(
        "W7",
        "a busy model is asked again when we like",
        "setbacks.py",
        "return min(asked or 0.0, LONGEST_RETRY_AFTER_SECONDS)",
        "return 0.0",
        (
            "tests/test_with_a_model.py::TestFailures::test_a_busy_model_is_asked_again_when_it_says_so",
        ),
    ),
    Mutation(
        "W7",
        "a busy embedder is asked again when we like",
        "updater.py",
        "seconds=max(EMBEDDER_REST_SECONDS, asked_seconds(error))",
        "seconds=EMBEDDER_REST_SECONDS",
        (
            "tests/test_with_a_model.py::TestFailures::test_a_busy_embedder_is_left_alone_as_long_as_it_asks",
        ),
    ),
    Mutation(
        "W7",
        "a worker takes whoever comes first by name, not who has waited longest",
        "store/leases.py",
        ".order_by(owners.c.due_at, owners.c.owner)",
        ".order_by(owners.c.owner)",
        ("tests/test_fairness.py::test_who_has_little_is_done_within_the_first_turn",),
    ),
    Mutation(
        "W7",
        "a worker takes an owner whom another has in hand",
        "store/leases.py",
        "    or_(\n"
        "        owners.c.lease_holder.is_(None),\n"
        '        owners.c.lease_until <= bindparam("now"),\n'
        "        OF_A_CLOCK_AHEAD,\n"
        "    ),\n"
        "    IS_NAMED,\n",
        "    IS_NAMED,\n",
        (
            "tests/test_sql_store.py::TestSqliteStore::test_what_was_written_meanwhile_is_claimed_once_the_lease_is_given_back",
            "tests/test_postgres_store.py::TestPostgresStore::test_what_was_written_meanwhile_is_claimed_once_the_lease_is_given_back",
        ),
    ),
    Mutation(
        "W7",
        "workers go on for ever with a memory that fails of itself",
        "store/leases.py",
        "    owners.c.set_aside_at.is_(None),\n",
        "",
        (
            "tests/test_worker.py::TestAnOwnerWhoKeepsFailing::test_after_a_number_of_failures_no_worker_looks_at_it",
        ),
    ),
    Mutation(
        "W8",
        "a fact that a false one ended stays ended",
        "forgetting/planning.py",
        "return replace(fact, valid_to=None, superseded_at=None, superseded_by=None)",
        "return fact",
        (
            "tests/test_with_a_model.py::test_what_a_model_wrongly_put_in_place_of_a_fact_is_undone_by_forgetting_it",
        ),
    ),
    Mutation(
        "W8",
        "another person's employer becomes the user's",
        "analysts/model/promotion.py",
        """    if not value or not bears_out(quotation.sentence, value, quotation.half.language):
        raise Refused("support")""",
        "    value = value or claimed",
        ("tests/test_with_a_model.py::test_a_bad_reply_leaves_the_profile_as_it_was",),
    ),
    Mutation(
        "W9",
        "vectors of the old model stay among those of the new one",
        "store/writing.py",
        'connection.execute(DELETE_EMBEDDINGS, {"key": owner.key})',
        "pass",
        (
            "tests/test_recall_end_to_end.py::test_another_embedding_model_loses_nothing_and_mixes_nothing",
        ),
    ),
    Mutation(
        "W10",
        "others may look into the data folder",
        "store/sqlite.py",
        "folder.chmod(0o700)",
        "folder.chmod(0o755)",
        (
            "tests/test_sql_store.py::TestTheFile::test_files_are_for_their_user_alone",
            "tests/test_memoryos.py::test_memory_is_kept_in_a_folder_of_the_user_unless_told",
        ),
    ),
    Mutation(
        "W11",
        "an identifier may be of any length",
        "intake.py",
        "if len(text) > MAX_ID_CHARACTERS:",
        "if False:",
        ("tests/test_intake.py::test_identifiers_that_cannot_be_kept_are_refused",),
    ),
    Mutation(
        "M1",
        "a repeat replaces the evidence there was",
        "merging.py",
        "evidence=span.evidence,",
        "evidence=span.evidence[-1:],",
        (
            "tests/test_long_term.py::test_ten_repeats_are_one_fact_with_ten_pieces_of_evidence",
            "tests/test_memoryos.py::test_the_same_exchange_ten_times_is_one_fact_with_ten_pieces_of_evidence",
        ),
    ),
    Mutation(
        "M2",
        "a new value ends nothing",
        "timelines.py",
        "current.end, current.follower = saying.at, begun",
        "pass",
        (
            "tests/test_supersession.py::test_another_value_ends_the_one_that_held_and_nothing_is_lost",
            "tests/test_supersession.py::test_of_fifty_changes_of_life_at_least_40_are_understood",
            "tests/test_recall_in_time.py::test_new_values_take_the_place_of_old_ones_and_old_ones_stay_in_reach",
        ),
    ),
    Mutation(
        "M2",
        "a page that says what is over stands in the prompt without a mark",
        "retriever.py",
        "page.timestamp < until",
        "page.timestamp > until",
        (
            "tests/test_recall_in_time.py::test_a_page_that_says_what_is_over_is_marked_beside",
            "tests/test_recall_in_time.py::test_a_recalled_page_beyond_short_term_memory_is_marked_too",
        ),
    ),
    Mutation(
        "M3",
        '"yesterday" is counted from the day of the import',
        "recall.py",
        "said_at=self.page.timestamp",
        "said_at=self.page.recorded_at",
        ("tests/test_memoryos.py::test_a_recalled_page_carries_its_dates",),
    ),
    Mutation(
        "M3",
        "history imported backwards stays backwards",
        "model.py",
        "return self.timestamp, self.number",
        "return self.recorded_at, self.number",
        (
            "tests/test_recall_end_to_end.py::test_history_imported_in_any_order_is_the_same_history",
        ),
    ),
    Mutation(
        "M4",
        "every fact is taken for English",
        "merging.py",
        "language=source.language,",
        'language="en",',
        ("tests/test_languages.py::test_facts_keep_the_words_and_the_language_they_were_said_in",),
    ),
    Mutation(
        "M4",
        "what a model says of a page in English is kept",
        "analysts/model/languages.py",
        "    theirs = {guess_language",
        "    return False\n    theirs = {guess_language",
        (
            "tests/test_model_languages.py::test_what_a_model_files_learns_and_answers_is_in_the_language_of_the_talk",
        ),
    ),
    Mutation(
        "M5",
        "what memory gave out is learnt like any other words",
        "teachable.py",
        "return replace(page, user_input=user, agent_response=agent)",
        "return page",
        (
            "tests/test_teachable.py::test_fifty_cycles_of_recall_and_add_learn_nothing",
            "tests/test_teachable.py::test_this_teaches_nothing",
        ),
    ),
    Mutation(
        "M6",
        "what a model says of a page need not stand there",
        "analysts/model/promotion.py",
        """    if not value or not bears_out(quotation.sentence, value, quotation.half.language):
        raise Refused("support")""",
        "    value = value or claimed",
        ("tests/test_with_a_model.py::test_a_person_the_pages_do_not_know_never_becomes_the_user",),
    ),
    Mutation(
        "M7",
        "whatever the user says is a fact",
        "analysts/rules/analyst.py",
        "        return tuple(facts)",
        """        return tuple(
            LearntFact(
                Speaker.USER,
                "likes",
                page.user_input,
                page.user_input,
                usual,
                Evidence(page.number, page.user_input),
                Origin.USER,
                0.5,
            )
            for page in batch.pages
        )""",
        ("tests/test_memoryos.py::test_small_talk_teaches_nothing",),
    ),
    Mutation(
        "M8",
        "an explanation does not quote",
        "explanation.py",
        "_source(memory, memory.pages[item.page], item.quote)",
        '_source(memory, memory.pages[item.page], "")',
        ("tests/test_memoryos.py::test_why_shows_the_words_the_page_and_the_learner",),
    ),
    Mutation(
        "M9",
        "what is forgotten is deleted, and its bytes stay on disk",
        "amending.py",
        "pending=not self.erase(patience_seconds=PATIENCE_SECONDS)",
        "pending=False",
        (
            "tests/test_erasing.py::test_everything_of_an_owner",
            "tests/test_erasing.py::test_text_goes_from_summaries_and_keywords_too",
        ),
    ),
    Mutation(
        "M9",
        "on PostgreSQL what is forgotten is never vacuumed away",
        "store/postgres.py",
        "        connection.execute(VACUUM)\n",
        "        pass\n",
        ("tests/test_postgres_store.py::TestErasing::test_rows_are_vacuumed_away",),
    ),
    Mutation(
        "M9",
        "a backup brings back what was forgotten since",
        "restoration.py",
        "for of_owner in gone:",
        "for of_owner in ():",
        ("tests/test_backup.py::test_what_was_forgotten_since_the_backup_stays_forgotten",),
    ),
    Mutation(
        "M10",
        "imported facts do not know what ended them",
        "transfer/memory_reader.py",
        "isinstance(item, Fact) and item.number in self.unlinked",
        "isinstance(item, Fact)",
        (
            "tests/test_export.py::test_an_imported_memory_believes_the_same",
            "tests/test_export.py::test_every_line_comes_back",
        ),
    ),
    Mutation(
        "M10",
        "a copy is not read again before it is committed",
        "store/copying.py",
        "if its.tallies() != written:",
        "if False:",
        ("tests/test_copy.py::test_what_reads_otherwise_than_it_was_written_is_not_kept",),
    ),
    Mutation(
        "R1",
        "the best there is comes back, whatever was asked",
        "retriever.py",
        "if not is_about(",
        "if False and not is_about(",
        (
            "tests/test_memoryos.py::test_a_query_about_nothing_returns_nothing",
            "tests/test_retriever.py::test_nonsense_is_answered_with_nothing_but_short_term_memory",
        ),
    ),
    Mutation(
        "R2",
        "a prompt takes whatever was recalled",
        "context.py",
        "if tokens + cost <= left:",
        "if left > 0:",
        (
            "tests/test_context.py::test_no_prompt_is_longer_than_it_may_be",
            "tests/test_recall_end_to_end.py::test_what_goes_into_a_prompt_stays_within_its_budget",
        ),
    ),
    Mutation(
        "R3",
        "Chinese is cut at spaces",
        "text/tokens.py",
        "return [*run, *map(str.__add__, run, run[1:])]",
        "return [run]",
        (
            "tests/test_languages.py::test_a_two_character_word_inside_a_sentence_is_found_without_embeddings",
        ),
    ),
    Mutation(
        "R4",
        "all users of an assistant share one memory",
        "model.py",
        "json.dumps([self.user_id, self.assistant_id])",
        "json.dumps(self.assistant_id)",
        ("tests/test_processes.py::test_two_hundred_users_in_eight_threads_never_see_each_other",),
    ),
    Mutation(
        "R4",
        "who was opened once stays in memory for ever",
        "working_sets.py",
        "if not entry.users and key != newest:",
        "if False:",
        ("tests/test_working_sets.py::test_opening_any_number_of_owners_costs_bounded_memory",),
    ),
    Mutation(
        "R5",
        "words of a page may close the fence around them",
        "prompts/layout.py",
        "return unfenced(quoted)",
        "return quoted",
        (
            "tests/test_poisoning.py::test_a_reply_is_asked_for_with_the_poison_between_the_fences",
            "tests/test_poisoning.py::test_a_poisoned_page_is_recalled_as_data",
        ),
    ),
    Mutation(
        "R5",
        "orders may hide between letters, in signs without a shape",
        "text/visible.py",
        "\\u180b-\\u180f\\u200b-\\u200f\\u2028",
        "\\u180b-\\u180f\\u200e-\\u200f\\u2028",
        (
            "tests/test_poisoning.py::test_an_analysis_is_asked_for_with_the_poison_in_quotations",
            "tests/test_visible.py::test_elsewhere_it_is_shown",
        ),
    ),
    Mutation(
        "R6",
        "an item is explained by the signals of another",
        "index/index.py",
        "float(values[row])",
        "float(values[0])",
        (
            "tests/test_retriever.py::test_a_page_says_why_it_came_what_day_it_speaks_of_and_how_old_it_is",
            "tests/test_memoryos.py::test_every_recalled_fact_explains_itself",
        ),
    ),
    Mutation(
        "C1",
        "a tool waits for the model",
        "mcp/tools.py",
        "    return Added(",
        "    engine.flush(owner.user_id, assistant_id=owner.assistant_id)\n    return Added(",
        ("tests/test_mcp_tools.py::test_no_call_waits_for_a_model",),
    ),
    Mutation(
        "C1",
        "the handshake waits for the SDK",
        "mcp/handshake.py",
        'VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")',
        "VERSIONS: tuple[str, ...] = ()",
        ("tests/test_mcp_stdio.py::test_initialize_is_answered_before_the_sdk_is_loaded",),
    ),
    Mutation(
        "C2",
        "what a library prints goes to the client",
        "mcp/wire.py",
        "os.dup2(2, 1)",
        "pass",
        ("tests/test_mcp_stdio.py::test_what_others_print_goes_to_stderr",),
    ),
    Mutation(
        "C3",
        "agents are not told to recall before they answer",
        "mcp/instructions.py",
        "1. Recall before you answer. Call retrieve_memory",
        "1. There is a tool retrieve_memory",
        (
            "tests/test_mcp_tools.py::TestListing::test_an_agent_is_taught_the_habit_and_shown_few_tools_that_say_when_to_use_them",
        ),
    ),
    Mutation(
        "C4",
        "the doctor does not look whether memory remembers",
        "cli/conversation.py",
        "if said not in [",
        "if False and said not in [",
        ("tests/test_doctor_mcp.py::test_the_step_that_fails_is_named",),
    ),
    Mutation(
        "C4",
        "a client's configuration is written anew, and what stood in it is lost",
        "cli/client_files.py",
        'text = text if text.strip() else "{}\\n"',
        'text = "{}\\n"',
        (
            "tests/test_install.py::test_comments_and_all_else_stay_byte_for_byte",
            "tests/test_install.py::test_a_file_that_cannot_be_read_is_refused_and_left_as_it_is",
        ),
    ),
    Mutation(
        "C5",
        "a page of any site may use the server, by a name that it lets resolve to us",
        "mcp/http.py",
        "if not self._is_ours(f",
        "if False and not self._is_ours(f",
        (
            "tests/test_mcp_http.py::TestWithoutTokens::test_every_route_refuses_a_host_or_an_origin_that_is_not_ours",
        ),
    ),
    Mutation(
        "C6",
        "the language model's key goes to the embedder's server",
        "embedders/openai_compatible.py",
        "return own_key, own_url",
        "return own_key or api_key, own_url",
        (
            "tests/test_embedders.py::TestOpenAICompatible::test_the_key_of_the_language_model_goes_to_no_other_server",
        ),
    ),
    Mutation(
        "C6",
        "an embedder of its own address is asked at the language model's",
        "embedders/openai_compatible.py",
        "return own_key, own_url",
        "return own_key, base_url",
        (
            "tests/test_contacts.py::test_an_embedder_of_its_own_address_shares_nothing_with_the_language_model",
            "tests/test_contacts.py::test_the_command_line_contacts_nobody_else",
        ),
    ),
    Mutation(
        "C7",
        "what a model wrote is not counted",
        "accounts.py",
        "completion_tokens=tokens.completion,",
        "completion_tokens=0,",
        (
            "tests/test_with_a_model.py::TestWithoutFailures::test_calls_tokens_and_time_are_in_the_stats_by_purpose",
            "tests/test_cli_model.py::test_stats_show_what_the_model_cost_and_until_when_it_rests",
        ),
    ),
    Mutation(
        "C7",
        "a budget allows one call more",
        "store/accounts.py",
        "calls <= budget.calls",
        "calls <= budget.calls + 1",
        (
            "tests/test_with_a_model.py::TestBudget::test_beyond_the_budget_the_rules_go_on_and_the_stats_say_so",
        ),
    ),
    Mutation(
        "C8",
        "a report tells what its data are called, and not which they were",
        "bench/report.py",
        "hashlib.sha256(data.read_bytes())",
        "hashlib.sha256(data.name.encode())",
        (
            "tests/test_bench_report.py::test_a_report_tells_its_data_its_seed_and_what_a_model_was_told",
            "tests/test_bench_locomo.py::test_every_question_is_answered_and_scored_without_a_model",
        ),
    ),
    Mutation(
        "C8",
        "a question at which the model failed is never asked again",
        "bench/locomo/run.py",
        "if record is None or not record.is_answered:",
        "if record is None:",
        (
            "tests/test_bench_locomo.py::test_a_model_that_is_down_stops_the_run_which_goes_on_where_it_was",
        ),
    ),
    Mutation(
        "C8",
        "answers of two runs are mixed in one table",
        "bench/records.py",
        "    if differing:",
        "    if not held:",
        (
            "tests/test_bench_locomo.py::test_other_settings_are_refused_in_the_folder_of_a_run",
            "tests/test_bench_locomo.py::test_other_data_are_refused_in_the_folder_of_a_run",
        ),
    ),
    Mutation(
        "Invariant 1",
        "a commit is left in the cache of the system",
        "store/sqlite.py",
        "PRAGMA synchronous=FULL",
        "PRAGMA synchronous=NORMAL",
        (
            "tests/test_sql_store.py::TestTheFile::test_every_connection_is_durable_and_overwrites_what_it_deletes",
        ),
    ),
    Mutation(
        "Invariant 1",
        "nobody is told that the server loses what it acknowledged",
        "store/postgres.py",
        'if "off" in (fsync, synchronous_commit):',
        "if False:",
        (
            "tests/test_postgres_store.py::TestOpening::test_a_server_that_may_lose_what_it_acknowledged_is_told_of",
        ),
    ),
    Mutation(
        "Invariant 2",
        "the oldest page that left short-term memory is passed over",
        "shift.py",
        "return _in_order(memory, waiting)",
        "return _in_order(memory, waiting)[1:]",
        ("tests/test_updater.py::test_every_page_is_in_one_tier_and_a_verbatim_query_finds_it",),
    ),
    Mutation(
        "Invariant 2",
        "who looks the store over takes every page for found",
        "inspection.py",
        "is_found = any(memory.pages[number].text == page.text for number in best)",
        "is_found = True",
        ("tests/test_doctor_deep.py::test_a_page_that_its_own_words_do_not_find_is_named",),
    ),
    Mutation(
        "Invariant 3",
        "a working set is locked while the analyst thinks",
        "shift.py",
        "        answer = analyst.file(",
        "            answer = analyst.file(",
        ("tests/test_write_path.py::test_nothing_is_held_while_an_analyst_works",),
    ),
    Mutation(
        "Invariant 3",
        "the database is locked while a language model thinks",
        "accounts.py",
        "            reply = self._model.complete(call.request)",
        """            with self._accounts._store._writing():
                reply = self._model.complete(call.request)""",
        (
            "tests/test_with_a_model.py::TestWithoutFailures::test_no_lock_is_held_while_the_model_is_asked",
        ),
    ),
    Mutation(
        "Invariant 4",
        "a write consolidates before it returns",
        "engine.py",
        "page_ids = self.write_path.append(owner, drafts)",
        """page_ids = self.write_path.append(owner, drafts)
        self.flush(owner.user_id, assistant_id=owner.assistant_id)""",
        (
            "tests/test_write_path.py::test_no_add_and_no_recall_reaches_an_analyst",
            "tests/test_with_a_model.py::TestWithoutFailures::test_neither_add_nor_recall_asks_the_model",
        ),
    ),
    Mutation(
        "Invariant 5",
        "a page on which the model failed counts as read",
        "shift.py",
        "        learnt = analyst.promote(PromotionBatch(pages=shown, held=held)) if shown else ()",
        """        from memoryos.errors import ModelError

        try:
            learnt = analyst.promote(PromotionBatch(pages=shown, held=held)) if shown else ()
        except ModelError:
            learnt = ()""",
        (
            "tests/test_with_a_model.py::TestFailures::test_the_step_that_failed_is_done_again_and_no_other",
        ),
    ),
    Mutation(
        "Invariant 5",
        "pages on which the model failed are filed by rules at once",
        "updater.py",
        "                except BudgetSpentError:",
        "                except ModelError:",
        (
            "tests/test_with_a_model.py::TestFailures::test_a_busy_model_is_asked_again_when_it_says_so",
            "tests/test_with_a_model.py::TestFailures::test_the_step_that_failed_is_done_again_and_no_other",
        ),
    ),
    Mutation(
        "Invariant 6",
        "an owner's rows are read without asking whose they are",
        "store/reading.py",
        '.where(table.c.owner == bindparam("key")).order_by(*keys)',
        '.where(bindparam("key").is_not(None)).order_by(*keys)',
        (
            "tests/test_sql_store.py::TestSqliteStore::test_no_owner_sees_or_touches_the_rows_of_another",
        ),
    ),
    Mutation(
        "Invariant 6",
        "a statement goes to every shard, and finds the pages of all owners",
        "store/writing.py",
        "    *of(pages), pages.c.number.in_",
        "    pages.c.number.in_",
        (
            "tests/test_owner_key.py::test_every_statement_carries_the_key_of_one_owner_or_is_listed",
        ),
    ),
    Mutation(
        "Invariant 7",
        "a process that followed the filing ranks as if it had not",
        "working_set.py",
        "self.page_index.move(page.number, page.segment)",
        "pass",
        (
            "tests/test_recall_end_to_end.py::test_recall_is_the_same_cold_and_followed_step_by_step",
        ),
    ),
    Mutation(
        "Invariant 7",
        "on PostgreSQL a reader sees half of what another writes",
        "store/postgres.py",
        'isolation_level="REPEATABLE READ"',
        'isolation_level="READ COMMITTED"',
        ("tests/test_postgres_store.py::TestManyWriters::test_a_reader_sees_one_moment",),
    ),
    Mutation(
        "Invariant 8",
        "a recall writes its visit before it returns",
        "engine.py",
        "self._visits.note_recall(owner, result, at=viewpoint.now)",
        """self._visits.note_recall(owner, result, at=viewpoint.now)
            self._record_visits()""",
        ("tests/test_updater.py::test_recall_writes_nothing_in_the_callers_path",),
    ),
    Mutation(
        "Invariant 9",
        "a fact is stored without its evidence",
        "store/committing.py",
        "    _write_evidence(connection, supported, stamp)",
        "    pass",
        ("tests/test_write_path.py::test_every_fact_quotes_words_of_a_page",),
    ),
    Mutation(
        "Invariant 9",
        "who looks the store over passes by facts without evidence",
        "inspection.py",
        "        yield from surveyed.findings\n",
        "",
        ("tests/test_doctor_deep.py::test_damage_is_named_by_its_kind_and_number",),
    ),
    Mutation(
        "Invariant 10",
        "a write prints what it was told",
        "write_path.py",
        "packed = [pack_page(draft) for draft in drafts]",
        "packed = [pack_page(draft) for draft in drafts]\n        print(drafts)",
        ("tests/test_memoryos.py::test_the_library_prints_nothing",),
    ),
    Mutation(
        "Invariant 11",
        "a server may send us elsewhere",
        "remote/client.py",
        "client._client.follow_redirects = False",
        "client._client.follow_redirects = True",
        (
            "tests/test_embedders.py::TestOpenAICompatible::test_a_redirect_is_not_followed",
            "tests/test_chat_models.py::TestTheRequest::test_a_redirect_is_not_followed",
        ),
    ),
    Mutation(
        "Invariant 12",
        "memory stands in the prompt of a reply without its fence",
        "prompts/reply.py",
        'return fenced("\\n\\n".join(sections))',
        'return "\\n\\n".join(sections)',
        ("tests/test_poisoning.py::test_a_reply_is_asked_for_with_the_poison_between_the_fences",),
    ),
    Mutation(
        "Invariant 12",
        "an analyst's prompt shows pages without quotation marks",
        "prompts/layout.py",
        "SPEAKERS[speaker]}: {quote(text)}",
        "SPEAKERS[speaker]}: {text}",
        ("tests/test_poisoning.py::test_an_analysis_is_asked_for_with_the_poison_in_quotations",),
    ),
)


def main() -> int:
    asked = set(sys.argv[1:])
    if unknown := asked - {mutation.id for mutation in MUTATIONS}:
        print(f"no promise has the id {', '.join(sorted(unknown))}")
        return 2
    tried = [mutation for mutation in MUTATIONS if not asked or mutation.id in asked]
    with TemporaryDirectory(prefix="memoryos-mutations-") as folder:
        copy = Path(folder)
        _copy_to(copy)
        every_test = dict.fromkeys(test for mutation in tried for test in mutation.tests)
        if _run(copy, *every_test):
            print("the tests fail as they are: mend them first")
            return 1
        survivors = [mutation for mutation in tried if not _is_noticed(copy, mutation)]
    print(f"{len(tried) - len(survivors)} of {len(tried)} mutations turned their tests red")
    return 1 if survivors else 0


def _copy_to(folder: Path) -> None:
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy2(ROOT / name, folder / name)


def _is_noticed(folder: Path, mutation: Mutation) -> bool:
    """Whether every test of a mutation fails in the copy with it; the copy is mended again."""
    file = folder / PACKAGE / mutation.file
    whole = file.read_text(encoding="utf-8")
    started = time.monotonic()
    file.write_text(whole.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        green = [test for test in mutation.tests if _run(folder, test) != FAILED]
    finally:
        file.write_text(whole, encoding="utf-8")
    seconds = time.monotonic() - started
    verdict = "GREEN" if green else "red"
    print(f"{verdict:<5}  {mutation.id:<12}  {mutation.harm}  ({seconds:.0f} s)", flush=True)
    for test in green:
        print(f"       did not fail: {test}", flush=True)
    return not green


def _run(folder: Path, *tests: str) -> int:
    """The exit code of pytest on `tests` in the copy; a run without an end counts as failed."""
    options = ("-x", "-p", "no:cacheprovider", "--hypothesis-profile=mutations")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder / "src")},
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FAILED
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
