//! The listener: HTTP/1.1, one task for each connection. It is hyper's own server rather than `axum::serve`, which would
//! also try each connection for HTTP/2, keeping twice the buffer for that, and which waits for ever for a request that
//! does not come to an end.

use axum::{Router, body::Body, http::Request};
use contract::session::ClientAddress;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{future::Future, io, pin::pin, time::Duration};
use tokio::{net::TcpListener, time::sleep};
use tower::ServiceExt;

/// How long a request may take until its last header is here.
const HEAD: Duration = Duration::from_secs(30);
/// How long requests in flight may take to finish once the program is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long nobody is let in when the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_secs(1);

/// Serves until `stop`, then lets what is in flight finish, ten seconds at most. Each request has its [`ClientAddress`]
/// beside it.
pub async fn until(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if left_again(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection could be accepted");
                sleep(NO_ROOM).await;
                continue;
            }
        };
        // Streamed pages come in small pieces; Nagle would hold each back for 40 ms.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ClientAddress(address.ip()));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    tracing::info!("stopping: requests in flight may finish");
    tokio::select! {
        () = open.shutdown() => {}
        () = sleep(FAREWELL) => {}
    }
}

/// Whether only the one who came is gone.
fn left_again(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Extension, routing::get};
    use std::sync::Arc;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::{Notify, oneshot},
        task::JoinHandle,
        time::Instant,
    };

    async fn serving(router: Router) -> (TcpStream, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (tell, told) = oneshot::channel::<()>();
        let served = tokio::spawn(until(listener, router, async move { _ = told.await }));
        (TcpStream::connect(address).await.expect("a connection"), tell, served)
    }

    async fn answer(stream: &mut TcpStream) -> String {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer
    }

    #[tokio::test]
    async fn a_request_is_answered_and_knows_where_it_came_from() {
        let address = |Extension(ClientAddress(ip)): Extension<ClientAddress>| async move { ip.to_string() };
        let (mut stream, _tell, _served) = serving(Router::new().route("/", get(address))).await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("written");
        let answer = answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_does_not_come_to_an_end_is_cut_off() {
        let (mut stream, _tell, _served) = serving(Router::new()).await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost:").await.expect("written");
        let start = Instant::now();
        answer(&mut stream).await;
        assert!(start.elapsed() >= HEAD && start.elapsed() < 2 * HEAD, "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn what_is_in_flight_when_told_to_stop_is_answered() {
        let (arrived, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (tells, waits) = (arrived.clone(), go.clone());
        let slow = async move || {
            tells.notify_one();
            waits.notified().await;
            "done"
        };
        let (mut stream, tell, served) = serving(Router::new().route("/", get(slow))).await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("written");
        arrived.notified().await;
        tell.send(()).expect("it listens");
        go.notify_one();
        served.await.expect("it ends");
        assert!(answer(&mut stream).await.ends_with("done"));
    }

    #[tokio::test(start_paused = true)]
    async fn what_never_ends_is_waited_for_no_longer_than_the_farewell() {
        let arrived = Arc::new(Notify::new());
        let tells = arrived.clone();
        let never = async move || {
            tells.notify_one();
            std::future::pending::<()>().await;
        };
        let (mut stream, tell, served) = serving(Router::new().route("/", get(never))).await;
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("written");
        arrived.notified().await;
        let start = Instant::now();
        tell.send(()).expect("it listens");
        served.await.expect("it ends");
        assert!(start.elapsed() >= FAREWELL && start.elapsed() < 2 * FAREWELL, "{:?}", start.elapsed());
    }
}
