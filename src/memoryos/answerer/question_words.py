"""The words by which a question says what it wants, and those that say nothing of its topic."""

from __future__ import annotations

from enum import Enum


class Asks(Enum):
    """What a question wants to be told."""

    WHEN = "a date"
    HOW_LONG = "a duration"
    HOW_MANY = "a number"
    HOW_OLD = "an age"
    HOW_OFTEN = "a frequency"
    HOW_MUCH = "an amount"
    CLOCK = "a time of the day"
    COLOUR = "a colour"
    NAMED = "a name"
    WHERE = "a place"
    WHO = "a person"
    WHY = "a reason"
    HOW = "a manner or a state"
    WHICH = "one of several, by name"
    WHETHER = "yes or no"
    WHAT = "anything else"


_BEFORE = {
    "en": r"(?:(?:and|so|but|ok|okay|hey|please),? )?(?:(?:tell|remind) me |i wonder |"
    r"(?:do|can|could) you (?:remember|know|recall|tell me|say) )?",
    "it": r"(?:e |ma )?(?:(?:ti ricordi|ricordi|sai|sapresti dirmi|mi dici|dimmi) )?"
    r"(?:da |di |a |in |con )?",
    "es": r"¿?(?:y |pero )?(?:(?:recuerdas|sabes|me dices|dime) )?(?:de |desde |a |en |con )?",
    "de": r"(?:und |aber )?(?:(?:weißt du(?: noch)?|erinnerst du dich|sag mir),? )?"
    r"(?:seit |mit |bis )?",
    "fr": r"(?:et |mais )?(?:(?:te souviens-tu|tu te souviens|sais-tu|tu sais|dis-moi) )?"
    r"(?:depuis |de |à |avec )?",
}
"""What may stand before the word that asks."""

