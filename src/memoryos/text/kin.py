"""Kin: what falls under a word. Asked about pets, a page about a puppy answers; no stem tells so.

A lexicon of what people tell of their lives, by language. Each line has the words it is looked up
by, then what falls under them or is said where they are meant. It is general: names no person, and
no word that only one talk would use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from memoryos.text.tokens import stem

_ENGLISH = """
family relative: husband wife son daughter child kid baby mother mom mum father dad parent brother
 sister sibling grandmother grandma grandfather grandpa uncle aunt cousin nephew niece
child kid: son daughter baby toddler newborn boy girl teenager twin
parent: mother mom mum father dad
sibling: brother sister twin
grandparent: grandmother grandma nana grandfather grandpa
partner spouse: husband wife boyfriend girlfriend fiance fiancee
husband wife: married wedding spouse
marry marriage wedding: husband wife bride groom engaged ceremony honeymoon anniversary
friend: buddy mate pal roommate
colleague coworker: boss manager team office
pet animal: dog puppy cat kitten hamster rabbit bunny parrot bird fish turtle tortoise lizard gecko
 snake horse pony goat chicken
dog: puppy pup labrador retriever poodle terrier beagle greyhound collie dachshund
cat: kitten kitty tabby siamese
bird: parrot budgie canary owl robin
sport: football soccer basketball baseball tennis hockey golf cricket rugby volleyball badminton
 swimming surfing skiing snowboarding skating climbing cycling running boxing rowing
martial: karate judo taekwondo kickboxing boxing aikido jiujitsu
exercise workout fitness: gym run jog yoga swim weights cardio pilates hike cycle marathon training
race: marathon triathlon sprint
instrument: guitar piano violin cello viola drum flute clarinet saxophone trumpet keyboard ukulele
 harp banjo harmonica
music musician: song band concert album singer guitar piano violin drum jazz rock pop classical
 playlist orchestra choir
band: concert gig singer drummer guitarist album
concert: gig show band tour
book read: novel author chapter series trilogy library memoir biography fantasy thriller
movie film: cinema watch trilogy documentary comedy thriller director actor
show series: episode season documentary sitcom
art artist artwork: paint draw sketch sculpture pottery ceramics canvas mural gallery watercolor
 portrait
craft: knit sew crochet pottery woodwork embroidery quilt
game: chess console puzzle tournament cards
job work career profession occupation: hire company boss promotion fired quit office
 colleague client salary engineer teacher nurse doctor lawyer accountant designer developer
 chef waiter manager consultant electrician plumber carpenter driver
business company: startup shop store customer client launch product
school education study: college university class course exam degree graduate student teacher
 professor campus thesis homework
degree: bachelor master phd diploma graduate university
subject major: biology chemistry physics history economics law medicine engineering psychology
 mathematics literature
language: english spanish french german italian portuguese chinese mandarin japanese korean russian
 arabic dutch polish
vacation holiday trip travel: flight visit tour abroad journey hotel beach airport cruise weekend
country: america usa uk england scotland ireland france germany italy spain portugal greece
 switzerland austria belgium netherlands sweden norway denmark finland iceland poland hungary
 croatia turkey russia ukraine canada mexico brazil argentina chile peru colombia cuba japan china
 india thailand vietnam indonesia malaysia singapore philippines korea australia zealand egypt
 morocco kenya nigeria tanzania
city town: london paris rome milan madrid barcelona lisbon berlin munich vienna amsterdam brussels
 dublin edinburgh stockholm copenhagen oslo prague budapest athens istanbul boston chicago seattle
 toronto montreal vancouver miami denver austin portland tokyo kyoto seoul sydney melbourne
home house live: apartment flat rent lease mortgage neighborhood landlord move
move relocate: apartment flat lease relocate
vehicle: car truck motorcycle motorbike van scooter bike bus
car: engine tyre tire brake windshield mechanic garage drive
bike bicycle: cycle pedal
illness disease health sick medical condition: doctor hospital diagnose diagnosis surgery pain flu
 fever allergy asthma diabetes migraine cancer infection medication medicine therapist
doctor: dentist surgeon physician clinic appointment hospital
injury injure hurt: sprain break fracture ankle knee wrist shoulder twist bruise wound stitches
 crutches
allergy allergic: peanut nut gluten lactose dairy pollen shellfish
medicine medication: pill tablet antibiotic dose prescription painkiller
food dish meal cuisine eat: cook recipe pasta pizza salad soup chicken cake bread dinner lunch
 breakfast sushi curry restaurant rice noodle burger taco
diet: vegetarian vegan gluten calories keto
dessert sweet: cake cookie pie chocolate brownie tart pudding
drink beverage: coffee tea juice wine beer smoothie cocktail whisky soda
restaurant: cafe diner bistro pizzeria
event: festival concert parade conference workshop fair exhibition meeting meetup party wedding
 ceremony fundraiser
