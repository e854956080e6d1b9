//! Files: attaching what was uploaded to a ticket, reply or note.

pub mod attach;
pub mod queries;
