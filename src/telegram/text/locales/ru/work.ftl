## Вопросы тем, кто работает над заявкой, и то, что говорят часы.

work-wake-up-asked = ⏸ { $person }, когда мне вернуться к { $number }?
work-woken-up = ⏰ { $number }: названный день настал. Можно продолжать?
work-wait-questioned = ⏳ { $number } ждёт с { $time }. Всё ещё ждёт?
work-lease-questioned = ⏱ Вы ещё занимаетесь { $number }? Если ничего не услышу, верну её через { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[other] { $minutes } минут
}.
work-or-hand-over = Или передайте:
work-lease-ended = ↩️ { $number } возвращена: от вас ничего не было слышно.
work-shift-ended = ↩️ { $number } возвращена: ваша смена закончилась, а вы не сказали, что оставляете её себе.
work-overdue = 🐢 { $number } надо было решить до { $time }.

button-tomorrow = Завтра утром
button-monday = В понедельник
button-next-week = Через неделю
button-no-date = Без даты
button-other-date = Другая дата…
button-still-on-it = 👋 Занимаюсь
button-release = ↩️ Отказаться
button-hand-over = Передать…

prompt-wake-up = 📅 { $person }, когда можно продолжить { $number }? Ответьте датой, например <code>24.12</code> или <code>24.12 9:00</code>.
placeholder-date = 24.12 9:00

accepted-wake-up = 📅 Вернусь к { $number } { $time }
accepted-no-wake-up = ⏸ { $number } ждёт без даты
accepted-still-on-it = 👋 Спасибо. { $number } остаётся за вами
refused-not-a-date = Не могу прочитать это как дату. Напишите так: 24.12 или 24.12 9:00.
refused-not-in-the-future = Это время уже прошло. Назовите более позднее.

event-wake-up = 📅 продолжить { $time }
event-no-wake-up = 📅 без даты
event-woken-up = ⏰ назначенное время настало
event-wait-questioned = ⏳ спрошено, ждёт ли ещё
event-still-on-it = 👋 занимается
event-lease-questioned = ⏱ спрошено, занимается ли
event-shift-ending = ⏱ спрошено, что с ней будет, когда смена закончится в { $time }
event-lease-ended = ↩️ возвращена: не было слышно
event-overdue = 🐢 не решена в срок

card-wake-up = 📅 Продолжить { $time }
card-overdue = 🐢 Просрочена с { $time }