party celebrate celebration: birthday anniversary graduation wedding cake
outdoor nature: hike camp mountain lake forest woods beach river trail park waterfall
place visit: museum park beach castle lake cafe mountain temple
hobby pastime: paint cook read garden photography knit hike dance fish chess guitar
color colour: red blue green yellow orange purple pink black white brown gray grey
weather: rain snow storm sunny wind heat cold thunder
money finance: pay cost price loan budget debt salary afford savings invest bank
award prize: win medal trophy certificate champion
buy purchase: shop store
sell: customer listing
religion religious faith: church god pray bible mosque temple synagogue christian muslim jewish
 buddhist
volunteer charity: fundraiser donate donation shelter nonprofit
clothes clothing wear: shirt dress shoes jacket jeans hat sweater coat boots suit scarf
jewelry jewellery: ring necklace bracelet earrings
gift present: gave received wrapped
device gadget computer: laptop phone tablet camera headphones
plant garden: flower rose seed vegetable herb tomato tree basil lavender orchid
furniture: sofa couch table chair desk bed shelf
feel feeling emotion: happy sad proud excited nervous anxious scared grateful relieved worried angry
 stressed lonely overwhelmed
stress relax: meditate yoga breathing walk bath
fear afraid: scared phobia terrified nervous
favorite favourite prefer: love
dream goal ambition: hope wish aim plan
politics political vote: election government mayor campaign party
birthday born: age
die death: funeral passed lost grief
age old: birthday
accident: crash collision
pregnant pregnancy: baby expecting birth
"""

_ITALIAN = """
famiglia parente: marito moglie figlio figlia bambino mamma madre papà padre genitori fratello
 sorella nonno nonna zio zia cugino cugina nipote
figlio bambino: figlia neonato gemelli bimbo bimba
genitore: mamma madre papà padre
partner coniuge compagno: marito moglie fidanzato fidanzata compagna
sposare matrimonio: marito moglie nozze sposa sposo
amico: amica compagno coinquilino
animale animaletto: cane cucciolo gatto gattino coniglio criceto pappagallo uccello pesce tartaruga
 cavallo
cane: cucciolo cagnolino bassotto labrador
gatto: gattino micio
sport: calcio basket pallacanestro tennis nuoto sci pallavolo ciclismo corsa rugby pugilato
strumento: chitarra pianoforte piano violino batteria flauto tromba sassofono
musica: canzone concerto gruppo album cantante chitarra pianoforte
libro leggere: romanzo autore capitolo biblioteca
film: cinema regista attore documentario
lavoro professione mestiere: azienda ufficio capo collega stipendio ingegnere insegnante infermiere
 medico avvocato cuoco
scuola studio studiare: università corso esame laurea lezione professore
vacanza viaggio: volo albergo spiaggia mare aereo crociera
casa abitare vivere: appartamento affitto mutuo trasloco quartiere
veicolo: macchina auto moto bicicletta furgone
macchina auto automobile: macchina auto automobile motore gomma meccanico
malattia salute: medico ospedale dolore influenza febbre allergia operazione
cibo piatto mangiare: cucinare ricetta pasta pizza insalata zuppa pollo torta pane cena pranzo
bevanda bere: caffè tè succo vino birra acqua
dolce: torta biscotto gelato cioccolato
passatempo: cucinare leggere giardinaggio fotografia dipingere
colore: rosso blu verde giallo arancione viola rosa nero bianco marrone grigio
vestiti abbigliamento: camicia vestito scarpe giacca cappello maglione
soldi denaro: pagare prezzo prestito debito stipendio risparmi banca
"""

_SPANISH = """
familia pariente: marido esposo esposa mujer hijo hija niño mamá madre papá padre hermano hermana
 abuelo abuela tío tía primo prima sobrino sobrina
hijo niño: hija bebé gemelos niña
pareja: marido esposo esposa novio novia
casar boda matrimonio: marido esposo esposa novia novio
amigo: amiga compañero
mascota animal: perro cachorro gato gatito conejo hámster loro pájaro pez tortuga caballo
perro: cachorro perrito labrador
gato: gatito
deporte: fútbol baloncesto tenis natación esquí voleibol ciclismo correr rugby boxeo
instrumento: guitarra piano violín batería flauta trompeta saxofón
música: canción concierto grupo álbum cantante guitarra piano
libro leer: novela autor capítulo biblioteca
película: cine director actor documental
trabajo profesión empleo: empresa oficina jefe compañero sueldo ingeniero profesor enfermero médico
 abogado cocinero
