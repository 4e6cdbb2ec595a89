## Mis jõudis kätte, kui laud ei töötanud: üks sõnum paljude asemel.

away = ⏱ <b>Ma ei töötanud { $duration }.</b> Vahepeal jõudis kätte: <b>{ $count }</b>
away-nudge = 🔔 <b>{ $department }</b>: neid pole keegi võtnud. Ootavad alates:
away-new = 🔔 <b>{ $department }</b>: ootavad võtjat
away-nobody-on-duty = 🌙 <b>{ $department }</b>: ootavad, aga kedagi ei saa kutsuda
away-no-department = 📣 Osakonda veel pole. Kelle omad need on? Teatatud:
away-escalation-warning = ⚠️ Neid ei võta keegi. Teisi kutsutakse kell:
away-escalated = 🚨 <b>Neid ei võta keegi ja kutsutakse sind.</b> Ava mõni, et öelda, et hoolitsed selle eest, või võta see endale. Kutse pidi tulema:
away-overdue = 🐢 Õigel ajal lahendamata. Tähtaeg oli:
away-woken-up = ⏰ Määratud päev on käes. Kas läheb edasi?
away-waiting = ⏳ Kas need ootavad veel? Ootel alates:
away-lease = ⏱ Kas sa tegeled veel nendega? Ava mõni, et seda öelda. Kui elumärki ei tule, annan selle tagasi { $minutes ->
    [one] { $minutes } minuti
   *[other] { $minutes } minuti
} pärast:
away-lease-ended = ↩️ Läksid tagasi, sest sinult ei tulnud elumärki:
away-shift-ended = ↩️ Läksid tagasi, sest sinu vahetus on läbi ja sa ei öelnud, et need jäävad sulle:
away-closed-without-summary = ⌛ Suletud: keegi ei kirjutanud õigel ajal, kuidas need lahenesid
away-closed-unconfirmed = ⌛ Suletud: keegi ei öelnud õigel ajal, kas on korras
away-line = { $number } · { $text }
away-line-at = { $number } · { $time } · { $text }
away-also = Veel: { $numbers }
away-others = Ülejäänud leiad käsuga /open.
