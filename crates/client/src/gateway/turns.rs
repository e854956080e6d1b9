//! How many requests may be on their way at the same time. What streams takes as long as its sender or reader likes; it
//! has a number of its own, so that ordinary requests never wait for it.

use super::settings::{Settings, seconds};
use axum::body::Body;
use contract::{Code, Problem};
use futures::StreamExt;
use http::Response;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// A request that counts as on its way until this is dropped.
pub(super) type Turn = OwnedSemaphorePermit;

/// The turns of a gateway, as many of each kind.
pub(super) struct Turns {
    max: usize,
    patience: Duration,
    ordinary: Arc<Semaphore>,
    streaming: Arc<Semaphore>,
}

impl Turns {
    pub fn new(settings: &Settings) -> Self {
        let max = settings.in_flight_max;
        let turns = || Arc::new(Semaphore::new(max));
        Self { max, patience: seconds(settings.time.turn), ordinary: turns(), streaming: turns() }
    }

    /// For a request that is here whole, and whose answer is read at once.
    ///
    /// # Errors
    /// Too many others are on their way, and stay.
    pub async fn ordinary(&self) -> Result<Turn, Problem> {
        self.next(&self.ordinary).await
    }

    /// For an upload, and for what somebody reads as they can.
    ///
    /// # Errors
    /// Too many others stream, and go on.
    pub async fn streaming(&self) -> Result<Turn, Problem> {
        self.next(&self.streaming).await
    }

    /// How many are on their way, of both kinds.
    pub fn taken(&self) -> usize {
        2 * self.max - self.ordinary.available_permits() - self.streaming.available_permits()
    }

    async fn next(&self, turns: &Arc<Semaphore>) -> Result<Turn, Problem> {
        let turn = timeout(self.patience, turns.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(|| {
            let mut problem =
                Problem::new(Code::Unavailable, "Too much is waiting for Finsupport. Nothing was lost; try again.");
            problem.retry_after = Some(1);
            problem
        })
    }
}

/// A response that keeps its turn until its body is read.
pub(super) fn held_until_read(response: Response<Body>, turn: Turn) -> Response<Body> {
    response.map(|body| {
        Body::from_stream(body.into_data_stream().map(move |piece| {
            let _turn = &turn;
            piece
        }))
    })
}
