//! Files: operations 10, 11, 28, 40–45, their bytes and thumbnails. Bytes stream both ways.

use crate::{Client, Result, call};
use axum::body::Body;
use bytes::Bytes;
use contract::{
    endpoints::Operation as Op,
    file::{File, FileAggregate, FileFilter},
    id::{FileId, NoteId, ReplyId, TicketId},
    page::{Page, Paging},
};
use futures::{Stream, StreamExt, stream};
use http::{HeaderName, Response, header};
use std::error::Error;

impl Client {
    /// 10, *Single Upload*: sends these bytes under this name as they come.
    pub async fn upload<S, E>(&self, name: &str, bytes: S) -> Result<File>
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>> + 'static,
    {
        let form = Form::new();
        let parts = stream::iter([Ok(form.head("file", name))])
            .chain(bytes.map(|b| b.map_err(Into::into)))
            .chain(stream::iter([Ok(form.tail())]));
        self.multipart(Op::SingleUpload, &form, Body::from_stream(parts)).await
    }

    /// 11, *Multiple Upload*: all or none.
    pub async fn upload_all(&self, files: Vec<(String, Bytes)>) -> Result<Vec<File>> {
        let form = Form::new();
        let mut whole = Vec::new();
        for (name, bytes) in files {
            whole.extend_from_slice(&form.head("files", &name));
            whole.extend_from_slice(&bytes);
        }
        whole.extend_from_slice(&form.tail());
        self.multipart(Op::MultipleUpload, &form, Body::from(whole)).await
    }

    /// 28, *My files*.
    pub async fn my_files(&self, filter: &FileFilter) -> Result<Page<File>> {
        self.call(Op::GetMyFiles, &[]).query(filter).send().await
    }

    /// 40, *Single By Id*.
    pub async fn file(&self, id: FileId) -> Result<File> {
        self.call(Op::GetFile, &[&id]).send().await
    }

    /// 41, *Aggregate*: how many files the caller sees, and how large they are.
    pub async fn file_aggregate(&self) -> Result<FileAggregate> {
        self.call(Op::GetFileAggregate, &[]).send().await
    }

    /// 42, *All By Note Id*, oldest first.
    pub async fn files_of_note(&self, note: NoteId, paging: &Paging) -> Result<Page<File>> {
        self.call(Op::GetFilesByNote, &[&note]).query(paging).send().await
    }

    /// 43, *All By Reply Id*, oldest first.
    pub async fn files_of_reply(&self, reply: ReplyId, paging: &Paging) -> Result<Page<File>> {
        self.call(Op::GetFilesByReply, &[&reply]).query(paging).send().await
    }

    /// 44, *All By Ticket Id*.
    pub async fn files_of_ticket(&self, ticket: TicketId, paging: &Paging) -> Result<Page<File>> {
        self.call(Op::GetFilesByTicket, &[&ticket]).query(paging).send().await
    }

    /// 45, *All file*, newest first.
    pub async fn all_files(&self, filter: &FileFilter) -> Result<Page<File>> {
        self.call(Op::GetAllFiles, &[]).query(filter).send().await
    }

    /// The bytes of a file, or the `Range` of them that these headers ask for.
    pub async fn file_content(&self, id: FileId, headers: &[(HeaderName, String)]) -> Result<Response<Body>> {
        self.bytes(Op::GetFileContent, id, headers).await
    }

    /// The thumbnail of an image, or that the one these headers tell of is still right.
    pub async fn file_thumbnail(&self, id: FileId, headers: &[(HeaderName, String)]) -> Result<Response<Body>> {
        self.bytes(Op::GetFileThumbnail, id, headers).await
    }

    async fn bytes(&self, operation: Op, id: FileId, headers: &[(HeaderName, String)]) -> Result<Response<Body>> {
        let mut call = self.call(operation, &[&id]);
        for (name, value) in headers {
            call = call.header(name.clone(), value);
        }
        call.stream(Body::empty()).await
    }

    async fn multipart<T: call::Told>(&self, operation: Op, form: &Form, body: Body) -> Result<T> {
        let kind = format!("multipart/form-data; boundary={}", form.boundary);
        let most = self.transport.answer_max();
        Ok(call::read(self.call(operation, &[]).header(header::CONTENT_TYPE, kind).stream(body).await?, most)
            .await?
            .value)
    }
}

/// A `multipart/form-data` body (RFC 7578) that is written as it goes.
struct Form {
    boundary: String,
}

impl Form {
    fn new() -> Self {
        Self { boundary: format!("finsupport-{:032x}", rand::random::<u128>()) }
    }

    fn head(&self, field: &str, name: &str) -> Bytes {
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let Self { boundary } = self;
        format!(
            "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into()
    }

    fn tail(&self) -> Bytes {
        format!("\r\n--{}--\r\n", self.boundary).into()
    }
}
