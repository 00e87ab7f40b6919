"""Forms that no stemmer reaches from their base: went, gone -> go. By language.

Each line is a base followed by its forms.
"""

from __future__ import annotations

_ENGLISH = """
arise arose arisen
beat beaten
become became
begin began begun
bend bent
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
come came
creep crept
deal dealt
dig dug
do did done
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
fly flew flown
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go went gone
grow grew grown
hang hung
have had has
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lay laid
lead led
lean leant
leap leapt
learn learnt
leave left
lend lent
lie lay lain
light lit
lose lost
make made
mean meant
meet met
overcome overcame
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
sew sewn
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
speak spoke spoken
spend spent
spin spun
spring sprang sprung
stand stood
steal stole stolen
stick stuck
strike struck
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
understand understood
wake woke woken
wear wore worn
weave wove woven
win won
withdraw withdrew withdrawn
write wrote written
child children
foot feet
goose geese
half halves
knife knives
man men
mouse mice
person people
shelf shelves
thief thieves
tooth teeth
wife wives
wolf wolves
woman women
good better best
bad worse worst
far further farther
"""

_ITALIAN = """
andare vado vai va andiamo vanno andavo andava andai
venire vengo vieni viene vengono venuto venuta venni
bere bevo bevi beve bevono bevuto
dire dico dici dicono detto dissi disse
fare faccio fai facciamo fanno facevo faceva feci fece
dare do dai dà danno dato
leggere letto lessi lesse
scrivere scritto scrissi scrisse
vedere visto vista vidi vide
prendere preso presa presi
mettere messo messa misi
chiedere chiesto chiesi
vivere vissuto vissi visse
nascere nato nata nacque
morire muore morto morta
uscire esco esci esce escono
scegliere scelgo scelto scelsi
rimanere rimango rimasto rimasta
perdere perso persa
vincere vinto vinsi
correre corso corsi
sapere so sai sa sanno seppi
volere voglio vuoi vuole vogliono volle
potere posso puoi può possono
dovere devo devi deve devono
tenere tengo tieni tiene tengono
uomo uomini
"""

_SPANISH = """
ir voy vas va vamos van iba ibas íbamos iban fui fuiste fue fuimos fueron yendo
venir vengo vienes viene vienen vine vino vinieron
decir digo dices dice dicen dije dijo dijeron dicho
hacer hago haces hace hacen hice hizo hicieron hecho
tener tengo tienes tiene tienen tuve tuvo tuvieron
poner pongo pones pone ponen puse puso puesto
ver veo ves ve ven vi vio visto
dar doy das da dan di dio dieron
saber sé sabes sabe saben supe supo
querer quiero quieres quiere quieren quise quiso
poder puedo puedes puede pueden pude pudo
traer traigo traje trajo trajeron
salir salgo sales sale salen
leer leyó leyeron leído
escribir escrito escrita
volver vuelvo vuelves vuelve vuelven vuelto
dormir duermo duermes duerme duermen durmió
jugar juego juegas juega juegan
empezar empiezo empiezas empieza empiezan
pensar pienso piensas piensa piensan
conocer conozco
morir muere murió muerto muerta
romper roto rota
abrir abierto abierta
"""

_GERMAN = """
gehen ging gingen gegangen
kommen kam kamen gekommen
fahren fährst fährt fuhr fuhren gefahren
fliegen flog flogen geflogen
essen isst aß aßen gegessen
trinken trank tranken getrunken
lesen liest las lasen gelesen
schreiben schrieb schrieben geschrieben
sehen siehst sieht sah sahen gesehen
sprechen sprichst spricht sprach sprachen gesprochen
finden fand fanden gefunden
nehmen nimmst nimmt nahm nahmen genommen
geben gibst gibt gab gaben gegeben
denken dachte dachten gedacht
bringen brachte brachten gebracht
wissen weiß weißt wusste wussten gewusst
kennen kannte kannten gekannt
laufen läufst läuft lief liefen gelaufen
schlafen schläfst schläft schlief schliefen geschlafen
helfen hilfst hilft half halfen geholfen
treffen triffst trifft traf trafen getroffen
bleiben blieb blieben geblieben
verlieren verlor verloren
gewinnen gewann gewonnen
beginnen begann begannen begonnen
singen sang sangen gesungen
schwimmen schwamm geschwommen
ziehen zog zogen gezogen
umziehen umgezogen
liegen lag lagen gelegen
stehen stand standen gestanden
sitzen saß saßen gesessen
tun tat getan
"""

_FRENCH = """
aller vais vas va allons vont allé allée irai
venir viens vient viennent venu venue
faire fais fait faisons font faisait fera
dire dis dit disent disait
voir vois voit voient vu vue
prendre prends prend prennent pris prise
mettre mets met mettent mis mise
lire lis lit lisent lu lue
écrire écris écrit écrivent écrite
boire bois boit boivent bu
savoir sais sait savent su
vouloir veux veut veulent voulu
pouvoir peux peut peuvent pu
devoir dois doit doivent dû
tenir tiens tient tiennent tenu
recevoir reçois reçoit reçu
connaître connais connaît connu connue
vivre vis vit vivent vécu
naître né née
mourir meurt mort morte
courir cours court couru
croire crois croit croient cru
perdre perdu perdue
vendre vendu vendue
apprendre apprends apprend apprennent appris
"""


def _table(lines: str) -> dict[str, str]:
    rows = [line.split() for line in lines.strip().splitlines()]
    return {form: base for base, *forms in rows for form in forms}


IRREGULAR_FORMS: dict[str, dict[str, str]] = {
    "en": _table(_ENGLISH),
    "it": _table(_ITALIAN),
    "es": _table(_SPANISH),
    "de": _table(_GERMAN),
    "fr": _table(_FRENCH),
}
"""Language code -> {form: base}."""
