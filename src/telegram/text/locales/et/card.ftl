## Juhtumi kaart ja sõnad, mida paljud tekstid jagavad.

# Ühised
someone = keegi
unnamed = (nimetu)
nobody = veel pole
and-more = veel { $count }
this-incident = See juhtum
department-gone = endine osakond
photo-only = (foto)
chosen = ✓ { $label }

# Ajad
month = { $month ->
    [1] jaan
    [2] veebr
    [3] märts
    [4] apr
    [5] mai
    [6] juuni
    [7] juuli
    [8] aug
    [9] sept
    [10] okt
    [11] nov
   *[12] dets
}
moment-this-year = { $day }. { $month } { $time }
moment = { $day }. { $month } { $year } { $time }
duration-tenths = 0,{ $tenths } s
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-hours = { $hours } t
duration-days = { $days ->
    [one] { $days } päev
   *[other] { $days } päeva
}

# Kuidas juhtumiga on
state-intake = täpsustamisel
state-awaiting-department = osakond valimata
state-new = ootab võtjat
state-accepted = vastu võetud
state-in-progress = töös
state-attention = vajab tähelepanu
state-needs-purchase = vaja midagi osta
state-needs-contractor = vaja väljast tegijat
state-waiting = ootel
state-awaiting-summary = ootab kokkuvõtet
state-done = tehtud, kinnitamata
state-resolved = lahendatud
state-confirmed = korras ja kinnitatud
state-no-summary = suletud kokkuvõtteta
state-unconfirmed = suletud kinnituseta
state-cancelled = tühistatud
state-duplicate = suletud kordusena

urgency-critical = 🔴 kriitiline
urgency-same-day = 🟠 täna
urgency-planned = 🟢 plaaniline

# Kaart
card-title = { $mark } <b>{ $number } · { $state }</b>
card-title-rated = { $title } · { $urgency }
card-since = Alates { $time }
card-department = 👥 { $department }
card-unclaimed = 👥 { $department } — alates { $time }
card-owner = 👥 { $department } · 🙋 { $person } alates { $time }
card-helpers = 🤝 { $names }
card-blocked = ⏸ Alates { $time }: { $text }
card-summary-wanted = ✍️ { $person } peab veel kirjutama, kuidas see lahenes
card-summary-wanted-until = ✍️ { $person } peab hiljemalt { $time } kirjutama, kuidas see lahenes
card-confirmation-wanted = 👉 { $person }, kas on korras?
card-closed = 🏁 { $person } · { $time } · aega läks { $duration }
card-closed-by-clock = 🏁 Aeg sai täis · { $time } · aega läks { $duration }
card-duplicate = 🔁 Sama mis { $other }
card-reporter = 👤 { $person } · { $time }
card-photos = 📷 { $count ->
    [one] { $count } foto
   *[other] { $count } fotot
}
card-reopened = ♻️ uuesti avatud { $count ->
    [one] { $count } kord
   *[other] { $count } korda
}
card-summary = 🛠 Kuidas lahenes:
card-comment = 💬 { $person }: { $text }
card-comment-and-earlier = { $comment } (+ { $count } varasemat)

# Selle nupud
button-choose-department = 👥 Vali osakond
button-change-department = Muuda osakonda
button-claim = ✋ Võtan
button-join = 🤝 Tulen appi
button-leave = Loobun
button-start = ▶️ Alustan
button-block = ⏸ Ei saa jätkata…
button-resume = ▶️ Jätkan
button-resolve = ✅ Lahendatud
button-confirm = 👍 Korras
button-not-fixed = 👎 Pole korras
button-reopen = ♻️ Ava uuesti
button-urgency = Kiireloomulisus
button-attention = ❗ Vajab tähelepanu
button-needs-purchase = 🛒 Vaja osta
button-needs-contractor = 👷 Vaja väljast tegijat
button-waiting = ⏳ Ootel
button-back = ‹ Tagasi
button-card = Kaardi juurde
button-private-chat = Ava minuga vestlus
