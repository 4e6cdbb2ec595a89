## The pages of a group's configuration.

settings-unavailable = I cannot find this group any more.
no-departments = none yet
language-english = English
language-estonian = Eesti
language-russian = Русский

# A new group
set-up-welcome = 👋 <b>Hello, I am the incident desk of this group.</b>
set-up-what = One message becomes a numbered incident with a department, an owner and a clock, and nobody leaves the chat.
set-up-ready = ✅ <b>It works right now.</b> Departments: { $departments }
set-up-first = 👉 Try it: reply /new_issue to any message, or write <code>/new_issue The tap in 204 leaks</code>
set-up-managers = 👔 Manager: { $names }
set-up-done = ✅ Set up. /settings changes it at any time.

# The overview
settings-title = ⚙️ <b>Settings · { $title }</b>
settings-language-and-zone = 🌐 { $language } · 🕒 { $zone }, it is { $time }
settings-departments = 👥 Departments: { $departments }
settings-workflow-quick = 🔀 Quick: claim, resolve with a summary, closed
settings-workflow-full = 🔀 Full: claim, start, resolve, the reporter confirms
settings-reporting-everyone = 📣 Everybody can report
settings-reporting-registered = 📣 Those who sent /register_driver can report
settings-clocks = ⏰ Unclaimed: reminder every { $nudge } min, { $times ->
    [one] once
   *[other] { $times } times
}. Summary: within { $summary } min.
settings-managers = 👔 Managers: { $names }
button-settings = ⚙️ Settings
button-language = 🌐 Language
button-time-zone = 🕒 Time zone
button-departments = 👥 Departments
button-managers = 👔 Managers
button-clocks = ⏰ Clocks
button-finish = Done
button-workflow-quick = Quick
button-workflow-full = Full
button-reporting-everyone = Everybody reports
button-reporting-registered = Registered only

# Its pages
panel-language = 🌐 <b>Which language do I speak here?</b>
panel-time-zone = 🕒 <b>Time zone: { $zone }</b>, it is { $time } there
button-other-time-zone = Other…
panel-clocks = ⏰ <b>Clocks</b>
button-nudge-minutes = 🔔 { $minutes } min
button-summary-minutes = 📝 { $minutes } min
panel-leases = 🔒 <b>Who works on it and is silent is asked</b>, and then loses it, after:
panel-lease = { $urgency }: { $time }
button-lease-critical = 🔴 { $time }
button-lease-same-day = 🟠 { $time }
button-lease-planned = 🟢 { $time }
lasts-for-ever = never
lasts-minutes = { $count } min
lasts-hours = { $count } h
lasts-days = { $count } d
panel-managers = 👔 <b>Managers and dispatchers</b>
panel-managers-are = Managers direct, hear what is stuck and change settings: { $names }
panel-dispatchers-are = Dispatchers choose departments, assign and rate: { $names }
button-remove-manager = ✕ { $person }
button-remove-dispatcher = ✕ { $person } (dispatcher)
button-add-manager = + Manager
button-add-dispatcher = + Dispatcher
panel-departments = 👥 <b>Departments</b>
panel-departments-line = <b>{ $department }</b> · { $count ->
    [0] nobody yet
    [one] { $count } member
   *[other] { $count } members
} · { $access }
access-open = open
access-request = on request
access-members = members only
button-add-department = + Add…
button-default-departments = Default ones
panel-department = 👥 <b>{ $department }</b>
panel-department-gone = This department is gone.
panel-department-members = Members: { $names }
access-open-explained = 🔓 Open: who claims becomes a member.
access-request-explained = 🚪 On request: who claims from outside is let in by a manager.
access-members-explained = 🔒 Members only: others cannot claim.
button-access-open = Open
button-access-request = On request
button-access-members = Members only
button-add-member = + Member
button-remove-member = ✕ { $person }
button-rename = Rename…
button-retire = Retire
panel-default-departments = 👥 <b>Default departments</b>: press what you need, press again what you do not.

settings-alike-asked = 🔁 Before a report that looks like an open incident becomes a second one, I ask.
settings-alike-not-asked = 🔁 Every report becomes an incident, whatever it looks like.
button-alike-asked = 🔁 Ask about repeats
button-alike-not-asked = Do not ask

# Several groups of one company
settings-company = 🏢 People, departments and numbers are shared with { $count ->
    [one] { $count } other group
   *[other] { $count } other groups
}
button-belongs-to = 🏢 Belongs to { $title }
panel-belong = 🏢 <b>Does this group belong to { $title }?</b>
panel-belong-shared = 🤝 Both then share departments, members, managers and dispatchers, and count their incidents together.
panel-belong-goes = 🗑 This group's own departments go, with their members, shifts and requests, and so do its own managers and dispatchers.
panel-belong-stays = 📌 Its settings, room codes and planned work stay, and so do those who registered.
panel-belong-apart = 🙈 Incidents are seen only in the group where they were reported.
panel-belong-final = ⚠️ There is no button that undoes this.
button-belong = Yes, it belongs to { $title }
