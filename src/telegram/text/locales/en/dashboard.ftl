## The dashboard: the way in, and its pages. Pages are plain text; nothing here has markup but the letters.

command-dashboard = What is open and the figures, in a browser
dashboard-link = 🖥 Your way into the dashboard: good for 5 minutes, and once. Whoever opens it is you there, so pass it on to nobody.
dashboard-none = 🖥 This desk has no dashboard. Whoever runs it can switch it on; until then /open and /report say the same here.
button-dashboard = 🖥 Open the dashboard

# Coming in and going out
sign-in-title = Sign in
sign-in-as = Sign in as { $person }?
sign-in-how = This link came from the incident desk in Telegram. It is used up when you press.
sign-in-press = Sign in
sign-in-needed = Write /dashboard to the bot in your private chat with it in Telegram. It answers with a link that signs you in here.
sign-in-gone-title = This link is no longer good
sign-in-gone = A link is good for 5 minutes, and once. Write /dashboard to the bot in Telegram for a new one.
sign-out = Sign out
not-found-title = Nothing here
not-found = It does not exist, or it is not yours to see.
foreign-title = That did not come from here
foreign = Another page asked for this in your name. Nothing was done. If it was you, open the page anew and try again.
unavailable-title = Not right now
unavailable = The desk cannot answer at the moment. Try again in a minute; the chat in Telegram goes on.

# What is open
board-title = Open incidents
tally-open = open now
tally-critical = critical
tally-late = late
tally-unclaimed = unclaimed
board-group = Group
board-department = Department
board-urgency = Urgency
board-state = State
board-all = all
board-critical = critical
board-same-day = same day
board-planned = planned
board-unrated = not rated
lane-unclaimed = unclaimed
lane-underway = being worked on
lane-on-hold = on hold
lane-finishing = done, to be closed
board-empty = Nothing is open. Well done.
board-nothing-fits = Nothing open fits this choice.
board-some-groups = You are in many groups: these are the incidents of the first 8. Choose a group to see its own.
board-late = { $duration } late
board-due = { $duration } left
board-ago = raised { $duration } ago
board-before = Back
board-after = Next
board-by-clock = by the clock
board-by-rule = by rule
board-by-triage = by AI

# An incident
incident-report = Report
incident-translation = In the group’s language
incident-summary = How it was resolved
incident-history = What happened
incident-in-chat = Open in Telegram
fact-place = Place
fact-reporter = Reported by
fact-owner = Owner
fact-helpers = Helping
fact-raised = Raised
fact-due = To be done by
fact-done = Done
fact-closed = Closed
fact-took = Took
fact-reopened = Reopened, times
fact-repeats = Repeats
ratings-heading = AI said, people set
ratings-ai = AI said
ratings-people = People set
ratings-nobody = nobody set anything
ratings-by-model = by the model
ratings-by-rules = by words that are always rated so

# Figures
figures-title = Figures
figures-day = Day
figures-week = Week
figures-month = Month
figures-before = Earlier
figures-after = Later
figures-empty = Nothing was raised, claimed, done or closed in this time.
figures-chart = Created and closed, response, resolution, and how much was in time
figures-created = created
figures-closed = closed
figures-in-time = in time
figures-response = response, median
figures-resolution = resolution, median
figures-response-time = response
figures-resolution-time = resolution
figures-times = How long it took
figures-median = median
figures-most = nine of ten within
figures-mean = mean
figures-count = counted
figures-auto-closed = Closed by the clock
figures-reopened = Reopened
figures-lost = Claims that came too late
figures-calls = Calls because nobody took it
figures-undelivered = Calls that were not delivered
figures-acknowledged = Calls acknowledged
figures-acknowledging = from call to acknowledged
figures-impossible = Times below zero, left out
figures-all-groups = All groups
figures-by-group = By group
figures-by-department = By department
figures-by-urgency = By urgency
figures-by-person = Who did what
people-claimed = claimed
people-resolved = resolved
people-active = at work
people-late = too late
ratings-missed-heading = { $count ->
    [one] { $count } critical incident that AI called less
   *[other] { $count } critical incidents that AI called less
}
ratings-summary-line = Rated by triage: { $rated }. Changed by people: { $changed }.
