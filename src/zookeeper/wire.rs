//! jute, the encoding of `ZooKeeper`'s messages: big-endian numbers, and lengths before what varies.
//!
//! Knows bytes in memory only: no stream, no message. Any bytes whatever decode to a value or to [`Malformed`].

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Fewer bytes than the record needs.
    #[error("{needed} bytes were to come, {left} are left")]
    Truncated {
        /// How many bytes the next field takes.
        needed: usize,
        /// How many there are.
        left: usize,
    },
    /// A length or count below −1.
    #[error("a length of {0}")]
    Length(i32),
    /// A text that is not UTF-8.
    #[error("a text that is not UTF-8")]
    Text,
}

/// Bytes to send, filled field by field.
#[derive(Default)]
pub struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    /// Appends an `int`.
    pub fn int(&mut self, value: i32) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// Appends a `long`.
    pub fn long(&mut self, value: i64) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    /// Appends a `boolean`.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.raw(&[u8::from(value)])
    }

    /// Appends a `buffer`; `None` is null, which is not the empty one.
    pub fn buffer(&mut self, value: Option<&[u8]>) -> &mut Self {
        match value {
            None => self.int(-1),
            Some(bytes) => self.length(bytes.len()).raw(bytes),
        }
    }

    /// Appends a `ustring`; `None` is null.
    pub fn ustring(&mut self, value: Option<&str>) -> &mut Self {
        self.buffer(value.map(str::as_bytes))
    }

    /// Appends a `vector`, each item by `write`.
    pub fn vector<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) -> &mut Self {
        self.length(items.len());
        for item in items {
            write(self, item);
        }
        self
    }

    /// All that was appended, behind its length: what goes on the wire.
    pub fn frame(&self) -> Vec<u8> {
        let mut frame = Self::default();
        frame.buffer(Some(&self.bytes));
        frame.bytes
    }

    /// A length beyond `i32` cannot be said; servers refuse frames of more than 1 MiB long before.
    fn length(&mut self, length: usize) -> &mut Self {
        self.int(i32::try_from(length).unwrap_or(i32::MAX))
    }

    fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }
}

/// Bytes received, read field by field.
#[derive(Clone, Debug)]
pub struct Decoder<'a> {
    rest: &'a [u8],
}

impl<'a> Decoder<'a> {
    /// Starts at the first of `bytes`, a frame without its length.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether all is read. Newer servers may send fields that we do not know, at the end.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads an `int`.
    pub fn int(&mut self) -> Result<i32, Malformed> {
        self.array().map(i32::from_be_bytes)
    }

    /// Reads a `long`.
    pub fn long(&mut self) -> Result<i64, Malformed> {
        self.array().map(i64::from_be_bytes)
    }

    /// Reads a `boolean`; anything but 0 is true.
    pub fn bool(&mut self) -> Result<bool, Malformed> {
        self.array().map(|[byte]| byte != 0)
    }

    /// Reads a `buffer`; `None` is null.
    pub fn buffer(&mut self) -> Result<Option<&'a [u8]>, Malformed> {
        let length = self.length()?;
        length.map(|length| self.take(length)).transpose()
    }

    /// Reads a `ustring`; `None` is null.
    pub fn ustring(&mut self) -> Result<Option<&'a str>, Malformed> {
        let text = self.buffer()?.map(std::str::from_utf8);
        text.transpose().map_err(|_| Malformed::Text)
    }

    /// Reads a `vector`, each item by `read`; null is empty.
    ///
    /// A count that the bytes left cannot hold ends at the first item they lack: nothing is reserved for it.
    pub fn vector<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        let count = self.length()?.unwrap_or(0);
        if self.rest.len() < count {
            return Err(self.lacks(count));
        }
        (0..count).map(|_| read(self)).collect()
    }

    fn length(&mut self) -> Result<Option<usize>, Malformed> {
        match self.int()? {
            -1 => Ok(None),
            length => usize::try_from(length)
                .map(Some)
                .map_err(|_| Malformed::Length(length)),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (array, rest) = self.rest.split_first_chunk().ok_or(self.lacks(N))?;
        self.rest = rest;
        Ok(*array)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(self.lacks(length))?;
        self.rest = rest;
        Ok(taken)
    }

    fn lacks(&self, needed: usize) -> Malformed {
        Malformed::Truncated {
            needed,
            left: self.rest.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn null_is_not_empty() {
        let mut encoder = Encoder::default();
        encoder
            .buffer(None)
            .buffer(Some(b""))
            .ustring(None)
            .ustring(Some(""));
        let frame = encoder.frame();
        let mut decoder = Decoder::new(&frame[4..]);
        assert_eq!(decoder.buffer(), Ok(None));
        assert_eq!(decoder.buffer(), Ok(Some(&b""[..])));
        assert_eq!(decoder.ustring(), Ok(None));
        assert_eq!(decoder.ustring(), Ok(Some("")));
        assert!(decoder.is_empty());
    }

    #[test]
    fn lengths_are_checked_before_they_are_believed() {
        let int = |value: i32| value.to_be_bytes();
        assert_eq!(Decoder::new(&int(-2)).buffer(), Err(Malformed::Length(-2)));
        let huge = Malformed::Truncated {
            needed: 0x7fff_ffff,
            left: 0,
        };
        assert_eq!(Decoder::new(&int(i32::MAX)).buffer(), Err(huge));
        assert_eq!(Decoder::new(&int(i32::MAX)).vector(Decoder::int), Err(huge));
        assert_eq!(
            Decoder::new(&[0, 0, 0, 1, 0xff]).ustring(),
            Err(Malformed::Text)
        );
        assert_eq!(
            Decoder::new(&[0; 3]).int(),
            Err(Malformed::Truncated { needed: 4, left: 3 })
        );
    }

    fn read_by(decoder: &mut Decoder<'_>, field: u8) -> bool {
        match field % 6 {
            0 => decoder.int().is_ok(),
            1 => decoder.long().is_ok(),
            2 => decoder.bool().is_ok(),
            3 => decoder.buffer().is_ok(),
            4 => decoder.ustring().is_ok(),
            _ => decoder.vector(Decoder::ustring).is_ok(),
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, fields: Vec<u8>) {
            let mut decoder = Decoder::new(&bytes);
            for field in fields {
                read_by(&mut decoder, field);
            }
        }

        #[test]
        fn what_is_written_is_read_back(
            int: i32, long: i64, flag: bool, buffer: Option<Vec<u8>>, text: Option<String>, texts: Vec<String>,
        ) {
            let mut encoder = Encoder::default();
            encoder.int(int).long(long).bool(flag).buffer(buffer.as_deref()).ustring(text.as_deref());
            encoder.vector(&texts, |encoder, text| { encoder.ustring(Some(text)); });
            let frame = encoder.frame();
            let mut decoder = Decoder::new(&frame);
            let body = decoder.buffer().unwrap().unwrap();
            prop_assert!(decoder.is_empty());
            let mut decoder = Decoder::new(body);
            prop_assert_eq!(decoder.int(), Ok(int));
            prop_assert_eq!(decoder.long(), Ok(long));
            prop_assert_eq!(decoder.bool(), Ok(flag));
            prop_assert_eq!(decoder.buffer(), Ok(buffer.as_deref()));
            prop_assert_eq!(decoder.ustring(), Ok(text.as_deref()));
            let read = decoder.vector(|decoder| decoder.ustring().map(|text| text.unwrap().to_owned()));
            prop_assert_eq!(read, Ok(texts));
            prop_assert!(decoder.is_empty());
        }
    }
}