_ASKING = {
    "en": {
        Asks.CLOCK: r"(?:at |from |until )?what time(?! of (?:the )?(?:year|month|week))",
        Asks.WHEN: r"when|since when|what (?:date|day|week|month|year|time|season)|"
        r"(?:on|in|at|around|by|during|since|until|from) (?:what|which) \w* ?"
        r"(?:date|day|month|year|time|season|holiday)|"
        r"which (?:date|day|week|month|year|season)|how long ago",
        Asks.HOW_LONG: r"(?:for )?how long|for how many (?:years|months|weeks|days|hours)|"
        r"how many (?:years|months|weeks|days|hours|minutes)|how much time",
        Asks.HOW_OFTEN: r"how (?:often|frequently|regularly)|how many times (?:a|per|each)",
        Asks.HOW_MUCH: r"(?:for )?how (?:much|far|heavy|tall|deep|fast|high)",
        Asks.HOW_MANY: r"how many",
        Asks.HOW_OLD: r"how old|(?:at )?what age",
        Asks.COLOUR: r"(?:in )?(?:what|which) colou?rs?|what(?:'s| is| was| are| were) the "
        r"colou?rs?",
        Asks.NAMED: r"what(?:'s| is| was| are| were| do| does| did) .*(?:names?|called|named|"
        r"nicknamed?)",
        Asks.WHERE: r"(?:from )?where|(?:in |from |to |at )?(?:what|which) (?:\w+ )?"
        r"(?:city|cities|country|countries|state|states|town|towns|place|places)",
        Asks.WHO: r"(?:with |to |for |from )?who(?:m|se)?",
        Asks.WHICH: r"(?:\w+ )?which|"
        r"what (?:book|movie|film|song|band|show|series|game|brand|name)s?",
        Asks.WHETHER: r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|would|will|should|"
        r"might)(?:n't)?(?! you (?:remember|recall|know)\b)",
        Asks.WHY: r"why|for what reason",
        Asks.HOW: r"how",
    },
    "it": {
        Asks.CLOCK: r"a che ora",
        Asks.WHEN: r"quando|(?:in |di )?(?:che|quale) (?:data|giorno|mese|anno|stagione|ora)",
        Asks.HOW_LONG: r"(?:per |da )?(?:quanto tempo|"
        r"quant[ie] (?:anni|mesi|settimane|giorni|ore))",
        Asks.HOW_OFTEN: r"(?:con che frequenza|quante volte)",
        Asks.HOW_MUCH: r"quanto (?:costa|è costat[oa]|ho pagato|ha pagato|pesa|misura|dista|pago|"
        r"paga)",
        Asks.HOW_OLD: r"(?:a )?che età",
        Asks.HOW_MANY: r"quant[oaie]",
        Asks.COLOUR: r"(?:che|quale) colore",
        Asks.WHERE: r"dove|dov'è|(?:in )?(?:che|quale) (?:città|paese|luogo|posto)",
        Asks.WHO: r"(?:con )?chi",
        Asks.WHETHER: r"è|c'è|sono|sei|ho|hai|ha|sarebbe|potrebbe|vorrebbe|(?:mi|ti) (?:è|piace|"
        r"piacciono)|posso|devo",
        Asks.WHY: r"perché|come mai|per quale motivo",
        Asks.HOW: r"come(?! (?:si |ti |mi )?chiam)",
        Asks.WHICH: r"(?:\w+ )?qual[ei]|(?:che|quale) (?:libro|film|canzone|gioco|nome)",
    },
    "es": {
        Asks.CLOCK: r"(?:a )?qué hora",
        Asks.WHEN: r"cuándo|(?:en )?qué (?:fecha|día|mes|año|hora)",
        Asks.HOW_LONG: r"(?:durante |hace )?(?:cuánto tiempo|"
        r"cuánt[oa]s (?:años|meses|semanas|días|horas))",
        Asks.HOW_OFTEN: r"(?:con qué frecuencia|cuántas veces|cada cuánto)",
        Asks.HOW_MUCH: r"cuánto (?:cuesta|costó|me costó|pagué|pagó|pesa|mide|pago)",
        Asks.HOW_OLD: r"(?:a )?qué edad",
        Asks.HOW_MANY: r"cuánt[oa]s?",
        Asks.COLOUR: r"(?:de )?qué color",
        Asks.WHERE: r"(?:a|de)?dónde|(?:en )?qué (?:ciudad|país|lugar|sitio)",
        Asks.WHO: r"quién(?:es)?",
        Asks.WHETHER: r"es|soy|eres|estoy|sería|podría|querría|he|has|ha|tengo|tienes|hay|(?:me|"
        r"te) gustan?|puedo|debo",
        Asks.WHY: r"por qué",
        Asks.HOW: r"cómo(?! (?:se |te |me )?llam)",
        Asks.WHICH: r"(?:\w+ )?cuál(?:es)?|qué (?:libro|película|canción|juego|nombre)",
    },
    "de": {
        Asks.CLOCK: r"um wie ?viel uhr",
        Asks.WHEN: r"wann|(?:an |in )?welche[mnrs]? (?:datum|tag|monat|jahr)",
        Asks.HOW_LONG: r"wie lange|wie viele (?:jahre|monate|wochen|tage|stunden)",
        Asks.HOW_OFTEN: r"wie oft",
        Asks.HOW_MUCH: r"wie ?viel (?:kostet|hat .* gekostet|habe ich .*bezahlt|wiegt)|wie "
        r"(?:weit|schwer|hoch)",
        Asks.HOW_OLD: r"wie alt",
        Asks.HOW_MANY: r"wie ?viele?",
        Asks.COLOUR: r"welche farben?",
        Asks.WHERE: r"wo|wohin|woher|in welche[mnr]? (?:stadt|land|ort)",
        Asks.WHO: r"wer|wen|wem|wessen",
        Asks.WHETHER: r"bin|bist|ist|war|würde|könnte|wäre|habe|hast|hat|mag|magst|kann|kannst|"
        r"soll|gibt es|werde",
        Asks.WHY: r"warum|wieso|weshalb",
        Asks.HOW: r"wie(?! hei(?:ß|ss))",
        Asks.WHICH: r"(?:\w+ )?welche[mnrs]?",
    },
    "fr": {
        Asks.CLOCK: r"(?:à )?quelle heure",
        Asks.WHEN: r"quand|(?:à |en )?quelle? (?:date|jour|mois|année|heure)",
        Asks.HOW_LONG: r"(?:depuis |pendant )?combien "
        r"(?:de temps|d'années|d'heures|de mois|de semaines|de jours)",
        Asks.HOW_OFTEN: r"(?:combien de fois|à quelle fréquence)",
        Asks.HOW_MUCH: r"combien (?:coûte|a coûté|ai-je payé|pèse|mesure|j'ai payé)",
        Asks.HOW_OLD: r"quel âge|à quel âge",
        Asks.HOW_MANY: r"combien",
        Asks.COLOUR: r"(?:de )?quelles? couleurs?",
        Asks.WHERE: r"où|d'où|(?:dans )?quelle? (?:ville|pays|endroit)",
        Asks.WHO: r"qui",
        Asks.WHETHER: r"est-ce que?|(?:serait|pourrait|voudrait)-\w+|est-ce qu'\w+|suis-je|ai-je|"
        r"as-tu|es-tu|y a-t-il|dois-je",
        Asks.WHY: r"pourquoi",
        Asks.HOW: r"comment(?! (?:s'|m'|t'|se )?appel)",
        Asks.WHICH: r"(?:\w+ )?quel(?:le)?s?",
    },
}

