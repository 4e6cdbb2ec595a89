//! A column of whole numbers as the server sends it: one array. The driver's own reading asks of
//! each element anew what kind it is, which takes ten times as long.

use tokio_postgres::types::{FromSql, Type, accepts};

/// The numbers, and what is none.
pub(super) struct Numbers(pub(super) Vec<Option<i64>>);

/// Four numbers of four bytes begin an array of one dimension: how many dimensions there are, whether
/// something in it is none, the kind of its elements, and their count; a fifth, where it begins,
/// follows. (PostgreSQL's `array_send`.)
const HEAD: usize = 20;

/// The length that says that an element is none.
const NONE: i32 = -1;

impl<'a> FromSql<'a> for Numbers {
    fn from_sql(
        _kind: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        read(raw).ok_or_else(|| "the server sent an array in another form".into())
    }

    accepts!(INT8_ARRAY);
}

fn read(bytes: &[u8]) -> Option<Numbers> {
    let dimensions = i32::from_be_bytes(*bytes.first_chunk()?);
    if dimensions == 0 {
        return Some(Numbers(Vec::new()));
    }
    let count = i32::from_be_bytes(*bytes.get(12..)?.first_chunk()?);
    let count = usize::try_from(count).ok().filter(|_| dimensions == 1)?;
    let mut rest = bytes.get(HEAD..)?;
    let mut numbers = Vec::with_capacity(count.min(rest.len()));
    for _ in 0..count {
        let (length, after) = rest.split_first_chunk()?;
        rest = after;
        match i32::from_be_bytes(*length) {
            NONE => numbers.push(None),
            8 => {
                let (number, after) = rest.split_first_chunk()?;
                rest = after;
                numbers.push(Some(i64::from_be_bytes(*number)));
            }
            _ => return None,
        }
    }
    Some(Numbers(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(head: [i32; 5], elements: &[Option<i64>]) -> Vec<u8> {
        let mut bytes: Vec<u8> = head.iter().flat_map(|it| it.to_be_bytes()).collect();
        for element in elements {
            bytes.extend(element.map_or(NONE, |_| 8).to_be_bytes());
            bytes.extend(element.iter().flat_map(|it| it.to_be_bytes()));
        }
        bytes
    }

    #[test]
    fn what_the_server_sends_is_read_and_anything_else_refused() {
        let elements = [Some(7), None, Some(-1), Some(i64::MAX)];
        let whole = sent([1, 1, 20, 4, 1], &elements);
        assert_eq!(read(&whole).unwrap().0, elements);
        assert_eq!(read(&sent([0, 0, 20, 0, 0], &[])).unwrap().0, []);
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_none(), "cut at {length}");
        }
        assert!(read(&sent([2, 0, 20, 4, 1], &elements)).is_none());
        assert!(read(&sent([1, 0, 20, -4, 1], &elements)).is_none());
        let mut narrow = sent([1, 0, 23, 1, 1], &[]);
        narrow.extend([0, 0, 0, 4, 0, 0, 0, 1]);
        assert!(read(&narrow).is_none(), "numbers of four bytes");
    }
}
