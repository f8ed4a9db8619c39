//! How a column lies in memory: packed bits for yes/no and for what is missing, 32-bit numbers
//! until one does not fit, a code and a list of labels for text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::Cell;
use super::spec::Kind;

/// A row of bits, 64 to a word, the lowest bit first; bits past the end are zero.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// `len` bits that are all set.
    fn all_set(len: usize) -> Self {
        let mut words = vec![u64::MAX; len / 64];
        if !len.is_multiple_of(64) {
            words.push((1_u64 << (len % 64)) - 1);
        }
        Self { words, len }
    }

    pub(super) fn push(&mut self, bit: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        if bit && let Some(word) = self.words.last_mut() {
            *word |= 1 << (self.len % 64);
        }
        self.len += 1;
    }

    pub(super) fn get(&self, row: usize) -> Option<bool> {
        (row < self.len).then(|| self.words[row / 64] >> (row % 64) & 1 == 1)
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }
}

/// Whole numbers: 32 bits each until one needs more.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Integers {
    Narrow(Vec<i32>),
    Wide(Vec<i64>),
}

impl Integers {
    fn push(&mut self, value: i64) {
        match self {
            Self::Narrow(values) => {
                if let Ok(narrow) = i32::try_from(value) {
                    values.push(narrow);
                } else {
                    let mut wide: Vec<i64> = values.iter().map(|&v| i64::from(v)).collect();
                    wide.push(value);
                    *self = Self::Wide(wide);
                }
            }
            Self::Wide(values) => values.push(value),
        }
    }

    pub(super) fn get(&self, row: usize) -> Option<i64> {
        match self {
            Self::Narrow(values) => values.get(row).map(|&v| i64::from(v)),
            Self::Wide(values) => values.get(row).copied(),
        }
    }
}

/// Texts: a code per row into the list of labels, which stand in the order of first appearance,
/// so that equal columns have equal codes.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    codes: Vec<u32>,
    labels: Vec<Arc<str>>,
    index: BTreeMap<Arc<str>, u32>,
    last: u32,
}

impl Texts {
    /// The code of a label, new or known. Two guesses come before the search: the label of the row
    /// before, and the one after it (a yearly panel lists the same people in the same order).
    fn code(&mut self, label: &str) -> u32 {
        for guess in [self.last, self.last.wrapping_add(1)] {
            if self
                .labels
                .get(guess as usize)
                .is_some_and(|known| **known == *label)
            {
                self.last = guess;
                return guess;
            }
        }
        let code = if let Some(&code) = self.index.get(label) {
            code
        } else {
            let code = self.labels.len() as u32;
            let label: Arc<str> = label.into();
            self.labels.push(Arc::clone(&label));
            self.index.insert(label, code);
            code
        };
        self.last = code;
        code
    }

    fn get(&self, row: usize) -> Option<&str> {
        self.codes
            .get(row)
            .and_then(|&code| self.labels.get(code as usize))
            .map(|label| &**label)
    }

    pub(super) fn codes(&self) -> &[u32] {
        &self.codes
    }

    pub(super) fn labels(&self) -> &[Arc<str>] {
        &self.labels
    }
}

/// The values of a column; a missing one holds 0 (or false) in its place, under the mask.
#[derive(Debug, Clone)]
pub(super) enum Values {
    Integer(Integers),
    Real(Vec<f64>),
    Text(Texts),
    Boolean(Bits),
}

/// A column: its values and which of them are there.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) values: Values,
    /// A set bit is a value that is there; no mask at all while nothing is missing.
    pub(super) present: Option<Bits>,
    len: usize,
}

impl Column {
    pub(super) fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Integer => Values::Integer(Integers::Narrow(Vec::new())),
            Kind::Real => Values::Real(Vec::new()),
            Kind::Text => Values::Text(Texts::default()),
            Kind::Boolean => Values::Boolean(Bits::default()),
        };
        Self {
            values,
            present: None,
            len: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn reserve(&mut self, rows: usize) {
        match &mut self.values {
            Values::Integer(Integers::Narrow(values)) => values.reserve(rows),
            Values::Integer(Integers::Wide(values)) => values.reserve(rows),
            Values::Real(values) => values.reserve(rows),
            Values::Text(texts) => texts.codes.reserve(rows),
            Values::Boolean(bits) => bits.words.reserve(rows / 64 + 1),
        }
    }

    /// Adds a value; false, and nothing added, where it is of another kind than the column.
    pub(super) fn push(&mut self, cell: Cell<'_>) -> bool {
        match (&mut self.values, cell) {
            (Values::Integer(values), Cell::Integer(value)) => values.push(value),
            (Values::Real(values), Cell::Real(value)) => values.push(value),
            (Values::Text(texts), Cell::Text(value)) => {
                let code = texts.code(value);
                texts.codes.push(code);
            }
            (Values::Boolean(bits), Cell::Boolean(value)) => bits.push(value),
            (values, Cell::Missing) => {
                match values {
                    Values::Integer(values) => values.push(0),
                    Values::Real(values) => values.push(0.0),
                    Values::Text(texts) => texts.codes.push(0),
                    Values::Boolean(bits) => bits.push(false),
                }
                self.present
                    .get_or_insert_with(|| Bits::all_set(self.len))
                    .push(false);
                self.len += 1;
                return true;
            }
            _ => return false,
        }
        if let Some(present) = &mut self.present {
            present.push(true);
        }
        self.len += 1;
        true
    }

    /// Adds all values of another column of the same kind.
    pub(super) fn append(&mut self, other: &Self) {
        self.reserve(other.len);
        for row in 0..other.len {
            self.push(other.cell(row));
        }
    }

    pub(super) fn is_present(&self, row: usize) -> bool {
        row < self.len
            && self
                .present
                .as_ref()
                .is_none_or(|bits| bits.get(row) == Some(true))
    }

    /// The value of a row; missing as well where there is no such row.
    pub(super) fn cell(&self, row: usize) -> Cell<'_> {
        if !self.is_present(row) {
            return Cell::Missing;
        }
        match &self.values {
            Values::Integer(values) => values.get(row).into(),
            Values::Real(values) => values.get(row).copied().into(),
            Values::Text(texts) => texts.get(row).into(),
            Values::Boolean(bits) => bits.get(row).into(),
        }
    }
}
