//! Fields that are not the caller's to set are refused, never ignored.

use crate::world::World;
use contract::{Code, reply_message::NewReplyMessage, reply_title::NewReplyTitle};

#[tokio::test]
async fn no_request_sets_a_field_that_is_not_its_own() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let base = "/finsupport/1.0.0";
    let requests = [
        ("POST", format!("{base}/tickets"), r#"{"subject":"s","description":"d","category":"CARD""#),
        ("PUT", format!("{base}/tickets/{id}"), r#"{"subject":"s""#),
        ("PUT", format!("{base}/tickets/{id}/escalation"), r#"{"reason":"r""#),
        ("PUT", format!("{base}/customer/tickets/{id}/close"), r#"{"rating":5"#),
        ("POST", format!("{base}/customer/tickets/{id}/replies"), r#"{"body":"b""#),
        ("POST", format!("{base}/tickets/{id}/followers"), r#"{"followerId":"0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d""#),
        ("PUT", "/desk/1.0.0/password".to_owned(), r#"{"currentPassword":"c","newPassword":"n""#),
    ];
    let title =
        world.admin.client.add_reply_title(&NewReplyTitle { title: "t".to_owned() }).await.unwrap().reply_title_id;
    let new = NewReplyMessage { reply_title_id: title, message: "m".to_owned() };
    let message = world.admin.client.add_reply_message(&new).await.unwrap().reply_message_id;
    let of_admins = [
        ("POST", format!("{base}/reports/tickets"), r#"{"sortOrder":"ASC""#),
        ("POST", format!("{base}/reply-titles"), r#"{"title":"new""#),
        ("PUT", format!("{base}/reply-titles/{title}/status"), r#"{"status":"ACTIVE""#),
        ("POST", format!("{base}/reply-messages"), &format!(r#"{{"replyTitleId":"{title}","message":"m""#)),
        ("PUT", format!("{base}/reply-messages/{message}"), r#"{"message":"m""#),
    ];
    for (method, path, start) in &of_admins {
        for field in ["replyMessageId", "uses", "messages", "folded", "createdBy", "sql", "reader"] {
            let refused = world.ask(&world.admin, method, path, Some(&format!(r#"{start},"{field}":"1"}}"#))).await;
            assert_eq!(refused.code(), Code::InvalidFields, "{method} {path} {field}");
            assert_eq!(refused.problem().errors[0].field, field, "{method} {path}");
        }
    }
    let fields = [
        "role",
        "customer",
        "customerId",
        "assigneeId",
        "organizationId",
        "number",
        "version",
        "createdAt",
        "author",
        "internal",
    ];
    for (method, path, start) in &requests {
        for field in fields {
            let request = http::Request::builder()
                .method(*method)
                .uri(path)
                .header("authorization", format!("Bearer {}", world.customer.token))
                .header("content-type", "application/json")
                .header("if-match", "*");
            let body = format!(r#"{start},"{field}":"ADMIN"}}"#);
            let refused = world.raw(request.body(body.into()).unwrap()).await;
            assert_eq!(refused.code(), Code::InvalidFields, "{method} {path} {field}");
            assert_eq!(refused.problem().errors[0].field, field, "{method} {path}");
        }
    }
}
