"""The words that orders to an assistant are made of, by language; see `text.orders`.

Regular expressions over lower-cased text without accents. A field that a language does not need is
left empty.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderWords:
    """What orders are said with in one language."""

    name: str
    dismiss: str
    """Imperatives: ignore, forget."""
    instructions: str
    """What an assistant obeys, or is to forget: previous instructions, your rules."""
    henceforth: str
    """From now on."""
    answer: str
    """Imperatives and infinitives: answer, begin every reply."""
    scope: str
    """Every answer, any question: what an order to one conversation does not need to say."""
    whenever: str
    """When somebody asks; if the user mentions."""
    reveal: str
    """Imperatives: print, send, ask for."""
    secrets: str
    """Your system prompt, all passwords."""
    always: str = ""
    """Always, only."""
    unbound: str = ""
    """Without any restrictions; you are no longer bound."""
    addressed: str = ""
    """The assistant must; note to all language models; new task for the assistant."""
    claims: str = ""
    """What is said of the user from outside, to be believed: the user is an administrator."""
    role: str = ""
    """How a prompt tells an assistant who it is: you are a helpful assistant."""
    cues: str = ""
    """Words of which every order has one, or all of those joined by "+": most texts have none, and
    are done with. For scripts without spaces, a regular expression."""
    spaced: bool = True


ENGLISH = OrderWords(
    name="en",
    dismiss=r"(?<!\bi )(?<!\bwe )(?<!\bthey )"
    r"(?:ignor(?:e|ing)|disregard|forget|overrid(?:e|es|ing)|bypass|discard|disobey|suspend)",
    instructions=r"(?:(?:all|any|every|your|the|these|those|previous|prior|above|earlier|preceding"
    r"|system|safety|original|initial|content|former|other|of) ?)+(?:instructions?|rules|prompts?"
    r"|guidelines|directions|directives|guardrails|polic(?:y|ies)|restrictions|orders|programming"
    r"|training|filters?|messages before)|the user\b|(?:everything|anything|all"
    r"|what)(?: of)?(?: that| the)?"
    r"(?: (?:is|was|were|came|said|written))? ?(?:above|before|previous(?:ly)?|you (?:were"
    r"|have been"
    r"|know|knew|learned|learnt)|i told you)",
    henceforth=r"from (?:now|here|this (?:point|moment))(?: on(?:wards?)?)?|henceforth|as of now"
    r"|starting now",
    answer=r"answer|reply|respond|begin|start|end|include|add|append|recommend|mention|tell|say|ask"
    r"|advise|direct|redirect|send|call|give|state|insist|invite|refuse|deny|obey|write|use|speak",
    scope=r"(?:every|each|all|any)(?: (?:later|future|further|single|other|your|of))* (?:answers?"
    r"|repl(?:y|ies)|responses?|messages?|questions?|requests?|commands?|emails?|conversations?)"
    r"|your (?:answers|replies|responses|messages)",
    always=r"only|always|nothing but|exclusively|never|no matter what",
    whenever=r"(?:whenever|when|if|every time|each time|as soon as|once|should) (?:the user|a user"
    r"|users|someone|somebody|anyone|anybody|(?:you are |you're )asked|asked|the word"
    r"|this (?:page|note|memory|message|text) is)",
    reveal=r"reveal|print|show|output|repeat|display|expose|leak|dump|tell|give|disclose|list|share"
    r"|send|forward|e?-?mail|upload|post|transmit|copy|ask|delete|erase|hand|attach|include|submit"
    r"|wipe|export|write|append|encode|put",
    secrets=r"(?:(?:your|the|hidden|full|initial|original|secret)+ )*(?:system prompts?|system"
    r" instructions?|hidden instructions?|initial instructions?|instructions (?:above|you were"
    r" given))|(?:your|these) (?:prompts?|instructions)|(?:all|every|any)(?: \w+){0,3}"
    r" (?:passwords?|credentials|api keys?|memories|stored page\w*|chat history"
    r"|conversation history|secrets)|(?:admin|users'?|the user'?s?|your"
    r"|other users'?)(?: \w+){0,2} (?:passwords?|card (?:number|details)|credentials"
    r"|private data|bank details|pin|memor(?:y|ies)|(?:chat |conversation )history)"
    r"|everything (?:you|that is|you have)"
    r" (?:know|remember|stored|saved)\w*|(?:the )?contents? of your (?:memory|prompt)",
    unbound=r"you\b.{0,40}?(?:without|no|no longer (?:have|bound by|subject to)|free (?:of"
    r"|from)) (?:any |all"
    r" |more )*(?:restrictions?|filters?|censorship|safety (?:rules|limits)|content polic\w+"
    r"|guardrails|moral limits|ethical (?:limits|guidelines))|do anything now|jail ?break\w*"
    r"|(?:developer|maintenance|debug|admin|god|root|unrestricted) mode(?: is| has been)?"
    r" (?:on|active|activated|enabled)|(?:enable|enter|activate|switch to) (?:developer|maintenance"
    r"|debug|admin|god|root|unrestricted) mode|turn off (?:\w+ ){0,2}(?:filters?|safety\w*"
    r"|moderation)|act as (?:the |a |an )?(?:developer|administrator|admin|root|system)",
    addressed=r"dear (?:ai|assistant)|(?:tell|inform|assure|convince|ask|remind|warn) the user\b"
    r"|(?:notes?|messages?|notices?|instructions?|memo|attention|important|tasks?|orders?)"
    r"[ :]*(?:to|for) (?:all |any |the |every |whichever )*(?:ais?\b|llms?\b|assistants?|language"
    r" models?|models?\b|chat ?bots?|ai \w+)|(?:ais?|llms?|ai assistants?|assistants?|language"
    r" models?|models?) (?:that (?:is|are) )?(?:reading|processing|summari[sz]ing|parsing) this"
    r"|if you are an? (?:ai|llm|language model|assistant|bot)\b|(?:the|all|every|any|this) (?:ai"
    r"|llm"
    r"|assistants?|language models?|chat ?bots?) (?:must|should|shall|has to|have to|is to|are to"
    r"|will now|is (?:required|obliged|instructed|authori[sz]ed))|new (?:system )?(?:instructions?"
    r"|rules?|directives?|orders?) ?(?::|for|from)|end of (?:the )?(?:quoted |user |system"
    r" |retrieved )*(?:data|context|memory|prompt|instructions|document)\b",
    claims=r"(?:the|this) user(?:'s [a-z ]{2,20} (?:is|are)| (?:trusts|wants (?:you|every|all"
    r"|to be|them)"
    r"|authori[sz]e[sd]|allow(?:s|ed)|agree[sd]|gave (?:permission|consent)|is called|lives"
    r"|(?:has )?(?:asked|told|instructed|permitted) ))|(?:the|this) user (?:has been|is|was"
    r"|has) (?:now |already |been |hereby )*(?:verified as"
    r"|authenticated as|authori[sz]ed (?:to|for)|an? admin\w*|the admin\w*|granted|root|agreed to"
    r"|approved|consented|cleared)|(?:remember|store|save|note|record|memori[sz]e|learn|update"
    r"|overwrite|set"
    r"|change|replace)(?:\W+\w+){0,6}\W+(?:the user|user'?s|user profile|profile|as a fact"
    r"|permanent\w*"
    r"|long-?term memory|your memory)\b",
    role=r"(?:you are|you're|you will be|act as|you act as|your (?:role|name|job|task|purpose) is)"
    r"(?! (?:such |really |truly |so |very |quite )?(?:an? )?(?:\w+ )?(?:great|good|best|amazing"
    r"|wonderful|brilliant|star|terrible|bad|right))(?: \S+){0,14}? (?:assistant|chat ?bot|bot"
    r"|agent"
    r"|ai|language model|llm|concierge|tutor|copilot|persona|expert|advisor|helper|coach)\b",
    cues=(
        "ignore ignoring disregard forget override overriding bypass disobey suspend henceforth "
        "onwards from+now from+point from+moment as+now starting+now user users user's asked+if "
        "asked+when asked+whenever someone+if someone+when someone+whenever somebody+if "
        "somebody+when anyone+if anyone+when anybody+if anybody+when word+if word+when prompt "
        "prompts instruction instructions instructed password passwords credentials api "
        "memories+your memories+all memory+your stored pin secrets bank+details card+number "
        "card+details private restrictions restricted filter filters jailbreak do+anything+now "
        "mode off+turn act+as ai ais llm llms assistant assistants language+model chatbot bot "
        "model+must models rules directive directives orders+all orders+new end+data end+context "
        "end+memory end+of+document profile permanently answer+every answers answers+your "
        "reply+every replies response+every responses message+every messages+your role task admin "
        "conversation+history chat+history censorship without+limits"
    ),
)

SPANISH = OrderWords(
    name="es",
    dismiss=r"ignor(?:a|e|ad|en)|olvid(?:a|e|ad|en|ate)|olvidate de|descarta|desobedece|omite",
    instructions=r"(?:instruccion(?:es)?|reglas|ordenes) (?:anterior|previa)|"
    r"(?:(?:todas?|todos?|las|los|tus|sus|cualquier|anteriores|previas|estas|de"
    r"|el) ?)+"
    r"(?:instruccion(?:es)?|reglas|normas|directrices|ordenes|indicaciones|restricciones|filtros"
    r"|politicas)|(?:todo )?lo (?:anterior|que (?:te|le) (?:han|hayan|he) (?:dicho|ordenado)"
    r"|que sabes)",
    henceforth=r"(?:a partir|desde|de) (?:de )?(?:ahora|este momento|aqui)(?: en adelante)?"
    r"|en adelante|de ahora en adelante",
    answer=r"contest[ae]|respond[ea]|empieza|termina|anad[ea]|incluye|recomienda|menciona|di\b|diga"
    r"|pide|invita|habla|usa|escribe|obedece|niega|insiste|envia|actua",
    scope=r"(?:cada|todas?|todos?|cualquier)(?: \w+){0,2} (?:respuestas?|preguntas?|mensajes?"
    r"|peticion(?:es)?)|tus (?:respuestas|mensajes)",
    always=r"siempre|solo|unicamente|nunca|exclusivamente",
    whenever=r"(?:cuando|si|cada vez que|siempre que|en cuanto) (?:el usuario|la usuaria|alguien"
    r"|te pregunte|te pidan|te pregunten|un usuario|pregunte|se (?:mencione|hable|pregunte))",
    reveal=r"revela|muestra|imprime|ensena|repite|envia|manda|reenvia|comparte|publica|borra"
    r"|elimina|pide|copia|transmite|entrega|sube|dame|dime|escribe",
    secrets=r"(?:tus?|el|la|los|las|todas? las|todos? los|su|sus)(?: \w+){0,2} (?:instrucciones"
    r"|prompt\w*|contrasenas?|claves?|historial|conversaciones|datos (?:del usuario|personales"
    r"|bancarios)|recuerdos|memorias?|tarjetas?|direcciones)|prompt del sistema|instrucciones del"
    r" sistema|mensaje del sistema",
    unbound=r"sin (?:ningun(?:a|o)? |ning\w+ )?(?:restriccion(?:es)?|filtros?|limites|censura"
    r"|reglas)|modo (?:desarrollador|mantenimiento|administrador|dios) (?:esta )?(?:activ\w+)"
    r"|activa el modo",
    addressed=r"(?:estimad[oa]|querid[oa]) (?:asistente|ia)|(?:dile|diga|di|pide|informa"
    r"|asegura)(?:le)? al usuario\b|(?:nota|mensaje|aviso|instruccion(?:es)?|tarea|atencion"
    r"|importante)[ :]*(?:para|a)"
    r" (?:la|las|los|el|todos los|cualquier|todas las)* ?(?:ia\b|ias\b|asistentes?|modelos?"
    r"|inteligencia"
    r" artificial|chatbots?)|(?:el asistente|la ia|el modelo|los asistentes) (?:debe|deben|debera"
    r"|tiene que|ha de)|nuevas? (?:instruccion(?:es)?|reglas?|orden(?:es)?) ?(?::|para|del)"
    r"|fin de(?:l"
    r"| los| la)? (?:datos|contexto|memoria|documento|instrucciones)",
    claims=r"(?:el usuario|la usuaria) (?:se llama|vive|dio permiso|confia|pidio|ha pedido"
    r"|autoriza|permite|quiere"
    r" que)|(?:el|la) \w+ del usuario es|(?:el usuario|la usuaria) (?:es|ha sido|esta|tiene"
    r"|quiere|autoriza|ha autorizado) (?:\w+ ){0,2}"
    r"(?:verificad\w+|administrador\w*|autorizad\w+|permiso\w*|acept\w+)|(?:recuerda|guarda|anota"
    r"|memoriza|registra|actualiza|cambia|sustituye)(?:\W+\w+){0,6}\W+(?:el usuario|del usuario"
    r"|perfil"
    r"|para siempre|tu memoria|memoria)\b",
    role=r"(?:eres|seras|actua como|actuas como|tu (?:papel|tarea|funcion|nombre) es)(?! (?:un"
    r" |una |el |la )?(?:gran|buen|mejor|genial))(?: \S+){0,14}? (?:asistente|chatbot|bot|agente|ia"
    r"|modelo|experto|experta|asesora?|tutora?)\b",
    cues=(
        "ignora ignore ignoren olvida olvide olvidate descarta desobedece omite ahora+partir "
        "ahora+desde momento+partir adelante+en usuario usuaria usuarios alguien+cuando "
        "alguien+si pregunten pidan prompt instruccion instrucciones contrasena contrasenas "
        "claves historial datos+del recuerdos+tus memoria tarjetas restricciones restriccion "
        "filtros+sin limites+sin censura modo asistente asistentes ia modelo+debe chatbot "
        "inteligencia+artificial ordenes fin+de perfil eres actua respuesta+cada respuestas "
        "tus+mensajes papel+tu tarea+tu"
    ),
)

ITALIAN = OrderWords(
    name="it",
    dismiss=r"ignor(?:a|ate|i|are)|dimentic(?:a|ate|hi|are|ati)|tralascia|scarta|scordati"
    r"|disobbedisci",
    instructions=r"(?:istruzion[ei]|regole|ordini) (?:precedent|di prima)|"
    r"(?:(?:tutt[eiao]|le|i|gli|tue|tuoi|queste|quelle|ogni|qualsiasi|precedenti|di"
    r"|delle|dei|la) ?)+(?:istruzion[ei]|regol[ea]|direttive|ordini|indicazioni|restrizioni|filtri"
    r"|linee guida|consegne)|(?:tutto )?(?:cio|quello|quanto) (?:che )?(?:precede|ti (?:e stato"
    r"|hanno"
    r"|ho) detto|sai|sopra|detto)",
    henceforth=r"d[ao]['’ ]?(?:ora|adesso|questo momento|qui)(?: in (?:poi|avanti))?|d'ora in"
    r" (?:poi|avanti)",
    answer=r"rispond[ie]|inizia|comincia|termina|aggiungi|includi|consiglia|raccomanda|menziona|di'"
    r"|di\b|dica|chiedi|invita\w*|parla|usa|scrivi|obbedisci|nega|insisti|manda|agisci|sei",
    scope=r"(?:ogni|tutt[ei] (?:le|i)|qualsiasi|qualunque|ciascun[ao]?)(?: \w+){0,2} (?:rispost[ae]"
    r"|domand[ae]|messaggi[o]?|richiest[ae])|(?:tue risposte|tuoi messaggi)",
    always=r"sempre|solo|soltanto|mai|esclusivamente",
    whenever=r"(?:quando|se|ogni volta che|appena|qualora) (?:l'utente|un utente|qualcuno|ti"
    r" chied\w+|gli utenti|viene|si parla|si chiede)",
    reveal=r"rivela|mostra|stampa|ripeti|invia|manda|inoltra|condividi|pubblica|cancella|elimina"
    r"|chiedi|copia|trasmetti|carica|dammi|dimmi|scrivi|spedisci",
    secrets=r"(?:(?:il|la|le|i|tutt[eiao]|tu[ao]i?|tue|su[ao]|gli|l'|del|un[a']?) ?)+(?:\w+ ){0,2}"
    r"(?:prompt\w*|istruzioni|password|credenziali|chiav[ei]|cronologia|conversazioni|dati"
    r" (?:dell'utente|personali|bancari)|ricordi|memori[ae]|cart[ae]|indirizzi)|prompt di sistema"
    r"|istruzioni di sistema",
    unbound=r"senza (?:alcun[ao]? |nessun[ao]? )?(?:restrizion[ei]|filtr[io]|limit[ei]|censur[ae]"
    r"|regole)|modalita (?:sviluppatore|manutenzione|amministratore|dio) (?:e )?(?:attiv\w+)|attiva"
    r" la modalita",
    addressed=r"car[oa] (?:assistente|ia)|(?:di'?|dica|chiedi|informa|assicura) (?:all'"
    r"|l')utente\b|(?:nota|messaggio|avviso|istruzion[ei]|compito|attenzione"
    r"|importante)[ :]*(?:per|a"
    r"|al|all'|agli|alle)* ?(?:tutt[ei] )?(?:l'|la |gli |le |i |il )*(?:ia\b|ai\b|assistent[ei]"
    r"|modell[io]"
    r"|intelligenza artificiale|chatbot)|(?:l'assistente|l'ia|il modello|gli assistenti) (?:deve"
    r"|devono|dovra|e tenut\w+)|nuov[ei] (?:istruzion[ei]|regol[ea]|ordin[ei]) ?(?::|per|del)|fine"
    r" (?:dei |del |della |delle )?(?:dati|contesto|memoria|documento|istruzioni)|istruzioni di"
    r" sistema",
    claims=r"l'utente (?:si chiama|vive|ha (?:chiesto|dato il permesso|confermato)|si fida"
    r"|autorizza"
    r"|permette|vuole che)|(?:il|la) \w+ dell'utente e|l'utente (?:e|ha|e stato|vuole|autorizza"
    r"|ha autorizzato) (?:\w+ ){0,2}(?:verificat\w+"
    r"|amministrator\w+|autorizzat\w+|permess\w+|accettat\w+)|(?:ricorda|salva|annota|memorizza"
    r"|registra|aggiorna|cambia|sostituisci)(?:\W+\w+){0,6}\W+(?:l'utente|dell'utente|profilo"
    r"|per sempre"
    r"|tua memoria|memoria)\b",
    role=r"(?:sei|sarai|agisci come|il tuo (?:ruolo|compito|nome) e)(?! (?:un |una |il |la"
    r" )?(?:grande|bravo|brava|ottim|miglior|fantastic|geni))(?: \S+){0,14}?[ '’](?:assistente"
    r"|chatbot|bot"
    r"|agente|ia|modello|espert[oa]|consulente|tutor)\b",
    cues=(
        "ignora ignorate ignori ignorare dimentica dimenticate dimentichi tralascia scarta "
        "scordati disobbedisci ora+poi ora+da ora+avanti adesso+da ora+in qui+da utente utenti "
        "qualcuno+quando qualcuno+se chiedono chiede+si prompt istruzioni istruzione password "
        "credenziali cronologia conversazioni+tutte dati+dell ricordi+tuoi memoria restrizioni "
        "filtri+senza limiti+senza censura modalita assistente assistenti ia ai+modello chatbot "
        "intelligenza+artificiale regole ordini+tutti fine+dei fine+del profilo sei+assistente "
        "sei+esperto agisci ruolo compito risposta+ogni risposte messaggio+ogni messaggi+tuoi "
        "carta+credito"
    ),
)

GERMAN = OrderWords(
    name="de",
    dismiss=r"ignorier(?:e|t|en)?|vergiss|vergesst|missachte|verwirf|ubergehe|umgehe",
    instructions=r"(?:(?:alle[nrs]?|samtliche[nrs]?|die|deine[nr]?|jede|bisherigen?|vorherigen?"
    r"|vorigen?|obigen?|fruheren?|diese|was|von|der) ?)+(?:anweisung(?:en)?|regeln|vorgaben"
    r"|instruktion(?:en)?|richtlinien|befehle|einschrankungen|filter|aufgaben)|alles(?:,)?"
    r" (?:bisherige|vorherige|was (?:du|dir|zuvor|bisher|oben))",
    henceforth=r"ab (?:jetzt|sofort|hier|nun)|von (?:nun|jetzt) an|kunftig|fortan",
    answer=r"antworte\w*|beginn\w*|beende|fug\w*|empfiehl|erwahne|sag\b|sage|frag\w*|bitte|sprich"
    r"|nutze|verwende|schreib\w*|gehorche|leugne|bestehe|schick\w*|sende|nenne|gib|handle|verrate"
    r"|behaupte|verweise|fordere",
    scope=r"(?:jede[rsnm]?|alle[nr]?)(?: \w+){0,2} (?:antwort(?:en)?|frage[n]?|nachricht(?:en)?"
    r"|anfragen?|zahlung(?:en)?)|deine[nr]? (?:antworten|nachrichten)",
    always=r"immer|nur noch|nur|ausschlie(?:ss|ß)lich|stets|nie|niemals",
    whenever=r"(?:wenn|sobald|falls|immer wenn|jedes mal,? wenn) (?:der nutzer|der benutzer|ein"
    r" nutzer|jemand|man dich|nutzer|du gefragt|nach|das wort|das thema|die rede)",
    reveal=r"verrate|zeig\w*|druck\w*|gib|wiederhole|sende|schick\w*|leite|teile|veroffentliche"
    r"|losche|frag\w*|kopiere|ubermittle|nenne|lade|schreib\w*|offenbare|fordere",
    secrets=r"(?:(?:dein\w*|die|den|das|alle\w*|samtliche\w*|der|ihr\w*|sein\w*) )+(?:\w+ ){0,2}"
    r"(?:system-?prompt\w*|anweisungen|passwort\w*|kennwort\w*|zugangsdaten|schlussel|verlauf"
    r"|chatverlauf|gesprache|nutzerdaten|erinnerungen|kartennummer\w*|adressen|daten anderer)"
    r"|system-?prompt|adressen anderer|daten anderer",
    unbound=r"ohne (?:jegliche |jede |alle )?(?:einschrankung(?:en)?|filter|regeln|zensur|grenzen)"
    r"|(?:entwickler|wartungs|admin|gott)-?modus (?:ist )?(?:aktiv\w*|an\b)"
    r"|aktiviere den \w*-?modus",
    addressed=r"liebe[r]? (?:assistent\w*|ki)|(?:sag\w*|teile?|bitte|frag\w*|erklar\w*) (?:dem"
    r"|den) (?:be)?nutzer\b|(?:hinweis|nachricht|notiz|anweisung(?:en)?|aufgabe|achtung"
    r"|wichtig)[ :]*(?:fur|an)"
    r" (?:alle |die |den |das |jede )*(?:ki\b|kis\b|ki-\w+|assistent\w*|sprachmodell\w*"
    r"|modell\w*|chatbot\w*)"
    r"|(?:der assistent|die ki|das (?:sprach)?modell) (?:muss|soll|darf|hat zu|wird (?:angewiesen"
    r"|nun))|neue (?:anweisung(?:en)?|regeln?|befehle?) ?(?::|fur|vom)|ende (?:der|des)"
    r" (?:\w+)?(?:daten|kontext\w*|speicher\w*|dokument\w*)|ab hier gilt",
    claims=r"(?:der|dieser) (?:be)?nutzer (?:hei(?:ss|ß)t|wohnt|vertraut|hat (?:erlaubt|gebeten"
    r"|verlangt|bestatigt)|erlaubt|will,? dass|darf)|(?:der|dieser) (?:be)?nutzer (?:ist|wurde"
    r"|hat|will) (?:\w+ ){0,3}(?:verifiziert"
    r"|administrator\w*|berechtigt|autorisiert|zugestimmt|freigegeben)|(?:merk\w*|speicher\w*"
    r"|notier\w*|aktualisier\w*|ander\w*|ersetz\w*|uberschreib\w*)(?:\W+\w+){0,6}\W+(?:der nutzer"
    r"|der benutzer|des nutzers|profil|dauerhaft|fur immer|dein\w* gedachtnis|gedachtnis)\b",
    role=r"(?:du bist|sie sind|du wirst|agiere als|deine (?:rolle|aufgabe) ist|dein name ist)(?!"
    r" (?:ein |eine |der |die )?(?:gro(?:ss|ß)artig|toll|beste|gut|super|echt))(?: \S+){0,14}?"
    r" (?:\w*assistent\w*|chatbot|bot|agent\w*|ki|sprachmodell|modell|expert\w*|berater\w*)\b",
    cues=(
        "ignoriere ignorier ignoriert vergiss vergesst missachte verwirf ubergehe umgehe ab+jetzt "
        "ab+sofort ab+hier ab+nun nun+an kunftig fortan nutzer benutzer nutzers benutzers "
        "jemand+wenn jemand+sobald jemand+falls gefragt+wenn gefragt+du wort+sobald wort+wenn "
        "thema+wenn rede+wenn system anweisung anweisungen passwort passworter kennwort "
        "zugangsdaten chatverlauf verlauf+den erinnerungen+deine kartennummer adressen+anderer "
        "daten+anderer einschrankungen einschrankung filter+ohne regeln zensur modus "
        "wartungsmodus adminmodus entwicklermodus assistent assistenten assistentin ki "
        "sprachmodell sprachmodelle chatbot befehle befehl ende+der ende+des profil gedachtnis "
        "du+bist rolle aufgabe agiere vorgaben richtlinien antwort+jede antwort+jeder "
        "antworten+alle antworten+deine zahlung+jede"
    ),
)

FRENCH = OrderWords(
    name="fr",
    dismiss=r"ignor(?:e|ez|er)|oubli(?:e|ez|er)|neglige|ecarte|desobeis|passe outre|contourne",
    instructions=r"(?:instructions?|consignes?|regles?) (?:precedente|anterieure)|"
    r"(?:(?:toutes?|tous|les|tes|vos|ces|l'ensemble|des|precedentes?|anterieures?|de"
    r"|la) ?)+(?:instructions?|consignes?|regles?|directives?|ordres|restrictions|filtres)"
    r"|tout ce (?:qui precede|qu'on t'a dit|que (?:tu sais|je t'ai dit))|ce qui precede",
    henceforth=r"desormais|dorenavant|a partir de (?:maintenant|la|cet instant)|des maintenant",
    answer=r"repond\w*|commence\w*|termine|ajoute|inclus|recommande|mentionne|dis\b|demande\w*"
    r"|invite|parle|utilise|ecris|obeis|nie|insiste|envoie|agis|es\b",
    scope=r"(?:chaque|toutes?|tous|n'importe quelle)(?: \w+){0,2} (?:reponses?|questions?|messages?"
    r"|demandes?|commandes?)|tes (?:reponses|messages)",
    always=r"toujours|seulement|uniquement|jamais|exclusivement",
    whenever=r"(?:quand|lorsque?|si|chaque fois que?|des que?|a chaque fois que?)['’ ] ?"
    r"(?:l'utilisateur|un utilisateur|quelqu'un|on te|on|les utilisateurs|il est question"
    r"|le mot)",
    reveal=r"revele|montre|affiche|imprime|repete|envoie|transmets|partage|publie|supprime|efface"
    r"|demande|copie|donne|livre|ecris|divulgue|transfere",
    secrets=r"(?:(?:ton|ta|tes|le|la|les|l'|tous|toutes|son|sa|ses|leur|leurs|des|d') ?)+(?:\w+"
    r" ){0,2}(?:prompts?|instructions|mots? de passe|identifiants|cles?|historique|conversations"
    r"|donnees|souvenirs|memoire|cartes?|adresses)|prompt systeme|invite systeme",
    unbound=r"sans (?:aucune? |la moindre )?(?:restrictions?|filtres?|limites?|censure|regles?)"
    r"|mode (?:developpeur|maintenance|administrateur|dieu) (?:est )?(?:active?|actif)|active le"
    r" mode",
    addressed=r"chere? (?:assistante?|ia)|(?:dis|demande\w*|annonce|assure) a l'utilisateur\b"
    r"|(?:note|message|avis|instructions?|tache|attention|important)[ :]*(?:pour|a|aux?|a"
    r" l'attention (?:de|des))* ?(?:toutes? |tous )?(?:l'|la |les |le )*(?:ia\b|ias\b|assistante?s?"
    r"|modeles?|intelligence artificielle|chatbots?)|(?:l'assistant|l'ia|le modele|les assistants)"
    r" (?:doit|doivent|devra|est tenu)|nouvelles? (?:instructions?|regles?|consignes?|ordres?) ?"
    r"(?::|pour|du)|fin d(?:u|es|e la) (?:contexte|donnees|memoire|document|instructions)",
    claims=r"l'utilisateur (?:s'appelle|se nomme|vit|habite|a (?:demande|donne|permis|confirme)"
    r"|fait confiance|autorise|permet|veut que)|(?:le|la|l') ?\w+ de l'utilisateur est"
    r"|l'utilisateur (?:est|a ete|a|veut|autorise) (?:\w+ ){0,3}(?:verifie\w*"
    r"|administrateur\w*|autorise\w*|accepte\w*|valide\w*)|(?:retiens|enregistre|memorise|note"
    r"|souviens-toi|mets a jour|modifie|remplace)(?:\W+\w+){0,6}\W+(?:l'utilisateur"
    r"|de l'utilisateur"
    r"|profil|pour toujours|ta memoire|memoire)\b",
    role=r"(?:tu es|vous etes|tu seras|agis comme|ton (?:role|nom) est|ta tache est)(?! (?:un |une"
    r" |le |la )?(?:super|genial|bon|bonne|excellent|meilleur|grand))(?: \S+){0,14}?"
    r" (?:assistante?|chatbot|bot|agente?|ia|modele|experte?|conseill\w+|tut\w+)\b",
    cues=(
        "ignore ignorez oublie oubliez neglige desobeis contourne passe+outre desormais "
        "dorenavant partir+maintenant des+maintenant utilisateur utilisateurs quelqu+quand "
        "quelqu+si on+quand on+si mot+si prompt prompts instruction instructions consigne "
        "consignes passe+mots passe+mot identifiants cles+tes historique donnees+tes "
        "souvenirs+tes memoire restrictions restriction filtre+sans filtres+sans limites+sans "
        "limite+sans censure regles+tes regles+les mode assistant assistante assistants ia "
        "modele+doit modeles+tous chatbot intelligence+artificielle ordres+tous fin+du fin+des "
        "profil tu+es vous+etes agis role+ton tache+ta systeme reponse+chaque reponses+tes "
        "messages+tes question+chaque"
    ),
)

PORTUGUESE = OrderWords(
    name="pt",
    dismiss=r"ignor(?:a|e|em)|esquec(?:a|am)|desconsidere|descarte",
    instructions=r"(?:(?:todas?|todos?|as|os|suas?|tuas?|anteriores|previas|de) ?)+(?:instruc\w+"
    r"|regras|diretrizes|ordens|restric\w+)|tudo (?:o que|acima|antes)",
    henceforth=r"a partir de agora|de agora em diante|doravante",
    answer=r"respond[ae]|comece|termine|inclua|recomende|diga|peca|fale|use|escreva|obedeca",
    scope=r"(?:cada|todas?|todos?|qualquer)(?: \w+){0,2} (?:respostas?|perguntas?|mensage\w+)",
    always=r"sempre|somente|apenas|nunca",
    whenever=r"(?:quando|se|sempre que) (?:o usuario|o utilizador|alguem|perguntarem)",
    reveal=r"revele|mostre|imprima|repita|envie|mande|compartilhe|apague|copie|transmita",
    secrets=r"(?:(?:o|a|os|as|todas?|todos?|seu|sua) )+(?:\w+ ){0,2}(?:prompt\w*|instruc\w+"
    r"|senhas?|historico|conversas|dados|memorias?)|prompt do sistema",
    role=r"(?:voce e|tu es|aja como)(?: \S+){0,14}? (?:assistente|chatbot|bot|agente|ia|modelo)\b",
    cues=(
        "ignore ignora ignorem esqueca esquecam desconsidere descarte agora+partir agora+diante "
        "doravante usuario utilizador alguem+quando alguem+se prompt instrucoes senhas senha "
        "historico+todo memoria voce aja respostas resposta+cada"
    ),
)

RUSSIAN = OrderWords(
    name="ru",
    dismiss=r"игнорируй\w*|забудь\w*|проигнорируй\w*|не обращай внимания на|отбрось\w*|отмени\w*",
    instructions=r"(?:\w+ ){0,3}(?:инструкци\w+|правил\w*|указани\w+|ограничени\w+|команд\w*"
    r"|предыдущ\w+|что (?:тебе|было|я) \w+|сказанн\w+)",
    henceforth=r"отныне|с этого момента|теперь всегда|с этой минуты|впредь",
    answer=r"отвеча\w+|говори\w*|начина\w+|пиши|рекоменду\w+|называй|проси|отправля\w+|советуй",
    scope=r"(?:кажд\w+|все\w*|любо\w+)(?: \w+){0,2} (?:ответ\w*|вопрос\w*|сообщени\w+)",
    always=r"всегда|только|никогда",
    whenever=r"(?:когда|если|всякий раз,? когда) (?:пользовател\w+|кто-?(?:то|нибудь)|тебя"
    r"|спрос\w+)",
    reveal=r"раскрой\w*|покажи\w*|напечатай|выведи|отправь\w*|перешли|сообщи\w*|пришли|удали\w*"
    r"|назови|выдай|передай",
    secrets=r"(?:\w+ ){0,3}(?:системн\w+ (?:промпт\w*|подсказк\w+|инструкци\w+|сообщени\w+)"
    r"|парол\w+"
    r"|истори\w+|переписк\w+|данны\w+|памят\w+)",
    unbound=r"без (?:всяких |любых )?(?:ограничени\w+|фильтр\w*|цензур\w+)",
    addressed=r"системное сообщение|новые (?:инструкци\w+|правил\w+)|ассистент (?:должен|обязан)",
    role=r"(?:ты|вы)(?: —| -)?(?: \S+){0,8}? (?:ассистент\w*|помощник\w*|бот\w*|модель)\b",
    cues=(
        "игнорируи игнорируй игнорируите игнорируйте проигнорируй проигнорируйте забудь забудьте "
        "отбрось отмени обращаи+внимания обращай+внимания отныне момента+этого теперь+всегда "
        "минуты+этой впредь пользователь пользователя пользователю кто+когда кто+если тебя+если "
        "тебя+когда системныи системный системная системное системного пароль пароли паролеи "
        "паролей историю+всю переписку память ограничении ограничений фильтров ассистент помощник "
        "инструкции инструкций правила+все бот"
    ),
)

CHINESE = OrderWords(
    name="zh",
    dismiss=r"忽略|无视|無視|忘记|忘記|忘掉|不要理会|抛弃|跳过",
    instructions=r"指令|指示|规则|規則|提示词|提示詞|以上(?:所有)?(?:内容|內容)|之前的(?:所有)?(?:内容|內容"
    r"|对话|话|設定|设定)|限制",
    henceforth=r"从现在起|从现在开始|從現在起|從現在開始|从今以后|今后|此后|以后每",
    answer=r"回答|回复|回覆|推荐|告诉|告訴|要求|说|請|请|必须|提到|称|发送",
    scope=r"所有|每(?:次|个|一)|任何|始终|总是|只能|都|必须|一律",
    whenever=r"(?:当|當|如果|只要|每当|每當)(?:用户|用戶|有人|别人|被问)",
    reveal=r"显示|顯示|输出|輸出|泄露|透露|打印|告诉我|告訴我|发送|發送|发给|删除|刪除|提供|公开|公布",
    secrets=r"系统提示|系統提示|密码|密碼|聊天记录|聊天記錄|对话记录|历史记录|隐私|全部记忆|所有记忆|用户数据"
    r"|个人信息|银行卡|卡号",
    unbound=r"(?:没有|不受|无|沒有)(?:任何)?(?:限制|约束|過濾|过滤|审查)|开发者模式|開發者模式|管理员模式",
    addressed=r"系统(?:消息|讯息|指令|通知)|系統(?:訊息|指令)|新(?:的)?指令|(?:助手|人工智能|模型)必须",
    role=r"你是.{0,30}(?:助手|助理|机器人|模型|客服)|你的(?:任务|角色|职责)是",
    cues=r"忽略|无视|無視|忘记|忘記|忘掉|不要理会|抛弃|跳过|现在|現在|今后|此后|以后每|用户|用戶|有人|被问|系统|系統"
    r"|密码|密碼|记录|記錄|隐私|记忆|个人信息|银行卡|卡号|限制|约束|模式|指令|必须|你是|你的",
    spaced=False,
)

JAPANESE = OrderWords(
    name="ja",
    dismiss=r"無視|忘れて|忘れろ|破棄|従わないで|従うな",
    instructions=r"指示|命令|ルール|規則|プロンプト|制限|これまでの(?:内容|会話|設定)|以前の(?:内容|会話|設定)",
    henceforth=r"今後|これから|以降|今から|以後",
    answer=r"答え|返答|回答|言って|勧め|推薦|送信|伝え|尋ね|返信|案内|求め",
    scope=r"すべて|全て|必ず|常に|いつも|毎回|どんな|だけ|のみ",
    whenever=r"(?:ユーザー|誰か|利用者)が.{0,12}(?:たら|とき|時|場合|ば)",
    reveal=r"表示|出力|公開|教えて|見せて|送信|送って|漏ら|開示|削除|転送|明かし|渡し",
    secrets=r"システムプロンプト|システム指示|パスワード|暗証番号|会話履歴|履歴|個人情報|すべての記憶"
    r"|カード番号|機密",
    unbound=r"制限(?:は|が)?(?:なし|なく|ない|解除)|フィルターなし|開発者モード|管理者モード",
    addressed=r"システム(?:メッセージ|命令|通知)|新しい(?:指示|命令|ルール)|(?:アシスタント|ai|モデル)は.{0,12}"
    r"(?:なければ|すべき|こと。)",
    role=r"あなたは.{0,40}(?:アシスタント|助手|ボット|ai|モデル|コンシェルジュ)",
    cues=r"無視|忘れ|破棄|従わ|従う|今後|これから|以降|今から|以後|ユーザー|利用者|誰か|システム|パスワード|暗証"
    r"|履歴|個人情報|記憶|カード|機密|制限|フィルター|モード|新しい|アシスタント|あなたは",
    spaced=False,
)

KOREAN = OrderWords(
    name="ko",
    dismiss=r"무시하\w*|무시해\w*|잊어\w*|잊으\w*|따르지 마\w*",
    instructions=r"지시\w*|명령\w*|규칙\w*|프롬프트\w*|제한\w*|이전 (?:내용|대화)",
    henceforth=r"이제부터|지금부터|앞으로",
    answer=r"대답\w*|답변\w*|말해\w*|추천\w*|보내\w*|답하\w*",
    scope=r"모든|항상|반드시|언제나|오직|매번",
    whenever=r"(?:사용자|누군가|누가)\w* .{0,12}(?:면|때)",
    reveal=r"공개\w*|보여\w*|출력\w*|알려\w*|보내\w*|삭제\w*|전송\w*|유출\w*",
    secrets=r"시스템 ?프롬프트|비밀번호|대화 ?(?:기록|내역)|개인 ?정보|모든 기억",
    role=r"(?:당신은|너는) .{0,40}(?:어시스턴트|비서|챗봇|모델)",
    cues=r"무시|잊어|잊으|따르지|이제부터|지금부터|앞으로|사용자|누군가|누가|시스템|비밀번호|대화|개인|기억|당신은|너는",
    spaced=False,
)

ARABIC = OrderWords(
    name="ar",
    dismiss=r"تجاهل\w*|انس\w*|تجاوز\w*|لا تتبع",
    instructions=r"(?:\w+ ){0,3}(?:التعليمات|تعليماتك|القواعد|الاوامر|الإرشادات|القيود|ما سبق"
    r"|السابقة|تعليمات)",
    henceforth=r"من الان|من الآن(?: فصاعدا)?|منذ الان|ابتداء من الان|بعد الان",
    answer=r"اجب|أجب|رد|قل|اذكر|ارسل|أرسل|اطلب|انصح|تحدث",
    scope=r"كل|جميع|اي|أي",
    always=r"دائما|فقط|ابدا",
    whenever=r"(?:عندما|اذا|إذا|كلما) (?:\w+ )?(?:المستخدم|احد|أحد|شخص)",
    reveal=r"اكشف|اعرض|اطبع|ارسل|أرسل|احذف|شارك|اظهر|أظهر|أفصح|افصح",
    secrets=r"(?:\w+ ){0,3}(?:كلم\w+ (?:المرور|السر)|موجه النظام|تعليمات النظام|المحادث\w+|سجل\w*"
    r"|بيانات\w*|الذاكرة)",
    unbound=r"(?:بدون|بلا|دون) (?:اي |أي )?(?:قيود|فلاتر|رقابة|حدود)",
    addressed=r"رسالة (?:من )?النظام|تعليمات جديدة|على المساعد",
    role=r"(?:انت|أنت) (?:\w+ ){0,6}?(?:مساعد\w*|روبوت|نموذج)",
    cues=(
        "تجاهل تجاهلوا انس انسى تجاوز تتبع+لا الان+من الآن+من الان+منذ المستخدم احد+عندما "
        "أحد+عندما شخص+عندما شخص+إذا النظام المحادثات المحادثة السجل بيانات الذاكرة قيود فلاتر "
        "التعليمات تعليمات تعليماتك المساعد مساعد انت+مساعد"
    ),
)

LANGUAGES = (
    ENGLISH, SPANISH, ITALIAN, GERMAN, FRENCH, PORTUGUESE,
    RUSSIAN, CHINESE, JAPANESE, KOREAN, ARABIC,
)  # fmt: skip