ASKING = {
    language: [(asks, rf"\W*{_BEFORE[language]}(?:{words})(?!\w)") for asks, words in table.items()]
    for language, table in _ASKING.items()
}
"""Language -> regular expressions for the beginning of a question; the first match counts."""

ASKING_ANYWHERE = {
    "zh": [
        (Asks.WHEN, "什么时候|何时|哪天|哪一天|几号|哪年|几月"),
        (Asks.HOW_LONG, "多久|多长时间"),
        (Asks.HOW_MANY, "多少|几[个只次本]"),
        (Asks.WHERE, "哪里|哪儿|什么地方"),
        (Asks.WHO, "谁"),
    ],
    "ja": [
        (Asks.WHEN, "いつ|何日|何月|何年"),
        (Asks.HOW_LONG, "どのくらい|どれくらい"),
        (Asks.HOW_MANY, "いくつ|何[人個回匹本]"),
        (Asks.WHERE, "どこ"),
        (Asks.WHO, "誰|だれ"),
    ],
    "ko": [
        (Asks.WHEN, "언제|며칠|몇 월|몇 년"),
        (Asks.HOW_LONG, "얼마나 오래|얼마 동안"),
        (Asks.HOW_MANY, "몇|얼마"),
        (Asks.WHERE, "어디"),
        (Asks.WHO, "누구|누가"),
    ],
    "ar": [
        (Asks.WHEN, "متى"),
        (Asks.HOW_LONG, "كم من الوقت|منذ متى"),
        (Asks.HOW_MANY, "كم"),
        (Asks.WHERE, "أين"),
        (Asks.WHO, r"(?<!\w)من(?!\w)"),
    ],
}
"""The same for languages in which the asking word may stand anywhere."""

_THEN = {
    "en": ("and|or|but", r"when|where|who|why|how|(?:is|are|was|were|do|does|did|has|had|can) \w+"),
    "it": ("e|o|ma", r"quando|dove|chi|perché|come|quant[oaie]|ho|sono|è|era|mi è"),
    "es": ("y|o|pero", r"cuándo|dónde|quién|por qué|cómo|cuánt[oa]s?|he|soy|es|fue|me gustó"),
    "de": (
        "und|oder|aber",
        r"wann|wo|wer|warum|wieso|wie|(?:bin|ist|war|habe|hat) (?:ich|du|er|sie|es)",
    ),
    "fr": ("et|ou|mais", r"quand|où|qui|pourquoi|comment|combien|est-ce|ai-je|suis-je|était-ce"),
}
ASKING_AGAIN = {
    language: rf"(?:[?;]|(?:{joining})) (?:{words})" for language, (joining, words) in _THEN.items()
}
"""Regular expressions for where a question begins to ask something else."""

