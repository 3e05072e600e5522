//! The start script, run by bash on a disk of its own, with a command in the place of ZooKeeper: what a disk, the
//! environment, the seal and every moment of dying make of it. What only a real server shows is for the live tests.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod addresses;
mod alone;
mod claims;
mod environment;
mod full_disk;
mod killed;
mod lists;
mod pod;
mod running;
mod settings;
mod standalone;
mod terminated;
