"""The words at which a sentence is cut into the pieces that may answer a question."""

from __future__ import annotations

BOUNDARIES = {
    "en": """
        i you he she it we they me him us them this that these those there here which who whom
        whose what when where why how because since although though while but so if then is are
        was were am be been being has have had do does did can could will would should may might
        must not never no yes yeah oh wow hey well hi hello thanks thank please also just really
        still even lately recently definitely totally super pretty absolutely maybe actually
        always ever already let know think guess feel felt looks look looking sounds sound seems
        seem love got get sure glad
        """,
    "it": """
        io tu lui lei noi voi loro mi ti si ci vi che chi cui quando dove perché come mentre ma
        però se quindi poi è sono sei siamo era erano ero ho hai ha abbiamo hanno avevo aveva non
        sì no già anche ancora sempre mai molto davvero proprio forse credo penso grazie ciao
        """,
    "es": """
        yo tú él ella nosotros ellos ellas me te se nos que quien cuando donde porque como
        mientras pero si entonces luego es soy eres somos son era eran está están estoy he has ha
        hemos han había no sí ya también siempre nunca muy realmente quizás creo pienso gracias
        hola
        """,
    "de": """
        ich du er sie es wir ihr mich mir dich dir uns dass der die das wer wann wo weil wie
        während aber wenn dann ist bin bist sind war waren habe hast hat haben hatte werde wird
        kann will muss nicht nie nein ja auch noch schon immer sehr wirklich vielleicht glaube
        denke danke hallo
        """,
    "fr": """
        je j tu il elle on nous vous ils elles me m te t se s qui que qu quand où parce comme
        pendant mais si donc alors est suis es sommes sont était ai as a avons ont avais ne n pas
        non oui déjà aussi encore toujours jamais très vraiment peut-être crois pense merci
        bonjour salut
        """,
}
"""A piece never holds one of these."""

REASONS = {
    "en": "because since as to",
    "it": "perché siccome per",
    "es": "porque ya para",
    "de": "weil da um",
    "fr": "parce car pour",
}
"""What may stand just before a reason."""

STATES = {
    "en": "is are was were am be been feel feels felt feeling so really very pretty super by",
    "it": "è sono era erano sento sentito sentita così molto davvero",
    "es": "es son era fue está estaba siento sentí tan muy",
    "de": "ist sind war waren bin fühle fühlte so sehr durch",
    "fr": "est sont était suis sens senti sentie si très par en",
}
"""What may stand just before the words that say how something is, or is done."""

DURATION_UNITS = {
    "en": "years?|months?|weeks?|days?|hours?|minutes?",
    "it": "ann[oi]|mes[ei]|settiman[ae]|giorn[oi]|or[ae]|minut[oi]",
    "es": "años?|mes(?:es)?|semanas?|días?|horas?|minutos?",
    "de": "jahren?|monaten?|wochen?|tagen?|stunden?|minuten?",
    "fr": "ans?|années?|mois|semaines?|jours?|heures?|minutes?",
    "zh": "年|个月|周|星期|天|小时|分钟",
    "ja": "年間?|[かヶ]月|週間|日間?|時間|分",
    "ko": "년|개월|주|일|시간|분",
}
