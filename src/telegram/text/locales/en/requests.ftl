## Requesters: where their reports go, and what they send.

which-home = 🏠 To which group shall your reports go? I remember it; /home asks again.
home-chosen = 🏠 Your reports go to <b>{ $title }</b>. /home changes that, for reports to come.
button-home = 🏠 Another group…
report-taken-in = 🏢 { $title }
news-recording = 🎤 { $number }: { $person } says
recording-only = (recording)
card-recordings = 🎤 { $count ->
    [one] { $count } recording
   *[other] { $count } recordings
}
event-recording = 🎤 added a recording
command-home = The group your private reports go to

# Places with a code
at-place = 📍 <b>{ $place }</b>
    What is wrong? Write it here, or send a photo or a voice note.
card-place = 📍 { $place }
code = 📍 <b>{ $place }</b> · { $title }
code-everyone = Print it and put it there. Whoever scans it can report from there, guests too.
code-registered = Print it and put it there. Those who are registered in this group can report from there.
command-qr = Codes to print: /qr Room 204

# Planned work
recurring = 🗓 <b>Planned work</b>
recurring-none = Nothing comes again here yet.
recurring-line = { $position }. { $days } { $time }: { $text } · next { $next }
recurring-of = { $line } · { $department }
recurring-how = Write <code>/recurring Mon, Thu 08:00 Maintenance: check the pool filter</code> for more. It is left out while the last one is open, unless you choose that another one comes.
button-recurring-drop = 🗑 { $position }
button-recurring-stack = { $position }: come even if open
button-recurring-skip = { $position }: not while one is open
card-planned = 🗓 Planned work for { $time }
command-recurring = Planned work: /recurring Mon 08:00 what

# A report that looks like an open incident
looks-like = 🔎 { $person }, that looks like <b>{ $other }</b>: “{ $text }”. Is it the same?
looks-like-wait = If I hear nothing for 3 minutes, I take it for another one.
looks-like-another = 🔎 Not the same as { $other }: recorded as one of its own.
button-same = 🤝 The same: join { $other }
button-another = ➕ It is another one
joined = 🤝 You joined { $number }: what you said is with it, and I tell you what becomes of it.
event-followed = 🤝 reported the same and joined
card-followers = 🤝 { $count ->
    [one] { $count } more reported it
   *[other] { $count } more reported it
}
