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
