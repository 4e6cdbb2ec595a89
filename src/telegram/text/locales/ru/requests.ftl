## Заявители: куда идут их заявки и что они присылают.

which-home = 🏠 В какую группу отправлять ваши заявки? Я запомню; /home спросит снова.
home-chosen = 🏠 Ваши заявки идут в группу <b>{ $title }</b>. /home меняет это для следующих.
button-home = 🏠 Другая группа…
report-taken-in = 🏢 { $title }
news-recording = 🎤 { $number }: говорит { $person }
recording-only = (запись)
card-recordings = 🎤 { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
}
event-recording = 🎤 добавлена запись
command-home = Группа, куда идут ваши личные заявки

# Места с кодом
at-place = 📍 <b>{ $place }</b>
    Что случилось? Напишите сюда или пришлите фото или голосовое сообщение.
card-place = 📍 { $place }
code = 📍 <b>{ $place }</b> · { $title }
code-everyone = Распечатайте и повесьте там. Кто отсканирует код, сможет сообщить оттуда, и гость тоже.
code-registered = Распечатайте и повесьте там. Сообщать оттуда смогут те, кто зарегистрирован в этой группе.
command-qr = Коды для печати: /qr Номер 204

# Плановые работы
recurring = 🗓 <b>Плановые работы</b>
recurring-none = Здесь пока ничего не повторяется.
recurring-line = { $position }. { $days } { $time }: { $text } · следующая { $next }
recurring-of = { $line } · { $department }
recurring-how = Чтобы добавить, напишите <code>/recurring пн, чт 08:00 Техслужба: проверить фильтр бассейна</code>. Пока прошлая открыта, новая не создаётся, если вы не выберете, чтобы она всё равно появлялась.
button-recurring-drop = 🗑 { $position }
button-recurring-stack = { $position }: даже если прошлая открыта
button-recurring-skip = { $position }: не пока открыта прошлая
card-planned = 🗓 Плановая работа на { $time }
command-recurring = Плановые работы: /recurring пн 08:00 что сделать

# Сообщение, похожее на открытую заявку
looks-like = 🔎 { $person }, это похоже на <b>{ $other }</b>: «{ $text }». Это то же самое?
looks-like-wait = Если за 3 минуты ответа не будет, я сочту это отдельной заявкой.
looks-like-another = 🔎 Не то же, что { $other }: записано отдельно.
button-same = 🤝 То же самое: присоединиться к { $other }
button-another = ➕ Это другое
joined = 🤝 Вы присоединились к { $number }: ваши слова добавлены, и я сообщу, что будет дальше.
event-followed = 🤝 сообщил о том же и присоединился
card-followers = 🤝 { $count ->
    [one] ещё { $count } сообщил об этом
    [few] ещё { $count } сообщили об этом
   *[many] ещё { $count } сообщили об этом
}
