"""What people say of themselves in French."""

from memoryos.analysts.rules.grammar import Grammar, Rule

_EMPLOYERS = (
    "entreprise|société|boîte|start-?up|banque|hôpital|clinique|école|lycée|collège|"
    "université|fac|restaurant|cabinet|agence|boutique|magasin|supermarché|hôtel|musée|"
    "bibliothèque|médiathèque|usine|boulangerie|pâtisserie|café|bar|aéroport|ministère|"
    "mairie|journal|maison d'édition|laboratoire|labo|institut|bureau|pharmacie|crèche|"
    "association|librairie|salle de sport|ferme|théâtre|multinationale|coopérative|atelier|"
    "centre d'appels?|poste|police|ong|ehpad|maison de retraite|studio|compagnie|fondation|"
    "salon de coiffure|garage|préfecture|tribunal"
)

_CLASSES = {
    "ADVERB": (
        "(?:(?:aussi|vraiment|très|trop|actuellement|maintenant|toujours|encore|surtout|déjà|"
        "principalement|simplement|un peu|particulièrement|beaucoup|heureusement|"
        "malheureusement|en fait|moi-même|également|tout simplement|énormément|bien|"
        r"d'ailleurs|plutôt|souvent|désormais|récemment|fièrement|depuis \d{4}|aujourd'hui|à "
        "l'origine|originaire|moi aussi|juste) )"
    ),
    "JE": "(?:moi,? )?(?:je |j')",
    "SUIS": "(?:moi,? )?(?:je suis|j'suis|jsuis|chuis|chui) ",
    "AI": "(?:moi,? )?(?:j'ai|je possède|on a|nous avons) (?:aussi |également )?",
    "MY": "(?:mon|ma|mes|notre|nos)",
    "RELATIVE": (
        "femme|mari|épouse|époux|conjointe?|compagne|compagnon|copine|copain|petite amie|"
        "petit ami|fiancée?|mère|maman|père|papa|soeur|sœur|frère|fille|fils|enfant|bébé|"
        "grand-mère|mamie|grand-père|papi|papy|tante|oncle|cousine?|nièce|neveu|petite-fille|"
        "petit-fils|belle-mère|beau-père|belle-sœur|belle-soeur|beau-frère|jumeau|jumelle"
    ),
    "RELATIVES": (
        "soeurs|sœurs|frères|filles|fils|enfants|petits-enfants|cousins|cousines|neveux|"
        "nièces|jumeaux|jumelles|garçons"
    ),
    "PET": (
        "chiens?|chiennes?|chiots?|chats?|chattes?|chatons?|perroquets?|perruches?|canaris?|"
        "lapins?|lapine|hamsters?|cochons? d'inde|chevaux|cheval|poney|tortues?|poissons?(?: "
        "rouges?)?|serpents?|lézard|gecko|furets?|poules?|labrador|golden retriever|caniche|"
        "beagle|berger allemand|husky|chihuahua|teckel|border collie|perroquets? gris|ânes?|"
        "chèvres?|rats?|souris|bouledogue"
    ),
    "NUMBER": r"une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d{1,2}",
    "LANGUAGE": (
        "anglais|italien|espagnol|allemand|français|portugais|néerlandais|hollandais|suédois|"
        "norvégien|danois|finnois|polonais|tchèque|slovaque|hongrois|roumain|bulgare|serbe|"
        "croate|slovène|grec|turc|russe|ukrainien|arabe|hébreu|persan|hindi|ourdou|chinois|"
        "mandarin|japonais|coréen|vietnamien|thaï|indonésien|swahili|catalan|basque|gallois|"
        "irlandais|latin|espéranto|albanais|breton|corse|occitan|alsacien|créole|wolof|"
        "berbère|kabyle|lituanien|géorgien|lingala|langue des signes|luxembourgeois|flamand"
    ),
    "NATIONALITY": (
        "italien(?:ne)?|américaine?|espagnole?|allemande?|française?|portugaise?|"
        "néerlandaise?|hollandaise?|suédoise?|norvégien(?:ne)?|danoise?|finlandaise?|"
        "polonaise?|tchèque|slovaque|hongroise?|roumaine?|bulgare|serbe|croate|slovène|grec|"
        "grecque|turc|turque|russe|ukrainien(?:ne)?|égyptien(?:ne)?|marocaine?|"
        "tunisien(?:ne)?|algérien(?:ne)?|nigériane?|sénégalaise?|ivoirien(?:ne)?|"
        "camerounaise?|congolaise?|malien(?:ne)?|israélien(?:ne)?|iranien(?:ne)?|"
        "syrien(?:ne)?|libanaise?|indien(?:ne)?|pakistanaise?|chinoise?|japonaise?|"
        "coréen(?:ne)?|vietnamien(?:ne)?|thaïlandaise?|australien(?:ne)?|canadien(?:ne)?|"
        "québécoise?|mexicaine?|brésilien(?:ne)?|argentine?|chilien(?:ne)?|colombien(?:ne)?|"
        "péruvien(?:ne)?|cubaine?|haïtien(?:ne)?|britannique|anglaise?|écossaise?|galloise?|"
        "irlandaise?|suisse|suissesse|autrichien(?:ne)?|belge|albanaise?|estonien(?:ne)?|"
        "lituanien(?:ne)?|luxembourgeoise?|bretonne?|corse"
    ),
    "CONDITION": (
        "(?:du |le |un )?diabète(?: de type (?:1|2|un|deux))?|(?:de l'|d'|l')?asthme|(?:de l'|d'|"
        "l')?arthrite|(?:de l'|d'|l')?arthrose|(?:de l'|d'|l')?épilepsie|(?:de l'|"
        "d')?hypertension|(?:de la |une )?tension (?:élevée|haute)|(?:de |des )?migraines?|"
        "(?:de la |de |une )?dépression|(?:d'|de l')?anxiété|(?:d'|de l')?insomnies?|(?:la "
        ")?maladie cœliaque|(?:d'|de l')?eczéma|(?:de |du )?psoriasis|(?:d'|une "
        ")?hypothyroïdie|(?:d'|une )?hyperthyroïdie|(?:une |de )?sclérose en plaques|(?:de "
        "la )?dyslexie|(?:une |de )?scoliose|(?:d'|des )?acouphènes|(?:de |une |la "
        ")?fibromyalgie|(?:d'|de l')?endométriose|(?:d'|de l')?anémie|(?:d'|de "
        "l')?ostéoporose|(?:la )?maladie de crohn|(?:un )?tdah|(?:une )?gastrite|(?:une "
        ")?hernie discale|(?:de |des )?vertiges|(?:du )?cholestérol|(?:de l')?apnée du "
        "sommeil|(?:de |des )?rhumatismes|(?:le )?rhume des foins"
    ),
    "POSSESSION": (
        "voiture|auto|vélo|moto|scooter|vespa|camionnette|camping-car|van|bateau|voilier|"
        "maison|jardin|potager|guitare|piano|violon|appareil photo|télescope|drone|"
        "appartement|studio|renault|peugeot|citroën|clio|twingo|2cv|fiat|toyota|bmw|audi|"
        "ford|volkswagen|tesla|kayak|ferme|tracteur|platine|trottinette|chalet|serre|dacia"
    ),
    "INSTRUMENT": (
        "(?:du |de la |de l'|le |la )?(?:piano|guitare|violon|violoncelle|batterie|basse|"
        "flûte|clarinette|saxophone|saxo|trompette|ukulélé|harpe|accordéon|harmonica|orgue|"
        "clavier|alto|contrebasse|banjo)"
    ),
    "SPORT": (
        "foot|football|volley|volley-ball|tennis|basket|handball|hand|ping-pong|tennis de "
        "table|rugby|golf|échecs|water-polo|hockey|badminton|squash|padel|cartes|poker|"
        "belote|jeux vidéo|jeux de rôle|jeux de société|pétanque|tarot|bridge"
    ),
    "PRACTICE": (
        "yoga|pilates|karaté|judo|boxe|crossfit|danse|gymnastique|natation|escalade|"
        "athlétisme|randonnée|méditation|poterie|théâtre|tai-chi|équitation|vélo|cyclisme|"
        "escrime|voile|aviron|photographie|photo|bénévolat|jardinage|plongée|ski|surf|course "
        "à pied|musculation|aquarelle|peinture|céramique|triathlon|tricot|couture"
    ),
    "WORD": r"[^\W\d_][\w'-]*",
    "MONTH": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "ONCE": "(?:avant |autrefois |plus jeune |(?<=avant, )|(?<=autrefois, )|(?<=plus jeune, ))",
    "NAMED": (
        "(?: qui s'appelle(?:nt)? | nommée?s? | prénommée?s? | appelée?s? |, (?:il|elle) "
        "s'appelle )"
    ),
    "END": (
        r"(?=\s*(?:$|[.,;!():]|et |mais |qui |avec |de |du |à |en |parce |donc |depuis |"
        "chez |le |chaque |tous |deux |"
        "pour |dans |car ))"
    ),
}

