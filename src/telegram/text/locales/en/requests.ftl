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
