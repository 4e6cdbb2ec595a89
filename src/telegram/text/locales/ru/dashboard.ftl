## Панель: вход и её страницы. Страницы — простой текст.

command-dashboard = Что открыто и показатели, в браузере
dashboard-link = 🖥 Ваш вход в панель: действует 5 минут и один раз. Кто откроет ссылку, тот войдёт как вы, поэтому никому её не передавайте.
dashboard-none = 🖥 У этого стола заявок нет панели в браузере. Включить её может тот, кто запускает бота; пока то же самое скажут здесь /open и /report.
button-dashboard = 🖥 Открыть панель

# Вход и выход
sign-in-title = Вход
sign-in-as = Войти как { $person }?
sign-in-how = Эта ссылка пришла от бота в Telegram. После нажатия она больше не действует.
sign-in-press = Войти
sign-in-needed = Напишите боту /dashboard в личном чате в Telegram. Он ответит ссылкой, по которой вы войдёте здесь.
sign-in-gone-title = Ссылка больше не действует
sign-in-gone = Ссылка действует 5 минут и один раз. Чтобы получить новую, напишите боту /dashboard в Telegram.
sign-out = Выйти
not-found-title = Здесь ничего нет
not-found = Такой страницы нет, или она не для вас.
foreign-title = Запрос пришёл не отсюда
foreign = Другая страница попросила об этом от вашего имени. Ничего не сделано. Если это были вы, откройте страницу заново и попробуйте ещё раз.
unavailable-title = Сейчас не получается
unavailable = Стол заявок сейчас не может ответить. Попробуйте через минуту; чат в Telegram работает.

# Что открыто
board-title = Открытые заявки
tally-open = открыто
tally-critical = критично
tally-late = опоздания
tally-unclaimed = не взято
board-group = Группа
board-department = Отдел
board-urgency = Срочность
board-state = Состояние
board-all = все
board-critical = критично
board-same-day = сегодня
board-planned = планово
board-unrated = без оценки
lane-unclaimed = не взято
lane-underway = в работе
lane-on-hold = на паузе
lane-finishing = сделано, не закрыто
board-empty = Открытых заявок нет. Отлично.
board-nothing-fits = Под этот выбор не подходит ни одна открытая заявка.
board-some-groups = Вы состоите во многих группах: здесь заявки первых 8. Выберите группу, чтобы увидеть её заявки.
board-late = опоздание { $duration }
board-due = осталось { $duration }
board-ago = сообщили { $duration } назад
board-before = Назад
board-after = Вперёд
board-by-clock = по часам
board-by-rule = по правилу
board-by-triage = ИИ

# Заявка
incident-report = Сообщение
incident-translation = На языке группы
incident-summary = Как решили
incident-history = Что было
incident-in-chat = Открыть в Telegram
fact-place = Место
fact-reporter = Сообщил(а)
fact-owner = Исполнитель
fact-helpers = Помогают
fact-raised = Сообщили
fact-due = Сделать до
fact-done = Сделано
fact-closed = Закрыто
fact-took = Заняло
fact-reopened = Открывали снова, раз
fact-repeats = Повторяет
ratings-heading = ИИ сказал, люди решили
ratings-ai = ИИ сказал
ratings-people = Люди решили
ratings-nobody = никто ничего не менял
ratings-by-model = оценка модели
ratings-by-rules = по словам, которые всегда оцениваются так

# Показатели
figures-title = Показатели
figures-day = День
figures-week = Неделя
figures-month = Месяц
figures-before = Раньше
figures-after = Позже
figures-empty = За это время ничего не сообщили, не взяли, не сделали и не закрыли.
figures-chart = Создано и закрыто, реакция, решение и доля сделанного вовремя
figures-created = создано
figures-closed = закрыто
figures-in-time = вовремя
figures-response = реакция, медиана
figures-resolution = решение, медиана
figures-response-time = реакция
figures-resolution-time = решение
figures-times = Сколько это заняло
figures-median = медиана
figures-most = девять из десяти до
figures-mean = среднее
figures-count = учтено
figures-auto-closed = Закрыто по часам
figures-reopened = Открыто снова
figures-lost = Нажали «Взять» слишком поздно
figures-calls = Вызовы, потому что никто не взял
figures-undelivered = Не дошедшие вызовы
figures-acknowledged = Занялись после вызова
figures-acknowledging = от вызова до «занимаюсь»
figures-impossible = Время меньше нуля, не учтено
figures-all-groups = Все группы
figures-by-group = По группам
figures-by-department = По отделам
figures-by-urgency = По срочности
figures-by-person = Кто что сделал
people-claimed = взял(а)
people-resolved = решил(а)
people-active = в работе
people-late = не успел(а)
ratings-missed-heading = { $count ->
    [one] { $count } критичная заявка, которую ИИ оценил ниже
    [few] { $count } критичные заявки, которые ИИ оценил ниже
   *[other] { $count } критичных заявок, которые ИИ оценил ниже
}
ratings-summary-line = Оценено: { $rated }. Изменено людьми: { $changed }.
