## Кто на смене и кто когда работает.

duty-now = 🗓 <b>Сейчас на смене</b>
duty-line = <b>{ $department }</b>: { $names }
duty-nobody = никого
duty-on = ✅ { $person } на смене
duty-off = 🌙 { $person } не на смене
duty-on-until = ✅ { $person } на смене до { $time }
duty-off-until = 🌙 { $person } не на смене до { $time }
duty-no-department = { $person } не состоит ни в одном отделе. Вступить: /join — и я буду звать вас туда.
duty-schedule-of = 🗓 <b>{ $person }: рабочее время</b>
duty-schedule = { $department }: { $week }
duty-always = { $department }: всегда, графика нет
every-day = каждый день
weekday = { $day ->
    [1] Пн
    [2] Вт
    [3] Ср
    [4] Чт
    [5] Пт
    [6] Сб
   *[7] Вс
}
button-duty-on = ✅ На смене
button-duty-off = 🌙 Не на смене
button-schedule = 🗓 Кто когда работает…
call-nobody-on-duty = 🌙 В отделе <b>{ $department }</b> сейчас некого позвать, а { $number } ждёт

prompt-schedule = 🗓 { $person }, кто и когда работает в отделе <b>{ $department }</b>? Ответьте так: <code>@jaan Пн-Пт 08:00-16:00, Сб 10-14</code> или <code>@jaan нет</code>, если графика нет.
placeholder-schedule = @jaan Пн-Пт 08:00-16:00
refused-not-a-schedule = Этого я не понимаю. Напишите так: /duty выкл до 18:00; или, с именем пользователя либо в ответ ему, /duty Пн-Пт 08:00-16:00 или /duty нет.
command-duty = Кто на смене; /duty выкл: не звать меня

# Когда группа работает и когда хочет тишины
button-hours = 🕘 Время
panel-hours = 🕘 <b>Время</b>
hours-always-open = Открыто: всегда
hours-open = Открыто: { $week }
hours-no-holidays = Праздники: нет
hours-holidays = Праздники: { $country }
hours-never-quiet = 🌙 Тихие часы: нет
hours-quiet = 🌙 Тихие часы: { $times }. Пока они не кончатся, я придерживаю всё, что не критично.
button-always-open = Всегда открыто
button-business-hours = Открыто…
button-no-holidays = Без праздников
button-never-quiet = Без тихих часов
button-quiet-hours = Другие тихие часы…
country-estonia = Эстония
country-latvia = Латвия
country-lithuania = Литва
country-finland = Финляндия
prompt-quiet-hours = 🌙 { $person }, когда здесь должно быть тихо? Ответьте так: <code>22:00-07:00</code>, не больше 12 часов.
placeholder-quiet-hours = 22:00-07:00
prompt-business-hours = 🕘 { $person }, когда вы открыты? Ответьте так: <code>Пн-Пт 08:00-17:00, Сб 10-14</code>
placeholder-business-hours = Пн-Пт 08:00-17:00

# Смена начинается или кончается
digest = 🌅 Ваша смена начинается. Никто ещё не взял, { $departments }: <b>{ $count }</b>
of-group = 🏢 { $title }
button-unclaimed = 📋 Не взято: { $department }
list-unclaimed = 📋 <b>{ $department }: не взято { $count }</b>
list-unclaimed-empty = ✨ В отделе { $department } ничто не ждёт исполнителя.
shift-ends = 🏁 Ваша смена кончается: { $time }.
shift-ended = 🏁 Ваша смена кончилась: { $time }.
shift-what-becomes = Эти заявки за вами. Оставить, передать или вернуть?
shift-goes-back = О чём вы ничего не скажете, то вернётся в конце смены.
shift-nothing-left = ✨ За вами больше ничего нет.
button-keep = 👋 { $number } оставить
button-give-over = 👉 { $number } передать…
button-give-back = ↩️ { $number } вернуть
off-duty = 🌙 { $person }

# Что человек слышит
mutes = 🔔 <b>Что слышит { $person }?</b> О своём, о критичном и о том, что передано выше, вы услышите всегда.
mute-new = Новое в моём отделе
mute-nudges = Ещё никто не взял
mute-digests = Что ждёт в начале моей смены
button-heard = 🔔 { $what }
button-muted = 🔕 { $what }
my-language = 🌐 <b>На каком языке мне говорить с вами?</b>
command-mute = О чём я сообщаю вам, а о чём нет
command-language = На каком языке я говорю с вами
