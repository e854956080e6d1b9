//! The OpenAPI 3.1 document, made from the route table.

use crate::routes::{Access, Many, Route, Shape, table};
use axum::{Json, response::IntoResponse};
use contract::{
    Code, Problem,
    choice::Choices,
    draft::DraftKind,
    endpoints::{DESK, Method, Source},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::LazyLock};
use utoipa::{PartialSchema, ToSchema};

static DOCUMENT: LazyLock<Value> = LazyLock::new(describe);

/// `GET /openapi.json`.
pub async fn document() -> impl IntoResponse {
    Json(&*DOCUMENT)
}

/// The document itself.
pub fn describe() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let mut schemas: Map<String, Value> = Map::new();
    add("Problem", &Problem::schema(), &mut schemas);
    let mut others = Vec::new();
    Problem::schemas(&mut others);
    add_all(&others, &mut schemas);
    for route in table() {
        let endpoint = route.operation.endpoint();
        for shape in [&route.request, &route.query, &route.response.1].into_iter().flatten() {
            add(&shape.name, &shape.schema, &mut schemas);
            add_all(&shape.others, &mut schemas);
        }
        let path = paths.entry(endpoint.route()).or_insert_with(|| json!({}));
        path[method(endpoint.method)] = operation(&route);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Finsupport", "version": "1.0.0", "description": "The helpdesk of a payments company." },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "client": { "type": "http", "scheme": "basic" },
            },
        },
    })
}

fn operation(route: &Route) -> Value {
    let endpoint = route.operation.endpoint();
    let mut parameters: Vec<Value> = endpoint
        .path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": path_value(name) }))
        .collect();
    parameters.extend(route.query.iter().flat_map(query));
    let (status, shape) = &route.response;
    let mut success = json!({ "description": endpoint.name });
    if let Some(shape) = shape {
        success["content"] = json!({ "application/json": { "schema": reference(shape) } });
    }
    if let Some(media_type) = route.stream {
        success["content"][media_type] = json!({});
    }
    let mut responses = Map::new();
    responses.insert(status.to_string(), success);
    for (status, codes) in by_status(&route.codes()) {
        responses.insert(status.to_string(), problem(&codes));
    }
    responses.insert("default".to_owned(), problem("The service, or the gateway behind it, cannot answer."));
    let mut described = json!({
        "operationId": route.operation.id(),
        "summary": endpoint.name,
        "tags": [tag(endpoint.base, endpoint.path)],
        "x-finsupport-source": if endpoint.source == Source::Known { "known" } else { "assumed" },
        "responses": responses,
    });
    if !parameters.is_empty() {
        described["parameters"] = Value::Array(parameters);
    }
    if let Some(shape) = &route.request {
        described["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": reference(shape) } } });
    }
    if let Some((field, many)) = route.upload {
        described["requestBody"] =
            json!({ "required": true, "content": { "multipart/form-data": { "schema": form(field, many) } } });
    }
    if let Some(fields) = route.form {
        let properties: Map<String, Value> =
            fields.iter().map(|field| ((*field).to_owned(), json!({ "type": "string" }))).collect();
        let schema = json!({ "type": "object", "required": fields, "properties": properties });
        described["requestBody"] =
            json!({ "required": true, "content": { "application/x-www-form-urlencoded": { "schema": schema } } });
        described["security"] = json!([{ "client": [] }]);
    }
    if route.access != Access::Public {
        described["security"] = json!([{ "bearer": [] }]);
    }
    described
}

/// What may stand in a path under this name: an id, or what a draft is to become.
fn path_value(name: &str) -> Value {
    let kinds: Vec<_> = DraftKind::ALL.iter().map(|kind| kind.as_str()).collect();
    if name == "kind" {
        json!({ "type": "string", "enum": kinds })
    } else {
        json!({ "type": "string", "format": "uuid" })
    }
}

/// Refusals of one status, by their codes.
fn by_status(codes: &[Code]) -> BTreeMap<u16, String> {
    let mut statuses: BTreeMap<u16, String> = BTreeMap::new();
    for code in codes {
        let text = statuses.entry(code.status()).or_default();
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(code.as_str());
    }
    statuses
}

fn problem(description: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({ "description": description, "content": { "application/problem+json": { "schema": schema } } })
}

/// A multipart body of one field: a file, or several under the same name.
fn form(field: &str, many: Many) -> Value {
    let file = json!({ "type": "string", "contentMediaType": "application/octet-stream" });
    let wanted = if many == Many::One { file } else { json!({ "type": "array", "items": file, "minItems": 1 }) };
    json!({ "type": "object", "required": [field], "additionalProperties": false, "properties": { field: wanted } })
}

/// A query string is described by the fields of its shape.
fn query(shape: &Shape) -> Vec<Value> {
    let schema = serde_json::to_value(&shape.schema).unwrap_or_default();
    let Some(fields) = schema["properties"].as_object() else { return Vec::new() };
    fields.iter().map(|(name, schema)| json!({ "name": name, "in": "query", "schema": schema })).collect()
}

fn reference(shape: &Shape) -> Value {
    let one = json!({ "$ref": format!("#/components/schemas/{}", shape.name) });
    match shape.many {
        Many::One => one,
        Many::List => json!({ "type": "array", "items": one }),
        Many::Page => json!({
            "type": "object",
            "required": ["items"],
            "properties": { "items": { "type": "array", "items": one }, "nextCursor": { "type": "string" } },
        }),
    }
}

fn add_all(others: &[(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)], schemas: &mut Map<String, Value>) {
    for (name, schema) in others {
        add(name, schema, schemas);
    }
}

fn add(name: &str, schema: &utoipa::openapi::RefOr<utoipa::openapi::Schema>, schemas: &mut Map<String, Value>) {
    schemas.entry(name).or_insert_with(|| serde_json::to_value(schema).unwrap_or_default());
}

fn tag(base: &str, path: &str) -> String {
    let noun = path.split('/').find(|part| !part.is_empty() && !part.starts_with('{')).unwrap_or("service");
    if base == DESK { format!("desk: {noun}") } else { noun.to_owned() }
}

const fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Delete => "delete",
    }
}
