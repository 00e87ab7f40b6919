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
        u ur r im ive ill id youre dont didnt cant wont isnt wasnt its thats theres shes hes theyre
        gonna wanna gotta lol haha btw omg tho cos cuz bc pls plz thx ok okay yea yep yup nah nope
        hmm ugh
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

FILLERS = {
    "en": """
        great awesome amazing cool nice good fun lovely wonderful incredible beautiful special
        tough fantastic brilliant sweet perfect lot lots bit thing things stuff way make making
        made want wanted try trying go going went take took taking getting start started starting
        help helping
        """,
    "it": """
        bello bella bellissimo bellissima fantastico fantastica stupendo carino divertente buono
        ottimo speciale cosa cose modo po' fare fatto facendo voglio volevo provare provato andare
        andato andata preso iniziato cominciato
        """,
    "es": """
        bueno buena genial increíble fantástico divertido bonito lindo maravilloso especial cosa
        cosas manera poco hacer hecho haciendo quiero quería intentar ir ido tomar empezar empezado
        """,
    "de": """
        toll super schön gut großartig fantastisch lustig wunderbar besonders sache sachen weise
        bisschen machen gemacht will wollte versuchen versucht gehen gegangen nehmen angefangen
        """,
    "fr": """
        super génial bon bonne beau belle formidable incroyable merveilleux spécial amusant chose
        choses façon peu faire fait veux voulais essayer essayé aller allé prendre pris commencé
        """,
}
"""Praise and light verbs: they say how something is, never what, and begin or end no piece."""

PREPOSITIONS = {
    "en": "with for about at from in on to of by into after before during",
    "it": "con per su da di a in dal dalla del della al alla nel nella sul sulla dopo prima "
    "durante",
    "es": "con para por sobre de del a al en desde tras antes durante",
    "de": "mit für über von vom an am in im auf zu zum zur nach vor bei während",
    "fr": "avec pour sur de du des à au aux en dans par après avant pendant",
}
"""Where a piece may end, or begin, to be as short as an answer is."""

REASONS = {
    "en": "because since as to",
    "it": "perché siccome per",
    "es": "porque ya para",
    "de": "weil da um",
    "fr": "parce car pour",
}
"""What may stand just before a reason."""

PLACES = {
    "en": "in at to from near on outside behind through around",
    "it": "a ad in da di presso al alla nel nella dal dalla sul sulla",
    "es": "a en de desde cerca al del",
    "de": "in im nach aus bei am auf",
    "fr": "à au aux en dans de du chez près",
}
"""What may stand just before a place."""

STATES = {
    "en": "is are was were am be been feel feels felt feeling so really very pretty super by",
    "it": "è sono era erano sento sentito sentita così molto davvero",
    "es": "es son era fue está estaba siento sentí tan muy",
    "de": "ist sind war waren bin fühle fühlte so sehr durch",
    "fr": "est sont était suis sens senti sentie si très par en",
}
"""What may stand just before the words that say how something is, or is done."""
