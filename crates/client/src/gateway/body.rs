//! The body of a request: kept for another try when it is small, otherwise the stream that it is.

use axum::body::Body;
use bytes::Bytes;
use contract::{Code, Problem};
use http::{HeaderMap, header};
use http_body_util::{BodyExt, Limited};
use std::time::Duration;
use tokio::time::timeout;

/// The largest body of a request that is kept for another try: 1 MiB, more than any text of the contract.
const KEPT_MAX: usize = 1 << 20;
/// How long a body that is kept may take to arrive as a whole.
const ARRIVES_IN: Duration = Duration::from_secs(30);

/// What is to be sent.
pub(super) enum Sent {
    /// Small JSON or nothing, which can be sent again.
    Kept(Bytes),
    /// Everything else: sent once, as it comes.
    Stream(Body),
}

impl Sent {
    /// Reads what can be kept.
    ///
    /// # Errors
    /// It is too large, or did not arrive in time.
    pub async fn of(headers: &HeaderMap, body: Body) -> Result<Self, Problem> {
        let kind = headers.get(header::CONTENT_TYPE);
        if kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"application/json")) {
            return Ok(Self::Stream(body));
        }
        let read = timeout(ARRIVES_IN, Limited::new(body, KEPT_MAX).collect()).await.map_err(|_| {
            Problem::new(Code::TimedOut, "The request did not arrive in time. Nothing was done; please send it again.")
        })?;
        let read = read.map_err(|_| Problem::new(Code::TooLarge, "The request is larger than Finsupport takes."))?;
        Ok(Self::Kept(read.to_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{StreamExt, stream};

    #[tokio::test(start_paused = true)]
    async fn a_request_that_does_not_arrive_in_time_is_refused() {
        let body = Body::from_stream(stream::pending::<Result<Bytes, axum::Error>>());
        let Err(problem) = Sent::of(&HeaderMap::new(), body).await else { panic!("it never ended") };
        assert_eq!(problem.code, Code::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_sends_a_little_now_and_then_is_not_waited_for_either() {
        let now_and_then = stream::repeat(()).then(|()| async {
            tokio::time::advance(ARRIVES_IN / 10).await;
            Ok::<_, axum::Error>(Bytes::from_static(b" "))
        });
        let Err(problem) = Sent::of(&HeaderMap::new(), Body::from_stream(now_and_then)).await else {
            panic!("it never ended")
        };
        assert_eq!(problem.code, Code::TimedOut);
    }
}
