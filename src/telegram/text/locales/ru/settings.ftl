## Страницы настроек группы.

settings-unavailable = Я больше не нахожу эту группу.
no-departments = пока нет
language-english = English
language-estonian = Eesti
language-russian = Русский

# Новая группа
set-up-welcome = 👋 <b>Здравствуйте, я стол заявок этой группы.</b>
set-up-what = Одно сообщение становится заявкой с номером, отделом, исполнителем и сроком, и никто не уходит из чата.
set-up-ready = ✅ <b>Всё уже работает.</b> Отделы: { $departments }
set-up-first = 👉 Попробуйте: ответьте на любое сообщение командой /new_issue или напишите <code>/new_issue В 204 течёт кран</code>
set-up-managers = 👔 Руководитель: { $names }
set-up-done = ✅ Готово. Изменить позже: /settings.

# Обзор
settings-title = ⚙️ <b>Настройки · { $title }</b>
settings-language-and-zone = 🌐 { $language } · 🕒 { $zone }, сейчас { $time }
settings-departments = 👥 Отделы: { $departments }
settings-workflow-quick = 🔀 Короткий путь: взять, решить с итогом, закрыто
settings-workflow-full = 🔀 Полный путь: взять, начать, решить, автор подтверждает
settings-reporting-everyone = 📣 Сообщать могут все
settings-reporting-registered = 📣 Сообщать могут те, кто отправил /register_driver
settings-clocks = ⏰ Без исполнителя: напоминание каждые { $nudge } мин, { $times ->
    [one] { $times } раз
    [few] { $times } раза
   *[many] { $times } раз
}. Итог: за { $summary } мин.
settings-managers = 👔 Руководители: { $names }
button-settings = ⚙️ Настройки
button-language = 🌐 Язык
button-time-zone = 🕒 Часовой пояс
button-departments = 👥 Отделы
button-managers = 👔 Руководители
button-clocks = ⏰ Сроки
button-finish = Готово
button-workflow-quick = Короткий
button-workflow-full = Полный
button-reporting-everyone = Сообщают все
button-reporting-registered = По регистрации

# Её страницы
panel-language = 🌐 <b>На каком языке мне здесь говорить?</b>
panel-time-zone = 🕒 <b>Часовой пояс: { $zone }</b>, там сейчас { $time }
button-other-time-zone = Другой…
panel-clocks = ⏰ <b>Сроки</b>
button-nudge-minutes = 🔔 { $minutes } мин
button-summary-minutes = 📝 { $minutes } мин
panel-leases = 🔒 <b>Кто взял заявку и молчит, того спросят</b>, а потом она вернётся, если прошло:
panel-lease = { $urgency }: { $time }
button-lease-critical = 🔴 { $time }
button-lease-same-day = 🟠 { $time }
button-lease-planned = 🟢 { $time }
lasts-for-ever = никогда
lasts-minutes = { $count } мин
lasts-hours = { $count } ч
lasts-days = { $count } д
panel-managers = 👔 <b>Руководители и диспетчеры</b>
panel-managers-are = Руководители распоряжаются, узнают, что застряло, и меняют настройки: { $names }
panel-dispatchers-are = Диспетчеры выбирают отдел, назначают исполнителя и срочность: { $names }
button-remove-manager = ✕ { $person }
button-remove-dispatcher = ✕ { $person } (диспетчер)
button-add-manager = + Руководитель
button-add-dispatcher = + Диспетчер
panel-departments = 👥 <b>Отделы</b>
panel-departments-line = <b>{ $department }</b> · { $count ->
    [0] пока никого
    [one] { $count } сотрудник
    [few] { $count } сотрудника
   *[many] { $count } сотрудников
} · { $access }
access-open = открыт
access-request = по запросу
access-members = только свои
button-add-department = + Добавить…
button-default-departments = Обычные
panel-department = 👥 <b>{ $department }</b>
panel-department-gone = Этого отдела больше нет.
panel-department-members = Сотрудники: { $names }
access-open-explained = 🔓 Открыт: кто взял заявку, тот и в отделе.
access-request-explained = 🚪 По запросу: новых принимает руководитель.
access-members-explained = 🔒 Только свои: остальные взять не могут.
button-access-open = Открыт
button-access-request = По запросу
button-access-members = Только свои
button-add-member = + Сотрудник
button-remove-member = ✕ { $person }
button-rename = Переименовать…
button-retire = Закрыть отдел
panel-default-departments = 👥 <b>Обычные отделы</b>: нажмите на нужный, а на ненужный нажмите ещё раз.

settings-alike-asked = 🔁 Прежде чем похожее на открытую заявку станет второй, я спрашиваю.
settings-alike-not-asked = 🔁 Каждое сообщение становится заявкой, на что бы оно ни было похоже.
button-alike-asked = 🔁 Спрашивать о повторах
button-alike-not-asked = Не спрашивать

# Several groups of one company
settings-company = 🏢 Люди, отделы и номера общие ещё с { $count ->
    [one] { $count } группой
   *[other] { $count } группами
}
button-belongs-to = 🏢 Относится к: { $title }
panel-belong = 🏢 <b>Эта группа относится к { $title }?</b>
panel-belong-shared = 🤝 Тогда у обеих общие отделы, участники, руководители и диспетчеры, а заявки нумеруются подряд.
panel-belong-goes = 🗑 Собственные отделы этой группы исчезнут вместе с участниками, сменами и запросами, как и её собственные руководители и диспетчеры.
panel-belong-stays = 📌 Настройки, коды помещений и плановые работы останутся, как и те, кто зарегистрировался.
panel-belong-apart = 🙈 Заявки видны только в той группе, где о них сообщили.
panel-belong-final = ⚠️ Кнопки, чтобы это отменить, нет.
button-belong = Да, относится к: { $title }
