## Grupi seadete lehed.

settings-unavailable = Ma ei leia seda gruppi enam.
no-departments = veel pole
language-english = English
language-estonian = Eesti
language-russian = Русский

# Uus grupp
set-up-welcome = 👋 <b>Tere, mina olen selle grupi juhtumilaud.</b>
set-up-what = Ühest sõnumist saab numbriga juhtum, millel on osakond, vastutaja ja kell, ja keegi ei pea vestlusest lahkuma.
set-up-ready = ✅ <b>Kõik töötab kohe.</b> Osakonnad: { $departments }
set-up-first = 👉 Proovi: vasta mõnele sõnumile /new_issue või kirjuta <code>/new_issue Toas 204 tilgub kraan</code>
set-up-managers = 👔 Juht: { $names }
set-up-done = ✅ Valmis. Hiljem saab muuta: /settings.

# Ülevaade
settings-title = ⚙️ <b>Seaded · { $title }</b>
settings-language-and-zone = 🌐 { $language } · 🕒 { $zone }, kell on { $time }
settings-departments = 👥 Osakonnad: { $departments }
settings-workflow-quick = 🔀 Lühike: võetakse, lahendatakse kokkuvõttega, suletud
settings-workflow-full = 🔀 Täielik: võetakse, alustatakse, lahendatakse, teataja kinnitab
settings-reporting-everyone = 📣 Teatada saavad kõik
settings-reporting-registered = 📣 Teatada saavad need, kes on saatnud /register_driver
settings-clocks = ⏰ Võtmata juhtum: meeldetuletus iga { $nudge } min järel, { $times ->
    [one] { $times } kord
   *[other] { $times } korda
}. Kokkuvõte: { $summary } min jooksul.
settings-managers = 👔 Juhid: { $names }
button-settings = ⚙️ Seaded
button-language = 🌐 Keel
button-time-zone = 🕒 Ajavöönd
button-departments = 👥 Osakonnad
button-managers = 👔 Juhid
button-clocks = ⏰ Ajad
button-finish = Valmis
button-workflow-quick = Lühike
button-workflow-full = Täielik
button-reporting-everyone = Teatavad kõik
button-reporting-registered = Registreeritud

# Selle lehed
panel-language = 🌐 <b>Mis keeles ma siin räägin?</b>
panel-time-zone = 🕒 <b>Ajavöönd: { $zone }</b>, kell on seal { $time }
button-other-time-zone = Muu…
panel-clocks = ⏰ <b>Ajad</b>
button-nudge-minutes = 🔔 { $minutes } min
button-summary-minutes = 📝 { $minutes } min
panel-leases = 🔒 <b>Kellel on juhtum käes ja kes vaikib, sellelt küsitakse</b>, ja siis läheb see tagasi, kui on möödas:
panel-lease = { $urgency }: { $time }
button-lease-critical = 🔴 { $time }
button-lease-same-day = 🟠 { $time }
button-lease-planned = 🟢 { $time }
lasts-for-ever = mitte kunagi
lasts-minutes = { $count } min
lasts-hours = { $count } t
lasts-days = { $count } p
panel-managers = 👔 <b>Juhid ja dispetšerid</b>
panel-managers-are = Juhid suunavad, kuulevad, mis on toppama jäänud, ja muudavad seadeid: { $names }
panel-dispatchers-are = Dispetšerid valivad osakonna, määravad vastutaja ja kiireloomulisuse: { $names }
button-remove-manager = ✕ { $person }
button-remove-dispatcher = ✕ { $person } (dispetšer)
button-add-manager = + Juht
button-add-dispatcher = + Dispetšer
panel-departments = 👥 <b>Osakonnad</b>
panel-departments-line = <b>{ $department }</b> · { $count ->
    [0] liikmeid veel pole
    [one] { $count } liige
   *[other] { $count } liiget
} · { $access }
access-open = avatud
access-request = loaga
access-members = ainult liikmed
button-add-department = + Lisa…
button-default-departments = Tavalised
panel-department = 👥 <b>{ $department }</b>
panel-department-gone = Seda osakonda enam pole.
panel-department-members = Liikmed: { $names }
access-open-explained = 🔓 Avatud: kes juhtumi võtab, saab liikmeks.
access-request-explained = 🚪 Loaga: kes pole liige, selle laseb sisse juht.
access-members-explained = 🔒 Ainult liikmed: teised võtta ei saa.
button-access-open = Avatud
button-access-request = Loaga
button-access-members = Ainult liikmed
button-add-member = + Liige
button-remove-member = ✕ { $person }
button-rename = Muuda nime…
button-retire = Sulge osakond
panel-default-departments = 👥 <b>Tavalised osakonnad</b>: vajuta sellele, mida vaja, ja veel kord sellele, mida pole vaja.

settings-alike-asked = 🔁 Enne kui avatud juhtumi moodi teatest saab teine, küsin.
settings-alike-not-asked = 🔁 Igast teatest saab juhtum, mille moodi see ka poleks.
button-alike-asked = 🔁 Küsi korduste kohta
button-alike-not-asked = Ära küsi

# Several groups of one company
settings-company = 🏢 Inimesed, osakonnad ja numbrid on ühised veel { $count ->
    [one] { $count } grupiga
   *[other] { $count } grupiga
}
button-belongs-to = 🏢 Kuulub: { $title }
panel-belong = 🏢 <b>Kas see grupp kuulub kokku grupiga { $title }?</b>
panel-belong-shared = 🤝 Siis on mõlemal ühised osakonnad, liikmed, juhid ja dispetšerid ning juhtumeid loetakse ühes reas.
panel-belong-goes = 🗑 Selle grupi enda osakonnad kaovad koos liikmete, vahetuste ja taotlustega, samuti selle enda juhid ja dispetšerid.
panel-belong-stays = 📌 Seaded, ruumide koodid ja plaanilised tööd jäävad, samuti need, kes on registreerunud.
panel-belong-apart = 🙈 Juhtumeid näeb ainult see grupp, kus neist teatati.
panel-belong-final = ⚠️ Tagasi seda ühegi nupuga võtta ei saa.
button-belong = Jah, kuulub: { $title }
