//! The one renderer behind all formats of `-o`. Knows formats; must not know any view.

use serde::Serialize;
use serde_json::Value;

use crate::ui::escape;
use crate::ui::format::Format;
use crate::ui::table::Paper;
use crate::ui::table::Table;
use crate::ui::yaml;

/// Why a view could not be shown: a fault of the view.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// serde refused it.
    #[error("cannot write the output as json: {0}")]
    Json(#[from] serde_json::Error),
    /// serde refused it.
    #[error("cannot write the output as yaml: {0}")]
    Yaml(#[from] serde_saphyr::ser::Error),
}

/// How something is shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With the columns of `-o wide`.
    pub wide: bool,
    /// Without `--no-headers`.
    pub headers: bool,
    /// With colour.
    pub color: bool,
    /// The columns of the terminal, if it is one.
    pub width: Option<usize>,
}

impl Look {
    /// What a table is written on.
    pub fn paper(&self) -> Paper {
        Paper {
            color: self.color,
            width: self.width,
        }
    }
}

/// A frozen, versioned shape that can be shown in every format. A list keeps its rows in `items`, as kubectl's do.
pub trait View: Serialize {
    /// The rows, with more columns when `wide`.
    fn table(&self, wide: bool) -> Table;

    /// What `-o name` prints, one line each.
    fn names(&self) -> Vec<String>;

    /// All that people see. The table alone, unless the view has more to say.
    fn text(&self, look: Look) -> String {
        self.table(look.wide).render(look.headers, look.paper())
    }
}

/// A view in a format, ready for `Ui::data`: escaped, and each line ended (but for `jsonpath`, as in kubectl).
pub fn render(
    view: &impl View,
    format: &Format,
    headers: bool,
    paper: impl Into<Paper>,
) -> Result<String, RenderError> {
    let Paper { color, width } = paper.into();
    let look = |wide| Look {
        wide,
        headers,
        color,
        width,
    };
    Ok(match format {
        Format::Table => view.text(look(false)),
        Format::Wide => view.text(look(true)),
        Format::Json => json(view)?,
        Format::Yaml => yaml(view)?,
        Format::Name => names(view),
        Format::JsonPath(template) => template.fill(&serde_json::to_value(view)?),
        Format::CustomColumns(columns) => columns.render(&serde_json::to_value(view)?, headers),
    })
}

/// JSON as kubectl prints it: four spaces, and a last newline.
pub fn json(value: &impl Serialize) -> Result<String, RenderError> {
    let mut document = Vec::new();
    let four_spaces = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut document, four_spaces);
    value.serialize(&mut serializer)?;
    Ok(escape::json(&String::from_utf8_lossy(&document)) + "\n")
}

/// YAML as kubectl prints it: long lines stay whole, many lines are a literal block.
pub fn yaml(value: &impl Serialize) -> Result<String, RenderError> {
    yaml::written(&serde_json::to_value(value)?)
}

fn names(view: &impl View) -> String {
    let lines = view.names().into_iter();
    lines.map(|name| escape::line(&name) + "\n").collect()
}

/// A value as kubectl's jsonpath prints it: strings bare, lists and maps as JSON, null as `null`.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => escape::text(text),
        _ => escape::json(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Ensembles {
        api_version: &'static str,
        items: Vec<Item>,
    }

    #[derive(Serialize)]
    struct Item {
        name: &'static str,
        ready: u8,
        version: Option<&'static str>,
    }

    impl View for Ensembles {
        fn table(&self, wide: bool) -> Table {
            let mut table =
                Table::new(
                    ["name", "ready", "version"]
                        .iter()
                        .take(if wide { 3 } else { 2 }),
                );
            for item in &self.items {
                let cells = [
                    item.name.to_owned(),
                    item.ready.to_string(),
                    item.version.unwrap_or("").to_owned(),
                ];
                table.row(cells.iter().take(if wide { 3 } else { 2 }).map(Into::into));
            }
            table
        }

        fn names(&self) -> Vec<String> {
            self.items
                .iter()
                .map(|item| format!("ensemble/{}", item.name))
                .collect()
        }
    }

    fn show(format: &str) -> String {
        let view = Ensembles {
            api_version: "kubectl-zk/v1",
            items: vec![
                Item {
                    name: "zk",
                    ready: 3,
                    version: Some("3.9.5"),
                },
                Item {
                    name: "no\u{1b}\u{9b}",
                    ready: 0,
                    version: None,
                },
            ],
        };
        render(&view, &format.parse().unwrap(), true, false).unwrap()
    }

    #[test]
    fn for_people() {
        assert_eq!(show("table"), show(""));
        insta::assert_snapshot!(show("table"), @r#"
        NAME         READY
        zk           3
        no^[\u009b   0
        "#);
        insta::assert_snapshot!(show("wide"), @r#"
        NAME         READY   VERSION
        zk           3       3.9.5
        no^[\u009b   0       <none>
        "#);
        insta::assert_snapshot!(show("name"), @r#"
        ensemble/zk
        ensemble/no^[\u009b
        "#);
    }

    #[test]
    fn for_machines() {
        insta::assert_snapshot!(show("json"), @r#"
        {
            "apiVersion": "kubectl-zk/v1",
            "items": [
                {
                    "name": "zk",
                    "ready": 3,
                    "version": "3.9.5"
                },
                {
                    "name": "no\u001b\u009b",
                    "ready": 0,
                    "version": null
                }
            ]
        }
        "#);
        insta::assert_snapshot!(show("yaml"), @r#"
        apiVersion: kubectl-zk/v1
        items:
        - name: zk
          ready: 3
          version: "3.9.5"
        - name: "no\e\x9B"
          ready: 0
          version: null
        "#);
        assert_eq!(show("jsonpath={.items[*].ready}"), "3 0");
        insta::assert_snapshot!(show("custom-columns=N:.name,V:.version"), @r#"
        N            V
        zk           3.9.5
        no^[\u009b   <none>
        "#);
    }

    #[test]
    fn yaml_strings_stay_strings() {
        let words = "yes on no off null ~ true 1e3 0x1f 1_000 12 1.5 .inf 2026-11-23 010 1:30 y N = << @a `a %a *a &a !a #a é";
        let others = [
            "",
            " a",
            "a: b",
            "- a",
            "a #b",
            "a\nb",
            "a\n",
            "\u{1b}[31m",
            "\r",
            "\t",
            "\u{9b}",
            "\u{feff}",
        ];
        for text in words.split(' ').chain(others) {
            let yaml = yaml(&serde_json::json!({ "a": text })).unwrap();
            let back: Value = serde_saphyr::from_str(&yaml).unwrap();
            assert_eq!(back["a"], text, "{yaml}");
            assert!(
                !yaml.contains(|c: char| c.is_control() && c != '\n'),
                "{yaml:?}"
            );
            let is_ambiguous = ["yes", "on", "null", "1e3", "010", "y"].contains(&text);
            assert!(!is_ambiguous || yaml.contains(['"', '\'']), "{yaml}");
        }
    }

    #[test]
    fn long_lines_stay_whole() {
        let document = serde_json::json!({"long": "word ".repeat(40) + "end", "lines": "a\nb\n"});
        let yaml = yaml(&document).unwrap();
        assert_eq!(yaml.lines().count(), 4, "{yaml}");
        assert!(yaml.ends_with("lines: |\n  a\n  b\n"), "{yaml}");
    }
}
