## Kes on valves ja kes millal töötab.

duty-now = 🗓 <b>Praegu valves</b>
duty-line = <b>{ $department }</b>: { $names }
duty-nobody = mitte keegi
duty-on = ✅ { $person } on valves
duty-off = 🌙 { $person } ei ole valves
duty-on-until = ✅ { $person } on valves kuni { $time }
duty-off-until = 🌙 { $person } ei ole valves kuni { $time }
duty-no-department = { $person } ei kuulu ühtegi osakonda. Astu sisse: /join, siis kutsun sind sinna.
duty-schedule-of = 🗓 <b>{ $person } töötab</b>
duty-schedule = { $department }: { $week }
duty-always = { $department }: alati, graafikut ei ole
every-day = iga päev
weekday = { $day ->
    [1] E
    [2] T
    [3] K
    [4] N
    [5] R
    [6] L
   *[7] P
}
button-duty-on = ✅ Valves
button-duty-off = 🌙 Vaba
button-schedule = 🗓 Kes millal töötab…
call-nobody-on-duty = 🌙 Osakonnast <b>{ $department }</b> ei saa praegu kedagi kutsuda, aga { $number } ootab

prompt-schedule = 🗓 { $person }, kes osakonnas <b>{ $department }</b> millal töötab? Vasta nii: <code>@jaan E-R 08:00-16:00, L 10-14</code> või <code>@jaan puudub</code>, kui graafikut ei ole.
placeholder-schedule = @jaan E-R 08:00-16:00
refused-not-a-schedule = Sellest ma aru ei saa. Kirjuta nii: /duty vaba kuni 18:00; või kellegi kasutajanimega või vastuseks talle /duty E-R 08:00-16:00 või /duty puudub.
command-duty = Kes on valves; /duty vaba: ära kutsu mind

# Millal grupp töötab ja millal tahab vaikust
button-hours = 🕘 Ajad
panel-hours = 🕘 <b>Ajad</b>
hours-always-open = Avatud: alati
hours-open = Avatud: { $week }
hours-no-holidays = Pühad: pole
hours-holidays = Pühad: { $country }
hours-never-quiet = 🌙 Vaikne aeg: pole
hours-quiet = 🌙 Vaikne aeg: { $times }. Kuni see kestab, hoian tagasi kõike, mis pole kriitiline.
button-always-open = Alati avatud
button-business-hours = Avatud…
button-no-holidays = Pühadeta
button-never-quiet = Vaikse ajata
button-quiet-hours = Muu vaikne aeg…
country-estonia = Eesti
country-latvia = Läti
country-lithuania = Leedu
country-finland = Soome
prompt-quiet-hours = 🌙 { $person }, millal olgu siin vaikne? Vasta nii: <code>22:00-07:00</code>, kõige rohkem 12 tundi.
placeholder-quiet-hours = 22:00-07:00
prompt-business-hours = 🕘 { $person }, millal olete avatud? Vasta nii: <code>E-R 08:00-17:00, L 10-14</code>
placeholder-business-hours = E-R 08:00-17:00

# Vahetus algab või lõpeb
digest = 🌅 Sinu vahetus algab. Võtmata on osakonnas { $departments }: <b>{ $count }</b>
of-group = 🏢 { $title }
button-unclaimed = 📋 Võtmata: { $department }
list-unclaimed = 📋 <b>{ $department }: { $count } võtmata</b>
list-unclaimed-empty = ✨ Osakonnas { $department } ei oota miski võtmist.
shift-ends = 🏁 Sinu vahetus lõpeb kell { $time }.
shift-ended = 🏁 Sinu vahetus lõppes: { $time }.
shift-what-becomes = Need on sinu käes. Kas jätad endale, annad üle või annad tagasi?
shift-goes-back = Mille kohta sa midagi ei ütle, läheb vahetuse lõpus tagasi.
shift-nothing-left = ✨ Sinu käes ei ole enam midagi.
button-keep = 👋 { $number } jääb
button-give-over = 👉 { $number } annan üle…
button-give-back = ↩️ { $number } annan tagasi
off-duty = 🌙 { $person }

# Mida inimene kuuleb
mutes = 🔔 <b>Mida { $person } kuuleb?</b> Kõike, mis on sinu, mis on kriitiline või eskaleeritud, kuuled alati.
mute-new = Uus minu osakonnas
mute-nudges = Keegi pole veel võtnud
mute-digests = Mis ootab minu vahetuse alguses
button-heard = 🔔 { $what }
button-muted = 🔕 { $what }
my-language = 🌐 <b>Mis keeles ma sinuga räägin?</b>
command-mute = Mida ma sulle ütlen ja mida mitte
command-language = Mis keeles ma sinuga räägin
