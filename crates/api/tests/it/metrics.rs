//! Counters, for whoever may see them.

use crate::world::World;
use axum::body::Body;
use contract::{Code, session::ClientAddress};
use http::Request;

#[tokio::test]
async fn counters_are_told_to_this_machine_and_to_admins_only() {
    api::meters::start();
    let world = World::new().await;
    world.ticket().await;
    let told = world.ask(&world.admin, "GET", "/metrics", None).await;
    assert_eq!(told.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert!(told.body.contains(r#"finsupport_requests_total{operation="CreateTicket",status="201"}"#), "{}", told.body);
    assert!(told.body.contains("finsupport_request_seconds_bucket"), "{}", told.body);
    assert_eq!(world.ask(&world.customer, "GET", "/metrics", None).await.code(), Code::Forbidden);
    let from = async |address: [u8; 4], through_a_proxy: bool| {
        let mut request = Request::get("/metrics").extension(ClientAddress(address.into()));
        if through_a_proxy {
            request = request.header("x-forwarded-for", "203.0.113.9");
        }
        world.raw(request.body(Body::empty()).unwrap()).await.status.as_u16()
    };
    assert_eq!(from([127, 0, 0, 1], false).await, 200);
    assert_eq!(from([127, 0, 0, 1], true).await, 401, "a proxy on this machine passes strangers on");
    assert_eq!(from([203, 0, 113, 9], false).await, 401);
}
