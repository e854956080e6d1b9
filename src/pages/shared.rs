//! What the pages of two roles share.

pub mod attach;
pub mod badges;
pub mod frame;
pub mod refusal;
pub mod shown;
pub mod thread;
