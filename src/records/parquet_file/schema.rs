//! The columns of a file, and how it is written: who wrote it and all settings are fixed.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::schema::types::{ColumnPath, Type};

use crate::records::spec::{Kind, TableSpec};

/// The settings of a file, with the units and meanings of its columns.
pub(super) fn properties(spec: &TableSpec) -> WriterProperties {
    let pair = |key: String, value: &str| KeyValue::new(key, value.to_owned());
    let mut metadata = vec![
        pair("table".to_owned(), spec.name),
        pair("meaning".to_owned(), spec.meaning),
    ];
    for column in spec.columns {
        metadata.push(pair(format!("unit.{}", column.name), column.unit));
        metadata.push(pair(format!("meaning.{}", column.name), column.meaning));
    }
    let mut builder = WriterProperties::builder()
        .set_created_by("allies".to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(metadata));
    for column in spec
        .columns
        .iter()
        .filter(|column| column.kind == Kind::Real)
    {
        // Measures seldom repeat: a dictionary of them costs time and saves nothing.
        let path = ColumnPath::new(vec![column.name.to_owned()]);
        builder = builder.set_column_dictionary_enabled(path, false);
    }
    builder.build()
}

/// How a kind of value is stored.
pub(super) fn physical(kind: Kind) -> Physical {
    match kind {
        Kind::Integer => Physical::INT64,
        Kind::Real => Physical::DOUBLE,
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Boolean => Physical::BOOLEAN,
    }
}

/// The columns of a file.
pub(super) fn schema(spec: &TableSpec) -> Result<Type, ParquetError> {
    let mut fields = Vec::with_capacity(spec.columns.len());
    for column in spec.columns {
        let text = (column.kind == Kind::Text).then_some(LogicalType::String);
        let field = Type::primitive_type_builder(column.name, physical(column.kind))
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(text)
            .build()?;
        fields.push(Arc::new(field));
    }
    Type::group_type_builder(spec.name)
        .with_fields(fields)
        .build()
}
