## Mida ütlen enda kohta ja inimestele nende endi kohta.

welcome = 👋 <b>Tere, mina olen Deskbell, juhtumilaud.</b>
    Kirjuta siia, mis on valesti, sõnade või fotoga, ja sellest saab sinu grupis juhtum. Annan siin teada, kui keegi selle enda peale võtab ja kui see on tehtud.

    /my näitab sinu juhtumeid, /help kõike muud.
welcome-group = 👋 Mina olen selle grupi juhtumilaud. Vasta mõnele sõnumile /new_issue ja sellest saab juhtum. Rohkem: /help.
help-group = <b>Kuidas käib</b>
    🆕 Vasta sõnumile /new_issue või kirjuta <code>/new_issue Toas 204 tilgub kraan</code>
    ✋ Vajuta kaardil „Võtan“, pärast „Lahendatud“ ja kirjuta, kuidas
    📋 /my ja /open näitavad juhtumeid, <code>/incident 0042</code> ühte
    💬 <code>/comment 0042 Võti on vastuvõtus</code>
    ⚙️ /settings, /departments ja /managers on juhtidele
help-private = <b>Teatamine</b>
    Kirjuta siia, mis on valesti, või saada foto. Grupis: vasta sõnumile /new_issue.

    <b>Vaatamine</b>
    /my: sinu omad
    /open: kõik lahtised; <code>/open Köök</code>: ühe osakonna omad
    /dashboard: kõik see brauseris
    <code>/incident 0042</code>: üks neist
    <code>/history 0042</code>: mis sellega on juhtunud

    <b>Tegemine</b>
    <code>/comment 0042 Võti on vastuvõtus</code>
    <code>/assign 0042 @mari</code>
    <code>/reopen 0042 Tilgub jälle</code>
    <code>/cancel 0042 Oli eksitus</code>
    <code>/duplicate 0042 0017</code>: 0042 on sama mis 0017

    <b>Kuulumine</b>
    /join ja /leave_department: sinu osakonnad
    /duty: kes on valves; <code>/duty vaba kuni 18:00</code>: ära kutsu mind
    /mute: mida sa kuulda ei soovi; /language: minu keel
    /register_driver: kus teatada saavad ainult registreeritud

    /privacy: mida ma hoian · /forget_me: kustuta mind
privacy = 🔒 <b>Mida ma hoian</b>
    • Sinu Telegrami number, nimi, kasutajanimi ja keel
    • Sinu osakonnad ja rollid ning grupp, kuhu teatad
    • Millal oled valves ja mille vaigistasid
    • Juhtumid: millest teatasid või mida neist mulle kirjutasid, fotod ja salvestised Telegrami failinimedena, ning mida keegi millal tegi

    Kasutan käske, vastuseid mulle, nupuvajutusi ja seda, mida mulle otse kirjutad, ega anna midagi edasi. Kus olen administraator, näitab Telegram mulle kõiki sõnumeid: neist jätan meelde, kes kirjutas, ja kaheks päevaks, millised fotod moodustavad albumi.
    /forget_me kustutab sinu nime, kasutajanime ja keele ning võtab su kõigist osakondadest välja. Juhtumid jäävad, nime asemel „keegi“.
forget-me = 🗑 <b>Kas kustutan sind?</b>
    Kaovad nimi, kasutajanimi, keel, osakonnad, rollid ja tööajad. Juhtumid jäävad, nime asemel „keegi“. Tagasi võtta ei saa.
forgotten = 🗑 Tehtud: ma ei tunne sind enam. Kui mulle jälle kirjutad, alustame algusest.
button-forget-me = Jah, kustuta mind
registered = ✅ Oled registreeritud ja saad teatada.
registered-already = ✓ Oled juba registreeritud.
report-taken = ✅ Kirjas: { $number }. Annan siin teada, mis edasi saab.
report-needs-department = 👉 Kelle oma see on? Vali osakond.
which-group = 🏢 Millisele grupile see on?
join-requested = 🚪 { $person } soovib osakonda <b>{ $department }</b>
join-approved = ✅ Oled nüüd osakonnas <b>{ $department }</b> ja saad juhtumeid võtta.
join-declined = <b>{ $department }</b>: vastus oli ei. Küsi grupis juhilt, miks.
button-approve = ✅ Luban
button-decline = Ei luba
membership = 👥 <b>Osakonnad</b>
membership-none = Siin pole veel osakondi.
membership-line-yours = ✓ <b>{ $department }</b> · oled liige
membership-line-open = 🔓 { $department } · avatud
membership-line-request = 🚪 { $department } · sisse laseb juht
membership-line-members = 🔒 { $department } · ainult liikmed
button-join-department = Liitun: { $department }
button-leave-department = Lahkun: { $department }
approval-asked = 🏢 Mind lisati gruppi <b>{ $title }</b>. Kas tohin seal töötada?
approval-asked-by = 🏢 { $person } lisas mind gruppi <b>{ $title }</b>. Kas tohin seal töötada?
approved = ✅ Tohin nüüd siin töötada.
not-approved = 🚫 Ma ei tohi siin töötada. Minu haldaja keeldus.
approval-awaited = ⏳ Ma ei tohi siin veel töötada: minu haldaja peab grupi enne heaks kiitma. Annan siin teada.

# Käskude menüü
command-new-issue = Teata juhtumist (või vasta sellega sõnumile)
command-my = Juhtumid, millest teatasid või millega tegeled
command-open = Lahtised juhtumid, kõik või ühe osakonna omad
command-incident = Näita üht: /incident 0042
command-history = Mis sellega on juhtunud: /history 0042
command-comment = Lisa midagi: /comment 0042 tekst
command-assign = Anna kellelegi: /assign 0042 @kasutaja
command-reopen = Ava uuesti: /reopen 0042 miks
command-cancel = Tühista: /cancel 0042 miks
command-duplicate = Sama mis teine: /duplicate 0042 0017
command-join = Astu osakonda
command-leave-department = Lahku osakonnast
command-register-driver = Registreeru, et saaksid teatada
command-departments = Osakonnad ja nende liikmed
command-managers = Juhid ja dispetšerid
command-settings = Selle grupi seaded
command-help = Kuidas mind kasutada
command-privacy = Mida ma hoian
command-forget-me = Kustuta, mida sinust tean
bot-description = Juhtumilaud sinu Telegrami grupile: ühest sõnumist saab numbriga juhtum, millel on osakond, vastutaja ja kell. Kirjuta siia, mis on valesti, sõnade või fotoga, või lisa mind oma gruppi.
bot-short-description = Juhtumilaud: sõnumist saab juhtum, millel on vastutaja ja kell.
