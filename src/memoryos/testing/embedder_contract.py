"""What every embedder keeps to. Inherit it and give a fixture `embedder`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from memoryos.embedders.base import Embedder

TEXTS = (
    "I moved to Berlin in March.",
    "jazz",
    "Mi perro se llama Bruno, y tiene tres años.",
    "The book that you recommended was wonderful. " * 5,
    "Wie heißt deine Schwester?",
)

AWKWARD_TEXTS = {
    "emoji": "🎉🎉 👩‍👩‍👧",
    "Chinese": "我昨天搬到了柏林。",
    "Japanese": "ジャズが好きです",
    "lone surrogate": "a broken \ud83d sign",
    "surrogate pair": "a joined \ud83c\udf89 sign",
    "control signs": "\x00\x1b[31m",
    "100 KB": "the same words over and over " * 3_500,
    "100 KB without a space": "x" * 100_000,
}


class EmbedderContract:
    """See `memoryos.embedders.base.Embedder`."""

    def test_each_text_gives_one_row_in_order(self, embedder: Embedder) -> None:
        rows = embedder.embed(TEXTS)
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), embedder.dim)
        backwards = embedder.embed(TEXTS[::-1])
        np.testing.assert_allclose(backwards[::-1], rows, atol=1e-5)

    def test_rows_have_norm_1(self, embedder: Embedder) -> None:
        norms = np.linalg.norm(embedder.embed(TEXTS), axis=1)
        np.testing.assert_allclose(norms, 1.0, atol=1e-5)

    def test_different_texts_have_different_rows(self, embedder: Embedder) -> None:
        rows = embedder.embed(TEXTS)
        likeness = rows @ rows.T - np.eye(len(TEXTS))
        assert likeness.max() < 0.999

    def test_no_texts_give_no_rows(self, embedder: Embedder) -> None:
        assert embedder.embed([]).shape == (0, embedder.dim)

    def test_white_space_gives_zeros(self, embedder: Embedder) -> None:
        rows = embedder.embed(["", "jazz", " \n\t ", "\u3000"])
        assert not rows[[0, 2, 3]].any()
        np.testing.assert_allclose(rows[[1]], embedder.embed(["jazz"]), atol=1e-5)
        assert not embedder.embed([" "]).any()

    def test_a_text_has_the_same_row_alone_and_among_others(self, embedder: Embedder) -> None:
        together = embedder.embed(TEXTS)
        alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
        np.testing.assert_allclose(alone, together, atol=1e-5)

    @pytest.mark.parametrize("kind", AWKWARD_TEXTS)
    def test_an_awkward_text_gives_finite_numbers(self, embedder: Embedder, kind: str) -> None:
        rows = embedder.embed([AWKWARD_TEXTS[kind], "jazz"])
        assert np.isfinite(rows).all()
        assert np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=1e-5)
        np.testing.assert_allclose(rows[[1]], embedder.embed(["jazz"]), atol=1e-5)

    def test_eight_threads_get_what_one_gets(self, embedder: Embedder) -> None:
        expected = embedder.embed(TEXTS)
        with ThreadPoolExecutor(8) as threads:
            for rows in threads.map(embedder.embed, [TEXTS] * 40):
                np.testing.assert_allclose(rows, expected, atol=1e-5)

    def test_the_model_is_named_after_its_library(self, embedder: Embedder) -> None:
        library, _, name = embedder.model.partition("/")
        assert library
        assert name
