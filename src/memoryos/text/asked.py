"""What a question asks to be told of the one who asks: "¿a qué me dedico?" asks for a job.

The words of such a question and of its answer have nothing in common, in most languages: what a
fact is about is told by its attribute alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_PATTERNS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": r"what(?:'s| is| was) my (?:\w+ )?name|what am i called|who am i",
        "age": r"how old (?:am|was|will|did|i)|my age",
        "birthday": r"my (?:birthday|date of birth)|when (?:was i born|do i turn)",
        "home": r"(?:do|did|am|was|have) i (?:\w+ )?(?:liv|resid|based)|where i liv|my (?:\w+ )?"
        r"(?:home|address|city|town)(?! (?:page|office|team|work))|my place of residence",
        "origin": r"where (?:am|was) i (?:\w+ )?(?:from|born)|did i grow up|my (?:hometown|"
        r"home town)",
        "job": r"my (?:\w+ )?(?:job|profession|occupation|career|trade)|for a living|"
        r"(?:do|did) i (?:\w+ )?work as|what (?:do|did) i work",
        "employer": r"my (?:\w+ )?(?:employer|company|boss|workplace)|"
        r"(?:where|who|whom|which company|what company)\b.*\b(?:do|did|was|am|have) i (?:\w+ )?"
        r"(?:work|employ)",
        "study": r"(?:do|did|am|was) i (?:\w+ )?study|my (?:\w+ )?(?:degree|studies|major|course)",
        "relationship": r"my (?:\w+ )?(?:relationship|marital|civil) status|"
        r"(?:am|was) i (?:\w+ )?(?:married|single|engaged|divorced|seeing|dating|taken)",
        "diet": r"my (?:\w+ )?diet|(?:do|did|am|was) i (?:\w+ )?(?:eat|vegan|vegetarian)",
        "phone": r"my (?:\w+ )?(?:\w+ )?(?:phone|mobile|number)",
        "email": r"my (?:\w+ )?e-?mail|e-?mail address",
        "favorite": r"my (?:\w+ )?favou?rite",
        "hobby": r"my (?:\w+ )?hobb(?:y|ies)|(?:which|what) (?:sports?|hobb\w+|instruments?) "
        r"(?:do|did) i",
        "pet": r"my (?:\w+ )?(?:pets?|dogs?|cats?)|(?:do|did) i (?:\w+ )*(?:pets?|dogs?|cats?)",
        "possession": r"(?:what|which) (?:car|bike|phone|computer|laptop)s? (?:do|did) i|"
        r"(?:do|did) i (?:still )?(?:have|own) (?:a|an) (?:car|bike|boat|motorbike)",
        "language": r"(?:which|what|how many) languages?\b.*\bi",
        "allergy": r"(?:am|was) i allergic|my allerg",
        "goal": r"my (?:\w+ )?(?:goals?|plans?|dreams?|aims?)|(?:am|was|did) i (?:\w+ )*learn",
    },
    "it": {
        "name": r"come mi chiam|(?:il )?mio nome",
        "age": r"quanti anni (?:ho|avevo|avrò)|la mia età",
        "birthday": r"mio compleanno|quando sono nat|mia data di nascita",
        "home": r"dove (?:abit|viv|risied|sto di casa)|abit[oa](?:vo)? (?:ancora|adesso|ora|a|"
        r"in)\b|"
        r"in (?:che|quale) città (?:abit|viv)|mi[oa] (?:\w+ )?(?:indirizzo|casa|città)",
        "origin": r"di dove (?:sono|ero)|da dove vengo|dove sono (?:nat|cresciut)",
        "job": r"che (?:lavoro|mestiere) (?:fac|svolg)|(?:di )?cosa mi occup|"
        r"mi[oa] (?:\w+ )?(?:lavoro|mestiere|professione)|come mi guadagn",
        "employer": r"dove lavor|per (?:chi|quale azienda|che azienda) lavor|"
        r"(?:mi[oa]|quale|che) (?:\w+ )?(?:azienda|datore|ditta)",
        "study": r"(?:cosa|che(?: cosa)?|dove) studi|mi[oa] (?:\w+ )?(?:facoltà|corso|studi)",
        "relationship": r"(?:sono|ero) (?:\w+ )?(?:impegnat|sposat|single|fidanzat|divorziat)|"
        r"mi[oa] (?:\w+ )?(?:situazione sentimentale|stato civile|relazione)",
        "diet": r"mi[oa] (?:\w+ )?dieta|(?:che|quale) dieta|(?:sono|ero) (?:\w+ )?(?:vegan|"
        r"vegetarian)|"
        r"come (?:mi aliment|mangi)",
        "phone": r"mio (?:\w+ )?(?:numero|telefono|cellulare)|(?:che|quale) numero avevo",
        "email": r"mi[oa] (?:\w+ )?(?:indirizzo )?(?:di )?(?:e-?mail|posta)",
        "favorite": r"preferit[oaie]|per quale squadra tif",
        "hobby": r"mi(?:o|ei) (?:\w+ )?hobby|(?:che|quale|quali) (?:sport|hobby|strument\w) ",
        "pet": r"mi[oa] (?:\w+ )?(?:cane|gatto|gatta|animal\w+)|(?:ho|avevo) (?:\w+ )*(?:cane|"
        r"gatto)",
        "possession": r"(?:che|quale) (?:macchina|auto|moto|bici|telefono) (?:ho|avevo|guid)|"
        r"(?:ho|avevo) (?:ancora )?(?:un'|una |un )(?:auto|macchina|moto|bici|barca)",
        "language": r"(?:che|quale|quali|quante) lingu[ae] (?:parl|stud|sto|impar)|"
        r"(?:parlo|imparo|imparavo|sto imparando) (?:\w+ )?lingu",
        "allergy": r"(?:sono|ero) allergic|mi[ae] allergi",
        "goal": r"mi(?:o|ei) (?:\w+ )?obiettiv|(?:cosa|che|quale) (?:\w+ )*(?:impar|voglio|volevo)",
    },
    "es": {
        "name": r"cómo me llam|mi nombre",
        "age": r"(?:qué edad|cuántos años) (?:teng|tení|tuve)|mi edad",
        "birthday": r"mi cumpleaños|cuándo nací|mi fecha de nacimiento",
        "home": r"d[óo]nde (?:\w+ )?(?:viv|resid)|(?:qué|cuál) ciudad viv|"
        r"mi (?:\w+ )?(?:casa|dirección|ciudad)|sigo viviendo",
        "origin": r"de dónde (?:soy|era|vengo)|dónde (?:nací|crecí|me crié)",
        "job": r"a qué me dedi|de qué trabaj|en qué trabaj|"
        r"mi (?:\w+ )?(?:trabajo|profesión|oficio|empleo)|qué trabajo (?:teng|tení|hag|hací)",
        "employer": r"(?:dónde|en qué empresa|para quién|con quién) trabaj|"
        r"mi (?:\w+ )?(?:empresa|jefe|jefa)",
        "study": r"qué (?:carrera )?estudi|mi (?:\w+ )?(?:carrera|grado)",
        "relationship": r"mi (?:\w+ )?(?:estado civil|situación sentimental|relación)|"
        r"(?:estoy|estaba|soy|era) (?:\w+ )?(?:casad|solter|divorciad|prometid|saliendo)",
        "diet": r"qué dieta|mi (?:\w+ )?dieta|(?:soy|era) (?:\w+ )?(?:vegan|vegetarian|omnívor)|"
        r"cómo me aliment",
        "phone": r"mi (?:\w+ )?(?:número|teléfono|móvil)|qué (?:número|teléfono)",
        "email": r"mi (?:\w+ )?(?:dirección de )?(?:correo|e-?mail)|qué correo",
        "favorite": r"favorit[oa]|preferid[oa]",
        "hobby": r"mis? (?:\w+ )?(?:hobb\w+|afici\w+|pasatiempos?)|qué (?:deporte|instrumento)s? ",
        "health": r"(?:fumo|fumaba|bebo|bebía)(?:\W|$)",
        "pet": r"mi (?:\w+ )?(?:mascota|perr[oa]|gat[oa])|"
        r"(?:tengo|tenía) (?:\w+ )*(?:mascota|perr[oa]|gat[oa])",
        "possession": r"qué (?:coche|moto|bici|móvil) (?:teng|tení|conduc)|"
        r"(?:tengo|tenía) (?:un |una )?(?:coche|moto|bici|barco)",
        "language": r"qué (?:idiomas?|lenguas?) (?:habl|estudi|aprend|estoy)",
        "allergy": r"(?:soy|era) alérgic|mis? alergi",
        "goal": r"mis? (?:\w+ )?(?:metas?|objetivos?)|qué (?:\w+ )*(?:aprend|quiero|quería)",
    },
    "de": {
        "name": r"wie hei(?:ß|ss)e ich|mein name|wer bin ich",
        "age": r"wie alt (?:bin|war|werde)|mein alter\b(?! \w)",
        "birthday": r"mein geburts(?:tag|datum)|wann (?:bin|wurde) ich geboren",
        "home": r"wo (?:\w+ )?(?:wohn|leb)|wo (?:habe?|bin|war) ich (?:\w+ )*(?:gewohnt|gelebt|"
        r"zu ?hause)|"
        r"mein(?:e|er)? (?:\w+ )?(?:adresse|wohnort|zuhause)|in welcher stadt (?:wohn|leb)",
        "origin": r"woher (?:komm|stamm)|wo (?:bin|wurde) ich (?:\w+ )?(?:geboren|aufgewachsen)",
        "job": r"von beruf|(?:mein|welchen|was für einen) (?:\w+ )?(?:beruf|job)|"
        r"als was (?:arbeit|habe)|was arbeite|womit verdien|was (?:mache|machte) ich beruflich",
        "employer": r"(?:bei (?:wem|welcher firma|welchem)|wo|für wen) (?:\w+ )*"
        r"(?:arbeit|gearbeit|angestellt)|bei wem war ich|mein(?:e)? (?:\w+ )?(?:firma|"
        r"chef|arbeitgeber)",
        "study": r"was (?:\w+ )*studier|mein(?:e)? (?:\w+ )?(?:studium|studienfach|uni)",
        "relationship": r"mein (?:\w+ )?(?:familienstand|beziehungsstatus)|"
        r"(?:bin|war) ich (?:\w+ )?(?:verheiratet|single|ledig|geschieden|verlobt|vergeben)",
        "diet": r"wie ernähr|(?:habe?) ich mich (?:\w+ )*ernährt|meine (?:\w+ )?ernährung|"
        r"(?:bin|war|esse) ich (?:\w+ )?(?:vegan|vegetari)",
        "phone": r"mein(?:e|en)? (?:\w+ )?(?:\w*nummer|handy\w*)|welche (?:\w*nummer)",
        "email": r"e-?mail|mailadresse",
        "favorite": r"lieblings\w+",
        "hobby": r"mein(?:e)? (?:\w+ )?hobbys?|(?:welchen sport|welches (?:hobby|instrument))|"
        r"(?:spiele|spielte) ich",
        "pet": r"mein(?:e|en)? (?:\w+ )?(?:haustier|hund|katze|kater)|"
        r"(?:habe|hatte) ich (?:\w+ )*(?:haustier|hund|katze)",
        "possession": r"welche[ns]? (?:auto|wagen|rad|handy)|"
        r"(?:habe|hatte|besitze) ich (?:noch )?(?:ein|einen|kein) (?:auto|wagen|rad|boot|motorrad)",
        "language": r"welche sprachen?|(?:lerne|lernte|spreche) ich (?:\w+ )*sprach",
        "allergy": r"(?:bin|war) ich (?:\w+ )*allergisch|meine allergi",
        "goal": r"meine? (?:\w+ )?ziele?|was (?:will|wollte) ich|(?:lerne|lernte) ich|"
        r"habe? ich (?:\w+ )*gelernt",
    },
    "fr": {
        "name": r"comment je m'appel|comment m'appel|mon (?:pré)?nom",
        "age": r"quel âge|mon âge",
        "birthday": r"mon anniversaire|quand (?:est-ce que )?(?:je suis|suis-je) née?|"
        r"ma date de naissance",
        "home": r"j'habit|habité-?je|je (?:vis|vivais|réside)|où (?:est-ce que )?j'(?:habit|"
        r"ai habit)|"
        r"m(?:on|a) (?:\w+ )?(?:adresse(?! (?:e-?)?mail)|domicile|ville)",
        "origin": r"d'où (?:je|est-ce que je) (?:viens|suis)|où (?:est-ce que )?je suis née?|"
        r"où j'ai grandi",
        "job": r"m(?:on|a) (?:\w+ )?(?:métier|boulot|travail|profession|job)|"
        r"je (?:fais|faisais) (?:quoi )?(?:comme|dans la vie)|qu'est-ce que je (?:fais|"
        r"faisais) dans la vie",
        "employer": r"(?:quelle (?:entreprise|boîte)|chez qui|pour qui|où)\b.*\bje "
        r"(?:travaill|boss)|je (?:travaill\w+|boss\w+) (?:où|chez qui|pour qui)|"
        r"m(?:on|a) (?:\w+ )?(?:employeur|entreprise|boîte|patron)",
        "study": r"j'étudi|mes (?:\w+ )?études|quelles? études",
        "relationship": r"ma (?:\w+ )?(?:situation (?:amoureuse|familiale)|relation)|"
        r"(?:suis|étais)(?:-je)? (?:\w+ )?(?:mariée?|célibataire|divorcée?|en couple|fiancée?)",
        "diet": r"(?:quel|mon) (?:\w+ )?régime|je mang\w+ (?:comment|quoi)|"
        r"(?:suis|étais)(?:-je)? (?:\w+ )?(?:vég|végétari)",
        "phone": r"m(?:on|es) (?:\w+ )?(?:numéro|téléphone|portable)|quel numéro",
        "email": r"adresse (?:e-?)?mail|m(?:on|a) (?:\w+ )?(?:e-?mail|mail|courriel)",
        "favorite": r"préférée?s?|favorite?s?",
        "hobby": r"m(?:on|es) (?:\w+ )?(?:loisirs?|hobb\w+|passe-temps)|"
        r"quels? (?:sports?|instruments?)\b.*\bje?\b",
        "pet": r"m(?:on|a|es) (?:\w+ )?(?:chien\w*|chatt?e?s?|animal|animaux)",
        "possession": r"quelle? (?:voiture|moto|vélo|portable)\b.*\bj|"
        r"(?:j'ai|j'avais|ai-je) (?:encore |toujours )?(?:une? )(?:voiture|moto|vélo|bateau)",
        "language": r"(?:quelles?|combien de) langues?|j'appren\w+ (?:une|quelle) langue",
        "allergy": r"(?:suis|étais)(?:-je)? (?:\w+ )?allergique|mes allergi",
        "goal": r"m(?:on|es) (?:\w+ )?(?:buts?|objectifs?)|j'appren|"
        r"qu'est-ce que je (?:veux|voulais)",
    },
}  # fmt: skip


def asked_attributes(query: str, language: str) -> frozenset[str]:
    """The attributes of the user that `query`, in the user's own words, asks for; mostly none or
    one. Languages without words here ask for none."""
    text = query.lower().replace("’", "'")
    return frozenset(
        attribute for attribute, form in _compiled(language).items() if form.search(text)
    )


@cache
def _compiled(language: str) -> Mapping[str, re.Pattern[str]]:
    return {
        attribute: re.compile(rf"(?<!\w)(?:{pattern})")
        for attribute, pattern in _PATTERNS.get(language, {}).items()
    }
