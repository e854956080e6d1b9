//! Bad input: each kind gets its own clear refusal, as a Problem, with the request's id.

use crate::world::World;
use axum::body::Body;
use contract::Code;
use http::Request;

const TICKETS: &str = "/finsupport/1.0.0/tickets";
const GOOD: &str = r#"{"subject":"s","description":"d","category":"CARD"}"#;

#[tokio::test]
async fn every_kind_of_bad_body_is_refused_by_its_own_code() {
    let world = World::new().await;
    let large = format!(r#"{{"subject":"{}"}}"#, "x".repeat(1_000_001));
    let deep = format!(r#"{{"subject":{}"#, "[".repeat(5000));
    let table = [
        ("{", Code::Malformed, None),
        ("", Code::Malformed, None),
        (r#"{"subject":"\ud83d"}"#, Code::Malformed, None),
        (deep.as_str(), Code::InvalidFields, Some("subject")),
        (large.as_str(), Code::TooLarge, None),
        (r#"{"subject":"s","description":"d","category":"card"}"#, Code::InvalidFields, Some("category")),
        (
            r#"{"subject":"s","description":"d","category":"CARD","status":"CLOSED"}"#,
            Code::InvalidFields,
            Some("status"),
        ),
        (
            r#"{"subject":"s","description":"d","category":"CARD","fileIds":["x"]}"#,
            Code::InvalidFields,
            Some("fileIds[0]"),
        ),
        (r#"{"subject":null,"description":"d","category":"CARD"}"#, Code::InvalidFields, Some("subject")),
        (r#"{"subject":"a\u0000b","description":"d","category":"CARD"}"#, Code::InvalidFields, Some("subject")),
        (r#"["s","d","CARD"]"#, Code::InvalidFields, Some("body")),
        ("null", Code::InvalidFields, Some("body")),
    ];
    for (body, code, field) in table {
        let refused = world.ask(&world.customer, "POST", TICKETS, Some(body)).await;
        let problem = refused.problem();
        assert_eq!(problem.code, code, "{body:.60}: {problem:?}");
        if let Some(field) = field {
            assert_eq!(problem.errors[0].field, field, "{body:.60}: {problem:?}");
        }
        assert_eq!(refused.headers["content-type"], "application/problem+json");
    }
    assert_eq!(world.ask(&world.customer, "POST", TICKETS, Some(GOOD)).await.status, 201);
}

#[tokio::test]
async fn a_body_that_is_not_declared_as_json_is_refused() {
    let world = World::new().await;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
        let request = Request::post(TICKETS)
            .header("authorization", format!("Bearer {}", world.customer.token))
            .header("content-type", kind);
        let refused = world.raw(request.body(Body::from(GOOD)).unwrap()).await;
        assert_eq!(refused.code(), Code::UnsupportedMediaType, "{kind}");
    }
}

#[tokio::test]
async fn a_body_without_a_declared_length_is_limited_all_the_same() {
    let world = World::new().await;
    let chunks = (0..40).map(|_| Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b' '; 50_000])));
    let request = Request::post(TICKETS)
        .header("authorization", format!("Bearer {}", world.customer.token))
        .header("content-type", "application/json");
    let refused = world.raw(request.body(Body::from_stream(futures::stream::iter(chunks))).unwrap()).await;
    assert_eq!(refused.code(), Code::TooLarge);
}

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_are_problems_too() {
    let world = World::new().await;
    let unknown = world.ask(&world.customer, "GET", "/finsupport/1.0.0/nothing", None).await;
    assert_eq!((unknown.status.as_u16(), unknown.code()), (404, Code::NotFound));
    let method = world.ask(&world.customer, "DELETE", TICKETS, None).await;
    assert_eq!((method.status.as_u16(), method.code()), (405, Code::MethodNotAllowed));
    let allow = method.headers["allow"].to_str().unwrap();
    assert!(allow.contains("GET") && allow.contains("POST"), "{allow}");
}

#[tokio::test]
async fn a_malformed_id_is_refused_by_its_name() {
    let world = World::new().await;
    for bad in ["1", "../../etc/passwd", "0190f3c27c1e7d3a9b1f2f6f0a8b4c5d", "%27%20OR%201=1", "%FF"] {
        let refused =
            world.ask(&world.customer, "GET", &format!("{TICKETS}/{}/replies", bad.replace('/', "%2F")), None).await;
        assert_eq!(refused.code(), Code::MalformedId, "{bad}: {}", refused.body);
        let named = refused.problem().detail.starts_with("ticketId");
        assert!(named || bad == "%FF", "{}", refused.body);
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused() {
    let world = World::new().await;
    let table = [
        ("cursor=nonsense", Code::MalformedCursor, None),
        ("cursor=W10", Code::MalformedCursor, None),
        ("pageSize=0", Code::InvalidFields, Some("pageSize")),
        ("pageSize=201", Code::InvalidFields, Some("pageSize")),
        ("pageSize=many", Code::InvalidFields, Some("pageSize")),
        ("status=open", Code::InvalidFields, Some("status")),
        ("sort=1;DROP", Code::InvalidFields, Some("sort")),
        ("colour=red", Code::InvalidFields, Some("colour")),
        ("assigneeId=me", Code::InvalidFields, Some("assigneeId")),
        ("customerId=me", Code::InvalidFields, Some("customerId")),
        ("unread=maybe", Code::InvalidFields, Some("unread")),
    ];
    for (query, code, field) in table {
        let refused = world.ask(&world.customer, "GET", &format!("{TICKETS}?{query}"), None).await;
        let problem = refused.problem();
        assert_eq!(problem.code, code, "{query}: {problem:?}");
        if let Some(field) = field {
            assert_eq!(problem.errors[0].field, field, "{query}: {problem:?}");
        }
    }
}

#[tokio::test]
async fn the_requests_id_stands_in_the_answer_and_in_the_problem() {
    let world = World::new().await;
    let with = async |id: Option<&str>| {
        let mut request = Request::get("/finsupport/1.0.0/tickets");
        if let Some(id) = id {
            request = request.header("x-request-id", id);
        }
        let refused = world.raw(request.body(Body::empty()).unwrap()).await;
        let told = refused.headers["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(refused.problem().request_id, told);
        told
    };
    assert_eq!(with(Some("trace-0123456789")).await, "trace-0123456789");
    assert_ne!(with(Some("short")).await, "short");
    assert_ne!(with(Some("<script>alert(1)</script>")).await, "<script>alert(1)</script>");
    assert_ne!(with(None).await, with(None).await);
}

#[tokio::test]
async fn the_service_says_that_it_lives() {
    let world = World::new().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(world.raw(Request::get(path).body(Body::empty()).unwrap()).await.body, "ok", "{path}");
    }
}

#[tokio::test]
async fn what_is_handed_over_within_the_process_is_what_goes_over_the_wire() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let handed = world.assignee.client.tickets(&Default::default()).await.unwrap();
    let list = world.ask(&world.assignee, "GET", "/finsupport/1.0.0/tickets", None).await;
    assert_eq!(list.json(), serde_json::to_value(&handed).unwrap());
    let seen = world.ask(&world.assignee, "PUT", &format!("/finsupport/1.0.0/tickets/{id}/seen"), None).await;
    for answer in [&list, &seen] {
        assert_eq!(answer.headers["content-type"], "application/json");
        assert_eq!(answer.headers["content-length"], answer.body.len().to_string());
    }
    let version = seen.json()["version"].to_string();
    assert_eq!(seen.headers["etag"], format!("\"{version}\""));
    let list = world.ask(&world.assignee, "GET", "/finsupport/1.0.0/tickets", None).await;
    let mut head = Request::head("/finsupport/1.0.0/tickets");
    head = head.header("authorization", format!("Bearer {}", world.assignee.token));
    let head = world.raw(head.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (head.headers["content-length"].to_str().unwrap(), head.body.as_str()),
        (&*list.body.len().to_string(), "")
    );
}
