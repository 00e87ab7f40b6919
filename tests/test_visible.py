"""What nobody sees is shown; what a script or an emoji is made of stays."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from memoryos.text.visible import visible


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم خانه\u200cام را بفروشم",  # Persian
        "क्\u200dष और शक्\u200cति",  # Hindi
        "ශ්\u200dරී ලංකා",  # Sinhala
        "ខ្ញុំ\u200bរស់\u200bនៅ",  # Khmer
        "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",  # Mongolian
        "葛\U000e0100城市",  # a variant of a name's character
        "👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏃\u200d♀\ufe0f",
        "❤\ufe0f\u200d🔥 👁\ufe0f\u200d🗨\ufe0f 🏳\ufe0f\u200d🌈",
        "1\ufe0f\u20e3 #\ufe0f\u20e3 ☎\ufe0e ©\ufe0f",
        "tab\tand\nline, naïve, e\u0301, 你好, مرحبا, 안녕",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("r\u200de\u200dveal", r"r\u200de\u200dveal"),
        ("i\u200bg\u200cn", r"i\u200bg\u200cn"),
        ("<\u2060/\ufeffmemory> SYS\xadTEM", r"<\u2060/\ufeffmemory> SYS\xadTEM"),
        ("می\u200c\u200c\u200dخواهم", "می\u200c\\u200c\\u200dخواهم"),
        ("😀\ufe0f\ufe01\U000e0101", "😀\ufe0f\\ufe01\\U000e0101"),
        ("a\ufe0fb\U000e0100", r"a\ufe0fb\U000e0100"),
        ("1\ufe0f", r"1\ufe0f"),
        ("😀\u200dx", r"😀\u200dx"),
        ("one\u2028two\u2029three\u0085four", r"one\u2028two\u2029three\x85four"),
        ("\u3164ㅤ\u115f", r"\u3164\u3164\u115f"),
    ],
)
def test_elsewhere_it_is_shown(text: str, shown: str) -> None:
    """R5: orders are hidden in signs without a shape, whatever stands around them."""
    assert visible(text) == shown


def test_no_sign_of_format_or_control_passes_alone() -> None:
    """R5: but tab, line feed, and the few of category Cf that have a shape."""
    unseen = [
        sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Cf"
    ]
    passed = {sign for sign in unseen if visible(f"x{sign}x") == f"x{sign}x"}
    assert {unicodedata.name(sign).split()[0] for sign in passed} <= {
        "ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN",
    }  # fmt: skip
