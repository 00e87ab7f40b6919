"""What people say of themselves in Spanish."""

from memoryos.analysts.rules.grammar import Grammar, Rule

_EMPLOYERS = (
    "empresa|compañía|startup|banco|hospital|colegio|escuela|instituto|universidad|"
    "restaurante|clínica|bufete|despacho|tienda|supermercado|hotel|agencia|museo|biblioteca|"
    "fábrica|panadería|pastelería|cafetería|bar|aeropuerto|ministerio|ayuntamiento|periódico|"
    "editorial|laboratorio|oficina|farmacia|guardería|asociación|librería|gimnasio|granja|"
    "teatro|multinacional|cooperativa|taller|call center|consultora|correos|policía|ong|"
    "residencia|estudio|constructora|aerolínea|fundación|peluquería|consultoría|bodega"
)

_CLASSES = {
    "ADVERB": (
        "(?:(?:también|de verdad|realmente|muy|mucho|actualmente|ahora|ahora mismo|todavía|"
        "aún|siempre|normalmente|sobre todo|ya|principalmente|simplemente|un poco|muchísimo|"
        "particularmente|felizmente|desgraciadamente|originalmente|en realidad|"
        "orgullosamente|mismo) )"
    ),
    "I": "(?:yo )?",
    "HAVE": "(?:yo |nosotros )?(?:tengo|tenemos) (?:también )?",
    "RELATIVE": (
        "esposa|esposo|mujer|marido|pareja|novi[oa]|prometid[oa]|madre|mamá|padre|papá|"
        "herman[oa]|hermanit[oa]|hij[oa]|abuel[oa]|tí[oa]|prim[oa]|sobrin[oa]|niet[oa]|"
        "suegr[oa]|cuñad[oa]|gemel[oa]|melliz[oa]|bebé"
    ),
    "RELATIVES": (
        "herman[oa]s|hij[oa]s|niñ[oa]s|niet[oa]s|primos|sobrin[oa]s|gemel[oa]s|melliz[oa]s|peques"
    ),
    "PET": (
        "perr[oa]s?|perrit[oa]s?|cachorr[oa]s?|gat[oa]s?|gatit[oa]s?|loros?|canarios?|"
        "periquitos?|conejos?|conej[oa]|hámsters?|hámster|cobayas?|caballos?|yegua|tortugas?|"
        "pez|peces|serpiente|lagartos?|gecko|hurón|hurones|gallinas?|labrador|golden "
        "retriever|caniche|beagle|pastor alemán|husky|chihuahua|burro|cabras?|galgo|galga|"
        "iguana"
    ),
    "NUMBER": r"un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d{1,2}",
    "LANGUAGE": (
        "inglés|italiano|español|castellano|alemán|francés|portugués|holandés|neerlandés|"
        "sueco|noruego|danés|finés|finlandés|polaco|checo|eslovaco|húngaro|rumano|búlgaro|"
        "serbio|croata|esloveno|griego|turco|ruso|ucraniano|árabe|hebreo|persa|hindi|urdu|"
        "chino|mandarín|japonés|coreano|vietnamita|tailandés|indonesio|suajili|catalán|"
        "valenciano|euskera|vasco|gallego|galés|irlandés|latín|esperanto|albanés|quechua|"
        "guaraní|náhuatl|aimara|lituano|georgiano|lengua de signos|lengua de señas"
    ),
    "NATIONALITY": (
        "italian[oa]|american[oa]|estadounidense|español|española|alemán|alemana|francés|"
        "francesa|portugués|portuguesa|holandés|holandesa|suec[oa]|norueg[oa]|danés|danesa|"
        "finlandés|finlandesa|polac[oa]|chec[oa]|eslovac[oa]|húngar[oa]|ruman[oa]|búlgar[oa]|"
        "serbi[oa]|croata|eslovn[oa]|grieg[oa]|turc[oa]|rus[oa]|ucranian[oa]|egipci[oa]|"
        "marroquí|tunecin[oa]|argelin[oa]|nigerian[oa]|israelí|iraní|siri[oa]|libanés|"
        "libanesa|indi[oa]|pakistaní|chin[oa]|japonés|japonesa|corean[oa]|vietnamita|"
        "tailandés|tailandesa|filipin[oa]|australian[oa]|canadiense|mexican[oa]|mejican[oa]|"
        "brasileñ[oa]|argentin[oa]|chilen[oa]|colombian[oa]|peruan[oa]|venezolan[oa]|"
        "ecuatorian[oa]|bolivian[oa]|uruguay[oa]|paraguay[oa]|cuban[oa]|dominican[oa]|"
        "puertorriqueñ[oa]|guatemaltec[oa]|hondureñ[oa]|salvadoreñ[oa]|nicaragüense|"
        "costarricense|panameñ[oa]|británic[oa]|inglés|inglesa|escocés|escocesa|galés|galesa|"
        "irlandés|irlandesa|suiz[oa]|austriac[oa]|belga|albanés|albanesa|andaluz|andaluza|"
        "gallego|gallega|catalán|catalana|vasc[oa]"
    ),
    "CONDITION": (
        "diabetes(?: (?:de )?tipo (?:1|2|uno|dos))?|asma|artritis|artrosis|epilepsia|(?:la "
        ")?(?:tensión|presión) (?:alta|baja)|hipertensión|migrañas?|depresión|ansiedad|"
        "insomnio|celiaquía|psoriasis|hipotiroidismo|hipertiroidismo|esclerosis múltiple|"
        "dislexia|escoliosis|acúfenos|fibromialgia|endometriosis|anemia|osteoporosis|(?:la "
        ")?enfermedad de crohn|tdah|gastritis|sinusitis|una hernia(?: discal)?|vértigos?|"
        "(?:el )?colesterol alto|glaucoma|rinitis|apnea del sueño|lupus|reuma"
    ),
    "POSSESSION": (
        "coche|carro|auto|bici|bicicleta|moto|motocicleta|scooter|vespa|furgoneta|"
        "autocaravana|camper|barco|velero|casa|jardín|huerto|guitarra|piano|violín|cámara|"
        "telescopio|dron|piso|apartamento|departamento|seat|fiat|toyota|bmw|audi|ford|"
        "volkswagen|tesla|kayak|finca|tractor|terreno|tocadiscos|camioneta"
    ),
    "INSTRUMENT": (
        "(?:el |la )?(?:piano|guitarra|violín|violonchelo|chelo|batería|bajo|flauta|"
        "clarinete|saxofón|saxo|trompeta|ukelele|arpa|acordeón|armónica|órgano|teclado|"
        "charango|cajón)"
    ),
    "SPORT": (
        "fútbol|fútbol sala|voleibol|vóley|tenis|baloncesto|básquet|básquetbol|pádel|ping "
        "pong|rugby|golf|ajedrez|waterpolo|balonmano|béisbol|hockey|bádminton|cartas|póker|"
        "videojuegos|juegos de rol|juegos de mesa|rol|mus|petanca|dominó"
    ),
    "PRACTICE": (
        "yoga|pilates|karate|kárate|judo|boxeo|crossfit|danza|gimnasia|natación|escalada|"
        "atletismo|senderismo|meditación|cerámica|teatro|taichí|equitación|ciclismo|esgrima|"
        "vela|remo|fotografía|voluntariado|jardinería|buceo|submarinismo|esquí|surf|"
        "taekwondo|triatlón"
    ),
    "WORD": r"[^\W\d_][\w'-]*",
    "MONTH": (
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|"
        "noviembre|diciembre"
    ),
    "ONCE": "(?:antes |de joven |hace años |(?<=antes, )|(?<=de joven, )|(?<=hace años, ))",
    "NAMED": "(?: llamad[oa]s? | que se llaman? | de nombre |, se llama )",
    "END": (
        r"(?=\s*(?:$|[.,;!():]|y |e |pero |que |con |de |en |porque |así |por |desde |ahora |"
        "para |a |y, ))"
    ),
}

