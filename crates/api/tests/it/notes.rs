//! Notes: internal text.

use crate::world::{World, note};
use contract::{Code, page::Paging};

#[tokio::test]
async fn staff_who_see_the_ticket_write_and_read_notes() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let ours = world.assignee.client.assignee_note(id, &note("Check the ledger.")).await.unwrap();
    world.admin.client.admin_note(id, &note("Done.")).await.unwrap();
    let notes = world.admin.client.notes(id, &Paging::default()).await.unwrap().items;
    assert_eq!(notes.iter().map(|note| note.body.as_str()).collect::<Vec<_>>(), ["Check the ledger.", "Done."]);
    assert_eq!(world.assignee.client.note(ours.note_id).await.unwrap().author.id, world.assignee.id);
    assert_eq!(world.other_assignee.client.note(ours.note_id).await.unwrap_err().code, Code::NotFound);
    assert_eq!(world.customer.client.note(ours.note_id).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_note_stirs_nothing_that_a_customer_sees() {
    let world = World::new().await;
    let before = world.assigned().await;
    let id = before.ticket_id;
    let seen = world.customer.client.ticket(id).await.unwrap();
    world.clock.advance(3600);
    world.admin.client.admin_note(id, &note("Suspicious.")).await.unwrap();
    let listed = world.customer.client.tickets(&Default::default()).await.unwrap().items.remove(0);
    assert_eq!((listed.unread, listed.version, &listed.updated_at), (false, seen.version, &seen.updated_at));
    assert!(world.assignee.client.tickets(&Default::default()).await.unwrap().items[0].unread);
    let events = world.customer.client.events_of(id, &Paging::default()).await.unwrap().items;
    assert!(events.iter().all(|event| event.what.audience() == contract::event::Audience::Everyone), "{events:?}");
}

#[tokio::test]
async fn for_a_customer_there_are_no_notes_whatever_the_ticket() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.assignee_note(id, &note("Check.")).await.unwrap();
    let own = world.customer.client.notes(id, &Paging::default()).await.unwrap_err();
    let none = world.customer.client.notes(crate::world::missing(), &Paging::default()).await.unwrap_err();
    assert_eq!((own.code, &own.detail), (Code::NotFound, &none.detail));
}
