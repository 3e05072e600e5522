//! `exec -o json`: what servers answered to four-letter words. Must not know how they were asked.

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use schemars::json_schema;
use serde::Serialize;
use serde_json::Value;

use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ui::view::API_VERSION;
use crate::zookeeper::four_letter;
use crate::zookeeper::four_letter::word::Word;

/// What servers answered.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct AnswerList {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    api_version: &'static str,
    /// The name of this shape.
    #[schemars(extend("const" = "AnswerList"))]
    kind: &'static str,
    /// The ensemble's name.
    pub ensemble: String,
    /// The answers in the order of words, then of servers.
    pub items: Vec<AnswerView>,
}

/// One server's answer to one word.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    server: ServerId,
    word: &'static str,
    #[serde(flatten)]
    said: Said,
}

/// What came back.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Said {
    /// What the server says: read where the word's answer has a form, else a text; an object of the AdminServer's where
    /// the word is not whitelisted.
    Answer(Value),
    /// Why there is no answer.
    Error(String),
}

impl AnswerList {
    /// The view of these answers.
    pub fn new(ensemble: &EnsembleName, items: Vec<AnswerView>) -> Self {
        Self {
            api_version: API_VERSION,
            kind: "AnswerList",
            ensemble: ensemble.to_string(),
            items,
        }
    }
}

impl AnswerView {
    /// The view of one answer.
    pub fn new(server: ServerId, word: Word, said: Said) -> Self {
        Self {
            server,
            word: word.as_str(),
            said,
        }
    }
}

/// By hand, because the answer's form is that of the word.
impl JsonSchema for AnswerView {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let answers = Word::ALL.map(|word| answer(word, generator));
        let error = json_schema!({
            "description": "The server did not answer.",
            "properties": {"error": {"type": "string", "description": "Why there is no answer."}},
            "required": ["error"],
        });
        let forms: Vec<Schema> = answers.into_iter().chain([error]).collect();
        json_schema!({
            "description": "One server's answer to one word, or why there is none.",
            "type": "object",
            "properties": {
                "server": generator.subschema_for::<ServerId>(),
                "word": {"description": "The four-letter word.", "enum": Word::ALL.map(Word::as_str)},
            },
            "required": ["server", "word"],
            "oneOf": forms,
            "unevaluatedProperties": false,
        })
    }
}

/// An answer to this word, from the client port or from the AdminServer.
fn answer(word: Word, generator: &mut SchemaGenerator) -> Schema {
    let forms = [
        four_letter::json_schema(word, generator),
        generator.subschema_for::<AdminAnswer>(),
    ];
    json_schema!({
        "description": word.meaning(),
        "properties": {"word": {"const": word.as_str()}, "answer": {"anyOf": forms}},
        "required": ["answer"],
    })
}

/// What the AdminServer says in place of a word that is not in `4lw.commands.whitelist`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is the AdminServer that makes these")]
struct AdminAnswer {
    /// The AdminServer's command.
    command: String,
    /// Nothing: what failed is no answer.
    error: (),
}
