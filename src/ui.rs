//! The design system: components that own their look and nothing else. They know no server function and no noun of the
//! helpdesk; pages fill them.

pub mod afresh;
pub mod alert;
pub mod avatar;
pub mod boxes;
pub mod chart;
pub mod empty;
pub mod field;
pub mod focus;
pub mod icon;
pub mod keyboard;
pub mod menu;
pub mod picker;
pub mod pill;
pub mod settled;
pub mod submit;
pub mod time;
pub mod toast;
pub mod upload;
pub mod written;
