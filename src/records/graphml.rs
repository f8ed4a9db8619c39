//! Networks as GraphML, written as they come: nodes first, then directed ties, each with its
//! attributes. Gephi, igraph and NetworkX read it.
//!
//! What is missing is left out, never written as 0. Characters that XML cannot hold become U+FFFD.

use std::io::{self, Write};

use super::cell::Cell;
use super::spec::Kind;

/// An attribute of nodes or ties: name and kind.
pub type Attribute = (&'static str, Kind);

/// A GraphML document in the making.
///
/// ```
/// use allies::records::{Kind, graphml::GraphMl};
/// let mut bytes = Vec::new();
/// let mut graph = GraphMl::new(&mut bytes, &[("name", Kind::Text)], &[("trust", Kind::Real)])?;
/// graph.node(1, &["Ada".into()])?;
/// graph.node(2, &["Ben".into()])?;
/// graph.edge(1, 2, &[0.5.into()])?;
/// graph.finish()?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct GraphMl<W: Write> {
    to: W,
    nodes: Vec<Kind>,
    edges: Vec<Kind>,
}

impl<W: Write> GraphMl<W> {
    /// Begins a directed graph. A name may stand among both nodes and ties; avoid `id`, `source` and
    /// `target`, which readers use themselves.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(mut to: W, nodes: &[Attribute], edges: &[Attribute]) -> io::Result<Self> {
        writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(
            to,
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
        )?;
        for (domain, attributes) in [("node", nodes), ("edge", edges)] {
            for (number, (name, kind)) in attributes.iter().enumerate() {
                let kind = match kind {
                    Kind::Integer => "long",
                    Kind::Real => "double",
                    Kind::Text => "string",
                    Kind::Boolean => "boolean",
                };
                let letter = &domain[..1];
                write!(
                    to,
                    "  <key id=\"{letter}{number}\" for=\"{domain}\" attr.name=\""
                )?;
                escape(&mut to, name)?;
                writeln!(to, "\" attr.type=\"{kind}\"/>")?;
            }
        }
        writeln!(to, "  <graph edgedefault=\"directed\">")?;
        let kinds = |attributes: &[Attribute]| attributes.iter().map(|(_, kind)| *kind).collect();
        Ok(Self {
            to,
            nodes: kinds(nodes),
            edges: kinds(edges),
        })
    }

    /// A node with its attributes, in the order of their declaration.
    ///
    /// # Errors
    /// Those of the writer; invalid input where the attributes are not those declared.
    pub fn node(&mut self, id: u32, attributes: &[Cell<'_>]) -> io::Result<()> {
        write!(self.to, "    <node id=\"{id}\">")?;
        values(&mut self.to, 'n', &self.nodes, attributes)?;
        writeln!(self.to, "</node>")
    }

    /// A tie with its attributes, in the order of their declaration.
    ///
    /// # Errors
    /// Those of the writer; invalid input where the attributes are not those declared.
    pub fn edge(&mut self, source: u32, target: u32, attributes: &[Cell<'_>]) -> io::Result<()> {
        write!(
            self.to,
            "    <edge source=\"{source}\" target=\"{target}\">"
        )?;
        values(&mut self.to, 'e', &self.edges, attributes)?;
        writeln!(self.to, "</edge>")
    }

    /// Ends the document.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        writeln!(self.to, "  </graph>\n</graphml>")?;
        self.to.flush()
    }
}

fn values(
    to: &mut impl Write,
    letter: char,
    kinds: &[Kind],
    attributes: &[Cell<'_>],
) -> io::Result<()> {
    let refused = |reason| Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
    if kinds.len() != attributes.len() {
        return refused(format!(
            "{} attributes, {} declared",
            attributes.len(),
            kinds.len()
        ));
    }
    for (number, (kind, cell)) in kinds.iter().zip(attributes).enumerate() {
        match *cell {
            Cell::Missing => continue,
            Cell::Real(value) if !value.is_finite() => {
                return refused(format!("attribute {letter}{number} is {value}"));
            }
            _ => {}
        }
        if cell.kind() != Some(*kind) {
            return refused(format!("attribute {letter}{number} is not {}", kind.name()));
        }
        write!(to, "<data key=\"{letter}{number}\">")?;
        match cell {
            Cell::Text(text) => escape(to, text)?,
            other => write!(to, "{other}")?,
        }
        write!(to, "</data>")?;
    }
    Ok(())
}

/// Text as XML content or attribute. Line breaks and tabs are written as references, since readers
/// turn them into blanks otherwise.
fn escape(to: &mut impl Write, text: &str) -> io::Result<()> {
    let mut buffer = [0; 4];
    for character in text.chars() {
        match character {
            '&' => to.write_all(b"&amp;")?,
            '<' => to.write_all(b"&lt;")?,
            '>' => to.write_all(b"&gt;")?,
            '"' => to.write_all(b"&quot;")?,
            '\t' | '\n' | '\r' => write!(to, "&#{};", character as u32)?,
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => to.write_all("\u{fffd}".as_bytes())?,
            other => to.write_all(other.encode_utf8(&mut buffer).as_bytes())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_as_documented() {
        let mut bytes = Vec::new();
        let nodes = [
            ("name", Kind::Text),
            ("persona", Kind::Boolean),
            ("level", Kind::Integer),
        ];
        let mut graph = GraphMl::new(&mut bytes, &nodes, &[("trust", Kind::Real)]).unwrap();
        graph
            .node(
                7,
                &["<Zoë> & \"Co\"\n\u{1}".into(), true.into(), 3_u32.into()],
            )
            .unwrap();
        graph
            .node(9, &[Cell::Missing, false.into(), Cell::Missing])
            .unwrap();
        graph.edge(9, 7, &[1e-7.into()]).unwrap();
        graph.edge(7, 9, &[Cell::Missing]).unwrap();
        graph.finish().unwrap();
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap(), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key id="n0" for="node" attr.name="name" attr.type="string"/>
          <key id="n1" for="node" attr.name="persona" attr.type="boolean"/>
          <key id="n2" for="node" attr.name="level" attr.type="long"/>
          <key id="e0" for="edge" attr.name="trust" attr.type="double"/>
          <graph edgedefault="directed">
            <node id="7"><data key="n0">&lt;Zoë&gt; &amp; &quot;Co&quot;&#10;�</data><data key="n1">true</data><data key="n2">3</data></node>
            <node id="9"><data key="n1">false</data></node>
            <edge source="9" target="7"><data key="e0">1e-7</data></edge>
            <edge source="7" target="9"></edge>
          </graph>
        </graphml>
        "#);
    }

    #[test]
    fn attributes_that_were_not_declared_are_refused() {
        let mut graph = GraphMl::new(Vec::new(), &[("level", Kind::Integer)], &[]).unwrap();
        let mut message = |cells: &[Cell<'_>]| graph.node(1, cells).unwrap_err().to_string();
        assert_eq!(message(&[]), "0 attributes, 1 declared");
        assert_eq!(message(&["a".into()]), "attribute n0 is not integer");
        assert_eq!(message(&[f64::NAN.into()]), "attribute n0 is NaN");
    }
}
