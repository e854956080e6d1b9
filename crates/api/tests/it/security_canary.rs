//! A canary in a note must appear in no byte that a customer receives.

use crate::world::{World, missing, reply};
use contract::{Role, endpoints::Method, id::TicketId, note::NewNote};
use std::fmt::Display;

const CANARY: &str = "canaryx7q";

#[tokio::test]
async fn a_notes_text_and_file_name_reach_no_customer() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
    let replied = world.assignee.client.assignee_reply(id, &reply("Hello")).await.unwrap();
    let file =
        world.assignee.client.upload_all(vec![(format!("{CANARY}.txt"), CANARY.into())]).await.unwrap().remove(0);
    let note = NewNote { body: format!("The secret is {CANARY}"), file_ids: vec![file.file_id] };
    let note = world.assignee.client.assignee_note(id, &note).await.unwrap();

    for reader in [&world.customer, &world.colleague, &world.other] {
        for route in api::routes::table() {
            let endpoint = route.operation.endpoint();
            if endpoint.method != Method::Get
                || endpoint.path == "/events"
                || route.access.check(Role::Customer).is_err()
            {
                continue;
            }
            for path in
                paths(endpoint.base, endpoint.path, id, &[&replied.reply_id, &note.note_id, &file.file_id, &reader.id])
            {
                for query in ["", &format!("?q={CANARY}")] {
                    let answer = world.ask(reader, "GET", &format!("{path}{query}"), None).await;
                    assert!(!format!("{:?}", answer.headers).contains(CANARY), "{path}{query}");
                    assert!(
                        !answer.body.replace(&format!("q={CANARY}"), "").contains(CANARY),
                        "{path}{query}: {}",
                        answer.body
                    );
                }
            }
        }
        let seen = format!("/finsupport/1.0.0/tickets/{id}/seen");
        assert!(!world.ask(reader, "PUT", &seen, None).await.body.contains(CANARY));
    }
    let staff = world.ask(&world.assignee, "GET", &format!("/finsupport/1.0.0/tickets/{id}/notes"), None).await;
    assert!(staff.body.contains(CANARY), "the canary is there to be found");
}

/// The path with each of these ids in its place.
fn paths(base: &str, path: &str, ticket: TicketId, ids: &[&dyn Display]) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![format!("{base}{path}")] };
    let (name, after) = rest.split_once('}').unwrap();
    let mut candidates: Vec<String> = ids.iter().map(ToString::to_string).collect();
    candidates.extend([ticket.to_string(), missing().to_string()]);
    assert!(!after.contains('{') && !name.is_empty(), "one id in {path}");
    candidates.iter().map(|id| format!("{base}{before}{id}{after}")).collect()
}
