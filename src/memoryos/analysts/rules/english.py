"""What people say of themselves in English."""

from memoryos.analysts.rules.grammar import Grammar, Rule

_RELATIVE = """wife|husband|spouse|partner|girlfriend|boyfriend|fiancée?|mother|mom|mum|mommy|father
    |dad|daddy|sister|brother|son|daughter|child|kid|baby|grandmother|grandma|grandfather|grandpa
    |granddaughter|grandson|grandchild|aunt|uncle|cousin|niece|nephew|twin|stepson|stepdaughter
    |stepmother|stepfather|stepbrother|stepsister|half-brother|half-sister|mother-in-law
    |father-in-law|sister-in-law|brother-in-law"""
_PET = """dog|puppy|cat|kitten|kitty|parrot|budgie|parakeet|canary|cockatiel|rabbit|bunny|hamster
    |guinea\\ pig|horse|pony|turtle|tortoise|goldfish|fish|snake|lizard|gecko|iguana|ferret|chicken
    |hen|rat|mouse|hedgehog|goat|donkey|labrador|golden\\ retriever|retriever|german\\ shepherd
    |poodle|beagle|corgi|husky|dachshund|chihuahua|bulldog|terrier|border\\ collie|pug"""
_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2}"
_LANGUAGE = """english|italian|spanish|german|french|portuguese|dutch|swedish|norwegian|danish
    |finnish|icelandic|polish|czech|slovak|hungarian|romanian|bulgarian|serbian|croatian|slovenian
    |greek|turkish|russian|ukrainian|arabic|hebrew|persian|farsi|hindi|urdu|bengali|punjabi|tamil
    |telugu|marathi|gujarati|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai|indonesian
    |malay|tagalog|filipino|swahili|amharic|yoruba|igbo|hausa|zulu|afrikaans|catalan|basque
    |galician|welsh|irish|gaelic|latin|esperanto|albanian|lithuanian|latvian|estonian|georgian
    |armenian|nepali|sign\\ language|asl"""
_NATIONALITY = """american|italian|spanish|german|french|portuguese|dutch|swedish|norwegian|danish
    |finnish|icelandic|polish|czech|slovak|hungarian|romanian|bulgarian|serbian|croatian|slovenian
    |greek|turkish|russian|ukrainian|egyptian|moroccan|tunisian|algerian|nigerian|ghanaian|kenyan
    |ethiopian|south\\ african|israeli|iranian|iraqi|syrian|lebanese|saudi|indian|pakistani
    |bangladeshi|nepali|sri\\ lankan|chinese|taiwanese|japanese|korean|south\\ korean|vietnamese
    |thai|indonesian|malaysian|filipino|filipina|singaporean|australian|new\\ zealander|canadian
    |mexican|brazilian|argentinian|argentine|chilean|colombian|peruvian|venezuelan|ecuadorian|cuban
    |british|english|scottish|welsh|irish|swiss|austrian|belgian|albanian|estonian|latvian
    |lithuanian|belarusian|georgian|armenian|jamaican|dominican|puerto\\ rican"""
_CONDITION = """(?:type\\ (?:1|2|one|two)\\ )?diabetes|(?:mild\\ |severe\\ )?asthma|arthritis
    |rheumatoid\\ arthritis|adhd|add|autism|epilepsy|(?:high|low)\\ blood\\ pressure|hypertension
    |(?:chronic\\ )?migraines?|(?:clinical\\ )?depression|(?:an?\\ )?(?:social\\ |generalized\\ )?
    anxiety(?:\\ disorder)?|(?:chronic\\ )?insomnia|coeliac\\ disease|celiac\\ disease|celiac|eczema
    |psoriasis|hypothyroidism|hyperthyroidism|ibs|crohn's(?:\\ disease)?|multiple\\ sclerosis|ocd
    |ptsd|dyslexia|dyspraxia|scoliosis|tinnitus|sleep\\ apnea|a\\ heart\\ (?:condition|murmur)
    |a\\ bad\\ (?:back|knee|hip|shoulder)|chronic\\ (?:back\\ )?pain|fibromyalgia|endometriosis
    |anemia|anaemia|hay\\ fever|glaucoma|osteoporosis|bipolar\\ disorder|lupus|gout|cancer
    |parkinson's(?:\\ disease)?|vertigo|a\\ pacemaker|pcos|high\\ cholesterol"""
_POSSESSION = """car|bike|bicycle|motorcycle|motorbike|scooter|van|truck|boat|sailboat|kayak|canoe
    |house|cottage|cabin|garden|guitar|piano|violin|cello|drum\\ kit|ukulele|saxophone|camera
    |telescope|drone|camper|campervan|motorhome|tesla|toyota|honda|ford|bmw|audi|volvo|fiat|vespa
    |volkswagen|mercedes|mazda|subaru|nissan|jeep|greenhouse|record\\ player|3d\\ printer|farm"""
_ACTIVITY = """piano|guitar|violin|cello|drums|bass|bass\\ guitar|flute|clarinet|saxophone|trumpet
    |ukulele|harp|banjo|accordion|harmonica|organ|football|soccer|basketball|tennis|table\\ tennis
    |volleyball|baseball|softball|rugby|cricket|golf|hockey|ice\\ hockey|badminton|squash|padel
    |chess|poker|bridge|go|video\\ games|board\\ games|dungeons\\ and\\ dragons|d&d|water\\ polo
    |handball|darts|bowling|pool|billiards|lacrosse|frisbee|pickleball|the\\ \\w+"""
_PRACTICE = """yoga|pilates|karate|judo|taekwondo|boxing|kickboxing|crossfit|martial\\ arts|ballet
    |gymnastics|tai\\ chi|meditation|calligraphy|archery|fencing|jiu-jitsu|aikido|photography
    |woodworking|pottery|ceramics"""
