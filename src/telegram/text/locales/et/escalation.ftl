## Mida keegi ei võta: hoiatused, kutsed, kes hoolitseb ja keda kutsutakse.

escalation-call = 🚨 <b>{ $number } on { $duration } võtjata</b> · { $level }. aste
escalation-place = 📍 { $place }
escalation-department = 👥 { $department } · tööl: { $names }
escalation-no-department = 👥 Osakond on veel valimata
escalation-told = 📣 Teavitatud: { $names }
escalation-with-you = 📣 Sinuga koos kutsutud: { $names }
escalation-telling = { $person } { $time }
escalation-telling-in-group = { $person } { $time } rühmas
escalation-not-reached = 📵 Eraviisiline teade ei jõudnud kohale: { $names }
escalation-late = ⏱ Pidi tulema { $time }, hilines { $duration }
escalation-give-to = Anna see:
escalation-warning = ⚠️ { $called } — { $number } on { $duration } võtjata. Kell { $time } kutsutakse teisi.
escalation-warning-all = ⚠️ { $number } on { $duration } võtjata. Kell { $time } kutsutakse teisi.
escalation-acknowledged = ✋ { $person } hoolitseb juhtumi { $number } eest: sina ei pea.

button-acknowledge = ✋ Hoolitsen
button-take = 🙋 Võtan
button-open = 📄 Ava

accepted-acknowledged = ✋ Hoolitsed juhtumi { $number } eest: rohkem kedagi ei kutsuta
refused-already-acknowledged = { $person } hoolitseb juhtumi { $number } eest alates { $time }.
refused-not-a-chain = Ma ei saa sellest astmeid välja lugeda. Kirjuta nii nagu minu küsimuse näites.

event-escalation-warned = ⚠️ hoiatatud: keegi ei võta
event-escalated = 🚨 kutsutud { $level }. aste: { $names }
event-call-unheard = 📵 eraviisiline teade ei jõudnud: { $names }
event-acknowledged = ✋ hoolitseb selle eest

card-escalated = 🚨 { $level }. aste kutsuti { $time }
card-acknowledged = ✋ { $person } hoolitseb alates { $time }

button-escalation = 🚨 Eskaleerimine
panel-escalation = 🚨 <b>Eskaleerimine</b>: keda kutsutakse, kui keegi juhtumit ei võta
panel-escalation-after = Kriitiline { $critical } pärast; sama päeva juhtum { $same-day } ja plaaniline { $planned } tööaja pärast. Kahe kolmandiku ajal hoiatatakse rühma. Kes ütleb, et hoolitseb, või võtab, lõpetab kutsed.
panel-escalation-managers = Kutsutakse juhid ja siis iga 15 minuti järel uuesti, kokku neli korda.
panel-escalation-others = Muul juhul kutsutakse juhid ja siis iga 15 minuti järel uuesti, kokku neli korda.
panel-escalation-chain = { $index }. { $when }: { $levels }
chain-always = Igal ajal
chain-open-hours = tööajal
chain-closed-hours = väljaspool tööaega
chain-managers = juhid
chain-level = { $people } ({ $duration })
chain-level-again = { $people } ({ $duration }, { $times } korda)
button-critical-minutes = 🚨 { $minutes } min
button-add-chain = ➕ Keda kutsuda…
button-drop-chain = 🗑 Eemalda { $index }
prompt-chain = 🚨 { $person }, keda kutsutakse, aste astme järel? Näiteks: <code>kriitiline, väljaspool tööaega: @mari @jaan 15 min x2 &gt; juhid 30 min</code>. Need kaks kutsutakse kaks korda 15-minutilise vahega, siis juhid. Sõnad enne koolonit võib ära jätta.
placeholder-chain = kriitiline: @mari 15 min > juhid
