"""What an answer says around the words it quotes, by language."""

NOTHING = {
    "en": "There is nothing in memory about this.",
    "it": "Non c'è nulla in memoria a questo proposito.",
    "es": "No hay nada en la memoria sobre esto.",
    "de": "Dazu ist nichts im Gedächtnis.",
    "fr": "Il n'y a rien en mémoire à ce sujet.",
    "zh": "记忆中没有关于这件事的内容。",
    "ja": "これについての記憶はありません。",
    "ko": "이에 대한 기억이 없습니다.",
    "ar": "لا يوجد شيء في الذاكرة حول هذا.",
}

SAID_ON = {
    "en": "said on",
    "it": "detto il",
    "es": "dicho el",
    "de": "gesagt am",
    "fr": "dit le",
    "zh": "说于",
    "ja": "発言日",
    "ko": "말한 날",
    "ar": "قيل في",
}

YES_NO = {
    "en": ("Yes", "No"),
    "it": ("Sì", "No"),
    "es": ("Sí", "No"),
    "de": ("Ja", "Nein"),
    "fr": ("Oui", "Non"),
    "zh": ("是", "否"),
    "ja": ("はい", "いいえ"),
    "ko": ("네", "아니요"),
    "ar": ("نعم", "لا"),
}

LIKELY = {
    "en": "Likely",
    "it": "Probabilmente",
    "es": "Probablemente",
    "de": "Wahrscheinlich",
    "fr": "Probablement",
}
"""Before yes or no where memory only hints at it."""

UNTIL = {
    "en": "until",
    "it": "fino al",
    "es": "hasta el",
    "de": "bis",
    "fr": "jusqu'au",
}
"""Before the day on which something was over."""