SEVERAL = {
    "en": r"\W*(?:in )?(?:what|which)(?! (?:kind|type|sort) )(?: \S+){0,4} "
    r"(?:\S+[^su\W]s|people|children|men|women) "
    r"(?:are|were|do|does|did|has|have|can|would)\b|\W*(?:what|who) (?:are|were|all)\b|"
    r"\W*(?:what|where|who) (?:has|have)\b|"
    r"\W*(?:do you (?:remember|know|recall) )?which ones\b",
    "it": r"\W*(?:in |con )?quali\b|\W*che cosa sono\b|\W*chi sono\b",
    "es": r"\W*(?:en |con )?(?:cuáles|quiénes|qué \w+s)\b",
    "de": r"\W*welche (?!\w+ (?:ist|hat)\b)|\W*was sind\b|\W*wer sind\b",
    "fr": r"\W*(?:dans |avec )?quel(?:le)?s\b|\W*qui sont\b",
}
"""Regular expressions for the beginning of a question that wants several things named."""

HYPOTHETICAL = {
    "en": r"\W*(?:would|could|might)\b|.*\blikely\b",
    "it": r"\W*(?:sarebbe|potrebbe|vorrebbe)\b",
    "es": r"\W*(?:sería|podría|querría)\b",
    "de": r"\W*(?:würde|könnte|wäre)\b",
    "fr": r"\W*(?:serait|pourrait|voudrait)\b",
}
"""Regular expressions for the beginning of a question about what nobody has said outright."""

ADVISED = {
    "en": r"you (?:have |had |once |ever |'ve ){0,2}(?:recommend|suggest|advise)\w*|"
    r"(?:advice|suggestions?|recommendations?|tips) (?:did|have) you",
    "it": r"hai (?:\w+ )?(?:consigliat|suggerit|raccomandat)\w|mi consigliavi",
    "es": r"me (?:has )?(?:recomendaste|recomendado|sugeriste|sugerido|aconsejaste|aconsejado)",
    "de": r"hast du .*(?:empfohlen|vorgeschlagen|geraten)",
    "fr": r"(?:tu m'as|m'as-tu) (?:\w+ )?(?:recommandé|conseillé|suggéré|proposé)e?s?",
}
"""Regular expressions for a question about what the agent recommended."""

TITLED = {
    "en": "movies?|films?|books?|novels?|songs?|albums?|shows?|series|games?|podcasts?",
    "it": "film|libr[oi]|romanz[oi]|canzon[ei]|album|serie|gioc(?:o|hi)|podcast",
    "es": "películas?|libros?|novelas?|canci(?:ón|ones)|álbum(?:es)?|series?|juegos?|podcasts?",
    "de": "filme?|bücher|buch|romane?|lied(?:er)?|alb(?:um|en)|serien?|spiele?|podcasts?",
    "fr": "films?|livres?|romans?|chansons?|albums?|séries?|jeux?|podcasts?",
}
"""Regular expressions for what has a title."""

OR = {"en": "or", "it": "o", "es": "o", "de": "oder", "fr": "ou"}

REQUEST = {
    "en": "tell|remind|show|give|list|describe|explain|remember|please",
    "it": "dimmi|parlami|raccontami|ricordami|mostrami|elenca|descrivi|spiegami",
    "es": "dime|háblame|cuéntame|recuérdame|muéstrame|enumera|describe|explícame",
    "de": "sag|erzähl|erzähle|erinnere|zeig|zeige|nenne|beschreib|beschreibe|erkläre?",
    "fr": "dis-moi|parle-moi|raconte|raconte-moi|rappelle-moi|montre-moi|décris|explique-moi",
}
"""The first words of a sentence that asks without a question mark."""

_GREETINGS = (
    "hi hello hey hiya heya ciao salve buongiorno buonasera hola buenas hallo servus moin bonjour "
    "bonsoir salut"
)
GREETINGS = frozenset(_GREETINGS.split())
"""The first words of a sentence that only greets."""

