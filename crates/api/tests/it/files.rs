//! Files: taken in, attached, listed, sent out, forgotten.

use crate::world::{World, new_ticket, note, reply};
use api::{config::Config, files};
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use contract::{
    Code,
    file::{File, FileFilter, OwnerKind},
    id::FileId,
    note::NewNote,
    page::Paging,
    reply::NewReply,
    ticket::NewTicket,
};
use futures::{StreamExt, stream};
use http::{Request, Response, StatusCode, header};
use std::{
    convert::Infallible,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

pub fn once(bytes: impl Into<Bytes>) -> stream::Iter<std::vec::IntoIter<Result<Bytes, Infallible>>> {
    stream::iter(vec![Ok(bytes.into())])
}

/// A real picture of this size.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 99]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A checksum as PNG reckons it.
pub fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32| (0..8).fold(sum, |sum, _| if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 });
    !bytes.iter().fold(!0, |sum: u32, byte| step((sum ^ u32::from(*byte)) & 0xFF) ^ (sum >> 8))
}

/// How many files lie in the storage of the world, thumbnails and unfinished ones included.
pub fn on_disk(world: &World) -> usize {
    fn count(folder: &Path) -> usize {
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&world.folder.path().join("files"))
}

pub async fn body_of(response: Response<Body>) -> Bytes {
    to_bytes(response.into_body(), usize::MAX).await.unwrap()
}

