//! Multipart bodies (RFC 7578), taken apart as they come and never whole in memory. multer takes them apart. By itself it would take
//! in whatever a sender has sent already, and wait for the end of a part's header for as long as the sender goes on with it; so the
//! body comes to it in [`Pieces`], of which no more are given once too many have led to nothing.

use bytes::Bytes;
use futures::Stream;
pub use multer::{Constraints, Error, Multipart, SizeLimit, parse_boundary};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};

/// Most bytes that may come before any of them can be handed on: what stands before the first part, or a part's header.
pub const HEADER_MAX: usize = 64 * 1024;

/// How reading comes along; shared by the body and by who reads its parts.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// Bytes that came since something was handed on.
    unheard: AtomicUsize,
    /// Something was handed on or came, and what else it leads to was not looked for yet.
    rests: AtomicBool,
}

impl Progress {
    /// Something was handed on.
    fn made(&self) {
        self.0.unheard.store(0, Ordering::Relaxed);
        self.0.rests.store(true, Ordering::Relaxed);
    }

    /// So many bytes came.
    fn came(&self, bytes: usize) {
        self.0.unheard.fetch_add(bytes, Ordering::Relaxed);
        self.0.rests.store(true, Ordering::Relaxed);
    }
}

/// A body, of which the next piece comes when those before lead to nothing more, and none when they lead to nothing for too long.
pub struct Pieces<S> {
    body: S,
    progress: Progress,
}

impl<S> Pieces<S> {
    /// This body, for parts that are read with this progress.
    pub const fn new(body: S, progress: Progress) -> Self {
        Self { body, progress }
    }
}

impl<S, E> Stream for Pieces<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.progress.0.rests.swap(false, Ordering::Relaxed) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.progress.0.unheard.load(Ordering::Relaxed) > HEADER_MAX {
            return Poll::Ready(Some(Err("the header of a part is too long".into())));
        }
        let piece = ready!(Pin::new(&mut self.body).poll_next(context));
        if let Some(Ok(bytes)) = &piece {
            self.progress.came(bytes.len());
        }
        Poll::Ready(piece.map(|piece| piece.map_err(Into::into)))
    }
}

/// The parts of a body, one after the other.
pub struct Parts<'b> {
    multipart: Multipart<'b>,
    progress: Progress,
}

impl<'b> Parts<'b> {
    /// The parts of this body.
    pub fn new<S, E>(body: S, boundary: String, constraints: Constraints) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin + 'b,
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'b,
    {
        let progress = Progress::default();
        let pieces = Pieces::new(body, progress.clone());
        Self::of(Multipart::with_constraints(pieces, boundary, constraints), progress)
    }

    /// The parts of a body that comes in [`Pieces`] of this progress.
    pub const fn of(multipart: Multipart<'b>, progress: Progress) -> Self {
        Self { multipart, progress }
    }

    /// The next part. The one before has to be read to its end.
    ///
    /// # Errors
    /// When the body is broken, breaks off or is too long; when the header of a part is.
    pub async fn next(&mut self) -> Result<Option<Part<'b>>, Error> {
        let field = self.multipart.next_field().await?;
        self.progress.made();
        Ok(field.map(|field| Part { field, progress: self.progress.clone() }))
    }
}

/// A part: its name, and its bytes as they come.
pub struct Part<'b> {
    field: multer::Field<'b>,
    progress: Progress,
}

impl Part<'_> {
    /// The name of its field.
    pub fn name(&self) -> Option<&str> {
        self.field.name()
    }

    /// The name of its file: a part that has one is a file, and an empty one that none was chosen.
    pub fn file_name(&self) -> Option<&str> {
        self.field.file_name()
    }

    /// Its next bytes.
    ///
    /// # Errors
    /// As [`Parts::next`].
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let chunk = self.field.chunk().await?;
        self.progress.made();
        Ok(chunk)
    }

    /// Reads what is left of it, to come to the next part.
    ///
    /// # Errors
    /// As [`Parts::next`].
    pub async fn skip(mut self) -> Result<(), Error> {
        while self.chunk().await?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;
    use std::{convert::Infallible, error::Error as _};

    /// How much of a body was asked for.
    fn counted<'b>(pieces: impl Iterator<Item = Vec<u8>> + Send + 'b, asked: &'b AtomicUsize) -> Parts<'b> {
        let body = stream::iter(pieces.map(|piece| {
            asked.fetch_add(piece.len(), Ordering::Relaxed);
            Ok::<_, Infallible>(Bytes::from(piece))
        }));
        Parts::new(body, "b".to_owned(), Constraints::new())
    }

    #[tokio::test]
    async fn a_body_is_taken_apart_however_it_is_cut() {
        let long = "x".repeat(3 * HEADER_MAX);
        let file = "content-disposition: form-data; name=\"f\"; filename=\"a.txt\"";
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"t\"\r\n\r\n{long}\r\n--b\r\n{file}\r\n\r\nend\r\n--b--\r\n"
        );
        for size in [1, 7, 4096, body.len()] {
            let asked = AtomicUsize::new(0);
            let mut parts = counted(body.as_bytes().chunks(size).map(<[u8]>::to_vec), &asked);
            let mut found = Vec::new();
            while let Some(mut part) = parts.next().await.unwrap() {
                let mut bytes = Vec::new();
                while let Some(chunk) = part.chunk().await.unwrap() {
                    bytes.extend_from_slice(&chunk);
                }
                found.push((part.name().map(str::to_owned), part.file_name().map(str::to_owned), bytes.len()));
            }
            let expected =
                [(Some("t".to_owned()), None, long.len()), (Some("f".to_owned()), Some("a.txt".to_owned()), 3)];
            assert_eq!(found, expected, "in pieces of {size}");
        }
    }

    #[tokio::test]
    async fn security_memory_a_header_that_does_not_end_is_not_waited_for() {
        let asked = AtomicUsize::new(0);
        let endless = std::iter::once(b"--b\r\ncontent-disposition: form-data; name=\"".to_vec())
            .chain(std::iter::repeat_with(|| vec![b'n'; 4096]));
        let refused = counted(endless, &asked).next().await.err().expect("a refusal");
        assert!(refused.source().is_some_and(|why| why.to_string().contains("too long")), "{refused:?}");
        assert!(asked.load(Ordering::Relaxed) < 2 * HEADER_MAX, "it stops asking");
    }

    #[tokio::test]
    async fn security_memory_no_more_is_taken_in_than_is_handed_on() {
        let asked = AtomicUsize::new(0);
        let endless = std::iter::once(b"--b\r\ncontent-disposition: form-data; name=\"f\"\r\n\r\n".to_vec())
            .chain(std::iter::repeat_with(|| vec![b'x'; 4096]));
        let mut parts = counted(endless, &asked);
        let mut part = parts.next().await.unwrap().expect("a part");
        let mut read = 0;
        for _ in 0..1000 {
            read += part.chunk().await.unwrap().expect("more").len();
            assert!(asked.load(Ordering::Relaxed) <= read + 2 * 4096, "a piece or two ahead at most");
        }
    }

    #[tokio::test]
    async fn security_memory_short_parts_are_not_gathered() {
        let asked = AtomicUsize::new(0);
        let part = "--b\r\ncontent-disposition: form-data; name=\"f\"\r\n\r\nx\r\n";
        let mut parts = counted(std::iter::repeat_with(|| part.repeat(1000).into_bytes()), &asked);
        for read in 0..5000 {
            parts.next().await.unwrap().expect("a part").skip().await.unwrap();
            assert!(asked.load(Ordering::Relaxed) <= (read + 2000) * part.len(), "a piece ahead at most");
        }
    }
}