escuela estudio estudiar: universidad curso examen carrera clase profesor
vacaciones viaje: vuelo hotel playa mar avión crucero
casa vivir: piso apartamento alquiler hipoteca mudanza barrio
vehículo: coche carro moto bicicleta furgoneta
coche carro auto: coche carro auto motor rueda mecánico
enfermedad salud: médico hospital dolor gripe fiebre alergia operación
comida plato comer: cocinar receta pasta pizza ensalada sopa pollo tarta pan cena almuerzo
bebida beber: café té zumo jugo vino cerveza agua
dulce postre: tarta galleta helado chocolate
afición pasatiempo: cocinar leer jardinería fotografía pintar
color: rojo azul verde amarillo naranja morado rosa negro blanco marrón gris
ropa: camisa vestido zapatos chaqueta sombrero jersey
dinero: pagar precio préstamo deuda sueldo ahorros banco
"""

_GERMAN = """
familie verwandte: mann ehemann frau ehefrau sohn tochter kind mutter mama vater papa eltern bruder
 schwester oma großmutter opa großvater onkel tante cousin cousine neffe nichte
kind: sohn tochter baby zwillinge junge mädchen
eltern: mutter mama vater papa
geschwister: bruder schwester
partner: ehemann ehefrau freund freundin verlobter verlobte
heiraten hochzeit: ehemann ehefrau braut verheiratet
haustier tier: hund welpe katze kätzchen kaninchen hamster papagei vogel fisch schildkröte pferd
hund: welpe hündin dackel labrador schäferhund
katze: kätzchen kater
sport sportart: fußball basketball tennis schwimmen skifahren volleyball radfahren laufen boxen
 handball
instrument: gitarre klavier geige schlagzeug flöte trompete saxophon
musik: lied konzert band album sänger gitarre klavier
buch lesen: roman autor kapitel bibliothek
film: kino regisseur schauspieler dokumentation
arbeit beruf job: firma büro chef kollege gehalt ingenieur lehrer krankenschwester arzt anwalt koch
schule studium studieren: universität kurs prüfung abschluss vorlesung professor
urlaub reise: flug hotel strand meer flughafen kreuzfahrt
haus wohnen leben: wohnung miete umzug viertel
fahrzeug: auto motorrad fahrrad lkw
auto: wagen motor reifen werkstatt
krankheit gesundheit: arzt krankenhaus schmerzen grippe fieber allergie operation
essen gericht: kochen rezept pasta pizza salat suppe hähnchen kuchen brot abendessen mittagessen
getränk trinken: kaffee tee saft wein bier wasser
hobby: kochen lesen garten fotografieren malen
farbe: rot blau grün gelb orange lila rosa schwarz weiß braun grau
kleidung: hemd kleid schuhe jacke hut pullover
geld: bezahlen preis kredit schulden gehalt ersparnisse bank
"""

_FRENCH = """
famille parent: mari femme fils fille enfant maman mère papa père frère soeur sœur oncle
 tante cousin cousine neveu nièce
enfant: fils fille bébé jumeaux garçon
conjoint partenaire: mari femme copain copine fiancé fiancée
marier mariage: mari femme noces mariée
ami: amie copain copine
animal: chien chiot chat chaton lapin hamster perroquet oiseau poisson tortue cheval
chien: chiot labrador
chat: chaton
sport: football foot basket tennis natation ski volley cyclisme course rugby boxe
instrument: guitare piano violon batterie flûte trompette saxophone
musique: chanson concert groupe album chanteur guitare piano
livre lire: roman auteur chapitre bibliothèque
film: cinéma réalisateur acteur documentaire
travail métier profession emploi: entreprise bureau chef collègue salaire ingénieur professeur
 infirmier médecin avocat cuisinier
école étude étudier: université cours examen diplôme professeur
vacances voyage: vol hôtel plage mer avion croisière
maison habiter vivre: appartement loyer déménager quartier
véhicule: voiture moto vélo camion
voiture auto: voiture auto moteur pneu garagiste
maladie santé: médecin hôpital douleur grippe fièvre allergie opération
nourriture plat manger: cuisiner recette pâtes pizza salade soupe poulet gâteau pain dîner déjeuner
boisson boire: café thé jus vin bière eau
dessert: gâteau biscuit glace chocolat
loisir: cuisiner lire jardinage photographie peindre
couleur: rouge bleu vert jaune orange violet rose noir blanc marron gris
vêtement: chemise robe chaussures veste chapeau pull
argent: payer prix prêt dette salaire économies banque
"""

_LEXICONS = {
    "en": _ENGLISH,
    "it": _ITALIAN,
    "es": _SPANISH,
    "de": _GERMAN,
    "fr": _FRENCH,
}


@cache
def kin(language: str) -> Mapping[str, frozenset[str]]:
    """Stem -> the stems of its kin, itself not among them; empty for a language without a lexicon.

    Both as `text.tokens.stem` gives them.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _LEXICONS.get(language, "").replace("\n ", " ").splitlines():
        heads, _, under = line.partition(":")
        for head in heads.split():
            found[stem(head, language)].update(stem(word, language) for word in under.split())
    return MappingProxyType({head: frozenset(under - {head}) for head, under in found.items()})
