//! A live feed, read block by block.

use crate::world::Member;
use axum::body::{Body, BodyDataStream};
use contract::event::Event;
use futures::StreamExt;
use std::time::Duration;

/// The lines of a live feed.
pub struct Feed {
    bytes: BodyDataStream,
    text: String,
}

/// One block of a live feed.
#[derive(Debug)]
pub enum Heard {
    /// Its name and its data.
    Named(String, String),
    Event(Box<Event>),
    Over,
}

impl Feed {
    pub async fn open(who: &Member, last: Option<i64>) -> Self {
        let body: Body = who.client.live_events(last).await.unwrap().into_body();
        Self { bytes: body.into_data_stream(), text: String::new() }
    }

    /// The next block that is not a heartbeat; ten seconds at most.
    pub async fn next(&mut self) -> Heard {
        tokio::time::timeout(Duration::from_secs(10), self.block()).await.expect("something is heard")
    }

    async fn block(&mut self) -> Heard {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = rest.to_owned();
                let line = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)).map(|l| l.trim().to_owned());
                if let Some(name) = line("event:") {
                    return Heard::Named(name, line("data:").unwrap_or_default());
                }
                if let Some(data) = line("data:") {
                    let event: Event = serde_json::from_str(&data).unwrap();
                    assert_eq!(line("id:").unwrap(), event.seq.to_string());
                    return Heard::Event(Box::new(event));
                }
            }
            match self.bytes.next().await {
                Some(Ok(bytes)) => self.text.push_str(std::str::from_utf8(&bytes).unwrap()),
                Some(Err(_)) | None => return Heard::Over,
            }
        }
    }

    pub async fn event(&mut self) -> Event {
        loop {
            match self.next().await {
                Heard::Event(event) => return *event,
                Heard::Named(name, _) if name == "ready" || name == "notifications" => {}
                other => panic!("an event was expected: {other:?}"),
            }
        }
    }
}
