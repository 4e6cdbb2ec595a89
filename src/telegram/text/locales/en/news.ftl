## Calls, news to those concerned, questions, lists and histories.

repeat = (repeat)
for-person = 👉 { $person }
card-elsewhere = 🗂 { $number } was sent twice by mistake. Its card is another message.
excerpt = <i>{ $text }</i>
late = ⚠️ This comes late: the desk was down for { $duration }.
another-incident = another incident

# Calls to many
called-department = <b>{ $department }</b>
called-people = <b>{ $department }</b>: { $names }
call-new = 🔔 { $called } — { $number } is waiting
call-released = 🔔 { $called } — { $number } is free again, { $person } let it go
call-nudge = ⏰ { $called } — nobody has claimed { $number } for { $duration }
call-department-missing = 📣 { $names } — { $number } has had no department since { $time }. Whose is it?

# News to one
news-photos = 📷 Photos of { $number }
news-claimed = 🙋 { $person } has taken { $number }
news-assigned = 👉 { $person } has given you { $number }
news-attention = ❗ { $number } needs attention, says { $person }:
news-needs-purchase = 🛒 { $number } needs a purchase, says { $person }:
news-needs-contractor = 👷 { $number } needs a contractor, says { $person }:
news-waiting = ⏳ { $number } is on hold, says { $person }:
news-resumed = ▶️ { $number } goes on, says { $person }
news-transferred = ↪️ { $person } passed { $number } on to <b>{ $department }</b>
news-resolved = ✅ { $person } has resolved { $number }
news-confirmation-asked = ☑️ { $person } says { $number } is done. Is it fixed?
news-reopened = ♻️ { $person } has reopened { $number }:
news-cancelled = 🚫 { $person } has called off { $number }:
news-duplicate = 🔁 { $person } closed { $number }: it repeats { $other }. What happens is told there.
news-closed-without-summary = ⌛ { $number } was closed: nobody said in time how it was resolved
news-closed-unconfirmed = ⌛ { $number } was closed: nobody said in time whether it is fixed
news-closed-by-clock = ⌛ { $number } was closed by the clock
news-department-reminder = ❓ { $number } has no department yet, so nobody works on it. Whose is it?
news-summary-reminder = 📝 { $minutes ->
    [one] { $minutes } minute is
   *[other] { $minutes } minutes are
} left to say how { $number } was resolved. Reply to my question, a few words will do.

# Questions
prompt-summary = ✍️ { $person }, how was { $number } resolved? Reply to this message.
prompt-summary-words = ✍️ { $person }, got the photo. Now say in words how { $number } was resolved: reply to this message.
prompt-summary-photo = 📷 { $person }, { $number } is critical: reply to this message with a photo of the result.
prompt-photo-too = 📷 It is critical, so a photo of the result is needed too.
prompt-time-left = ⏳ { $minutes ->
    [one] { $minutes } minute left,
   *[other] { $minutes } minutes left,
} until { $time }
prompt-attention = ❗ { $person }, who must look at { $number }, and why? Reply to this message.
prompt-needs-purchase = 🛒 { $person }, what must be bought for { $number }? Reply to this message.
prompt-needs-contractor = 👷 { $person }, who has to come for { $number }, and what for? Reply to this message.
prompt-waiting = ⏳ { $person }, what is { $number } waiting for? Reply to this message.
prompt-reopen = ♻️ { $person }, what is still wrong with { $number }? Reply to this message.
prompt-report = 📝 { $person }, what is wrong, and where? Reply to this message with words or a photo.
prompt-department-name = 👥 { $person }, what is the new department called? Reply to this message.
prompt-department-rename = 👥 { $person }, what shall <b>{ $department }</b> be called? Reply to this message.
prompt-member = 👥 { $person }, who shall belong to <b>{ $department }</b>? Reply with their <code>@username</code>, or mention them.
prompt-time-zone = 🕒 { $person }, which time zone? Reply with its name, such as <code>Europe/Tallinn</code>.
prompt-manager = 👔 { $person }, who shall be a manager? Reply with their <code>@username</code>, or mention them.
prompt-dispatcher = 🎧 { $person }, who shall be a dispatcher? Reply with their <code>@username</code>, or mention them.
placeholder-summary = How was it resolved?
placeholder-photo = A photo of the result
placeholder-reason = A few words are enough
placeholder-report = What is wrong, and where?
placeholder-name = The name
placeholder-time-zone = Europe/Tallinn
placeholder-person = @username

# Lists
list-mine = 📋 <b>Yours: { $count } open</b>
list-open = 📋 <b>Open: { $count }</b>
list-open-in-department = 📋 <b>{ $department }: { $count } open</b>
list-mine-empty = ✨ You have nothing open.
list-open-empty = ✨ Nothing is open.
list-open-in-department-empty = ✨ Nothing is open in { $department }.
list-entry = { $mark } <b>{ $number }</b> · { $place } · { $holder }
list-excerpt = <i>{ $text }</i>
list-owner = 🙋 { $person }
list-since = { $time }
page-of-pages = Page { $page } of { $pages }
button-previous-page = ◀
button-next-page = ▶
button-history = 📜 History
button-show = Show the incident

# Histories
history = 📜 <b>What happened to { $number }</b>
history-entry = { $time } { $what } · { $person }
history-entry-clock = { $time } { $what } · by the clock
history-entry-rule = { $time } { $what } · by rule
history-entry-triage = { $time } { $what } · by AI
event-reported = 🆕 reported
event-answered = 💬 answered: { $words }
event-intake-ended = 💬 questions are over
event-department = 👥 given to { $department }
event-membership-requested = 🚪 asked to be let into { $department }
event-claimed = ✋ claimed
event-joined = 🤝 joined
event-left = 👋 left
event-assigned = 👉 assigned to { $person }
event-started = ▶️ started
event-attention = ❗ needs attention: { $words }
event-needs-purchase = 🛒 needs a purchase: { $words }
event-needs-contractor = 👷 needs a contractor: { $words }
event-waiting = ⏳ on hold: { $words }
event-resumed = ▶️ resumed
event-resolution-begun = 🛠 resolved
event-summarised = 📝 summary: { $words }
event-photo = 📷 added a photo
event-confirmed = 👍 confirmed
event-reopened = ♻️ reopened: { $words }
event-cancelled = 🚫 called off: { $words }
event-duplicate = 🔁 marked as a duplicate
event-commented = 💬 { $words }
event-urgency = rated { $urgency }
event-amended = ✏️ report corrected: { $words }
event-department-reminded = ⏰ reporter reminded to choose a department
event-dispatchers-told = 📣 dispatchers told that no department is chosen
event-nudged = ⏰ department reminded to claim
event-summary-reminded = ⏰ reminded of the summary
event-summary-timed-out = ⌛ closed without a summary
event-confirmation-timed-out = ⌛ closed unconfirmed
