## Kutsed, uudised asjaosalistele, küsimused, nimekirjad ja käik.

repeat = (kordan)
for-person = 👉 { $person }
card-elsewhere = 🗂 { $number } saadeti kogemata kaks korda. Selle kaart on teises sõnumis.
excerpt = <i>{ $text }</i>
late = ⚠️ Teade hilines: ma ei töötanud { $duration }.
another-incident = teine juhtum

# Kutsed paljudele
called-department = <b>{ $department }</b>
called-people = <b>{ $department }</b>: { $names }
call-new = 🔔 { $called } — { $number } ootab
call-released = 🔔 { $called } — { $number } on jälle vaba, { $person } loobus
call-nudge = ⏰ { $called } — { $number } on { $duration } võtjat oodanud
call-department-missing = 📣 { $names } — { $number } on osakonnata alates { $time }. Kelle oma see on?

# Uudised ühele
news-photos = 📷 { $number }: fotod
news-claimed = 🙋 { $person } võttis { $number } enda peale
news-assigned = 👉 { $person } andis { $number } sulle
news-attention = ❗ { $number } vajab tähelepanu, ütleb { $person }:
news-needs-purchase = 🛒 { $number }: vaja midagi osta, ütleb { $person }:
news-needs-contractor = 👷 { $number }: vaja väljast tegijat, ütleb { $person }:
news-waiting = ⏳ { $number } on ootel, ütleb { $person }:
news-resumed = ▶️ { $number } läheb edasi, ütleb { $person }
news-transferred = ↪️ { $person } andis { $number } edasi. Uus osakond: <b>{ $department }</b>
news-resolved = ✅ { $person } lahendas { $number }
news-confirmation-asked = ☑️ { $person } ütleb, et { $number } on tehtud. Kas on korras?
news-reopened = ♻️ { $person } avas { $number } uuesti:
news-cancelled = 🚫 { $person } tühistas { $number }:
news-duplicate = 🔁 { $person } sulges { $number }: sama asi on { $other }. Edasi räägitakse seal.
news-closed-without-summary = ⌛ { $number } suleti: keegi ei kirjutanud õigel ajal, kuidas see lahenes
news-closed-unconfirmed = ⌛ { $number } suleti: keegi ei öelnud õigel ajal, kas on korras
news-closed-by-clock = ⌛ { $number } suleti, sest aeg sai täis
news-department-reminder = ❓ { $number } on veel osakonnata ja sellega ei tegele keegi. Kelle oma see on?
news-summary-reminder = 📝 { $minutes ->
    [one] Jäänud on { $minutes } minut
   *[other] Jäänud on { $minutes } minutit
}, et kirjutada, kuidas { $number } lahenes. Vasta mu küsimusele, paarist sõnast piisab.

# Küsimused
prompt-summary = ✍️ { $person }, kuidas { $number } lahenes? Vasta sellele sõnumile.
prompt-summary-words = ✍️ { $person }, foto käes. Kirjuta nüüd ka, kuidas { $number } lahenes: vasta sellele sõnumile.
prompt-summary-photo = 📷 { $person }, { $number } on kriitiline: vasta sellele sõnumile fotoga tulemusest.
prompt-photo-too = 📷 See on kriitiline, seega on vaja ka fotot tulemusest.
prompt-time-left = ⏳ Aega on { $minutes ->
    [one] { $minutes } minut
   *[other] { $minutes } minutit
}, kuni { $time }
prompt-attention = ❗ { $person }, kes peab asja { $number } üle vaatama ja miks? Vasta sellele sõnumile.
prompt-needs-purchase = 🛒 { $person }, mida on vaja osta ({ $number })? Vasta sellele sõnumile.
prompt-needs-contractor = 👷 { $person }, keda ja milleks on vaja ({ $number })? Vasta sellele sõnumile.
prompt-waiting = ⏳ { $person }, mida { $number } ootab? Vasta sellele sõnumile.
prompt-reopen = ♻️ { $person }, mis on ikka valesti ({ $number })? Vasta sellele sõnumile.
prompt-report = 📝 { $person }, mis on valesti ja kus? Vasta sellele sõnumile sõnade või fotoga.
prompt-department-name = 👥 { $person }, mis on uue osakonna nimi? Vasta sellele sõnumile.
prompt-department-rename = 👥 { $person }, mis on osakonna <b>{ $department }</b> uus nimi? Vasta sellele sõnumile.
prompt-member = 👥 { $person }, kes kuulub osakonda <b>{ $department }</b>? Vasta tema kasutajanimega (<code>@username</code>) või maini teda.
prompt-time-zone = 🕒 { $person }, milline ajavöönd? Vasta selle nimega, näiteks <code>Europe/Tallinn</code>.
prompt-manager = 👔 { $person }, kes saab juhiks? Vasta tema kasutajanimega (<code>@username</code>) või maini teda.
prompt-dispatcher = 🎧 { $person }, kes saab dispetšeriks? Vasta tema kasutajanimega (<code>@username</code>) või maini teda.
placeholder-summary = Kuidas see lahenes?
placeholder-photo = Foto tulemusest
placeholder-reason = Paarist sõnast piisab
placeholder-report = Mis on valesti ja kus?
placeholder-name = Nimi
placeholder-time-zone = Europe/Tallinn
placeholder-person = @username

