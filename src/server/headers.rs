//! What every answer of the site carries for safety, and what every request must satisfy before it changes anything.

use super::serve::Site;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Sets the headers that hold for every answer; the page's own policy, with its nonce, is set where it is rendered.
pub async fn safety(State(site): State<Site>, request: Request, next: Next) -> Response {
    let https = site.is_https(request.headers());
    let private = !request.uri().path().starts_with("/pkg/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // The path of the page, for forms that come back to it; nothing of it to other sites.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    if private {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// The policy of a page: only our own files, scripts only with this page's nonce, wasm, nothing inline besides. Pictures
/// may be data URLs: the style sheet's own are, and a picture runs nothing.
pub fn page_policy(nonce: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("a nonce is base64")
}

/// Refuses requests that change something and come from another site (CSRF). Browsers say where a request comes from
/// in `Sec-Fetch-Site`, older ones in `Origin`; the cookie is `SameSite=Lax` besides.
pub async fn same_site(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // The API reads no cookies, so that no other site can make a browser speak in somebody's name there.
    let by_token = request.headers().contains_key(header::AUTHORIZATION) || !is_site(request.uri());
    if safe || by_token || comes_from_here(request.headers(), request.uri()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This request came from another site and was refused. Open Finsupport itself and try again.",
    )
        .into_response()
}

fn is_site(uri: &Uri) -> bool {
    !uri.path().starts_with("/finsupport/") && !uri.path().starts_with("/desk/1.0.0/")
}

fn comes_from_here(headers: &HeaderMap, uri: &Uri) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let host = text(header::HOST).or_else(|| uri.host());
    match text(header::ORIGIN) {
        Some(origin) => {
            origin.parse::<Uri>().ok().and_then(|o| o.authority().map(ToString::to_string)).as_deref() == host
        }
        // No browser leaves out both; programs do, and they carry no cookie that somebody else put there.
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_site_may_post_with_its_cookie() {
        let table: [(&[(&str, &str)], bool); 8] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://desk.example")], false),
            (&[("origin", "https://desk.example")], true),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "null")], false),
            (&[], true),
        ];
        for (given, expected) in table {
            let mut headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("desk.example"))]);
            headers.extend(given.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))));
            assert_eq!(comes_from_here(&headers, &Uri::from_static("/rpc/x")), expected, "{given:?}");
        }
    }
}
