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
