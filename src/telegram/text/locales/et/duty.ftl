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
