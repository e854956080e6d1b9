//! Who is at a ticket, as staff hear of it and nobody else.

use crate::{
    feed::{Feed, Heard},
    world::{Member, World, missing, reply},
};
use api::Caller;
use contract::{
    Actor, Code, Role,
    id::{PersonId, SessionId},
    presence::{Activity, PRESENT_SECONDS, Presence},
};

async fn present(feed: &mut Feed) -> Presence {
    loop {
        match feed.next().await {
            Heard::Named(name, data) if name == "presence" => return serde_json::from_str(&data).unwrap(),
            Heard::Named(..) | Heard::Event(_) => {}
            Heard::Over => panic!("the feed ended"),
        }
    }
}

fn who(presence: &Presence) -> Vec<(PersonId, bool)> {
    presence.people.iter().map(|present| (present.person.id, present.typing)).collect()
}

#[tokio::test]
async fn staff_hear_who_looks_who_types_and_who_leaves() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let mut feed = Feed::open(&world.admin, None).await;
    let colleague = &world.assignee;
    for (activity, expected) in [
        (Activity::Looking, vec![(colleague.id, false)]),
        (Activity::Typing, vec![(colleague.id, true)]),
        (Activity::Gone, vec![]),
    ] {
        colleague.client.be_present(id, activity).await.unwrap();
        // A feed that has just opened may hear twice of whoever came at that moment.
        loop {
            let heard = present(&mut feed).await;
            assert_eq!(heard.ticket_id, id);
            if who(&heard) == expected {
                break;
            }
        }
    }
}

#[tokio::test]
async fn whoever_opens_the_desk_hears_who_is_there_already_and_never_of_themselves() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    world.assignee.client.be_present(id, Activity::Looking).await.unwrap();
    world.admin.client.be_present(id, Activity::Typing).await.unwrap();
    let mut feed = Feed::open(&world.admin, None).await;
    let heard = present(&mut feed).await;
    assert_eq!(who(&heard), [(world.assignee.id, false)]);
    assert!(heard.people.iter().all(|present| present.person.email.is_none()));
}

#[tokio::test]
async fn whoever_says_nothing_more_has_left() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    world.assignee.client.be_present(id, Activity::Looking).await.unwrap();
    let now = world.app.clock.now();
    assert_eq!(world.app.presences.forget(now.plus_seconds(PRESENT_SECONDS - 1)), []);
    assert_eq!(world.app.presences.forget(now.plus_seconds(PRESENT_SECONDS)), [id]);
    assert_eq!(world.app.presences.tickets(), []);
}

#[tokio::test]
async fn only_staff_who_see_the_ticket_are_present_and_hear_of_it() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let hidden = |who: &Member| {
        let client = who.client.clone();
        async move { client.be_present(id, Activity::Looking).await.unwrap_err().code }
    };
    assert_eq!(hidden(&world.customer).await, Code::NotFound);
    assert_eq!(hidden(&world.other_assignee).await, Code::NotFound);
    let nowhere = world.admin.client.be_present(missing(), Activity::Looking).await.unwrap_err();
    assert_eq!(nowhere.code, Code::NotFound);

    let mut customer = Feed::open(&world.customer, None).await;
    let mut blind = Feed::open(&world.other_assignee, None).await;
    world.admin.client.be_present(id, Activity::Typing).await.unwrap();
    world.assignee.client.assignee_reply(id, &reply("hello")).await.unwrap();
    let elsewhere = world.ticket().await;
    let Heard::Named(ready, _) = customer.next().await else { panic!("the feed begins") };
    assert_eq!(ready, "ready");
    assert!(matches!(customer.next().await, Heard::Event(_)), "the reply is the first thing a customer hears");
    assert!(matches!(blind.next().await, Heard::Named(name, _) if name == "ready"));
    let Heard::Event(event) = blind.next().await else { panic!("another assignee heard of a ticket they do not see") };
    assert_eq!(event.ticket_id, elsewhere.ticket_id);
}

#[tokio::test]
async fn people_in_one_session_are_there_each_for_themselves() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let presences = &world.app.presences;
    let caller = |member: &Member| {
        let (id, role, session_id) = (member.id, Role::Assignee, SessionId(missing().0));
        let actor = Actor { id, role, organization_id: None };
        Caller { actor, name: member.email.clone(), email: member.email.clone(), session_id }
    };
    let now = world.app.clock.now();
    for member in [&world.assignee, &world.other_assignee] {
        assert!(presences.put(&caller(member), id, Activity::Looking, now), "it is news");
    }
    assert_eq!(presences.at(id, world.admin.id).people.len(), 2);
}
