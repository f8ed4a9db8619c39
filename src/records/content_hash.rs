//! The hash of what a table says, whatever file it stands in.

use blake3::Hasher;

use super::storage::{Bits, Column, Integers, Values};
use super::table::Table;

/// Bytes gathered before they go to the hash.
const CHUNK: usize = 1 << 16;

impl Table {
    /// BLAKE3 of the content in a canonical encoding, as 64 hexadecimal digits.
    ///
    /// The encoding: name of the table, number of columns and rows; then per column its name, its
    /// kind, the mask of present values (if any is missing), and the values column by column in
    /// little-endian form: whole numbers as 64 bits, reals by their bits, yes/no packed, texts as
    /// codes into the list of labels in order of first appearance, followed by the labels. A
    /// missing value counts as 0 under its mask. Units and meanings are not part of it: a better
    /// wording does not change a result.
    pub fn content_hash(&self) -> String {
        let mut sink = Sink {
            hasher: Hasher::new(),
            buffer: Vec::with_capacity(CHUNK + 16),
        };
        sink.text("allies table 1");
        sink.text(self.spec().name);
        sink.number(self.columns().len() as u64);
        sink.number(self.len() as u64);
        for (spec, column) in self.spec().columns.iter().zip(self.columns()) {
            sink.text(spec.name);
            sink.text(spec.kind.name());
            sink.column(column);
        }
        sink.finish()
    }
}

struct Sink {
    hasher: Hasher,
    buffer: Vec<u8>,
}

impl Sink {
    fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.hasher.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn number(&mut self, value: u64) {
        self.bytes(&value.to_le_bytes());
    }

    /// A text after its length, so that two neighbours cannot be mistaken for two others.
    fn text(&mut self, value: &str) {
        self.number(value.len() as u64);
        self.bytes(value.as_bytes());
    }

    fn bits(&mut self, bits: &Bits) {
        for &word in bits.words() {
            self.number(word);
        }
    }

    fn column(&mut self, column: &Column) {
        self.number(u64::from(column.present.is_some()));
        if let Some(present) = &column.present {
            self.bits(present);
        }
        match &column.values {
            Values::Integer(Integers::Narrow(values)) => {
                for &value in values {
                    self.bytes(&i64::from(value).to_le_bytes());
                }
            }
            Values::Integer(Integers::Wide(values)) => {
                for value in values {
                    self.bytes(&value.to_le_bytes());
                }
            }
            Values::Real(values) => {
                for value in values {
                    self.bytes(&value.to_bits().to_le_bytes());
                }
            }
            Values::Boolean(bits) => self.bits(bits),
            Values::Text(texts) => {
                for code in texts.codes() {
                    self.bytes(&code.to_le_bytes());
                }
                self.number(texts.labels().len() as u64);
                for label in texts.labels() {
                    self.text(label);
                }
            }
        }
    }

    fn finish(mut self) -> String {
        self.hasher.update(&self.buffer);
        self.hasher.finalize().to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::cell::Cell;
    use super::super::samples::{EVERY_KIND, every_kind};
    use super::*;

    fn one_row(row: [Cell<'_>; 4]) -> String {
        let mut table = Table::new(&EVERY_KIND);
        table.push(&row).unwrap();
        table.content_hash()
    }

    #[test]
    fn any_other_value_gives_another_hash() {
        let row = [
            Cell::Integer(0),
            Cell::Real(0.0),
            Cell::Text("a"),
            Cell::Boolean(false),
        ];
        let mut hashes = vec![one_row(row)];
        for (column, other) in [
            (0, Cell::Integer(1)),
            (1, Cell::Real(-0.0)),
            (2, Cell::Text("b")),
            (3, Cell::Boolean(true)),
        ] {
            for cell in [other, Cell::Missing] {
                let mut changed = row;
                changed[column] = cell;
                hashes.push(one_row(changed));
            }
        }
        let count = hashes.len();
        hashes.sort();
        hashes.dedup();
        assert_eq!(
            hashes.len(),
            count,
            "missing is not 0, and every cell counts"
        );
    }

    #[test]
    fn the_encoding_stays_as_it_is() {
        // A change here changes what every old manifest says: raise the version in the encoding.
        insta::assert_snapshot!(every_kind().content_hash(), @"fa3338a4a80b6c28f392360e1289bf58df9f5f71bbb561356488028c4eb0245b");
    }
}
