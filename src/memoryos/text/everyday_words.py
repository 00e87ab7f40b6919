"""Words that tell a language in lines too short for its function words: of talk, and of chats."""

from __future__ import annotations

EVERYDAY_WORDS = {
    "en": """
        monday tuesday wednesday thursday friday saturday sunday january february march april june
        july august october november december day days week weekend month year years today tonight
        tomorrow yesterday morning afternoon evening night time next last first new old good great
        bad best better nice big little long late early right home house job school money car train
        flight dog cat people man woman guy friend friends mum mom dad son daughter brother sister
        family mother father uncle aunt grandma grandpa get got go going gone went come came coming
        see saw seen look take took make made give gave know knew think thought say said says told
        ask asked feel find found leave left call called let try play start started stop bring
        brought buy bought sell sold eat eating ate drink read write wrote run running walk sleep
        meet met moved looking working getting talk hope happy tired busy ready free two three four
        five six seven eight nine ten yep yup nope im ive ill id dont doesnt didnt cant couldnt
        wouldnt shouldnt isnt arent wasnt werent havent hasnt hadnt wont aint thats whats wheres
        whos hows theres heres youre youve youll theyre theyve hes shes wanna gimme lemme kinda
        sorta dunno cuz coz cos bc btw lmfao omfg idk idc ikr imo imho tbh ngl fyi asap ttyl brb
        afk smh nvm rn ppl pls plz thx ty tysm np u ur r ya yall bday xmas tmrw tmr tomoz
        tonite abt smth smthn sth sry soz gn gm hbu wbu hru wyd luv bro dude mate lil sis due plus
        part chat ca lmao rofl
        """,
    "it": """
        lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile
        maggio giugno luglio agosto settembre ottobre novembre dicembre giorno giorni settimana
        mese anno oggi domani ieri stasera stamattina stanotte dopodomani mattina sera notte
        pomeriggio volta tempo nuovo nuova vecchio bello bella bellissimo bravo brava grande tardi
        presto casa lavora lavorare scuola soldi macchina treno cane gatto gente amico amica amici
        ragazzo ragazza ragazzi mamma papà padre madre figlio figlia fratello sorella nonno nonna
        zio zia bambino andiamo andato andata vieni arrivo arriva arrivato arrivata esco torno
        torna tornato parto parte visto vista vedo vediamo sentiamo preso comprato detto dico dimmi
        so sai sa penso credo spero voglio vuoi vorrei devo devi dobbiamo prendo porto porta scusa
        scusami tranquillo stanco stanca pronto insieme nulla basta magari forse vabbè boh mah beh
        uffa buongiorno buonanotte buonasera auguri bacio baci tre quattro cinque sette otto nove
        dieci nn cmq xk xkè xché xò xke qnd qndo qlc qlcs qlcn qst qll tt tvb tvtb tvttb grz msg
        dmn ke ki kiama anke x raga rega figata pazzesco ahah ahahah ahaha no ce ve n'è
        """,
    "es": """
        lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio
        julio agosto septiembre octubre noviembre diciembre día días semana mes año mañana ayer
        anoche noche tarde finde tiempo nuevo nueva viejo vieja bueno buena buenas buenos malo
        mejor grande pequeño casa trabajar trabaja trabajando escuela dinero coche tren perro perra
        gato gente amigo amiga amigos chico chica mamá papá padre madre hijo hija hermano hermana
        abuelo abuela tío tía niño niña ven vienes viene vuelvo vuelve llego llega llegamos salgo
        sale visto veo vemos quiero quieres quiere querría necesito creo pienso espero digo dice
        dime sabes sabe entiendo compré comprado vendido comer cenar dormir empiezo aprendo siento
        perdón vale claro verdad perfecto listo cansado cansada juntos luego idea ojalá venga anda
        oye cuatro cinco siete ocho nueve diez q xq pq tb tmb tbn dnd bss besos porfa porfi toy
        jaja jajaja jajajaja jeje jejeje grax xfa msj ntp tqm tkm wey güey curro guay mola
        """,
    "de": """
        montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai
        juni juli august oktober dezember tag tage tagen woche wochen wochenende monat jahr heute
        heut morgen gestern abend abends früh nacht uhr zeit neu neue neuen neuer alt gut gute
        guten gutes besser schlecht schön schöne groß klein spät lang lange haus zuhause daheim
        arbeiten arbeitet schule geld auto zug hund katze leute freund freundin freunde mama papa
        vater mutter sohn tochter bruder schwester oma opa onkel tante kind kinder geht gehen gehst
        kommt kommst kommen gekommen gesehen sehe sehen gemacht mach macht machst gekauft verkauft
        gegessen esse essen schlafen weiß weißt denke glaube hoffe sag sagt gesagt frag bring
        brauch brauche darf treffen warte warten fahre fährt ziehe lust müde fertig egal klar genau
        stimmt vielleicht leider endlich zusammen bisschen eins zwei drei vier fünf sechs sieben
        acht neun zehn is nich nix ned nen ne haste biste grad iwie iwas iwann iwo vlt vllt viell
        evtl kp lg vg hdl hdgdl wg bzgl jep nö nee ach och moin servus tschüss tschüß bock mega
        krass geil digga alter
        """,
    "fr": """
        lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin
        juillet août septembre octobre novembre décembre jour jours semaine mois année an hier
        demain soir matin midi nuit temps heure heures nouveau nouvelle vieux bon bonne bons
        mauvais meilleur grand grande petit petite tard tôt maison boulot travail travailler école
        argent voiture train chien chat gens ami amie amis copain copine mec fille maman papa père
        mère fils frère soeur sœur oncle tante enfant enfants arrive arrivé vient venir pars part
        partir rentre voir vois vu voit acheté vendu pris prends mange manger dormir dis dit sais
        sait crois pense espère veux veut voudrais dois faut besoin commence désolé désolée fatigué
        fatiguée prêt ensemble ouais ouaip nan bref grave génial carrément truc trucs
        coucou bisous bises deux trois quatre cinq six sept huit neuf dix jsp jspr jpp
        jdois jvais jsuis chui chuis jai jetais mdr ptdr slt bjr bsr stp svp tkt dsl pk pq pcq psk
        bcp ptet ptetre qd qqch qqn tjs tjrs auj ajd rdv ttes vrmt tro tfk oklm wesh taf biz jtm ca
        ds c
        """,
    "other": """
        vc blz obg tbm kkk hoje amanhã ontem pra então ff gwn idd vandaag morgen goed leuk hou echt
        """,
}
"""The words by language; one word may speak for several. Those of chats drop what is easy to guess:
an apostrophe ("dont"), vowels ("bcp"), or all but the first letters ("idk", "mdr")."""

SHARED_WORDS = "ok okay oh hey hi lol omg wtf wow sorry haha super pizza"
"""Words that chats in any language are full of: they tell none."""
