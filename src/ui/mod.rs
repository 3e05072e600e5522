//! The terminal: the only module that prints. Data goes to stdout, all else to stderr.
//! Knows streams, colours and shapes of text; must not know clusters, commands or what the data means.
//!
//! Reading order: `terminal` ([`Ui`]), `table`, `output` (the formats of `-o`), `progress`; `escape` guards them all.

pub mod age;
mod capture;
mod color;
mod console;
mod custom_columns;
pub mod escape;
mod format;
mod jsonpath;
mod jsonpath_query;
pub mod output;
pub mod progress;
mod quotes;
mod screen;
mod sort_by;
pub mod table;
mod terminal;
pub mod view;
mod voice;
mod yaml;

pub use capture::Capture;
pub use color::ColorChoice;
pub use format::Format;
pub use format::FormatError;
pub use output::Look;
pub use output::RenderError;
pub use output::View;
pub use output::render;
pub use progress::Line;
pub use progress::Progress;
pub use sort_by::SortBy;
pub use sort_by::SortError;
pub use table::Cell;
pub use table::Paper;
pub use table::Table;
pub use table::Tone;
pub use terminal::PromptError;
pub use terminal::Ui;
pub use terminal::UiError;
pub use terminal::UiOptions;