_OUTING = """hiking|running|jogging|swimming|cycling|climbing|rock\\ climbing|bouldering|fishing
    |camping|skiing|snowboarding|surfing|sailing|kayaking|dancing|horse\\ riding|horseback\\ riding
    |birdwatching|skateboarding|rowing|diving|scuba\\ diving|to\\ the\\ gym"""


def _closed(words: str) -> str:
    return "".join(line.strip() for line in words.splitlines())


_CLASSES = {
    "ADVERB": "(?:(?:also|really|truly|absolutely|actually|currently|now|just|still|always|usually|"
    "mostly|mainly|simply|very much|quite|particularly|especially|normally|generally|definitely|"
    "personally|totally|sort of|kind of|kinda|both|already|presently|recently|only|even|do|often|"
    "basically|officially|originally|thoroughly|genuinely) )",
    "AM": "(?:i am|i'm|im|i'm|am) ",
    "I": "(?:i )?",
    "HAVE": "(?:i have|i've got|i have got|i've|i own|we have|we've got|we own|have) ",
    "RELATIVE": _closed(_RELATIVE),
    "PET": _closed(_PET),
    "NUMBER": _NUMBER,
    "LANGUAGE": _closed(_LANGUAGE),
    "NATIONALITY": _closed(_NATIONALITY),
    "CONDITION": _closed(_CONDITION),
    "POSSESSION": _closed(_POSSESSION),
    "ACTIVITY": _closed(_ACTIVITY),
    "PRACTICE": _closed(_PRACTICE),
    "OUTING": _closed(_OUTING),
    "NAMED": "(?:,? (?:named|called) | whose name is |,? (?:his|her|its) name is )",
    "WORD": r"[^\W\d_][\w'-]*",
    "SUBJECTS": r"[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?",
    "MONTH": "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec",
}  # fmt: skip

