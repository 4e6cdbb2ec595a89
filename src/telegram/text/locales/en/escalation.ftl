## What nobody takes: warnings, calls, who looks after it, and who is called.

escalation-call = 🚨 <b>Nobody has taken { $number } for { $duration }</b> · level { $level }
escalation-place = 📍 { $place }
escalation-department = 👥 { $department } · on duty: { $names }
escalation-no-department = 👥 No department chosen yet
escalation-told = 📣 Told: { $names }
escalation-with-you = 📣 Called with you: { $names }
escalation-telling = { $person } { $time }
escalation-telling-in-group = { $person } { $time } in the group
escalation-not-reached = 📵 No private message reached: { $names }
escalation-late = ⏱ Due at { $time }, { $duration } late
escalation-give-to = Give it to:
escalation-warning = ⚠️ { $called } — nobody has taken { $number } for { $duration }. At { $time } others are called.
escalation-warning-all = ⚠️ Nobody has taken { $number } for { $duration }. At { $time } others are called.
escalation-acknowledged = ✋ { $person } looks after { $number }: you need not.

button-acknowledge = ✋ Acknowledge
button-take = 🙋 Take
button-open = 📄 Open

accepted-acknowledged = ✋ You look after { $number }: nobody else is called
refused-already-acknowledged = { $person } has looked after { $number } since { $time }.
refused-not-a-chain = I cannot read that as levels of people. Write them as in the example of my question.

event-escalation-warned = ⚠️ warned: nobody takes it
event-escalated = 🚨 called level { $level }: { $names }
event-call-unheard = 📵 no private message reached { $names }
event-acknowledged = ✋ looks after it

card-escalated = 🚨 Level { $level } was called at { $time }
card-acknowledged = ✋ { $person } looks after it since { $time }

button-escalation = 🚨 Escalation
panel-escalation = 🚨 <b>Escalation</b>: who is called when nobody takes an incident
panel-escalation-after = Critical after { $critical }; same day after { $same-day } and planned after { $planned } of business hours. At two thirds of the time the group is warned. Whoever acknowledges or takes it stops the calls.
panel-escalation-managers = The managers are called, then again every 15 minutes, four times in all.
panel-escalation-others = Otherwise the managers are called, then again every 15 minutes, four times in all.
panel-escalation-chain = { $index }. { $when }: { $levels }
chain-always = At any time
chain-open-hours = in open hours
chain-closed-hours = in closed hours
chain-managers = managers
chain-level = { $people } ({ $duration })
chain-level-again = { $people } ({ $duration }, { $times } times)
button-critical-minutes = 🚨 { $minutes } min
button-add-chain = ➕ Who is called…
button-drop-chain = 🗑 Remove { $index }
prompt-chain = 🚨 { $person }, who is called, one level after the other? For instance: <code>critical, closed hours: @mari @jaan 15 min x2 &gt; managers 30 min</code>. Those two are called twice, 15 minutes apart, then the managers. Before the colon, both words may be left out.
placeholder-chain = critical: @mari 15 min > managers
