//! What the pages of two roles share.

pub mod attach;
pub mod badges;
pub mod choices;
pub mod fold;
pub mod frame;
pub mod marked;
pub mod merged;
pub mod moved;
pub mod refusal;
pub mod shown;
pub mod silent;
pub mod thread;
pub mod version;
