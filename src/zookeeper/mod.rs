//! Floor 1: `ZooKeeper`'s wire, over any stream of bytes. Knows no Kubernetes, no files, no environment.
//!
//! Read in this order:
//! 1. [`wire`]: jute, bytes in memory.
//! 2. [`message`]: what is asked and what is answered, still in memory.
//! 3. [`error`]: how a server says no, and how a session ends.
//! 4. [`session`]: a client session, one request at a time, over a stream that somebody else dialled.
//! 5. [`four_letter`]: the words of the client port, and what their answers mean.
//! 6. [`http`], [`admin`]: the `AdminServer`'s commands.
//!
//! Whoever calls decides where to dial, whom to ask and what follows from the answer.

pub mod admin;
pub mod error;
pub mod four_letter;
pub mod http;
pub mod message;
pub mod session;
pub mod wire;
