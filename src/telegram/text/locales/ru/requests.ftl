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