_RULES = (
    # Who and where.
    Rule(
        "name",
        "(?:{I}me llamo|mi nombre(?: completo)? es|me llaman|todos me llaman|(?:puedes|"
        "podéis|pueden) llamarme|llámame|mis amigos me (?:llaman|dicen)|me dicen) ",
        "se llama {value}",
        "full_name",
        confidence=0.97,
    ),
    Rule(
        "name",
        "{I}soy (?=[A-Z])",
        "se llama {value}",
        "name",
        confidence=0.85,
    ),
    Rule(
        "age",
        r"{I}(?:ya )?(?:cumplí|he cumplido|acabo de cumplir) (?:los )?(?P<value>\d{2})(?! "
        "(?:meses|semanas))",
        "tiene {value} años",
        "group",
        past=True,
    ),
    Rule(
        "age",
        r"{I}(?:tengo|acabo de cumplir|he cumplido|cumplí) {ADVERB}*(?P<value>\d{1,3}|"
        r"(?:veinti|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta)[\w ]{0,10}|"
        "veinte)(?: años)(?! (?:de|en|trabajando|viviendo))",
        "tiene {value} años",
        "group",
        past=True,
    ),
    Rule(
        "birthday",
        "(?:mi cumpleaños es|{I}nací|cumplo años|celebro mi cumpleaños)(?: en {WORD})? "
        r"(?:el |en |un )?(?:día )?(?P<value>(?:\d{1,2} de |primero de )?(?:{MONTH})(?: (?:de|"
        r"del) (?:19|20)\d\d)?|(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)",
        "nació el {value}",
        "group",
        past=True,
    ),
    Rule(
        "home",
        "mi (?:casa|hogar) (?:está|es)(?: ahora)? (?:en )?(?=(?-i:[A-ZÀ-Þ])|en )(?:en )?",
        "vive en {value}",
        "place",
    ),
    Rule(
        "home",
        r"{I}(?:{ADVERB}*vivo|{ADVERB}*resido|estoy viviendo|llevo [\w ]{3,20} viviendo|"
        r"llevo viviendo [\w ]{3,20}) {ADVERB}*(?:aquí )?(?:con [\w ]{2,20} )?(?:cerca de|a "
        "las afueras de|en) (?:la ciudad de )?",
        "vive en {value}",
        "place",
    ),
    Rule(
        "home",
        "{I}me (?:he )?{ADVERB}*(?:mudé|mudado|trasladé|trasladado|vine a vivir|fui a "
        r"vivir)(?: desde? \w+(?: \w+)?)?(?: hace poco| recientemente)? (?:a|para) ",
        "vive en {value}",
        "place",
        past=True,
    ),
    Rule(
        "home",
        "mi casa está en ",
        "vive en {value}",
        "place",
    ),
    Rule(
        "origin",
        "{I}(?:soy {ADVERB}*(?:originari[oa] )?de|vengo {ADVERB}*de|provengo de|procedo "
        "de) (?=[A-ZÁÉÍÓÚ])",
        "es de {value}",
        "place",
    ),
    Rule(
        "origin",
        "{I}(?:nací|me crié|crecí|he nacido|nací y (?:crecí|me crié)) en ",
        "es de {value}",
        "place",
        past=True,
    ),
    Rule(
        "nationality",
        "{I}(?:soy|mi nacionalidad es|de nacionalidad soy) "
        "{ADVERB}*(?P<value>(?:{NATIONALITY})(?:-{NATIONALITY})?){END}",
        "es {value}",
        "group",
    ),
    # Work and study.
    Rule(
        "job",
        "{I}{ADVERB}*(?:ejerzo|curro|gano (?:mi dinero|la vida)|trabajo ahora) (?:de|"
        "como) (?:un |una )?",
        "trabaja como {value}",
        "work",
    ),
    Rule(
        "job",
        "{I}(?:{ADVERB}*trabajo|estoy trabajando|estoy emplead[oa]|me gano la vida|llevo "
        r"[\w ]{3,20} trabajando|ejerzo) {ADVERB}*(?:a tiempo (?:completo|parcial) "
        ")?(?:como|de) (?:un |una )?",
        "trabaja como {value}",
        "work",
        confidence=0.95,
    ),
    Rule(
        "job",
        "{I}(?:de profesión )?soy {ADVERB}*(?:de profesión )?(?:un |una |el |la )?",
        "es {article}{value}",
        "job",
    ),
    Rule(
        "job",
        "(?:mi (?:trabajo|profesión|oficio|ocupación) es)(?: el de| la de| ser)? (?:un |una )?",
        "trabaja como {value}",
        "job",
    ),
    Rule(
        "job",
        "{I}me dedico (?:a la |al |a los |a las |a )",
        "se dedica a {value}",
        "work",
        confidence=0.85,
    ),
    Rule(
        "job",
        "{I}doy clases de ",
        "da clases de {value}",
        "work",
        confidence=0.8,
    ),
    Rule(
        "job",
        "{I}estoy {ADVERB}*(?P<value>jubilad[oa]|retirad[oa]|en (?:el )?paro|desemplead[oa])",
        "está {value}",
        "group",
    ),
    Rule(
        "employer",
        "(?:he empezado|empecé|acabo de empezar) (?:a trabajar )?en (?:la |el )?(?=(?-i:[A-ZÀ-Þ]))",
        "trabaja en {value}",
        "employer",
        past=True,
    ),
    Rule(
        "employer",
        "(?:mi empresa es|la empresa (?:en la que|donde|para la que) trabajo es|{I}soy "
        "emplead[oa] de(?:l| la)?) (?:la |el )?(?=(?-i:[A-ZÀ-Þ]))",
        "trabaja en {value}",
        "employer",
    ),
    Rule(
        "employer",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: (?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) es (?:mi "
        "empresa|la empresa (?:en la que|donde|para la que) trabajo)",
        "trabaja en {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "employer",
        "{I}(?:{ADVERB}*trabajo|estoy trabajando|"
        "soy (?P<profession>(?:{WORD} ){0,4}?))(?: ?(?:como|de) "
        r"\w+(?: \w+){0,3}?)? ?(?:(?:para|con) (?:el |la |una |un )?|en (?:el |la |una |un "
        ")?(?=(?-i:[a-zñ]))|en (?=(?:la|el|Google|Amazon|Microsoft|Apple|Telefónica|"
        r"Inditex|Iberia|Mercadona|Siemens|Bosch|Ikea|IBM|Correos|Renfe|Seat)\b)(?:la |el "
        ")?)",
        "trabaja en {value}",
        "employer",
    ),
    Rule(
        "study",
        "{I}(?:{ADVERB}*estudio|estoy estudiando|curso|estoy (?:haciendo|cursando)(?= "
        "(?:un |una |el |la |mi )?(?:máster|doctorado|grado|carrera|licenciatura))) "
        "{ADVERB}*(?!para |mucho|en casa|por|duro)",
        "estudia {value}",
    ),
    Rule(
        "study",
        "{I}(?:soy (?:licenciad[oa]|graduad[oa]|diplomad[oa]|doctor[a]?) en|me (?:licencié|"
        "gradué) en|tengo (?:un|una) (?:máster|licenciatura|doctorado|grado|título) (?:en|"
        "de)) ",
        "titulación: {value}",
        value="titulación: {value}",
        past=True,
    ),
    Rule(
        "study",
        "{I}soy (?:un |una )?(?P<value>(?:estudiante|alumn[oa])(?: (?:de|en|"
        "universitari[oa]) ?{WORD}(?: {WORD})?| universitari[oa])?|doctorand[oa](?: en "
        "{WORD})?|opositor[a]?)",
        "es {value}",
        "group",
    ),
    # People and animals.
    Rule(
        "relationship",
        "(?:nos hemos|nos) (?P<value>casado|casamos|comprometido|divorciado|separado)",
        "{value}",
        "group",
        past=True,
    ),
    Rule(
        "relationship",
        "{I}(?:acabo de )?(?P<value>me (?:casé|comprometí|divorcié|separé|he casado|he "
        "comprometido)|"
        "nos (?:casamos|hemos casado|comprometimos)|casarme)",
        "{value}",
        "group",
        past=True,
    ),
    Rule(
        "relationship",
        "{I}(?:estoy|soy|me he) {ADVERB}*(?P<value>casad[oa](?: con {WORD})?|"
        "comprometid[oa](?: con {WORD})?|solter[oa]|divorciad[oa]|separad[oa]|viud[oa]|en "
        "pareja){END}",
        "está {value}",
        "group",
    ),
    Rule(
        "relationship",
        "{HAVE}(?:una |un )?(?P<value>novi[oa]|pareja|esposa|marido|mujer){END}",
        "tiene {value}",
        "group",
    ),
    Rule(
        "family",
        r"{I}(?:estoy|soy|me he) {ADVERB}*casad[oa] con (?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)",
        "cónyuge: {value}",
        "group",
        value="cónyuge: {value}",
    ),
    Rule(
        "family",
        r"(?:{HAVE})(?:un |una )(?P<key>{RELATIVE})(?: \w+)?(?:{NAMED}| que se llama |, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "family",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) es (?:mi|nuestr[oa]) "
        r"(?P<key>{RELATIVE})(?=\s*(?:$|[.,;!)]|y ))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{HAVE}",
        "tiene {value}",
        "item",
        item="(?P<value>(?:un |una |{NUMBER} )?(?:(?:{RELATIVE})|(?:{RELATIVES}))(?: "
        "(?:mayor(?:es)?|menor(?:es)?|pequeñ[oa]s?|gemel[oa]s?|adolescentes?|más "
        r"\w+))?(?:{NAMED}.+)?)(?: (?:de \d+|que|a|con|y) .*)?",
        many=True,
    ),
    Rule(
        "family",
        "mi (?:{WORD} )?(?P<key>{RELATIVE})(?: (?:mayor|menor|pequeñ[oa]))? se llama ",
        "{key}: {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        r"mi (?P<key>{RELATIVE}),? (?P<value>(?-i:[A-ZÁÉÍÓÚÑ][a-zà-ÿ]+))(?!['\w])",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    Rule(
        "family",
        "{I}soy {ADVERB}*(?:un |una )?(?P<value>(?:mamá|madre|padre|papá|abuel[oa])(?: "
        "solter[oa]| de (?:{NUMBER})(?: {WORD})?| de familia numerosa)?|hij[oa] "
        "únic[oa]){END}",
        "es {value}",
        "group",
    ),
    Rule(
        "pet",
        r"(?:{HAVE})(?:un |una )(?P<key>{PET})(?: \w+)?(?:{NAMED}| que se llama |, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "tiene una mascota ({key}) que se llama {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "pet",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) es (?:mi|nuestr[oa]) (?P<key>{PET})(?=\s*(?:$|"
        "[.,;!)]|y ))",
        "tiene una mascota ({key}) que se llama {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        "(?:{HAVE}|{I}(?:he adoptado|adopté|acabo de adoptar) |{I}vivo con )",
        "tiene {article}{value}",
        "item",
        item=r"(?:un |una |mi )?(?P<value>(?:(?:dos|tres|cuatro|cinco|seis|siete|\d+) "
        ")?(?:{PET})(?: {WORD})?(?:{NAMED}.+)?)(?: (?:de|que|en|a|desde) .*)?",
        many=True,
        past=True,
    ),
    Rule(
        "pet",
        "(?:mi|nuestr[oa]) (?:{WORD} )?(?P<key>{PET})(?: {WORD})? se llama ",
        "tiene una mascota ({key}) que se llama {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        r"mi (?P<key>{PET}),? (?P<value>(?-i:[A-ZÁÉÍÓÚÑ][a-zà-ÿ]+))(?!['\w])",
        "tiene una mascota ({key}) que se llama {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    # Tastes.
    Rule(
        "favorite",
        "(?:mis?) (?P<key>(?!cosa|parte|momento)(?:{WORD} ){0,2}?{WORD}) (?:favorit[oa]s?|"
        "preferid[oa]s?) (?:de todos los tiempos |de siempre )?(?:es|son|ha sido siempre|"
        "siempre ha sido|sigue siendo) ?(?:siempre |sin duda )?",
        "{key} favorito: {value}",
        value="{key}: {value}",
        confidence=0.95,
    ),
    Rule(
        "favorite",
        "(?P<value>(?!esto|esta|este|eso|que|es|son){WORD}(?: {WORD}){0,4}?) (?:es|son) "
        "mis? (?P<key>{WORD}) (?:favorit[oa]s?|preferid[oa]s?)",
        "{key} favorito: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "dislikes",
        "(?:{I}(?:{ADVERB}*odio|detesto|no soporto|aborrezco|no aguanto)|(?:a mí )?no me "
        "gustan?|no soy (?:fan|amante|muy de|muy fan) de(?:l)?|me (?:disgustan?|dan? "
        "asco)) (?:nada |mucho |para nada |demasiado )*",
        "no le gusta {article}{value}",
        many=True,
        negated=True,
    ),
    Rule(
        "likes",
        "(?:(?:a mí )?me {ADVERB}*(?:gustan?|encantan?|apasionan?|fascinan?|chiflan?)|"
        "{I}{ADVERB}*(?:adoro|amo)|soy (?:un |una )?{ADVERB}*(?:gran )?(?:fan|amante|"
        "aficionad[oa]|apasionad[oa]|fanátic[oa]|hincha|seguidor[a]?) (?:de los|de las|de "
        "la|del|de|al|a la|a los|a)) ?{ADVERB}*(?:un montón |muchísimo )?(?:hacer |practicar )?",
        "le gusta: {article}{value}",
        confidence=0.85,
        many=True,
    ),
    Rule(
        "hobby",
        "(?:mi (?:hobby|afición|pasatiempo|gran afición|gran pasión)(?: favorit[oa]| "
        "principal)? (?:es|son)|mis (?:hobbies|aficiones|pasatiempos) (?:son|incluyen)|mi "
        "pasión es|entre mis aficiones (?:está|están)|tengo pasión por|siento pasión por) ",
        "afición: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "en mi tiempo libre,? (?:me gusta |suelo )?",
        "en su tiempo libre: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "{I}{ADVERB}*(?P<value>toco {INSTRUMENT}|juego (?:al?|a las?|a los) (?:{SPORT})|"
        "(?:hago|practico) (?:{PRACTICE})|colecciono {WORD}(?: {WORD})?|canto en un coro|"
        "voy (?:a correr|a pescar|al gimnasio|a nadar|a esquiar|a bailar))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    # Languages, aims, body, things, ways to reach.
    Rule(
        "language",
        "{I}(?:sé hablar|domino|sé) (?:el )?",
        "habla {value}",
        "item",
        item="(?:un poco de |algo de |el )?(?P<value>{LANGUAGE})(?: .*)?",
        many=True,
    ),
    Rule(
        "language",
        "(?:{I}{ADVERB}*hablo|mi (?:lengua materna|idioma materno|primera lengua|lengua "
        "nativa) es) {ADVERB}*(?:con fluidez |perfectamente |bien )?(?=el |un poco de |"
        r"algo de |\w)",
        "habla {value}",
        "item",
        item="(?:un poco de |algo de |tanto |el |bien )?(?P<value>{LANGUAGE})(?: (?:muy "
        "bien|bien|con fluidez|perfectamente|en casa|en el trabajo|con|como|bastante|"
        "un poco|fluido).*)?",
        many=True,
    ),
    Rule(
        "goal",
        "{I}(?P<value>estoy aprendiendo (?:(?:el )?(?:{LANGUAGE})|a {WORD}(?: {WORD}){0,3}))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    Rule(
        "goal",
        r"(?:mi (?:\w+ )?(?:objetivo|sueño|meta|propósito)(?: (?:de|para) [\w ]+?)? es|"
        "sueño con|tengo el (?:objetivo|sueño) de|me estoy entrenando para|entreno para|me "
        "estoy preparando para|estoy ahorrando para) ",
        "objetivo: {value}",
        most_words=12,
    ),
    Rule(
        "goal",
        "{I}(?:{ADVERB}*quiero|quisiera|me gustaría|espero|planeo|pienso|tengo pensado) "
        "(?:algún día )?(?=(?:llegar a ser|convertirme|aprender|abrir (?:un|una|mi)|"
        "comprar(?:me)? (?:una|un|mi) (?:casa|piso|coche|moto)|correr (?:un|una|el)|"
        r"escribir un|graduarme|mudarme|dejar de fumar|perder \d|adelgazar|montar (?:un|una|"
        "mi)|fundar|sacarme el|publicar|terminar (?:la|el|mi)|jubilarme|escalar|ser "
        r"(?!feliz)\w+|viajar))",
        "quiere {value}",
        confidence=0.8,
        most_words=12,
    ),
    Rule(
        "allergy",
        "{I}(?:soy|tengo) {ADVERB}*(?:gravemente |muy |ligeramente )?(?:alérgic[oa]|"
        "alergia|una alergia|intolerante|intolerancia) (?:a los |a las |a la |al |a )",
        "alergia: {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "diet",
        r"{I}(?:soy|llevo [\w ]{3,20} de|me he vuelto|me volví) "
        "{ADVERB}*(?P<value>vegetarian[oa]|vegan[oa]|omnívor[oa]|pescetarian[oa]|"
        r"flexitarian[oa])(?=\s*(?:$|[.,;!():]|y |pero |convencid|estrict|desde |ahora |"
        "así ))",
        "es {value}",
        "group",
        past=True,
    ),
    Rule(
        "diet",
        "{I}(?:soy|me (?:hice|he hecho)) {ADVERB}*(?P<value>(?:estrictamente "
        ")?(?:vegetarian[oa]|vegan[oa]|pescetarian[oa]|flexitarian[oa]|abstemi[oa])){END}",
        "es {value}",
        "group",
        past=True,
    ),
    Rule(
        "diet",
        "(?P<value>no (?:como|bebo|tomo) (?:ni )?(?:la |el |los |las )?(?:carne|cerdo|"
        "pescado|lácteos|gluten|huevos?|azúcar|alcohol|ternera|marisco|mariscos|café)(?: "
        r"(?:roja|ni \w+))?)",
        "{value}",
        "group",
        negated=True,
    ),
    Rule(
        "diet",
        "{I}(?:sigo|llevo|hago|estoy a) (?:una )?(?P<value>dieta {WORD}(?: {WORD}){0,2})",
        "sigue una {value}",
        "group",
    ),
    Rule(
        "health",
        r"{I}(?P<value>fumo)(?=\s*(?:$|[.,;!()]|y |pero |un |una |medio |media |mucho|"
        r"como |desde |\d))",
        "fuma",
        "group",
        confidence=0.8,
    ),
    Rule(
        "health",
        "{I}(?:tengo {ADVERB}*|padezco {ADVERB}*(?:de )?|sufro {ADVERB}*(?:de )?|me (?:han "
        ")?(?:diagnosticaron|diagnosticado) )(?P<value>{CONDITION})",
        "tiene {value}",
        "group",
        past=True,
    ),
    Rule(
        "health",
        "{I}(?:soy|estoy) {ADVERB}*(?P<value>diabétic[oa]|asmátic[oa]|epiléptic[oa]|"
        "disléxic[oa]|celíac[oa]|celiac[oa]|daltónic[oa]|cieg[oa]|sord[oa]|embarazada|"
        "hipertens[oa]|miope|zurd[oa]|autista){END}",
        "es {value}",
        "group",
    ),
    Rule(
        "possession",
        "{HAVE}",
        "tiene {article}{value}",
        "item",
        item="(?:un |una |el |la )?(?P<value>(?:{NUMBER} )?(?:{POSSESSION})s?(?: "
        "{WORD}){0,2})(?: (?:de|que|a|en|con|desde) .*)?",
        many=True,
    ),
    Rule(
        "possession",
        "{I}(?:conduzco|manejo|me (?:he )?(?:compré|comprado)|compré) ",
        "tiene {article}{value}",
        "item",
        item="(?:un |una |el |la )(?P<value>(?:{POSSESSION})(?: {WORD}){0,2})(?: (?:de|que|"
        "a|en|con) .*)?",
        past=True,
    ),
    Rule(
        "phone",
        r"para (?:localizarme|contactarme|llamarme)[^\d@?!;]{0,30}(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "teléfono: {value}",
        "group",
    ),
    Rule(
        "phone",
        "(?:para localizarme|mi nuevo (?:número|móvil|teléfono) es|mi (?:número|móvil|"
        "teléfono) (?:ahora es|es ahora)|me puedes llamar al|llámame al)(?: el)?:? "
        r"(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "teléfono: {value}",
        "group",
    ),
    Rule(
        "phone",
        "(?:mi (?:número(?: de (?:teléfono|móvil|celular))?|móvil|celular|teléfono) es|"
        r"(?:puedes )?(?:llamarme|llámame) al)(?: el)?(?: número)?:? (?P<value>\+?\d[\d "
        r"()./-]{5,}\d)",
        "teléfono: {value}",
        "group",
        confidence=0.98,
    ),
    Rule(
        "email",
        "(?:mi (?:e-?mail|correo(?: electrónico)?|mail|dirección de correo)(?: de trabajo| "
        "electrónico)? es|(?:puedes )?(?:escribirme|escríbeme|contáctame|contactarme) (?:a|"
        r"al correo)):? (?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        "email: {value}",
        "group",
        confidence=0.98,
    ),
)

_AGENT_RULES = (
    Rule(
        "agent",
        "(?:me llamo|mi nombre es|puedes llamarme|llámame) ",
        "se llama {value}",
        "full_name",
    ),
    Rule(
        "agent",
        "{I}soy (?P<value>(?:una |un |tu )(?:{WORD} )?(?:ia|inteligencia artificial|"
        "asistente|chatbot|bot|modelo de lenguaje|compañer[oa]|agente|tutor[a]?|programa|"
        "robot)[^.,;:!?]{0,50})",
        "es {value}",
        "group",
    ),
    Rule(
        "agent",
        "{I}soy (?=[A-Z])",
        "se llama {value}",
        "name",
        confidence=0.8,
    ),
    Rule(
        "agent",
        "{I}(?:te |os |le )(?:he )?(?P<verb>recomiendo|sugiero|recomendé|recomendado|"
        "sugerí|sugerido|aconsejo)(?: (?:leer|ver|visitar|probar|escuchar))? "
        r"?(?=(?-i:[\"“«A-Z])|(?:el |la )(?:libro|película|novela|serie|restaurante|pódcast|"
        r"podcast|disco|museo|app|juego)\b)",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=10,
        many=True,
        past=True,
    ),
    Rule(
        "agent",
        "{I}(?P<value>(?:(?:no )?puedo (?:ayudarte|analizar|leer|ver|enviar|navegar|"
        "generar|crear|traducir|escuchar|buscar|abrir|escribir|recordar|acceder|llamar|"
        r"hacer)\w*|no (?:tengo (?:acceso|memoria)|guardo|recuerdo)|hablo)[^.;:!?]{0,60})",
        "{value}",
        "group",
        confidence=0.8,
        negated=True,
    ),
    Rule(
        "agent",
        "{I}(?:te )?he (?:ya )?(?P<verb>reservado|añadido|enviado|mandado|pedido|creado|"
        "guardado|actualizado|cancelado|programado|agendado) ",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=12,
        past=True,
    ),
)

GRAMMAR = Grammar(
    language="es",
    classes=_CLASSES,
    rules=_RULES,
    agent_rules=_AGENT_RULES,
    cue=(
        r"\b(?:cumplí|cumplo|tiene[ns]?|puedo|dedico|nuestr[oa]|soy|tengo|me|mi|mis|mío|mía|"
        "yo|sé|domino|acabo|empecé|vendí|ejerzo|curro|localizarme|contactarme|vivo|"
        "resido|trabajo|estudio|"
        "hablo|amo|adoro|odio|detesto|toco|juego|vengo|sufro|"
        "padezco|hago|llámame|quiero|quisiera|sueño|conduzco|manejo|colecciono|sigo|practico|"
        "tenemos|vivía|trabajaba|estudiaba|jugaba|tocaba|hacía|era|tenía|hablaba|fumo|"
        "dejé|solía|aprendo|uso|estoy|nací|crecí|favorit[oa]s?|voy|recomiendo|sugiero|"
        "provengo|curso|"
        "llamarme|soporto|como|bebo|tomo|espero|escríbeme|escribirme|tiempo libre|he|planeo|"
        r"entreno|ahorro|casamos|nos|doy|llevo|compré)\b"
    ),
    subject="",
    lead_ins=(
        "hola|buenas|buenos días|buenas tardes|buenas noches|bueno|pues|sí|no(?=,)|ok|vale|"
        "mira|oye|encantad[oa]|y|pero|también|además|luego|entonces|por cierto|en realidad|"
        "sabes|gracias|claro|a ver|digamos que|actualmente|ahora|hoy|de momento|normalmente|"
        "personalmente|sinceramente|por mi parte|recuerda que|ten en cuenta que|por "
        "desgracia|por suerte|un poco sobre mí|de hecho|ah|oh|eh|bien|quería decirte que|"
        r"debes saber que|porque|ya que|como|puesto que|desde hace [\w ]{3,15}|desde \d{4}|"
        r"qué tal|mucho gusto|ahora mismo|sobre mí|que sepas que|hace \w+ \w+(?: que)?|todos "
        r"los \w+|los (?:sábados|domingos|lunes|martes|miércoles|jueves|viernes)|después del? "
        r"\w+|hoy"
    ),
    coordinators="y|e|pero|porque|así que|luego|además|mientras|ya que|donde|aunque|o",
    conjunction="y|e|o|u|y también|ni|así como",
    borders=(
        "el (?:año|mes|verano) que viene|el próximo|este (?:verano|año)|porque|pero|"
        "cuando|que|así que|si|mientras|ya que|aunque|donde|y (?:yo|me|he|soy|"
        "vivo|trabajo|tengo|mi|mis|no|ahora|adoro|amo|odio|hablo|estudio|quiero|hago|toco|"
        "juego|lo|se|estoy|hoy|luego|tú|ella|él|es|también|nací|a|quisiera|llevo)|desde "
        r"(?:hace|que|\d+|niñ[oa]|pequeñ[oa]|siempre|el)|en (?:19|20)\d\d|hace|gracias|antes "
        "de|después|hasta|cada|sobre todo|especialmente|juntos|es|son|como|con (?:mi|mis|"
        "ellos|ella|él)|todos los|todas las|por (?:suerte|favor|ahora|las|la)|el año pasado|"
        "este año|los (?:fines|sábados|domingos|lunes|martes|miércoles|jueves|viernes)|más "
        "que|para (?:relajarme|mantenerme|estar)|durante|pronto|algún día"
    ),
    place_borders="a|al|en|para|por|con|de la mano|desde|y|e|cerca|ahora|entre|cuenta",
    deixis="esto|esta|este|estos|estas|eso|esa|ese|aquí|ahí|tu|tus|él|ella|ti|así|ello",
    restriction="que|cuando|si|donde",
    tails=(
        "de profesión|de oficio|a menudo|también|mucho|muchísimo|ahora|actualmente|de "
        "verdad|siempre|aún|un poco|bien|ya|hoy|"
        "más|de momento|por ahora|un montón|en general|para nada|nada|aquí|ahora mismo|"
        "últimamente|por fin|en casa|la verdad|tanto|demasiado|igual"
    ),
    blocked="""
        esto esta este estos estas eso esa ese esos esas aquello lo que como cuando donde quien
        cual todo todos todas nada algo te ti le les él ella nosotros ellos yo tú me se tu tus su
        sus nuestro nuestra vuestro muy no más menos así saber oír ver ser tener si cada es soy
        son estoy he ha has aquí allí pensar creer esperar entender hablarte hablar ayudarte estar
        idea alguien nadie otro otra pues por para de con gracias ambos hacer decir ir solo sólo
        aún siempre también mucho la_idea mí usted ustedes
        """,
    not_names="""
        español feliz triste cansado nuevo nueva aquí listo lista católico cristiano musulmán
        judío ateo lunes martes miércoles jueves viernes sábado domingo yo dios papá_noel enero
        febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre soltero
        casado vegano vegetariano en a de un una el la los las nunca solo todo ia casa
        """,
    after_name=(
        "de|y|pero|desde|tengo|vivo|trabajo|un|una|el|la|encantad[oa]|mucho|en|como|vengo|soy|del"
    ),
    employers=_EMPLOYERS,
    job_words="""
        médico médica doctor doctora enfermero enfermera maestro maestra profesor profesora
        docente abogado abogada ingeniero ingeniera desarrollador desarrolladora programador
        programadora arquitecto arquitecta diseñador diseñadora cocinero cocinera chef camarero
        camarera mesero mesera barista panadero panadera carnicero carnicera agricultor
        agricultora ganadero pescador jardinero jardinera florista carpintero carpintera fontanero
        fontanera plomero electricista mecánico mecánica soldador albañil pintor pintora artista
        músico música cantante actor actriz bailarín bailarina escritor escritora autor autora
        periodista redactor redactora editor editora traductor traductora intérprete fotógrafo
        fotógrafa director directora productor productora gerente contable contador contadora
        auditor auditora banquero banquera analista consultor consultora economista científico
        científica investigador investigadora químico química físico física biólogo bióloga
        matemático matemática historiador historiadora filósofo filósofa psicólogo psicóloga
        psiquiatra psicoterapeuta terapeuta entrenador entrenadora monitor monitora fisioterapeuta
        dentista cirujano cirujana farmacéutico farmacéutica veterinario veterinaria matrona
        partera óptico dietista nutricionista piloto azafata conductor conductora taxista
        camionero camionera repartidor repartidora cartero cartera marinero marinera soldado
        policía bombero bombera juez jueza secretario secretaria administrativo administrativa
        cajero cajera dependiente dependienta vendedor vendedora comercial agente_inmobiliario
        empresario empresaria emprendedor emprendedora fundador fundadora ceo ejecutivo ejecutiva
        autónomo autónoma freelance bibliotecario bibliotecaria arqueólogo arqueóloga sociólogo
        socióloga conserje limpiador limpiadora ama_de_casa niñera cuidador cuidadora auxiliar
        obrero obrera becario becaria aprendiz sastre modista costurera peluquero peluquera
        barbero esteticista modelo notario notaria político política diplomático sacerdote monja
        trabajador_social trabajadora_social técnico técnica pediatra cardiólogo cardióloga
        radiólogo dermatólogo neurólogo neuróloga oncólogo anestesista geólogo geóloga ilustrador
        ilustradora escultor escultora compositor compositora violinista pianista guitarrista
        baterista cómico cómica poeta poetisa astrónomo astrónoma sumiller apicultor apicultora
        viticultor socorrista atleta futbolista árbitro guía_turístico guía librero librera
        zapatero herrero joyero educador educadora logopeda recepcionista asistente funcionario
        funcionaria maquinista portero informático informática community_manager youtuber
        product_manager gestor gestora asesor asesora publicista relojero ceramista tatuador
        tatuadora paisajista topógrafo
        """,
    job_endings="[a-zà-ú]{4,}ólog[oa]|[a-zà-ú]{4,}iatra|[a-zà-ú]{3,}ógraf[oa]",
    not_jobs=(
        "persona|tipo|fan|amante|miembro|mamá|madre|padre|papá|hijo|hija|hermano|hermana|"
        "amigo|amiga|chic[oa]|mujer|hombre|poco|desastre|genio|principiante|futur[oa]|"
        "aspirante|ex|viej[oa]|soñador[a]?|lector[a]?|gran|buen|buena|mal|mala|noche|día|"
        "casa|años|jugador[a]?|hincha|meses|siempre|coleccionista|aficionad[oa]|viajer[oa]|"
        "nadador[a]?|estudiante|alumn[oa]|cosa|mism[oa]|loc[oa]|corredor aficionado|"
        "seguidor[a]?|muy|apasionad[oa]|pésim[oa]|niñ[oa]"
    ),
    negation="no|nunca|jamás|tampoco|ni|ningún|ninguna?|nadie|nada de|para nada|ya no|sin ser",
    past=(
        "era|fui|tenía|estaba|vivía|trabajaba|trabajé|viví|estudié|he (?:vivido|trabajado|"
        "estudiado|estado|sido)|antes|de niñ[oa]|de pequeñ[oa]|de joven|hace (?:años|tiempo|"
        "mucho)|en el pasado|cuando (?:era|tenía)|ex|solía|nací|crecí|me crié|mudé|mudado|"
        "trasladé|trasladado|compré|comprado|adopté|adoptado|gradué|licencié|antiguamente"
    ),
    doubt=(
        "quizás?|tal vez|a lo mejor|probablemente|posiblemente|podría|debería|sería|tendría|"
        "viviría|trabajaría|creo|pienso que|supongo|parece|casi|me siento|como si|de broma|"
        "bromeo|ojalá|acaso|seré|tendré|viviré|próxim[oa]|pronto|mañana|espero ser"
    ),
    condition=(
        "si|en caso de|imagina|supongamos|hagamos como|digamos que|a menos que|siempre que|"
        r"como si|(?:él|ella|mi \w+|el \w+|la \w+|una? \w+|alguien|todos|\w+) (?:me |nos |le |"
        "les |siempre )*(?:dice|dicen|dijo|decía|cuenta|contaba|contó|afirma|asegura|piensa|"
        "cree|escribe|escribió|repite|respondió|exclama|canta|grita|contestó)|(?:dice|dijo|"
        "dicen|ha dicho)|soñé|he (?:dicho|leído|oído|fingido|mentido|soñado)|cita|proverbio|"
        "refrán|título|frase|por ejemplo|según (?:él|ella|mi)|canción|lema|ojalá"
    ),
    unreal=(
        "soy (?:el papa|el rey|la reina|el emperador|batman|napoleón|el presidente)|me llamo "
        "batman|primera persona|(?:primer|próximo|último) capítulo|(?:arranque|comienzo|"
        "inicio) de (?:mi |la |una )?novela|(?:el |mi |la |un |una )(?:personaje|"
        "protagonista|héroe|heroína|narrador[a]?)|en (?:mi |la |el |esta |este |un |una "
        ")(?:novela|cuento|historia|juego|película|libro|sueño|canción|escena|guion|obra|"
        "relato)|juego de rol|juguemos a|hagamos como|haz como|imagina(?:mos|te)?|finge|"
        r"finjamos|érase una vez|hipotétic\w+|en otra vida|(?:escribe|escribir|escríbeme|crea|"
        "redacta|inventa|genera|completa|continúa) (?:me )?(?:una? |el |la |esta |este "
        r")(?:\w+ ){0,2}(?:historia|cuento|poema|e-?mail|correo|carta|post|discurso|redacción|"
        "diálogo|mensaje|texto|novela|guion|canción|tuit|reseña|escena|cv|currículum|"
        "presentación|monólogo|párrafo|anuncio|biografía|bio|perfil|frase|relato)|(?:aquí "
        "(?:está|tienes|va)|este es) (?:el|la|un|una|mi) (?:texto|correo|email|carta|"
        "historia|borrador|poema|frase|mensaje|cuento)|mi (?:cuento|historia|novela|poema|"
        "relato) (?:empieza|comienza|trata)|en broma|en el papel de|desde el punto de vista "
        "de"
    ),
    task=(
        r"tradu\w+|corrige\w*|corregir|reescrib\w+|parafras\w+|resum\w+|cómo se dice|qué "
        "significa|qué quiere decir|en (?:inglés|italiano|alemán|francés|latín)[:?]|es "
        r"correct[oa]|está bien (?:escrit[oa]|dich[oa])|gramatical\w*|conjuga\w*|(?:texto|"
        "frase|datos|perfil) de (?:ejemplo|prueba)|revisa (?:la|el|esta|este)|analiza (?:la "
        "frase|el texto|esta|este)"
    ),
    articles="un |una |unos |unas |el |la |los |las ",
    sarcasm=(
        "(?:(?:ah|oh|uy),? )?(?:sí,? )?(?:claro|cómo no|seguro|"
        "por supuesto),? (?:que )?(?:yo )?(?:a mí )?(?:me encantan?|adoro|amo)"
    ),
    announcement=(
        r"novedad(?:es)?|noticia|cambié|cambiado|dejé|dejado|empecé|mudé|decidí|"
        r"recuerda\w*|nota|sobre mí|de mí|importante|cuenta|por cierto|actualización|en fin|a "
        "ver|bueno|contexto|resulta|lo que quería|confesión|situación|total|ojo|aviso|ps|"
        r"p\.d|me dedico .+|para que sepas"
    ),
    question=(
        "recomiéndame|dime|recuérdame|dame|ponme|"
        "qué|q|cómo|como|dónde|donde|cuál|cuánt[oa]s?|quién|por qué|por d[oó]nde|me "
        "(?:ayudas|das|dices|recomiendas|haces)|ideas|consejos|puedes|podrías|sabes|tienes|"
        "alg[uú]n[oa]?|hay|existe|conoces|y tú|qué onda|necesito ideas|recomiendas|ke"
    ),
    introduction="soy ",
    ended=(
        ("(?:vendí|he vendido) (?:mi|el|la) ", "tengo un "),
        ("ya no ", ""),
        (r"no ((?:me |te )?\w+) (?:ya|más)(?=\W|$)", r"\1"),
        (r"{ONCE}(?:yo )?vivía(?=\W|$)", "vivo"),
        (r"{ONCE}(?:yo )?trabajaba(?=\W|$)", "trabajo"),
        (r"{ONCE}(?:yo )?estudiaba(?=\W|$)", "estudio"),
        (r"{ONCE}(?:yo )?jugaba(?=\W|$)", "juego"),
        (r"{ONCE}(?:yo )?tocaba(?=\W|$)", "toco"),
        (r"{ONCE}(?:yo )?hacía(?=\W|$)", "hago"),
        (r"{ONCE}(?:yo )?era(?=\W|$)", "soy"),
        (r"{ONCE}(?:yo )?estaba(?=\W|$)", "estoy"),
        (r"{ONCE}(?:yo )?tenía(?=\W|$)", "tengo"),
        (r"{ONCE}(?:yo )?hablaba(?=\W|$)", "hablo"),
        (r"{ONCE}(?:yo )?fumaba(?=\W|$)", "fumo"),
        (r"{ONCE}(?:yo )?me gustaba(?=\W|$)", "me gusta"),
        (r"{ONCE}(?:yo )?conducía(?=\W|$)", "conduzco"),
        (r"{ONCE}(?:yo )?seguía(?=\W|$)", "sigo"),
        (r"(?:dejé de|he dejado de|solía) vivir(?=\W|$)", "vivo"),
        (r"(?:dejé de|he dejado de|solía) trabajar(?=\W|$)", "trabajo"),
        (r"(?:dejé de|he dejado de|solía) estudiar(?=\W|$)", "estudio"),
        (r"(?:dejé de|he dejado de|solía) jugar(?=\W|$)", "juego"),
        (r"(?:dejé de|he dejado de|solía) tocar(?=\W|$)", "toco"),
        (r"(?:dejé de|he dejado de|solía) hacer(?=\W|$)", "hago"),
        (r"(?:dejé de|he dejado de|solía) ser(?=\W|$)", "soy"),
        (r"(?:dejé de|he dejado de|solía) tener(?=\W|$)", "tengo"),
        (r"(?:dejé de|he dejado de|solía) hablar(?=\W|$)", "hablo"),
        (r"(?:dejé de|he dejado de|solía) fumar(?=\W|$)", "fumo"),
        (r"(?:dejé de|he dejado de|solía) practicar(?=\W|$)", "practico"),
        (r"(?:dejé de|he dejado de|solía) aprender(?=\W|$)", "estoy aprendiendo"),
    ),
    since=r"(?:desde|en|desde el año) (?:\w+ (?:de )?)?(?P<year>(?:19|20)\d\d)",
    character={
        ("order", "high"): "ordenad[oa]|organizad[oa]|metódic[oa]|perfeccionista",
        ("order", "low"): "desordenad[oa]|desorganizad[oa]|caótic[oa]",
        (
            "conscientiousness",
            "high",
        ): "disciplinad[oa]|responsable|trabajador[a]?|puntual|constante",
        ("conscientiousness", "low"): "perezos[oa]|vag[oa]|procrastinador[a]?",
        ("extraversion", "high"): "extrovertid[oa]|sociable|abiert[oa]|habladora?",
        ("extraversion", "low"): "introvertid[oa]|tímid[oa]|reservad[oa]|solitari[oa]",
        ("neuroticism", "high"): "ansios[oa]|nervios[oa]|sensible",
        ("neuroticism", "low"): "tranquil[oa]|relajad[oa]|calmad[oa]",
        ("openness", "high"): "curios[oa]|aventurer[oa]",
        ("agreeableness", "high"): "amable|paciente|empátic[oa]|generos[oa]",
        ("creative expression", "high"): "creativ[oa]",
        ("autonomy", "high"): "independiente",
        ("directness in conflict", "high"): "direct[oa]|franc[oa]",
        ("achievement", "high"): "ambicios[oa]|competitiv[oa]",
        ("saving", "high"): "ahorrador[a]?|frugal",
    },
    character_frame=(
        "(?:yo )?(?:soy|me considero) (?:también )?(?P<value>(?:(?:una persona|un tipo|una "
        "mujer|un hombre|un chico|una chica) )?(?:muy |bastante |realmente |un poco |más "
        r"bien |una |un )?{CHARACTER})(?=\s*(?:$|[.,;!]|y |pero |así ))"
    ),
    interests={
        "music": (
            "jazz rock música ópera blues guitarra piano violín conciertos cantar flamenco salsa"
        ),
        "cinema": "cine películas",
        "gaming": "videojuegos ajedrez juegos",
        "anime": "anime manga",
        "sports": (
            "fútbol voleibol tenis baloncesto nadar natación esquí deporte rugby escalada "
            "ciclismo surf pádel"
        ),
        "fitness": "gimnasio yoga pilates correr",
        "travel": "viajar viajes",
        "outdoors": (
            "montaña naturaleza senderismo excursiones jardinería caminar pescar pesca playa mar"
        ),
        "camping": "acampar camping",
        "reading": "leer libros lectura novelas poesía",
        "painting": "pintura pintar dibujar acuarela",
        "dance": "bailar danza baile tango",
        "crafts": "coser ganchillo cerámica tejer",
        "photography": "fotografía",
        "pets": "perros gatos animales",
        "gourmet food": "cocinar cocina vino",
        "food": (
            "pizza pasta sushi chocolate café té queso pescado paella tacos helado comida marisco"
        ),
        "science": "ciencia astronomía física",
        "cars": "coches motos",
        "art": "arte museos",
        "fashion": "moda",
        "culture": "historia teatro",
        "digital technology": "programar informática tecnología",
    },
)
