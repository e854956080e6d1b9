//! One append of 4 kB and fdatasync, which is the least that a durable write can cost.

use super::spread::Spread;
use serde_json::Value;
use std::{
    fs::{File, remove_file},
    io::Write,
    path::Path,
    time::Instant,
};

const TIMES: usize = 500;

/// How long it takes in this folder.
///
/// # Errors
/// When the folder cannot be written to.
pub fn measure(folder: &Path) -> Result<Value, String> {
    let path = folder.join("fsync.tmp");
    let spread = (|| {
        let mut file = File::create(&path)?;
        let mut spread = Spread::default();
        for _ in 0..TIMES {
            let start = Instant::now();
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
            spread.add(start.elapsed());
        }
        Ok(spread)
    })();
    // What is left behind is 2 MB that the next run overwrites.
    let _ = remove_file(&path);
    spread.map(|spread: Spread| spread.told()).map_err(|error: std::io::Error| format!("{}: {error}", path.display()))
}