_RULES = (
    # Who and where.
    Rule(
        "name",
        "(?:{JE}m'appelle|je me (?:nomme|prénomme)|mon (?:pré)?nom(?: complet)? est|mon "
        "nom,? c'est|mon prénom,? c'est|mon prénom est|(?:tu peux|vous pouvez) m'appeler|"
        "appelle[- ]moi|"
        "appelez[- ]moi|on m'appelle|tout le monde m'appelle|mes amis m'appellent) ",
        "s'appelle {value}",
        "full_name",
        confidence=0.97,
    ),
    Rule(
        "name",
        "(?:{SUIS}|moi,? c'est )(?=[A-ZÉÈ])",
        "s'appelle {value}",
        "name",
        confidence=0.85,
    ),
    Rule(
        "age",
        r"(?:fêter|fêté) mes (?P<value>\d{1,3}) (?:ans|balais|printemps)",
        "a {value} ans",
        "group",
        past=True,
        anywhere=True,
    ),
    Rule(
        "age",
        r"{AI}{ADVERB}*(?P<value>\d{1,3}|(?:vingt|trente|quarante|cinquante|soixante|"
        r"quatre-vingt)[\w-]*)(?: ans)(?! (?:d'|de|à))",
        "a {value} ans",
        "group",
    ),
    Rule(
        "age",
        r"{JE}(?:viens d'avoir|ai eu|vais sur mes) (?P<value>\d{1,3}) ans",
        "a {value} ans",
        "group",
        past=True,
    ),
    Rule(
        "birthday",
        "(?:mon anniversaire (?:est|c'est|tombe)|{SUIS}née?|je fête mon anniversaire)(?: à "
        r"{WORD})? (?:le |en |un )?(?P<value>(?:\d{1,2}(?:er)? |premier )?(?:{MONTH})(?: (?:19|"
        r"20)\d\d)?|(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)",
        "est né le {value}",
        "group",
        past=True,
    ),
    Rule(
        "home",
        "{JE}habite (?=(?-i:[A-ZÀ-Ü]))",
        "habite à {value}",
        "place",
    ),
    Rule(
        "home",
        "(?:{JE}{ADVERB}*(?:vis|habite|réside|demeure)|{SUIS}installée?) {ADVERB}*(?:ici "
        ")?(?:avec (?:{WORD} ){1,3}?)?(?:près de|à côté de|à|a|au|en|dans le|dans la|dans "
        "les|sur|aux) (?:la ville de )?",
        "habite à {value}",
        "place",
    ),
    Rule(
        "home",
        "{JE}(?:viens de |)(?:ai |)(?:me suis {ADVERB}*(?:installée?|installé)|ai "
        "{ADVERB}*(?:déménagé|emménagé)|viens (?:de |d')(?:m'installer|déménager|"
        "emménager))(?: de {WORD})? (?:à|au|en|dans le|dans la|aux|pour) ",
        "habite à {value}",
        "place",
        past=True,
    ),
    Rule(
        "origin",
        "(?:{JE}viens {ADVERB}*(?:de |d'|du |des )|{SUIS}{ADVERB}*(?:originaire )?(?:de |"
        "d'|du |des ))(?=[A-ZÉ])",
        "vient de {value}",
        "place",
    ),
    Rule(
        "origin",
        "(?:{SUIS}née?|{JE}ai grandi|{SUIS}née? et j'ai grandi) (?:à|au|en|dans le|dans la|aux) ",
        "vient de {value}",
        "place",
        past=True,
    ),
    Rule(
        "nationality",
        "(?:{SUIS}|de nationalité |ma nationalité est ){ADVERB}*(?:une? )?(?:d'origine |"
        "franco-)?(?P<value>(?:{NATIONALITY})(?:-(?:{NATIONALITY}))?){END}",
        "est {value}",
        "group",
    ),
    # Work and study.
    Rule(
        "job",
        "(?:{JE}{ADVERB}*(?:travaille|bosse|exerce)|{SUIS}employée?) (?:{ADVERB}|à "
        "mi-temps |à temps (?:plein|partiel) )*(?:comme|en tant que|en tant qu') ?(?:une? "
        ")?",
        "travaille comme {value}",
        "work",
        confidence=0.95,
    ),
    Rule(
        "job",
        "(?:{SUIS}|de métier,? je suis |moi,? c'est ){ADVERB}*(?:une? |la |le )?",
        "est {article}{value}",
        "job",
    ),
    Rule(
        "job",
        "(?:mon (?:métier|travail|boulot|job)|ma profession)(?:,? c'est| est)(?: celui de| "
        "d'être| celle de)? (?:une? )?",
        "travaille comme {value}",
        "job",
    ),
    Rule(
        "job",
        "{JE}enseigne (?:le |la |l'|les )?",
        "enseigne {value}",
        "work",
        confidence=0.8,
    ),
    Rule(
        "job",
        "{JE}travaille dans (?:le |la |l'|les )(?P<value>(?:marketing|finance|informatique|"
        "tourisme|santé|bâtiment|restauration|communication|publicité|édition|logistique|"
        "mode|enseignement|assurance|immobilier|commerce|hôtellerie|recherche|banque)){END}",
        "travaille dans {value}",
        "group",
    ),
    Rule(
        "job",
        "{SUIS}{ADVERB}*(?P<value>(?:à la )?retraitée?|à la retraite|au chômage|femme au "
        "foyer|homme au foyer|mère au foyer){END}",
        "est {value}",
        "group",
    ),
    Rule(
        "employer",
        r"(?:la |le |l')?(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: "
        r"(?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) m'a (?:embauchée?|engagée?|recrutée?)",
        "travaille pour {value}",
        "group",
        past=True,
        anywhere=True,
    ),
    Rule(
        "employer",
        "(?:mon (?:nouvel )?employeur,? (?:c'est|est)|ma boîte,? c'est|"
        "{SUIS}(?:salariée?|employée?) (?:chez|de|à)) (?:la |le |l')?(?=(?-i:[A-ZÀ-Þ]))",
        "travaille pour {value}",
        "employer",
    ),
    Rule(
        "employer",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: (?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) est mon "
        "(?:nouvel )?employeur",
        "travaille pour {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "employer",
        "(?:{JE}{ADVERB}*(?:travaille|bosse)(?: maintenant| désormais| actuellement)?|"
        "{SUIS}(?P<profession>(?:{WORD} ){0,4}?))(?: ?(?:comme|en tant "
        "que) (?:{WORD} ){1,4}?)? ?(?:(?:chez|pour) (?:le |la |l'|une? )?|au "
        "(?=(?-i:[A-ZÉ]))|(?:dans|à) ?(?:une? |le |la |l')?(?=(?-i:[a-zéèà]))|à "
        "l')(?!domicile|distance|la maison|temps|mi-temps)",
        "travaille pour {value}",
        "employer",
    ),
    Rule(
        "study",
        "{JE}(?:{ADVERB}*étudie|fais (?=(?:un|une|mon|ma|des) (?:master|doctorat|licence|"
        "thèse|études|bts|dut))|suis (?=(?:une|un) (?:master|licence))) ?{ADVERB}*(?!pour |"
        "beaucoup|chez)(?:le |la |l'|les )?",
        "étudie {value}",
    ),
    Rule(
        "study",
        "(?:{SUIS}diplômée?|{AI}(?:une? )(?:master|licence|doctorat|diplôme|bac)) (?:en |de |d')",
        "diplôme: {value}",
        value="diplôme: {value}",
    ),
    Rule(
        "study",
        "{SUIS}(?:une? )?(?P<value>(?:étudiante?|doctorante?|élève|lycéen(?:ne)?|"
        "alternante?)(?: (?:en|à|de) {WORD}(?: {WORD})?)?)",
        "est {value}",
        "group",
    ),
    # People and animals.
    Rule(
        "relationship",
        "(?:{WORD} et moi,? )?(?:on s'est|nous nous sommes) (?:enfin "
        ")?(?P<value>mariée?s|fiancée?s|pacsée?s|séparée?s)",
        "{value}",
        "group",
        past=True,
        anywhere=True,
    ),
    Rule(
        "relationship",
        "(?:on s'est|nous nous sommes) (?:enfin )?(?P<value>mariée?s|fiancée?s|pacsée?s)",
        "s'est {value}",
        "group",
        past=True,
    ),
    Rule(
        "relationship",
        "(?:{SUIS}|je me suis ){ADVERB}*(?P<value>mariée?(?: (?:à|avec) {WORD})?|"
        "fiancée?(?: (?:à|avec) {WORD})?|célibataire|divorcée?|séparée?|veuf|veuve|"
        "pacsée?(?: avec {WORD})?|en couple(?: avec {WORD})?){END}",
        "est {value}",
        "group",
    ),
    Rule(
        "relationship",
        "{AI}(?:une? )(?P<value>copine|copain|petite amie|petit ami|compagne|compagnon|"
        "conjointe?){END}",
        "a {article}{value}",
        "group",
    ),
    Rule(
        "family",
        r"{SUIS}{ADVERB}*mariée? (?:à|avec) (?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)",
        "conjoint: {value}",
        "group",
        value="conjoint: {value}",
    ),
    Rule(
        "family",
        r"(?:{AI})une? (?:\w+ )?(?P<key>{RELATIVE})(?: \w+)?(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "family",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) est {MY} (?P<key>{RELATIVE})(?=\s*(?:$|[.,;!)]|et ))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{AI}",
        "a {value}",
        "item",
        item="(?P<value>(?:une? |{NUMBER} )?(?:grande?s? |petite?s? |jeunes? |belles? "
        ")?(?:(?:{RELATIVE})|(?:{RELATIVES}))(?: (?:aînée?s?|cadette?s?|cadets?|"
        "jumeaux|jumelles?|adolescents?|jumeau|ado|ados))?(?:{NAMED}.+)?)(?: (?:de "
        r"\d+|qui|à|avec|en) .*)?",
        many=True,
    ),
    Rule(
        "family",
        "{MY} (?:{WORD} )?(?P<key>{RELATIVE})(?: (?:aînée?|cadette?|cadet))? s'appelle ",
        "{key}: {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{MY} (?:(?:grande?|petite?) )?(?P<key>{RELATIVE}),? "
        r"(?P<value>(?-i:[A-ZÉÈ][a-zà-ÿ]+))(?!['\w])",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    Rule(
        "family",
        "{SUIS}{ADVERB}*(?:une? |l'heureu(?:x|se) )?(?P<value>(?:maman|mère|père|papa|"
        "grand-mère|grand-père|mamie|papi|papy)(?: (?:célibataire|solo)| de "
        "(?:{NUMBER})(?: {WORD})?)?|fil(?:s|le) unique|enfant unique){END}",
        "est {value}",
        "group",
    ),
    Rule(
        "pet",
        r"(?:{AI})une? (?:\w+ )?(?P<key>{PET})(?: \w+)?(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "a un animal ({key}) qui s'appelle {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "pet",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) est {MY} (?P<key>{PET})(?=\s*(?:$|[.,;!)]|et ))",
        "a un animal ({key}) qui s'appelle {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        "(?:{AI}|{JE}ai (?:récemment )?(?:adopté|recueilli) |{JE}viens d'adopter |{JE}vis avec )",
        "a {article}{value}",
        "item",
        item=r"(?:une? |mon |ma |mes )?(?P<value>(?:(?:deux|trois|quatre|cinq|six|sept|\d+) "
        r")?(?:(?:petite?s?|vieux|vieille|gros|grosse|grand) )?(?:{PET})(?: (?!de\b|"
        r"qui\b){WORD})?(?:{NAMED}.+)?)(?: (?:de|qui|et|à|depuis|en) .*)?",
        many=True,
        past=True,
    ),
    Rule(
        "pet",
        "{MY} (?:{WORD} )?(?P<key>{PET})(?: {WORD})? s'appelle(?:nt)? ",
        "a un animal ({key}) qui s'appelle {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        r"{MY} (?P<key>{PET}),? (?P<value>(?-i:[A-ZÉÈ][a-zà-ÿ]+))(?!['\w])",
        "a un animal ({key}) qui s'appelle {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    # Tastes.
    Rule(
        "favorite",
        "{MY} (?P<key>(?!chose|partie|moment)(?:{WORD} ){0,2}?{WORD}) (?:préférée?s?|"
        "favorite?s?|favori)(?: de tous les temps)?,? (?:c'est|est|sont|ce sont|reste|a "
        "toujours été) ?(?:toujours |sans doute |de loin )?",
        "{key} préféré: {value}",
        value="{key}: {value}",
        confidence=0.95,
    ),
    Rule(
        "favorite",
        "(?P<value>(?!ceci|cela|ce|c'|ça|il|elle){WORD}(?: {WORD}){0,4}?) (?:est|sont) "
        "{MY} (?P<key>{WORD}) (?:préférée?s?|favorite?s?|favori)",
        "{key} préféré: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "dislikes",
        "(?:{JE}(?:{ADVERB}*déteste|hais|ai horreur (?:de|du|des)|ne supporte pas|n'aime "
        "(?:pas|guère)|aime pas|supporte pas|n'apprécie pas|ne suis pas (?:un |une "
        ")?(?:fan|amateur|amatrice) (?:de|du|des|d'))) ?(?:du tout |trop |vraiment |"
        "beaucoup )*(?:les |le |la |l'|de )?",
        "n'aime pas {value}",
        many=True,
        negated=True,
    ),
    Rule(
        "likes",
        "(?:{JE}{ADVERB}*(?:aime|adore|kiffe)|{SUIS}{ADVERB}*(?:une? )?(?:grande? |"
        "gros(?:se)? )?(?:fan|amateur|amatrice|passionnée?|mordue?|accro) (?:de la |de l'|"
        "de |du |des |d'|par |à )|{JE}me passionne pour |{JE}m'intéresse (?:à |au |aux )) "
        "?{ADVERB}*(?:énormément |par-dessus tout )?",
        "aime {article}{value}",
        confidence=0.85,
        many=True,
    ),
    Rule(
        "hobby",
        "(?:mon (?:passe-temps|loisir|hobby)(?: préféré| favori| principal)?,? (?:c'est|"
        "est)|mes (?:loisirs|passe-temps|hobbies|passions) (?:sont|:)|ma (?:grande "
        ")?passion,? (?:c'est|est)|{AI}une passion pour|parmi mes loisirs,? il y a) ",
        "loisir: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "(?:pendant|dans|à|sur) mon temps libre,? (?:{JE}(?:aime |adore |fais (?:de la |du "
        "|de l'|des )?)?)",
        "temps libre: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "{JE}{ADVERB}*(?P<value>joue {ADVERB}*(?:{INSTRUMENT}|(?:au|aux|à la|à l') "
        "?(?:{SPORT}))|(?:fais|pratique) {ADVERB}*(?:du |de la |de l'|des |le |la |"
        "l')(?:{PRACTICE})|collectionne (?:les |des )?{WORD}(?: {WORD})?|chante dans une "
        "chorale|cours (?:tous|chaque|deux|trois)|peins|jardine|tricote){END}",
        "{value}",
        "group",
        confidence=0.8,
    ),
    # Languages, aims, body, things, ways to reach.
    Rule(
        "language",
        "(?:{JE}{ADVERB}*parle|ma langue maternelle,? (?:est|c'est)|{SUIS}(?:bilingue|"
        "trilingue)(?: en)?) {ADVERB}*(?:couramment |bien |à la fois )?",
        "parle {value}",
        "item",
        item="(?:un peu |un peu de |un peu d'|couramment |le |l'|bien |aussi )*(?:le |"
        "l')?(?P<value>{LANGUAGE})(?: (?:couramment|très bien|bien|à la maison|au "
        "travail|avec|comme|assez|un peu).*)?",
        many=True,
    ),
    Rule(
        "goal",
        "{JE}(?P<value>(?:apprends|suis en train d'apprendre) {ADVERB}*(?:(?:l'|le |la "
        ")?(?:{LANGUAGE}|{INSTRUMENT})|à {WORD}(?: {WORD}){0,3}))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    Rule(
        "goal",
        r"(?:mon (?:\w+ )?(?:objectif|rêve|but|projet)(?: (?:de|pour) [\w' ]+?)?,? ?(?:est|:|"
        "c'est)(?: de)?|je rêve (?:de|d')|je m'entraîne pour|je me prépare pour|"
        "j'économise pour|je mets de (?:l'argent|côté) (?:de côté )?pour|"
        "{AI}pour objectif de) ?(?:d')?",
        "objectif: {value}",
        most_words=12,
    ),
    Rule(
        "goal",
        "{JE}(?:{ADVERB}*veux|voudrais|aimerais|souhaite|espère|compte|prévois de|ai "
        "l'intention de|ai l'intention d') ?(?:un jour |bien )*(?=(?:devenir|apprendre|"
        "ouvrir (?:un|une|mon|ma)|m'acheter|acheter (?:une|un) (?:maison|appartement|"
        r"voiture)|courir (?:un|le)|écrire un|obtenir mon|arrêter de fumer|perdre \d|"
        "maigrir|lancer (?:mon|ma|une)|monter (?:mon|ma|une)|fonder|passer (?:mon|le) "
        "permis|publier|terminer (?:mon|ma)|prendre ma retraite|gravir|faire le tour))",
        "veut {value}",
        confidence=0.8,
        most_words=12,
    ),
    Rule(
        "allergy",
        "(?:{SUIS}{ADVERB}*(?:gravement |très |légèrement |sévèrement )?(?:allergique|"
        "intolérante?)|{AI}une (?:grave )?(?:allergie|intolérance)) (?:à la |à l'|aux |au |"
        "à )",
        "allergie: {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "diet",
        "(?:je suis (?:passée? )?|m'a mise? )au (?P<value>régime {WORD})",
        "suit un {value}",
        "group",
        past=True,
        anywhere=True,
    ),
    Rule(
        "diet",
        "(?:{SUIS}|{SUIS}devenue? |{JE}mange ){ADVERB}*(?P<value>(?:strictement "
        ")?(?:végétarien(?:ne)?|végétalien(?:ne)?|végane?|vegane?|pescétarien(?:ne)?|"
        "flexitarien(?:ne)?|halal|casher|sans gluten|bio)){END}",
        "est {value}",
        "group",
        past=True,
    ),
    Rule(
        "diet",
        "{JE}(?P<value>(?:ne |n')?(?:mange|bois) (?:pas|plus|jamais)(?: du tout)? (?:de |"
        "d')(?:viande|porc|poisson|produits laitiers|lait|gluten|œufs|oeufs|sucre|alcool|"
        r"bœuf|boeuf|fruits de mer|café)(?: (?:rouge|ni \w+))?)",
        "{value}",
        "group",
        negated=True,
    ),
    Rule(
        "diet",
        "{JE}(?:suis|fais) un (?P<value>régime {WORD}(?: {WORD}){0,2})",
        "suit un {value}",
        "group",
    ),
    Rule(
        "health",
        r"(?:je )(?P<value>fume)(?=\s*(?:$|[.,;!()]|et |mais |un |une |depuis |environ |"
        r"beaucoup|trop|\d))",
        "fume",
        "group",
        confidence=0.8,
    ),
    Rule(
        "health",
        "(?:{AI}{ADVERB}*|{JE}souffre {ADVERB}*|on m'a diagnostiqué |{SUIS}atteinte? "
        ")(?P<value>{CONDITION})",
        "a {value}",
        "group",
        past=True,
    ),
    Rule(
        "health",
        "{SUIS}{ADVERB}*(?P<value>diabétique|asthmatique|épileptique|dyslexique|cœliaque|"
        "coeliaque|daltonien(?:ne)?|aveugle|malvoyante?|sourde?|malentendante?|enceinte|"
        "hypertendue?|myope|gauch(?:er|ère)|autiste){END}",
        "est {value}",
        "group",
    ),
    Rule(
        "possession",
        "(?:{JE}possède|{AI}) ?(?:une? )(?P<value>(?:(?:vieux|vieil|vieille|petite?|"
        "grosse?|belle|beau) )?(?:{POSSESSION}) de marque {WORD})",
        "a {article}{value}",
        "group",
    ),
    Rule(
        "possession",
        "{AI}",
        "a {article}{value}",
        "item",
        item="(?:une? |le |la )?(?P<value>(?:(?:petite?|vieille|vieux|grande?|belle|deux|"
        r"trois|vieil) )?(?:{POSSESSION})s?(?: (?!de\b|qui\b){WORD}){0,2})(?: (?:de|"
        "qui|à|en|avec|depuis|dans|d'|près) ?.*)?",
        many=True,
    ),
    Rule(
        "possession",
        "{JE}(?:conduis|roule en|ai acheté|me suis acheté|viens d'acheter) ",
        "a {article}{value}",
        "item",
        item="(?:une? |le |la )?(?P<value>(?:(?:petite?|vieille|vieux|grande?|nouvelle) "
        ")?(?:{POSSESSION})(?: {WORD}){0,2})(?: (?:de|qui|à|en|avec) .*)?",
        past=True,
    ),
    Rule(
        "phone",
        r"pour me (?:joindre|contacter|appeler)[^\d@?!;]{0,30}(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "téléphone: {value}",
        "group",
    ),
    Rule(
        "phone",
        "(?:mon (?:nouveau )?(?:numéro(?: de (?:téléphone|portable))?|portable|"
        "téléphone)(?: est| c'est|"
        ",? c'est)(?: le)?|(?:tu peux |vous pouvez )?(?:m'appeler|appelle-moi|me joindre|"
        r"appelez-moi) au):? (?P<value>\+?\d[\d ()./-]{5,}\d)",
        "téléphone: {value}",
        "group",
        confidence=0.98,
    ),
    Rule(
        "email",
        "(?:(?:mon|mon adresse) (?:e-?mail|mail|courriel|adresse)(?: e-?mail| mail)?(?: "
        "professionnel(?:le)?)?(?: est| c'est|,? c'est| ?:)|mon adresse est|(?:tu peux |vous "
        "pouvez )?(?:m'écrire|écris-moi|"
        "écrivez-moi|me contacter) (?:à|sur)):? "
        r"(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        "e-mail: {value}",
        "group",
        confidence=0.98,
    ),
)

_AGENT_RULES = (
    Rule(
        "agent",
        "(?:je m'appelle|mon nom est|tu peux m'appeler|vous pouvez m'appeler|appelle-moi) ",
        "s'appelle {value}",
        "full_name",
    ),
    Rule(
        "agent",
        "{SUIS}(?P<value>(?:une |un |ton |ta |votre |l')(?:{WORD} )?(?:ia|intelligence "
        "artificielle|assistante?|chatbot|bot|modèle de langage|compagnon|agent|tuteur|"
        "programme|robot|outil)[^.,;:!?]{0,50})",
        "est {value}",
        "group",
    ),
    Rule(
        "agent",
        "{SUIS}(?=[A-ZÉÈ])",
        "s'appelle {value}",
        "name",
        confidence=0.8,
    ),
    Rule(
        "agent",
        "{JE}(?:te |vous )?(?P<verb>(?:ai )?(?:recommande|conseille|suggère|recommandé|"
        "conseillé|suggéré|propose))(?: (?:de |d')?(?:lire|regarder|voir|visiter|essayer|"
        r"écouter))? ?(?=(?-i:[\"“«A-ZÉ])|(?:le |la |l')(?:livre|film|roman|série|"
        r"restaurant|podcast|album|musée|application|jeu|bistrot)\b)",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=10,
        many=True,
        past=True,
    ),
    Rule(
        "agent",
        "{JE}(?P<value>(?:(?:ne )?peux (?:pas )?(?:corriger|lire|voir|envoyer|naviguer|"
        "générer|créer|traduire|écouter|chercher|ouvrir|répondre|écrire|analyser|accéder)|"
        "n'ai pas (?:accès|de mémoire)|ne (?:garde|conserve) pas|parle)[^.;:!?]{0,70})",
        "{value}",
        "group",
        confidence=0.8,
        negated=True,
    ),
    Rule(
        "agent",
        "{JE}(?:t'|vous )?ai (?:déjà |bien )?(?P<verb>réservé|ajouté|envoyé|commandé|créé|"
        "enregistré|mis à jour|annulé|programmé|planifié) ",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=12,
        past=True,
    ),
)

GRAMMAR = Grammar(
    language="fr",
    classes=_CLASSES,
    rules=_RULES,
    agent_rules=_AGENT_RULES,
    cue=r"\b(?:je|j'|j’|moi|mon|ma|mes|m'|m’|me|chuis?|jsuis|on a|on s'est|nous|notre|nos)",
    subject=(
        "(?:moi,? )?(?:je |j'|jsuis |chuis? |on a |on s'est |nous nous |nous avons |notre |"
        "nos |mon |ma |mes |"
        "appelle[- ]moi|appelez[- ]moi|(?:tu peux|vous pouvez) (?:m'|me )|on m'|tout le "
        "monde m'|moi,? c'est|pour me (?:joindre|contacter|appeler)|écris-moi|"
        "écrivez-moi|m'écrire|m'appeler|de (?:métier|"
        r"nationalité)|parmi mes|(?:pendant|dans|à|sur) mon temps|[\w' -]{2,40} (?:est|sont) "
        r"(?:mon|ma|mes) \w+ (?:préféré|favori))"
    ),
    lead_ins=(
        "bonjour|salut|bonsoir|coucou|alors|eh bien|ben|bah|oui|non|ok|d'accord|voilà|"
        "enchantée?|et|mais|aussi|en plus|puis|donc|au fait|en fait|tu sais|merci|bien sûr|"
        "écoute|or|disons que|actuellement|maintenant|aujourd'hui|en ce moment|d'habitude|"
        "personnellement|honnêtement|pour ma part|quant à moi|rappelle-toi que|note que|"
        "malheureusement|heureusement|un peu sur moi|d'ailleurs|ah|oh|eh|bon|je voulais te "
        "dire que|il faut savoir que|sache que|car|parce que|parce qu'|comme|puisque|depuis "
        r"(?:\d{4}|[\w ]{3,15} (?:ans|mois))|ravie?|dans la vie|pour info|pour information|"
        "n'oublie pas que|à côté de ça|à la base|côté boulot|de nature|moi aussi|sinon|par "
        r"ailleurs|en dehors du travail|(?:presque )?(?:tous les|toutes les) \w+(?: \w+)?|"
        r"(?:presque )?chaque \w+|perso"
    ),
    coordinators=(
        "et|mais|donc|car|puis|parce que|parce qu'|puisque|tandis que|ou|où|alors que|ainsi que"
    ),
    conjunction="et|ou|ainsi que|et aussi|&|ni|et de|et d'",
    borders=(
        r"parce|mais|quand|qui|que|qu'\w+|donc|si|pendant|puisque|même si|où|car|et (?:je|"
        r"j'\w+|mon|ma|mes|moi|c'est|il|elle|on|nous|tu|vous|ne|ça|ce|suis|ai|vis|habite|"
        "travaille|aime|adore|parle|étudie|non|maintenant|aussi|depuis|surtout|donc)|depuis|"
        r"en (?:19|20)\d\d|il y a|merci|avant|après|jusqu'\w+|chaque|surtout|notamment|"
        "ensemble|est|sont|c'est|comme|avec (?:ma|mon|mes|lui|elle|eux)|tous les|toutes les|"
        "le (?:week-end|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi|soir|matin)|"
        "l'(?:année|an|été|hiver)|cette année|plus que|pour (?:me|le plaisir|l'instant|mon|"
        "ma)|un jour|grâce|ce qui|alors|bientôt|par exemple"
    ),
    place_borders=(
        "à|au|aux|en|dans|pour|chez|avec|sur|de nuit|et|près|maintenant|entre|du côté|"
        "spécialisée?|depuis"
    ),
    deixis="ce|cet|cette|ces|ça|cela|ici|là|ton|ta|tes|lui|toi|votre|vos|celui|celle",
    restriction=r"qui|que|quand|si|où|qu'\w+",
    tails=(
        "de métier|de profession|aussi|beaucoup|énormément|maintenant|actuellement|"
        "vraiment|toujours|encore|un peu|"
        "bien|déjà|aujourd'hui|plus|par-dessus tout|en ce moment|pour l'instant|en général|"
        "du tout|ici|là|récemment|tellement|trop|également|en fait|finalement|à la maison|"
        "non plus|d'ailleurs|quoi|hein|à la folie"
    ),
    blocked="""
        ça cela ceci ce cet cette ces que qui quand comment où quoi tout tous toute toutes rien
        quelque quelqu'un toi te lui elle elles eux nous vous je j'ai tu me se y en ton ta tes son
        sa ses leur leurs notre votre vos nos très pas plus moins si savoir entendre voir être
        avoir si chaque est suis ai ici là penser croire comprendre t'aider parce donc car mais
        pour de avec merci les_deux faire dire aller encore toujours aussi beaucoup bien c'est
        l'idée l' idée autre quelques mieux bien_sûr ne n'ai n'
        """,
    not_names="""
        désolé désolée contente content triste fatigué nouveau nouvelle ici prêt prête catholique
        chrétien chrétienne musulman musulmane juif juive athée lundi mardi mercredi jeudi
        vendredi samedi dimanche dieu janvier février mars avril mai juin juillet août septembre
        octobre novembre décembre célibataire marié mariée végan végane végétarien végétarienne à
        de un une le la les jamais seul tout ia maison français
        """,
    after_name=r"de|d'\w+|et|mais|j'\w+|je|une?|la|le|enchantée?|ravie?|en|comme|du|depuis",
    employers=_EMPLOYERS,
    job_words="""
        médecin docteur docteure infirmier infirmière instituteur institutrice professeur
        professeure prof enseignant enseignante avocat avocate ingénieur ingénieure développeur
        développeuse programmeur programmeuse architecte designer graphiste cuisinier cuisinière
        chef cheffe serveur serveuse barista boulanger boulangère boucher bouchère agriculteur
        agricultrice éleveur éleveuse pêcheur jardinier jardinière fleuriste menuisier menuisière
        charpentier plombier électricien électricienne mécanicien mécanicienne soudeur maçon
        peintre artiste musicien musicienne chanteur chanteuse acteur actrice comédien comédienne
        danseur danseuse écrivain écrivaine auteur autrice journaliste rédacteur rédactrice
        éditeur éditrice traducteur traductrice interprète photographe réalisateur réalisatrice
        producteur productrice manager gérant gérante comptable auditeur auditrice banquier
        banquière analyste consultant consultante économiste scientifique chercheur chercheuse
        chimiste physicien physicienne biologiste mathématicien mathématicienne historien
        historienne philosophe psychologue psychiatre psychothérapeute thérapeute entraîneur
        entraîneuse moniteur monitrice kinésithérapeute kiné dentiste chirurgien chirurgienne
        pharmacien pharmacienne vétérinaire sage-femme opticien opticienne diététicienne
        diététicien nutritionniste pilote hôtesse steward chauffeur chauffeuse conducteur
        conductrice livreur livreuse facteur factrice marin soldat militaire policier policière
        gendarme pompier pompière juge magistrat secrétaire caissier caissière vendeur vendeuse
        commercial commerciale agent_immobilier entrepreneur entrepreneuse fondateur fondatrice
        pdg cadre indépendant indépendante freelance bibliothécaire archéologue sociologue
        directeur directrice proviseur concierge gardien gardienne nounou assistante_maternelle
        aide-soignant aide-soignante auxiliaire ouvrier ouvrière stagiaire apprenti apprentie
        tailleur couturier couturière coiffeur coiffeuse barbier esthéticienne mannequin notaire
        politicien diplomate prêtre pasteur assistante_sociale assistant_social technicien
        technicienne pédiatre cardiologue radiologue dermatologue neurologue oncologue
        anesthésiste géologue illustrateur illustratrice sculpteur sculptrice compositeur
        compositrice violoniste pianiste guitariste batteur humoriste poète poétesse astronome
        sommelier sommelière apiculteur apicultrice vigneron vigneronne maître-nageur athlète
        footballeur arbitre guide libraire cordonnier forgeron bijoutier bijoutière éducateur
        éducatrice orthophoniste réceptionniste assistant assistante fonctionnaire cheminot
        informaticien informaticienne data_scientist chef_de_projet cheffe_de_projet ébéniste
        potier potière céramiste pâtissier pâtissière fromager fromagère horloger paysagiste
        urbaniste géomètre ostéopathe ambulancier ambulancière brancardier documentaliste monteur
        monteuse webdesigner community_manager
        """,
    job_endings="[a-zà-ÿ]{4,}ologue|[a-zà-ÿ]{4,}iatre|[a-zà-ÿ]{4,}ographe",
    not_jobs=(
        "personne|type|fan|passionnée?|amateur|amatrice|membre|maman|mère|père|papa|fils|"
        "fille|frère|sœur|soeur|amie?|femme(?! de)|homme(?! de)|peu|désastre|génie|"
        "débutante?|futur(?:e)?|aspirante?|ex|vieux|vieille|rêveur|rêveuse|lecteur|lectrice|"
        "grande?|bonne?|mauvaise?|soir|matin|seule?|ans|joueur|joueuse|supporter|mois|"
        "collectionneur|collectionneuse|voyageur|voyageuse|étudiante?|élève|gros|grosse|très|"
        "nageur|nageuse|piètre|excellente?|chose|coureur|coureuse|marcheur|marcheuse|enfant|"
        "ancien(?:ne)?"
    ),
    negation=r"pas|jamais|ni|aucune?|personne ne|rien|ne|n'\w+|non plus|guère|nullement",
    past=(
        "étais|avais|vivais|habitais|travaillais|j'ai (?:vécu|habité|travaillé|étudié|été|eu|"
        "fait)|avant|autrefois|quand j'étais|petite?, je|dans ma jeunesse|il y a "
        "(?:longtemps|des années)|par le passé|ex|ancien(?:ne)?|jadis|à l'époque|née?|grandi|"
        "déménagé|emménagé|installée?|acheté|adopté|d'avoir|devenue?|enfant,"
    ),
    doubt=(
        "peut-être|probablement|sans doute que|possiblement|pourrais|devrais|serais|aurais|"
        "vivrais|travaillerais|je crois|je pense|je suppose|semble|presque|me sens|comme si|"
        "pour rire|je plaisante|pourvu|serai|aurai|vivrai|habiterai|prochaine?|bientôt|"
        "demain|j'espère être|censée?|vais"
    ),
    condition=(
        "si|s'il|s'ils|imagine|imaginons|supposons|disons que|à moins que|à condition|(?:il|"
        r"elle|on|ils|elles|mon \w+|ma \w+|le \w+|la \w+|une? \w+|l'\w+|quelqu'un|tout le "
        r"monde|\w+) (?:m'|me |nous |lui |te |a |ont |avait |a toujours |toujours |m'a |m'ont "
        ")*(?:sorti|dit|disent|disait|raconte|racontait|raconté|affirme|prétend|pense|croit|"
        "écrit|répète|répond|répondu|répondit|chante|crie|s'exclame|déclare|ajoute|affirmé|"
        "prétendu)|dit[- ](?:il|elle)|j'ai (?:rêvé|lu|entendu|menti|répondu|dit)|j'ai fait "
        "semblant|citation|proverbe|titre|phrase|par exemple|selon (?:lui|elle|mon|ma)|"
        "chanson|devise|paroles"
    ),
    unreal=(
        "je suis (?:le pape|le roi|l'empereur|la reine|le président|dieu|batman|napoléon)|"
        "première personne|(?:premier|prochain|dernier) chapitre|(?:début|incipit) (?:de|"
        "d'un|d'une) (?:ma |mon )?(?:nouvelle|roman)|(?:le |mon |la |ma |un |une "
        ")(?:personnage|protagoniste|héros|héroïne|narrateur|narratrice)|dans (?:mon |ma |le "
        "|la |l'|ce |cette |un |une )?(?:roman|nouvelle|histoire|jeu|film|livre|rêve|chanson|"
        "scène|scénario|pièce|conte|rôle)|jeu de rôle|jouons à|faisons comme si|fais comme "
        r"si|fais semblant|imagine(?:z|ons)?|il était une fois|hypothétique\w*|dans une autre "
        "vie|(?:écris|écrire|écrivez|rédige|rédiger|rédigez|crée|invente|compose|génère|"
        r"complète|continue)(?:[- ]moi)? (?:une? |le |la |l'|ce |cette |cet )(?:\w+ "
        "){0,2}(?:histoire|poème|e-?mail|mail|courriel|lettre|post|discours|rédaction|"
        "dialogue|message|texte|roman|scénario|chanson|tweet|critique|scène|cv|présentation|"
        "monologue|paragraphe|annonce|biographie|bio|profil|phrase|conte|nouvelle)|voici "
        "(?:le|la|un|une|mon|ma) (?:texte|mail|e-mail|lettre|histoire|brouillon|poème|phrase|"
        "message)|(?:mon histoire|mon roman|mon poème|ma nouvelle) (?:commence|débute|parle)|"
        "pour rire|dans la peau de|du point de vue d"
    ),
    task=(
        r"tradui\w*|traduction|corrige\w*|réécri\w*|reformul\w*|paraphras\w*|résume\w*|"
        "comment (?:dit-on|on dit|dire)|que (?:signifie|veut dire)|qu'est-ce que ça veut "
        "dire|en (?:anglais|italien|espagnol|allemand|latin)[:?]|est-ce (?:correct|juste)|"
        r"grammatical\w*|conjugue\w*|(?:texte|phrase|données|profil) (?:d'exemple|de test|"
        "exemple)|phrase d'exemple|vérifie (?:la|le|cette|ce)|analyse (?:la phrase|le texte|"
        "cette|ce)|relis (?:ce|cette|mon)"
    ),
    articles="une? |des |les |le |la |l'|du |de la |de l'",
    sarcasm=(
        "(?:ah|oh|ben),? (?:oui|bien sûr|ouais|super|"
        "génial),? (?:bien sûr,? )?j'(?:adore|aime)|(?:bien sûr|mais oui|c'est ça|"
        "ben voyons),? (?:que )?j'(?:adore|aime)"
    ),
    announcement=(
        r"nouvelles?|nouveauté|changement|changé|déménagé|arrêté|commencé|décidé|quitté|lâché|"
        r"rappelle\w*|note|sur moi|de moi|important|sache|au fait|bref|contexte|pour info|"
        r"précision|en gros|mise à jour|voilà|attention|petite info|ps|p\.s|faut savoir|"
        "résumé|bon"
    ),
    question=(
        r"dis-moi|rappelle-moi|propose|donne-moi|"
        r"que|qu'\w+|quoi|quel(?:le)?s?|qui|où|quand|comment|pourquoi|combien|c'est (?:quoi|"
        "grave|une|un)|tu (?:peux|pourrais|as|connais|sais|veux)|peux-tu|pourrais-tu|pouvez|"
        "pourriez|vous (?:pouvez|pourriez|avez)|avez-vous|as-tu|est-ce|des (?:idées|conseils|"
        "astuces)|une idée|il existe|y a-t-il|ça (?:vaut|se|pousse|marche)|ai-je|dois-je|"
        "puis-je|et (?:toi|vous)|on commence|devine|connais|idées|je (?:fais|réponds) quoi|"
        "faut-il|il me faut quoi"
    ),
    introduction="je suis ",
    ended=(
        ("(?:je n'|j')ai plus (?:de |d')", "j'ai un "),
        ("j'ai vendu (?:ma|mon) ", "j'ai une "),
        (r"j(?:e n'|')((?:habite|étudie|apprends|enseigne|aime|ai|écoute)) plus(?=\W|$)", r"j'\1"),
        (r"(je |on |nous )(?:ne |n')?((?:me |m')?\w+) plus(?=\W|$)", r"\1\2"),
        (r"{ONCE}(?:je |j')habitais(?=\W|$)", "j'habite"),
        (r"{ONCE}(?:je |j')vivais(?=\W|$)", "je vis"),
        (r"{ONCE}(?:je |j')travaillais(?=\W|$)", "je travaille"),
        (r"{ONCE}(?:je |j')étudiais(?=\W|$)", "j'étudie"),
        (r"{ONCE}(?:je |j')jouais(?=\W|$)", "je joue"),
        (r"{ONCE}(?:je |j')faisais(?=\W|$)", "je fais"),
        (r"{ONCE}(?:je |j')étais(?=\W|$)", "je suis"),
        (r"{ONCE}(?:je |j')avais(?=\W|$)", "j'ai"),
        (r"{ONCE}(?:je |j')parlais(?=\W|$)", "je parle"),
        (r"{ONCE}(?:je |j')fumais(?=\W|$)", "je fume"),
        (r"{ONCE}(?:je |j')aimais(?=\W|$)", "j'aime"),
        (r"{ONCE}(?:je |j')apprenais(?=\W|$)", "j'apprends"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')fumer(?=\W|$)", "je fume"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')jouer(?=\W|$)", "je joue"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')travailler(?=\W|$)", "je travaille"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')faire(?=\W|$)", "je fais"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')étudier(?=\W|$)", "j'étudie"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')apprendre(?=\W|$)", "j'apprends"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')pratiquer(?=\W|$)", "je pratique"),
        (r"j'ai (?:arrêté|cessé) (?:de |d')manger(?=\W|$)", "je mange"),
    ),
    since=r"(?:depuis|en) (?:\w+ )?(?P<year>(?:19|20)\d\d)",
    character={
        ("order", "high"): "ordonnée?|organisée?|méthodique|perfectionniste|soigneu(?:x|se)",
        ("order", "low"): "désordonnée?|bordélique|désorganisée?",
        (
            "conscientiousness",
            "high",
        ): "disciplinée?|fiable|travailleu(?:r|se)|ponctuelle?|responsable|rigoureu(?:x|se)",
        ("conscientiousness", "low"): "paresseu(?:x|se)",
        ("extraversion", "high"): "extravertie?|sociable|bavarde?",
        ("extraversion", "low"): "introvertie?|timide|réservée?|solitaire",
        ("neuroticism", "high"): "anxieu(?:x|se)|nerveu(?:x|se)|sensible",
        ("neuroticism", "low"): "calme|détendue?|posée?",
        ("openness", "high"): "curieu(?:x|se)|aventureu(?:x|se)|ouverte?",
        ("agreeableness", "high"): "gentille?|patiente?|empathique|généreu(?:x|se)",
        ("creative expression", "high"): "créati(?:f|ve)",
        ("autonomy", "high"): "indépendante?",
        ("directness in conflict", "high"): "directe?|franche?",
        ("achievement", "high"): "ambitieu(?:x|se)",
        ("saving", "high"): "économe",
    },
    character_frame=(
        "(?:moi,? )?(?:je suis|j'suis|je me considère comme) (?:aussi "
        ")?(?P<value>(?:quelqu'un de|une personne|un homme|une femme|un gars|une fille) "
        "(?:très |assez |plutôt |vraiment )?{CHARACTER}|(?:très |assez |plutôt |vraiment |un "
        "peu |de nature |une? )?(?!nerveu|sensible|calme|détendu|posé|curieu|direct|franc|"
        r"patient|gentil|anxieu|ouvert|indépendant|fiable|responsable){CHARACTER})(?=\s*(?:$|"
        "[.,;!]|et |mais |de nature))"
    ),
    interests={
        "music": "jazz rock musique opéra blues guitare piano violon concerts chanter",
        "cinema": "cinéma films film",
        "gaming": "jeux_vidéo échecs jeux",
        "anime": "anime manga mangas",
        "sports": (
            "foot football volley tennis basket natation nager ski sport rugby escalade "
            "cyclisme surf"
        ),
        "fitness": "yoga pilates courir musculation",
        "travel": "voyager voyages",
        "outdoors": (
            "montagne nature randonnée randonnées randonner jardinage marcher pêche balades "
            "mer forêt"
        ),
        "camping": "camping camper",
        "reading": "lire livres lecture romans poésie polars",
        "painting": "peinture peindre dessiner dessin aquarelle",
        "dance": "danser danse tango salsa",
        "crafts": "couture crochet poterie tricot tricoter",
        "photography": "photographie photo",
        "pets": "chiens chats animaux",
        "gourmet food": "cuisiner cuisine vin pâtisserie",
        "food": "pizza pâtes sushi sushis chocolat café thé fromage poisson glace fromages",
        "science": "science sciences astronomie physique",
        "cars": "voitures motos",
        "art": "art musées",
        "fashion": "mode",
        "culture": "histoire théâtre",
        "digital technology": "programmer informatique technologie",
    },
)
