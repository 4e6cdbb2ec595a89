## То, что никто не берёт: предупреждения, вызовы, кто занимается и кого вызывают.

escalation-call = 🚨 <b>{ $number } никто не берёт уже { $duration }</b> · уровень { $level }
escalation-place = 📍 { $place }
escalation-department = 👥 { $department } · на смене: { $names }
escalation-no-department = 👥 Отдел ещё не выбран
escalation-told = 📣 Оповещены: { $names }
escalation-with-you = 📣 Вместе с вами вызваны: { $names }
escalation-telling = { $person } { $time }
escalation-telling-in-group = { $person } { $time } в группе
escalation-not-reached = 📵 Личное сообщение не дошло: { $names }
escalation-late = ⏱ Должно было прийти в { $time }, опоздало на { $duration }
escalation-give-to = Передать:
escalation-warning = ⚠️ { $called } — { $number } никто не берёт уже { $duration }. В { $time } будут вызваны другие.
escalation-warning-all = ⚠️ { $number } никто не берёт уже { $duration }. В { $time } будут вызваны другие.
escalation-acknowledged = ✋ { $person } занимается { $number }: вам не нужно.

button-acknowledge = ✋ Занимаюсь
button-take = 🙋 Беру
button-open = 📄 Открыть

accepted-acknowledged = ✋ Вы занимаетесь { $number }: больше никого не вызываем
refused-already-acknowledged = { $person } занимается { $number } с { $time }.
refused-not-a-chain = Не могу прочесть уровни. Напишите, как в примере из моего вопроса.

event-escalation-warned = ⚠️ предупреждение: никто не берёт
event-escalated = 🚨 вызван уровень { $level }: { $names }
event-call-unheard = 📵 личное сообщение не дошло: { $names }
event-acknowledged = ✋ занимается этим

card-escalated = 🚨 Уровень { $level } вызван в { $time }
card-acknowledged = ✋ { $person } занимается с { $time }

button-escalation = 🚨 Эскалация
panel-escalation = 🚨 <b>Эскалация</b>: кого вызывать, когда заявку никто не берёт
panel-escalation-after = Критичную — через { $critical }; сегодняшнюю — через { $same-day }, плановую — через { $planned } рабочего времени. Когда пройдёт две трети, группа получает предупреждение. Кто отвечает «Занимаюсь» или берёт заявку, останавливает вызовы.
panel-escalation-managers = Вызываются менеджеры, затем снова каждые 15 минут, всего четыре раза.
panel-escalation-others = В остальных случаях вызываются менеджеры, затем снова каждые 15 минут, всего четыре раза.
panel-escalation-chain = { $index }. { $when }: { $levels }
chain-always = В любое время
chain-open-hours = в рабочее время
chain-closed-hours = в нерабочее время
chain-managers = менеджеры
chain-level = { $people } ({ $duration })
chain-level-again = { $people } ({ $duration }, раз: { $times })
button-critical-minutes = 🚨 { $minutes } мин
button-add-chain = ➕ Кого вызывать…
button-drop-chain = 🗑 Убрать { $index }
prompt-chain = 🚨 { $person }, кого вызывать, уровень за уровнем? Например: <code>критично, в нерабочее время: @mari @jaan 15 мин x2 &gt; менеджеры 30 мин</code>. Этих двоих вызовут дважды с перерывом в 15 минут, потом менеджеров. Слова до двоеточия можно опустить.
placeholder-chain = критично: @mari 15 мин > менеджеры
