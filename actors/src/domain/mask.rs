//! Takes out of a text what a model must not see: phone numbers, card numbers, e-mail addresses.
//! What was taken out stays here, and can be put back into what comes back.

/// How many digits a phone number has at least: shorter ones are rooms, trucks and years.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// How many digits a payment card's number has (ISO/IEC 7812).
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// A text with marks in place of what is private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    /// Each mark, and what stood there.
    hidden: Vec<(String, String)>,
}

/// What is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Private {
    Phone,
    Card,
    Address,
}

impl Private {
    fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Card => "card",
            Self::Address => "e-mail",
        }
    }
}

/// Hides what is private.
#[must_use]
pub fn mask(text: &str) -> Masked {
    let mut masked = Masked {
        text: String::new(),
        hidden: Vec::new(),
    };
    let marks: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(mark) = marks.get(at) {
        let rest = marks.get(at..).unwrap_or_default();
        let begins = at == 0 || !marks.get(at - 1).copied().is_some_and(is_of_word);
        let found = if begins { address(rest) } else { None };
        match found.or_else(|| number(rest)) {
            Some((length, private)) => {
                masked.hide(private, rest.iter().take(length).collect());
                at += length;
            }
            None => {
                masked.text.push(*mark);
                at += 1;
            }
        }
    }
    masked
}

impl Masked {
    /// Puts back what was hidden, except card numbers: nobody needs those again.
    #[must_use]
    pub fn restore(&self, text: &str) -> String {
        let mut restored = text.to_owned();
        for (mark, original) in &self.hidden {
            if !mark.starts_with("[card") {
                restored = restored.replace(mark, original);
            }
        }
        restored
    }

    fn hide(&mut self, private: Private, original: String) {
        let known = self.hidden.iter().find(|(_, known)| *known == original);
        let mark = match known {
            Some((mark, _)) => mark.clone(),
            None => {
                let mark = format!("[{} {}]", private.name(), self.hidden.len() + 1);
                self.hidden.push((mark.clone(), original));
                mark
            }
        };
        self.text.push_str(&mark);
    }
}

fn is_of_word(mark: char) -> bool {
    mark.is_alphanumeric() || matches!(mark, '.' | '_' | '%' | '+' | '-')
}

/// An e-mail address at the beginning.
fn address(marks: &[char]) -> Option<(usize, Private)> {
    let local = marks.iter().take_while(|mark| is_of_word(**mark)).count();
    if local == 0 || !matches!(marks.get(local), Some('@' | '＠')) {
        return None;
    }
    let domain = marks.get(local + 1..)?;
    let mut length = domain.iter().take_while(|mark| is_of_word(**mark)).count();
    while length > 0 && matches!(domain.get(length - 1), Some('.' | '-')) {
        length -= 1;
    }
    let dotted = domain.iter().take(length).any(|mark| *mark == '.');
    (dotted && length > 2).then_some((local + 1 + length, Private::Address))
}

/// A number of a phone or a card at the beginning: digits, and what people put between them.
fn number(marks: &[char]) -> Option<(usize, Private)> {
    if !marks
        .first()
        .is_some_and(|mark| digit(*mark).is_some() || matches!(mark, '+' | '('))
    {
        return None;
    }
    let mut digits = Vec::new();
    let (mut length, mut between) = (0, 0);
    for (at, mark) in marks.iter().enumerate() {
        if let Some(digit) = digit(*mark) {
            digits.push(digit);
            length = at + 1;
            between = 0;
        } else if is_between(*mark) && between < 3 {
            between += 1;
        } else {
            break;
        }
    }
    let count = digits.len();
    if CARD_DIGITS.contains(&count) && is_luhn(&digits) {
        Some((length, Private::Card))
    } else if PHONE_DIGITS.contains(&count) {
        Some((length, Private::Phone))
    } else if count > *PHONE_DIGITS.end() {
        // Longer than any phone number: account numbers and worse.
        Some((length, Private::Card))
    } else {
        None
    }
}

fn is_between(mark: char) -> bool {
    mark.is_whitespace() && mark != '\n' || matches!(mark, '-' | '(' | ')' | '+' | '/' | '–' | '‑')
}

/// A digit of any script that people here type: ASCII and full-width.
fn digit(mark: char) -> Option<u32> {
    match mark {
        '０'..='９' => Some(mark as u32 - '０' as u32),
        _ => mark.to_digit(10),
    }
}

/// The checksum of card numbers (Luhn, ISO/IEC 7812-1).
fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}
