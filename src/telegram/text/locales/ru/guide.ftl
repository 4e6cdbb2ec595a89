## Что бот говорит о себе и людям о них самих.

welcome = 👋 <b>Здравствуйте, я Deskbell, стол заявок.</b>
    Напишите сюда, что случилось, словами или с фото, и в вашей группе появится заявка. Я сообщу здесь, когда её возьмут и когда всё будет сделано.

    /my покажет ваши заявки, /help расскажет остальное.
welcome-group = 👋 Я стол заявок этой группы. Ответьте на любое сообщение командой /new_issue, и оно станет заявкой. Подробнее: /help.
help-group = <b>Как это работает</b>
    🆕 Ответьте на сообщение командой /new_issue или напишите <code>/new_issue В 204 течёт кран</code>
    ✋ Нажмите на карточке «Беру», потом «Решено» и напишите, как
    📋 /my и /open покажут заявки, <code>/incident 0042</code> — одну
    💬 <code>/comment 0042 Ключ на ресепшене</code>
    ⚙️ /settings, /departments и /managers — для руководителей
help-private = <b>Сообщить</b>
    Напишите сюда, что случилось, или пришлите фото. В группе: ответьте на сообщение командой /new_issue.

    <b>Посмотреть</b>
    /my: ваши
    /open: все открытые; <code>/open Кухня</code>: одного отдела
    <code>/incident 0042</code>: одна из них
    <code>/history 0042</code>: что с ней было

    <b>Сделать</b>
    <code>/comment 0042 Ключ на ресепшене</code>
    <code>/assign 0042 @mari</code>
    <code>/reopen 0042 Опять течёт</code>
    <code>/cancel 0042 Это ошибка</code>
    <code>/duplicate 0042 0017</code>: 0042 повторяет 0017

    <b>Состоять</b>
    /join и /leave_department: ваши отделы
    /register_driver: там, где сообщают только зарегистрированные

    /privacy: что я храню · /forget_me: стереть меня
privacy = 🔒 <b>Что я храню</b>
    • Ваш номер в Telegram, имя, имя пользователя и язык
    • Ваши отделы и роли
    • Заявки: о чём вы сообщили и что о них мне написали, фото в виде имён файлов Telegram, и что, когда и кем сделано

    Я читаю только команды, ответы мне, нажатия кнопок и то, что вы пишете мне лично. Никому ничего не передаю.
    /forget_me сотрёт ваше имя, имя пользователя и язык и выведет вас из всех отделов. Заявки останутся, вместо имени — «кто-то».
forget-me = 🗑 <b>Стереть вас?</b>
    Исчезнут имя, имя пользователя, язык, отделы и роли. Заявки останутся, вместо имени — «кто-то». Вернуть нельзя.
forgotten = 🗑 Готово: я вас больше не знаю. Если напишете мне снова, начнём сначала.
button-forget-me = Да, стереть меня
registered = ✅ Вы зарегистрированы и можете сообщать.
registered-already = ✓ Вы уже зарегистрированы.
report-taken = ✅ Записано: { $number }. Сообщу здесь, что будет дальше.
report-needs-department = 👉 Чья это заявка? Выберите отдел.
which-group = 🏢 Для какой это группы?
join-requested = 🚪 { $person } просится в отдел <b>{ $department }</b>
join-approved = ✅ Вы в отделе <b>{ $department }</b> и можете брать заявки.
join-declined = <b>{ $department }</b>: ответ «нет». Спросите у руководителя в группе почему.
button-approve = ✅ Разрешить
button-decline = Отклонить
membership = 👥 <b>Отделы</b>
membership-none = Здесь пока нет отделов.
membership-line-yours = ✓ <b>{ $department }</b> · вы здесь
membership-line-open = 🔓 { $department } · открыт
membership-line-request = 🚪 { $department } · принимает руководитель
membership-line-members = 🔒 { $department } · только свои
button-join-department = Вступить: { $department }
button-leave-department = Выйти: { $department }
approval-asked = 🏢 Меня добавили в группу <b>{ $title }</b>. Можно мне там работать?
approval-asked-by = 🏢 { $person } добавляет меня в группу <b>{ $title }</b>. Можно мне там работать?
approved = ✅ Теперь я могу здесь работать.
not-approved = 🚫 Мне нельзя здесь работать: мой администратор отказал.
approval-awaited = ⏳ Мне пока нельзя здесь работать: группу должен одобрить мой администратор. Я сообщу здесь.

# Меню команд
command-new-issue = Создать заявку (или ответить так на сообщение)
command-my = Заявки, которые вы создали или ведёте
command-open = Открытые заявки, все или одного отдела
command-incident = Показать одну: /incident 0042
command-history = Что с ней было: /history 0042
command-comment = Добавить: /comment 0042 текст
command-assign = Назначить: /assign 0042 @имя
command-reopen = Открыть снова: /reopen 0042 почему
command-cancel = Отменить: /cancel 0042 почему
command-duplicate = Повторяет другую: /duplicate 0042 0017
command-join = Вступить в отдел
command-leave-department = Выйти из отдела
command-register-driver = Зарегистрироваться, чтобы сообщать
command-departments = Отделы и кто в них
command-managers = Руководители и диспетчеры
command-settings = Настройки этой группы
command-help = Как мной пользоваться
command-privacy = Что я храню
command-forget-me = Стереть, что я о вас знаю
bot-description = Стол заявок для вашей группы в Telegram: одно сообщение становится заявкой с номером, отделом, исполнителем и сроком. Напишите сюда, что случилось, словами или с фото, или добавьте меня в свою группу.
bot-short-description = Стол заявок: сообщение становится заявкой с исполнителем и сроком.
