//! What tables are made of: a specification of each column, with unit and meaning.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers of 64 bits.
    Integer,
    /// Finite numbers in double precision.
    Real,
    /// Texts that are not empty.
    Text,
    /// Yes or no.
    Boolean,
}

impl Kind {
    /// The word for it, in the dictionary and in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Text => "text",
            Self::Boolean => "boolean",
        }
    }
}

/// A column of the data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Name, as in the files.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Unit, or what kind of name stands there.
    pub unit: &'static str,
    /// Meaning, for a reader who knows the field and not the program.
    pub meaning: &'static str,
}

/// A table of the data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSpec {
    /// Name, also of the file.
    pub name: &'static str,
    /// What one row is.
    pub meaning: &'static str,
    /// Columns, in the order of the files.
    pub columns: &'static [ColumnSpec],
}

impl TableSpec {
    /// The place of a column.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
