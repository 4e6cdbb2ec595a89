## What the desk says about itself, and to people about themselves.

welcome = 👋 <b>Hello, I am Deskbell, an incident desk.</b>
    Write here what is wrong, in words or with a photo, and it becomes an incident in your group. I tell you here when somebody takes it and when it is done.

    /my shows yours, /help what else I can do.
welcome-group = 👋 I am the incident desk of this group. Reply /new_issue to any message, and it becomes an incident. /help shows more.
help-group = <b>How to</b>
    🆕 Reply /new_issue to a message, or write <code>/new_issue The tap in 204 leaks</code>
    ✋ Press Claim on the card, then Resolve, and say how
    📋 /my and /open list incidents, <code>/incident 0042</code> shows one
    💬 <code>/comment 0042 The key is at the desk</code>
    ⚙️ /settings, /departments and /managers for those in charge
help-private = <b>Report</b>
    Write here what is wrong, or send a photo. In the group: reply /new_issue to a message.

    <b>Look</b>
    /my: yours
    /open: all open ones; <code>/open Kitchen</code>: of one department
    /dashboard: all of it in a browser
    <code>/incident 0042</code>: one of them
    <code>/history 0042</code>: what happened to it

    <b>Do</b>
    <code>/comment 0042 The key is at the desk</code>
    <code>/assign 0042 @mari</code>
    <code>/reopen 0042 It leaks again</code>
    <code>/cancel 0042 It was a mistake</code>
    <code>/duplicate 0042 0017</code>: 0042 repeats 0017

    <b>Belong</b>
    /join and /leave_department: your departments
    /duty: who is on duty; <code>/duty off until 18:00</code>: do not call me
    /mute: what you do not want to hear; /language: mine
    /register_driver: where only registered people report

    /privacy: what I keep · /forget_me: erase me
privacy = 🔒 <b>What I keep</b>
    • Your Telegram number, name, username and language
    • Your departments and roles, and the group you report to
    • When you are on duty, and what you have muted
    • Incidents: what you reported or wrote to me about them, photos and recordings as Telegram's file names, and what was done when by whom

    I use commands, replies to me, buttons and what you write to me privately, and pass nothing on. Where I am an administrator Telegram shows me every message: of those I keep who wrote, and for two days which photos form an album.
    /forget_me erases your name, username and language, and takes you out of all departments. Incidents stay, by “someone”.
forget-me = 🗑 <b>Erase you?</b>
    Your name, username, language, departments, roles and duty times go. Incidents stay, by “someone”. This cannot be undone.
forgotten = 🗑 Done: I no longer know you. When you write to me again, we begin anew.
button-forget-me = Yes, erase me
registered = ✅ You are registered and can report.
registered-already = ✓ You are registered already.
report-taken = ✅ Recorded as { $number }. I will tell you here what happens.
report-needs-department = 👉 Whose is it? Choose a department.
which-group = 🏢 For which group is this?
join-requested = 🚪 { $person } wants to join <b>{ $department }</b>
join-approved = ✅ Welcome to <b>{ $department }</b>. You can claim now.
join-declined = The answer from <b>{ $department }</b> was no. Ask a manager in the group why.
button-approve = ✅ Approve
button-decline = Decline
membership = 👥 <b>Departments</b>
membership-none = There are no departments here yet.
membership-line-yours = ✓ <b>{ $department }</b> · you belong to it
membership-line-open = 🔓 { $department } · open
membership-line-request = 🚪 { $department } · a manager lets you in
membership-line-members = 🔒 { $department } · members only
button-join-department = Join { $department }
button-leave-department = Leave { $department }
approval-asked = 🏢 The group <b>{ $title }</b> has added me. May I work there?
approval-asked-by = 🏢 { $person } has added me to the group <b>{ $title }</b>. May I work there?
approved = ✅ I may work here now.
not-approved = 🚫 I may not work here. Whoever runs me has declined.
approval-awaited = ⏳ I may not work here yet: whoever runs me must approve this group first. I will say so here.

# The command menu
command-new-issue = Report an incident (or reply with it to a message)
command-my = Incidents you reported or work on
command-open = Open incidents, of all or of one department
command-incident = Show one: /incident 0042
command-history = What happened to it: /history 0042
command-comment = Say something about it: /comment 0042 words
command-assign = Give it to somebody: /assign 0042 @user
command-reopen = Open it again: /reopen 0042 why
command-cancel = Call it off: /cancel 0042 why
command-duplicate = It repeats another: /duplicate 0042 0017
command-join = Join a department
command-leave-department = Leave a department
command-register-driver = Register, to be allowed to report
command-departments = Departments and who belongs to them
command-managers = Managers and dispatchers
command-settings = Settings of this group
command-help = How to use me
command-privacy = What I keep
command-forget-me = Erase what I know about you
bot-description = An incident desk for your Telegram group: one message becomes a numbered incident with a department, an owner and a clock. Write here what is wrong, in words or with a photo, or add me to your group.
bot-short-description = Incident desk: a message becomes an incident with an owner and a clock.
