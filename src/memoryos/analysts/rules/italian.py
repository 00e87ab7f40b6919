"""What people say of themselves in Italian."""

from memoryos.analysts.rules.grammar import Grammar, Rule

_EMPLOYERS = (
    "azienda|ditta|società|startup|banca|ospedale|scuola|università|ristorante|clinica|"
    "studio(?: legale| medico| dentistico)?|negozio|supermercato|hotel|albergo|agenzia|museo|"
    "biblioteca|fabbrica|panetteria|pasticceria|caffè|bar|aeroporto|ministero|comune|"
    "giornale|casa editrice|laboratorio|istituto|ufficio|farmacia|asilo|associazione|"
    "libreria|palestra|fattoria|teatro|multinazionale|cooperativa|officina|call center|liceo|"
    "poste|polizia|pizzeria|trattoria|cantiere|impresa|onlus|ong|casa di riposo"
)

_CLASSES = {
    "ADVERB": (
        "(?:(?:anche|davvero|proprio|molto|tanto|attualmente|ora|adesso|ancora|sempre|di "
        "solito|soprattutto|già|principalmente|semplicemente|un po'|tantissimo|"
        "particolarmente|da sempre|felicemente|purtroppo|originariamente|in realtà|invece|"
        "orgogliosamente|veramente) )"
    ),
    "I": "(?:io )?",
    "HAVE": "(?:io |noi )?(?:ho|possiedo|abbiamo) (?:anche )?",
    "RELATIVE": (
        "moglie|marito|compagn[oa]|fidanzat[oa]|ragazz[oa]|madre|mamma|padre|papà|babbo|"
        "sorella|fratello|sorellina|fratellino|figli[oa]|bambin[oa]|nonn[oa]|zi[oa]|"
        "cugin[oa]|nipot[ei]|nipotin[oa]|suocer[oa]|cognat[oa]|gemell[oa]"
    ),
    "RELATIVES": "sorelle|fratelli|figli[oe]?|bambin[ie]|nipoti|nipotini|cugini|gemell[ie]|zii|zie",
    "PET": (
        "can[ei]|cagnolin[oaie]|cagnett[oa]|cucciol[oi]|gatt[oaie]|gattin[oaie]|micio|"
        "pappagall[oi]|canarin[oi]|conigli[oeai]*|coniglietto|criceto|criceti|porcellin[oi] "
        "d'india|cavall[oi]|tartarug[ah]e?|pesc[ei](?: ross[oi])?|serpente|lucertola|geco|"
        "furetto|gallin[ae]|labrador|golden retriever|barboncino|beagle|bassotto|pastore "
        "tedesco|husky|chihuahua|setter|asino|capr[ae]"
    ),
    "NUMBER": r"un|una|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|\d{1,2}",
    "LANGUAGE": (
        "inglese|italiano|spagnolo|tedesco|francese|portoghese|olandese|svedese|norvegese|"
        "danese|finlandese|polacco|ceco|slovacco|ungherese|rumeno|romeno|bulgaro|serbo|"
        "croato|sloveno|greco|turco|russo|ucraino|arabo|ebraico|persiano|hindi|urdu|cinese|"
        "mandarino|giapponese|coreano|vietnamita|thailandese|indonesiano|swahili|catalano|"
        "basco|gallese|irlandese|latino|esperanto|albanese|sardo|napoletano|friulano|"
        "siciliano|veneto|lituano|estone|georgiano|lingua dei segni"
    ),
    "NATIONALITY": (
        "italian[oa]|american[oa]|statunitense|spagnol[oa]|tedesc[oa]|frances[ea]|portoghese|"
        "olandese|svedese|norvegese|danese|finlandese|polacc[oa]|cec[oa]|slovacc[oa]|"
        "ungherese|rumen[oa]|romen[oa]|bulgar[oa]|serb[oa]|croat[oa]|sloven[oa]|grec[oa]|"
        "turc[oa]|russ[oa]|ucrain[oa]|egizian[oa]|marocchin[oa]|tunisin[oa]|algerin[oa]|"
        "nigerian[oa]|senegalese|israelian[oa]|iranian[oa]|sirian[oa]|libanese|indian[oa]|"
        "pakistan[oa]|cinese|giapponese|corean[oa]|vietnamita|thailandese|filippin[oa]|"
        "australian[oa]|canadese|messican[oa]|brasilian[oa]|argentin[oa]|cilen[oa]|"
        "colombian[oa]|peruvian[oa]|venezuelan[oa]|cuban[oa]|britannic[oa]|inglese|scozzese|"
        "gallese|irlandese|svizzer[oa]|austriac[oa]|belga|albanese|estone|lettone|lituan[oa]|"
        "siciliano|siciliana|sard[oa]"
    ),
    "CONDITION": (
        "(?:il )?diabete(?: di tipo (?:1|2|uno|due))?|(?:l')?asma|(?:l')?artrite|"
        "(?:l')?epilessia|(?:la )?pressione (?:alta|bassa)|(?:l')?ipertensione|"
        "(?:l')?emicrani[ae]|(?:di )?depressione|(?:l')?ansia|(?:l')?insonnia|(?:la "
        ")?celiachia|(?:la )?psoriasi|(?:l')?ipotiroidismo|(?:l')?ipertiroidismo|(?:la "
        ")?sclerosi multipla|(?:la )?dislessia|(?:la )?scoliosi|gli acufeni|(?:la "
        ")?fibromialgia|(?:l')?endometriosi|(?:l')?anemia|(?:l')?osteoporosi|(?:il )?morbo "
        "di crohn|(?:l')?adhd|(?:l')?artrosi|(?:la )?gastrite|(?:la )?sinusite|"
        "(?:l')?ernia(?: del disco)?|vertigini|(?:il )?colesterolo alto|(?:il )?glaucoma|"
        "reumatismi|apnee notturne"
    ),
    "POSSESSION": (
        "macchina|auto|automobile|bici|bicicletta|moto|motocicletta|motorino|scooter|vespa|"
        "furgone|camper|barca|casa|giardino|orto|chitarra|pianoforte|violino|macchina "
        "fotografica|fotocamera|telescopio|drone|appartamento|fiat|panda|cinquecento|toyota|"
        "bmw|audi|ford|volkswagen|tesla|kayak|fattoria|trattore|villetta|garage|giradischi"
    ),
    "INSTRUMENT": (
        "(?:il |la |l'|lo |i |le )?(?:pianoforte|piano|chitarra|violino|violoncello|batteria|"
        "basso|flauto|clarinetto|sassofono|sax|tromba|ukulele|arpa|fisarmonica|armonica|"
        "organo|tastiera|mandolino)"
    ),
    "SPORT": (
        "calcio|calcetto|pallavolo|tennis|basket|pallacanestro|padel|ping pong|rugby|golf|"
        "scacchi|pallanuoto|pallamano|beach volley|bocce|briscola|burraco|poker|hockey|"
        "badminton|carte|videogiochi|giochi di ruolo|giochi da tavolo"
    ),
    "PRACTICE": (
        "yoga|pilates|karate|judo|pugilato|boxe|crossfit|danza|ginnastica|nuoto|arrampicata|"
        "atletica|trekking|escursionismo|meditazione|ceramica|teatro|tai chi|equitazione|"
        "ciclismo|scherma|vela|corsa|canottaggio|fotografia|volontariato|giardinaggio|"
        "immersioni|escursioni|sci"
    ),
    "WORD": r"[^\W\d_][\w'-]*",
    "MONTH": (
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|"
        "novembre|dicembre"
    ),
    "ONCE": (
        "(?:prima |una volta |un tempo |da giovane |(?<=prima, )|(?<=una volta, )|(?<=un "
        "tempo, )|(?<=da giovane, ))"
    ),
    "NAMED": "(?: di nome | che si chiama(?:no)? | chiamat[oaie] |, si chiama )",
    "END": (
        r"(?=\s*(?:$|[.,;!():]|e |ed |ma |però |che |con |da |di |a |in |perché |quindi |dal |"
        "per |ora ))"
    ),
}

