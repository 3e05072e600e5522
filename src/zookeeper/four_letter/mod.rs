//! The four-letter words of the client port: what each asks, when its answer is complete, and what it says.
//!
//! Answers are read to values by [`srvr`], [`stat`], [`mntr`], [`conf`], [`cons`] and [`small`];
//! [`parse_json`] picks the right one. Unknown lines and keys are passed over, no text whatever panics.
//! A missing line is `None`, never a default: a truncated answer does not look like a whole one.

pub mod ask;
pub mod complete;
pub mod conf;
pub mod cons;
pub mod lines;
pub mod mntr;
pub mod small;
pub mod srvr;
pub mod stat;
pub mod word;

use schemars::Schema;
use schemars::SchemaGenerator;
use serde_json::Value;

use crate::zookeeper::four_letter::conf::Conf;
use crate::zookeeper::four_letter::cons::Cons;
use crate::zookeeper::four_letter::mntr::Mntr;
use crate::zookeeper::four_letter::small::Dirs;
use crate::zookeeper::four_letter::small::Envi;
use crate::zookeeper::four_letter::small::Isro;
use crate::zookeeper::four_letter::small::Ruok;
use crate::zookeeper::four_letter::small::Wchs;
use crate::zookeeper::four_letter::srvr::Srvr;
use crate::zookeeper::four_letter::stat::Stat;
use crate::zookeeper::four_letter::word::Word;

/// The answer as JSON, for the words whose answers are read; `None` for the others.
pub fn parse_json(word: Word, answer: &[u8]) -> Option<Value> {
    let text = &String::from_utf8_lossy(answer);
    match word {
        Word::Mntr => Some(Mntr::parse(text).to_json()),
        Word::Conf => Some(Conf::parse(text).to_json()),
        Word::Envi => Some(Envi::parse(text).to_json()),
        Word::Srvr => serde_json::to_value(Srvr::parse(text)).ok(),
        Word::Stat => serde_json::to_value(Stat::parse(text)).ok(),
        Word::Cons => serde_json::to_value(Cons::parse(text)).ok(),
        Word::Dirs => serde_json::to_value(Dirs::parse(text)).ok(),
        Word::Wchs => serde_json::to_value(Wchs::parse(text)).ok(),
        Word::Isro => serde_json::to_value(Isro::parse(text)).ok(),
        Word::Ruok => serde_json::to_value(Ruok::parse(text)).ok(),
        Word::Dump | Word::Wchc | Word::Wchp | Word::Hash | Word::Srst | Word::Crst => None,
    }
}

/// The JSON schema of an answer: of what [`parse_json`] makes of it, or of a text.
pub fn json_schema(word: Word, generator: &mut SchemaGenerator) -> Schema {
    match word {
        Word::Mntr => generator.subschema_for::<Mntr>(),
        Word::Conf => generator.subschema_for::<Conf>(),
        Word::Envi => generator.subschema_for::<Envi>(),
        Word::Srvr => generator.subschema_for::<Srvr>(),
        Word::Stat => generator.subschema_for::<Stat>(),
        Word::Cons => generator.subschema_for::<Cons>(),
        Word::Dirs => generator.subschema_for::<Dirs>(),
        Word::Wchs => generator.subschema_for::<Wchs>(),
        Word::Isro => generator.subschema_for::<Isro>(),
        Word::Ruok => generator.subschema_for::<Ruok>(),
        Word::Dump | Word::Wchc | Word::Wchp | Word::Hash | Word::Srst | Word::Crst => {
            generator.subschema_for::<String>()
        }
    }
}

#[cfg(test)]
mod tests;