/// Sends this multipart body as it is.
pub async fn send(world: &World, path: &str, body: impl Into<Body>) -> crate::world::Raw {
    let request = Request::post(format!("/finsupport/1.0.0{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {}", world.customer.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(body.into())
        .unwrap();
    world.raw(request).await
}

pub fn part(field: &str, name: &str, content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n{content}\r\n")
}

async fn uploaded(world: &World, name: &str) -> File {
    world.customer.client.upload(name, once("hello")).await.unwrap()
}

#[tokio::test]
async fn an_upload_belongs_to_nothing_until_it_is_attached() {
    let world = World::new().await;
    let file = world.customer.client.upload("فاتورة 🧾.txt", once("hello")).await.unwrap();
    assert_eq!((file.name.as_str(), file.media_type.as_str(), file.size), ("فاتورة 🧾.txt", "text/plain", 5));
    assert_eq!(file.sha256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assert_eq!((file.owner.kind, file.owner.id, file.thumbnail), (OwnerKind::Nothing, None, false));
    assert_eq!(world.customer.client.file(file.file_id).await.unwrap(), file);
    let new = NewTicket { file_ids: vec![file.file_id], ..new_ticket("With a file") };
    let ticket = world.customer.client.create_ticket(&new).await.unwrap();
    let attached = world.customer.client.file(file.file_id).await.unwrap();
    assert_eq!((attached.owner.kind, attached.owner.id), (OwnerKind::Ticket, Some(ticket.ticket_id.0)));
}

#[tokio::test]
async fn a_batch_is_taken_whole_or_not_at_all() {
    let world = World::new().await;
    let same = || ("a.txt".to_owned(), Bytes::from("same"));
    let files = world.customer.client.upload_all(vec![same(), same()]).await.unwrap();
    assert_eq!(files.len(), 2);
    assert_ne!(files[0].file_id, files[1].file_id);
    assert_eq!(on_disk(&world), 2);
    let refused = world.customer.client.upload_all(vec![same(), ("page.html".to_owned(), "<html>".into())]).await;
    assert_eq!(refused.unwrap_err().code, Code::UnsupportedMediaType);
    assert_eq!(on_disk(&world), 2);
    let mine = world.customer.client.my_files(&FileFilter::default()).await.unwrap();
    assert_eq!(mine.items.len(), 2);
}

#[tokio::test]
async fn more_files_than_allowed_are_refused() {
    let world = World::new().await;
    let many = |count| (0..count).map(|n| (format!("{n}.txt"), Bytes::from("x"))).collect::<Vec<_>>();
    assert_eq!(world.customer.client.upload_all(many(10)).await.unwrap().len(), 10);
    let refused = world.customer.client.upload_all(many(11)).await.unwrap_err();
    assert_eq!((refused.code, refused.about("files")), (Code::InvalidFields, Some("Send at most 10 files at once.")));
    let two = part("file", "a.txt", "a") + &part("file", "b.txt", "b") + "--b--\r\n";
    assert_eq!(send(&world, "/files", two).await.code(), Code::InvalidFields);
    assert_eq!(on_disk(&world), 10);
}

#[tokio::test]
async fn an_upload_that_comes_again_with_its_key_is_kept_once() {
    let world = World::new().await;
    let keyed = |key: &str| world.customer.client.with_idempotency_key(key);
    let first = keyed("one").upload("a.txt", once("hello")).await.unwrap();
    assert_eq!(keyed("one").upload("a.txt", once("hello")).await.unwrap(), first);
    assert_eq!(on_disk(&world), 1, "the bytes that came again are gone");
    let other = keyed("one").upload("a.txt", once("other")).await.unwrap_err();
    assert_eq!((other.code, on_disk(&world)), (Code::IdempotencyKeyReused, 1));
    let two = || vec![("a.txt".to_owned(), Bytes::from("a")), ("b.txt".to_owned(), Bytes::from("b"))];
    let batch = keyed("two").upload_all(two()).await.unwrap();
    assert_eq!(keyed("two").upload_all(two()).await.unwrap(), batch);
    assert_eq!(on_disk(&world), 3);
    assert!(world.customer.client.file_content(first.file_id, &[]).await.is_ok(), "the first is still there");
}

#[tokio::test]
async fn security_exhaustion_nobody_uploads_without_end_what_belongs_to_nothing() {
    let world = World::new().await;
    let client = &world.customer.client;
    let many = || (0..10).map(|n| (format!("{n}.txt"), Bytes::from("x"))).collect::<Vec<_>>();
    let mut last = Vec::new();
    for _ in 0..10 {
        last = client.upload_all(many()).await.unwrap();
    }
    let refused = client.upload("one-more.txt", once("x")).await.unwrap_err();
    assert_eq!((refused.code, on_disk(&world)), (Code::TooManyRequests, 100));
    assert_eq!(refused.retry_after, Some(24 * 60 * 60), "then the first of them is removed");
    assert!(world.colleague.client.upload("theirs.txt", once("x")).await.is_ok(), "others are not kept out");

    let file_ids = last.iter().map(|file| file.file_id).collect();
    client.create_ticket(&NewTicket { file_ids, ..new_ticket("With files") }).await.unwrap();
    assert_eq!(client.upload_all(many()).await.unwrap().len(), 10, "what is sent makes room");
    assert_eq!(client.upload("one-more.txt", once("x")).await.unwrap_err().code, Code::TooManyRequests);
}

#[tokio::test]
async fn security_exhaustion_few_large_files_are_much_too() {
    let world = World::with(Config { file_size_max: 100, files_max: 2, ..Config::default() }).await;
    let client = &world.customer.client;
    let large = || once("x".repeat(100));
    for _ in 0..4 {
        client.upload("large.txt", large()).await.unwrap();
    }
    assert_eq!(client.upload("one-more.txt", once("x")).await.unwrap_err().code, Code::TooManyRequests);
}

#[tokio::test]
async fn my_files_are_listed_newest_first_in_pages_and_nobody_elses() {
    let world = World::new().await;
    for name in ["1.txt", "2.txt", "3.txt"] {
        uploaded(&world, name).await;
        world.clock.advance(1);
    }
    let page = |cursor| FileFilter { page_size: Some(2), cursor };
    let first = world.customer.client.my_files(&page(None)).await.unwrap();
    let second = world.customer.client.my_files(&page(first.next_cursor)).await.unwrap();
    let names: Vec<_> = first.items.iter().chain(&second.items).map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["3.txt", "2.txt", "1.txt"]);
    assert_eq!(second.next_cursor, None);
    assert!(world.colleague.client.my_files(&FileFilter::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_loose_upload_is_seen_by_its_uploader_only() {
    let world = World::new().await;
    let id = uploaded(&world, "secret.txt").await.file_id;
    for other in [&world.colleague, &world.other, &world.assignee, &world.admin] {
        let missing = other.client.file(FileId(uuid::Uuid::max())).await.unwrap_err();
        for refused in [
            other.client.file(id).await.unwrap_err(),
            other.client.file_content(id, &[]).await.map(drop).unwrap_err(),
            other.client.file_thumbnail(id, &[]).await.map(drop).unwrap_err(),
        ] {
            assert_eq!((refused.code, &refused.detail), (missing.code, &missing.detail));
        }
    }
}

#[tokio::test]
async fn a_notes_file_is_seen_by_staff_who_see_the_ticket_and_by_no_customer() {
    let world = World::new().await;
    let ticket = world.assigned().await.ticket_id;
    let file = world.assignee.client.upload("CANARY.txt", once("internal")).await.unwrap().file_id;
    let new = NewNote { file_ids: vec![file], ..note("See the file.") };
    world.assignee.client.assignee_note(ticket, &new).await.unwrap();
    let public = world.customer.client.upload("receipt.txt", once("public")).await.unwrap().file_id;
    let new = NewReply { file_ids: vec![public], ..reply("Here it is.") };
    world.customer.client.customer_reply(ticket, &new).await.unwrap();
    let listed = async |client: &client::Client| -> Vec<FileId> {
        let page = client.files_of_ticket(ticket, &Paging::default()).await.unwrap();
        page.items.into_iter().map(|file| file.file_id).collect()
    };
    assert_eq!(listed(&world.customer.client).await, [public]);
    assert_eq!(listed(&world.assignee.client).await, [file, public]);
    assert_eq!(listed(&world.admin.client).await, [file, public]);
    assert!(world.admin.client.file_content(file, &[]).await.is_ok());
    for outsider in [&world.customer, &world.colleague, &world.other, &world.other_assignee] {
        assert_eq!(outsider.client.file(file).await.unwrap_err().code, Code::NotFound);
        assert_eq!(outsider.client.file_content(file, &[]).await.map(drop).unwrap_err().code, Code::NotFound);
    }
    for outsider in [&world.colleague, &world.other, &world.other_assignee] {
        assert_eq!(outsider.client.file(public).await.unwrap_err().code, Code::NotFound);
        let refused = outsider.client.files_of_ticket(ticket, &Paging::default()).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
}

#[tokio::test]
async fn bytes_come_back_as_an_attachment_that_no_browser_runs() {
    let world = World::new().await;
    let file = world.customer.client.upload("Café \"1\".txt", once("hello")).await.unwrap();
    let answer = world.customer.client.file_content(file.file_id, &[]).await.unwrap();
    let expected = [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"Caf_ 1.txt\"; filename*=UTF-8''Caf%C3%A9%201.txt"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "private, no-store"),
        ("content-length", "5"),
        ("accept-ranges", "bytes"),
    ];
    for (name, value) in expected {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
    assert_eq!(answer.headers()["etag"], format!("\"{}\"", file.sha256));
    assert_eq!(body_of(answer).await, "hello");
}

#[tokio::test]
async fn only_pictures_are_shown_within_a_page() {
    let world = World::new().await;
    let picture = world.customer.client.upload("a.png", once(png(4, 4))).await.unwrap().file_id;
    let pdf = world.customer.client.upload("a.pdf", once("%PDF-1.4\n")).await.unwrap().file_id;
    for (id, begins) in [(picture, "inline;"), (pdf, "attachment;")] {
        let path = format!("/finsupport/1.0.0/files/{id}/content?inline=true");
        let request = Request::get(path).header("authorization", format!("Bearer {}", world.customer.token));
        let response = tower::ServiceExt::oneshot(world.router.clone(), request.body(Body::empty()).unwrap()).await;
        let disposition = response.unwrap().headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
        assert!(disposition.starts_with(begins), "{disposition}");
    }
}

#[tokio::test]
async fn a_range_of_the_bytes_can_be_asked_for() {
    let world = World::new().await;
    let file = world.customer.client.upload("digits.txt", once("0123456789")).await.unwrap();
    let ask = async |range: &str, if_range: Option<String>| {
        let mut headers = vec![(header::RANGE, range.to_owned())];
        headers.extend(if_range.map(|etag| (header::IF_RANGE, etag)));
        let path = format!("/finsupport/1.0.0/files/{}/content", file.file_id);
        let mut request = Request::get(path).header("authorization", format!("Bearer {}", world.customer.token));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        world.raw(request.body(Body::empty()).unwrap()).await
    };
    let part = ask("bytes=2-5", None).await;
    assert_eq!((part.status, part.body.as_str()), (StatusCode::PARTIAL_CONTENT, "2345"));
    assert_eq!(part.headers["content-range"], "bytes 2-5/10");
    assert_eq!(part.headers["content-length"], "4");
    assert_eq!(ask("bytes=-3", None).await.body, "789");
    let beyond = ask("bytes=10-", None).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.headers["content-range"], "bytes */10");
    assert_eq!(ask("bytes=2-5", Some(format!("\"{}\"", file.sha256))).await.body, "2345");
    assert_eq!(ask("bytes=2-5", Some("\"other\"".to_owned())).await.body, "0123456789");
}

/// The picture with a comment after its header.
fn with_comment(mut png: Vec<u8>) -> Vec<u8> {
    let comment = b"tEXtComment\0SECRET-PLACE";
    let length = (comment.len() - 4) as u32;
    let chunk = [length.to_be_bytes().as_slice(), comment, &crc32(comment).to_be_bytes()].concat();
    png.splice(33..33, chunk);
    png
}

#[tokio::test]
async fn a_picture_has_a_small_thumbnail_of_nothing_but_its_pixels() {
    let world = World::new().await;
    let file = world.customer.client.upload("holiday.png", once(with_comment(png(800, 400)))).await.unwrap();
    assert!(file.thumbnail);
    let answer = world.customer.client.file_thumbnail(file.file_id, &[]).await.unwrap();
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    let bytes = body_of(answer).await;
    let small = image::load_from_memory(&bytes).unwrap();
    assert_eq!((small.width(), small.height()), (320, 160));
    assert!(!bytes.windows(6).any(|window| window == b"SECRET"));
    let etag = |name| vec![(name, format!("\"{}-thumbnail\"", file.sha256))];
    let again = world.customer.client.file_thumbnail(file.file_id, &etag(header::IF_NONE_MATCH)).await.unwrap();
    assert_eq!(again.status(), 304, "what the browser has is still right");
    let none = uploaded(&world, "no picture.txt").await;
    assert_eq!(
        world.customer.client.file_thumbnail(none.file_id, &[]).await.map(drop).unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn what_nobody_attached_is_forgotten_after_a_day() {
    let world = World::new().await;
    let loose = uploaded(&world, "loose.txt").await.file_id;
    let kept = uploaded(&world, "kept.txt").await.file_id;
    let new = NewTicket { file_ids: vec![kept], ..new_ticket("Keep it") };
    world.customer.client.create_ticket(&new).await.unwrap();
    world.clock.advance(24 * 60 * 60);
    files::sweep(&world.app).await.unwrap();
    assert!(world.customer.client.file(loose).await.is_ok(), "a day has not passed yet");
    world.clock.advance(1);
    files::sweep(&world.app).await.unwrap();
    assert_eq!(world.customer.client.file(loose).await.unwrap_err().code, Code::NotFound);
    assert_eq!(body_of(world.customer.client.file_content(kept, &[]).await.unwrap()).await, "hello");
    assert_eq!(on_disk(&world), 1);
}

#[tokio::test]
async fn bytes_whose_row_was_never_written_are_removed_after_a_day() {
    let world = World::new().await;
    let file = uploaded(&world, "real.txt").await.file_id;
    let shard = world.folder.path().join("files/zz");
    std::fs::create_dir_all(&shard).unwrap();
    std::fs::write(shard.join("zz00"), b"orphan").unwrap();
    let made = std::fs::metadata(shard.join("zz00")).unwrap().modified().unwrap();
    let made = made.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
    let now = world.clock.now().0 / 1000;
    world.clock.advance((made - now).max(0) + 24 * 60 * 60 + 5);
    let new = NewTicket { file_ids: vec![file], ..new_ticket("Keep it") };
    world.customer.client.create_ticket(&new).await.unwrap();
    files::recover(&world.app).await.unwrap();
    assert_eq!(on_disk(&world), 1);
    assert!(world.customer.client.file_content(file, &[]).await.is_ok());
}

#[tokio::test]
async fn a_large_upload_is_never_whole_in_memory() {
    const CHUNK: usize = 64 * 1024;
    const CHUNKS: usize = 25_000_000 / CHUNK;
    let world = World::new().await;
    let alive = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (made, peak) = (alive.clone(), most.clone());
    let body = stream::iter(0..CHUNKS).map(move |_| {
        let now = made.fetch_add(1, Ordering::SeqCst) + 1;
        peak.fetch_max(now, Ordering::SeqCst);
        let chunk = Counted { bytes: vec![b'x'; CHUNK], alive: made.clone() };
        Ok::<_, Infallible>(Bytes::from_owner(chunk))
    });
    let file = world.customer.client.upload("long.log", body).await.unwrap();
    assert_eq!(file.size, (CHUNK * CHUNKS) as i64);
    assert_eq!(alive.load(Ordering::SeqCst), 0);
    let most = most.load(Ordering::SeqCst);
    assert!(most < 16, "{most} chunks of {CHUNKS} were held at once");
}

/// A chunk of a body that knows when it is let go.
struct Counted {
    bytes: Vec<u8>,
    alive: Arc<AtomicUsize>,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn the_limit_itself_is_allowed_and_one_byte_more_is_not() {
    let world = World::with(Config { file_size_max: 1000, ..Config::default() }).await;
    assert!(world.customer.client.upload("a.txt", once(vec![b'x'; 1000])).await.is_ok());
    let refused = world.customer.client.upload("a.txt", once(vec![b'x'; 1001])).await.unwrap_err();
    assert_eq!((refused.code, refused.about("file")), (Code::TooLarge, Some("A file may have at most 1000 bytes.")));
    assert_eq!(on_disk(&world), 1);
}

#[tokio::test]
async fn the_document_says_how_files_are_sent_and_come_back() {
    let world = World::new().await;
    let document = world.ask(&world.customer, "GET", "/openapi.json", None).await.json();
    let of = |path: &str, method: &str| document["paths"][format!("/finsupport/1.0.0{path}")][method].clone();
    let form =
        |path: &str| of(path, "post")["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"].clone();
    assert_eq!(form("/files")["file"]["type"], "string");
    assert_eq!(form("/files/batch")["files"]["type"], "array");
    assert!(
        of("/files/{fileId}/content", "get")["responses"]["200"]["content"]["application/octet-stream"].is_object()
    );
}
