//! The OpenAPI document and the route table.

use crate::world::World;
use api::routes::table;
use axum::body::Body;
use contract::endpoints::Operation;
use http::Request;
use std::collections::HashSet;

#[test]
fn every_operation_is_mounted_once() {
    let mounted: Vec<_> = table().iter().map(|route| route.operation).collect();
    let distinct: HashSet<_> = mounted.iter().collect();
    assert_eq!(mounted.len(), distinct.len(), "an operation is mounted twice");
    for operation in Operation::ALL {
        assert!(distinct.contains(operation), "{operation:?} has no handler and no policy");
    }
}

#[tokio::test]
async fn the_document_describes_every_route_with_shapes_that_exist() {
    let world = World::new().await;
    let document = world.raw(Request::get("/openapi.json").body(Body::empty()).unwrap()).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    for route in table() {
        let endpoint = route.operation.endpoint();
        let method = format!("{:?}", endpoint.method).to_lowercase();
        let described = &document["paths"][endpoint.route()][&method];
        assert_eq!(described["operationId"], route.operation.id(), "{}", endpoint.name);
        assert_eq!(described["summary"], endpoint.name);
        assert!(described["responses"].as_object().unwrap().len() > 1, "{}", endpoint.name);
    }
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not described");
    }
}

#[tokio::test]
async fn the_document_says_that_a_report_comes_as_json_or_as_csv() {
    let world = World::new().await;
    let document = world.raw(Request::get("/openapi.json").body(Body::empty()).unwrap()).await.json();
    for method in ["get", "post"] {
        let content = &document["paths"]["/finsupport/1.0.0/reports/tickets"][method]["responses"]["200"]["content"];
        assert_eq!(content["application/json"]["schema"]["$ref"], "#/components/schemas/Report");
        assert!(content["text/csv"].is_object(), "{content}");
    }
}
