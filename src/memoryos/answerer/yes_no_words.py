"""The words that deny, those that only seem to, and those between two clauses."""

from __future__ import annotations

NEGATIONS = {
    language: frozenset(line.split())
    for language, line in {
        "en": "not never no nobody nothing nowhere cannot none neither nor without",
        "it": "non mai nessuno niente nulla senza né nemmeno neanche",
        "es": "no nunca jamás nadie nada sin ni tampoco ningún",
        "de": "nicht nie niemals niemand kein keine keinen keinem keiner nichts ohne weder",
        "fr": "ne n pas jamais rien sans ni aucun aucune",
    }.items()
}

AFFIRMED = {
    "en": r"not (?:only|just)|(?:can['’]t|cannot|can not) wait|no (?:doubt|wonder|problem)",
    "it": r"non (?:solo|soltanto)|non ved\w+ l['’]ora|senza (?:dubbio|problemi)",
    "es": r"no (?:solo|sólo|solamente)|sin (?:duda|problemas?)",
    "de": r"nicht (?:nur|bloß)|ohne (?:zweifel|probleme?)|kein problem",
    "fr": r"(?:pas|non) seulement|sans (?:doute|problème)|\bn(?:e |['’])\w+(?: \w+)? que\b",
}
"""Regular expressions for negations that deny nothing: "not only", "ne … que"."""

CLAUSES = {
    "en": "and|but|because|although|though|while|whereas|so|which|who|since|even if",
    "it": "e|ma|però|perché|anche se|mentre|che|quindi|poiché",
    "es": "y|pero|porque|aunque|mientras|que|así que",
    "de": "und|aber|sondern|weil|obwohl|während|dass|denn",
    "fr": "et|mais|parce|bien que|alors que|tandis que|qui|donc|car",
}
"""Regular expressions for the words at which a clause begins."""
