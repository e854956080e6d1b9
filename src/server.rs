//! The program around the pages: command line, listener, and the layers that a request passes. Only here do the site
//! and the service that answers meet.
//!
//! A page request passes `headers` (security headers, CSRF), `session` (cookie → this request's client and viewer),
//! `forms` (a form that the browser posted itself), `render` (once more, when a page does not end), and then Leptos.
#![cfg(feature = "ssr")]

pub mod canned;
pub mod cli;
pub mod files;
pub mod finsupport;
pub mod forms;
pub mod headers;
pub mod listen;
pub mod live;
pub mod markdown;
pub mod merge;
pub mod notifications;
pub mod render;
pub mod reports;
pub mod response;
pub mod serve;
pub mod session;
pub mod thread;
pub mod views;

/// Where memory comes from, in the program, its yardsticks and its tests: `docs/decisions/0021-memory.md`.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
