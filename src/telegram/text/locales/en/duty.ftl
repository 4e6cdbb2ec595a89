## Who is on duty, and when somebody works.

duty-now = 🗓 <b>On duty now</b>
duty-line = <b>{ $department }</b>: { $names }
duty-nobody = nobody
duty-on = ✅ { $person } is on duty
duty-off = 🌙 { $person } is off duty
duty-on-until = ✅ { $person } is on duty until { $time }
duty-off-until = 🌙 { $person } is off duty until { $time }
duty-no-department = { $person } belongs to no department. /join one, and I call you there.
duty-schedule-of = 🗓 <b>{ $person } works</b>
duty-schedule = { $department }: { $week }
duty-always = { $department }: always, there is no schedule
every-day = every day
weekday = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
button-duty-on = ✅ On duty
button-duty-off = 🌙 Off duty
button-schedule = 🗓 Who works when…
call-nobody-on-duty = 🌙 Nobody in <b>{ $department }</b> can be called now, and { $number } is waiting

prompt-schedule = 🗓 { $person }, who works when in <b>{ $department }</b>? Reply like this: <code>@jaan Mon-Fri 08:00-16:00, Sat 10-14</code>, or <code>@jaan none</code> for no schedule.
placeholder-schedule = @jaan Mon-Fri 08:00-16:00
refused-not-a-schedule = I cannot read that. Write it like /duty off until 18:00; or, with somebody’s username or as a reply to them, /duty Mon-Fri 08:00-16:00 or /duty none.
command-duty = Who is on duty; /duty off: do not call me

# When a group is open, and when it wants quiet
button-hours = 🕘 Hours
panel-hours = 🕘 <b>Hours</b>
hours-always-open = Open: always
hours-open = Open: { $week }
hours-no-holidays = Holidays: none
hours-holidays = Holidays: { $country }
hours-never-quiet = 🌙 Quiet hours: none
hours-quiet = 🌙 Quiet hours: { $times }. Until they are over, I hold back what is not critical.
button-always-open = Always open
button-business-hours = Open…
button-no-holidays = No holidays
button-never-quiet = Never quiet
button-quiet-hours = Other quiet hours…
country-estonia = Estonia
country-latvia = Latvia
country-lithuania = Lithuania
country-finland = Finland
prompt-quiet-hours = 🌙 { $person }, when is it to be quiet here? Reply like this: <code>22:00-07:00</code>, for at most 12 hours.
placeholder-quiet-hours = 22:00-07:00
prompt-business-hours = 🕘 { $person }, when are you open? Reply like this: <code>Mon-Fri 08:00-17:00, Sat 10-14</code>
placeholder-business-hours = Mon-Fri 08:00-17:00

# A shift begins, or ends
digest = 🌅 Your shift begins. Nobody has claimed yet in { $departments }: <b>{ $count }</b>
of-group = 🏢 { $title }
button-unclaimed = 📋 Unclaimed in { $department }
list-unclaimed = 📋 <b>{ $department }: { $count } unclaimed</b>
list-unclaimed-empty = ✨ Nothing waits for a claim in { $department }.
shift-ends = 🏁 Your shift ends at { $time }.
shift-ended = 🏁 Your shift ended at { $time }.
shift-what-becomes = These are yours. Keep them, hand them over, or give them back?
shift-goes-back = What you say nothing about goes back when your shift ends.
shift-nothing-left = ✨ Nothing is yours any more.
button-keep = 👋 { $number } keep
button-give-over = 👉 { $number } hand over…
button-give-back = ↩️ { $number } give back
off-duty = 🌙 { $person }

# What a person hears
mutes = 🔔 <b>What does { $person } hear?</b> What is yours, what is critical and what is escalated you always hear.
mute-new = New in my department
mute-nudges = Not claimed yet
mute-digests = What waits when my shift begins
button-heard = 🔔 { $what }
button-muted = 🔕 { $what }
my-language = 🌐 <b>Which language do I speak with you?</b>
command-mute = What I tell you, and what not
command-language = My language with you
