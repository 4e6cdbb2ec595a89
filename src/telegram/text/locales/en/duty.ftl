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
