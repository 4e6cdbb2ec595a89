## Teatajad: kuhu nende teated lähevad ja mida nad saadavad.

which-home = 🏠 Millisesse gruppi sinu teated lähevad? Jätan meelde; /home küsib uuesti.
home-chosen = 🏠 Sinu teated lähevad gruppi <b>{ $title }</b>. /home muudab seda edaspidiseks.
button-home = 🏠 Teine grupp…
report-taken-in = 🏢 { $title }
news-recording = 🎤 { $number }: { $person } räägib
recording-only = (salvestis)
card-recordings = 🎤 { $count ->
    [one] { $count } salvestis
   *[other] { $count } salvestist
}
event-recording = 🎤 lisas salvestise
command-home = Grupp, kuhu sinu privaatsed teated lähevad

# Kohad, millel on kood
at-place = 📍 <b>{ $place }</b>
    Mis on valesti? Kirjuta siia või saada foto või häälsõnum.
card-place = 📍 { $place }
code = 📍 <b>{ $place }</b> · { $title }
code-everyone = Prindi välja ja pane sinna üles. Kes selle skannib, saab sealt teatada, ka külaline.
code-registered = Prindi välja ja pane sinna üles. Sealt saavad teatada need, kes on selles grupis registreeritud.
command-qr = Koodid printimiseks: /qr Tuba 204

# Plaanilised tööd
recurring = 🗓 <b>Plaanilised tööd</b>
recurring-none = Siin ei kordu veel midagi.
recurring-line = { $position }. { $days } { $time }: { $text } · järgmine { $next }
recurring-of = { $line } · { $department }
recurring-how = Lisamiseks kirjuta <code>/recurring E, N 08:00 Hooldus: kontrolli basseini filtrit</code>. Kuni eelmine on lahti, jääb uus tulemata, kui sa just ei vali, et see ikka tuleb.
button-recurring-drop = 🗑 { $position }
button-recurring-stack = { $position }: tuleb ka siis, kui eelmine on lahti
button-recurring-skip = { $position }: mitte, kuni eelmine on lahti
card-planned = 🗓 Plaaniline töö, aeg { $time }
command-recurring = Plaanilised tööd: /recurring E 08:00 mida teha

# Teade, mis sarnaneb lahtise juhtumiga
looks-like = 🔎 { $person }, see sarnaneb juhtumiga <b>{ $other }</b>: „{ $text }“. Kas see on sama?
looks-like-wait = Kui ma 3 minuti jooksul midagi ei kuule, loen selle eraldi juhtumiks.
looks-like-another = 🔎 Pole sama mis { $other }: kirja pandud eraldi juhtumina.
button-same = 🤝 Sama: liitun { $other } juurde
button-another = ➕ See on teine
joined = 🤝 Liitusid juhtumiga { $number }: sinu sõnad on selle juures ja annan teada, mis sellest saab.
event-followed = 🤝 teatas samast ja liitus
card-followers = 🤝 { $count ->
    [one] veel { $count } teatas sellest
   *[other] veel { $count } teatasid sellest
}
