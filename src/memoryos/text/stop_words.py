"""Words that carry no topic, by language. Contractions are opened before they are looked up."""

from __future__ import annotations

_ENGLISH = """
a about above across after again against ago all almost along already also although always am among
an and another any anybody anyone anything anyway are around as at away back be became because been
before being below between both but by can cannot could did do does doing done down during each
either else enough especially etc even ever every everybody everyone everything few for from further
gonna gotta had has have having he hello her here hers herself hey hi him himself his how however i
if in indeed instead into is it its itself just keep kind lets lot lots many may maybe me might mine
more most much must my myself need neither never no nobody none nor not nothing now of off oh often
ok okay on once one ones only onto or other others otherwise our ours ourselves out over own per
perhaps please quite rather really s same seems shall she should since so some somebody someone
something sometimes somewhere soon still such sure t tell than thank thanks that the their theirs
them themselves then there these they thing things this those though through till to together too
toward towards under until up upon us usually very via was way we well were what whatever when
whenever where wherever whether which while who whoever whole whom whose why will with within
without would yeah yes yet you your yours yourself yourselves
"""

_ITALIAN = """
a ad adesso agl agli ai al alcuna alcune alcuni alcuno all alla alle allo allora altra altre altri
altro anche ancora avere aveva avevano avevo avuto bene c che chi ci ciao ciò cioè coi col come con
contro così cosa cose cui d da dagli dai dal dall dalla dalle dallo degli dei del dell della delle
dello dentro di dice dire dopo dove dovrebbe due dunque e è ecco ed egli ella era erano eravamo ero
essa esse essere essi esso fa fare fatto fino fra fu fuori già gli grazie ha hai hanno ho i il in
infatti io l la là le lei li lo loro lui ma mai me meno mentre mi mia mie miei mio molta molte molti
molto n ne né negli nei nel nell nella nelle nello nessuna nessuno niente noi non nostra nostre
nostri nostro o od ogni ok oppure ora per perché perciò perfino però più piuttosto poco poi possiamo
posso prima proprio può puoi pure qual quale quali qualche qualcosa qualcuno quando quanta quante
quanti quanto quasi quella quelle quelli quello quest questa queste questi questo qui quindi s sarà
sarebbe se sei sempre senza sì si sia siamo siete solo sono sopra sotto sta stai stanno stare stata
state stati stato stesso sto su sua subito sue sugli sui sul sull sulla sulle sullo suo suoi t tanto
te ti tra troppo tu tua tue tuo tuoi tutta tutte tutti tutto un una uno v va vai vi via voi vostra
vostre vostri vostro
"""

_SPANISH = """
a ahí ahora al algo alguien algún alguna algunas alguno algunos allí ante antes aquel aquella
aquellas aquello aquellos aquí así aún aunque bastante bien cada casi como cómo con contra cosa
cosas cual cuál cuáles cualquier cuando cuándo cuánta cuántas cuánto cuántos de del desde después
donde dónde dos durante e él el ella ellas ello ellos en entonces entre era eran eras eres es esa
esas ese eso esos esta está estaba estaban estado están estar estas este esto estos estoy estuve fue
fueron fui gracias gran ha había habían haber hace hacer hacia haciendo hago hasta hay he hecho
hemos hola hoy iba ir la las le les lo los más me mi mí mía mías mientras mío míos mis misma mismas
mismo mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna ninguno no nos nosotras
nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros para pero poco por
porque pude puede pueden puedes puedo pues que qué quien quién quienes se sé sea según ser si sí
sido siempre sin sino sobre sois solamente solo sólo somos son soy su sus suya suyas suyo suyos
también tampoco tan tanto te tener tengo ti tiene tienen tienes toda todas todavía todo todos tu tú
tus tuya tuyo tuyos u un una unas uno unos usted ustedes va vais vamos van vas vez vosotros voy y ya
yo
"""

_GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf
aus bei beim bereits bin bis bist bitte da dabei dadurch dafür dagegen daher damit danach dann daran
darauf daraus darin darüber darum das dass dasselbe davon dazu dein deine deinem deinen deiner
deines dem den denen denn der deren des deshalb dessen dich die dies diese dieselbe diesem diesen
dieser dieses dir doch dort du durch eben ein eine einem einen einer eines einige einigen einmal er
es etwa etwas euch euer eure eurem euren für gab ganz gar gegen gewesen gibt hab habe haben habt
hallo hat hatte hatten hattest hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer
in ins ist ja jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kannst
kein keine keinem keinen keiner können könnt könnte machen mal man manche manchem manchen mancher
mehr mein meine meinem meinen meiner meines mich mir mit muss müssen musst nach nein nicht nichts
noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seines seit selbst sich sie
sind so sogar solche solchem solchen solcher soll sollen sollte sondern sonst soweit sowie um und
uns unser unsere unserem unseren unter viel viele vom von vor wann war waren warst warum was weg
weil weiter welche welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder
wieso will willst wir wird wirst wo woher wohin wollen wollte worden wurde wurden würde würden zu
zum zur zwar zwischen über
"""

_FRENCH = """
a à afin ai aie ainsi alors après as assez au aucun aucune aujourd auquel aura aussi autre autres
aux auxquels avais avait avant avec avez avoir avons bah beaucoup bien bonjour c ça car ce ceci cela
celle celles celui cependant ces cet cette ceux chaque chez ci comme comment d dans de dedans déjà
depuis des dès desquels devant doit donc dont du duquel elle elles en encore enfin entre es est et
étaient étais était étant été êtes être eu eux fait faire fais fois font hors hui il ils j jamais je
jusqu jusque l la là laquelle le lequel les lesquels leur leurs lors lorsque lui m ma mais malgré me
même mêmes merci mes mien mienne moi moins mon n ne ni non nos notre nôtre nous on ont ou où oui par
parce parfois parmi pas pendant peu peut peux plus plusieurs plutôt pour pourquoi presque puis
puisque qu quand que quel quelle quelles quelqu quelque quelques quels qui quoi quoique rien s sa
salut sans se sera serait ses seulement si sien sienne sinon soi soit sommes son sont sous suis sur
t ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes très trop tu
un une va vais vas vers voici voilà vont vos votre vôtre vous vraiment y
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "it": frozenset(_ITALIAN.split()),
    "es": frozenset(_SPANISH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
}
"""Language code -> its stop list."""
