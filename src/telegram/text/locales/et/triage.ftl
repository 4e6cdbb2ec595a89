# Mida triaaž leidis, mida ta küsib ja kuidas rühm teda seab.

triage-title = 📝 { $title }
triage-title-and-place = 📝 { $title } · 📍 { $place }
rated-by-rule-hazard = ⚖️ Hinnatud reegli järgi: { $hazard }
rated-by-rule = ⚖️ Hinnatud reegli järgi
rated-by-model = 🤖 Hindas tehisaru: { $reason }
triage-missing = ❔ Veel ütlemata: { $missing }
triage-translation = 🌐 Tehisaru tõlge:

hazard-fire = tuli
hazard-smoke = suits
hazard-gas = gaas
hazard-flood = uputus
hazard-person-stuck = keegi on kinni jäänud
hazard-person-hurt = keegi on viga saanud
hazard-no-power = voolu pole
hazard-live-wire = lahtised juhtmed
hazard-own-word = sõna selle rühma nimekirjast

prompt-clarification = ❓ { $person }, { $number } kohta:
question-how = Vasta sellele sõnumile, vajuta vastust või jäta vahele.
button-skip = Jätan vahele, rohkem ei tea
questions-over = 🙏 Aitäh, { $number } kohta pole enam vaja vastata. Jätkame sellega, mis on teada; kui tahad veel midagi öelda, vasta selle kaardile.

accepted-triage = ✅ Kirjas
event-assessed = vaatas teate läbi
event-assessment-given-up = ei saanud teatest aru ja jätab selle inimestele
event-question = küsis: { $words }

suggested = 💡 { $label }

privacy-triage = Kas teateid vaatab läbi tehisaru, otsustab iga rühm ise: küsi seal /privacy.
privacy-triage-off = Teateid vaatavad läbi ainult siinsed inimesed.
privacy-triage-rules = Teateid hindab sõnade nimekiri selles masinas. Selleks ei saadeta midagi mujale.
privacy-triage-claude = Uued teated koos esimese foto ja vastustega küsimustele saadetakse Anthropicu Claude'ile, kes küsib puuduvat ja hindab. Telefoninumbrid, kaardinumbrid ja e-posti aadressid võetakse tekstist enne välja. Mida sõnade nimekiri peab kriitiliseks, jääb kriitiliseks.

button-triage = 🔎 Triaaž
panel-triage = <b>Kes teateid läbi vaatab</b>
panel-triage-critical = Märgitud ohud ja allolevad sõnad on alati kriitilised. Inimene võib alati teisiti hinnata.
button-triage-off = Väljas
button-triage-rules = Reeglid
button-triage-claude = Claude
button-department-suggested = Paku osakonda
button-department-chosen = Vali osakond
button-drop-word = ✖ { $word }
button-add-word = ➕ Lisa kriitiline sõna
prompt-critical-word = { $person }, milline sõna on siin kriitiline? Lõpus * tähendab kõiki lõppe.
placeholder-critical-word = Sõna
