"""Halves of surrogate pairs, which no encoding, tokenizer, server or store can carry."""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    """`text` with its pairs of surrogates joined, and lone ones replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
