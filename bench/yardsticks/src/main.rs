//! The yardsticks of `make bench`: what the same work costs without Finsupport's own part of it.
//!
//!     yardsticks serve DATA ADDR     bare handlers below /bare; everything else is the site over an API of constants
//!     yardsticks list DATA EMAIL     the queue's list, asked of the database by one thread, with and without JSON
//!     yardsticks fsync DIR           an append of 4 kB and fdatasync

mod bare;
mod constant;
mod disk;
mod list;
mod spread;

use std::{path::Path, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["serve", data, address] => serve(Path::new(data), address).await,
        ["list", data, email] => list::measure(Path::new(data), email).await.map(|found| println!("{found}")),
        ["fsync", folder] => disk::measure(Path::new(folder)).map(|found| println!("{found}")),
        _ => Err("yardsticks serve DATA ADDR | list DATA EMAIL | fsync DIR".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("yardsticks: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(data: &Path, address: &str) -> Result<(), String> {
    let site = constant::site(data)?;
    let router = bare::router().fallback_service(site);
    let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| error.to_string())?;
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).await.map_err(|error| error.to_string())
}