# Nimekirjad
list-mine = 📋 <b>Sinu lahtised: { $count }</b>
list-open = 📋 <b>Lahtised: { $count }</b>
list-open-in-department = 📋 <b>{ $department }, lahtised: { $count }</b>
list-mine-empty = ✨ Sul pole midagi lahti.
list-open-empty = ✨ Midagi pole lahti.
list-open-in-department-empty = ✨ { $department }: midagi pole lahti.
list-entry = { $mark } <b>{ $number }</b> · { $place } · { $holder }
list-excerpt = <i>{ $text }</i>
list-owner = 🙋 { $person }
list-since = { $time }
page-of-pages = Leht { $page }/{ $pages }
button-previous-page = ◀
button-next-page = ▶
button-history = 📜 Käik
button-show = Näita juhtumit

# Käik
history = 📜 <b>{ $number }: mis on juhtunud</b>
history-entry = { $time } { $what } · { $person }
history-entry-clock = { $time } { $what } · aeg sai täis
history-entry-rule = { $time } { $what } · reegli järgi
history-entry-triage = { $time } { $what } · tehisaru
event-reported = 🆕 teatatud
event-answered = 💬 vastus: { $words }
event-intake-ended = 💬 küsimused läbi
event-department = 👥 osakond: { $department }
event-membership-requested = 🚪 soovib osakonda { $department }
event-claimed = ✋ võttis enda peale
event-joined = 🤝 tuli appi
event-left = 👋 loobus
event-assigned = 👉 uus vastutaja: { $person }
event-started = ▶️ alustas
event-attention = ❗ vajab tähelepanu: { $words }
event-needs-purchase = 🛒 vaja osta: { $words }
event-needs-contractor = 👷 vaja väljast tegijat: { $words }
event-waiting = ⏳ ootel: { $words }
event-resumed = ▶️ jätkas
event-resolution-begun = 🛠 lahendatud
event-summarised = 📝 kokkuvõte: { $words }
event-photo = 📷 lisas foto
event-confirmed = 👍 kinnitas
event-reopened = ♻️ avas uuesti: { $words }
event-cancelled = 🚫 tühistas: { $words }
event-duplicate = 🔁 märkis korduseks
event-commented = 💬 { $words }
event-urgency = kiireloomulisus: { $urgency }
event-amended = ✏️ parandas teadet: { $words }
event-department-reminded = ⏰ teatajale meelde tuletatud: vali osakond
event-dispatchers-told = 📣 dispetšeritele öeldud: osakond valimata
event-nudged = ⏰ osakonnale meelde tuletatud: ootab võtjat
event-summary-reminded = ⏰ kokkuvõte meelde tuletatud
event-summary-timed-out = ⌛ suletud kokkuvõtteta
event-confirmation-timed-out = ⌛ suletud kinnituseta