_RULES = (
    # Who and where.
    Rule("name", r"(?:my (?:full |first )?name(?: is|'s)|name's) (?:actually )?", "is called {value}",
         "full_name", confidence=0.98),
    Rule("name", r"(?:you can call me|please call me|just call me|call me|people call me|"
         r"(?:my friends|everyone|everybody) calls? me|i go by|i'm called|i am called) ",
         "is called {value}", "name", confidence=0.95),
    Rule("name", r"{AM}", "is called {value}", "name", confidence=0.85),
    Rule("name", r"(?:this is |it's )?(?P<value>(?-i:[A-ZÀ-Þ])[\w'-]+) (?:here|speaking)(?=\s*(?:$|[.,!]))",
         "is called {value}", "group"),
    Rule("age", r"{AM}{ADVERB}?(?P<value>\d{1,3}|{NUMBER}|(?:twenty|thirty|forty|fifty|sixty|seventy"
         r"|eighty|ninety)(?:-\w+)?)(?: years? old| years of age| y/?o|(?=\s*(?:$|[.,;!)]|and )))",
         "is {value} years old", "group"),
    Rule("age", r"(?:i (?:just |recently )?turned|i've (?:just )?turned) (?P<value>\d{1,3})(?! \w+ "
         r"(?:into|off|on))", "is {value} years old", "group"),
    Rule("age", r"my age is (?P<value>\d{1,3})", "is {value} years old", "group"),
    Rule("birthday", r"(?:my birthday(?: is|'s)|i was born|i celebrate my birthday)(?: on| in)? "
         r"(?:the )?(?P<value>(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:{MONTH})\b\.?"
         r"(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? (?:19|20)\d\d)?|(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}"
         r"(?:[/.-]\d{2,4})?)", "was born on {value}", "group", past=True),
    Rule("home", r"(?:{I}{ADVERB}*live|{AM}{ADVERB}*living|{AM}{ADVERB}*based|{I}{ADVERB}*reside|"
         r"{AM}{ADVERB}*settled|i've (?:been living|lived)|i have (?:been living|lived)) "
         r"(?:here )?(?:with my [\w ]{2,20} )?(?:just outside(?: of)?|near|in|at) ",
         "lives in {value}", "place"),
    Rule("home", r"(?:{I}{ADVERB}*(?:moved|relocated)|i've {ADVERB}*(?:moved|relocated)|"
         r"i have {ADVERB}*(?:moved|relocated))(?: back| over| here| away)?(?: from [\w ]{2,30}?)? to ",
         "lives in {value}", "place", past=True),
    Rule("home", r"my home(?: town| city)? is (?:now )?(?:in )?", "lives in {value}", "place",
         confidence=0.8),
    Rule("home", r"my address is (?P<value>\d+ [^.;!?]{4,60}|[^.;!?]{4,60} \d+[^.;!?]{0,30})",
         "lives at {value}", "group"),
    Rule("origin", r"(?:{AM}{ADVERB}*|i {ADVERB}*come |i {ADVERB}*hail )(?:originally )?from ",
         "is from {value}", "place"),
    Rule("origin", r"{I}(?:was|grew up|was raised|was born|was born and raised)(?: born| raised|"
         r" born and raised| and raised| and grew up)? in ", "is from {value}", "place", past=True),
    Rule("origin", r"my (?:hometown|home town|home country) is ", "is from {value}", "place"),
    Rule("nationality", r"(?:{AM}|my nationality is ){ADVERB}*(?:an? )?(?P<value>(?:half[ -])?"
         r"(?:{NATIONALITY})(?:[- ](?:{NATIONALITY}))?)(?: citizen| national| by birth)?"
         r"(?=\s*(?:$|[.,;!()]|and |but |so |by |from |living |who ))", "is {value}", "group"),
    # Work and study.
    Rule("job", r"(?:{I}{ADVERB}*work|{AM}{ADVERB}*(?:working|employed)|i've (?:been working|worked)|"
         r"i have (?:been working|worked)|i make (?:a|my) living|i earn my living)(?: full[- ]time|"
         r" part[- ]time| remotely| freelance)? as (?:an? |the )?", "works as {article}{value}",
         "work", confidence=0.95),
    Rule("job", r"(?:my (?:job|profession|occupation|job title|current job|day job) is |"
         r"by (?:profession|trade),? {AM})(?:being |to be |working as )?(?:an? )?",
         "works as {article}{value}", "job"),
    Rule("job", r"{AM}{ADVERB}*(?:an? |the )", "is {article}{value}", "job"),
    Rule("job", r"{I}{ADVERB}*work in (?=[a-z])(?!the |an? )", "works in {value}", "work",
         confidence=0.8),
    Rule("job", r"{AM}{ADVERB}*(?P<value>retired|unemployed|self-employed|between jobs)",
         "is {value}", "group"),
    Rule("employer", r"(?:{I}{ADVERB}*work|{AM}{ADVERB}*(?:working|employed)|i've (?:been working|"
         r"worked)|{AM}{ADVERB}*(?:an? |the ){WORD}(?: {WORD}){0,3}?)(?: as (?:an? )?{WORD}"
         r"(?: {WORD}){0,3}?)?(?: full[- ]time| part[- ]time| remotely)? (?:at|for|with|by) ",
         "works for {value}", "employer"),
    Rule("job", r"i (?P<value>teach \w+(?: \w+)?)(?=\s*(?:$|[.,;!]|at|in|to|and|for) ?)", "{value}", "group",
         confidence=0.8),
    Rule("employer", r"my (?:employer|company) is (?:called )?", "works for {value}", "employer"),
    Rule("employer", r"{I}(?:just |recently )?(?:got a job|started a new job|started working|"
         r"started work|joined) (?:at |for )", "works for {value}", "employer", past=True),
    Rule("study", r"(?:{I}{ADVERB}*study|{AM}{ADVERB}*(?:studying|majoring in|doing (?:a |my )?(?="
         r"(?:phd|ph\.d|master|bachelor|degree))|pursuing (?:a |my )?))\s*", "studies {value}"),
    Rule("study", r"(?:my major is|i major in|i'm a major in) ", "studies {value}"),
    Rule("study", r"{AM}{ADVERB}*(?:an? )(?P<value>(?:(?!(?:exchange|good|bad|fast|visual)\b){WORD} )"
         r"{1,3}(?:student|major|undergraduate|undergrad)|(?:phd|student|undergraduate|freshman|"
         r"sophomore)(?: student)?(?: (?:of|in) {WORD}(?: {WORD})?)?)(?! of life)", "is a {value}",
         "group"),
    Rule("study", r"{AM}{ADVERB}*(?:an? )(?:{WORD} )?student at ", "studies at {value}",
         "employer"),
    Rule("study", r"(?:{HAVE})(?P<value>(?:an? )?(?:bachelor'?s?|master'?s?|phd|doctorate|degree|mba)"
         r"(?: degree)?(?: (?:in|of) {WORD}(?: {WORD}){0,2})?)", "has {value}", "group"),
    Rule("study", r"i (?:graduated|have graduated|got my degree|majored)(?: in| from| with a degree in)"
         r" ", "graduated in {value}", past=True, confidence=0.8),
    # People and animals.
    Rule("relationship", r"(?:{AM}|i've been |i got ){ADVERB}*(?:happily )?(?P<value>married(?: to "
         r"(?:a |an |my )?{WORD})?|single|engaged(?: to {WORD})?|divorced|widowed|a widow|a widower|"
         r"in a (?:long-distance |long-term |committed )?relationship|separated)"
         r"(?=\s*(?:$|[.,;!()]|and |but |with |for |since |now|so |these ))", "is {value}", "group",
         past=True),
    Rule("relationship", r"(?:{HAVE})an? (?P<value>(?:wonderful |lovely |new )?(?:girlfriend|boyfriend|"
         r"wife|husband|partner|fiancée?))(?:{NAMED}[A-Z]{WORD})?", "has a {value}", "group"),
    Rule("family", r"{HAVE}(?:also )?", "has {value}", "item", many=True,
         item=r"(?P<value>(?:an? |{NUMBER} |no )?(?:(?:older|younger|elder|little|big|baby|twin|small|"
         r"grown|adult|teenage|beautiful|lovely|wonderful|young|identical|\d+-year-old) ){0,2}"
         r"(?:{RELATIVE})(?:s|ren)?(?:{NAMED}[^,.;]+)?|(?:{NUMBER} )?(?:children|kids|"
         r"siblings|grandchildren|boys|girls|twins|sons))(?: .{0,40})?"),
    Rule("family", r"(?:my|our) (?:(?:older|younger|elder|little|big|baby|twin|eldest|oldest|youngest|late|"
         r"dear) )?(?P<key>{RELATIVE})(?:'s name is| is (?:called|named)|{NAMED})", "{key}: {value}",
         "name", value="{key}: {value}", anywhere=True),
    Rule("family", r"(?:my|our) (?:(?:older|younger|elder|little|big|baby|twin|eldest|oldest|youngest) )?"
         r"(?P<key>{RELATIVE}),? (?P<value>(?-i:[A-Z][a-zà-ÿ]+))(?!['\w])", "{key}: {value}", "group",
         value="{key}: {value}", anywhere=True, confidence=0.8),
    Rule("family", r"{AM}{ADVERB}*(?:an? )?(?:proud )?(?P<value>(?:single |stay-at-home )?(?:mother|"
         r"father|mom|mum|dad|parent|grandmother|grandfather|grandma|grandpa)(?: of (?:{NUMBER})"
         r"(?: {WORD})?| to (?:an? |{NUMBER} )?{WORD}(?: {WORD})?)?|an only child)"
         r"(?=\s*(?:$|[.,;!()]|and |but |so |now))", "is a {value}", "group"),
    Rule("pet", r"(?:{HAVE}|i (?:just |recently )?(?:adopted|rescued|got) |i've (?:just |recently )?"
         r"adopted |{I}live with )(?:also )?", "has {article}{value}", "item", many=True, past=True,
         item=r"(?:an? |my )?(?P<value>(?:(?:{NUMBER}) )?(?:{WORD} ){0,2}?(?:{PET})s?(?:{NAMED}.+)?)"
         r"(?: (?:at home|from|who|that|too|as).*)?"),
    Rule("pet", r"(?:my|our) (?:{WORD} )?(?P<key>{PET})(?:'s name is| is (?:called|named)|'s called|{NAMED})",
         "has a {key} called {value}", "name", value="{key}: {value}", anywhere=True),
    Rule("pet", r"(?:my|our) (?:{WORD} )?(?P<key>{PET})s?,? (?P<value>(?-i:[A-Z][a-zà-ÿ]+))(?!['\w])",
         "has a {key} called {value}", "group", value="{key}: {value}", anywhere=True,
         confidence=0.8),
    # Tastes.
    Rule("favorite", r"(?:my|one of my)(?: all-time| absolute)* favou?rite (?P<key>(?!part|thing|one|"
         r"moment|memory|bit|way|time|person)(?:{WORD} ){0,2}?{WORD})(?: of all time)?(?: is|'s| has "
         r"(?:always|to) be(?:en)?| are|:) (?:definitely |probably |actually |called |always )?",
         "favourite {key}: {value}", value="{key}: {value}", confidence=0.95),
    Rule("favorite", r"(?P<value>(?!what|it|that|this|which|who|these|those|they|he|she|one|here)"
         r"{WORD}(?: {WORD}){0,3}?)(?: is|'s| are) (?:definitely |actually |probably )?my (?:all-time |"
         r"absolute )?favou?rite (?P<key>(?!part|thing|one|moment|memory|bit|way|time|person){WORD}"
         r"(?: {WORD})?)(?=\s*(?:$|[.,;!()]|and |but |to |of |in |for ))", "favourite {key}: {value}", "group",
         value="{key}: {value}", anywhere=False),
    Rule("dislikes", r"(?:i {ADVERB}*(?:hate|dislike|detest|loathe|despise|can't stand|cannot stand|"
         r"can't bear|don't like|do not like|don't enjoy|don't care for|can't stand)|i'm not (?:a (?:big|"
         r"huge|great) )?(?:fan of|fond of|keen on|into)|i am not (?:a (?:big |huge |great )?fan of|"
         r"fond of|keen on|into)) (?:to |eating |the taste of )?", "dislikes {value}", many=True,
         negated=True),
    Rule("likes", r"(?:i {ADVERB}*(?:love|like|enjoy|adore)|i'm {ADVERB}*(?:a (?:big |huge |great |real "
         r"|massive )?(?:fan of|lover of)|fond of|into|keen on|passionate about|crazy about|obsessed "
         r"with|addicted to|mad about)|i am {ADVERB}*(?:a (?:big |huge |great |real |massive )?(?:fan of|"
         r"lover of)|fond of|into|keen on|passionate about|crazy about|obsessed with)|i'm a big fan of)"
         r"(?: very much)? (?:to |both )?", "likes {value}", many=True, confidence=0.85),
    Rule("hobby", r"(?:my (?:main |favou?rite |biggest )?(?:hobby is|hobbies are|hobbies include|passion "
         r"is|passions are|pastime is)|i have a passion for|one of my hobbies is) (?:playing )?",
         "hobby: {value}", many=True),
    Rule("hobby", r"in my (?:free|spare) time,? i (?:{ADVERB}*(?:like|love|enjoy) (?:to )?)?",
         "in free time: {value}", many=True),
    Rule("hobby", r"{I}{ADVERB}*(?P<value>play (?:the )?(?:{ACTIVITY})|collect {WORD}(?: {WORD})?|"
         r"(?:do|practice|practise) (?:{PRACTICE})|go (?:{OUTING}))(?=\s*(?:$|[.,;!()]|and |but |with |"
         r"in |at |every |on |for |since |when |as |a lot|twice|once|three|each|most))", "{value}",
         "group", confidence=0.8),
    # Body, things, ways to reach.
    Rule("language", r"(?:{I}{ADVERB}*speak|{AM}{ADVERB}*fluent in|my (?:native language|mother tongue|"
         r"first language|native tongue)(?: is|'s)) (?:fluent |some |a little |a bit of |both |good |"
         r"basic )?", "speaks {value}", "item", many=True,
         item=r"(?:fluent |some |a little |a bit of |basic |good |conversational )?"
         r"(?P<value>{LANGUAGE})(?: (?:fluently|at home|at work|well|with|as|natively|quite|very|"
         r"pretty|too).*)?"),
    Rule("language", r"{AM}{ADVERB}*a native (?P<value>{LANGUAGE}) speaker", "speaks {value}",
         "group"),
    Rule("goal", r"{AM}{ADVERB}*(?P<value>learning (?:how )?(?:{LANGUAGE}|to (?:play|speak|drive|swim|"
         r"cook|sew|paint|draw|code|dance|sail|ski|surf)(?: {WORD}){0,3}))", "is {value}", "group",
         confidence=0.8),
    Rule("goal", r"my (?:\w+ )?(?:goal|dream|ambition|aim|objective|resolution|new year's resolution)"
         r"(?: for \w+(?: \w+)?)?(?: is|'s) (?:to )?", "wants to {value}", most_words=12),
    Rule("goal", r"(?:i {ADVERB}*(?:want|hope|plan|intend|aim|dream of)|i'm {ADVERB}*(?:planning|hoping|"
         r"aiming|training|saving up|saving|studying|working hard)|i am {ADVERB}*(?:planning|hoping|"
         r"aiming|training|saving up|saving)|i'd {ADVERB}*(?:love|like)|i would {ADVERB}*(?:love|like)) "
         r"(?:to )?(?:one day |someday |eventually )?(?=(?:become|becoming|be an? \w+|learn|run (?:a|the|my"
         r"|in)|open (?:a|my)|start (?:a|my)|write a|publish|lose \d|lose weight|quit smoking|retire|"
         r"buy a (?:house|home|car|boat|flat|new)|get my (?:degree|licen|phd|master)|climb|move to [A-Z]|"
         r"finish my|complete my|for (?:a|an|the|my) \w+ ?(?:marathon|house|car|trip|race|triathlon|"
         r"wedding|half)))", "wants to {value}", most_words=12, confidence=0.8),
    Rule("allergy", r"{AM}{ADVERB}*(?:severely |very |highly |deathly |badly |slightly |mildly )?"
         r"(?:allergic|intolerant) to (?:all )?", "is allergic to {value}", many=True, confidence=0.95),
    Rule("allergy", r"{HAVE}(?:an? )?(?:severe |bad |serious |mild |slight |strong )?(?:allergy|"
         r"intolerance) to ", "is allergic to {value}", many=True, confidence=0.95),
    Rule("allergy", r"{HAVE}(?:an? )?(?:severe |bad |serious |mild |slight |strong )?(?P<value>{WORD})"
         r"(?: (?:allergy|allergies|intolerance))", "is allergic to {value}", "group"),
    Rule("allergy", r"{AM}{ADVERB}*(?P<value>(?:lactose|gluten|fructose|histamine)[- ]intolerant)",
         "is {value}", "group"),
    Rule("diet", r"(?:{AM}|i've been |i went |i've gone |i became |i {ADVERB}*eat |i have been )"
         r"{ADVERB}*(?:an? )?(?P<value>(?:strict |lifelong )?(?:vegetarian|vegan|pescatarian|"
         r"pescetarian|flexitarian|gluten[- ]free|dairy[- ]free|halal|kosher|keto|plant[- ]based|"
         r"teetotal|teetotaler|raw vegan))(?=\s*(?:$|[.,;!()]|and |but |so |for |since |now|because|"
         r"by |diet|food|meat))", "is {value}", "group", past=True),
    Rule("diet", r"(?P<value>(?:i )?(?:don't|do not|never) (?:eat|drink) (?:any )?(?:red )?(?:meat|pork|"
         r"beef|fish|dairy|gluten|eggs|sugar|seafood|animal products|alcohol|coffee|shellfish)"
         r"(?: or \w+)?)", "{value}", "group", negated=True),
    Rule("diet", r"(?:i'm on|i am on|i follow|i'm following|i keep to) (?:an? )?(?P<value>(?:strict )?"
         r"(?:{WORD}|low-carb|gluten-free) diet)", "follows a {value}", "group"),
    Rule("health", r"(?:{HAVE}|i suffer from |i was (?:recently )?diagnosed with |i've been (?:recently )?"
         r"diagnosed with |i live with |i struggle with )(?P<value>{CONDITION})", "has {value}", "group", past=True),
    Rule("health", r"{AM}{ADVERB}*(?:an? )?(?P<value>(?:type (?:1|2|one|two) )?diabetic|asthmatic|"
         r"epileptic|dyslexic|autistic|coeliac|celiac|colou?r[- ]?blind|deaf|blind|pregnant|"
         r"hard of hearing|short-sighted|nearsighted|left-handed|anemic|anaemic)"
         r"(?=\s*(?:$|[.,;!()]|and |but |so |with |in ))", "is {value}", "group"),
    Rule("possession", r"{HAVE}(?:also )?", "has {article}{value}", "item", many=True,
         item=r"(?:an? )?(?P<value>(?:{NUMBER} )?(?:[\w-]+ ){0,3}?(?:{POSSESSION})s?)(?: (?:in|at|from|"
         r"that|which|with).*)?"),
    Rule("possession", r"i (?:{ADVERB}*drive|{ADVERB}*ride|(?:just |recently )?bought|(?:just )?got) "
         r"(?:myself )?(?:an? )", "has a {value}", "item", past=True,
         item=r"(?P<value>(?:[\w-]+ ){0,3}?(?:{POSSESSION})(?: [\w-]+)?)"),
    Rule("phone", r"(?:my (?:phone|mobile|cell|cellphone|telephone)?(?: phone)?(?: number)?(?: is|'s|:)|"
         r"(?:you can )?(?:call|text|reach|ring|phone) me (?:at|on)) (?P<value>\+?\d[\d ()./-]{5,}\d)",
         "phone: {value}", "group", confidence=0.98),
    Rule("email", r"(?:my (?:work |personal |new )?e-?mail(?: address)?(?: is|'s|:)|(?:you can )?(?:email|"
         r"e-mail|reach|write to|write|contact) me (?:at|on)) (?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
         "email: {value}", "group", confidence=0.98),
)  # fmt: skip

