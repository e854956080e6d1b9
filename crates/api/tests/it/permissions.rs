//! The permission matrix over HTTP, generated from the route table: every route × everybody × {own, other's, missing}.
//!
//! The expected answer follows from the row's access and, for what belongs to a ticket, from `contract::policy`. What a
//! caller may not see is answered byte for byte as what does not exist.

use crate::world::{Member, World, missing, new_ticket, note, reply};
use api::{
    config::Config,
    routes::{Access, table},
    sessions::actions::begin,
};
use axum::body::Body;
use contract::{
    Actor, Role,
    draft::DraftKind,
    endpoints::{Endpoint, Method, Operation as Op},
    id::{ReplyTitleId, TicketId},
    outbox::NewOutboxMessage,
    page::Paging,
    policy::{Action, Standing, may},
    reply::NewReply,
    reply_message::NewReplyMessage,
    reply_title::{NewReplyTitle, ReplyTitleStatus},
    ticket::{Status, Ticket},
    view::{NewView, Preset, Sharing, ViewFilter},
};
use http::Request;
use std::{collections::HashMap, fmt::Display};
use tower::ServiceExt;

/// Of the customer and the assignee; of the other customer and the other assignee; of nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Own,
    Others,
    Missing,
}

/// Somebody, or nobody.
struct Who<'w> {
    name: &'static str,
    member: Option<(&'w Member, Role)>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_everybody_as_the_policy_says() {
    let world = World::with(Config { customer_writes: 0, ..Config::default() }).await;
    let scene = Scene::new(&world).await;
    let everybody = [
        Who { name: "nobody", member: None },
        Who { name: "customer", member: Some((&world.customer, Role::Customer)) },
        Who { name: "colleague", member: Some((&world.colleague, Role::Customer)) },
        Who { name: "other customer", member: Some((&world.other, Role::Customer)) },
        Who { name: "assignee", member: Some((&world.assignee, Role::Assignee)) },
        Who { name: "other assignee", member: Some((&world.other_assignee, Role::Assignee)) },
        Who { name: "admin", member: Some((&world.admin, Role::Admin)) },
    ];
    let mut wrong = Vec::new();
    let mut cells = 0;
    for route in table() {
        for who in &everybody {
            let mut bodies = HashMap::new();
            for whose in [Whose::Own, Whose::Others, Whose::Missing] {
                let cell = scene.cell(route.operation, whose).await;
                let expected = scene.expected(route.operation, route.access, route.response.0, who, whose);
                let (status, body) = scene.ask(route.operation, who, &cell).await;
                cells += 1;
                if !expected.contains(&status) {
                    wrong.push(format!(
                        "{:?} by {} on {whose:?}: {status}, not {expected:?}: {body}",
                        route.operation, who.name
                    ));
                }
                if status == 404 {
                    bodies.insert(format!("{whose:?}"), body);
                }
            }
            let mut different: Vec<_> = bodies.values().collect();
            different.sort();
            different.dedup();
            if different.len() > 1 {
                wrong.push(format!("{:?} by {} tells hidden from missing: {different:?}", route.operation, who.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// The world with what the routes need to be called.
struct Scene<'w> {
    world: &'w World,
    /// Staff who stand to nothing.
    third: Member,
    /// A colleague of the customer, and one of the other customer.
    extra: Member,
    other_extra: Member,
    /// A title of canned replies that assignees are offered.
    title: ReplyTitleId,
}

/// What one call is about: the ids in its path, and its body.
struct Cell {
    ids: Vec<String>,
    body: Option<String>,
}

impl<'w> Scene<'w> {
    async fn new(world: &'w World) -> Self {
        Self {
            world,
            third: world.member("Third", "third@staff.example", Role::Assignee, None).await,
            extra: world.member("Extra", "extra@okafor.example", Role::Customer, Some("Okafor Travel")).await,
            title: add_title(world).await,
            other_extra: world
                .member("Other Extra", "extra@kowal.example", Role::Customer, Some("Kowal Sp. z o.o."))
                .await,
        }
    }

    async fn cell(&self, operation: Op, whose: Whose) -> Cell {
        let missing_id = missing().to_string();
        let endpoint = operation.endpoint();
        let path = endpoint.path;
        let ids = if !path.contains('{') {
            Vec::new()
        } else if path.contains("{ticketId}") {
            let ticket = self.ticket(whose).await;
            let id = ticket.as_ref().map_or(missing(), |ticket| ticket.ticket_id);
            if operation == Op::DeleteFollower {
                let follower = self.extra_of(whose).id;
                if ticket.is_some() {
                    self.world.admin.client.add_follower(id, follower).await.unwrap();
                }
                vec![id.to_string(), follower.to_string()]
            } else if path.contains("{kind}") {
                vec![id.to_string(), DraftKind::Reply.to_string()]
            } else {
                vec![id.to_string()]
            }
        } else if whose == Whose::Missing {
            vec![missing_id]
        } else {
            vec![self.thing(operation, whose).await]
        };
        let body = match operation {
            Op::PostMerge => Some(self.source(whose).await),
            _ => self.body(operation, whose),
        };
        Cell { ids, body }
    }

    /// Another ticket of those, to be merged.
    async fn source(&self, whose: Whose) -> String {
        let id = self.ticket(whose).await.map_or(missing(), |ticket| ticket.ticket_id);
        format!(r#"{{"sources":["{id}"]}}"#)
    }

    /// A ticket of those, assigned, still open.
    async fn ticket(&self, whose: Whose) -> Option<Ticket> {
        let world = self.world;
        let (customer, assignee) = match whose {
            Whose::Own => (&world.customer, &world.assignee),
            Whose::Others => (&world.other, &world.other_assignee),
            Whose::Missing => return None,
        };
        let ticket = customer.client.create_ticket(&new_ticket("A question")).await.unwrap();
        Some(world.admin.client.assign(ticket.ticket_id, assignee.id).await.unwrap())
    }

    fn extra_of(&self, whose: Whose) -> &Member {
        if whose == Whose::Others { &self.other_extra } else { &self.extra }
    }

    /// Something else that a path names.
    async fn thing(&self, operation: Op, whose: Whose) -> String {
        let world = self.world;
        let (customer, assignee) = if whose == Whose::Own {
            (&world.customer, &world.assignee)
        } else {
            (&world.other, &world.other_assignee)
        };
        match operation {
            Op::TicketsByCustomer | Op::TicketsByFollower | Op::CreateNewTicket | Op::GetPerson => {
                customer.id.to_string()
            }
            Op::TicketsByAssignee => assignee.id.to_string(),
            Op::ReplyById | Op::GetFilesByReply | Op::PostSplit => {
                let id = self.ticket_id(whose).await;
                customer.client.customer_reply(id, &reply("text")).await.unwrap().reply_id.to_string()
            }
            Op::NoteById | Op::GetFilesByNote => {
                let id = self.ticket_id(whose).await;
                assignee.client.assignee_note(id, &note("text")).await.unwrap().note_id.to_string()
            }
            Op::GetFile | Op::GetFileContent | Op::GetFileThumbnail => {
                let id = self.ticket_id(whose).await;
                let file =
                    customer.client.upload_all(vec![("a.txt".to_owned(), "text".into())]).await.unwrap().remove(0);
                let with = NewReply { file_ids: vec![file.file_id], ..reply("text") };
                customer.client.customer_reply(id, &with).await.unwrap();
                file.file_id.to_string()
            }
            Op::DeleteMerge => {
                let (target, source) = (self.ticket_id(whose).await, self.ticket_id(whose).await);
                world.admin.client.merge(target, &[source]).await.unwrap().merge_id.to_string()
            }
            Op::DeleteSessionById => {
                let person = customer.id;
                let begun = world.app.db.write(move |tx| begin(tx, person, "another", 3600)).await.unwrap();
                let client = world.nobody().with_token(begun.access_token);
                client.viewer().await.unwrap().session_id.to_string()
            }
            Op::PutReplyTitleStatus | Op::GetReplyTitle => self.title(whose).await.to_string(),
            Op::PutReplyMessage | Op::GetReplyMessage | Op::PostReplyMessageUse => {
                let new = NewReplyMessage { reply_title_id: self.title(whose).await, message: "text".to_owned() };
                world.admin.client.add_reply_message(&new).await.unwrap().reply_message_id.to_string()
            }
            Op::PutOutboxTime | Op::PostOutboxSend | Op::DeleteOutbox => {
                let id = self.ticket_id(whose).await;
                let new = NewOutboxMessage { body: "text".to_owned(), ..NewOutboxMessage::default() };
                assignee.client.put_in_outbox(id, &new).await.unwrap().message_id.to_string()
            }
            // Whoever was assigned the ticket has one.
            Op::PutNotificationSeen => {
                self.ticket_id(whose).await;
                let all = assignee.client.notifications(&Paging::default()).await.unwrap();
                all.items[0].notification_id.to_string()
            }
            Op::PutView | Op::DeleteView => self.view(whose).await,
            other => panic!("say what {other:?} is about"),
        }
    }

    /// A title: one that assignees are offered is everybody's own, one that they are not is others'.
    async fn title(&self, whose: Whose) -> ReplyTitleId {
        let title = add_title(self.world).await;
        if whose == Whose::Others {
            self.world.admin.client.reply_title_status(title, ReplyTitleStatus::Inactive).await.unwrap();
        }
        title
    }

    /// A view: one that is shared is everybody's own, a private one of somebody else is others'.
    async fn view(&self, whose: Whose) -> String {
        let (keeper, sharing) = match whose {
            Whose::Own => (&self.world.admin, Sharing::Shared),
            _ => (&self.third, Sharing::Private),
        };
        let new = NewView {
            name: unique(),
            sharing: Some(sharing),
            filter: ViewFilter::all_of(Preset::All),
            columns: Vec::new(),
        };
        keeper.client.save_view(&new).await.unwrap().view_id.to_string()
    }

    async fn ticket_id(&self, whose: Whose) -> TicketId {
        self.ticket(whose).await.unwrap().ticket_id
    }

    fn body(&self, operation: Op, whose: Whose) -> Option<String> {
        let text = match operation {
            Op::UpdateTicket => r#"{"subject":"New"}"#.to_owned(),
            Op::Escalate | Op::AdminCloseTicket => r#"{"reason":"Because"}"#.to_owned(),
            Op::CustomerCloseTicket => "{}".to_owned(),
            Op::AssigneeUpdateTicketStatus | Op::AdminUpdateTicketStatus => r#"{"status":"IN_PROGRESS"}"#.to_owned(),
            Op::AddStartDate => r#"{"startDate":"2026-12-01"}"#.to_owned(),
            Op::CreateTicket | Op::CreateNewTicket => {
                r#"{"subject":"s","description":"d","category":"CARD"}"#.to_owned()
            }
            Op::PutOutboxTime => r#"{"sendAt":"2026-12-01T09:00:00Z"}"#.to_owned(),
            Op::PostOutboxSend => "{}".to_owned(),
            Op::CustomerReplyOnTicket
            | Op::PostOutbox
            | Op::AssigneeReplyOnTicket
            | Op::AdminReplyOnTicket
            | Op::AssigneeAddNote
            | Op::AdminAddNote => r#"{"body":"text"}"#.to_owned(),
            Op::AdminAddAssignee => format!(r#"{{"assigneeId":"{}"}}"#, self.third.id),
            Op::AddFollower => format!(r#"{{"followerId":"{}"}}"#, self.extra_of(whose).id),
            Op::PostTicketReport => "{}".to_owned(),
            Op::PutReplyTitleStatus => r#"{"status":"ACTIVE"}"#.to_owned(),
            Op::PostReplyTitle => format!(r#"{{"title":"{}"}}"#, unique()),
            Op::PostReplyMessage => format!(r#"{{"replyTitleId":"{}","message":"text"}}"#, self.title),
            Op::PutReplyMessage => r#"{"message":"text"}"#.to_owned(),
            Op::PutDraft => r#"{"text":"text"}"#.to_owned(),
            Op::PostSplit => r#"{"subject":"Something else"}"#.to_owned(),
            Op::PostView => format!(r#"{{"name":"{}","filter":{{"base":"MINE"}}}}"#, unique()),
            Op::PutView => "{}".to_owned(),
            Op::PostToken => r#"{"email":"nobody@example.com","password":"wrong"}"#.to_owned(),
            Op::PostSetup => {
                r#"{"token":"t","name":"n","email":"a@b.example","password":"long enough to pass"}"#.to_owned()
            }
            Op::PutPresence => r#"{"activity":"LOOKING"}"#.to_owned(),
            Op::PutPreferences => "{}".to_owned(),
            Op::PutPassword => r#"{"currentPassword":"wrong","newPassword":"short"}"#.to_owned(),
            _ => return None,
        };
        Some(text)
    }

    /// The statuses that are right.
    fn expected(&self, operation: Op, access: Access, success: u16, who: &Who<'_>, whose: Whose) -> Vec<u16> {
        let world = self.world;
        if access == Access::Public {
            return match operation {
                Op::PostToken => vec![401, 429],
                Op::PostServiceToken => vec![422],
                _ => vec![404],
            };
        }
        let Some((member, role)) = who.member else { return vec![401] };
        if let Err(refusal) = access.check(role) {
            return vec![refusal.problem().status];
        }
        let (customer, assignee) = match whose {
            Whose::Own => (Some(&world.customer), Some(&world.assignee)),
            Whose::Others => (Some(&world.other), Some(&world.other_assignee)),
            Whose::Missing => (None, None),
        };
        let is = |person: Option<&Member>| person.is_some_and(|person| person.id == member.id);
        let sees = |allowed: bool| vec![if allowed { success } else { 404 }];
        match operation {
            Op::TicketsByCustomer => sees(role.is_staff() || is(customer)),
            Op::TicketsByFollower => sees(role == Role::Admin || is(customer)),
            Op::TicketsByAssignee => sees(role == Role::Admin || is(assignee)),
            Op::CreateNewTicket => sees(whose != Whose::Missing),
            Op::GetPerson => {
                let colleague = whose == Whose::Own && member.id == world.colleague.id;
                sees(whose != Whose::Missing && (role.is_staff() || is(customer) || colleague))
            }
            Op::DeleteSessionById => sees(is(customer)),
            Op::PutNotificationSeen => sees(is(assignee)),
            Op::PutPassword => vec![422],
            Op::SingleUpload | Op::MultipleUpload => vec![400, 415, 422],
            Op::GetFileThumbnail => vec![404],
            Op::ReplyById
            | Op::NoteById
            | Op::GetFilesByReply
            | Op::GetFilesByNote
            | Op::GetFile
            | Op::GetFileContent
            | Op::DeleteMerge
            | Op::PostSplit => sees(whose != Whose::Missing && (role == Role::Admin || is(customer) || is(assignee))),
            Op::PutReplyTitleStatus
            | Op::GetReplyTitle
            | Op::PutReplyMessage
            | Op::GetReplyMessage
            | Op::PostReplyMessageUse => sees(whose != Whose::Missing && (role == Role::Admin || whose == Whose::Own)),
            // Of the assignee; an admin may only take it back.
            Op::PutOutboxTime | Op::PostOutboxSend | Op::DeleteOutbox => match role {
                Role::Admin if whose == Whose::Missing => vec![404],
                Role::Admin if operation != Op::DeleteOutbox => vec![403],
                _ => sees(role == Role::Admin || is(assignee)),
            },
            // Everybody of staff has a shared view, and admins keep it.
            Op::PutView | Op::DeleteView if whose != Whose::Own => vec![404],
            Op::PutView | Op::DeleteView => vec![if role == Role::Admin { success } else { 403 }],
            _ if !operation.endpoint().path.contains("{ticketId}") => vec![success],
            _ => {
                let actor = Actor { id: member.id, role, organization_id: None };
                let Some((customer, assignee)) = customer.zip(assignee) else { return vec![404] };
                let standing = Standing::of(&actor, customer.id, Some(assignee.id), false, Status::Open);
                if !may(&actor, Action::See, standing) {
                    return vec![404];
                }
                match (operation, may(&actor, action(operation, role), standing)) {
                    (Op::PostClaim | Op::AdminCompleteTicketForAssignee, _) => vec![409],
                    // The admin has assigned the ticket; the assignee has done nothing yet.
                    (Op::PostUndo, true) if role == Role::Assignee => vec![409],
                    (_, true) => vec![success],
                    (_, false) => vec![403],
                }
            }
        }
    }

    async fn ask(&self, operation: Op, who: &Who<'_>, cell: &Cell) -> (u16, String) {
        let endpoint = operation.endpoint();
        let ids: Vec<&(dyn Display + Sync)> = cell.ids.iter().map(|id| id as &(dyn Display + Sync)).collect();
        let mut request =
            Request::builder().method(method(&endpoint)).uri(endpoint.path_with(&ids)).header("if-match", "*");
        if let Some(token) = self.token(operation, who).await {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if cell.body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let request = request.body(Body::from(cell.body.clone().unwrap_or_default())).unwrap();
        let response = self.world.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        if operation == Op::GetEvents && status == 200 {
            return (status, String::new());
        }
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let mut body = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(mut json) = serde_json::from_slice::<serde_json::Value>(&bytes)
            && json.get("requestId").is_some()
        {
            json["requestId"] = "".into();
            body = json.to_string();
        }
        (status, body)
    }

    /// Signing out ends the session it comes by, so it gets one of its own.
    async fn token(&self, operation: Op, who: &Who<'_>) -> Option<String> {
        let (member, _) = who.member?;
        if operation != Op::DeleteSession {
            return Some(member.token.clone());
        }
        let person = member.id;
        Some(self.world.app.db.write(move |tx| begin(tx, person, "once", 3600)).await.unwrap().access_token)
    }
}

/// A name that nothing else has.
fn unique() -> String {
    rand::random::<u64>().to_string()
}

async fn add_title(world: &World) -> ReplyTitleId {
    let new = NewReplyTitle { title: unique() };
    world.admin.client.add_reply_title(&new).await.unwrap().reply_title_id
}

/// The rule behind each operation on a ticket.
fn action(operation: Op, role: Role) -> Action {
    match operation {
        Op::PostOutbox if role == Role::Admin => Action::AdminReply,
        Op::PostOutbox => Action::AssigneeReply,
        Op::UpdateTicket => Action::Edit,
        Op::Escalate => Action::Escalate,
        Op::CustomerCloseTicket => Action::CustomerClose,
        Op::AssigneeUpdateTicketStatus => Action::AssigneeMove,
        Op::AdminUpdateTicketStatus
        | Op::AdminCloseTicket
        | Op::AdminCompleteTicketForAssignee
        | Op::AdminAddAssignee => Action::Administer,
        Op::AddStartDate => Action::SetStartDate,
        Op::CustomerReplyOnTicket => Action::CustomerReply,
        Op::AssigneeReplyOnTicket => Action::AssigneeReply,
        Op::AdminReplyOnTicket => Action::AdminReply,
        Op::AssigneeAddNote => Action::AssigneeNote,
        Op::AdminAddNote => Action::AdminNote,
        Op::AddFollower | Op::DeleteFollower => Action::AddFollower,
        Op::NotesByTicket | Op::GetTicketOutbox | Op::PostUndo | Op::PutPresence => Action::SeeInternal,
        Op::PostClaim => Action::Claim,
        Op::TicketById
        | Op::RepliesByTicket
        | Op::FollowersByTicket
        | Op::AssigneeByTicket
        | Op::GetFilesByTicket
        | Op::GetTicketEvents
        | Op::GetTicket
        | Op::DeleteSeen
        | Op::GetTicketDrafts
        | Op::PutDraft
        | Op::DeleteDraft
        | Op::GetDraftVersions
        | Op::GetMerges => Action::See,
        Op::PostMerge => Action::Merge,
        other => panic!("say which rule {other:?} follows"),
    }
}

fn method(endpoint: &Endpoint) -> http::Method {
    match endpoint.method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Delete => http::Method::DELETE,
    }
}
