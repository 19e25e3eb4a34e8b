//! A strict reader of PDF values: what it does not know, it refuses. It never searches, never
//! guesses and never repairs, so that two readers cannot see two documents in one file.

use std::borrow::Cow;

use super::revision::{ROOM, STAMPED_ROOM};
use super::value::{Dict, Value, is_delimiter, is_space};

/// How deep values may be nested.
const DEPTH: usize = 64;
/// How many entries a dictionary may have.
const ENTRIES: usize = 2048;
/// How many values one file may hold.
const VALUES: usize = 5_000_000;

/// Why and where the bytes are not as they are written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) what: &'static str,
}

/// A place in the bytes.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, values: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(crate) fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at, what })
    }

    /// Steps over the word if it stands here.
    pub(crate) fn takes(&mut self, word: &[u8]) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    pub(crate) fn expect(&mut self, word: &[u8], what: &'static str) -> Result<(), Fault> {
        if self.takes(word) { Ok(()) } else { self.fault(what) }
    }

    pub(crate) fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// The bytes up to the end of the line; the line's end is stepped over.
    pub(crate) fn line(&mut self) -> Result<&'a [u8], Fault> {
        let rest = self.rest();
        let Some(length) = rest.iter().position(|&byte| byte == b'\n') else {
            return self.fault("a line has no end");
        };
        self.at += length + 1;
        Ok(&rest[..length])
    }

    pub(crate) fn digits(&mut self) -> Result<usize, Fault> {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let parsed = std::str::from_utf8(&rest[..length]).ok().and_then(|text| text.parse().ok());
        match parsed {
            Some(number) if length <= 10 => {
                self.at += length;
                Ok(number)
            }
            Some(_) | None => self.fault("a number is missing"),
        }
    }

    /// Reads `N 0 obj … endobj`.
    pub(crate) fn object(&mut self) -> Result<(u32, Value<'a>), Fault> {
        let id = self.digits()?;
        let Ok(id) = u32::try_from(id) else {
            return self.fault("an object's number is too large");
        };
        self.expect(b" 0 obj", "an object does not begin as it should")?;
        let mut value = self.value(0)?;
        self.skip_space();
        if self.takes(b"stream") {
            let Value::Dict(dict) = value else {
                return self.fault("a stream does not begin as it should");
            };
            value = self.stream(dict)?;
        }
        self.skip_space();
        self.expect(b"endobj", "an object does not end as it should")?;
        Ok((id, value))
    }

    pub(crate) fn value(&mut self, depth: usize) -> Result<Value<'a>, Fault> {
        self.skip_space();
        self.values += 1;
        if depth > DEPTH || self.values > VALUES {
            return self.fault("there are more values than a form can hold");
        }
        match self.peek() {
            Some(b'/') => Ok(Value::Name(self.name()?)),
            Some(b'(') => self.literal(),
            Some(b'[') => self.array(depth),
            Some(b'<') if self.rest().starts_with(b"<<") => self.dict(depth),
            Some(b'<') => self.hexadecimal(),
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => self.number(),
            Some(_) | None => self.word(),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().take_while(|&&byte| !is_delimiter(byte)).count();
        self.at += length;
        &rest[..length]
    }

    fn word(&mut self) -> Result<Value<'a>, Fault> {
        match self.token() {
            b"null" => Ok(Value::Null),
            b"true" => Ok(Value::Bool(true)),
            b"false" => Ok(Value::Bool(false)),
            _ => self.fault("something stands here that is not a value"),
        }
    }

    /// A number, or a reference: two whole numbers and an R.
    fn number(&mut self) -> Result<Value<'a>, Fault> {
        let token = self.token();
        let body = token.strip_prefix(b"-").or(token.strip_prefix(b"+")).unwrap_or(token);
        let points = body.iter().filter(|&&byte| byte == b'.').count();
        let plain = body.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
        if !plain || points > 1 || body.len() == points || token.len() > 20 {
            return self.fault("a number is not written as it should be");
        }
        let after = self.rest();
        if after.starts_with(b" 0 R") && after.get(4).is_none_or(|&byte| is_delimiter(byte)) {
            let id = std::str::from_utf8(token).ok().and_then(|text| text.parse().ok());
            let Some(id) = id else {
                return self.fault("a reference is not written as it should be");
            };
            self.at += 4;
            return Ok(Value::Reference(id));
        }
        Ok(Value::Number(Cow::Borrowed(token)))
    }

    fn name(&mut self) -> Result<Cow<'a, [u8]>, Fault> {
        self.at += 1;
        let token = self.token();
        if !token.contains(&b'#') {
            return Ok(Cow::Borrowed(token));
        }
        let mut out = Vec::with_capacity(token.len());
        let mut place = 0;
        while let Some(&byte) = token.get(place) {
            if byte != b'#' {
                out.push(byte);
                place += 1;
                continue;
            }
            let coded = token.get(place + 1..place + 3).and_then(|pair| hex::decode(pair).ok());
            let Some(coded) = coded else {
                return self.fault("a name is not written as it should be");
            };
            out.extend(coded);
            place += 3;
        }
        Ok(Cow::Owned(out))
    }

    fn literal(&mut self) -> Result<Value<'a>, Fault> {
        self.at += 1;
        let mut out = Vec::new();
        let mut open = 1usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut out)?;
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Ok(Value::Text(Cow::Owned(out)));
            }
            out.push(byte);
        }
        self.fault("a string has no end")
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), Fault> {
        let Some(byte) = self.peek() else {
            return self.fault("a string has no end");
        };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'(' | b')' | b'\\' => out.push(byte),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    code = code * 8 + u32::from(next - b'0');
                    self.at += 1;
                }
                out.push(u8::try_from(code & 0xFF).unwrap_or(0));
            }
            _ => return self.fault("a string is not written as it should be"),
        }
        Ok(())
    }

    /// A string in hexadecimal. One as long as a signature's room is a gap: its figures are judged
    /// where the signature is.
    fn hexadecimal(&mut self) -> Result<Value<'a>, Fault> {
        self.at += 1;
        let rest = self.rest();
        let Some(length) = rest.iter().position(|&byte| byte == b'>') else {
            return self.fault("a string has no end");
        };
        if let Some(room) = [ROOM, STAMPED_ROOM].into_iter().find(|room| room * 2 == length) {
            self.at += length + 1;
            return Ok(Value::Gap(room));
        }
        let Ok(bytes) = hex::decode(&rest[..length]) else {
            return self.fault("a string is not written as it should be");
        };
        self.at += length + 1;
        Ok(Value::Text(Cow::Owned(bytes)))
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, Fault> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip_space();
            if self.takes(b"]") {
                return Ok(Value::Array(values));
            }
            values.push(self.value(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Value<'a>, Fault> {
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            self.skip_space();
            if self.takes(b">>") {
                return Ok(Value::Dict(dict));
            }
            if self.peek() != Some(b'/') {
                return self.fault("a dictionary is not written as it should be");
            }
            let key = self.name()?;
            let value = self.value(depth + 1)?;
            if dict.len() == ENTRIES {
                return self.fault("a dictionary has more entries than a form needs");
            }
            if !dict.add(key, value) {
                return self.fault("a dictionary says one thing twice");
            }
        }
    }

    fn stream(&mut self, dict: Dict<'a>) -> Result<Value<'a>, Fault> {
        if !self.takes(b"\n") {
            self.expect(b"\r\n", "a stream does not begin as it should")?;
        }
        let length = dict.get("Length").and_then(Value::as_usize);
        let data = length.and_then(|length| self.rest().get(..length));
        let Some(data) = data else {
            return self.fault("a stream does not say its length");
        };
        self.at += data.len();
        self.skip_line_end();
        self.expect(b"endstream", "a stream does not end where it says")?;
        Ok(Value::Stream(dict, Cow::Borrowed(data)))
    }

    fn skip_line_end(&mut self) {
        if !self.takes(b"\r\n") {
            self.takes(b"\n");
        }
    }
}