_AGENT_RULES = (
    Rule("agent", r"(?:my name is|my name's|i'm called|you can call me|call me) ", "is called {value}",
         "full_name"),
    Rule("agent", r"{AM}(?P<value>(?:{WORD}, )?(?:an? |your )(?:(?:{WORD}|ai-powered) ){0,3}(?:ai|"
         r"assistant|chatbot|bot|language model|companion|agent|tutor|coach|program|robot)"
         r"(?: (?:assistant|model|companion|friend|tutor))?)", "is {value}", "group"),
    Rule("agent", r"{AM}(?=[A-Z])", "is called {value}", "name", confidence=0.8),
    Rule("agent", r"(?:i|i'd|i would|i'll|i can) (?:highly |strongly |definitely |also |really )?"
         r"(?P<verb>(?:recommend|suggest)(?:ed)?) (?:you )?(?:try|trying|read|reading|watch|watching|visit|"
         r"visiting|listening to|checking out|check out|starting with)? ?(?=[\"“A-Z]|the (?:book|movie|"
         r"film|novel|series|restaurant|podcast|album|museum|app|game|song|show)\b)",
         "{verb} {value}", value="{verb} {value}", many=True, past=True, most_words=10),
    Rule("agent", r"i (?P<value>(?:can(?:'t|not)?(?: only)? (?:read|see|access|browse|send|speak|generate|create|analy[sz]e|"
         r"remember|search|open|hear|process|translate|call|remind|draw|run|write|set)|speak|(?:don't|do not) (?:have "
         r"(?:access|memory|a memory|internet|feelings)|remember|keep|store)|keep notes)[^.,;:!?]{0,60})", "{value}", "group",
         negated=True, confidence=0.8),
    Rule("agent", r"i(?:'ve| have)? (?:just |already )?(?P<verb>booked|reserved|scheduled|added|sent|"
         r"ordered|created|set up|saved|updated|cancelled|canceled|placed|drafted) ",
         "{verb} {value}", value="{verb} {value}", past=True),
)  # fmt: skip