ABOUT_MEMORY = {
    "en": "remember recall know tell told said mention mentioned about regarding concerning "
    "anything everything memory memories remind please list describe name current currently now",
    "it": "ricordi ricorda ricordare sai riguardo proposito circa parlami dimmi raccontami memoria "
    "detto dirmi elenca adesso attualmente",
    "es": "recuerdas recuerda recordar sabes sobre acerca respecto háblame dime cuéntame memoria "
    "dije decir ahora actualmente",
    "de": "erinnerst erinnern weißt erzähl sag sage über bezüglich gedächtnis gesagt jetzt",
    "fr": "souviens rappelles rappeler sais sujet propos parle-moi dis raconte mémoire dit "
    "maintenant",
}
"""Words of a question that speak of remembering, not of what is remembered."""

CJK_ASIDE = (
    "什么|甚么|时候|哪里|哪儿|多少|怎么|记得|知道|告诉|关于|[的了是我你您他她它们吗呢吧啊很这那个一谁何哪]"
    "|ですか|ますか|です|ます|私|僕|あなた|覚えて|いつ|どこ|どの|について|[何誰はがをにでとのもかへや]"
    "|기억|언제|어디|무엇|뭐야|누구|나는|내가|제가"
)
"""A regular expression for what is no topic in a Chinese, Japanese or Korean question."""

CONCEPTS = (
    {
        "en": "job work profession occupation career employed employer",
        "it": "lavoro lavorare lavori mestiere professione impiego occupazione",
        "es": "trabajo trabajar trabajas profesión empleo oficio ocupación dedico dedicas",
        "de": "arbeit arbeite arbeiten beruf job tätigkeit angestellt",
        "fr": "travail travaille travailler métier profession emploi boulot",
        "zh": "工作 职业 上班",
        "ja": "仕事 職業 働い 働く",
        "ko": "직업 직장 일하",
    },
    {
        "en": "live lives living home reside city town address moved",
        "it": "abito abiti abitare vivo vivi vivere casa città residenza trasferito trasferita",
        "es": "vivo vives vivir casa hogar ciudad resido mudé mudado",
        "de": "wohne wohnst wohnen lebe leben zuhause stadt wohnort gezogen",
        "fr": "habite habites habiter vis vivre ville domicile déménagé",
        "zh": "住 搬",
        "ja": "住 引越",
        "ko": "살고 사는 살아",
    },
    {
        "en": "name called nickname",
        "it": "nome chiamo chiami chiama chiamare soprannome",
        "es": "nombre llamo llamas llama llamar apodo",
        "de": "name heiße heißt heißen genannt",
        "fr": "nom prénom appelle appelles appeler",
        "zh": "名字 名 叫",
        "ja": "名前 名",
        "ko": "이름",
    },
    {
        "en": "like love enjoy favorite favourite hobby hobbies fan",
        "it": "piace piacciono adoro amo preferito preferita passione hobby",
        "es": "gusta gustan encanta encantan favorito favorita afición hobby",
        "de": "mag liebe gern gerne lieblings hobby",
        "fr": "aime adore préféré préférée plaît loisir hobby",
    },
    {
        "en": "pet dog cat puppy kitten",
        "it": "animale cane gatto cagnolino gattino",
        "es": "mascota perro perra gato gata",
        "de": "haustier hund katze kater",
        "fr": "animal chien chienne chat chatte",
    },
    {
        "en": "recommend suggest advise recommendation suggestion advice",
        "it": "consigliato consiglio consigliare suggerito raccomandato",
        "es": "recomendaste recomiendo recomendar aconsejaste sugeriste consejo",
        "de": "empfohlen empfehle empfehlen vorgeschlagen rat",
        "fr": "conseillé recommandé recommande conseil suggéré",
    },
    {
        "en": "buy purchase purchased",
        "it": "comprare comprato acquistato acquistare",
        "es": "comprar comprado compré adquirir",
        "de": "kaufen gekauft erworben",
        "fr": "acheter acheté",
    },
)
"""Words for one thing that have no stem in common. What a person asks of himself most often."""
