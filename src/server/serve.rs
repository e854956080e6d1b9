//! Puts the program together: the service, and the site over it.

use super::{files, forms, headers, live, render, reports, session};
use crate::app::{App, shell};
use axum::{
    Router,
    extract::{FromRef, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use client::Client;
use contract::session::ClientAddress;
use leptos::prelude::{LeptosOptions, get_configuration};
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::path::PathBuf;
use tower::{Layer, ServiceExt};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// How hard what is made for one request is compressed. A page of the queue takes half the time that the default takes and
/// becomes a fifteenth larger; files that stay the same were compressed harder, beforehand.
const QUICKLY: CompressionLevel = CompressionLevel::Precise(3);

/// Where the API answers, itself and for what it does not know: below the folders, and at the paths.
const API_FOLDERS: [&str; 2] = ["/finsupport/", "/desk/1.0.0/"];
const API_PATHS: [&str; 4] = ["/openapi.json", "/healthz", "/readyz", "/metrics"];

/// What the layers of the site share.
#[derive(Clone)]
pub struct Site {
    pub options: LeptosOptions,
    /// Finsupport, in nobody's name.
    pub client: Client,
    /// Whether a proxy before us is trusted to say how and from where people came.
    pub behind_proxy: bool,
}

impl Site {
    /// Whether the person's browser speaks https to us, as far as a trusted proxy says.
    pub fn is_https(&self, headers: &HeaderMap) -> bool {
        self.behind_proxy && headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https")
    }

    /// The address from which people came to the proxy that is trusted: the last one in the list, for that it has added itself.
    fn forwarded_for(&self, headers: &HeaderMap) -> Option<ClientAddress> {
        let list = headers.get_all("x-forwarded-for").iter().next_back().filter(|_| self.behind_proxy)?;
        list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok().map(ClientAddress)
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.options.clone()
    }
}

/// The options that the running site needs: from `Leptos.toml`, or the variables that override it.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn options() -> Result<LeptosOptions, String> {
    let file = PathBuf::from("Leptos.toml");
    let options = get_configuration(file.exists().then_some("Leptos.toml"))
        .map_err(|e| format!("Leptos.toml: {e}"))?
        .leptos_options;
    Ok(options)
}

/// The whole program as one router: the API, the pages, the files.
pub fn router(site: Site, api: Router) -> Router {
    let routes = generate_route_list(App);
    let options = site.options.clone();
    let pages = Router::new()
        .leptos_routes(&site, routes, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .route("/rpc/{*function}", axum::routing::any(leptos_axum::handle_server_fns))
        .route("/files/{id}", get(files::content))
        .route("/files/{id}/thumbnail", get(files::thumbnail))
        .route("/files/{id}/ticket", get(files::ticket))
        .route("/desk/reports/tickets.csv", get(reports::csv))
        .fallback(leptos_axum::file_and_error_handler::<Site, _>(shell))
        .layer(compression())
        // A live stream goes past what compresses, which would keep room for its tables as long as the stream is open.
        .route("/live", get(live::stream))
        .with_state(site.clone());
    // These look at a request before it is routed, for they may send it elsewhere.
    let pages = from_fn(render::layer).layer(pages);
    let pages = from_fn(forms::layer).layer(pages);
    let pages = from_fn_with_state(site.clone(), session::layer).layer(pages);
    Router::new()
        .nest_service("/pkg", assets(&options))
        .merge(public(&options))
        .fallback_service(pages)
        .layer(from_fn_with_state(api.layer(compression()), api_first))
        .layer(from_fn(headers::same_site))
        .layer(from_fn_with_state(site.clone(), headers::safety))
        .layer(from_fn_with_state(site, client_address))
}

/// Puts beside the request from where it came, where a proxy stands before us.
async fn client_address(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    if let Some(address) = site.forwarded_for(request.headers()) {
        request.extensions_mut().insert(address);
    }
    next.run(request).await
}

/// Hands the API what is its own before the site routes it: a route of the site with a wildcard would put its parameter
/// before those of the API's paths.
async fn api_first(State(api): State<Router>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if API_PATHS.contains(&path) || API_FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        return api.oneshot(request).await.into_response();
    }
    next.run(request).await
}

/// The built assets: their names carry their hash, so they are kept for ever; compressed beforehand.
fn assets(options: &LeptosOptions) -> Router {
    let folder = PathBuf::from(&*options.site_root).join(&*options.site_pkg_dir);
    let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br().precompressed_gzip())
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, for_ever))
}

/// The few files that browsers look for at fixed places.
fn public(options: &LeptosOptions) -> Router {
    let day = HeaderValue::from_static("public, max-age=86400");
    let file = |name: &str| ServeFile::new(PathBuf::from(&*options.site_root).join(name));
    Router::new()
        .route_service("/favicon.svg", file("favicon.svg"))
        .route_service("/robots.txt", file("robots.txt"))
        .route_service("/manifest.webmanifest", file("manifest.webmanifest"))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, day))
}

/// Compresses text; a stream of events must not be held back, and files are what they are.
fn compression() -> CompressionLayer<impl Predicate> {
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::new("text/event-stream"))
        .and(NotForContentType::new("application/pdf"))
        .and(NotForContentType::new("application/zip"))
        .and(NotForContentType::new("application/octet-stream"));
    CompressionLayer::new().quality(QUICKLY).compress_when(worth_it)
}
