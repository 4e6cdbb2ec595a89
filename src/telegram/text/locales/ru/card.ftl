## Карточка заявки и слова, общие для многих текстов.

# Общие
someone = кто-то
unnamed = (без названия)
nobody = пока никого
and-more = ещё { $count }
this-incident = Эта заявка
department-gone = бывший отдел
photo-only = (фото)
chosen = ✓ { $label }

# Время
month = { $month ->
    [1] янв.
    [2] февр.
    [3] марта
    [4] апр.
    [5] мая
    [6] июня
    [7] июля
    [8] авг.
    [9] сент.
    [10] окт.
    [11] нояб.
   *[12] дек.
}
moment-this-year = { $day } { $month } { $time }
moment = { $day } { $month } { $year } { $time }
duration-tenths = 0,{ $tenths } с
duration-seconds = { $seconds } с
duration-minutes = { $minutes } мин
duration-hours = { $hours } ч
duration-days = { $days } дн.

# Что с заявкой
state-intake = уточняется
state-awaiting-department = отдел не выбран
state-new = ждёт исполнителя
state-accepted = принята
state-in-progress = в работе
state-attention = требует внимания
state-needs-purchase = нужна закупка
state-needs-contractor = нужен подрядчик
state-waiting = в ожидании
state-awaiting-summary = ждёт итога
state-done = сделано, ждёт подтверждения
state-resolved = решена
state-confirmed = исправлено и подтверждено
state-no-summary = закрыта без итога
state-unconfirmed = закрыта без подтверждения
state-cancelled = отменена
state-duplicate = закрыта как повтор

urgency-critical = 🔴 критично
urgency-same-day = 🟠 сегодня
urgency-planned = 🟢 планово

# Карточка
card-title = { $mark } <b>{ $number } · { $state }</b>
card-title-rated = { $title } · { $urgency }
card-since = С { $time }
card-department = 👥 { $department }
card-unclaimed = 👥 { $department } — с { $time }
card-owner = 👥 { $department } · 🙋 { $person } с { $time }
card-helpers = 🤝 { $names }
card-blocked = ⏸ С { $time }: { $text }
card-summary-wanted = ✍️ { $person }: осталось написать, как решено
card-summary-wanted-until = ✍️ { $person }: до { $time } написать, как решено
card-confirmation-wanted = 👉 { $person }, всё исправлено?
card-closed = 🏁 { $person } · { $time } · заняло { $duration }
card-closed-by-clock = 🏁 Вышло время · { $time } · заняло { $duration }
card-duplicate = 🔁 То же, что { $other }
card-reporter = 👤 { $person } · { $time }
card-photos = 📷 { $count } фото
card-reopened = ♻️ открыта снова { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[many] { $count } раз
}
card-summary = 🛠 Как решено:
card-comment = 💬 { $person }: { $text }
card-comment-and-earlier = { $comment } (+ { $count } ранее)

# Её кнопки
button-choose-department = 👥 Выбрать отдел
button-change-department = Сменить отдел
button-claim = ✋ Беру
button-join = 🤝 Помогу
button-leave = Отказаться
button-start = ▶️ Начинаю
button-block = ⏸ Не могу продолжить…
button-resume = ▶️ Продолжаю
button-resolve = ✅ Решено
button-confirm = 👍 Исправлено
button-not-fixed = 👎 Не исправлено
button-reopen = ♻️ Открыть снова
button-urgency = Срочность
button-attention = ❗ Требует внимания
button-needs-purchase = 🛒 Нужна закупка
button-needs-contractor = 👷 Нужен подрядчик
button-waiting = ⏳ Ждём
button-back = ‹ Назад
button-card = К карточке
button-private-chat = Открыть личный чат
