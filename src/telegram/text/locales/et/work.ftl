## Küsimused juhtumiga tegelejatele ja see, mida ütleb kell.

work-wake-up-asked = ⏸ { $person }, millal ma { $number } juurde tagasi tulen?
work-woken-up = ⏰ { $number }: määratud päev on käes. Kas läheb edasi?
work-wait-questioned = ⏳ { $number } on ootel alates { $time }. Kas see ootab veel?
work-lease-questioned = ⏱ Kas sa tegeled veel asjaga { $number }? Kui elumärki ei tule, annan selle tagasi { $minutes ->
    [one] { $minutes } minuti
   *[other] { $minutes } minuti
} pärast.
work-or-hand-over = Või anna edasi:
work-lease-ended = ↩️ { $number } läks tagasi: sinult ei tulnud elumärki.
work-shift-ended = ↩️ { $number } läks tagasi: sinu vahetus on läbi ja sa ei öelnud, et see jääb sulle.
work-overdue = 🐢 { $number } pidi lahenema hiljemalt { $time }.

button-tomorrow = Homme hommikul
button-monday = Järgmisel esmaspäeval
button-next-week = Nädala pärast
button-no-date = Kuupäeva pole
button-other-date = Muu kuupäev…
button-still-on-it = 👋 Tegelen edasi
button-release = ↩️ Loobun
button-hand-over = Anna edasi…

prompt-wake-up = 📅 { $person }, millal saab { $number } edasi minna? Vasta kuupäevaga, näiteks <code>24.12</code> või <code>24.12 9:00</code>.
placeholder-date = 24.12 9:00

accepted-wake-up = 📅 Tulen { $number } juurde tagasi { $time }
accepted-no-wake-up = ⏸ { $number } ootab ilma kuupäevata
accepted-still-on-it = 👋 Aitäh. { $number } jääb sinule
refused-not-a-date = Seda ma kuupäevana lugeda ei oska. Kirjuta nii: 24.12 või 24.12 9:00.
refused-not-in-the-future = See hetk on juba möödas. Nimeta hilisem.

event-wake-up = 📅 edasi { $time }
event-no-wake-up = 📅 kuupäeva pole
event-woken-up = ⏰ määratud aeg on käes
event-wait-questioned = ⏳ küsitud, kas ootab veel
event-still-on-it = 👋 tegeleb edasi
event-lease-questioned = ⏱ küsitud elumärki
event-shift-ending = ⏱ küsitud, mis sellest saab, kui vahetus kell { $time } lõpeb
event-lease-ended = ↩️ tagasi antud: elumärki ei tulnud
event-overdue = 🐢 õigel ajal lahendamata

card-wake-up = 📅 Edasi { $time }
card-overdue = 🐢 Üle aja alates { $time }
