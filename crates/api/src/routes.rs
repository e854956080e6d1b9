//! THE route table: every operation the service answers, who may call it, what answers it, and the shapes it takes and
//! gives. The router and the OpenAPI document are made from these rows. A handler cannot be mounted without a policy.

mod access;
mod table;

pub use access::Access;
pub use table::table;

use crate::{app::App, caller::Caller, error::Error, forward, request};
use axum::{
    Router,
    extract::{RawPathParams, Request},
    handler::Handler,
    middleware,
    routing::{MethodFilter, MethodRouter, get, on},
};
use client::Client;
use contract::{
    Code,
    endpoints::{FINSUPPORT, Method, Operation},
};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

/// One row of the table.
pub struct Route {
    pub operation: Operation,
    pub access: Access,
    pub request: Option<Shape>,
    pub query: Option<Shape>,
    /// The field of its multipart body, and whether it takes one file or several.
    pub upload: Option<(&'static str, Many)>,
    /// The fields of its form, `application/x-www-form-urlencoded`.
    pub form: Option<&'static [&'static str]>,
    /// The media type of a success that is not JSON; beside a shape, what may be asked for instead.
    pub stream: Option<&'static str>,
    /// Whether it reads or changes tickets beyond what a gateway offers, and so is answered only where they are kept.
    pub of_tickets: bool,
    /// What it refuses beyond what its access, path, query and body bring with them.
    pub refusals: &'static [Code],
    /// The status of a success, and the shape of its body.
    pub response: (u16, Option<Shape>),
    handler: MethodRouter<App>,
}

impl Route {
    /// An operation that answers 200 until told otherwise.
    pub fn new<H, T>(operation: Operation, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let handler = on(filter(operation.endpoint().method), handler);
        Self {
            operation,
            access,
            request: None,
            query: None,
            upload: None,
            form: None,
            stream: None,
            of_tickets: false,
            refusals: &[],
            response: (200, None),
            handler,
        }
    }

    /// The shape of its JSON body.
    pub fn takes<T: ToSchema>(self) -> Self {
        Self { request: Some(Shape::of::<T>()), ..self }
    }

    /// The field of its multipart body.
    pub fn takes_upload(self, field: &'static str, many: Many) -> Self {
        Self { upload: Some((field, many)), ..self }
    }

    /// The fields of its form.
    pub fn takes_form(self, fields: &'static [&'static str]) -> Self {
        Self { form: Some(fields), ..self }
    }

    /// The shape of its query string.
    pub fn asks<T: ToSchema>(self) -> Self {
        Self { query: Some(Shape::of::<T>()), ..self }
    }

    /// The status and shape of its success.
    pub fn answers<T: ToSchema>(self, status: u16) -> Self {
        Self { response: (status, Some(Shape::of::<T>())), ..self }
    }

    /// The status and shape of its success, a list all at once.
    pub fn answers_list<T: ToSchema>(self, status: u16) -> Self {
        Self { response: (status, Some(Shape { many: Many::List, ..Shape::of::<T>() })), ..self }
    }

    /// The shape of the rows of the page it answers.
    pub fn answers_page<T: ToSchema>(self) -> Self {
        Self { response: (200, Some(Shape { many: Many::Page, ..Shape::of::<T>() })), ..self }
    }

    /// A success of bytes, lines or events, as they come.
    pub fn streams(self, media_type: &'static str) -> Self {
        Self { stream: Some(media_type), ..self }
    }

    /// What it refuses beyond what its access, path, query and body bring with them.
    pub fn refuses(self, refusals: &'static [Code]) -> Self {
        Self { refusals, ..self }
    }

    /// Everything it refuses on its own account, by status: not that the service fails, or a gateway, nor that a request comes
    /// too slowly, or a customer writes too much.
    pub fn codes(&self) -> Vec<Code> {
        use Code::*;
        let mut codes = self.refusals.to_vec();
        match self.access {
            Access::Public => {}
            Access::SignedIn => codes.push(Unauthenticated),
            Access::StaffOrMissing => codes.extend([Unauthenticated, NotFound]),
            Access::Customer | Access::Assignee | Access::Staff | Access::Admin => {
                codes.extend([Unauthenticated, Forbidden]);
            }
        }
        if self.operation.endpoint().path.contains('{') {
            codes.extend([MalformedId, NotFound]);
        }
        if self.request.is_some() || self.upload.is_some() {
            codes.extend([Malformed, TooLarge, UnsupportedMediaType, InvalidFields]);
        }
        if self.query.is_some() {
            codes.push(InvalidFields);
        }
        if self.response.1.as_ref().is_some_and(|shape| shape.many == Many::Page) {
            codes.push(MalformedCursor);
        }
        codes.sort_by_key(|code| (code.status(), code.as_str()));
        codes.dedup();
        codes
    }

    /// Answered only where the tickets are kept.
    pub fn where_tickets_are(self) -> Self {
        Self { of_tickets: true, ..self }
    }

    /// A success without a body.
    pub fn answers_nothing(self) -> Self {
        Self { response: (204, None), ..self }
    }
}

/// Whether a shape is one thing, a list or a page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    One,
    List,
    Page,
}

/// The shape of a body, for the OpenAPI document.
pub struct Shape {
    pub name: String,
    pub many: Many,
    pub schema: RefOr<Schema>,
    /// The shapes that it refers to.
    pub others: Vec<(String, RefOr<Schema>)>,
}

impl Shape {
    fn of<T: ToSchema>() -> Self {
        let mut others = Vec::new();
        T::schemas(&mut others);
        Self { name: T::name().into_owned(), many: Many::One, schema: T::schema(), others }
    }
}

/// The whole service as one router.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in table() {
        let guarded =
            access::Guarded { access: route.access, operation: route.operation, refuses: route.codes().into() };
        let guard = middleware::from_fn_with_state((app.clone(), guarded), access::guard);
        let endpoint = route.operation.endpoint();
        let handler = match &app.gateway {
            None => route.handler,
            Some(_) if route.of_tickets => continue,
            Some(remote) if endpoint.base == FINSUPPORT => passed_on(route.operation, remote.client.clone()),
            Some(_) => route.handler,
        };
        router = router.route(&endpoint.route(), handler.route_layer(guard));
    }
    router
        .route("/healthz", get(crate::health::alive))
        .route("/readyz", get(crate::health::ready))
        .route("/metrics", get(crate::health::metrics))
        .route("/openapi.json", get(crate::openapi::document))
        .fallback(|| async { Error::not_found() })
        .method_not_allowed_fallback(|| async {
            Error::new(
                Code::MethodNotAllowed,
                "This path does not answer that method; the header Allow names those it does.",
            )
        })
        .layer(middleware::from_fn(request::identify))
        .with_state(app)
}

/// Answers with what the gateway answers.
fn passed_on(operation: Operation, gateway: Client) -> MethodRouter<App> {
    on(filter(operation.endpoint().method), move |caller: Caller, params: RawPathParams, request: Request| async move {
        forward::forward(&gateway, operation, &caller, &params, request).await
    })
}

const fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}
