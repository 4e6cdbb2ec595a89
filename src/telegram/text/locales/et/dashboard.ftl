## Töölaud: tee sinna ja selle lehed. Lehed on tavaline tekst.

command-dashboard = Lahtised juhtumid ja arvud brauseris
dashboard-link = 🖥 Sinu tee töölauale: kehtib 5 minutit ja ühe korra. Kes selle avab, on seal sina, nii et ära anna seda kellelegi edasi.
dashboard-none = 🖥 Sellel juhtumilaual pole veebis töölauda. Selle saab sisse lülitada see, kes seda käitab; seni ütlevad sama siin /open ja /report.
button-dashboard = 🖥 Ava töölaud

# Sisse ja välja
sign-in-title = Sisselogimine
sign-in-as = Kas logid sisse kui { $person }?
sign-in-how = See link tuli juhtumilaualt Telegramis. Vajutusega on see kasutatud.
sign-in-press = Logi sisse
sign-in-needed = Kirjuta Telegramis privaatvestluses botile /dashboard. See vastab lingiga, mis logib sind siin sisse.
sign-in-gone-title = See link enam ei kehti
sign-in-gone = Link kehtib 5 minutit ja ühe korra. Uue saamiseks kirjuta Telegramis botile /dashboard.
sign-out = Logi välja
not-found-title = Siin pole midagi
not-found = Seda pole olemas või pole see sinu näha.
foreign-title = See ei tulnud siit
foreign = Teine leht küsis seda sinu nimel. Midagi ei tehtud. Kui see olid sina, ava leht uuesti ja proovi veel kord.
unavailable-title = Praegu mitte
unavailable = Juhtumilaud ei saa hetkel vastata. Proovi minuti pärast uuesti; vestlus Telegramis jätkub.

# Mis on lahti
board-title = Lahtised juhtumid
tally-open = praegu lahti
tally-critical = kriitilist
tally-late = hiljaks jäänud
tally-unclaimed = võtmata
board-group = Grupp
board-department = Osakond
board-urgency = Kiireloomulisus
board-state = Seis
board-all = kõik
board-critical = kriitiline
board-same-day = täna
board-planned = plaaniline
board-unrated = hindamata
lane-unclaimed = võtmata
lane-underway = töös
lane-on-hold = ootel
lane-finishing = tehtud, sulgemata
board-empty = Midagi pole lahti. Tubli töö.
board-nothing-fits = Selle valiku alla ei kuulu ükski lahtine juhtum.
board-some-groups = Sa oled paljudes gruppides: siin on neist esimese 8 juhtumid. Vali grupp, et näha selle omi.
board-late = { $duration } hiljaks jäänud
board-due = jäänud { $duration }
board-ago = teatatud { $duration } tagasi
board-before = Tagasi
board-after = Edasi
board-by-clock = kella järgi
board-by-rule = reegli järgi
board-by-triage = AI

# Juhtum
incident-report = Teade
incident-translation = Grupi keeles
incident-summary = Kuidas lahendati
incident-history = Mis juhtus
incident-in-chat = Ava Telegramis
fact-place = Koht
fact-reporter = Teatas
fact-owner = Vastutaja
fact-helpers = Abiks
fact-raised = Teatatud
fact-due = Valmis hiljemalt
fact-done = Tehtud
fact-closed = Suletud
fact-took = Kestis
fact-reopened = Taasavatud, korda
fact-repeats = Kordab juhtumit
ratings-heading = AI ütles, inimesed määrasid
ratings-ai = AI ütles
ratings-people = Inimesed määrasid
ratings-nobody = keegi ei määranud midagi
ratings-by-model = mudeli hinnang
ratings-by-rules = sõnade järgi, mida alati nii hinnatakse

# Arvud
figures-title = Arvud
figures-day = Päev
figures-week = Nädal
figures-month = Kuu
figures-before = Varasem
figures-after = Hilisem
figures-empty = Sel ajal ei teatatud, võetud, tehtud ega suletud midagi.
figures-chart = Loodud ja suletud, reageerimine, lahendamine ning kui palju tehti õigel ajal
figures-created = loodud
figures-closed = suletud
figures-in-time = õigel ajal
figures-response = reageerimine, mediaan
figures-resolution = lahendamine, mediaan
figures-response-time = reageerimine
figures-resolution-time = lahendamine
figures-times = Kui kaua läks
figures-median = mediaan
figures-most = üheksa kümnest kuni
figures-mean = keskmine
figures-count = loetud
figures-auto-closed = Kella järgi suletud
figures-reopened = Taasavatud
figures-lost = Liiga hilja vajutatud võtmised
figures-calls = Kutseid, sest keegi ei võtnud
figures-undelivered = Kohale jõudmata kutseid
figures-acknowledged = Hoolitses pärast kutset
figures-acknowledging = kutsest hoolitsemiseni
figures-impossible = Alla nulli ajad, välja jäetud
figures-all-groups = Kõik grupid
figures-by-group = Gruppide kaupa
figures-by-department = Osakonniti
figures-by-urgency = Kiireloomulisuse järgi
figures-by-person = Kes mida tegi
people-claimed = võttis
people-resolved = lahendas
people-active = tööl
people-late = hiljaks jäi
ratings-missed-heading = { $count ->
    [one] { $count } kriitiline juhtum, mida AI hindas leebemalt
   *[other] { $count } kriitilist juhtumit, mida AI hindas leebemalt
}
ratings-summary-line = Hinnatud: { $rated }. Inimesed muutsid: { $changed }.
