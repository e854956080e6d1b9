//! Sessions: what a stolen database or an old token is worth.

use crate::world::World;
use axum::body::Body;
use contract::Code;
use http::Request;

#[tokio::test]
async fn no_token_stands_in_the_database() {
    let world = World::new().await;
    let token = world.customer.token.clone();
    world
        .app
        .db
        .write(|tx| Ok(tx.execute_batch("INSERT INTO setup (id, token_hash) VALUES (1, x'00')")?))
        .await
        .unwrap();
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(token.len()).any(|part| part == token.as_bytes()), "{}", path.display());
        }
    }
}

#[tokio::test]
async fn only_a_live_token_in_the_header_opens_anything() {
    let world = World::new().await;
    let ask = async |header: Option<&str>, path: &str| {
        let mut request = Request::get(path);
        if let Some(value) = header {
            request = request.header("authorization", value);
        }
        world.raw(request.body(Body::empty()).unwrap()).await
    };
    let token = &world.customer.token;
    let session = "/desk/1.0.0/session";
    for bad in [None, Some("Bearer"), Some("Bearer "), Some("Bearer x"), Some("Basic eDp4"), Some(&token[..])] {
        let refused = ask(bad, session).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (401, Code::Unauthenticated), "{bad:?}");
        assert_eq!(refused.headers["www-authenticate"], "Bearer");
    }
    let in_query = ask(None, &format!("{session}?access_token={token}&token={token}")).await;
    assert_eq!(in_query.code(), Code::Unauthenticated);
    assert_eq!(ask(Some(&format!("bearer {token}")), session).await.status, 200);
    world.customer.client.sign_out().await.unwrap();
    assert_eq!(ask(Some(&format!("Bearer {token}")), session).await.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn a_disabled_person_is_out_at_once() {
    let world = World::new().await;
    api::people::actions::disable(&world.app, &world.assignee.email).await.unwrap();
    assert_eq!(world.assignee.client.viewer().await.unwrap_err().code, Code::Unauthenticated);
    let ticket = world.ticket().await;
    assert_eq!(world.assignee.client.claim(ticket.ticket_id).await.unwrap_err().code, Code::Unauthenticated);
}
