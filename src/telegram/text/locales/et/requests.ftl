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
