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
