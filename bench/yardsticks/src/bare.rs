//! Bare axum handlers: the same number of bytes, out or in, and nothing else.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    http::header,
    response::IntoResponse,
    routing::{get, put},
};
use futures::{StreamExt, stream};
use std::convert::Infallible;

/// What a file is read in, by Finsupport too.
const PIECE: usize = 64 * 1024;

/// `/bare/bytes/{n}`: a body kept in memory. `/bare/stream/{n}`: made piece by piece. `PUT /bare/sink`: counts.
pub fn router() -> Router {
    Router::new()
        .route("/bare/bytes/{size}", get(bytes))
        .route("/bare/stream/{size}", get(pieces))
        .route("/bare/sink", put(sink).post(sink))
}

async fn bytes(Path(size): Path<usize>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/html")], vec![b'x'; size])
}

async fn pieces(Path(size): Path<usize>) -> Body {
    let piece = Bytes::from(vec![b'x'; PIECE]);
    let all =
        (0..size.div_ceil(PIECE)).map(move |nth| Ok::<_, Infallible>(piece.slice(..PIECE.min(size - nth * PIECE))));
    Body::from_stream(stream::iter(all))
}

async fn sink(body: Body) -> String {
    let size = body.into_data_stream().fold(0, |sum, piece| async move { sum + piece.map_or(0, |piece| piece.len()) });
    size.await.to_string()
}
