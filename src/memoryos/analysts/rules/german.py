"""What people say of themselves in German."""

from memoryos.analysts.rules.grammar import Grammar, Rule

_EMPLOYERS = (
    r"\w*firma|\w*unternehmen|start-?up|\w*bank|\w*krankenhaus|\w*klinik|\w*schule|"
    r"\w*universität|uni|hochschule|gymnasium|\w*restaurant|\w*praxis|\w*kanzlei|\w*laden|"
    r"\w*geschäft|supermarkt|\w*hotel|\w*agentur|\w*museum|\w*bibliothek|\w*fabrik|"
    r"\w*bäckerei|\w*café|flughafen|ministerium|\w*verwaltung|stadt|\w*zeitung|\w*verlag|"
    r"\w*labor|\w*institut|\w*apotheke|kita|kindergarten|\w*verein|buchhandlung|\w*studio|"
    r"\w*theater|\w*konzern|\w*werkstatt|callcenter|post|polizei|feuerwehr|bundeswehr|\w*amt|"
    r"\w*betrieb|altenheim|pflegeheim|\w*gärtnerei|friseursalon|\w*büro|\w*werk|"
    r"\w*versicherung|\w*stiftung|\w*kaufhaus|\w*zentrum"
)

_CLASSES = {
    "ADVERB": (
        "(?:(?:auch|wirklich|sehr|echt|total|zurzeit|derzeit|gerade|aktuell|momentan|jetzt|"
        "nun|noch|immer|immer noch|meistens|hauptsächlich|schon|bereits|ein bisschen|"
        r"besonders|glücklich|leider|ursprünglich|eigentlich|selbst|stolz|seit \d{4}|seit \w+ "
        "jahren?|hier|am liebsten|gern|gerne|halt|übrigens|ja|nämlich|beruflich|von beruf|"
        "mittlerweile|inzwischen|in meiner freizeit|sozusagen|in vollzeit|in teilzeit|fest|"
        "seit kurzem|erst|frisch) )"
    ),
    "ICH": "(?:ich )?",
    "HABE": (
        "(?:ich |wir )?(?:habe|hab|haben|besitze) (?:ich |wir )?(?:auch |zu hause |zuhause |"
        r"noch |seit \d{4} )?"
    ),
    "BIN": "(?:ich )?bin (?:ich )?",
    "ALS": "als (?:ein |eine )?",
    "MEIN": "(?:meine?[nmr]?|unsere?[nmr]?)",
    "RELATIVE": (
        "frau|mann|ehefrau|ehemann|partner(?:in)?|freund(?:in)?|verlobte[r]?|mutter|mama|"
        "vater|papa|schwester|bruder|tochter|sohn|kind|baby|großmutter|oma|großvater|opa|"
        "enkelin|enkel|tante|onkel|cousine|cousin|nichte|neffe|schwiegermutter|"
        "schwiegervater|schwägerin|schwager|zwillingsschwester|zwillingsbruder|stiefsohn|"
        "stieftochter"
    ),
    "RELATIVES": (
        "schwestern|brüder|töchter|söhne|kinder|geschwister|enkelkinder|enkel|zwillinge|"
        "nichten|neffen|jungs|mädchen"
    ),
    "PET": (
        "hund(?:e|in)?|welpen?|katzen?|kater|kätzchen|papagei(?:en)?|wellensittiche?|"
        "kanarienvogel|kaninchen|hasen?|hamster|meerschweinchen|pferde?|pony|schildkröten?|"
        "goldfische?|fische?|schlangen?|eidechse|gecko|frettchen|hühner|ratten?|maus|igel|"
        "ziegen?|esel|labrador|golden retriever|schäferhund|pudel|beagle|dackel|husky|"
        "chihuahua|mops|border collie|labradoodle|leguan"
    ),
    "NUMBER": r"einen?|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|\d{1,2}",
    "LANGUAGE": (
        "englisch|italienisch|spanisch|deutsch|französisch|portugiesisch|niederländisch|"
        "holländisch|schwedisch|norwegisch|dänisch|finnisch|polnisch|tschechisch|slowakisch|"
        "ungarisch|rumänisch|bulgarisch|serbisch|kroatisch|slowenisch|griechisch|türkisch|"
        "russisch|ukrainisch|arabisch|hebräisch|persisch|farsi|hindi|urdu|chinesisch|"
        "mandarin|japanisch|koreanisch|vietnamesisch|thailändisch|indonesisch|suaheli|"
        "katalanisch|baskisch|walisisch|irisch|latein|esperanto|albanisch|plattdeutsch|"
        "schweizerdeutsch|bairisch|litauisch|estnisch|georgisch|gebärdensprache|kurdisch"
    ),
    "NATIONALITY": (
        "italiener(?:in)?|amerikaner(?:in)?|us-amerikaner(?:in)?|spanier(?:in)?|deutsche[r]?|"
        "franzose|französin|portugiese|portugiesin|niederländer(?:in)?|holländer(?:in)?|"
        "schwede|schwedin|norweger(?:in)?|däne|dänin|finne|finnin|pole|polin|tscheche|"
        "tschechin|slowake|slowakin|ungar(?:in)?|rumäne|rumänin|bulgare|bulgarin|serbe|"
        "serbin|kroate|kroatin|slowene|slowenin|grieche|griechin|türke|türkin|russe|russin|"
        "ukrainer(?:in)?|ägypter(?:in)?|marokkaner(?:in)?|tunesier(?:in)?|algerier(?:in)?|"
        "nigerianer(?:in)?|israeli|iraner(?:in)?|syrer(?:in)?|libanese|libanesin|"
        "inder(?:in)?|pakistaner(?:in)?|chinese|chinesin|japaner(?:in)?|koreaner(?:in)?|"
        "vietnamese|vietnamesin|australier(?:in)?|kanadier(?:in)?|mexikaner(?:in)?|"
        "brasilianer(?:in)?|argentinier(?:in)?|chilene|chilenin|kolumbianer(?:in)?|"
        "peruaner(?:in)?|kubaner(?:in)?|brite|britin|engländer(?:in)?|schotte|schottin|ire|"
        "irin|waliser(?:in)?|schweizer(?:in)?|österreicher(?:in)?|belgier(?:in)?|"
        "albaner(?:in)?|este|estin|lette|lettin|litauer(?:in)?|kurde|kurdin|bayer(?:in)?|"
        "berliner(?:in)?|hamburger(?:in)?|wiener(?:in)?"
    ),
    "CONDITION": (
        "diabetes(?: typ (?:1|2|eins|zwei))?|typ[- ][12][- ]diabetes|asthma|arthritis|"
        "arthrose|epilepsie|(?:hohen |"
        "niedrigen )?(?:bluthochdruck|blutdruck)|migräne|depressionen|(?:einer )?depression|"
        "(?:eine )?angststörung|schlafstörungen|schlaflosigkeit|zöliakie|neurodermitis|"
        "schuppenflechte|psoriasis|(?:eine )?schilddrüsenunterfunktion|(?:eine "
        ")?schilddrüsenüberfunktion|multiple sklerose|legasthenie|skoliose|tinnitus|"
        "fibromyalgie|endometriose|heuschnupfen|osteoporose|morbus crohn|adhs|ads|gastritis|"
        "(?:einen )?bandscheibenvorfall|rheuma|gicht|schwindel|schlafapnoe|(?:einen "
        ")?herzfehler|(?:chronische )?rückenschmerzen|autismus|hashimoto"
    ),
    "POSSESSION": (
        "auto|wagen|fahrrad|rad|motorrad|roller|vespa|transporter|wohnmobil|wohnwagen|boot|"
        "segelboot|haus|garten|schrebergarten|gitarre|klavier|geige|kamera|teleskop|drohne|"
        "eigentumswohnung|wohnung|vw|golf|bmw|audi|mercedes|opel|fiat|toyota|ford|tesla|"
        "kajak|bauernhof|traktor|e-bike|rennrad|plattenspieler|gewächshaus|ferienhaus|skoda|"
        "volvo"
    ),
    "INSTRUMENT": (
        "klavier|gitarre|geige|violine|cello|schlagzeug|bass|flöte|querflöte|blockflöte|"
        "klarinette|saxophon|saxofon|trompete|ukulele|harfe|akkordeon|mundharmonika|orgel|"
        "keyboard|bratsche|posaune|e-gitarre|kontrabass"
    ),
    "SPORT": (
        "fußball|volleyball|tennis|basketball|handball|tischtennis|rugby|golf|schach|"
        "wasserball|hockey|eishockey|badminton|squash|padel|skat|poker|karten|videospiele|"
        "computerspiele|brettspiele|rollenspiele|baseball|doppelkopf"
    ),
    "PRACTICE": (
        "yoga|pilates|karate|judo|krafttraining|crossfit|kampfsport|aikido|taekwondo|tai chi|"
        "triathlon|leichtathletik"
    ),
    "OUTING": (
        "klettern|wandern|joggen|laufen|schwimmen|reiten|angeln|segeln|tanzen|surfen|ski "
        "fahren|skifahren|radfahren|tauchen|campen|bouldern|rudern|boxen|turnen|snowboarden|"
        "zelten"
    ),
    "EMPLOYER": _EMPLOYERS,
    "WORD": r"[^\W\d_][\w'-]*",
    "MONTH": (
        "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    ),
    "NAMED": (
        r"(?: namens |,? (?:der|die|das) \w+ heißt |,? (?:er|sie|es) heißt |,? (?:genannt|"
        "heißt) )"
    ),
    "END": (
        r"(?=\s*(?:$|[.,;!():]|und |aber |mit |in |aus |von |seit |bei |weil |an |für |am |im "
        "))"
    ),
}

_RULES = (
    # Who and where.
    Rule(
        "name",
        "(?:(?:ich )?heiße? (?:ich )?|{MEIN} (?:vor|voller )?name ist |man nennt mich |"
        "alle nennen mich |(?:meine freunde|freunde) nennen mich |(?:du kannst|ihr könnt) "
        "mich |nenn(?:t)? mich )",
        "heißt {value}",
        "full_name",
        confidence=0.97,
    ),
    Rule(
        "name",
        r"{BIN}(?:der |die )?(?=(?-i:[A-ZÄÖÜ]\w+)(?: (?-i:[A-ZÄÖÜ]))?)",
        "heißt {value}",
        "name",
        confidence=0.8,
    ),
    Rule(
        "age",
        r"{BIN}{ADVERB}*(?P<value>\d{1,3}|\w+(?:zig|ßig)|zwanzig)(?: jahre(?: alt)?|"
        r"(?=\s*(?:$|[.,;!]|und )))",
        "ist {value} Jahre alt",
        "group",
    ),
    Rule(
        "age",
        r"{BIN}{ADVERB}*(?:gestern |letzte woche |vor kurzem )?(?P<value>\d{1,3}) (?:jahre "
        "(?:alt )?)?geworden",
        "ist {value} Jahre alt",
        "group",
        past=True,
    ),
    Rule(
        "birthday",
        "(?:{MEIN} geburtstag ist|(?:ich )?(?:habe?|hab) (?:ich )?|{BIN}|(?:ich )?wurde(?: "
        r"ich)?)\s?(?:am |im )?(?P<value>\d{1,2}\. ?(?:(?:{MONTH})|\d{1,2}\.)(?: ?(?:19|"
        r"20)\d\d)?|(?:(?:{MONTH}) )?(?:19|20)\d\d)(?: in {WORD})?(?: geburtstag| geboren|$|"
        r"\.)",
        "hat am {value} Geburtstag",
        "group",
        past=True,
    ),
    Rule(
        "birthday",
        r"{MEIN} geburtstag ist (?:am |im |der )?(?P<value>\d{1,2}\. ?(?:(?:{MONTH})|"
        r"\d{1,2}\.)(?: ?(?:19|20)\d\d)?|(?:{MONTH}))",
        "hat am {value} Geburtstag",
        "group",
    ),
    Rule(
        "home",
        "{MEIN} zuhause ist (?:jetzt )?(?:in )?",
        "wohnt in {value}",
        "place",
    ),
    Rule(
        "home",
        r"{BIN}{ADVERB}*in (?P<value>(?-i:[A-ZÄÖÜ])[\w-]+(?: (?:am|an der) {WORD})?) "
        "(?:zu hause|zuhause|daheim)",
        "wohnt in {value}",
        "group",
    ),
    Rule(
        "home",
        "(?:ich )?(?:wohne?|lebe?) (?:ich )?{ADVERB}*(?:mit (?:{WORD} "
        "){1,3}?)?{ADVERB}*(?:in der nähe von|bei|in|auf) (?:der stadt |der |dem )?",
        "wohnt in {value}",
        "place",
    ),
    Rule(
        "home",
        r"{BIN}(?:{ADVERB}|vor {WORD} {WORD} |letztes jahr |letzten monat |im {WORD} |\d{4} "
        r")*(?:von {WORD} )?nach (?P<value>(?-i:[A-ZÄÖÜ])[\w-]+(?: (?:am|an der) "
        "{WORD})?)(?: um)?gezogen",
        "wohnt in {value}",
        "group",
        past=True,
    ),
    Rule(
        "home",
        r"{BIN}(?:{ADVERB}|vor {WORD} {WORD} |letztes jahr |letzten monat |im {WORD} |\d{4} "
        r")*(?:von {WORD} )?nach (?P<value>(?-i:[A-ZÄÖÜ])[\w-]+(?: (?:am|an der) {WORD})?) "
        "(?:um)?gezogen",
        "wohnt in {value}",
        "group",
        past=True,
    ),
    Rule(
        "home",
        r"in (?P<value>(?-i:[A-ZÄÖÜ])[\w-]+(?: (?:am|an der) {WORD})?) (?:wohne?|lebe?) ich",
        "wohnt in {value}",
        "group",
    ),
    Rule(
        "origin",
        "geboren und aufgewachsen bin ich in ",
        "kommt aus {value}",
        "place",
        past=True,
    ),
    Rule(
        "origin",
        "(?:geboren|aufgewachsen) (?:bin|wurde) ich in (?=(?-i:[A-ZÄÖÜ]))",
        "kommt aus {value}",
        "place",
        past=True,
    ),
    Rule(
        "origin",
        "(?:(?:ich )?(?:komme?|stamme?) (?:ich )?|{BIN}){ADVERB}*(?:aus (?:der |dem "
        ")?)(?=(?-i:[A-ZÄÖÜ]))",
        "kommt aus {value}",
        "place",
    ),
    Rule(
        "origin",
        r"(?:{BIN}|(?:ich )?wurde (?:ich )?)(?:\d{4} |am [\d.]+ (?:{WORD} )?(?:\d{4} )?)?in "
        r"(?P<value>(?-i:[A-ZÄÖÜ])[\w-]+(?: (?:am|an der) {WORD})?) (?:geboren|aufgewachsen)",
        "kommt aus {value}",
        "group",
        past=True,
    ),
    Rule(
        "nationality",
        "{BIN}{ADVERB}*(?:ein |eine )?(?:gebürtige[r]? )?(?P<value>{NATIONALITY}){END}",
        "ist {value}",
        "group",
    ),
    # Work and study.
    Rule(
        "job",
        "(?:{MEIN} geld verdiene ich|(?:ich )?verdiene? (?:ich )?{MEIN} (?:geld|brot)) "
        "{ADVERB}*{ALS}",
        "arbeitet als {value}",
        "work",
    ),
    Rule(
        "job",
        r"(?:ich )?(?:arbeite|jobbe?) (?:ich )?(?:{ADVERB}|seit [\w ]{3,15} |bei [\w "
        r"]{2,25}? |in [\w ]{2,20}? )*{ALS}",
        "arbeitet als {value}",
        "work",
        confidence=0.95,
    ),
    Rule(
        "job",
        "(?:{BIN}{ADVERB}*(?:ein |eine )?|{BIN}von beruf )(?:gelernte[r]? |"
        "freiberufliche[r]? |angestellte[r]? |selbstständige[r]? |leitende[r]? )?",
        "ist {value}",
        "job",
    ),
    Rule(
        "job",
        "(?:{MEIN} (?:beruf|job) ist |von beruf bin ich |ich bin von beruf )(?:ein |eine )?",
        "ist {value}",
        "job",
    ),
    Rule(
        "job",
        "(?:ich )?unterrichte (?:ich )?{ADVERB}*",
        "unterrichtet {value}",
        "work",
        confidence=0.8,
    ),
    Rule(
        "job",
        "{BIN}{ADVERB}*(?P<value>in rente|rentner(?:in)?|pensioniert|arbeitslos|hausfrau|"
        "hausmann|selbstständig|freiberuflich|in elternzeit){END}",
        "ist {value}",
        "group",
    ),
    Rule(
        "employer",
        r"{BIN}{ADVERB}*bei (?:der |dem )?(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: "
        r"(?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) (?:angestellt|beschäftigt|tätig)",
        "arbeitet bei {value}",
        "group",
    ),
    Rule(
        "employer",
        "{MEIN} (?:neuer )?arbeitgeber (?:ist|heißt) (?:jetzt )?(?:die |der |das )?",
        "arbeitet bei {value}",
        "employer",
    ),
    Rule(
        "employer",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: (?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) ist {MEIN} "
        "(?:neuer )?arbeitgeber",
        "arbeitet bei {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "employer",
        "(?:(?:ich )?(?:arbeite|jobbe?) (?:ich )?(?:{ADVERB}|{ALS}(?:{WORD} ){1,2}?|"
        "(?-i:[A-ZÄÖÜ]){WORD} |angestellt )*?|{BIN}(?:{ADVERB}*angestellt |"
        "(?P<profession>(?:{WORD} ){0,4}?)(?=bei)))(?:bei(?: der| dem)? |für |beim "
        ")(?!homeoffice|büro)",
        "arbeitet bei {value}",
        "employer",
    ),
    Rule(
        "employer",
        "(?:(?:ich )?(?:arbeite|jobbe?) (?:ich )?|{BIN})(?:{ADVERB}|{ALS}(?:{WORD} ){1,2}?|"
        "(?-i:[A-ZÄÖÜ]){WORD} |angestellt )*?(?:(?:in|an) (?:einer|einem|der|dem) |im |am )",
        "arbeitet bei {value}",
        "item",
        item=r"(?P<value>(?:\w+en )?(?:{EMPLOYER})(?: (?-i:[A-ZÄÖÜ])\w+)*)(?: (?:in|im|am|"
        "für|und) .*)?",
    ),
    Rule(
        "study",
        "(?:ich )?studiere? (?:ich )?{ADVERB}*",
        "studiert {value}",
    ),
    Rule(
        "study",
        "(?:ich )?(?:mache?|absolviere) (?:ich )?{ADVERB}*(?:eine |meine |ein |mein "
        ")(?P<value>(?:ausbildung|lehre|promotion|studium|doktor|referendariat|master|"
        "abitur)(?: (?:zum|zur|als|in|der) {WORD})?)",
        "macht {value}",
        "group",
    ),
    Rule(
        "study",
        r"{BIN}{ADVERB}*(?:ein |eine )?(?P<value>(?:[\w]*student(?:in)?|doktorand(?:in)?|"
        "azubi|auszubildende[r]?|schüler(?:in)?|referendar(?:in)?)(?: der {WORD})?){END}",
        "ist {value}",
        "group",
    ),
    Rule(
        "study",
        "(?:ich )?habe? (?:ich )?(?:einen |ein )(?P<value>(?:bachelor|master|abschluss|"
        "doktor|diplom|abitur)(?: in {WORD})?)",
        "hat {value}",
        "group",
        value="Abschluss: {value}",
    ),
    # People and animals.
    Rule(
        "relationship",
        r"(?:(?:ich )?habe? (?:ich )?|wir haben )(?:[\w ]{2,25} )?(?P<value>geheiratet)",
        "hat {value}",
        "group",
        past=True,
    ),
    Rule(
        "relationship",
        "wir sind {ADVERB}*(?P<value>verheiratet|verlobt){END}",
        "ist {value}",
        "group",
    ),
    Rule(
        "relationship",
        "{BIN}{ADVERB}*(?P<value>verheiratet(?: mit {WORD})?|verlobt(?: mit {WORD})?|ledig|"
        "single|geschieden|verwitwet|getrennt|witwer?|in einer beziehung|vergeben|mit "
        "{WORD} verheiratet){END}",
        "ist {value}",
        "group",
    ),
    Rule(
        "relationship",
        "{HABE}(?:eine |einen )(?P<value>(?:feste |festen )?(?:freundin|freund|partnerin|"
        r"partner|ehefrau|frau|mann))(?=\s*(?:$|[.,;!]|und ))",
        "hat eine Beziehung: {value}",
        "group",
    ),
    Rule(
        "family",
        r"{BIN}{ADVERB}*verheiratet mit (?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)",
        "verheiratet mit {value}",
        "group",
        value="Ehepartner: {value}",
    ),
    Rule(
        "family",
        r"{BIN}{ADVERB}*(?:mit (?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) verheiratet)",
        "verheiratet mit {value}",
        "group",
        value="Ehepartner: {value}",
    ),
    Rule(
        "family",
        r"(?:{HABE})(?:einen? )(?:\w+[en] )?(?P<key>{RELATIVE})(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "family",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) ist {MEIN} (?P<key>{RELATIVE})(?=\s*(?:$|[.,;!)]|und ))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{HABE}",
        "hat {value}",
        "item",
        item="(?P<value>(?:einen? |{NUMBER} |keine )?(?:(?:kleine|ältere|jüngere|große|"
        "erwachsene)[nr]? )?(?:(?:{RELATIVE})|(?:{RELATIVES}))(?:{NAMED}.+)?)(?: "
        "(?:im alter|und|die|der|mit|zu) .*)?",
        many=True,
    ),
    Rule(
        "family",
        "{MEIN} (?:(?:kleine|ältere|jüngere|große|älteste|jüngste)[nr]? "
        ")?(?P<key>{RELATIVE}) heißt ",
        "{key}: {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{MEIN} (?:(?:kleine|ältere|jüngere|große|älteste|jüngste)[nr]? "
        r")?(?P<key>{RELATIVE}),? (?P<value>(?-i:(?!Und\b|Die\b|Der\b|"
        r"In\b)[A-ZÄÖÜ][a-zà-ÿ]+))(?= (?:und|ist|hat|wohnt|arbeitet|kommt|liebt|mag|macht|"
        r"geht|war|will|kann)\b|\s*(?:$|[.,;!]))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        confidence=0.75,
        anywhere=True,
    ),
    Rule(
        "family",
        "{BIN}{ADVERB}*(?:eine |ein )?(?:stolze[r]? )?(?P<value>(?:alleinerziehende[r]? "
        ")?(?:mutter|mama|vater|papa|oma|opa|großmutter|großvater)(?: von (?:{NUMBER}r?|"
        "{WORD})(?: {WORD})?| einer {WORD}| eines {WORD})?|einzelkind){END}",
        "ist {value}",
        "group",
    ),
    Rule(
        "pet",
        r"(?:{HABE})(?:einen? )(?:\w+[en] )?(?P<key>{PET})(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "hat ein Haustier ({key}) namens {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "pet",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) ist {MEIN} (?P<key>{PET})(?=\s*(?:$|[.,;!)]|und ))",
        "hat ein Haustier ({key}) namens {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        "(?:{HABE}|(?:ich )?lebe? mit )",
        "hat {article}{value}",
        "item",
        item="(?:einen? |ein |meinem |meiner )?(?P<value>(?:(?:zwei|drei|vier|fünf|sechs|"
        r"sieben|\d+) )?(?:(?-i:[a-zäöü])\w+[en] )?(?:{PET})(?:{NAMED}.+)?)(?: (?:aus|"
        "der|die|zu hause|mit|im) .*)?",
        many=True,
    ),
    Rule(
        "pet",
        "(?:{MEIN} )(?:{WORD} )?(?P<key>{PET}) heißt ",
        "hat ein Haustier ({key}) namens {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        "{MEIN} (?P<key>{PET}),? (?P<value>(?-i:[A-ZÄÖÜ][a-zà-ÿ]+))(?= (?:und|ist|hat|"
        r"liebt|mag|macht|geht|war|will|kann|schläft|frisst)\b|\s*(?:$|[.,;!]))",
        "hat ein Haustier ({key}) namens {value}",
        "group",
        value="{key}: {value}",
        confidence=0.75,
        anywhere=True,
    ),
    # Tastes.
    Rule(
        "favorite",
        r"{MEIN}[nrs]? (?:absolute[rs]? )?lieblings-?(?P<key>\w+) (?:ist|sind|war schon "
        "immer|heißt) (?:übrigens |ja |eigentlich |natürlich |ganz klar |definitiv |immer "
        "noch |eindeutig |übrigens )?",
        "Lieblings{key}: {value}",
        value="{key}: {value}",
        confidence=0.95,
    ),
    Rule(
        "favorite",
        "(?P<value>(?!das|dies|es|hier|was|er|sie){WORD}(?: {WORD}){0,3}?) (?:ist|sind) "
        r"{MEIN} lieblings-?(?P<key>\w+)",
        "Lieblings{key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "dislikes",
        "(?:ich )?(?:hasse?|verabscheue) (?:ich )?(?:es |wirklich )?",
        "mag nicht: {value}",
        many=True,
    ),
    Rule(
        "dislikes",
        "(?:ich mag|mag ich|mag) (?:{ADVERB}*)?(?:überhaupt |gar |absolut |einfach "
        ")*(?:keine?n?|nicht)(?: gern)? ",
        "mag nicht: {value}",
        many=True,
        negated=True,
    ),
    Rule(
        "dislikes",
        "(?:ich )?(?:mag|kann) (?:ich )?(?P<value>(?!es|das|dich|ihn|sie|ihr|mir|mich|"
        "dir){WORD}(?: (?!nicht){WORD})?)(?: {ADVERB}| überhaupt| gar| einfach| absolut)* "
        r"nicht(?: (?:leiden|ausstehen|besonders|so|gern|gerne))?(?=\s*(?:$|[.,;!]|und |"
        "aber ))",
        "mag {value} nicht",
        "group",
        confidence=0.8,
        negated=True,
    ),
    Rule(
        "dislikes",
        r"(?P<value>(?!das|es|dich|ihn|sie|ihr|was|so|euch)[\wäöü-]+(?: [\wäöü-]+)?) "
        "(?:hasse? ich|kann ich (?:gar |absolut |überhaupt |einfach )*nicht (?:ausstehen|"
        "leiden))",
        "mag nicht: {value}",
        "group",
        negated=True,
    ),
    Rule(
        "likes",
        r"(?P<value>(?!das|es|dich|ihn|sie|ihr|was|so|euch|wie)(?-i:[A-ZÄÖÜ])[\wäöüß-]+(?: "
        r"[\wäöü-]+)?) (?:liebe?|mag) ich(?: sehr| total| über alles| besonders| "
        r"auch)*(?=\s*(?:$|[.,;!]|und ))",
        "mag {value}",
        "group",
    ),
    Rule(
        "likes",
        "(?:(?:ich )?(?:liebe?|mag|genieße) (?:ich )?(?:{ADVERB}|es |unheimlich |über "
        "alles )*|{BIN}{ADVERB}*(?:ein |eine )?(?:großer |große |riesiger |riesen)?(?:fan|"
        "liebhaber(?:in)?) von |(?:ich )?begeistere (?:ich )?mich (?:sehr )?für |(?:ich "
        ")?interessiere (?:ich )?mich (?:sehr )?für |(?:ich )?stehe (?:ich )?(?:total "
        ")?auf |mir gefällt |mir gefallen )",
        "mag {value}",
        confidence=0.85,
        many=True,
    ),
    Rule(
        "likes",
        "(?:ich )?(?P<value>(?:koche?|lese?|reise|wandere|tanze|singe|male|zeichne|backe|"
        "schwimme|jogge|fotografiere|stricke|nähe|gärtnere|klettere|reite|angle|schreibe|"
        r"spiele? \w+|höre \w+|esse? \w+|trinke? \w+|gehe? \w+|fahre? \w+))(?: {ADVERB}| "
        "ich| sehr| total| unheimlich| am)* ?(?:gern|gerne|liebsten|leidenschaftlich)(?: "
        "{OUTING})?",
        "{value} gern",
        "group",
        confidence=0.85,
    ),
    Rule(
        "hobby",
        r"(?<=in meiner freizeit )(?P<value>(?!bin|habe|gehe|mache|spiele|lese)\w+e) ich",
        "in der Freizeit: {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "hobby",
        r"in {MEIN} freizeit (?P<value>\w+e) ich",
        "in der Freizeit: {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "hobby",
        "(?:{MEIN} (?:größtes |liebstes )?(?:hobby|hobbys|hobbies|leidenschaft|große "
        "leidenschaft|freizeitbeschäftigung) (?:ist|sind)|zu meinen hobbys (?:gehören|"
        "gehört|zählen|zählt)|{MEIN} hobbys:) ?(?:das )?",
        "Hobby: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        r"(?:ich )?(?P<value>(?:spiele?|spiel) (?:ich )?{ADVERB}*(?:seit [\w ]{3,15} "
        ")?(?:{INSTRUMENT}|{SPORT})|sammle? (?:ich )?{WORD}|mache? (?:ich "
        ")?{ADVERB}*(?:{PRACTICE})|gehe? (?:ich )?(?:{ADVERB}|jeden {WORD} |regelmäßig |"
        "oft |viel |einmal die woche )*(?:{OUTING}|ins fitnessstudio)|singe (?:ich )?(?:in "
        "einem |im )chor)",
        "{value}",
        "group",
        confidence=0.8,
    ),
    # Languages, aims, body, things, ways to reach.
    Rule(
        "language",
        r"(?P<value>{LANGUAGE})(?: und {LANGUAGE})? (?:kann|spreche) ich\b",
        "spricht {value}",
        "group",
    ),
    Rule(
        "language",
        "(?:(?:ich )?spreche? (?:ich )?|{MEIN} muttersprache ist ){ADVERB}*(?:fließend |"
        "gut |etwas |sowohl |perfekt )?",
        "spricht {value}",
        "item",
        item="(?:fließend |gut |etwas |ein bisschen |ein wenig |perfekt |auch |gutes |"
        "gebrochenes |sehr gut )?(?P<value>{LANGUAGE})(?: (?:fließend|gut|sehr gut|"
        "perfekt|zu hause|auf|mit|als|ziemlich|ein bisschen).*)?",
        many=True,
    ),
    Rule(
        "goal",
        "(?:ich )?(?:will|möchte|werde) (?:ich )?(?:nächstes jahr |dieses jahr |bald |"
        "endlich )?(?:meinen |den |das |mein |die )(?P<value>(?:meister|führerschein|"
        "abitur|bachelor|master|doktor|segelschein|motorradführerschein))(?: nächstes "
        "jahr)? machen",
        "will {value} machen",
        "group",
        confidence=0.8,
    ),
    Rule(
        "goal",
        r"(?:ich )?(?P<value>lerne? (?:ich )?(?:{ADVERB}|seit [\w ]{3,15} )*(?:{LANGUAGE}|"
        "{INSTRUMENT}|autofahren|programmieren|nähen|stricken|segeln|reiten|kochen))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    Rule(
        "goal",
        r"(?:{MEIN} (?:\w+ )?(?:ziel|traum|vorsatz|wunsch)(?: (?:für|in) [\w ]+?)? ist(?: "
        "es)?|(?:ich )?träume (?:ich )?davon|(?:ich )?trainiere (?:ich )?(?:gerade |"
        "derzeit )?für|(?:ich )?spare? (?:ich )?(?:gerade |derzeit )?(?:für|auf)),? ",
        "Ziel: {value}",
        most_words=12,
    ),
    Rule(
        "goal",
        "(?:ich )?(?:will|möchte|plane|habe? vor) (?:ich )?(?:{ADVERB}|irgendwann |eines "
        "tages |unbedingt |nächstes jahr |dieses jahr |mal |später )*(?=(?:[^.,;!?]+ "
        "(?:werden|eröffnen|lernen|gründen|laufen|schreiben|aufhören|abnehmen|kaufen|"
        r"abschließen|auswandern|veröffentlichen)\s*(?:$|[.,;!])))",
        "will {value}",
        confidence=0.8,
        most_words=12,
    ),
    Rule(
        "allergy",
        r"(?:(?:ich )?bin )?gegen (?P<value>[\w-]+(?: und [\w-]+)?) (?:bin ich "
        ")?(?:hoch)?allergisch",
        "ist allergisch gegen {value}",
        "group",
    ),
    Rule(
        "allergy",
        "{BIN}{ADVERB}*(?:stark |hoch|schwer |leicht )?allergisch (?:gegen|auf) ",
        "ist allergisch gegen {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "allergy",
        "{HABE}(?:eine )?(?:starke |schwere )?(?:allergie|unverträglichkeit) (?:gegen|auf) ",
        "ist allergisch gegen {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "allergy",
        r"{HABE}(?:eine )?(?:starke |schwere )?(?P<value>\w+(?:allergie|intoleranz|"
        "unverträglichkeit))",
        "hat {value}",
        "group",
    ),
    Rule(
        "allergy",
        "{BIN}{ADVERB}*(?P<value>(?:laktose|gluten|fruktose|histamin)-?intolerant)",
        "ist {value}",
        "group",
    ),
    Rule(
        "diet",
        "{BIN}(?:jetzt |inzwischen |mittlerweile )*(?P<value>pes[ck]etarier(?:in)?|"
        "pes[ck]etarisch|flexitarisch)",
        "ist {value}",
        "group",
    ),
    Rule(
        "diet",
        "(?:nenn|nennt) mich (?P<value>vegetarier(?:in)?|veganer(?:in)?|pes[ck]etarier(?:in)?)",
        "ist {value}",
        "group",
    ),
    Rule(
        "diet",
        "(?:{BIN}|(?:ich )?(?:ernähre? mich|esse?|lebe?) (?:ich "
        ")?){ADVERB}*(?:eine? )?(?P<value>(?:strikte[r]? |rein )?(?:vegetarier(?:in)?|"
        "veganer(?:in)?|"
        "vegetarisch|vegan|pescetarier(?:in)?|flexitarier(?:in)?|halal|koscher|glutenfrei|"
        r"laktosefrei))(?=\s*(?:$|[.,;!]|und |aber |seit |aus |weil ))",
        "ist {value}",
        "group",
    ),
    Rule(
        "diet",
        "(?:ich )?(?P<value>(?:esse?|trinke?) (?:ich )?(?:{ADVERB}|absolut |grundsätzlich |"
        "gar )*(?:kein|keine|keinen) (?:fleisch|schweinefleisch|fisch|milchprodukte|gluten|"
        "eier|zucker|alkohol|rindfleisch|meeresfrüchte|tierischen produkte|kaffee)(?: "
        "mehr)?)",
        "{value}",
        "group",
        negated=True,
    ),
    Rule(
        "health",
        r"(?:ich )?(?P<value>rauche?)(?: ich)?(?=\s*(?:$|[.,;!()]|und |aber |eine |ein |"
        r"seit |etwa |viel|zu viel|\d))",
        "raucht",
        "group",
        confidence=0.8,
    ),
    Rule(
        "health",
        "(?:{HABE}{ADVERB}*|(?:ich )?leide? (?:ich )?{ADVERB}*(?:an |unter )|bei mir wurde "
        ")(?P<value>{CONDITION})",
        "hat {value}",
        "group",
        past=True,
    ),
    Rule(
        "health",
        "{BIN}{ADVERB}*(?P<value>diabetiker(?:in)?|asthmatiker(?:in)?|epileptiker(?:in)?|"
        "legastheniker(?:in)?|farbenblind|blind|gehörlos|schwerhörig|taub|schwanger|"
        "kurzsichtig|linkshänder(?:in)?|autist(?:in)?|autistisch|zöliakie){END}",
        "ist {value}",
        "group",
    ),
    Rule(
        "possession",
        "{HABE}",
        "hat {article}{value}",
        "item",
        item=r"(?:einen? |ein )?(?P<value>(?:{NUMBER} )?(?:(?-i:[a-zäöü])\w+[rsn] "
        r")?(?:\w+-)?(?:{POSSESSION})(?: \w+)?)(?: (?:in|mit|aus|von|am|im) .*)?",
        many=True,
    ),
    Rule(
        "possession",
        "(?:(?:ich )?fahre? (?:ich )?{ADVERB}*|ich habe? mir (?:neulich |gerade |letzte "
        "woche |vor kurzem )?)(?:einen? |ein )",
        "hat {article}{value}",
        "item",
        item=r"(?P<value>(?:(?-i:[a-zäöü])\w+[rsn] )?(?:{POSSESSION})(?: "
        r"(?!gekauft)\w+)?)(?: gekauft| zugelegt)?",
        past=True,
    ),
    Rule(
        "phone",
        "(?:zu erreichen bin ich|(?:du erreichst|ihr erreicht) "
        r"mich)[^\d@?!;]{0,30}(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "Telefon: {value}",
        "group",
    ),
    Rule(
        "phone",
        "(?:{MEIN} (?:neue |neues )?(?:telefonnummer|handynummer|nummer|handy) (?:ist|"
        "lautet)(?: jetzt| "
        "nun| ab sofort)?|(?:du kannst "
        "mich|ruf mich) (?:unter|an unter)|(?:ihr erreicht|du erreichst) mich unter)(?: "
        r"die| der)?:? (?P<value>\+?\d[\d ()./-]{5,}\d)",
        "Telefon: {value}",
        "group",
        confidence=0.98,
    ),
    Rule(
        "email",
        "(?:{MEIN} (?:e-?mail(?:-adresse|adresse)?|mailadresse|mail) (?:ist|lautet)(?: "
        "jetzt| nun| ab sofort)?|"
        "schreib(?:t)? mir (?:an|unter)|(?:ihr erreicht|du erreichst) mich (?:unter|per "
        r"mail unter)):? (?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        "E-Mail: {value}",
        "group",
        confidence=0.98,
    ),
)

_AGENT_RULES = (
    Rule(
        "agent",
        "(?:ich heiße|mein name ist|du kannst mich|nenn mich) ",
        "heißt {value}",
        "full_name",
    ),
    Rule(
        "agent",
        r"{BIN}(?P<value>(?:eine |ein |dein |deine )(?:\w+ )?(?:ki|künstliche intelligenz|"
        "assistent(?:in)?|ki-assistent(?:in)?|chatbot|bot|sprachmodell|begleiter(?:in)?|"
        r"agent|tutor(?:in)?|programm|roboter|ki-\w+)(?: (?:für|von)[^.,;:!?]{3,40})?)",
        "ist {value}",
        "group",
    ),
    Rule(
        "agent",
        r"{BIN}(?=(?-i:[A-ZÄÖÜ]\w+)(?: (?-i:[A-ZÄÖÜ]))?)",
        "heißt {value}",
        "name",
        confidence=0.8,
    ),
    Rule(
        "agent",
        r"ich (?P<verb>empfehle) (?:dir|ihnen|euch)? ?(?=(?-i:[\"“„»A-ZÄÖÜ])|(?:das|den|"
        r"die) (?:buch|film|roman|serie|restaurant|podcast|album|museum|app|spiel)\b)",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=10,
        many=True,
        past=True,
    ),
    Rule(
        "agent",
        "ich (?P<value>(?:kann|habe kein(?:en|e)? (?:zugriff|gedächtnis|zugang|erinnerung)|"
        r"arbeite ausschließlich|speichere|merke mir)(?! mir)[^.;:!?]{3,70}?)(?=\s*[.,;:!?]|"
        "$)",
        "{value}",
        "group",
        confidence=0.75,
        negated=True,
    ),
    Rule(
        "agent",
        "ich habe (?:dir |ihnen )?(?P<value>[^.,;!?]{3,60} (?:reserviert|gebucht|"
        "hinzugefügt|geschickt|gesendet|bestellt|erstellt|gespeichert|aktualisiert|"
        "storniert|eingetragen|empfohlen))",
        "hat {value}",
        "group",
        past=True,
    ),
)

GRAMMAR = Grammar(
    language="de",
    classes=_CLASSES,
    rules=_RULES,
    agent_rules=_AGENT_RULES,
    cue=(
        r"\b(?:ich|bin|mein|meine|meinen|meinem|meiner|unser|unsere|wir|mir|mich|heiße?|"
        "wohne?|arbeite|komme?|habe?|hab|liebe?|mag|hasse?|spreche?|studiere?|nenn|schreib|"
        r"ruf)\b"
    ),
    subject="",
    lead_ins=(
        r"hallo|(?:19|20)\d\d|im jahr (?:19|20)\d\d|hi|hey|guten (?:tag|morgen|abend)|moin|"
        "servus|grüß gott|also|na ja|naja|ja|nein|ok|okay|gut|und|aber|auch|außerdem|dann|"
        "übrigens|eigentlich|weißt du|danke|klar|tja|ehrlich gesagt|persönlich|nur zur info|"
        "zur info|merk dir,? dass|denk daran,? dass|leider|zum glück|ein bisschen über mich|"
        "tatsächlich|ach|oh|naja|freut mich|ich wollte sagen,? dass|du solltest wissen,? "
        "dass|denn|zurzeit|derzeit|momentan|aktuell|im moment|jetzt|heute|beruflich|von "
        r"beruf|seit (?:\d{4}|[\w ]{3,20} jahren?|kurzem|gestern|letztem jahr)|ursprünglich|"
        r"in meiner freizeit|privat|zu hause|nebenbei|am wochenende|außerdem|wichtig|seit \w+|"
        r"in meinem (?:job|alltag)|inzwischen|mittlerweile|nebenher|mit \d+ jahren|jeden \w+|"
        r"damit du es weißt|p\.?s\.?"
    ),
    coordinators="und|aber|denn|also|außerdem|dann|sondern|sowie|oder",
    conjunction="und|sowie|oder|&|und auch|wie auch|und ein bisschen",
    borders=(
        "weil|aber|wenn|dass|also|ob|während|da ich|obwohl|wo|und (?:ich|habe|bin|mein|meine|"
        "nicht|jetzt|liebe|mag|hasse|spreche|studiere|möchte|will|spiele|arbeite|wohne|lebe|"
        r"es|das|er|sie|wir|du|komme|heiße|auch|seit|gehe|mache|da|dort|mit)|seit|in den \w+|"
        "danke|bevor|nachdem|bis|jede[nrs]?|besonders|vor allem|zusammen|ist|sind|wie|mit "
        "(?:meine[rmn]?|meinem|ihm|ihr)|am (?:wochenende|liebsten|samstag|sonntag|montag|"
        "dienstag|mittwoch|donnerstag|freitag|abend|morgen)|um (?:zu|mich)|letztes jahr|"
        r"dieses jahr|mehr als|\d{4}|habe|bin|gezogen|beim|zum (?:entspannen|ausgleich)"
    ),
    place_borders=(
        "bei|beim|in|im|für|an|am|auf|mit|aus|von|und|zu|zum|zur|nahe|jetzt|zwischen|ein|"
        "eine|einem|einer|tätig|angestellt|beschäftigt|aufgewachsen|geboren|nach|vor|da"
    ),
    deixis="dies|diese[rnsm]?|hier|dort|dein|deine|ihm|ihn|dich|dir|so|euch|euer",
    restriction="wenn|, d(?:ie|er|as|en|em)|, in denen|wo",
    tails=(
        "auch|sehr|gerade|jetzt|aktuell|wirklich|immer|noch|ein bisschen|gut|schon|heute|"
        "mehr|am meisten|zurzeit|derzeit|momentan|total|im allgemeinen|überhaupt|gern|gerne|"
        "zu hause|zuhause|daheim|hier|sehr gerne|sehr gern|so sehr|über alles|tätig|"
        "angestellt|beschäftigt|ja|besonders|eigentlich|nicht|jedenfalls|übrigens|"
        "leidenschaftlich|lieber"
    ),
    blocked="""
        es das dies diese diesen dieser dieses was wie wenn wann wo wer alle alles nichts etwas
        dich ihn sie ihr ihm er wir ich du mir mich dir uns euch dein deine deinen deiner sein
        seine ihre unser unsere sehr nicht mehr weniger so zu ob jeder jede jedes ist bin habe
        hier dort da denken glauben idee jemand niemand andere also aber weil für von mit danke
        beide nur noch immer auch viel den die der dem des einfach dass ja mein meine meinen daran
        davon damit dafür keine keinen kein gar zum im am als wirklich gerade gern gerne
        """,
    not_names="""
        pescetarierin pescetarier veganer veganerin vegetarier vegetarierin
        sorry müde froh traurig neu hier fertig katholik katholisch christ christin muslim
        muslimin jude jüdin atheist montag dienstag mittwoch donnerstag freitag samstag sonntag
        gott januar februar märz april mai juni juli august september oktober november dezember
        single ledig veganer veganerin vegetarier vegetarierin in auf aus mitte fan mutter vater
        mama papa oma opa mitglied anfänger anfängerin experte expertin teil mensch frau mann kind
        besitzer besitzerin freund freundin student studentin schüler schülerin lehrer lehrerin
        rentner rentnerin linkshänder raucher raucherin nichtraucher chef chefin kollege kunde
        kundin hausfrau hausmann witwer witwe einzelkind allergiker allergikerin diabetiker
        optimist optimistin pessimist realist frühaufsteher nachteule morgenmensch perfektionist
        fußballfan laie neuling profi azubi künstler sportler sportlerin freiberufler leiter
        leiterin besuch urlaub stress eile gast zeuge opfer held experte team ende hunger durst
        angst lust zeit glück pech schuld wg stadt land dorf miete zentrum umgebung ki ingenieur
        ingenieurin azubi doktorand doktorandin vegan bereit einer eine ein der die das den so
        sehr jemand niemand
        """,
    after_name="aus|und|aber|habe|wohne|ich|eine?|der|die|bin|arbeite|komme|von",
    employers=_EMPLOYERS,
    job_words="""
        arzt ärztin koch köchin bäckerin anwalt anwältin rechtsanwalt rechtsanwältin
        krankenschwester krankenpfleger pfleger pflegerin altenpfleger altenpflegerin lehrer
        lehrerin professor professorin dozent dozentin ingenieur ingenieurin entwickler
        entwicklerin softwareentwickler softwareentwicklerin programmierer programmiererin
        architekt architektin designer designerin kellner kellnerin barista bäcker metzger
        metzgerin fleischer landwirt landwirtin bauer bäuerin fischer gärtner gärtnerin florist
        floristin tischler tischlerin schreiner schreinerin klempner elektriker elektrikerin
        mechaniker mechanikerin mechatroniker schweißer maurer maler malerin künstler künstlerin
        musiker musikerin sänger sängerin schauspieler schauspielerin tänzer tänzerin
        schriftsteller schriftstellerin autor autorin journalist journalistin redakteur
        redakteurin lektor lektorin übersetzer übersetzerin dolmetscher dolmetscherin fotograf
        fotografin regisseur regisseurin produzent manager managerin projektmanager
        projektmanagerin buchhalter buchhalterin steuerberater steuerberaterin banker bankkaufmann
        bankkauffrau kaufmann kauffrau analyst analystin berater beraterin unternehmensberater
        ökonom wissenschaftler wissenschaftlerin forscher forscherin chemiker chemikerin physiker
        physikerin biologe biologin mathematiker mathematikerin historiker historikerin philosoph
        psychologe psychologin psychiater psychiaterin psychotherapeut psychotherapeutin therapeut
        therapeutin trainer trainerin physiotherapeut physiotherapeutin zahnarzt zahnärztin
        chirurg chirurgin apotheker apothekerin tierarzt tierärztin hebamme optiker optikerin
        pilot pilotin flugbegleiter flugbegleiterin fahrer fahrerin busfahrer busfahrerin
        lkw-fahrer taxifahrer postbote briefträger soldat soldatin polizist polizistin
        feuerwehrmann feuerwehrfrau richter richterin sekretär sekretärin sachbearbeiter
        sachbearbeiterin verkäufer verkäuferin kassierer kassiererin makler maklerin
        immobilienmakler unternehmer unternehmerin gründer gründerin geschäftsführer
        geschäftsführerin freiberufler bibliothekar bibliothekarin archäologe archäologin
        soziologe soziologin schulleiter schulleiterin hausmeister erzieher erzieherin
        sozialarbeiter sozialarbeiterin sozialpädagoge sozialpädagogin praktikant praktikantin
        schneider schneiderin friseur friseurin friseuse kosmetikerin model notar notarin
        politiker politikerin diplomat pfarrer pfarrerin techniker technikerin kinderarzt
        kinderärztin kardiologe radiologe grafiker grafikerin grafikdesigner grafikdesignerin
        illustrator illustratorin bildhauer komponist komponistin geiger geigerin pianist
        pianistin dichter dichterin astronom winzer winzerin imker imkerin förster försterin
        bademeister sportler schiedsrichter buchhändler buchhändlerin logopäde logopädin
        ergotherapeut ergotherapeutin beamter beamtin informatiker informatikerin datenanalyst
        datenanalystin data_scientist produktmanager produktmanagerin konditor konditorin
        schlosser dachdecker zimmermann uhrmacher goldschmied goldschmiedin bestatter lokführer
        schaffner stewardess assistent assistentin rezeptionist rezeptionistin
        """,
    job_endings=(
        "[a-zäöüß-]{3,}(?:lehrer|lehrerin|ingenieur|ingenieurin|entwickler|entwicklerin|"
        "berater|beraterin|arzt|ärztin|fahrer|fahrerin|verkäufer|verkäuferin|leiter|leiterin|"
        "kaufmann|kauffrau|pfleger|pflegerin|mechaniker|techniker|assistent|assistentin|"
        "therapeut|therapeutin|wissenschaftler|wissenschaftlerin|forscher|forscherin|anwalt|"
        "anwältin|redakteur|redakteurin|trainer|trainerin|angestellte|angestellter|fachfrau|"
        "fachmann|pädagoge|pädagogin|ologe|ologin|schwester|führer|führerin|manager|"
        "managerin|designer|designerin|meister|meisterin|fotograf|fotografin|arbeiter|"
        "arbeiterin|helfer|helferin|musiker|sänger)"
    ),
    not_jobs=(
        "person|typ|fan|liebhaber(?:in)?|mitglied|mutter|vater|mama|papa|sohn|tochter|bruder|"
        "schwester|zwillingsschwester|freund(?:in)?|mensch|frau|mann|mädchen|junge|bisschen|"
        r"genie|anfänger(?:in)?|angehende[r]?|zukünftige[r]?|ex|hobby\w*|amateur\w*|"
        "träumer(?:in)?|leser(?:in)?|gute[r]?|schlechte[r]?|spieler(?:in)?|jahre|"
        "sammler(?:in)?|student(?:in)?|halbschwester|stiefschwester|kleine schwester|große "
        "schwester|teil|einer|derjenige|kind|teenager|nicht|kein|frühaufsteher|ehemalige[r]?|"
        r"leidenschaftliche[r]? \w+|begeisterte[r]? \w+"
    ),
    negation="nicht|kein(?:e|en|em|er)?|nie|niemals|weder|noch nie|keineswegs|nirgends|nichts",
    past=(
        "war|hatte|wohnte|arbeitete|lebte|früher|damals|als (?:kind|ich|jugendliche[r]?)|vor "
        r"(?:\w+ )?jahren|in der vergangenheit|ex|einst|ehemals|gewesen|gearbeitet|gewohnt|"
        "gelebt|studiert|gehabt|geboren|aufgewachsen|gezogen|umgezogen|geworden|gekauft|"
        "zugelegt|bis (?:letztes|vor)"
    ),
    doubt=(
        "vielleicht|wahrscheinlich|möglicherweise|eventuell|könnte|sollte|würde|wäre|hätte|"
        "glaube ich|ich glaube|ich denke|vermutlich|scheint|fast|fühle mich|als ob|als wäre|"
        "zum spaß|scherz|hoffentlich|werde|nächste[ns]?|bald|morgen|angeblich|quasi|wohl"
    ),
    condition=(
        "wenn|falls|sofern|angenommen|stell dir vor|nehmen wir an|vorausgesetzt|es sei denn|"
        r"ob|(?:er|sie|meine?|der|die|man|jemand|alle|\w+) (?:\w+ )?(?:sagt|sagte|sagten|"
        "sagen|erzählt|erzählte|meint|meinte|behauptet|behauptete|denkt|dachte|glaubt|"
        r"glaubte|schreibt|schrieb|antwortete|ruft|rief|singt|schreit)|(?:hat|haben) (?:\w+ "
        ")?gesagt|ich habe (?:geträumt|gelesen|gehört|gelogen|gesagt|behauptet)|(?:sagt|"
        "sagte|meinte|schrieb|antwortete)|habe geträumt|zitat|sprichwort|titel|satz|zum "
        "beispiel|laut|liedtext|motto|lied"
    ),
    unreal=(
        "ich bin (?:der (?:papst|könig|kaiser|präsident)|die (?:königin|kaiserin)|batman|"
        "napoleon)|ich heiße batman|romananfang|ich-perspektive|ich-form|(?:erstes|nächstes|"
        "letztes) kapitel|(?:anfang|beginn) (?:meines|eines) (?:romans|krimis)|(?:der |mein |"
        "meine |die |ein |eine )(?:figur|protagonist(?:in)?|held(?:in)?|erzähler(?:in)?|"
        "charakter|hauptfigur)|in (?:meinem|meiner|dem|der|diesem|dieser|einem|einer) "
        "(?:roman|geschichte|spiel|film|buch|traum|lied|szene|drehbuch|stück|rolle)|"
        "rollenspiel|(?:lass uns|lasst uns|wir) (?:spielen|so tun)|tu so|tun wir so|stell "
        r"dir vor|stellen wir uns vor|es war einmal|hypothetisch\w*|in einem anderen leben|"
        "(?:schreib|schreibe|verfasse|erstelle|erfinde|ergänze|vervollständige|formuliere|"
        "entwirf|generiere) (?:mir |bitte |für mich )*(?:einen? |ein |die |den |das |"
        r"diese[nrs]? )(?:\w+ ){0,2}(?:geschichte|gedicht|e-?mail|mail|brief|post|rede|"
        "aufsatz|dialog|nachricht|text|roman|drehbuch|lied|tweet|rezension|szene|lebenslauf|"
        r"anschreiben|monolog|absatz|anzeige|biografie|bio|profil|satz|\w*brief|\w*text|"
        r"\w*geschichte)|hier ist (?:der|die|das|ein|eine|mein|meine) (?:text|mail|e-mail|"
        "brief|geschichte|entwurf|gedicht|satz|nachricht)|(?:meine geschichte|mein roman|"
        "mein gedicht|mein text) (?:beginnt|fängt|handelt|geht)|zum spaß|aus der (?:sicht|"
        "perspektive) (?:von|eines|einer)|spiel(?:e)? die rolle"
    ),
    task=(
        r"übersetz\w*|korrigier\w*|formuliere? .{0,30}um|umformulier\w*|umschreib\w*|"
        r"zusammenfass\w*|fasse? .{1,40} zusammen|wie sagt man|was (?:bedeutet|heißt) .{2,}|"
        "auf (?:englisch|italienisch|spanisch|französisch|latein)[:?]|ist .{0,20} (?:richtig|"
        r"korrekt)|grammati\w*|konjugier\w*|(?:beispiel|muster|test)(?:text|satz|daten|"
        "profil)|beispielsatz|prüfe? (?:den|die|das|diesen)|analysiere? (?:den|die|das|"
        "diesen)"
    ),
    articles="einen? |ein |das |die |den |der ",
    sarcasm=(
        "(?:(?:ach|oh|ah),? )?(?:na klar|ja klar|klar|aber sicher|na sicher|ja sicher|"
        "toll|super),? (?:ich )?(?:liebe?|mag)"
    ),
    announcement=(
        r"neuigkeit(?:en)?|gewechselt|umgezogen|aufgehört|angefangen|entschieden|gekündigt|"
        r"merk\w*|wichtig|achtung|über mich|zu mir|übrigens|jedenfalls|also|kurz|hintergrund|"
        r"info|denk dran|update|vorab|nebenbei|zur info|fakt|ps|p\.s|hinweis|vorweg|wissen"
    ),
    question=(
        "sag mir|erinner(?:e|n)? mich|empfiehl|zeig|gib|"
        "normal|zu spät|schlimm|lohnt|was|wer|wo|wie|wann|warum|wieso|wohin|woher|"
        "welche[rsnm]?|kannst|könntest|kann|"
        "könntet|hast|habt|gibt|gibt's|geht|ist|sind|weißt|soll|darf|muss|würdest|magst|"
        "brauche ich|zählt|und du|ideen|tipps|vorschläge|irgendwelche|kennst|hilfst|lohnt|"
        "reicht|bin ich|bekomme|brauch|wird|oder"
    ),
    introduction="bin ",
    ended=(
        ("ich habe mein(e|en)? (.{2,30}?) verkauft", r"ich habe ein\1 \2"),
        (r"nicht (?:mehr|länger)(?: |(?=\W|$))", ""),
        (r"(?:kein(e|en|em|er)?) ([^.,;!?]{2,30}?) mehr(?=\W|$)", r"ein\1 \2"),
        ("früher (?:habe|hab) ich (.{2,40}?) (?:gewohnt|gelebt)", r"ich wohne \1"),
        ("früher (?:habe|hab) ich (.{2,40}?) gearbeitet", r"ich arbeite \1"),
        ("früher (?:habe|hab) ich (.{2,40}?) gespielt", r"ich spiele \1"),
        ("früher (?:habe|hab) ich (.{2,40}?) studiert", r"ich studiere \1"),
        ("früher war ich", "ich bin"),
        ("ich war früher", "ich bin"),
        ("früher hatte ich", "ich habe"),
        ("ich hatte früher", "ich habe"),
        ("früher (?:wohnte|lebte) ich", "ich wohne"),
        ("früher arbeitete ich", "ich arbeite"),
        ("früher spielte ich", "ich spiele"),
        ("ich habe (?:mit dem rauchen aufgehört|das rauchen aufgegeben)", "ich rauche"),
    ),
    since=(
        r"(?:seit|im jahr|ab|^(?:\w+ ){0,3}|ich bin |bin )(?: ?(?:januar|märz|mai|juni|juli|"
        r"august|oktober))? ?(?P<year>(?:19|20)\d\d)"
    ),
    character={
        ("order", "high"): (
            "ordentliche[r]?|organisierte[r]?|ordnungsliebende[r]?|strukturierte[r]?|"
            "ordentlich|organisiert|perfektionist(?:in)?"
        ),
        ("order", "low"): (
            "unordentliche[r]?|chaotische[r]?|unorganisierte[r]?|chaotisch|unordentlich|"
            "chaot(?:in)?"
        ),
        ("conscientiousness", "high"): (
            "disziplinierte[r]?|zuverlässige[r]?|fleißige[r]?|pünktliche[r]?|diszipliniert|"
            "zuverlässig|pünktlich"
        ),
        ("conscientiousness", "low"): "faule[r]?|faul",
        ("extraversion", "high"): (
            "extrovertierte[r]?|gesellige[r]?|kontaktfreudige[r]?|extrovertiert|gesellig|"
            "kontaktfreudig"
        ),
        ("extraversion", "low"): (
            "introvertierte[r]?|schüchterne[r]?|zurückhaltende[r]?|introvertiert|schüchtern|"
            "ruhige[r]?"
        ),
        ("neuroticism", "high"): "ängstliche[r]?|nervöse[r]?|sensible[r]?|ängstlich|sensibel",
        (
            "neuroticism",
            "low",
        ): "gelassene[r]?|entspannte[r]?|ausgeglichene[r]?|gelassen|ausgeglichen",
        (
            "openness",
            "high",
        ): "neugierige[r]?|abenteuerlustige[r]?|offene[r]?|neugierig|abenteuerlustig",
        (
            "agreeableness",
            "high",
        ): "freundliche[r]?|geduldige[r]?|hilfsbereite[r]?|geduldig|hilfsbereit",
        ("creative expression", "high"): "kreative[r]?|kreativ",
        ("autonomy", "high"): "unabhängige[r]?|unabhängig",
        ("directness in conflict", "high"): "direkte[r]?|direkt",
        ("achievement", "high"): "ehrgeizige[r]?|ehrgeizig",
        ("saving", "high"): "sparsame[r]?|sparsam",
    },
    character_frame=(
        "(?:ich )?bin (?:ich )?(?P<value>(?:eine |ein )(?:sehr |ziemlich |wirklich |eher |"
        "recht |total |äußerst )?{CHARACTER}(?: (?:person|mensch|typ|frau|mann|natur))?|"
        "(?:sehr |ziemlich |wirklich |eher |recht |total |äußerst )?(?!nervös|ängstlich|"
        "sensibel|gelassen|entspannt|ausgeglichen|neugierig|direkt|ruhig|geduldig|"
        r"hilfsbereit|kreativ){CHARACTER})(?=\s*(?:$|[.,;!]|und |aber ))"
    ),
    interests={
        "music": "jazz rock musik opern? blues gitarre klavier geige konzerte singe singen",
        "cinema": "kino filme",
        "gaming": "videospiele computerspiele schach brettspiele",
        "anime": "anime manga",
        "sports": (
            "fußball volleyball tennis basketball schwimmen ski skifahren sport rugby "
            "klettern handball"
        ),
        "fitness": "fitnessstudio yoga pilates joggen laufen",
        "travel": "reisen reise",
        "outdoors": "berge natur wandern wandere gartenarbeit gärtnern angeln meer wald",
        "camping": "camping campen zelten",
        "reading": "lesen lese bücher romane lyrik krimis",
        "painting": "malen male zeichnen aquarelle malerei",
        "dance": "tanzen tanz tanze ballett tango",
        "crafts": "nähen stricken häkeln töpfern basteln",
        "photography": "fotografie fotografieren fotografiere",
        "pets": "hunde katzen tiere",
        "gourmet food": "kochen koche backen wein",
        "food": "pizza pasta sushi schokolade kaffee tee käse fisch eis",
        "science": "wissenschaft astronomie physik",
        "cars": "autos motorräder",
        "art": "kunst museen",
        "fashion": "mode",
        "culture": "geschichte theater",
        "digital technology": "programmieren informatik technik",
    },
)
