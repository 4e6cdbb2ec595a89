# What triage found, what it asks, and how a group sets it.

triage-title = 📝 { $title }
triage-title-and-place = 📝 { $title } · 📍 { $place }
rated-by-rule-hazard = ⚖️ Rated by rule: { $hazard }
rated-by-rule = ⚖️ Rated by rule
rated-by-model = 🤖 Rated by AI: { $reason }
triage-missing = ❔ Not said yet: { $missing }
triage-translation = 🌐 Translated by AI:

hazard-fire = fire
hazard-smoke = smoke
hazard-gas = gas
hazard-flood = flood
hazard-person-stuck = somebody is stuck
hazard-person-hurt = somebody is hurt
hazard-no-power = no power
hazard-live-wire = live wires
hazard-own-word = a word of this group's list

prompt-clarification = ❓ { $person }, about { $number }:
question-how = Answer this message, press an answer, or skip.
button-skip = Skip, it is all I know
questions-over = 🙏 Thank you, nothing more needs to be answered about { $number }. It goes on with what is known; what you still want to say, write as an answer to its card.

accepted-triage = ✅ Noted
event-assessed = looked through the report
event-assessment-given-up = did not understand the report and leaves it to people
event-question = asked: { $words }

suggested = 💡 { $label }

privacy-triage = Whether an AI looks through reports is up to each group: ask /privacy there.
privacy-triage-off = Nobody but the people here looks through reports.
privacy-triage-rules = A list of words on this desk's own machine rates reports. Nothing is sent elsewhere for that.
privacy-triage-claude = New reports, with their first photo and the answers to questions about them, are sent to Anthropic's Claude, which asks for what is missing and rates them. Phone numbers, card numbers and e-mail addresses in the text are taken out first. What a list of words calls critical stays critical.

button-triage = 🔎 Triage
panel-triage = <b>Who looks through reports</b>
panel-triage-critical = The ticked hazards, and the words below, are always critical. A person may rate otherwise at any time.
button-triage-off = Off
button-triage-rules = Rules
button-triage-claude = Claude
button-department-suggested = Suggest department
button-department-chosen = Choose department
button-drop-word = ✖ { $word }
button-add-word = ➕ Add a critical word
prompt-critical-word = { $person }, which word is critical here? Put * at the end for all its endings.
placeholder-critical-word = A word