_RULES = (
    # Who and where.
    Rule(
        "name",
        "(?:{I}mi chiamo|(?:il )?mio nome è|mi chiamano(?: tutti)?|(?:puoi|potete) "
        "chiamarmi|chiamami|tutti mi chiamano|gli amici mi chiamano) ",
        "si chiama {value}",
        "full_name",
        confidence=0.97,
    ),
    Rule(
        "name",
        r"{I}sono (?:(?:il |la )?(?:dottoressa|dottor|dott\.|professoressa|professor|prof\.|"
        r"signora|signor|sig\.(?:ra)?) )?(?=[A-Z])",
        "si chiama {value}",
        "name",
        confidence=0.85,
    ),
    Rule(
        "age",
        r"{I}ho (?:appena )?compiuto (?:i )?(?P<value>\d{1,3}|(?:vent|trent|quarant|"
        r"cinquant|sessant|settant|ottant)\w{0,8})(?: anni)?(?! (?:mesi|giorni))",
        "ha {value} anni",
        "group",
        past=True,
    ),
    Rule(
        "age",
        "{I}ho {ADVERB}*(?:compiuto )?(?P<value>(?:vent|trent|quarant|cinquant|sessant|"
        r"settant|ottant|novant)\w{0,8})(?:'| )anni(?! (?:di|fa))",
        "ha {value} anni",
        "group",
    ),
    Rule(
        "age",
        r"{I}ho {ADVERB}*(?:compiuto )?(?P<value>\d{1,3}|(?:venti|trenta|quaranta|cinquanta|"
        "sessanta|settanta|ottanta)(?:un|uno|due|tre|tré|quattro|cinque|sei|sette|otto|"
        "nove)?|vent|trent)(?: anni)(?! (?:di|fa))",
        "ha {value} anni",
        "group",
    ),
    Rule(
        "birthday",
        "(?:il mio compleanno (?:è|cade)|{I}sono nat[oa]|compio gli anni|festeggio il "
        r"compleanno)(?: a {WORD})? (?:il |l'|nel |in |a |un )?(?P<value>(?:\d{1,2}[°º]? |primo "
        r")?(?:{MONTH})(?: (?:del )?(?:19|20)\d\d)?|(?:19|20)\d\d|"
        r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)",
        "è nato il {value}",
        "group",
        past=True,
    ),
    Rule(
        "home",
        r"casa mia è (?:ora |adesso )?(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)",
        "vive a {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "home",
        "casa mia è (?:ora |adesso )?(?:a |ad |in )?(?=(?-i:[A-ZÀ-Þ]))",
        "vive a {value}",
        "place",
    ),
    Rule(
        "home",
        "{I}(?:{ADVERB}*vivo|{ADVERB}*abito|{ADVERB}*risiedo|sto vivendo) {ADVERB}*(?:qui "
        r")?(?:con [\w ]{2,20} )?(?:vicino a|fuori|a|ad|in|nei pressi di|dalle parti di|nel|"
        "nella) ",
        "vive a {value}",
        "place",
    ),
    Rule(
        "home",
        r"{I}mi sono {ADVERB}*(?:trasferit[oa]|spostat[oa])(?: da \w+(?: \w+)?)?(?: di "
        "recente| recentemente| da poco)? (?:a|ad|in|nel|nella) ",
        "vive a {value}",
        "place",
        past=True,
    ),
    Rule(
        "home",
        "(?:la mia casa è|casa mia è) (?:a|ad|in) ",
        "vive a {value}",
        "place",
    ),
    Rule(
        "origin",
        "{I}(?:sono {ADVERB}*(?:originari[oa] (?:di|del|della|dell')|di)|vengo "
        "{ADVERB}*(?:da|dal|dalla|dall')|provengo (?:da|dal|dalla|dall')) ?(?=[A-ZÀ-Ü])",
        "viene da {value}",
        "place",
    ),
    Rule(
        "origin",
        "(?:{I}sono |^)(?:nat[oa]|cresciut[oa]|nat[oa] e cresciut[oa]) (?:a|ad|in|nel|nella) ",
        "viene da {value}",
        "place",
        past=True,
    ),
    Rule(
        "nationality",
        "{I}sono {ADVERB}*(?:un |una |un')?(?P<value>(?:{NATIONALITY})(?:[- ]{NATIONALITY})?){END}",
        "è {value}",
        "group",
    ),
    Rule(
        "nationality",
        "(?:la mia nazionalità è|di nazionalità sono) (?P<value>{NATIONALITY})",
        "è {value}",
        "group",
    ),
    # Work and study.
    Rule(
        "job",
        "{I}(?:{ADVERB}*(?:guadagno|mi guadagno (?:da vivere|il pane)|campo)) (?:come|"
        "facendo) (?:il |la |l'|un |una )?",
        "lavora come {value}",
        "work",
    ),
    Rule(
        "job",
        "{I}(?:{ADVERB}*lavoro|sto lavorando|sono impiegat[oa]|{ADVERB}*faccio lavoro) "
        "{ADVERB}*(?:part[- ]time |full[- ]time |in proprio |per {WORD} )?(?:come|da(?! "
        "(?-i:[A-Z]))) "
        "(?:un |una |un')?",
        "lavora come {value}",
        "work",
        confidence=0.95,
    ),
    Rule(
        "job",
        "{I}(?:{ADVERB}*faccio|di (?:mestiere|professione|lavoro) (?:faccio|sono)) "
        "{ADVERB}*(?:il |la |l'|lo )",
        "fa {article}{value}",
        "job",
    ),
    Rule(
        "job",
        "{I}(?:sono|di (?:mestiere|professione|lavoro) sono) {ADVERB}*(?:un |una |un'|uno )?",
        "è {article}{value}",
        "job",
    ),
    Rule(
        "job",
        "(?:il mio lavoro è|la mia professione è|il mio mestiere è) (?:quello di |fare "
        ")?(?:il |la |l'|lo |un |una )?",
        "lavora come {value}",
        "job",
    ),
    Rule(
        "job",
        "{I}insegno ",
        "insegna {value}",
        "work",
        confidence=0.8,
    ),
    Rule(
        "job",
        "{I}(?:lavoro nel settore|mi occupo) (?:della |delle |dell'|del |dei |di )",
        "si occupa di {value}",
        "work",
        confidence=0.8,
    ),
    Rule(
        "job",
        "{I}sono {ADVERB}*(?P<value>in pensione|pensionat[oa]|disoccupat[oa]|casaling[oa])",
        "è {value}",
        "group",
    ),
    Rule(
        "employer",
        "ho (?:appena )?(?:iniziato|cominciato) (?:a lavorare )?(?:per |in |da |alla |"
        "presso )(?=(?-i:[A-ZÀ-Þ]))",
        "lavora per {value}",
        "employer",
        past=True,
    ),
    Rule(
        "employer",
        "(?:il mio datore di lavoro è|la mia azienda è|l'azienda (?:in cui|dove|per cui) "
        "lavoro è|{I}sono (?:un |una )?(?:dipendente|impiegat[oa]) (?:della |del |dell'|"
        "di |presso |alla )) ?(?:la |il |l')?(?=(?-i:[A-ZÀ-Þ]))",
        "lavora per {value}",
        "employer",
    ),
    Rule(
        "employer",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: (?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) è (?:il mio "
        "datore di lavoro|l'azienda (?:in cui|dove|per cui) lavoro|la mia azienda)",
        "lavora per {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "employer",
        r"{I}(?:{ADVERB}*lavoro|sto lavorando|"
        r"sono (?P<profession>(?:{WORD} ){0,4}?))(?: ?come \w+(?: "
        r"\w+){0,3}?| ?da \w+(?: \w+)?)? ?(?:(?:per|presso|alla|all'|allo|al|da) ?(?:la |il "
        "|l'|una |un |un')?|(?:in|nella|nel|nell'|a) ?(?:una |un |un')?(?=(?-i:[a-zà-ù])))",
        "lavora per {value}",
        "employer",
    ),
    Rule(
        "study",
        "{I}mi sono {ADVERB}*iscritt[oa] (?:a |al |alla |all'|in )",
        "studia {value}",
        past=True,
    ),
    Rule(
        "study",
        "{I}(?:{ADVERB}*studio|sto studiando|frequento|sto facendo (?=un (?:dottorato|"
        "master))) {ADVERB}*(?!per |a casa|molto|tanto|sodo)",
        "studia {value}",
    ),
    Rule(
        "study",
        "{I}sono (?:iscritt[oa] (?:a|al|alla|all')) ?",
        "studia {value}",
    ),
    Rule(
        "study",
        "{I}(?:sono (?:laureat[oa]|diplomat[oa]) (?:in|presso|a)|mi sono laureat[oa] in|ho "
        "una laurea (?:in|magistrale in)|ho un (?:dottorato|master) in) ",
        "laurea: {value}",
        value="laurea: {value}",
        past=True,
    ),
    Rule(
        "study",
        "{I}sono (?:un |una |uno )?(?P<value>student(?:e|essa)(?: (?:di|in|"
        "universitari[oa]|al) ?{WORD}(?: {WORD})?| universitari[oa])?|dottorand[oa](?: in "
        "{WORD})?)",
        "è {value}",
        "group",
    ),
    # People and animals.
    Rule(
        "relationship",
        "{I}(?:ho|mi sono|abbiamo) (?:appena )?(?P<value>divorziato|separat[oa])",
        "è {value}",
        "group",
        past=True,
    ),
    Rule(
        "relationship",
        "{I}(?:sono|mi sono) {ADVERB}*(?P<value>fidanzat[oa]|sposat[oa]|divorziat[oa]|"
        "separat[oa])(?= da | dal | con )",
        "è {value}",
        "group",
    ),
    Rule(
        "relationship",
        "(?:noi )?ci siamo (?:appena |finalmente )?(?P<value>sposat[ie]|fidanzat[ie])",
        "si è {value}",
        "group",
    ),
    Rule(
        "relationship",
        "{I}(?:sono|mi sono) {ADVERB}*(?P<value>sposat[oa](?: con {WORD})?|fidanzat[oa](?: "
        "con {WORD})?|single|divorziat[oa]|separat[oa]|vedov[oa]|celibe|nubile|"
        "impegnat[oa] con {WORD}){END}",
        "è {value}",
        "group",
    ),
    Rule(
        "relationship",
        "{HAVE}(?:una |un |il |la )(?P<value>ragazz[oa]|fidanzat[oa]|compagn[oa]|moglie|"
        "marito){END}",
        "ha {article}{value}",
        "group",
    ),
    Rule(
        "relationship",
        "{I}convivo con (?:(?:la |il )(?!mi[ao]))?(?P<value>(?:la mia |il mio )?{WORD})",
        "convive con {value}",
        "group",
    ),
    Rule(
        "family",
        r"{I}sono {ADVERB}*sposat[oa] con (?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)",
        "coniuge: {value}",
        "group",
        value="coniuge: {value}",
    ),
    Rule(
        "family",
        r"(?:{HAVE})(?:un |una |un')(?P<key>{RELATIVE})(?: \w+)?(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "family",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) è (?:(?:il |la )?(?:mio|mia|nostro|nostra)) "
        r"(?P<key>{RELATIVE})(?=\s*(?:$|[.,;!)]|e ))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{HAVE}",
        "ha {value}",
        "item",
        item="(?P<value>(?:un |una |un'|{NUMBER} )?(?:{ADVERB})?(?:(?:{RELATIVE})|"
        "(?:{RELATIVES}))(?: (?:maggior[ei]|minor[ei]|piccol[oaie]|grand[ei]|"
        r"gemell[oaie]|adolescenti?|più \w+))?(?:{NAMED}.+)?)(?: (?:di|che|a|con|"
        "piccoli|da).*)?",
        many=True,
    ),
    Rule(
        "family",
        "(?:mi[oa] |la mia |il mio )(?:{WORD} )?(?P<key>{RELATIVE})(?: (?:maggiore|minore|"
        r"più \w+))? si chiama ",
        "{key}: {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        r"mi[oa] (?P<key>{RELATIVE}),? (?P<value>(?-i:[A-ZÀ-Ü][a-zà-ÿ]+))(?!['\w])",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    Rule(
        "family",
        "{I}sono {ADVERB}*(?:un |una )?(?P<value>(?:mamma|madre|padre|papà|nonn[oa]|"
        "genitore)(?: single| di (?:{NUMBER})(?: {WORD})?| di (?:un |una )?{WORD})?|"
        "figli[oa] unic[oa]){END}",
        "è {value}",
        "group",
    ),
    Rule(
        "pet",
        r"(?:{HAVE})(?:un |una |un')(?P<key>{PET})(?: \w+)?(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "ha un animale ({key}) che si chiama {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "pet",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) è (?:(?:il |la )?(?:mio|mia|nostro|nostra)) "
        r"(?P<key>{PET})(?=\s*(?:$|[.,;!)]|e ))",
        "ha un animale ({key}) che si chiama {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        "(?:{HAVE}|{I}ho (?:appena )?(?:adottato|preso) |{I}vivo con )",
        "ha {article}{value}",
        "item",
        item="(?:un |una |un'|uno |il mio |la mia )?(?P<value>(?:(?:due|tre|quattro|cinque|"
        r"sei|sette|\d+) )?(?:{WORD} )?(?:{PET})(?: {WORD})?(?:{NAMED}.+)?)(?: (?:di|"
        "che|e|in|a|da) .*)?",
        many=True,
        past=True,
    ),
    Rule(
        "pet",
        "(?:il mio |la mia |l'|ai miei )(?:{WORD} )?(?P<key>{PET})(?: {WORD})? si chiama ",
        "ha un animale ({key}) che si chiama {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        r"(?:il mio |la mia )(?P<key>{PET}),? (?P<value>(?-i:[A-ZÀ-Ü][a-zà-ÿ]+))(?!['\w])",
        "ha un animale ({key}) che si chiama {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    # Tastes.
    Rule(
        "favorite",
        r"(?:il mio|la mia) (?P<key>\w+) preferit[oa] è quell[oa] (?:al |alla |allo |all'|"
        "ai |agli |alle |di )(?P<value>{WORD})",
        "{key} preferito: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "favorite",
        r"(?:il |lo |la |l')(?P<key>\w+) che preferisco(?: su tutt[eio]| in assoluto)? è "
        "(?:il |lo |la |l')?(?P<value>{WORD}(?: {WORD}){0,2})",
        "{key} preferito: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "favorite",
        r"tra (?:i |gli |le )(?P<key>\w+),? (?:il mio|la mia|i miei|le mie) "
        "preferit[oaie] (?:è|sono) (?:quell[oaie] )?(?:il |lo |la |l'|i |gli |le |al |"
        "alla |ai )?(?P<value>{WORD}(?: {WORD})?)",
        "{key} preferito: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "favorite",
        "(?:il mio|la mia|i miei|le mie) (?P<key>(?!cosa|parte|momento)(?:{WORD} "
        "){0,2}?{WORD}) preferit[oaie] (?:in assoluto |di sempre )?(?:è|sono|è sempre "
        "stat[oa]|resta|rimane) ?(?:sempre |sicuramente )?",
        "{key} preferito: {value}",
        value="{key}: {value}",
        confidence=0.95,
    ),
    Rule(
        "favorite",
        "(?P<value>(?!questo|questa|quello|che|è|sono){WORD}(?: {WORD}){0,4}?) (?:è|sono) "
        "(?:il mio|la mia|i miei|le mie) (?P<key>{WORD}) preferit[oaie]",
        "{key} preferito: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "dislikes",
        r"(?:i |gli |le |la |il |lo |l')(?P<value>\w+) non (?:li|le|lo|la) (?:posso "
        "vedere|sopporto|reggo|tollero|mangio proprio)",
        "non ama {value}",
        "group",
        negated=True,
    ),
    Rule(
        "dislikes",
        "(?:{I}(?:{ADVERB}*odio|detesto|{ADVERB}*non sopporto|non amo|disprezzo|non "
        "tollero)|(?:a me )?non mi (?:piac(?:e|ciono)|va giù)|non sono (?:un |una "
        ")?(?:amante|fan) (?:di|del|della|dei|delle)) (?:per niente |affatto |molto |"
        "proprio |più |tanto |per nulla )*",
        "non ama {article}{value}",
        many=True,
        negated=True,
    ),
    Rule(
        "likes",
        "(?:(?:a me )?mi piac(?:e|ciono)|{I}(?:{ADVERB}*adoro|{ADVERB}*amo)|sono (?:un |"
        "una )?{ADVERB}*(?:grande )?(?:appassionat[oa] (?:di|del|della|dell'|dei|delle)|"
        "fan (?:di|del|della|dei|delle)|amante (?:di|del|della|dell'|dei|delle)|tifos[oa] "
        "(?:di|del|della|dell'))|vado (?:pazz[oa]|matt[oa]) per|mi appassiona(?:no)?) "
        "?{ADVERB}*(?:un sacco |da morire |da matti )?",
        "ama {article}{value}",
        confidence=0.85,
        many=True,
    ),
    Rule(
        "hobby",
        "(?:il mio (?:hobby|passatempo)(?: preferito)?(?: principale)? (?:è|sono)|i miei "
        "(?:hobby|passatempi|interessi) sono|tra i miei hobby (?:c'è|ci sono)|la mia "
        "(?:grande )?passione è|ho la passione (?:per|del|della|dei|di)|ho una passione "
        "per|come hobby) ",
        "hobby: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "nel (?:mio )?tempo libero,? (?:mi piace |faccio |amo |adoro )?",
        "nel tempo libero: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "{I}{ADVERB}*(?P<value>suono {INSTRUMENT}|gioco (?:a|agli|ai|alle) (?:{SPORT})|"
        "(?:faccio|pratico) (?:{PRACTICE})|colleziono {WORD}(?: {WORD})?|canto in un coro|"
        "dipingo(?: {WORD})?|vado (?:a correre|in bici|in palestra|a pesca|a cavallo|in "
        "montagna|a nuotare|a sciare))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    # Languages, aims, body, things, ways to reach.
    Rule(
        "language",
        r"{I}so (?:parlare )?(?:(?:il |l'|lo )(?=\w))?",
        "parla {value}",
        "item",
        item="(?:un po' di |il |l'|lo )?(?P<value>{LANGUAGE})(?: (?:lo|e) .*)?",
        many=True,
    ),
    Rule(
        "language",
        "(?:{I}{ADVERB}*parlo|conosco|la mia (?:lingua madre|madrelingua|prima lingua) è|"
        "{I}sono (?:di )?madrelingua) {ADVERB}*(?:correntemente |fluentemente |bene |sia "
        r")?(?=l'|il |lo |un po' di |\w)",
        "parla {value}",
        "item",
        item="(?:un po' di |sia |che |anche )?(?:l'|il |lo |la )?(?P<value>{LANGUAGE})(?: "
        "(?:molto bene|bene|fluentemente|correntemente|a casa|al lavoro|con|come|"
        "abbastanza|un po').*)?",
        many=True,
    ),
    Rule(
        "goal",
        "{I}(?P<value>sto imparando (?:(?:il |l'|lo |la )?(?:{LANGUAGE})|a {WORD}(?: "
        "{WORD}){0,3}))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    Rule(
        "goal",
        r"(?:il mio (?:\w+ )?(?:obiettivo|sogno|traguardo|proposito|scopo)(?: nel "
        "cassetto)?(?: (?:di|per) "
        r"[\w' ]+?)? è|sogno di|ho l'obiettivo di|mi sto allenando per) (?:quello di |di )?",
        "obiettivo: {value}",
        most_words=12,
    ),
    Rule(
        "goal",
        "{I}(?:{ADVERB}*vorrei|{ADVERB}*voglio|spero di|ho intenzione di|mi piacerebbe|"
        "conto di|sto risparmiando per|mi sto preparando per) (?:un giorno "
        ")?(?=(?:diventare|imparare|aprire (?:un|una|il)|comprare (?:una|casa|un)|correre "
        r"(?:una|la)|scrivere un|laurearmi|trasferirmi|smettere di fumare|perdere \d|"
        "dimagrire|avviare|fondare|prendere la (?:patente|laurea)|pubblicare|finire (?:il|"
        "la)|la maratona|una maratona|andare in pensione|scalare|comprarmi|viaggiare))",
        "vuole {value}",
        confidence=0.8,
        most_words=12,
    ),
    Rule(
        "goal",
        "{I}sto (?:risparmiando|mettendo (?:da parte )?(?:i |dei |"
        "un po' di )?soldi(?: da parte)?) per ",
        "risparmia per {value}",
        most_words=8,
    ),
    Rule(
        "allergy",
        "{I}sono {ADVERB}*(?:gravemente |fortemente |leggermente )?(?:allergic[oa]|"
        "intollerante) (?:allo |alla |alle |all'|agli |ai |al |a )",
        "allergia: {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "allergy",
        "{HAVE}(?:un'|una )?(?:grave |forte )?(?:allergia|intolleranza) (?:allo |alla |"
        "alle |all'|agli |ai |al |a )",
        "allergia: {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "diet",
        "{I}(?:sono|sono diventat[oa]) {ADVERB}*(?:un |una )?(?P<value>(?:strettamente "
        ")?(?:vegetarian[oa]|vegan[oa]|pescetarian[oa]|flexitarian[oa]|crudist[oa]|"
        "astemi[oa])){END}",
        "è {value}",
        "group",
        past=True,
    ),
    Rule(
        "diet",
        "(?P<value>non (?:mangio|bevo) (?:più )?(?:la |il |i |le )?(?:carne|maiale|pesce|"
        "latticini|glutine|uova|zucchero|alcol|alcolici|manzo|crostacei|caffè)(?: (?:rossa|"
        r"né \w+))?)",
        "{value}",
        "group",
        negated=True,
    ),
    Rule(
        "diet",
        "{I}(?:seguo|sono a) (?:una )?(?P<value>dieta {WORD}(?: {WORD}){0,2})",
        "segue una {value}",
        "group",
    ),
    Rule(
        "health",
        r"{I}(?P<value>fumo)(?=\s*(?:$|[.,;!()]|e |ma |un |una |mezzo |molto|da |come |\d))",
        "fuma",
        "group",
        confidence=0.8,
    ),
    Rule(
        "health",
        "{I}(?:ho {ADVERB}*|soffro {ADVERB}*(?:di |d'|della |dell')|mi (?:è stat[oa] |"
        "hanno )diagnosticat[oa] )(?P<value>{CONDITION})",
        "ha {value}",
        "group",
        past=True,
    ),
    Rule(
        "health",
        "{I}sono {ADVERB}*(?:un |una )?(?P<value>diabetic[oa]|asmatic[oa]|epilettic[oa]|"
        "dislessic[oa]|celiac[oa]|daltonic[oa]|ipovedente|ciec[oa]|sord[oa]|incinta|"
        "ipertes[oa]|miope|mancin[oa]|autistic[oa]){END}",
        "è {value}",
        "group",
    ),
    Rule(
        "possession",
        "{HAVE}",
        "ha {article}{value}",
        "item",
        item="(?:un |una |un'|il |la )?(?P<value>(?:{NUMBER} )?(?:{WORD} "
        r")?(?:{POSSESSION})(?: [\w-]+){0,2})(?: (?:di|che|a|in|con|da|del) .*)?",
        many=True,
    ),
    Rule(
        "possession",
        "{I}(?:guido|ho comprato|mi sono comprat[oa]|ho acquistato) ",
        "ha {article}{value}",
        "item",
        item="(?:un |una |un'|il |la )(?P<value>(?:{WORD} )?(?:{POSSESSION})(?: "
        r"[\w-]+){0,2})(?: (?:di|che|a|in|con|del) .*)?",
        past=True,
    ),
    Rule(
        "phone",
        r"per (?:chiamarmi|trovarmi|contattarmi)[^\d@?!;]{0,30}(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "telefono: {value}",
        "group",
    ),
    Rule(
        "phone",
        "(?:il mio (?:nuovo )?(?:numero|cellulare) (?:ora |adesso )?è(?: ora| adesso)?|"
        r"(?<=che )il mio numero è) (?:il )?(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "telefono: {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "phone",
        "(?:il mio (?:numero(?: di (?:telefono|cellulare))?|cellulare|telefono) è|(?:puoi "
        ")?(?:chiamarmi|chiamami) (?:al|allo)|mi trovi al)(?: numero)?:? (?:il "
        r")?(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "telefono: {value}",
        "group",
        confidence=0.98,
    ),
    Rule(
        "email",
        "(?:(?:la )?mia (?:e-?mail|mail|posta)(?: di lavoro)? è|il mio indirizzo "
        "(?:e-?mail|di posta|mail)(?: elettronica)? è|(?:puoi )?(?:scrivermi|scrivimi|"
        "contattami|contattarmi) (?:a|all'indirizzo)):? "
        r"(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        "email: {value}",
        "group",
        confidence=0.98,
    ),
)

_AGENT_RULES = (
    Rule(
        "agent",
        "(?:mi chiamo|il mio nome è|puoi chiamarmi|chiamami) ",
        "si chiama {value}",
        "full_name",
    ),
    Rule(
        "agent",
        "{I}sono (?P<value>(?:un'|un |una |il tuo |la tua |l')(?:{WORD} )?(?:ia|"
        "intelligenza artificiale|assistente|chatbot|bot|modello linguistico|compagn[oa]|"
        "agente|tutor|programma|robot)[^.,;:!?]{0,50})",
        "è {value}",
        "group",
    ),
    Rule(
        "agent",
        "{I}sono (?=[A-Z])",
        "si chiama {value}",
        "name",
        confidence=0.8,
    ),
    Rule(
        "agent",
        "(?:{I}ti |vi )(?P<verb>(?:consiglio|suggerisco|raccomando)|(?:ho )(?:consigliato|"
        "suggerito))(?: di (?:leggere|guardare|visitare|provare|ascoltare|vedere))? "
        r"?(?=(?-i:[\"“«A-Z])|(?:il |la |lo )(?:libro|film|romanzo|serie|ristorante|podcast|"
        r"album|museo|trattoria|app|gioco)\b)",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=10,
        many=True,
        past=True,
    ),
    Rule(
        "agent",
        "{I}(?P<value>(?:(?:non )?posso (?:aiutart|analizzar|legger|veder|inviar|navigar|"
        r"generar|crear|tradurr|ascoltar|cercar|aprir|scriver|ricordar|accedere|chiamar)\w*|"
        "non (?:ho accesso|ho memoria|conservo|ricordo)|parlo)[^.;:!?]{0,60})",
        "{value}",
        "group",
        confidence=0.8,
        negated=True,
    ),
    Rule(
        "agent",
        "{I}(?:ti )?ho (?:appena |già )?(?P<verb>prenotato|aggiunto|inviato|mandato|"
        "ordinato|creato|salvato|aggiornato|annullato|programmato) ",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=12,
        past=True,
    ),
)

GRAMMAR = Grammar(
    language="it",
    classes=_CLASSES,
    rules=_RULES,
    agent_rules=_AGENT_RULES,
    cue=(
        r"\b(?:compio|sto|posso|conservo|sono|ho|mi|mio|mia|miei|mie|io|vivo|abito|lavoro|"
        "studio|parlo|amo|adoro|odio|detesto|suono|gioco|vengo|soffro|faccio|chiamami|vorrei|"
        "voglio|sogno|possiedo|guido|colleziono|seguo|insegno|pratico|risiedo|convivo|"
        "dipingo|preferit[oaie]|vado|vivevo|abitavo|lavoravo|studiavo|giocavo|suonavo|"
        "facevo|ero|avevo|parlavo|fumo|consiglio|suggerisco|provengo|frequento|abbiamo|"
        "siamo|"
        "chiamarmi|sopporto|mangio|bevo|spero|scrivimi|scrivermi|conosco|tempo libero|"
        r"nostr[oa])\b"
    ),
    subject="",
    lead_ins=(
        r"da \w+ (?:anni|mesi|settimane|giorni)|"
        "ciao|salve|buongiorno|buonasera|allora|beh|be'|sì|no|ok|okay|ecco|comunque|piacere|"
        "e|ma|anche|inoltre|poi|quindi|a proposito|in realtà|sai|grazie|certo|guarda|insomma|"
        "diciamo che|attualmente|ora|adesso|oggi|al momento|di solito|personalmente|"
        "onestamente|per quanto mi riguarda|ricorda(?:ti)? che|tieni presente che|purtroppo|"
        "per fortuna|un po' di me|infatti|ah|oh|eh|bene|volevo dirti che|devi sapere che|"
        r"sappi che|perché|dato che|visto che|siccome|da un anno|dal \d{4}|nella vita|ogni "
        r"\w+(?: \w+)?|la domenica|il sabato|da (?:gennaio|febbraio|marzo|aprile|maggio|"
        "giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)|da (?:due|tre|quattro|"
        r"cinque|dieci|\d+|qualche|molti|tanti) anni|di base"
    ),
    coordinators="e|ed|ma|però|perché|quindi|poi|inoltre|mentre|dato che|visto che|siccome|dove",
    conjunction="e|ed|o|oppure|e anche|nonché|né",
    borders=(
        "l'anno prossimo|il prossimo|perché|ma|però|quando|che|quindi|se|mentre|siccome|"
        "anche se|dove|e (?:io|mi|ho|sono|"
        "vivo|lavoro|abito|la mia|il mio|non|ora|adesso|adoro|amo|odio|parlo|studio|vorrei|"
        "faccio|suono|gioco|ci|lo|si|da|sto|oggi|poi|tu|lei|lui|noi|è)|da (?:quando|circa|"
        r"\d+|un anno|due|tre|quattro|cinque|dieci|molti|tanti|anni|qualche|poco|sempre|"
        r"piccol[oa]|bambin[oa])|dal (?:19|20)?\d+|nel (?:19|20)\d\d|grazie|prima di|dopo|"
        "fino a|ogni|soprattutto|specialmente|insieme|è|sono|come|con (?:mia|mio|la mia|il "
        "mio|i miei|mi[eo]i)|tutti i|tutte le|per (?:fortuna|favore|ora|rilassarmi)|l'anno "
        r"scorso|l'estate|quest'anno|due anni fa|\w+ \w+ fa|ma non|d'estate|d'inverno|il "
        "(?:sabato|lunedì|martedì|mercoledì|giovedì|venerdì)|la domenica|la mattina|la sera|"
        "prima o poi|entro"
    ),
    place_borders=(
        "a|al|alla|all'|in|per|presso|con|da|nel|nella|nell'|ed?|vicino|dal|dalla|su|ora|"
        "adesso|tra|per conto|ad"
    ),
    deixis="questo|questa|questi|queste|quello|quella|qui|lì|tuo|tua|ciò|lui|lei|te|così",
    restriction="che|quando|se|dove|cui",
    tails=(
        "di professione|di mestiere|anche|molto|tanto|tantissimo|ora|adesso|attualmente|"
        "davvero|proprio|da sempre|"
        "sempre|pure|ancora|un po'|bene|già|oggi|di più|più di tutto|al momento|per ora|un "
        "sacco|da matti|da morire|in generale|invece|per niente|affatto|in pace|comunque|a "
        "casa|qui|in questo momento|ultimamente|finalmente|lì"
    ),
    blocked="""
        lo la_mia questo questa questi queste quello quella quelli quelle che come quando dove chi
        cosa ciò tutto tutti tutte niente nulla qualcosa te lui lei noi voi loro io tu mi ti ci vi
        si tuo tua tuoi tue suo sua suoi sue nostro vostro molto non più meno così sapere sentire
        vedere essere avere se ogni è sono ho ha hai qui qua lì là pensare credere sperare capire
        parlarti parlare aiutarti stare idea qualcuno nessuno altro altra un_sacco davvero quindi
        però ma per da di perché grazie entrambi fare dire andare capire solo ancora sempre anche
        """,
    not_names="""
        italiano felice triste stanco nuovo nuova qui pronto pronta contento contenta cattolico
        cristiano musulmano ebreo ateo lunedì martedì mercoledì giovedì venerdì sabato domenica io
        dio babbo_natale gennaio febbraio marzo aprile maggio giugno luglio agosto settembre
        ottobre novembre dicembre single sposato sposata vegano vegetariano in a di un una il la
        le gli i mai solo tutto ia casa campagna città montagna affitto centro periferia
        """,
    after_name=(
        "di|e|ma|da|ho|vivo|lavoro|abito|un|una|il|la|piacere|in|come|vengo|sono|dal|dalla|del"
    ),
    employers=_EMPLOYERS,
    job_words="""
        medico dottore dottoressa infermiere infermiera insegnante maestro maestra professore
        professoressa docente avvocato avvocata avvocatessa ingegnere sviluppatore sviluppatrice
        programmatore programmatrice architetto architetta designer cuoco cuoca chef cameriere
        cameriera barista panettiere panettiera fornaio fornaia macellaio contadino contadina
        agricoltore agricoltrice pescatore giardiniere giardiniera fioraio falegname idraulico
        elettricista meccanico saldatore muratore pittore pittrice artista musicista cantante
        attore attrice ballerino ballerina scrittore scrittrice autore autrice giornalista
        redattore redattrice traduttore traduttrice interprete fotografo fotografa regista
        produttore produttrice manager ragioniere ragioniera contabile commercialista revisore
        banchiere bancario bancaria broker analista consulente economista scienziato scienziata
        ricercatore ricercatrice chimico chimica fisico fisica biologo biologa matematico
        matematica storico storica filosofo psicologo psicologa psichiatra psicoterapeuta
        terapeuta allenatore allenatrice istruttore istruttrice fisioterapista dentista chirurgo
        chirurga farmacista veterinario veterinaria ostetrica ostetrico ottico dietista
        nutrizionista pilota hostess autista tassista camionista corriere postino postina marinaio
        soldato poliziotto poliziotta carabiniere vigile pompiere giudice magistrato segretario
        segretaria impiegato impiegata cassiere cassiera commesso commessa venditore venditrice
        agente_immobiliare imprenditore imprenditrice fondatore fondatrice ceo dirigente
        libero_professionista freelance bibliotecario bibliotecaria archeologo archeologa
        sociologo sociologa preside bidello bidella casalinga babysitter tata oss operaio operaia
        stagista apprendista tirocinante sarto sarta parrucchiere parrucchiera barbiere estetista
        modello modella notaio politico diplomatico prete suora assistente_sociale tecnico tecnica
        pediatra cardiologo cardiologa radiologo radiologa dermatologo neurologo neurologa
        oncologo anestesista geologo geologa grafico grafica illustratore illustratrice scultore
        scultrice compositore compositrice violinista pianista chitarrista batterista comico
        comica poeta poetessa data_scientist copywriter geometra perito educatore educatrice
        logopedista astronomo astronoma sommelier apicoltore apicoltrice viticoltore bagnino
        bagnina atleta calciatore arbitro guida_turistica libraio libraia tipografo vetraio orafo
        orafa restauratore restauratrice pizzaiolo pizzaiola pasticcere pasticcera pasticciere
        macchinista ferroviere portiere custode magazziniere web_designer social_media_manager
        influencer youtuber product_manager project_manager sistemista informatico informatica
        enologo enologa
        """,
    job_endings="[a-zà-ù]{4,}olog[oa]|[a-zà-ù]{4,}iatra|[a-zà-ù]{4,}tore|[a-zà-ù]{4,}trice",
    not_jobs=(
        "persona|tipo|fan|appassionat[oa]|amante|membro|mamma|madre|padre|papà|figlio|figlia|"
        "fratello|sorella|amico|amica|ragazz[oa]|donna|uomo|po'|disastro|genio|principiante|"
        "futur[oa]|aspirante|ex|vecchi[oa]|sognatore|sognatrice|lettore|lettrice|grande|buon|"
        "buona|brav[oa]|pessim[oa]|sera|mattina|solo|casa|anni|giocatore|giocatrice|"
        "tifos[oa]|sostenitore|sostenitrice|mesi|sempre|lunedì|ore|più|debitore|"
        "collezionista|cacciatore|nuotatore|corridore|viaggiatore|viaggiatrice|bravo cuoco|"
        "studente|studentessa|pessimo cuoco|cosa|niente|stesso|matto|osservatore|osservatrice"
    ),
    negation="non|mai|né|nessun[oa]?|neanche|nemmeno|neppure|mica|tutt'altro che|niente affatto",
    past=(
        "ero|fui|avevo|stavo|ho (?:vissuto|lavorato|studiato|abitato|fatto|avuto)|una volta|"
        "da piccol[oa]|da bambin[oa]|da giovane|da ragazz[oa]|tempo fa|anni fa|un tempo|in "
        "passato|prima (?:di|facevo|lavoravo)|quando (?:ero|avevo)|ex|sono stat[oa]|"
        "trasferit[oa]|nat[oa]|cresciut[oa]|compiuto"
    ),
    doubt=(
        "forse|magari|probabilmente|possibilmente|potrei|dovrei|sarei|avrei|farei|vivrei|"
        "lavorerei|credo|penso|suppongo|sembra|quasi|spero di essere|mi sento|come se|per "
        "scherzo|scherzo|diventerò|sarò|avrò|prossim[oa]|presto|fra|domani"
    ),
    condition=(
        "se|qualora|nel caso|immagina|supponiamo|facciamo finta|ammesso che|mettiamo che|"
        r"purché|a meno che|(?:lui|lei|mi[oa] \w+|il \w+|la \w+|un[ao]? \w+|l'\w+|qualcuno|"
        r"tutti|si|che|\w+) (?:mi |ci |gli |le |sempre )*(?:dice|dicono|ha detto|disse|diceva|"
        "racconta|raccontava|afferma|sostiene|pensa|crede|scrive|ha scritto|ripete|ripeteva|"
        "rispose|esclama|canta|urla|risponde)|(?:dice|disse|ha detto|dicono)|ho sognato|ho "
        "(?:detto|letto|sentito|finto|mentito|risposto)|citazione|proverbio|titolo|frase|ad "
        "esempio|per esempio|motto|secondo (?:lui|lei|mi[oa])|canzone|vorrei (?:essere|"
        "vivere|avere)|magari"
    ),
    unreal=(
        "sono (?:il papa(?! di)|il re|la regina|l'imperatore|batman|napoleone|il presidente)|"
        "mi chiamo batman|facciamo che|prima persona|(?:primo|prossimo|ultimo) capitolo|"
        "incipit|(?:il (?:mio )?|la (?:mia )?|un )(?:personaggio|protagonista|eroe|eroina|"
        "narratore|narratrice)|nel(?:la|l')? (?:mio |mia |tuo )?(?:romanzo|racconto|storia|"
        "gioco|film|libro|sogno|canzone|scena|ruolo|copione|commedia)|gioco di ruolo|"
        "giochiamo a|facciamo finta|fai finta|immagina(?:mo|re|ti)?|fingi|fingiamo|c'era una "
        r"volta|ipotetic\w+|in un'altra vita|(?:scrivi|scrivere|scrivimi|crea|componi|inventa|"
        r"genera|completa|continua) (?:mi )?(?:un[oa]?'? ?|il |la |l'|questa |questo )(?:\w+ "
        "){0,2}(?:storia|racconto|poesia|e-?mail|mail|lettera|post|discorso|tema|dialogo|"
        "messaggio|testo|romanzo|copione|canzone|tweet|recensione|scena|cv|curriculum|"
        "presentazione|monologo|paragrafo|annuncio|biografia|bio|profilo|frase)|ecco (?:il|"
        "la|un|una) (?:testo|mail|email|lettera|storia|bozza|poesia|frase|messaggio|"
        "racconto)|(?:il mio|la mia) (?:racconto|storia|romanzo|poesia) (?:inizia|comincia|"
        "parla)|per scherzo|nei panni di|dal punto di vista di"
    ),
    task=(
        r"tradu\w+|correggi\w*|riscriv\w+|parafras\w+|riassum\w+|come si dice|cosa significa|"
        "che (?:cosa )?vuol dire|in (?:inglese|spagnolo|tedesco|francese|latino)[:?]|è "
        r"corrett[oa]|è giusta|grammatical\w*|coniug\w+|(?:testo|frase|dati|profilo) (?:di "
        ")?(?:esempio|prova)|frase d'esempio|controlla (?:la|il|questa|questo)|analizza "
        "(?:la frase|il testo|questa|questo)"
    ),
    articles="un |una |un'|uno |il |la |lo |l'|i |gli |le ",
    sarcasm=(
        "(?:(?:ah|oh|eh),? )?(?:sì,? )?(?:certo|come no|ma certo|sicuro|"
        "ovvio),? (?:che )?(?:io )?(?:adoro|amo|mi piac(?:e|ciono))"
    ),
    announcement=(
        "novità|notizia|mollato|cambiato|smesso|lasciato|iniziato|cominciato|traslocato|"
        "innamorat[oa]|trasferit[oa]|"
        r"ricorda\w*|nota|sappi|su di me|di me|importante|premessa|premetto|presente|comunque|"
        "aggiornamento|insomma|allora|il fatto è|a proposito|contesto|confessione|situazione|"
        r"per la cronaca|ps|p\.s"
    ),
    question=(
        "dimmi|ricordami|consigliami|dammi|mi consigli|"
        "è (?:troppo )?(?:tardi|normale|possibile|grave|meglio|strano|pericoloso)|mi "
        "(?:fai|dai|aiuti|consigli|dici|scrivi|prepari|spieghi|suggerisci|puoi)|come|"
        "cosa|"
        "che|chi|dove|quando|perché|quale|quali|quant[oaie]|idee|consigli|puoi|potresti|sai|"
        r"hai|secondo te|conosci|esist\w+|c'è|ci sono|posso|devo|va bene|è (?:vero|possibile|"
        "normale)|e tu|tu|suggerimenti|qualche|ti va|riesci|faccio bene|vale la pena|dici che"
    ),
    introduction="sono ",
    ended=(
        ("ho venduto (?:(?:il|la) )?(?:mia |mio |l')?", "ho una "),
        (r"non ((?:mi |ci )?\w+(?: \w+)?) più(?=\W|$)", r"\1"),
        (r"{ONCE}(?:io )?vivevo(?=\W|$)", "vivo"),
        (r"{ONCE}(?:io )?abitavo(?=\W|$)", "abito"),
        (r"{ONCE}(?:io )?lavoravo(?=\W|$)", "lavoro"),
        (r"{ONCE}(?:io )?studiavo(?=\W|$)", "studio"),
        (r"{ONCE}(?:io )?giocavo(?=\W|$)", "gioco"),
        (r"{ONCE}(?:io )?suonavo(?=\W|$)", "suono"),
        (r"{ONCE}(?:io )?facevo(?=\W|$)", "faccio"),
        (r"{ONCE}(?:io )?ero(?=\W|$)", "sono"),
        (r"{ONCE}(?:io )?avevo(?=\W|$)", "ho"),
        (r"{ONCE}(?:io )?parlavo(?=\W|$)", "parlo"),
        (r"{ONCE}(?:io )?fumavo(?=\W|$)", "fumo"),
        (r"{ONCE}(?:io )?insegnavo(?=\W|$)", "insegno"),
        (
            r"{ONCE}(?:io )?mi piaceva(?=\W|$)",
            "mi piace",
        ),
        (r"{ONCE}(?:io )?guidavo(?=\W|$)", "guido"),
        (r"{ONCE}(?:io )?seguivo(?=\W|$)", "seguo"),
        (r"ho smesso di fumare(?=\W|$)", "fumo"),
        (r"ho smesso di giocare(?=\W|$)", "gioco"),
        (r"ho smesso di suonare(?=\W|$)", "suono"),
        (r"ho smesso di fare(?=\W|$)", "faccio"),
        (r"ho smesso di lavorare(?=\W|$)", "lavoro"),
        (r"ho smesso di studiare(?=\W|$)", "studio"),
        (r"ho smesso di parlare(?=\W|$)", "parlo"),
        (r"ho smesso di insegnare(?=\W|$)", "insegno"),
    ),
    since=r"(?:dal|nel|dall'anno) (?:\w+ )?(?P<year>(?:19|20)\d\d)",
    character={
        ("order", "high"): "ordinat[oa]|organizzat[oa]|metodic[oa]|precis[oa]|perfezionista",
        ("order", "low"): "disordinat[oa]|disorganizzat[oa]|caotic[oa]",
        ("conscientiousness", "high"): "disciplinat[oa]|affidabile|diligente|puntuale|responsabile",
        ("conscientiousness", "low"): "pigr[oa]|procrastinator(?:e|rice)",
        ("extraversion", "high"): "estrovers[oa]|socievole|espansiv[oa]|chiacchieron[ea]",
        ("extraversion", "low"): "introvers[oa]|timid[oa]|riservat[oa]|solitari[oa]",
        ("neuroticism", "high"): "ansios[oa]|nervos[oa]|sensibile|emotiv[oa]",
        ("neuroticism", "low"): "calm[oa]|tranquill[oa]|rilassat[oa]|pacat[oa]",
        ("openness", "high"): "curios[oa]|avventuros[oa]|apert[oa]",
        ("agreeableness", "high"): "gentile|paziente|empatic[oa]|disponibile|altruista",
        ("creative expression", "high"): "creativ[oa]",
        ("autonomy", "high"): "indipendente",
        ("directness in conflict", "high"): "dirett[oa]|schiett[oa]",
        ("achievement", "high"): "ambizios[oa]|competitiv[oa]",
        ("saving", "high"): "parsimonios[oa]|risparmiator(?:e|rice)",
    },
    character_frame=(
        "(?:io )?(?:sono|mi considero) (?:anche )?(?P<value>(?:una persona|un tipo|un uomo|"
        "una donna|un ragazzo|una ragazza) (?:molto |davvero |abbastanza |piuttosto |"
        "decisamente )?{CHARACTER}|(?:molto |davvero |piuttosto |abbastanza |un po' |una |un "
        "|un')?(?!nervos|calm|tranquill|rilassat|dirett|gentile|ansios|sensibile|curios|"
        r"paziente|disponibile|precis|apert|solitari){CHARACTER})(?=\s*(?:$|[.,;!]|e |ma |"
        "quindi ))"
    ),
    interests={
        "music": (
            "jazz rock musica opera blues chitarra pianoforte violino concerti cantare lirica rap"
        ),
        "cinema": "cinema film",
        "gaming": "videogiochi scacchi giochi",
        "anime": "anime manga",
        "sports": (
            "calcio pallavolo tennis basket nuoto sci sport rugby nuotare arrampicata ciclismo"
        ),
        "fitness": "palestra yoga pilates correre corsa",
        "travel": "viaggiare viaggi",
        "outdoors": (
            "montagna natura escursioni trekking giardinaggio camminare pesca passeggiare mare"
        ),
        "camping": "campeggio",
        "reading": "leggere libri lettura romanzi poesia gialli",
        "painting": "pittura dipingere disegnare acquerello acquerelli",
        "dance": "ballare danza ballo tango salsa",
        "crafts": "cucito uncinetto ceramica maglia",
        "photography": "fotografia",
        "pets": "cani gatti animali",
        "gourmet food": "cucinare cucina vino",
        "food": "pizza pasta sushi cioccolato caffè tè formaggi pesce gelato lasagne risotto",
        "science": "scienza astronomia fisica",
        "cars": "macchine motori auto",
        "art": "arte musei",
        "fashion": "moda",
        "culture": "storia teatro",
        "digital technology": "programmare informatica tecnologia",
    },
)
