//! Scenario files: TOML in, a checked struct out, or every problem with its place.
//!
//! The root struct's sections are the parameter structs of the mechanisms. Their types, doc lines, defaults and ranges
//! are the one definition from which come the check ([`load`]), the JSON Schema ([`schema`]), the texts of
//! [`explain`], the [`reference_page`] and the [`baseline_file`]. All of it is generic over the root struct.

mod baseline;
mod check;
mod doc;
mod entries;
mod examine;
mod explain;
mod findings;
mod load;
mod near;
mod new;
mod overrides;
mod path;
mod problem;
mod read;
mod reference;
mod schema;
mod sections;
mod set;
mod shape;
mod source;
mod tree;

pub use baseline::baseline_file;
pub use check::Names;
pub use entries::{Entry, entries, undocumented};
pub use explain::{UnknownKey, explain};
pub use findings::{Check, Finding, Findings, Source};
pub use load::{Loaded, Root, load, load_default, load_text, load_with};
pub use near::nearest;
pub use new::{NewError, new_text, write_new};
pub use overrides::{Setting, Texts};
pub(crate) use path::quoted_key;
pub use path::{KeyPath, Step};
pub use problem::{Look, Problem, Problems};
pub use reference::reference_page;
pub use schema::schema;
pub use sections::{Assignment, Persona, RecordsPlan, Scenario, ValueKind};