GRAMMAR = Grammar(
    language="en",
    classes=_CLASSES,
    rules=_RULES,
    agent_rules=_AGENT_RULES,
    cue=r"\b(?:i|im|my|me|we|our|name's)\b",
    subject=r"(?:i|i'm|im|i've|we|we've|our|my|one of my|name's|\w+ here(?=\s*(?:$|[.,!]))|by profession|by trade|in my|(?:you can |please |just )?(?:call|"
    r"reach|text|email|e-mail|contact|ring|phone|write)(?: to)? me|people call me|everyone calls|this is|"
    r"it's \w+ here|[\w ']{2,40}(?:is|are|'s) (?:\w+ )?my (?:all-time |absolute )?favou?rite)(?!\w)",
    lead_ins=r"hi|hello|hey|hey there|hi there|hello there|good (?:morning|afternoon|evening)|well|so|"
    r"oh|ah|yes|yeah|yep|no|nope|ok|okay|and|but|also|actually|by the way|btw|as you know|honestly|"
    r"personally|thanks|thank you|nice to meet you|sure|of course|right|anyway|besides|plus|then|for "
    r"me|in fact|fun fact|just so you know|for the record|fyi|remember(?: that)?|note that|you know|"
    r"to be honest|frankly|currently|right now|at the moment|nowadays|these days|as for me|me too|same "
    r"here|great|wow|haha|lol|a bit about me|about me|originally|now|today|professionally|because|"
    r"since|as|one thing to remember|please remember(?: that)?|good to know|cool|i mean|guess what",
    coordinators=r"and|but|so|because|cos|coz|cuz|bc|plus|also|then|although|though|while|whereas|since|as|where|that",
    conjunction=r"and|&|or|as well as|plus|nor",
    borders=r"because|but|when|whenever|which|who|whom|whose|that|since|while|so|if|as|although|though|"
    r"where|and (?:i|i'm|i've|my|we|it|he|she|they|you|that|this|am|have|work|live|love|like|hate|"
    r"enjoy|speak|study|would|want|need|can|will|do|think|am|just|also|really|our|there|was|been|am)|"
    r"or (?:i|something|anything)|for \d+ \w+|for (?:many|several|a few|a|two|three|four|five|six|ten|"
    r"over|almost|about|nearly|the past|the last|years)|from time|thanks|thank|please|in (?:19|20)\d\d|"
    r"last|this (?:year|month|week|summer|morning)|more than|even|after|before|until|whether|to (?:relax|"
    r"unwind|stay|keep|help)|every|on (?:weekends|sundays|saturdays|mondays|fridays)|together|during|"
    r"ever|is|are|was|makes|since|except|with (?:my|our|his|her|you|him|them)|is my|too much|"
    r"especially|such as|like|by the way|including",
    place_borders=r"at|for|in|with|from|near|on|by|and|to|between|not far|about|outside|these|right|now|"
    r"here|just|under|over|or|into|too|full[- ]time|part[- ]time|myself|then|out of",
    tails=r"too|as well|also|so much|very much|a lot|now|right now|currently|these days|at the moment|"
    r"nowadays|actually|though|lol|haha|btw|in general|again|anyway|myself|already|the most|most|best|"
    r"more|much|either|all the time|at all|here|today|sometimes|of course|always|for sure|really|"
    r"at home|from home|full[- ]time|part[- ]time|any ?more|in particular|guys|dude|man|sir|deeply|"
    r"dearly|badly|for now|lately|recently|honestly|out here|over here|:\)",
    blocked="""
        it it's its that this these those you you'd him her hers them us me my mine your yours his their
        our how what when where why who which if to there being having seeing hearing knowing getting
        the all every everything some any anything one such so not no nothing both more most another he
        she we they i i'm i've i'd i'll be is are was were do does did will would could can might may
        on at by of from out up very too just only really and or but because than then well even with
        without while since about as into like someone something everyone somebody people as a_lot here
        going doing making think know idea find having been thinking talking finding getting thanks
        looking trying feeling am let let's maybe perhaps keep those much many also never always still
        """,
    not_names="""
        sorry sure fine good great okay ok happy sad tired new here back done ready glad busy sick free
        home late early lost afraid single married vegan vegetarian catholic christian muslim jewish
        hindu buddhist protestant atheist agnostic republican democrat liberal conservative gay
        lesbian bi trans queer adhd autistic english british american african asian european monday
        tuesday wednesday thursday friday saturday sunday january february march april june july
        august september october november december i me you it he she they we god santa batman fine
        italian spanish german french portuguese dutch swedish norwegian danish finnish polish czech
        hungarian romanian bulgarian serbian croatian greek turkish russian ukrainian egyptian indian
        chinese japanese korean vietnamese thai canadian mexican brazilian argentinian chilean
        colombian peruvian cuban scottish welsh irish swiss austrian belgian australian nigerian
        kenyan moroccan team just so very not all in at on from going christmas ramadan ai chatgpt
        """,
    after_name=r"from|btw|with|at|just|looking|calling|writing|again|and|but|here|by|nice|i|i'm|an? |a|the|your|from|who|your|your|or|in|speaking|living",
    employers=r"company|startup|start-up|bank|hospital|school|university|college|restaurant|clinic|firm|"
    r"shop|store|supermarket|hotel|agency|museum|library|factory|bakery|cafe|café|airport|airline|"
    r"ministry|government|city council|council|newspaper|publisher|publishing house|law firm|studio|lab|"
    r"laboratory|institute|office|department|pharmacy|kindergarten|nursery|nonprofit|non-profit|ngo|"
    r"charity|bookstore|bookshop|salon|gym|farm|warehouse|theatre|theater|zoo|call center|call centre|"
    r"practice|consultancy|corporation|foundation|post office|police|army|navy|care home|nursing home",
    job_words="""
        doctor nurse teacher lawyer attorney engineer developer programmer architect designer student
        chef cook waiter waitress barista bartender baker butcher farmer fisherman gardener florist
        carpenter plumber electrician mechanic welder builder painter artist musician singer actor
        actress dancer writer author journalist editor translator interpreter photographer filmmaker
        director producer manager accountant auditor banker broker analyst consultant economist
        scientist researcher chemist physicist biologist mathematician statistician geologist
        historian philosopher psychologist psychiatrist psychotherapist therapist counselor counsellor
        coach trainer physiotherapist dentist surgeon pharmacist veterinarian vet paramedic midwife
        optician dietitian nutritionist pilot flight_attendant driver courier postman mailman sailor
        soldier policeman policewoman police_officer officer detective firefighter judge secretary
        receptionist assistant administrator clerk cashier salesman saleswoman salesperson realtor
        estate_agent entrepreneur founder ceo cto cfo executive freelancer librarian curator
        archaeologist anthropologist sociologist professor lecturer tutor principal headmaster
        janitor cleaner housekeeper nanny babysitter caregiver carer housewife homemaker
        stay-at-home_mom stay-at-home_dad intern apprentice tailor seamstress hairdresser barber
        beautician model stylist potter blacksmith jeweler jeweller watchmaker cobbler locksmith
        politician diplomat priest pastor rabbi nun monk social_worker technician operator supervisor
        foreman pediatrician paediatrician cardiologist radiologist dermatologist neurologist
        oncologist anesthesiologist geneticist copywriter blogger youtuber streamer illustrator
        animator sculptor composer conductor violinist pianist guitarist drummer dj comedian poet
        novelist screenwriter data_scientist marketer recruiter planner surveyor inspector
        astronomer astronaut meteorologist biochemist microbiologist zoologist botanist
        ecologist linguist sommelier beekeeper brewer winemaker zookeeper lifeguard athlete
        footballer referee instructor guide tour_guide bookseller bookkeeper barrister solicitor
        paralegal notary sysadmin webmaster data_engineer devops product_owner scrum_master
        """,
    job_endings=r"[a-z]{3,}ologist|[a-z]{4,}ographer|[a-z]{3,}atrician|[a-z]{3,}smith",
    not_jobs=r"person|fan|lover|member|mother|father|mom|mum|dad|parent|brother|sister|wife|husband|friend|"
    r"girl|boy|woman|man|guy|human|believer|beginner|bit|lot|little|mess|team|whole|result|good|great|bad|"
    r"terrible|horrible|huge|big|slow|fast|night|morning|early|heavy|light|former|ex|aspiring|wannabe|"
    r"hobby|amateur|would-be|future|retired|it|always|usual|joke|follower|usual|teenager|child|kid|"
    r"trainee for|part of|better|worse|natural|born|secret|picky|home cook|decent|keen|avid|passionate|"
    r"terrible|lousy|student of life|visual|self-taught cook|model student|team player|people",
    negation=r"not|never|no longer|no|nor|neither|nobody|none|hardly|barely|\w+n't|cannot|cant|dont|isnt|"
    r"without ever|anything but|far from|no more",
    past=r"used to|was|were|when i was|back then|in those days|years ago|as a child|as a kid|in the past|"
    r"formerly|had been|had|until (?:last|recently)|once upon|previously|in college i|ex|at the time",
    doubt=r"maybe|perhaps|probably|possibly|might|(?<!\d )may (?=[a-z])(?!\d|19|20)|could|should|would(?! (?:love|like) to)|almost|"
    r"supposedly|hopefully|i (?:think|guess|suppose|feel like|believe) i|not sure|pretend|jokingly|"
    r"kidding|joking|as though|like i'm|wish|hope i|soon|someday i|tomorrow i|next (?:year|month) i",
    condition=r"if|unless|whether|suppose|supposing|imagine|imagining|assuming|as if|wish|in case|"
    r"(?:he|she|they|who|people|someone|somebody|everyone|friend|brother|sister|mother|father|mom|mum|"
    r"dad|boss|colleague|neighbou?r|wife|husband|teacher|doctor|tom|anna|you|cousin|aunt|uncle|son|"
    r"daughter|roommate|guy|girl|woman|man|client|manager|it) (?:just |always |once |often |also |then )?"
    r"(?:said|says|say|told|tells|claims?|claimed|thinks?|thought|wrote|writes|asked|replied|"
    r"answered|shouted|insists?|insisted|believes?|mentioned|goes|went like|keeps saying|joked)|"
    r"i (?:dreamt|dreamed|had a dream|told (?:him|her|them|my)|said|lied|pretended|joked|read|heard)|"
    r"(?:said|says|wrote|replied|asked|whispered|shouted) (?:the|my|a|[A-Z])|quote|lyrics?|song goes|"
    r"slogan|motto|sentence|phrase|proverb|saying goes|title is|"
    r"for example|e\.g|let's say|just kidding|jk|according to",
    unreal=r"first[- ]person|diary entry|(?:first|opening|next|last) (?:chapter|line|scene|paragraph)|(?:my|the|a|our|this) (?:character|protagonist|hero|heroine|narrator|persona|avatar)|in (?:my|"
    r"the|this|a|our) (?:novel|story|game|movie|film|play|book|dream|song|scene|role|script|screenplay|"
    r"series|musical)|role-?play|let's (?:play|pretend|imagine|say)|pretend(?:ing)?|imagine|act as|"
    r"once upon a time|hypothetical\w*|what if|in another life|in a (?:past|previous|former) life|fictional|"
    r"short story|(?:write|draft|compose|generate|create|finish|continue|complete) (?:me )?(?:an?|the|this|my|"
    r"some) (?:\w+ ){0,3}(?:story|poem|email|e-mail|letter|post|bio|speech|essay|dialogue|message|text|"
    r"novel|script|song|tweet|review|scene|cv|resume|résumé|introduction|monologue|paragraph|ad|"
    r"advertisement|blog|caption|character|profile|sentence)|here(?:'s| is) (?:the|my|a|an) (?:text|email|"
    r"letter|story|draft|poem|essay|quote|script|message|dialogue)|my (?:short )?(?:story|novel|poem|play|"
    r"screenplay|essay) (?:begins|starts|opens|goes|is about)|the following|as a joke|in the voice of|"
    r"from the (?:perspective|point of view) of|speaking as|posing as",
    task=r"translat(?:e|ion|ing)|proofread|rephrase|paraphrase|rewrite|reword|summari[sz]e|spell-?check|"
    r"correct (?:this|the|my|these) (?:sentences?|text|grammar|paragraph|email|essay|letter)|fix (?:the|my|this) "
    r"(?:grammar|sentence|text|typos|email)|how (?:do|would|can) (?:you|i|we) say|what does .{1,60} mean|"
    r"how to say|is (?:this|that|it|the) (?:sentence )?(?:grammatically )?correct|is (?:this|the) sentence|"
    r"in (?:italian|spanish|german|french|latin|english|japanese|chinese)[:?]|"
    r"(?:sample|example|dummy|placeholder) (?:text|data|sentence|input|profile)|(?:use|using|take) this as|"
    r"grammar check|check the grammar|conjugate",
    announcement=r"so|remember|note|know|about me|important|before we (?:go on|start)|by the way|fyi|update|context|"
    r"background|fun fact|the thing is|anyway|confession|truth is|heads up|fair warning|reminder|ps|p\.s|"
    r"basically|honestly|keep in mind|for the record|thing to remember",
    question=r"(?:what|who|where|why|how|which|when)(?:'s|'re)?|can|could|would|will|should|do|does|did|is|are|am i|"
    r"any|got any|have you|has|may i|shall|and you|what about|how about|help|please|pls|thoughts|ideas|tips|"
    r"suggestions|know (?:any|of)|whats|hows|wanna|mind if|recommend|isn't|aren't|don't you|or (?:is|are|do|not)|"
    r"you know|(?:whats|what's) good",
    introduction="I'm ",
    articles="an? ",
    since=r"(?:since|in|from) (?:\w+ )?(?P<year>(?:19|20)\d\d)",
    character={
        ("order", "high"): r"organi[sz]ed|tidy|neat|orderly|methodical|neat freak|perfectionist",
        ("order", "low"): r"messy|disorgani[sz]ed|untidy|chaotic",
        ("conscientiousness", "high"): r"disciplined|conscientious|reliable|diligent|hard-?working|"
        r"punctual|responsible|workaholic",
        ("conscientiousness", "low"): r"procrastinator|lazy",
        ("extraversion", "high"): r"extrovert(?:ed)?|extravert(?:ed)?|outgoing|sociable|social|"
        r"people person|talkative",
        ("extraversion", "low"): r"introvert(?:ed)?|shy|quiet|reserved|loner",
        ("neuroticism", "high"): r"anxious|worrier|nervous|sensitive|overthinker",
        ("neuroticism", "low"): r"calm|relaxed|laid-back|easy-?going|level-headed",
        ("openness", "high"): r"curious|open-minded|adventurous|adventure seeker",
        ("agreeableness", "high"): r"kind|patient|empathetic|warm|friendly|agreeable|peacemaker",
        ("creative expression", "high"): r"creative|artistic",
        ("autonomy", "high"): r"independent",
        ("directness in conflict", "high"): r"direct|blunt|straightforward",
        ("achievement", "high"): r"ambitious|competitive|goal-oriented|driven",
        ("investment risk", "low"): r"risk-averse|cautious",
        ("saving", "high"): r"frugal|thrifty|saver",
        ("humor", "high"): r"funny|humorous",
    },
    character_frame=r"(?:(?:i'm|i am|im) (?:also |just |generally |definitely )?(?:(?P<value>(?:an? )(?:very |"
    r"really |quite |extremely |fairly |pretty |rather |highly |bit of an? )?{CHARACTER}(?: (?:and \w+ )?(?:"
    r"person|guy|girl|woman|man|type|soul|individual))?)(?=\s*(?:$|[.,;!]|and |but |so |by |who ))))|"
    r"i consider myself (?:to be )?(?P<self>(?:an? )?(?:very |quite )?{CHARACTER})",
    interests={
        "music": "jazz rock pop opera music metal blues reggae hip-hop rap guitar piano violin concerts "
        "singing techno beatles mozart bach",
        "cinema": "movie movies film films cinema",
        "gaming": "video_games videogames board_games gaming games chess",
        "anime": "anime manga",
        "sports": "football soccer basketball tennis volleyball baseball rugby cricket golf hockey sport "
        "sports swimming surfing skiing climbing rock_climbing skateboarding boxing",
        "fitness": "gym running yoga pilates jogging workout crossfit weightlifting fitness",
        "travel": "travel travelling traveling trips",
        "outdoors": "hiking nature outdoors mountains walks forest fishing birdwatching trekking gardening",
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
)  # fmt: skip
