## What fell due while the desk was away: one message for many words.

away = ⏱ <b>The desk was down for { $duration }.</b> What fell due meanwhile: <b>{ $count }</b>
away-nudge = 🔔 <b>{ $department }</b>: nobody has claimed these. They have waited since:
away-new = 🔔 <b>{ $department }</b>: waiting for a claim
away-nobody-on-duty = 🌙 <b>{ $department }</b>: waiting, and nobody there can be called
away-no-department = 📣 No department yet. Whose are they? Reported at:
away-escalation-warning = ⚠️ Nobody takes these. Others are called at:
away-escalated = 🚨 <b>Nobody takes these, and you are called.</b> Open one to say that you look after it, or to take it. The call was due at:
away-overdue = 🐢 Not resolved in time. It was to be by:
away-woken-up = ⏰ The day you named has come. Do they go on?
away-waiting = ⏳ Do these still wait? On hold since:
away-lease = ⏱ Are you still on these? Open one to say so. Without a sign of life I give it back in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}:
away-lease-ended = ↩️ Given back, since there was no sign of life from you:
away-shift-ended = ↩️ Given back, since your shift is over and you did not say that you keep them:
away-closed-without-summary = ⌛ Closed: nobody said in time how they were resolved
away-closed-unconfirmed = ⌛ Closed: nobody said in time whether they are fixed
away-line = { $number } · { $text }
away-line-at = { $number } · { $time } · { $text }
away-also = Also: { $numbers }
away-others = The others are in /open.
