//! What the route table says of every operation, tried on every operation.

use crate::doors::Doors;
use api::routes::{Access, Many, Route};
use axum::{
    body::Body,
    http::{Request, header, request::Builder},
};
use contract::{Code, Role, endpoints::Method, note::NewNote, reply::NewReply};

const NOBODY: &str = "0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d";

/// No token, a role that may not, ids that are none or of nothing, bodies that cannot be read, too large, of another
/// type, with unknown fields; cursors that are none.
pub async fn every_operation_refuses_what_none_may_take(doors: &Doors) {
    for route in doors.ledger.routes() {
        let (operation, who) = (route.operation, admitted(route, doors));
        let asked = |token: Option<&str>, id: &str, query: &str| {
            let builder = Request::builder().method(method(route)).uri(format!("{}{query}", path(route, id)));
            let builder = builder.header(header::IF_MATCH, "\"1\"");
            match token {
                Some(token) => builder.header(header::AUTHORIZATION, format!("Bearer {token}")),
                None => builder,
            }
        };
        let empty = |builder: Builder| builder.body(Body::empty()).unwrap();
        let json = |builder: Builder, text: String| {
            builder.header(header::CONTENT_TYPE, "application/json").body(Body::from(text)).unwrap()
        };

        assert_eq!(doors.refused(empty(asked(None, NOBODY, ""))).await, Code::Unauthenticated, "{operation:?}");
        if let Some((token, code)) = refused_role(route, doors) {
            assert_eq!(doors.refused(empty(asked(Some(token), NOBODY, ""))).await, code, "{operation:?}");
        }
        if route.operation.endpoint().path.contains('{') {
            for other in ["7", "0190f3c27c1e7d3a9b1f2f6f0a8b4c5d", "urn:uuid:0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d"] {
                let request = empty(asked(Some(who), other, ""));
                assert_eq!(doors.refused(request).await, Code::MalformedId, "{operation:?} {other}");
            }
            // Staff may ask for the tickets of anybody: of nobody there are none.
            if !lists_of_somebody(route) {
                let request = json(asked(Some(who), NOBODY, ""), sample(route));
                assert_eq!(doors.refused(request).await, Code::NotFound, "{operation:?}");
            }
        }
        if route.request.is_some() {
            let own = own_id(route, doors).await;
            let to = || asked(Some(who), &own, "");
            let typed = to().header(header::CONTENT_TYPE, "text/plain").body(Body::from("{}")).unwrap();
            assert_eq!(doors.refused(typed).await, Code::UnsupportedMediaType, "{operation:?}");
            assert_eq!(doors.refused(json(to(), "{".to_owned())).await, Code::Malformed, "{operation:?}");
            let unknown = json(to(), r#"{"surprise": 1}"#.to_owned());
            assert_eq!(doors.refused(unknown).await, Code::InvalidFields, "{operation:?}");
            let huge = json(to(), format!(r#"{{"surprise": "{}"}}"#, "x".repeat(1_000_001)));
            assert_eq!(doors.refused(huge).await, Code::TooLarge, "{operation:?}");
        }
        if route.query.is_some() {
            let request = empty(asked(Some(who), &own_id(route, doors).await, "?surprise=1"));
            assert_eq!(doors.refused(request).await, Code::InvalidFields, "{operation:?}");
        }
        if route.response.1.as_ref().is_some_and(|shape| shape.many == Many::Page) {
            let request = empty(asked(Some(who), &own_id(route, doors).await, "?cursor=none"));
            assert_eq!(doors.refused(request).await, Code::MalformedCursor, "{operation:?}");
        }
    }
}

fn lists_of_somebody(route: &Route) -> bool {
    use contract::endpoints::Operation as Op;
    matches!(route.operation, Op::TicketsByCustomer | Op::TicketsByFollower | Op::TicketsByAssignee)
}

/// The token of somebody who may call the operation.
fn admitted<'d>(route: &Route, doors: &'d Doors) -> &'d str {
    match route.access {
        Access::Customer => &doors.customer.token,
        Access::Assignee => &doors.assignee.token,
        _ => &doors.admin.token,
    }
}

/// The token of somebody who may not, if there is such a role, and what they are told.
fn refused_role<'d>(route: &Route, doors: &'d Doors) -> Option<(&'d str, Code)> {
    let roles = [
        (Role::Customer, &doors.customer.token),
        (Role::Assignee, &doors.assignee.token),
        (Role::Admin, &doors.admin.token),
    ];
    roles
        .into_iter()
        .find_map(|(role, token)| route.access.check(role).err().map(|error| (token.as_str(), error.problem().code)))
}

/// The id of something that the caller of [`admitted`] sees, where the path wants one.
async fn own_id(route: &Route, doors: &Doors) -> String {
    let path = route.operation.endpoint().path;
    if path.contains("{ticketId}") {
        doors.assigned().await.ticket_id.to_string()
    } else if path.contains("{customerId}") {
        doors.customer.id.to_string()
    } else if path.contains("{followerId}") || path.contains("{assigneeId}") {
        doors.admin.id.to_string()
    } else if path.contains("{replyId}") || path.contains("{noteId}") {
        let ticket = doors.assigned().await.ticket_id;
        let reply = NewReply { body: "text".to_owned(), ..NewReply::default() };
        let note = NewNote { body: "text".to_owned(), ..NewNote::default() };
        if path.contains("{replyId}") {
            doors.assignee.client.assignee_reply(ticket, &reply).await.unwrap().reply_id.to_string()
        } else {
            doors.assignee.client.assignee_note(ticket, &note).await.unwrap().note_id.to_string()
        }
    } else if path.contains("{fileId}") {
        let line = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(b"a line"))]);
        doors.admin.client.upload("line.txt", line).await.unwrap().file_id.to_string()
    } else if path.contains("{replyTitleId}") || path.contains("{replyMessageId}") {
        let message = doors.admin.client.reply_messages(&Default::default()).await.unwrap().items.remove(0);
        if path.contains("{replyTitleId}") {
            message.reply_title_id.to_string()
        } else {
            message.reply_message_id.to_string()
        }
    } else {
        NOBODY.to_owned()
    }
}

/// A body that can be read, where one is wanted.
fn sample(route: &Route) -> String {
    use contract::endpoints::Operation as Op;
    match route.operation {
        Op::UpdateTicket | Op::CustomerCloseTicket | Op::AddStartDate | Op::PostTicketReport => "{}",
        Op::Escalate | Op::AdminCloseTicket => r#"{"reason":"text"}"#,
        Op::AssigneeUpdateTicketStatus | Op::AdminUpdateTicketStatus => r#"{"status":"WAITING"}"#,
        Op::PutReplyTitleStatus => r#"{"status":"ACTIVE"}"#,
        Op::PutReplyMessage => r#"{"message":"text"}"#,
        Op::AdminAddAssignee => r#"{"assigneeId":"0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d"}"#,
        Op::AddFollower => r#"{"followerId":"0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d"}"#,
        Op::CreateNewTicket => r#"{"subject":"text","description":"text","category":"OTHER"}"#,
        _ => r#"{"body":"text"}"#,
    }
    .to_owned()
}

fn path(route: &Route, id: &str) -> String {
    let template = route.operation.endpoint().route();
    template.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
}

const fn method(route: &Route) -> &'static str {
    match route.operation.endpoint().method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}
