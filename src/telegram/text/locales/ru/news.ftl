## Вызовы, новости тем, кого касается, вопросы, списки и история.

repeat = (повтор)
for-person = 👉 { $person }
card-elsewhere = 🗂 { $number } по ошибке отправлено дважды. Карточка — в другом сообщении.
excerpt = <i>{ $text }</i>
late = ⚠️ Сообщение опоздало: я не работал { $duration }.
another-incident = другая заявка

# Вызовы многим
called-department = <b>{ $department }</b>
called-people = <b>{ $department }</b>: { $names }
call-new = 🔔 { $called } — { $number } ждёт
call-released = 🔔 { $called } — { $number } снова свободна, { $person } отказывается
call-nudge = ⏰ { $called } — { $number } ждёт исполнителя уже { $duration }
call-department-missing = 📣 { $names } — { $number } без отдела с { $time }. Чья она?

# Новости одному
news-photos = 📷 { $number }: фото
news-claimed = 🙋 { $person } берёт { $number }
news-assigned = 👉 { $person } передаёт вам { $number }
news-attention = ❗ { $number } требует внимания, пишет { $person }:
news-needs-purchase = 🛒 { $number }: нужна закупка, пишет { $person }:
news-needs-contractor = 👷 { $number }: нужен подрядчик, пишет { $person }:
news-waiting = ⏳ { $number } в ожидании, пишет { $person }:
news-resumed = ▶️ { $number } снова в работе, сообщает { $person }
news-transferred = ↪️ { $person } передаёт { $number } дальше. Новый отдел: <b>{ $department }</b>
news-resolved = ✅ { $person } сообщает: { $number } решена
news-confirmation-asked = ☑️ { $person } сообщает: { $number } сделана. Всё исправлено?
news-reopened = ♻️ { $person } снова открывает { $number }:
news-cancelled = 🚫 { $person } отменяет { $number }:
news-duplicate = 🔁 { $person } закрывает { $number }: это то же, что { $other }. Продолжение там.
news-closed-without-summary = ⌛ { $number } закрыта: никто вовремя не написал, как решено
news-closed-unconfirmed = ⌛ { $number } закрыта: никто вовремя не сказал, исправлено ли
news-closed-by-clock = ⌛ { $number } закрыта: вышло время
news-department-reminder = ❓ { $number } всё ещё без отдела, ею никто не занимается. Чья она?
news-summary-reminder = 📝 { $minutes ->
    [one] Осталась { $minutes } минута
    [few] Осталось { $minutes } минуты
   *[many] Осталось { $minutes } минут
}, чтобы написать, как решена { $number }. Ответьте на мой вопрос, хватит пары слов.

# Вопросы
prompt-summary = ✍️ { $person }, как решена { $number }? Ответьте на это сообщение.
prompt-summary-words = ✍️ { $person }, фото есть. Теперь словами: как решена { $number }? Ответьте на это сообщение.
prompt-summary-photo = 📷 { $person }, { $number } критичная: ответьте на это сообщение фотографией результата.
prompt-photo-too = 📷 Заявка критичная, поэтому нужно и фото результата.
prompt-time-left = ⏳ { $minutes ->
    [one] Осталась { $minutes } минута
    [few] Осталось { $minutes } минуты
   *[many] Осталось { $minutes } минут
}, до { $time }
prompt-attention = ❗ { $person }, кто должен посмотреть { $number } и почему? Ответьте на это сообщение.
prompt-needs-purchase = 🛒 { $person }, что нужно купить для { $number }? Ответьте на это сообщение.
prompt-needs-contractor = 👷 { $person }, кто и зачем нужен для { $number }? Ответьте на это сообщение.
prompt-waiting = ⏳ { $person }, чего ждёт { $number }? Ответьте на это сообщение.
prompt-reopen = ♻️ { $person }, что всё ещё не так с { $number }? Ответьте на это сообщение.
prompt-report = 📝 { $person }, что случилось и где? Ответьте на это сообщение словами или фото.
prompt-department-name = 👥 { $person }, как называется новый отдел? Ответьте на это сообщение.
prompt-department-rename = 👥 { $person }, как теперь назвать <b>{ $department }</b>? Ответьте на это сообщение.
prompt-member = 👥 { $person }, кого добавить в отдел <b>{ $department }</b>? Ответьте именем вида <code>@username</code> или упомяните человека.
prompt-time-zone = 🕒 { $person }, какой часовой пояс? Ответьте его названием, например <code>Europe/Tallinn</code>.
prompt-manager = 👔 { $person }, кто будет руководителем? Ответьте именем вида <code>@username</code> или упомяните человека.
prompt-dispatcher = 🎧 { $person }, кто будет диспетчером? Ответьте именем вида <code>@username</code> или упомяните человека.
placeholder-summary = Как решено?
placeholder-photo = Фото результата
placeholder-reason = Хватит пары слов
placeholder-report = Что случилось и где?
placeholder-name = Название
placeholder-time-zone = Europe/Tallinn
placeholder-person = @username

# Списки
list-mine = 📋 <b>Ваши открытые: { $count }</b>
list-open = 📋 <b>Открытые: { $count }</b>
list-open-in-department = 📋 <b>{ $department }, открытые: { $count }</b>
list-mine-empty = ✨ У вас нет открытых заявок.
list-open-empty = ✨ Открытых заявок нет.
list-open-in-department-empty = ✨ { $department }: открытых заявок нет.
list-entry = { $mark } <b>{ $number }</b> · { $place } · { $holder }
list-excerpt = <i>{ $text }</i>
list-owner = 🙋 { $person }
list-since = { $time }
page-of-pages = Страница { $page } из { $pages }
button-previous-page = ◀
button-next-page = ▶
button-history = 📜 История
button-show = Показать заявку

# История
history = 📜 <b>{ $number }: что было</b>
history-entry = { $time } { $what } · { $person }
history-entry-clock = { $time } { $what } · по времени
history-entry-rule = { $time } { $what } · по правилу
history-entry-triage = { $time } { $what } · ИИ
event-reported = 🆕 создана
event-answered = 💬 ответ: { $words }
event-intake-ended = 💬 без уточнений
event-department = 👥 отдел: { $department }
event-membership-requested = 🚪 просьба принять в отдел { $department }
event-claimed = ✋ взята в работу
event-joined = 🤝 помощь
event-left = 👋 отказ
event-assigned = 👉 исполнитель: { $person }
event-started = ▶️ начата
event-attention = ❗ требует внимания: { $words }
event-needs-purchase = 🛒 нужна закупка: { $words }
event-needs-contractor = 👷 нужен подрядчик: { $words }
event-waiting = ⏳ в ожидании: { $words }
event-resumed = ▶️ продолжена
event-resolution-begun = 🛠 решена
event-summarised = 📝 итог: { $words }
event-photo = 📷 добавлено фото
event-confirmed = 👍 подтверждена
event-reopened = ♻️ открыта снова: { $words }
event-cancelled = 🚫 отменена: { $words }
event-duplicate = 🔁 отмечена как повтор
event-commented = 💬 { $words }
event-urgency = срочность: { $urgency }
event-amended = ✏️ текст исправлен: { $words }
event-department-reminded = ⏰ напоминание автору: выбрать отдел
event-dispatchers-told = 📣 сообщено диспетчерам: отдел не выбран
event-nudged = ⏰ напоминание отделу: ждёт исполнителя
event-summary-reminded = ⏰ напоминание об итоге
event-summary-timed-out = ⌛ закрыта без итога
event-confirmation-timed-out = ⌛ закрыта без подтверждения
