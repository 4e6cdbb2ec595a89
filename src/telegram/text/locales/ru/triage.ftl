# Что нашла сортировка, о чём она спрашивает и как группа её настраивает.

triage-title = 📝 { $title }
triage-title-and-place = 📝 { $title } · 📍 { $place }
rated-by-rule-hazard = ⚖️ Оценено по правилу: { $hazard }
rated-by-rule = ⚖️ Оценено по правилу
rated-by-model = 🤖 Оценил ИИ: { $reason }
triage-missing = ❔ Пока не сказано: { $missing }
triage-translation = 🌐 Перевод ИИ:

hazard-fire = огонь
hazard-smoke = дым
hazard-gas = газ
hazard-flood = потоп
hazard-person-stuck = кто-то застрял
hazard-person-hurt = кто-то пострадал
hazard-no-power = нет электричества
hazard-live-wire = оголённые провода
hazard-own-word = слово из списка этой группы

prompt-clarification = ❓ { $person }, о { $number }:
question-how = Ответьте на это сообщение, нажмите ответ или пропустите.
button-skip = Пропустить, больше не знаю
questions-over = 🙏 Спасибо, о { $number } больше отвечать не нужно. Продолжаем с тем, что известно; если хотите что-то добавить, ответьте на карточку.

accepted-triage = ✅ Записано
event-assessed = просмотр сообщения
event-assessment-given-up = не разобрал сообщение и оставил его людям
event-question = вопрос: { $words }

suggested = 💡 { $label }

privacy-triage = Просматривает ли сообщения ИИ, решает каждая группа: спросите /privacy там.
privacy-triage-off = Сообщения просматривают только люди здесь.
privacy-triage-rules = Сообщения оценивает список слов на этой же машине. Для этого ничего никуда не отправляется.
privacy-triage-claude = Новые сообщения с первым фото и ответами на вопросы отправляются Claude компании Anthropic: он спрашивает о недостающем и оценивает. Телефоны, номера карт и адреса почты сначала убираются из текста. Что список слов считает критическим, остаётся критическим.

button-triage = 🔎 Сортировка
panel-triage = <b>Кто просматривает сообщения</b>
panel-triage-critical = Отмеченные опасности и слова ниже всегда критические. Человек всегда может оценить иначе.
button-triage-off = Выкл.
button-triage-rules = Правила
button-triage-claude = Claude
button-department-suggested = Предлагать отдел
button-department-chosen = Выбирать отдел
button-drop-word = ✖ { $word }
button-add-word = ➕ Добавить критическое слово
prompt-critical-word = { $person }, какое слово здесь критическое? Звёздочка * в конце означает любое окончание.
placeholder-critical-word = Слово
