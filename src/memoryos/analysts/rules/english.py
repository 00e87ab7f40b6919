"""What people say of themselves in English."""

from memoryos.analysts.rules.grammar import Grammar, Rule

_EMPLOYERS = (
    "company|startup|start-up|bank|hospital|school|university|college|restaurant|clinic|firm|"
    "shop|store|supermarket|hotel|agency|museum|library|factory|bakery|cafe|café|airport|"
    "airline|ministry|government|city council|council|newspaper|publisher|publishing house|"
    "law firm|studio|lab|laboratory|institute|office|department|pharmacy|kindergarten|"
    "nursery|nonprofit|non-profit|ngo|charity|bookstore|bookshop|salon|gym|farm|warehouse|"
    "theatre|theater|zoo|call center|call centre|practice|consultancy|corporation|foundation|"
    "post office|police|army|navy|care home|nursing home"
)

_CLASSES = {
    "ADVERB": (
        "(?:(?:also|really|truly|absolutely|actually|currently|now|just|still|always|usually|"
        "mostly|mainly|fully|completely|entirely|simply|very much|quite|particularly|"
        "especially|normally|generally|"
        "definitely|more|personally|totally|sort of|kind of|kinda|both|already|presently|"
        "recently|only|even|do|often|basically|officially|originally|thoroughly|genuinely) )"
    ),
    "AM": "(?:i am|i'm|im|i'm|am) ",
    "I": "(?:i )?",
    "HAVE": (
        "(?:i have|i've got|i have got|i've (?=an? |{NUMBER} )|i own|we have|we've got|we "
        "own|have) "
    ),
    "RELATIVE": (
        "wife|husband|spouse|partner|girlfriend|boyfriend|fiancée?|mother|mom|mum|mommy|"
        "father|dad|daddy|sister|brother|son|daughter|child|kid|baby|grandmother|grandma|"
        "grandfather|grandpa|granddaughter|grandson|grandchild|aunt|uncle|cousin|niece|"
        "nephew|twin|stepson|stepdaughter|stepmother|stepfather|stepbrother|stepsister|"
        "half-brother|half-sister|mother-in-law|father-in-law|sister-in-law|brother-in-law"
    ),
    "PET": (
        "dog|puppy|cat|kitten|kitty|parrot|budgie|parakeet|canary|cockatiel|rabbit|bunny|"
        r"hamster|guinea\ pig|horse|pony|turtle|tortoise|goldfish|fish|snake|lizard|gecko|"
        r"iguana|ferret|chicken|hen|rat|mouse|hedgehog|goat|donkey|labrador|golden\ retriever|"
        r"retriever|german\ shepherd|poodle|beagle|corgi|husky|dachshund|chihuahua|bulldog|"
        r"greyhound|terrier|border\ collie|pug"
    ),
    "NUMBER": r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}",
    "LANGUAGE": (
        "english|italian|spanish|german|french|portuguese|dutch|swedish|norwegian|danish|"
        "finnish|icelandic|polish|czech|slovak|hungarian|romanian|bulgarian|serbian|croatian|"
        "slovenian|greek|turkish|russian|ukrainian|arabic|hebrew|persian|farsi|hindi|urdu|"
        "bengali|punjabi|tamil|telugu|marathi|gujarati|chinese|mandarin|cantonese|japanese|"
        "korean|vietnamese|thai|indonesian|malay|tagalog|filipino|swahili|amharic|yoruba|"
        "igbo|hausa|zulu|afrikaans|catalan|basque|galician|welsh|irish|gaelic|latin|"
        "esperanto|albanian|lithuanian|latvian|estonian|georgian|armenian|nepali|"
        r"sign\ language|asl"
    ),
    "NATIONALITY": (
        "american|italian|spanish|german|french|portuguese|dutch|swedish|norwegian|danish|"
        "finnish|icelandic|polish|czech|slovak|hungarian|romanian|bulgarian|serbian|croatian|"
        "slovenian|greek|turkish|russian|ukrainian|egyptian|moroccan|tunisian|algerian|"
        r"nigerian|ghanaian|kenyan|ethiopian|south\ african|israeli|iranian|iraqi|syrian|"
        r"lebanese|saudi|indian|pakistani|bangladeshi|nepali|sri\ lankan|chinese|taiwanese|"
        r"japanese|korean|south\ korean|vietnamese|thai|indonesian|malaysian|filipino|"
        r"filipina|singaporean|australian|new\ zealander|canadian|mexican|brazilian|"
        "argentinian|argentine|chilean|colombian|peruvian|venezuelan|ecuadorian|cuban|"
        "british|english|scottish|welsh|irish|swiss|austrian|belgian|albanian|estonian|"
        r"latvian|lithuanian|belarusian|georgian|armenian|jamaican|dominican|puerto\ rican"
    ),
    "CONDITION": (
        r"(?:type\ (?:1|2|one|two)\ )?diabetes|(?:mild\ |severe\ )?asthma|arthritis|"
        r"rheumatoid\ arthritis|adhd|add|autism|epilepsy|(?:high|low)\ blood\ pressure|"
        r"hypertension|(?:chronic\ )?migraines?|(?:clinical\ )?depression|"
        r"(?:an?\ )?(?:social\ |generalized\ )?anxiety(?:\ disorder)?|(?:chronic\ )?insomnia|"
        r"coeliac\ disease|celiac\ disease|celiac|eczema|psoriasis|hypothyroidism|"
        r"hyperthyroidism|ibs|crohn's(?:\ disease)?|multiple\ sclerosis|ocd|ptsd|dyslexia|"
        r"dyspraxia|scoliosis|tinnitus|sleep\ apnea|a\ heart\ (?:condition|murmur)|"
        r"a\ bad\ (?:back|knee|hip|shoulder)|chronic\ (?:back\ )?pain|fibromyalgia|"
        r"endometriosis|anemia|anaemia|hay\ fever|glaucoma|osteoporosis|bipolar\ disorder|"
        r"lupus|gout|cancer|parkinson's(?:\ disease)?|vertigo|a\ pacemaker|pcos|"
        r"high\ cholesterol"
    ),
    "POSSESSION": (
        "car|bike|bicycle|motorcycle|motorbike|scooter|van|truck|boat|sailboat|kayak|canoe|"
        r"house|cottage|cabin|garden|guitar|piano|violin|cello|drum\ kit|ukulele|saxophone|"
        "camera|telescope|drone|camper|campervan|motorhome|tesla|toyota|honda|ford|bmw|audi|"
        "volvo|fiat|vespa|volkswagen|mercedes|mazda|subaru|nissan|jeep|greenhouse|"
        r"record\ player|3d\ printer|farm"
    ),
    "ACTIVITY": (
        r"piano|guitar|violin|cello|drums|bass|bass\ guitar|flute|clarinet|saxophone|trumpet|"
        "ukulele|harp|banjo|accordion|harmonica|organ|football|soccer|basketball|tennis|"
        r"table\ tennis|volleyball|baseball|softball|rugby|cricket|golf|hockey|ice\ hockey|"
        r"badminton|squash|padel|chess|poker|bridge|go|video\ games|board\ games|"
        r"dungeons\ and\ dragons|d&d|water\ polo|handball|darts|bowling|pool|billiards|"
        r"lacrosse|frisbee|pickleball|the\ \w+"
    ),
    "PRACTICE": (
        r"yoga|pilates|karate|judo|taekwondo|boxing|kickboxing|crossfit|martial\ arts|ballet|"
        r"gymnastics|tai\ chi|meditation|calligraphy|archery|fencing|jiu-jitsu|aikido|"
        "photography|woodworking|pottery|ceramics"
    ),
    "OUTING": (
        r"hiking|running|jogging|swimming|cycling|climbing|rock\ climbing|bouldering|fishing|"
        r"camping|skiing|snowboarding|surfing|sailing|kayaking|dancing|horse\ riding|"
        r"horseback\ riding|birdwatching|skateboarding|rowing|diving|scuba\ diving|"
        r"to\ the\ gym"
    ),
    "STOPPED": (
        "i(?:'ve| have)? (?:just |recently |finally |now )?(?:stopped|quit|gave up|given up)"
    ),
    "NAMED": "(?:,? (?:named|called) | whose name is |,? (?:his|her|its) name is )",
    "EMPLOYER": _EMPLOYERS,
    "WORD": r"[^\W\d_][\w'-]*",
    "SUBJECTS": r"[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?",
    "MONTH": (
        "january|february|march|april|may|june|july|august|september|october|november|"
        "december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
    ),
}

