//! Files: uploading and listing. Their bytes stream through plain routes, see `server::files`.

use crate::error::AppError;
use contract::{
    file::{File, FileAggregate},
    page::Page,
};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, MultipartData, MultipartFormData},
};

/// Uploads what the form's `file` fields hold, one after the other, as the bytes come.
#[server(endpoint = "files/upload", input = MultipartFormData)]
pub async fn upload(data: MultipartData) -> Result<Vec<File>, AppError> {
    use crate::{
        http::left_with_request,
        server::{files, finsupport::finsupport},
    };
    let form = data.into_inner().expect("the server receives, it does not send");
    let parts = multipart::Parts::of(form, left_with_request().unwrap_or_default());
    Ok(files::upload_each(&finsupport()?, parts).await?)
}

/// A page of the viewer's files.
#[server(endpoint = "files/mine", input = GetUrl)]
pub async fn my_files(#[server(default)] cursor: Option<String>) -> Result<Page<File>, AppError> {
    let filter = contract::file::FileFilter { cursor, ..Default::default() };
    Ok(crate::server::finsupport::finsupport()?.my_files(&filter).await?)
}

/// A page of everybody's files, for admins.
#[server(endpoint = "files/all", input = GetUrl)]
pub async fn all_files(#[server(default)] cursor: Option<String>) -> Result<Page<File>, AppError> {
    let filter = contract::file::FileFilter { cursor, ..Default::default() };
    Ok(crate::server::finsupport::finsupport()?.all_files(&filter).await?)
}

/// How many files the viewer sees, and how large they are.
#[server(endpoint = "files/aggregate", input = GetUrl)]
pub async fn count_files() -> Result<FileAggregate, AppError> {
    Ok(crate::server::finsupport::finsupport()?.file_aggregate().await?)
}
