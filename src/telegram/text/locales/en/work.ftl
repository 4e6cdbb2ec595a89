## Questions to those who work on an incident, and what the clock says of their work.

work-wake-up-asked = ⏸ { $person }, when shall I come back to { $number }?
work-woken-up = ⏰ { $number }: the day you named has come. Does it go on?
work-wait-questioned = ⏳ { $number } has been on hold since { $time }. Does it still wait?
work-lease-questioned = ⏱ Are you still on { $number }? Without a sign of life I give it back in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}.
work-or-hand-over = Or hand it over:
work-lease-ended = ↩️ { $number } was given back: there was no sign of life from you.
work-shift-ended = ↩️ { $number } was given back: your shift is over, and you did not say that you keep it.
work-overdue = 🐢 { $number } should have been resolved by { $time }.

button-tomorrow = Tomorrow morning
button-monday = Next Monday
button-next-week = In a week
button-no-date = No date
button-other-date = Another date…
button-still-on-it = 👋 Still on it
button-release = ↩️ Release
button-hand-over = Hand over…

prompt-wake-up = 📅 { $person }, when may { $number } go on? Reply with a date, such as <code>24.12</code> or <code>24.12 9:00</code>.
placeholder-date = 24.12 9:00

accepted-wake-up = 📅 I come back to { $number } on { $time }
accepted-no-wake-up = ⏸ { $number } waits without a date
accepted-still-on-it = 👋 Thank you. { $number } stays yours
refused-not-a-date = I cannot read that as a date. Write it like 24.12 or 24.12 9:00.
refused-not-in-the-future = That moment has passed. Name a later one.

event-wake-up = 📅 to go on { $time }
event-no-wake-up = 📅 no date
event-woken-up = ⏰ the date came
event-wait-questioned = ⏳ asked whether it still waits
event-still-on-it = 👋 still on it
event-lease-questioned = ⏱ asked for a sign of life
event-shift-ending = ⏱ asked what becomes of it when the shift ends at { $time }
event-lease-ended = ↩️ given back: no sign of life
event-overdue = 🐢 not resolved in time

card-wake-up = 📅 To go on { $time }
card-overdue = 🐢 Overdue since { $time }
