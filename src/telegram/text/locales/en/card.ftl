## The card of an incident, and the words that many texts share.

# Shared
someone = someone
unnamed = (no name)
nobody = nobody
and-more = { $count } more
this-incident = This incident
department-gone = a former department
photo-only = (photo)
chosen = ✓ { $label }

# Times
month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
moment-this-year = { $day } { $month } { $time }
moment = { $day } { $month } { $year } { $time }
duration-tenths = 0.{ $tenths } s
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-days = { $days } d

# Where an incident stands
state-intake = being clarified
state-awaiting-department = needs a department
state-new = waiting for a claim
state-accepted = accepted
state-in-progress = in progress
state-attention = needs attention
state-needs-purchase = needs a purchase
state-needs-contractor = needs a contractor
state-waiting = on hold
state-awaiting-summary = waiting for the summary
state-done = done, to be confirmed
state-resolved = resolved
state-confirmed = fixed and confirmed
state-no-summary = closed without a summary
state-unconfirmed = closed unconfirmed
state-cancelled = cancelled
state-duplicate = closed as a duplicate

urgency-critical = 🔴 critical
urgency-same-day = 🟠 same day
urgency-planned = 🟢 planned

# The card
card-title = { $mark } <b>{ $number } · { $state }</b>
card-title-rated = { $title } · { $urgency }
card-since = Since { $time }
card-department = 👥 { $department }
card-unclaimed = 👥 { $department } — since { $time }
card-owner = 👥 { $department } · 🙋 { $person } since { $time }
card-helpers = 🤝 { $names }
card-blocked = ⏸ Since { $time }: { $text }
card-summary-wanted = ✍️ { $person } still has to say how it was resolved
card-summary-wanted-until = ✍️ { $person } has until { $time } to say how it was resolved
card-confirmation-wanted = 👉 { $person }, is it fixed?
card-closed = 🏁 { $person } · { $time } · took { $duration }
card-closed-by-clock = 🏁 Closed by the clock · { $time } · took { $duration }
card-duplicate = 🔁 Repeats { $other }
card-reporter = 👤 { $person } · { $time }
card-photos = 📷 { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}
card-reopened = ♻️ reopened { $count ->
    [one] once
   *[other] { $count } times
}
card-summary = 🛠 How it was resolved:
card-comment = 💬 { $person }: { $text }
card-comment-and-earlier = { $comment } (+ { $count } earlier)

# Its buttons
button-choose-department = 👥 Choose department
button-change-department = Change department
button-claim = ✋ Claim
button-join = 🤝 Join
button-leave = Leave
button-start = ▶️ Start
button-block = ⏸ Block…
button-resume = ▶️ Resume
button-resolve = ✅ Resolve
button-confirm = 👍 Confirm
button-not-fixed = 👎 Not fixed
button-reopen = ♻️ Reopen
button-urgency = Urgency
button-attention = ❗ Needs attention
button-needs-purchase = 🛒 Needs a purchase
button-needs-contractor = 👷 Needs a contractor
button-waiting = ⏳ On hold
button-back = ‹ Back
button-card = Go to the card
button-private-chat = Open our private chat