_RULES = (
    # Who and where.
    Rule(
        "name",
        "(?:my (?:full |first )?name(?: is|'s)|name's) (?:actually )?",
        "is called {value}",
        "full_name",
        confidence=0.98,
    ),
    Rule(
        "name",
        "(?:you can call me|please call me|just call me|call me|people call me|(?:my "
        "friends|everyone|everybody) calls? me|i go by|i'm called|i am called) ",
        "is called {value}",
        "name",
        confidence=0.95,
    ),
    Rule(
        "name",
        "{AM}",
        "is called {value}",
        "name",
        confidence=0.85,
    ),
    Rule(
        "name",
        r"(?:this is |it's |(?<=[,!] ))(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) (?:here|"
        r"speaking)(?=\s*(?:$|[.,!]))",
        "is called {value}",
        "group",
    ),
    Rule(
        "age",
        r"{AM}{ADVERB}?(?P<value>\d{1,3}|{NUMBER}|(?:twenty|thirty|forty|fifty|sixty|"
        r"seventy|eighty|ninety)(?:-\w+)?)(?: years? old| years of age| y/?o|(?=\s*(?:$|"
        "[.,;!)]|and |but |so |since |as of |today|now)))",
        "is {value} years old",
        "group",
    ),
    Rule(
        "age",
        r"(?:i (?:just |recently )?turned|i've (?:just )?turned) (?P<value>\d{1,3})(?! \w+ "
        "(?:into|off|on))",
        "is {value} years old",
        "group",
    ),
    Rule(
        "age",
        r"my age is (?P<value>\d{1,3})",
        "is {value} years old",
        "group",
    ),
    Rule(
        "birthday",
        "(?:my birthday(?: is|'s)|i was born|i celebrate my birthday)(?: on| in)? (?:the "
        r")?(?P<value>(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:{MONTH})\b\.?(?: \d{1,2}(?:st|"
        r"nd|rd|th)?)?(?:,? (?:19|20)\d\d)?|(?:19|20)\d\d|"
        r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)",
        "was born on {value}",
        "group",
        past=True,
    ),
    Rule(
        "home",
        "(?:(?:i|we)(?:'ve| have)? ){ADVERB}*(?:moved|relocated)(?: back| over| here| "
        r"away)?(?: from [\w ]{2,30}?)? to ",
        "lives in {value}",
        "place",
        past=True,
    ),
    Rule(
        "home",
        "home(?: for me| these days)? is (?:now )?(?:in )?",
        "lives in {value}",
        "place",
        confidence=0.8,
    ),
    Rule(
        "home",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: (?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) (?:is|has "
        r"been) (?:now )?(?:my )?home(?: town)?(?! to| of|town)(?= now|\s*(?:$|[.,;!]|"
        "since |for |and ))",
        "lives in {value}",
        "group",
        confidence=0.8,
        past=True,
    ),
    Rule(
        "home",
        "(?:{I}{ADVERB}*live|{AM}{ADVERB}*living|{AM}{ADVERB}*based|{I}{ADVERB}*reside|"
        "{AM}{ADVERB}*settled|i've (?:been living|lived)|i have (?:been living|lived)) "
        r"(?:here )?(?:with my [\w ]{2,20} )?(?:just outside(?: of)?|near|in|at) ",
        "lives in {value}",
        "place",
    ),
    Rule(
        "home",
        "(?:{I}{ADVERB}*(?:moved|relocated)|i've {ADVERB}*(?:moved|relocated)|i have "
        r"{ADVERB}*(?:moved|relocated))(?: back| over| here| away)?(?: from [\w ]{2,30}?)? "
        "to ",
        "lives in {value}",
        "place",
        past=True,
    ),
    Rule(
        "home",
        "my home(?: town| city)? is (?:now )?(?:in )?",
        "lives in {value}",
        "place",
        confidence=0.8,
    ),
    Rule(
        "home",
        r"my address is (?P<value>\d+ [^.;!?]{4,60}|[^.;!?]{4,60} \d+[^.;!?]{0,30})",
        "lives at {value}",
        "group",
    ),
    Rule(
        "origin",
        "(?:{AM}{ADVERB}*|i {ADVERB}*come |i {ADVERB}*hail )(?:originally )?from ",
        "is from {value}",
        "place",
    ),
    Rule(
        "origin",
        "(?:^(?:born|born (?:and|&) (?:raised|bred)|raised)|{I}(?:was born|was raised|grew up|"
        "was born and raised|was born and grew up)) in ",
        "is from {value}",
        "place",
        past=True,
    ),
    Rule(
        "origin",
        "my (?:hometown|home town|home country) is ",
        "is from {value}",
        "place",
    ),
    Rule(
        "nationality",
        "(?:{AM}|my nationality is ){ADVERB}*(?:an? )?(?P<value>(?:half[ "
        "-])?(?:{NATIONALITY})(?:[- ](?:{NATIONALITY}))?)(?: citizen| national| by "
        r"birth)?(?=\s*(?:$|[.,;!()]|and |but |so |by |from |living |who ))",
        "is {value}",
        "group",
    ),
    # Work and study.
    Rule(
        "job",
        "i(?:'ve| have)? (?:{ADVERB}*(?:became|become)|(?:got |was |been |just "
        ")*promoted to) (?:an? |the )?",
        "is {article}{value}",
        "job",
        past=True,
    ),
    Rule(
        "job",
        "my (?:job|profession|occupation|trade|line of work) is (?P<value>nursing|"
        "teaching|accounting|bookkeeping|engineering|plumbing|carpentry|journalism|"
        "farming|gardening|tutoring|translating|programming|catering|hairdressing|"
        "photography|(?:software|web) development|(?:graphic|web) design)",
        "works in {value}",
        "group",
    ),
    Rule(
        "job",
        "(?:{I}{ADVERB}*(?:work|freelance)|{AM}{ADVERB}*(?:working|employed)|i've (?:been "
        "working|worked)|i have (?:been working|worked)|(?:i )?{ADVERB}*(?:make (?:a|my) "
        "living|earn my living))(?: full[- ]time| part[- ]time| remotely| freelance| "
        "(?:for|at) {WORD}(?: "
        "{WORD})?(?: in {WORD})?)? as (?:an? |the )?",
        "works as {article}{value}",
        "work",
        confidence=0.95,
    ),
    Rule(
        "job",
        "(?:my (?:job|profession|occupation|job title|current job|day job) is |by "
        "(?:profession|trade),? {AM})(?:being |to be |working as )?(?:an? )?",
        "works as {article}{value}",
        "job",
    ),
    Rule(
        "job",
        "{AM}{ADVERB}*(?:an? |the )",
        "is {article}{value}",
        "job",
    ),
    Rule(
        "job",
        "{I}{ADVERB}*work in (?=[a-z])(?!the |an? )",
        "works in {value}",
        "work",
        confidence=0.8,
    ),
    Rule(
        "job",
        "{AM}{ADVERB}*(?P<value>retired|unemployed|self-employed|between jobs)",
        "is {value}",
        "group",
    ),
    Rule(
        "employer",
        "i(?:'ve| have)? {ADVERB}*(?:started|got|begun|landed|accepted|taken) (?:a |my "
        ")?(?:new )?(?:job|position|role) (?:at|with) (?:the (?=(?-i:[A-Z])))?",
        "works for {value}",
        "employer",
        past=True,
    ),
    Rule(
        "employer",
        "{AM}{ADVERB}*(?:an employee of|on the staff (?:of|at)|with) (?:the (?=(?-i:[A-Z])))?",
        "works for {value}",
        "employer",
    ),
    Rule(
        "employer",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: (?-i:[A-ZÀ-Þ])[\w&'-]*){0,3}) is (?:my "
        r"(?:new )?employer|(?:the company )?where i work)(?=\s*(?:$|[.,;!)]))",
        "works for {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "employer",
        "(?:{I}{ADVERB}*work|{AM}{ADVERB}*(?:working|employed)|i've (?:been working|"
        "worked)|{AM}{ADVERB}*(?:an? |the )(?P<profession>{WORD}(?: {WORD}){0,3}?))(?: as (?:an? "
        ")?{WORD}(?: {WORD}){0,3}?)?(?: full[- ]time| part[- ]time| remotely)? (?:at|for|"
        "with|by) (?:the (?=(?-i:[A-Z])))?",
        "works for {value}",
        "employer",
    ),
    Rule(
        "job",
        "(?:i|we) (?P<value>(?:run|manage) (?:an? |my own |our own )(?:{WORD} "
        r"){0,2}(?:{EMPLOYER}))(?=\s*(?:$|[.,;!]|in|with|and|near|at) ?)",
        "{value}",
        "group",
    ),
    Rule(
        "job",
        r"i (?P<value>teach \w+(?: \w+)?)(?=\s*(?:$|[.,;!]|at|in|to|and|for) ?)",
        "{value}",
        "group",
        confidence=0.8,
    ),
    Rule(
        "employer",
        "my (?:employer|company) is (?:called )?",
        "works for {value}",
        "employer",
    ),
    Rule(
        "employer",
        "{I}(?:just |recently )?(?:got a job|started a new job|started working|started "
        "work|joined) (?:at |for )",
        "works for {value}",
        "employer",
        past=True,
    ),
    Rule(
        "study",
        "i(?:'ve| have)? {ADVERB}*(?:switched|changed) (?:my )?(?:major|course|degree|studies) to ",
        "studies {value}",
        past=True,
    ),
    Rule(
        "study",
        "(?:{I}{ADVERB}*study|{AM}{ADVERB}*(?:studying|majoring in|doing (?:a |my "
        r")?(?=(?:phd|ph\.d|master|bachelor|degree))|pursuing (?:a |my )?))\s*",
        "studies {value}",
        most_words=10,
    ),
    Rule(
        "study",
        "(?:my major is|i major in|i'm a major in) ",
        "studies {value}",
    ),
    Rule(
        "study",
        r"{AM}{ADVERB}*(?:an? )(?P<value>(?:(?!(?:exchange|good|bad|fast|visual)\b){WORD} "
        "){1,3}(?:student|major|undergraduate|undergrad)|(?:phd|student|undergraduate|"
        "freshman|sophomore)(?: student)?(?: (?:of|in) {WORD}(?: {WORD})?)?)(?! of life)",
        "is a {value}",
        "group",
    ),
    Rule(
        "study",
        "{AM}{ADVERB}*(?:an? )(?:{WORD} )?student at ",
        "studies at {value}",
        "employer",
    ),
    Rule(
        "study",
        "(?:{HAVE})(?P<value>(?:an? )?(?:bachelor'?s?|master'?s?|phd|doctorate|degree|"
        "mba)(?: degree)?(?: (?:in|of) {WORD}(?: {WORD}){0,2})?)",
        "has {value}",
        "group",
    ),
    Rule(
        "study",
        "i (?:graduated|have graduated|got my degree|majored)(?: in| from| with a degree in) ",
        "graduated in {value}",
        value="degree: {value}",
        confidence=0.8,
        past=True,
    ),
    # People and animals.
    Rule(
        "relationship",
        "we (?:just |recently |finally )?tied the (?P<value>knot)",
        "is married",
        "group",
        value="married",
        past=True,
    ),
    Rule(
        "relationship",
        "(?:{AM}|i've been |(?:i|we)(?:'ve)? (?:just |recently |finally )?"
        "got (?=married|engaged|divorced)|we're |we are )"
        "{ADVERB}*(?:happily )?(?P<value>married(?: to (?:a |an |"
        "my )?{WORD})?|single|engaged(?: to {WORD})?|divorced|widowed|a widow|a widower|in "
        r"a (?:long-distance |long-term |committed )?relationship|separated)(?=\s*(?:$|"
        r"[.,;!()]|and |but |with |for |since |now|so |these |last |this |on |at |again|"
        r"yesterday|in (?=\d|{MONTH})))",
        "is {value}",
        "group",
        past=True,
    ),
    Rule(
        "relationship",
        "(?:{HAVE})an? (?P<value>(?:wonderful |lovely |new )?(?:girlfriend|boyfriend|wife|"
        "husband|partner|fiancée?))(?:{NAMED}[A-Z]{WORD})?",
        "has a {value}",
        "group",
    ),
    Rule(
        "family",
        "(?:{AM}|i've been |i got |we're )(?:{ADVERB})*married to "
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)",
        "is married to {value}",
        "group",
        value="spouse: {value}",
        past=True,
    ),
    Rule(
        "family",
        "(?:{HAVE})(?:also )?an? (?:{WORD} ){0,2}?(?P<key>{RELATIVE})(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "family",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) is (?:my|our) (?:{WORD} "
        r")?(?P<key>{RELATIVE})(?=\s*(?:$|[.,;!)]|and ))",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "{HAVE}(?:also )?",
        "has {value}",
        "item",
        item="(?P<value>(?:an? |{NUMBER} |no )?(?:(?:older|younger|elder|little|big|baby|"
        "twin|small|grown|adult|teenage|beautiful|lovely|wonderful|young|identical|"
        r"\d+-year-old) ){0,2}(?:{RELATIVE})(?:s|ren)?(?:{NAMED}[^,.;]+)?|(?:{NUMBER} "
        ")?(?:children|kids|siblings|grandchildren|boys|girls|twins|sons))(?: "
        ".{0,40})?",
        many=True,
    ),
    Rule(
        "family",
        "(?:my|our) (?:(?:older|younger|elder|little|big|baby|twin|eldest|oldest|youngest|"
        "late|dear) )?(?P<key>{RELATIVE})(?:'s name is| is (?:called|named)|'s (?:called|"
        "named)|{NAMED})",
        "{key}: {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "family",
        "(?:my|our) (?:(?:older|younger|elder|little|big|baby|twin|eldest|oldest|youngest) "
        r")?(?P<key>{RELATIVE}),? (?P<value>(?-i:[A-Z][a-zà-ÿ]+))(?!['\w])",
        "{key}: {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    Rule(
        "family",
        "{AM}{ADVERB}*(?:an? )?(?:proud )?(?P<value>(?:single |stay-at-home )?(?:mother|"
        "father|mom|mum|dad|parent|grandmother|grandfather|grandma|grandpa)(?: of "
        "(?:{NUMBER})(?: {WORD})?| to (?:an? |{NUMBER} )?{WORD}(?: {WORD})?)?|an only "
        r"child)(?=\s*(?:$|[.,;!()]|and |but |so |now))",
        "is a {value}",
        "group",
    ),
    Rule(
        "pet",
        "(?:{HAVE})(?:also )?an? (?:{WORD} ){0,2}?(?P<key>{PET})(?:{NAMED}|, "
        r")(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+)(?=\s*(?:$|[.,;!)]))",
        "has a {key} called {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "pet",
        r"(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) is (?:my|our) (?:{WORD} "
        r")?(?P<key>{PET})(?=\s*(?:$|[.,;!)]|and ))",
        "has a {key} called {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        "(?:{HAVE}|i (?:just |recently )?(?:adopted|rescued|got) |i've (?:just |recently "
        ")?adopted |{I}live with )(?:also )?",
        "has {article}{value}",
        "item",
        item="(?:an? |my )?(?P<value>(?:(?:{NUMBER}) )?(?:{WORD} "
        "){0,2}?(?:{PET})s?(?:{NAMED}.+)?)(?: (?:at home|from|who|that|too|as).*)?",
        many=True,
        past=True,
    ),
    Rule(
        "pet",
        "(?:my|our) (?:{WORD} )?(?P<key>{PET})(?:'s name is| is (?:called|named)|'s called|"
        "{NAMED})",
        "has a {key} called {value}",
        "name",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "pet",
        r"(?:my|our) (?:{WORD} )?(?P<key>{PET})s?,? (?P<value>(?-i:[A-Z][a-zà-ÿ]+))(?!['\w])",
        "has a {key} called {value}",
        "group",
        value="{key}: {value}",
        confidence=0.8,
        anywhere=True,
    ),
    # Tastes.
    Rule(
        "favorite",
        "(?P<value>(?!what|it|that|this|which|who){WORD}(?: {WORD}){0,3}?)(?: is|'s) the "
        "(?P<key>(?!part|thing|one|moment|way|time|person){WORD}) (?:that )?i (?:like|"
        "love|enjoy) (?:the )?(?:best|most)",
        "favourite {key}: {value}",
        "group",
        value="{key}: {value}",
        anywhere=True,
    ),
    Rule(
        "favorite",
        "(?:my|one of my)(?: all-time| absolute| new| current)* favou?rite "
        "(?P<key>(?!part|thing|one|"
        "moment|memory|bit|way|time|person)(?:{WORD} ){0,2}?{WORD})(?: of all time)?(?: is|"
        "'s| has (?:always|to) be(?:en)?| are|:) (?:definitely |probably |actually |called "
        "|always )?",
        "favourite {key}: {value}",
        value="{key}: {value}",
        confidence=0.95,
    ),
    Rule(
        "favorite",
        "(?P<value>(?!what|it|that|this|which|who|these|those|they|he|she|one|"
        "here){WORD}(?: {WORD}){0,3}?)(?: is|'s| are) (?:definitely |actually |probably "
        ")?my (?:all-time |absolute )?favou?rite (?P<key>(?!part|thing|one|moment|memory|"
        r"bit|way|time|person){WORD}(?: {WORD})?)(?=\s*(?:$|[.,;!()]|and |but |to |of |in |"
        "for ))",
        "favourite {key}: {value}",
        "group",
        value="{key}: {value}",
    ),
    Rule(
        "dislikes",
        "(?:i {ADVERB}*(?:hate|dislike|detest|loathe|despise|can't stand|cannot stand|"
        "can't bear|don't like|do not like|don't enjoy|don't care for|can't stand)|i'm not "
        "(?:an? (?:big |huge |great )?)?(?:fan of|fond of|keen on|into)|i am not (?:a (?:big |"
        "huge |great )?fan of|fond of|keen on|into)) (?:to |eating |the taste of )?",
        "dislikes {value}",
        many=True,
        negated=True,
    ),
    Rule(
        "likes",
        "(?:{I}{ADVERB}*(?:love|like|enjoy|adore)|i'm {ADVERB}*(?:a (?:big |huge |great |"
        "real |massive )?(?:fan of|lover of)|fond of|into|keen on|passionate about|"
        "fascinated by|crazy about|obsessed with|addicted to|mad about)|i am {ADVERB}*(?:a "
        "(?:big |huge |great |real |massive )?(?:fan of|lover of)|fond of|into|keen on|"
        "passionate about|crazy about|obsessed with)|i'm a big fan of)(?: very much)? "
        "(?:to |both |the (?=(?:ocean|sea|beach|outdoors|mountains|countryside|forest|rain|"
        r"snow|theatre|theater|cold|heat|water|woods)\b))?",
        "likes {value}",
        confidence=0.85,
        many=True,
    ),
    Rule(
        "hobby",
        "(?P<value>(?!that|this|it|what|which|one){WORD}(?: {WORD})?) (?:is|are) (?:one "
        r"of )?my (?:\w+ )?(?:hobby|hobbies|passion|pastime)(?=\s*(?:$|[.,;!)]))",
        "hobby: {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "hobby",
        "(?:my (?:main |favou?rite |biggest )?(?:hobby is|hobbies are|hobbies include|"
        "passion is|passions are|pastime is)|i have a passion for|one of my hobbies is) "
        "(?:playing )?",
        "hobby: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "in my (?:free|spare) time,? i (?:{ADVERB}*(?:like|love|enjoy) (?:to )?)?",
        "in free time: {value}",
        many=True,
    ),
    Rule(
        "hobby",
        "{I}{ADVERB}*(?P<value>(?:crochet|knit|paint|sew|garden|meditate|volunteer(?: at "
        "(?:an? |the )?{WORD}(?: {WORD})?)?|surf|ski)|play (?:the )?(?:{ACTIVITY})|collect "
        "{WORD}(?: {WORD})?|(?:do|practice|practise) (?:{PRACTICE})|run (?:half[- ])?marathons|go "
        r"(?:{OUTING}))(?=\s*(?:$|[.,;!()]|and |but |with |in |at |every |on |for |since |"
        "when |as |a lot|twice|once|three|each|most|last |any ?more|now|again|too))",
        "{value}",
        "group",
        confidence=0.8,
    ),
    # Languages, aims, body, things, ways to reach.
    Rule(
        "language",
        "(?:{I}{ADVERB}*speak|{AM}{ADVERB}*fluent in|my (?:native language|mother tongue|"
        "first language|native tongue)(?: is|'s)) (?:fluent |some |a little |a bit of |"
        "both |good |basic )?",
        "speaks {value}",
        "item",
        item="(?:fluent |some |a little |a bit of |basic |good |conversational "
        ")?(?P<value>{LANGUAGE})(?: (?:fluently|at home|at work|well|with|as|natively|"
        "quite|very|pretty|too).*)?",
        many=True,
    ),
    Rule(
        "language",
        "{AM}{ADVERB}*a native (?P<value>{LANGUAGE}) speaker",
        "speaks {value}",
        "group",
    ),
    Rule(
        "goal",
        "{AM}{ADVERB}*(?P<value>learning (?:how )?(?:{LANGUAGE}|to (?:play|speak|drive|"
        "swim|cook|sew|paint|draw|code|dance|sail|ski|surf)(?: {WORD}){0,3}))",
        "is {value}",
        "group",
        confidence=0.8,
    ),
    Rule(
        "goal",
        r"my (?:\w+ )?(?:goal|dream|ambition|aim|objective|resolution|new year's "
        r"resolution)(?: for \w+(?: \w+)?)?(?: is|'s) (?:to )?",
        "wants to {value}",
        most_words=12,
    ),
    Rule(
        "goal",
        "(?:i {ADVERB}*(?:want|hope|plan|intend|aim|dream of)|i'm {ADVERB}*(?:planning|"
        "hoping|aiming|training|saving up|saving|studying|working hard)|i am "
        "{ADVERB}*(?:planning|hoping|aiming|training|saving up|saving)|i'd "
        "{ADVERB}*(?:love|like)|i would {ADVERB}*(?:love|like)) (?:to )?(?:one day |"
        r"someday |eventually )?(?=(?:become|becoming|be an? \w+|learn|run (?:a|the|my|in)|"
        r"open (?:a|my)|start (?:a|my)|write a|publish|lose \d|lose weight|quit smoking|"
        "retire|buy a (?:house|home|car|boat|flat|new)|get my (?:degree|licen|phd|master)|"
        r"climb|move to [A-Z]|finish my|complete my|for (?:a|an|the|my) \w+ ?(?:marathon|"
        "house|car|trip|race|triathlon|wedding|half)))",
        "wants to {value}",
        confidence=0.8,
        most_words=12,
    ),
    Rule(
        "goal",
        "{AM}{ADVERB}*(?:saving|putting money aside)(?: up| money)? for ",
        "is saving for {value}",
        most_words=8,
    ),
    Rule(
        "allergy",
        "{AM}{ADVERB}*(?:severely |very |highly |deathly |badly |slightly |mildly "
        ")?(?:allergic|intolerant) to (?:all |most )?",
        "is allergic to {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "allergy",
        "{HAVE}(?:an? )?(?:severe |bad |serious |mild |slight |strong )?(?:allergy|"
        "intolerance) to ",
        "is allergic to {value}",
        confidence=0.95,
        many=True,
    ),
    Rule(
        "allergy",
        "{HAVE}(?:an? )?(?:severe |bad |serious |mild |slight |strong "
        ")?(?P<value>{WORD})(?: (?:allergy|allergies|intolerance))",
        "is allergic to {value}",
        "group",
    ),
    Rule(
        "allergy",
        "{AM}{ADVERB}*(?P<value>(?:lactose|gluten|fructose|histamine)[- ]intolerant)",
        "is {value}",
        "group",
    ),
    Rule(
        "diet",
        "i(?:'ve| have)? {ADVERB}*(?:became|become|went|gone|turned|switched to an?) "
        "(?P<value>vegetarian|vegan|pescatarian|flexitarian|gluten[- ]free|keto|plant[- "
        "]based)",
        "is {value}",
        "group",
        past=True,
    ),
    Rule(
        "diet",
        "(?<=no )(?P<value>meat|pork|beef|fish|dairy|gluten|eggs|sugar|seafood|alcohol|"
        "coffee|shellfish) for me",
        "no {value}",
        "group",
        value="no {value}",
        negated=True,
        anywhere=True,
    ),
    Rule(
        "diet",
        "(?:{AM}|i've been |i went |i've gone |i became |i {ADVERB}*eat |i have been "
        "){ADVERB}*(?:an? )?(?P<value>(?:strict |lifelong )?(?:vegetarian|vegan|"
        "pescatarian|pescetarian|flexitarian|gluten[- ]free|dairy[- ]free|halal|kosher|"
        r"keto|plant[- ]based|teetotal|teetotaler|raw vegan))(?=\s*(?:$|[.,;!()]|and |but |"
        "so |for |since |now|because|by |diet|food|meat))",
        "is {value}",
        "group",
        past=True,
    ),
    Rule(
        "diet",
        "(?P<value>(?:i )?(?:don't|do not|never|no longer) (?:eat|drink) (?:any )?(?:red )?(?:meat|"
        "pork|beef|fish|dairy|gluten|eggs|sugar|seafood|animal products|alcohol|coffee|"
        r"shellfish)(?: or \w+)?)",
        "{value}",
        "group",
        negated=True,
    ),
    Rule(
        "diet",
        "(?:i'm on|i am on|i follow|i'm following|i keep to) (?:an? )?(?P<value>(?:strict "
        ")?(?:{WORD}|low-carb|gluten-free) diet)",
        "follows a {value}",
        "group",
    ),
    Rule(
        "health",
        r"{I}{ADVERB}*(?P<value>smoke)(?=\s*(?:$|[.,;!()]|and |but |a |about |around |\d|"
        "too |like |half |cigar))",
        "smokes",
        "group",
        confidence=0.8,
    ),
    Rule(
        "health",
        "(?:{HAVE}|i suffer from |i was (?:recently )?diagnosed with |i've been "
        "(?:recently )?diagnosed with |i live with |i struggle with )(?P<value>{CONDITION})",
        "has {value}",
        "group",
        past=True,
    ),
    Rule(
        "health",
        "{AM}{ADVERB}*(?:an? )?(?P<value>(?:type (?:1|2|one|two) )?diabetic|asthmatic|"
        "epileptic|dyslexic|autistic|coeliac|celiac|colou?r[- ]?blind|deaf|blind|pregnant|"
        r"hard of hearing|short-sighted|nearsighted|left-handed|anemic|anaemic)(?=\s*(?:$|"
        "[.,;!()]|and |but |so |with |in ))",
        "is {value}",
        "group",
    ),
    Rule(
        "possession",
        "my (?:car|bike|van|truck|motorbike|motorcycle|scooter|guitar|piano|camera|"
        r"boat)(?: is|'s) an? (?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: "
        r"(?-i:[A-ZÀ-Þ])[\w&'-]*){0,3})",
        "has a {value}",
        "group",
    ),
    Rule(
        "possession",
        r"{I}(?:{ADVERB}*(?:drive|ride|own)) an? (?P<value>(?-i:[A-ZÀ-Þ])[\w&'-]*(?: "
        r"(?-i:[A-ZÀ-Þ])[\w&'-]*){0,3})",
        "has a {value}",
        "group",
    ),
    Rule(
        "possession",
        "{HAVE}(?:also )?",
        "has {article}{value}",
        "item",
        item=r"(?:an? )?(?P<value>(?:{NUMBER} )?(?:[\w-]+ ){0,3}?(?:{POSSESSION})s?)(?: "
        "(?:in|at|from|that|which|with).*)?",
        many=True,
    ),
    Rule(
        "possession",
        "{I}(?:{ADVERB}*drive|{ADVERB}*ride|(?:just |recently )?bought|(?:just )?got) "
        "(?:myself )?(?:an? )",
        "has a {value}",
        "item",
        item=r"(?P<value>(?:[\w-]+ ){0,3}?(?:{POSSESSION})(?: [\w-]+)?)",
        past=True,
    ),
    Rule(
        "phone",
        "(?:to (?:reach|call|text) me|(?:you can )?(?:reach|call|text) "
        r"me)[^\d@?!;]{0,30}(?P<value>\+?\d[\d ()./-]{5,}\d)",
        "phone: {value}",
        "group",
    ),
    Rule(
        "phone",
        "(?:my (?:new )?(?:(?:phone|mobile|cell|cellphone|telephone)(?: phone)?(?: number)?|"
        "number)(?: is now| is|'s|"
        r":)|(?:you can )?(?:call|text|reach|ring|phone) me (?:at|on)) (?P<value>\+?\d[\d "
        r"()./-]{5,}\d)",
        "phone: {value}",
        "group",
        confidence=0.98,
    ),
    Rule(
        "email",
        r"(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+),? (?:that's|that is|which is|is) my "
        r"(?:\w+ )?(?:e-?mail|address)",
        "email: {value}",
        "group",
        anywhere=True,
    ),
    Rule(
        "email",
        "(?:my (?:work |personal |new )?e-?mail(?: address)?(?: is now| is|'s|:|'s changed to| has "
        "changed to)|(?:you can )?(?:email|e-mail|reach|write to|write|contact) me (?:at|"
        r"on)) (?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        "email: {value}",
        "group",
        confidence=0.98,
    ),
)

_AGENT_RULES = (
    Rule(
        "agent",
        "(?:my name is|my name's|i'm called|you can call me|call me) ",
        "is called {value}",
        "full_name",
    ),
    Rule(
        "agent",
        "{AM}(?P<value>(?:{WORD}, )?(?:an? |your )(?:(?:{WORD}|ai-powered) ){0,3}(?:ai|"
        "assistant|chatbot|bot|language model|companion|agent|tutor|coach|program|"
        "robot)(?: (?:assistant|model|companion|friend|tutor))?(?: (?:for|by|made|built|"
        "trained|developed)[^.,;:!?]{3,50})?)",
        "is {value}",
        "group",
    ),
    Rule(
        "agent",
        "{AM}(?=[A-Z])",
        "is called {value}",
        "name",
        confidence=0.8,
    ),
    Rule(
        "agent",
        "(?:i|i'd|i would|i'll|i can) (?:highly |strongly |definitely |also |really "
        ")?(?P<verb>(?:recommend|suggest)(?:ed)?) (?:you )?(?:try )?(?:try|trying|read|"
        "reading|watch|watching|visit|visiting|listening to|checking out|check out|"
        r"starting with)? ?(?=(?-i:[\"“A-Z])|the (?:book|movie|film|novel|series|restaurant|"
        r"podcast|album|museum|app|game|song|show)\b)",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=10,
        many=True,
        past=True,
    ),
    Rule(
        "agent",
        "i (?P<value>(?:can(?:'t|not)?(?: only)? (?:read|see(?! (?:why|how|that|you|it))|"
        "access|browse|send|speak|"
        "generate|create|analy[sz]e|remember|search|open|hear|process|translate|call|"
        "remind|draw|run|write|set)|speak|(?:don't|do not) (?:have (?:access|memory|a "
        "memory|internet|feelings)|remember|keep|store)|keep notes)[^.,;:!?]{0,90})",
        "{value}",
        "group",
        confidence=0.8,
        negated=True,
    ),
    Rule(
        "agent",
        "i(?:'ve| have)? (?:just |already )?(?P<value>(?:booked|reserved|scheduled|ordered) "
        "[^.,;:!?]{3,60}?) for you",
        "{value}",
        "group",
        past=True,
    ),
    Rule(
        "agent",
        "i(?:'ve| have)? (?:just |already )?(?P<verb>booked|reserved|scheduled|added|sent|"
        "ordered|created|set up|saved|updated|cancelled|canceled|placed|drafted) ",
        "{verb} {value}",
        value="{verb} {value}",
        most_words=12,
        past=True,
    ),
)

GRAMMAR = Grammar(
    language="en",
    classes=_CLASSES,
    rules=_RULES,
    agent_rules=_AGENT_RULES,
    cue=r"\b(?:i|im|my|me|we|our|name's|born|raised)\b",
    subject=(
        r"(?:^(?:born|raised|grew up)(?![^.]* (?:he|she|his|her|they)\b)|i|i'm|im|i've|we|"
        r"we've|we're|our|my|one of my|home(?: for me| these days)? is|[\w' -]{2,30} "
        r"(?:is|has been) (?:now )?(?:my )?home|name's|\w+ here(?=\s*(?:$|[.,!]))|by "
        "profession|by trade|in my|(?:you can |please |just )?(?:call|reach|text|email|"
        "e-mail|contact|ring|phone|write)(?: to)? me|people call me|everyone calls|this is|"
        r"it's \w+ here|[\w ']{2,40}(?:is|are|'s) (?:\w+ )?my (?:all-time |absolute "
        r")?favou?rite)(?!\w)"
    ),
    lead_ins=(
        "these days|by now|hi|hello|hey|hey there|hi there|hello there|good (?:morning|"
        "afternoon|evening)|well|"
        "so|oh|ah|yes|yeah|yep|no|nope|ok|okay|and|but|also|actually|by the way|btw|as you "
        "know|honestly|personally|thanks|thank you|nice to meet you|sure|of course|right|"
        "anyway|besides|plus|then|for me|in fact|fun fact|just so you know|for the record|"
        "fyi|remember(?: that)?|note that|you know|to be honest|frankly|currently|right now|"
        r"at the moment|nowadays|these days|as for me|me too|obviously|naturally|every \w+(?: "
        r"\w+)?|on \w+days|at home|most \w+|same here|great|wow|haha|lol|a bit about me|about "
        "me|originally|now|today|professionally|because|since|as|one thing to remember|"
        "please remember(?: that)?|good to know|cool|i mean|guess what"
    ),
    coordinators=(
        "and|but|so|because|cos|coz|cuz|bc|plus|although|though|while|whereas|since|as|where|that"
    ),
    conjunction="and|&|or|as well as|plus|nor",
    borders=(
        "by the time|next (?:year|month|week|summer)|because|but|when|whenever|which|who|"
        "whom|whose|that|since|while|so|if|as|although|"
        "though|where|and (?:i|i'm|i've|my|we|it|he|she|they|you|that|this|am|have|work|live|"
        "love|like|hate|enjoy|speak|study|would|want|need|can|will|do|think|am|just|also|"
        r"really|our|there|was|been|am)|or (?:i|something|anything)|for \d+ \w+|for (?:many|"
        "several|a few|over|almost|about|nearly|the past|the last|years|(?:a|two|three|four|"
        r"five|six|ten) (?:\w+ )?(?:years?|months?|weeks?|decades?|while))|from time|thanks|"
        r"thank|please|in (?:19|20)\d\d|last|this (?:year|month|week|summer|morning)|more "
        "than|even|after|before|until|whether|to (?:relax|unwind|stay|keep|help)|every|on "
        "(?:weekends|sundays|saturdays|mondays|fridays)|together|during|ever|is|are|was|"
        "makes|since|except|with (?:my|our|his|her|you|him|them)|is my|too much|especially|"
        "by the way|thanks to"
    ),
    place_borders=(
        "at|for|in|with|from|near|on|by|and|to|between|not far|about|outside|these|right|now|"
        "here|just|under|over|or|into|too|full[- ]time|part[- ]time|myself|then|out of"
    ),
    deixis="it|them|this|that|these|those|him|her|you|your|here|there|then|so|yours|theirs|its",
    restriction="that|which|who|where|when|whose|if|while",
    tails=(
        "by profession|by trade|any longer|too|as well|also|so much|very much|a lot|now|"
        "right now|currently|these days|at the "
        "moment|nowadays|actually|though|lol|haha|btw|in general|again|anyway|myself|already|"
        "the most|most|best|more|much|either|all the time|at all|here|today|sometimes|of "
        "course|always|for sure|really|at home|from home|full[- ]time|part[- ]time|any ?more|"
        "in particular|guys|dude|man|sir|deeply|dearly|badly|for now|lately|recently|"
        r"honestly|out here|over here|:\)"
    ),
    blocked="""
        it it's its that this these those you you'd him her hers them us me my mine your yours his
        their our how what when where why who which if to there being having seeing hearing
        knowing getting the all every everything some any anything one such so not no nothing both
        more most another he she we they i i'm i've i'd i'll be is are was were do does did will
        would could can might may on at by of from out up very too just only really and or but
        because than then well even with without while since about as into like someone something
        everyone somebody people as a_lot here going doing making often usually sometimes rarely
        think know idea find having been thinking talking finding getting thanks looking trying
        feeling am let let's maybe perhaps keep those much many also never always still
        """,
    not_names="""
        sorry sure fine good great okay ok happy sad tired new here back done ready glad busy sick
        free home late early lost afraid single married vegan vegetarian catholic christian muslim
        jewish hindu buddhist protestant atheist agnostic republican democrat liberal conservative
        gay lesbian bi trans queer adhd autistic english british american african asian european
        monday tuesday wednesday thursday friday saturday sunday january february march april june
        july august september october november december i me you it he she they we god santa
        batman fine italian spanish german french portuguese dutch swedish norwegian danish
        finnish polish czech hungarian romanian bulgarian serbian croatian greek turkish russian
        ukrainian egyptian indian chinese japanese korean vietnamese thai canadian mexican
        brazilian argentinian chilean colombian peruvian cuban scottish welsh irish swiss austrian
        belgian australian nigerian kenyan moroccan team just so very not all in at on from going
        christmas ramadan ai chatgpt
        """,
    after_name=(
        "from|btw|with|at|just|looking|calling|writing|again|and|but|here|by|nice|i|i'm|an? |"
        "a|the|your|from|who|your|your|or|in|speaking|living"
    ),
    employers=_EMPLOYERS,
    job_words="""
        doctor nurse teacher lawyer attorney engineer developer programmer architect designer
        student chef cook waiter waitress barista bartender baker butcher farmer fisherman
        gardener florist carpenter plumber electrician mechanic welder builder painter artist
        musician singer actor actress dancer writer author journalist editor translator
        interpreter photographer filmmaker director producer manager accountant auditor banker
        broker analyst consultant economist scientist researcher chemist physicist biologist
        mathematician statistician geologist historian philosopher psychologist psychiatrist
        psychotherapist therapist counselor counsellor coach trainer physiotherapist dentist
        surgeon pharmacist veterinarian vet paramedic midwife optician dietitian nutritionist
        pilot flight_attendant driver courier postman mailman sailor soldier policeman policewoman
        police_officer officer detective firefighter judge secretary receptionist assistant
        administrator clerk cashier salesman saleswoman salesperson realtor estate_agent
        entrepreneur founder ceo cto cfo executive freelancer librarian curator archaeologist
        anthropologist sociologist professor lecturer tutor principal headmaster janitor sheriff
        head_of vice_president cleaner housekeeper nanny babysitter caregiver carer housewife
        homemaker stay-at-home_mom stay-at-home_dad intern apprentice tailor seamstress
        hairdresser barber beautician model stylist potter blacksmith jeweler jeweller watchmaker
        cobbler locksmith politician diplomat priest pastor rabbi nun monk social_worker
        technician operator supervisor foreman pediatrician paediatrician cardiologist radiologist
        dermatologist neurologist oncologist anesthesiologist geneticist copywriter blogger
        youtuber streamer illustrator animator sculptor composer conductor violinist pianist
        guitarist drummer dj comedian poet novelist screenwriter data_scientist marketer recruiter
        planner surveyor inspector astronomer astronaut meteorologist biochemist microbiologist
        zoologist botanist ecologist linguist sommelier beekeeper brewer winemaker zookeeper
        lifeguard athlete footballer referee instructor guide tour_guide bookseller bookkeeper
        barrister solicitor paralegal notary sysadmin webmaster data_engineer devops product_owner
        scrum_master
        """,
    job_endings="[a-z]{3,}ologist|[a-z]{4,}ographer|[a-z]{3,}atrician|[a-z]{3,}smith",
    not_jobs=(
        "person|fan|lover|member|mother|father|mom|mum|dad|parent|brother|sister|wife|"
        "husband|friend|girl|boy|woman|man|guy|human|believer|beginner|bit|lot|little|mess|"
        "team|whole|result|good|great|bad|terrible|horrible|huge|big|slow|fast|night|morning|"
        "early|heavy|light|former|ex|aspiring|wannabe|hobby|amateur|would-be|future|retired|"
        "it|always|usual|joke|follower|usual|teenager|child|kid|trainee for|part of|better|"
        "worse|natural|born|secret|picky|home cook|decent|keen|avid|passionate|terrible|"
        "lousy|student of life|visual|self-taught cook|model student|team player|people"
    ),
    negation=(
        r"not|never|no longer|no|nor|neither|nobody|none|hardly|barely|\w+n't|cannot|cant|"
        "dont|isnt|without ever|anything but|far from|no more"
    ),
    past=(
        "used to|was|were|when i was|back then|in those days|years ago|as a child|as a kid|"
        "in the past|formerly|had been|had|until (?:last|recently)|once upon|previously|in "
        "college i|ex|at the time"
    ),
    doubt=(
        r"maybe|perhaps|probably|possibly|might|(?<!\d )may (?=[a-z])(?!\d|19|20)|could|"
        "should|would(?! (?:love|like) to)|almost|supposedly|hopefully|i (?:think|guess|"
        "suppose|feel like|believe) i|not sure|pretend|jokingly|kidding|joking|as though|"
        "like i'm|wish|hope i|soon|someday i|tomorrow i|next (?:year|month) i"
    ),
    condition=(
        "if|unless|whether|suppose|supposing|imagine|imagining|assuming|as if|wish|in case|"
        "(?:he|she|they|who|people|someone|somebody|everyone|friend|brother|sister|mother|"
        "father|mom|mum|dad|boss|colleague|neighbou?r|wife|husband|teacher|doctor|tom|anna|"
        "you|cousin|aunt|uncle|son|daughter|roommate|guy|girl|woman|man|client|manager|it) "
        "(?:just |always |once |often |also |then )?(?:said|says|say|told|tells|claims?|"
        "claimed|thinks?|thought|wrote|writes|asked|replied|answered|shouted|insists?|"
        "insisted|believes?|mentioned|goes|went like|keeps saying|joked)|i (?:dreamt|dreamed|"
        "had a dream|told (?:him|her|them|my)|said|lied|pretended|joked|read|heard)|(?:said|"
        "says|wrote|replied|asked|whispered|shouted) (?:the|my|a|[A-Z])|quote|lyrics?|song "
        r"goes|slogan|motto|sentence|phrase|proverb|saying goes|title is|for example|e\.g|"
        "let's say|just kidding|jk|according to"
    ),
    unreal=(
        "i'm (?:the (?:pope|king|queen|emperor|president)|batman|superman|napoleon|santa)|my "
        "name is (?:batman|superman)|first[- ]person|diary entry|(?:first|opening|next|last) "
        "(?:chapter|line|scene|paragraph)|(?:my|the|a|our|this) (?:character|protagonist|"
        "hero|heroine|narrator|persona|avatar)|in (?:my|the|this|a|our) (?:novel|story|game|"
        "movie|film|play|book|dream|song|scene|role|script|screenplay|series|musical)|"
        "role-?play|let's (?:play|pretend|imagine|say)|pretend(?:ing)?|imagine|act as|once "
        r"upon a time|hypothetical\w*|what if|in another life|in a (?:past|previous|former) "
        "life|fictional|short story|(?<!want to )(?<!like to )(?<!love to )(?:write|"
        "draft|compose|generate|create|finish|continue|"
        r"complete) (?:me )?(?:an?|the|this|my|some) (?:\w+ ){0,3}(?:story|poem|email|e-mail|"
        "letter|post|bio|speech|essay|dialogue|message|text|novel|script|song|tweet|review|"
        "scene|cv|resume|résumé|introduction|monologue|paragraph|ad|advertisement|blog|"
        "caption|character|profile|sentence)|here(?:'s| is) (?:the|my|a|an) (?:text|email|"
        "letter|story|draft|poem|essay|quote|script|message|dialogue)|my (?:short )?(?:story|"
        "novel|poem|play|screenplay|essay) (?:begins|starts|opens|goes|is about)|the "
        "following|as a joke|in the voice of|from the (?:perspective|point of view) of|"
        "speaking as|posing as"
    ),
    task=(
        "translat(?:e|ion|ing)|proofread|rephrase|paraphrase|rewrite|reword|summari[sz]e|"
        "spell-?check|correct (?:this|the|my|these) (?:sentences?|text|grammar|paragraph|"
        "email|essay|letter)|fix (?:the|my|this) (?:grammar|sentence|text|typos|email)|how "
        "(?:do|would|can) (?:you|i|we) say|what does .{1,60} mean|how to say|is (?:this|that|"
        "it|the) (?:sentence )?(?:grammatically )?correct|is (?:this|the) sentence|in "
        "(?:italian|spanish|german|french|latin|english|japanese|chinese)[:?]|(?:sample|"
        "example|dummy|placeholder) (?:text|data|sentence|input|profile)|(?:use|using|take) "
        "this as|grammar check|check the grammar|conjugate"
    ),
    articles="an? ",
    sarcasm=(
        "(?:oh|ah|yeah),? (?:sure|right|great|joy|of course|perfect|"
        "wonderful),? (?:because )?i (?:just |really |absolutely |so |"
        "totally )?(?:love|adore|enjoy)|(?:sure|yeah right|of course),? i (?:just|"
        "absolutely|so|totally) (?:love|adore|enjoy)"
    ),
    announcement=(
        "news|new (?:job|life|home|number)|changed|switched|moved|quit|started|stopped|decided|"
        "so|remember|note|know|about me|important|before we (?:go on|start)|by the way|fyi|"
        "update|context|background|fun fact|the thing is|anyway|confession|truth is|heads up|"
        r"fair warning|reminder|ps|p\.s|basically|honestly|keep in mind|for the record|thing "
        "to remember"
    ),
    question=(
        "remind|tell me|show me|suggest|give me|explain|"
        "(?:what|who|where|why|how|which|when)(?:'s|'re)?|can|could|would|will|should|do|"
        "does|did|is|are|am i|any|got any|have you|has|may i|shall|and you|what about|how "
        "about|help|please|pls|thoughts|ideas|tips|suggestions|know (?:any|of)|whats|hows|"
        "wanna|mind if|recommend|isn't|aren't|don't you|or (?:is|are|do|not)|you know|"
        "(?:whats|what's) good"
    ),
    introduction="I'm ",
    ended=(
        ("(?:i|we)(?:'ve| have)? (?:just |finally |recently )?sold (?:my|our) ", "i have a "),
        ("i(?:'ve| have)? (?:just |finally |recently )?quit (?=(?-i:[A-Z]))", "i work at "),
        (
            r"(i|we) (?:don't|do not|dont|no longer) ([^.;!?]*?),? (?:any ?more|any longer)\b",
            r"\1 \2",
        ),
        (r"(i'm|i am|im) (?:not|no longer) ([^.;!?]*?) (?:any ?more|any longer)\b", r"\1 \2"),
        (r"(i|we|i'm|i am|im|i've) no longer ", r"\1 "),
        ("(?:i|we) used to be ", "i'm "),
        ("(i|we) used to ", r"\1 "),
        ("i (?:quit|left|lost) my job (?=at |with )", "i work "),
        (r"{STOPPED} smoking\b", "i smoke"),
        (r"{STOPPED} practi[cs]ing\b", "i practice"),
        (
            r"{STOPPED} (play|do|go|collect|speak|learn|eat|drink|work|study|paint|knit)ing\b",
            r"i \1",
        ),
        ("(?:i|we)(?:'ve| have)? {ADVERB}*moved (?:out of|away from) ", "i live in "),
    ),
    since=r"(?:since|in|from) (?:\w+ )?(?P<year>(?:19|20)\d\d)",
    character={
        ("order", "high"): "organi[sz]ed|tidy|neat|orderly|methodical|neat freak|perfectionist",
        ("order", "low"): "messy|disorgani[sz]ed|untidy|chaotic",
        ("conscientiousness", "high"): (
            "disciplined|conscientious|reliable|diligent|hard-?working|punctual|responsible|"
            "workaholic"
        ),
        ("conscientiousness", "low"): "procrastinator|lazy",
        ("extraversion", "high"): (
            "extrovert(?:ed)?|extravert(?:ed)?|outgoing|sociable|social|people person|talkative"
        ),
        ("extraversion", "low"): "introvert(?:ed)?|shy|quiet|reserved|loner",
        ("neuroticism", "high"): "anxious|worrier|nervous|sensitive|overthinker",
        ("neuroticism", "low"): "calm|relaxed|laid-back|easy-?going|level-headed",
        ("openness", "high"): "curious|open-minded|adventurous|adventure seeker",
        ("agreeableness", "high"): "kind|patient|empathetic|warm|friendly|agreeable|peacemaker",
        ("creative expression", "high"): "creative|artistic",
        ("autonomy", "high"): "independent",
        ("directness in conflict", "high"): "direct|blunt|straightforward",
        ("achievement", "high"): "ambitious|competitive|goal-oriented|driven",
        ("investment risk", "low"): "risk-averse|cautious",
        ("saving", "high"): "frugal|thrifty|saver",
        ("humor", "high"): "funny|humorous",
    },
    character_frame=(
        "(?:i'm|i am|im|i consider myself)(?: to be)? (?:also |just |generally |definitely "
        ")?(?P<value>(?:an? )(?:very |really |quite |extremely |fairly |pretty |rather |"
        r"highly |bit of an? )?{CHARACTER}(?: (?:and \w+ )?(?:person|guy|girl|woman|man|type|"
        "soul|individual))?|(?:very |really |quite |pretty |rather |extremely )?(?!calm|"
        "nervous|anxious|quiet|relaxed|patient|funny|kind|warm|direct|curious|driven|social|"
        r"sensitive|cautious|independent|reliable|friendly|loner|saver){CHARACTER})(?=\s*(?:$|"
        "[.,;!]|and |but |so |by |who ))"
    ),
    interests={
        "music": (
            "jazz rock_music rock_and_roll pop opera music metal blues reggae hip-hop rap "
            "guitar piano violin concerts singing techno beatles mozart bach"
        ),
        "cinema": "movie movies film films cinema",
        "gaming": "video_games videogames board_games gaming games chess",
        "anime": "anime manga",
        "sports": (
            "football soccer basketball tennis volleyball baseball rugby cricket golf hockey "
            "sport sports swimming surfing skiing climbing rock_climbing skateboarding boxing"
        ),
        "fitness": "gym running yoga pilates jogging workout crossfit weightlifting fitness",
        "travel": "travel travelling traveling trips",
        "outdoors": (
            "hiking nature outdoors mountains walks forest fishing birdwatching trekking gardening"
        ),
        "camping": "camping",
        "reading": "reading books novels poetry literature",
        "painting": "painting drawing watercolor watercolour watercolors",
        "dance": "dancing dance ballet salsa tango",
        "crafts": "knitting crochet sewing pottery woodworking embroidery origami crafts ceramics",
        "photography": "photography",
        "pets": "dogs cats animals pets",
        "gourmet food": "cooking baking wine",
        "food": "sushi pizza pasta chocolate food cuisine coffee tea ramen curry cheese seafood",
        "science": "science physics astronomy biology chemistry",
        "psychology": "psychology",
        "cars": "cars motorcycles",
        "digital technology": "programming coding technology computers gadgets",
        "art": "art museums",
        "fashion": "fashion",
        "culture": "history museums theatre theater",
    },
)
