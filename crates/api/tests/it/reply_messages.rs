//! Texts of canned replies.

use crate::world::{Member, World, missing};
use contract::{
    Code,
    id::{ReplyMessageId, ReplyTitleId},
    reply_message::{NewReplyMessage, ReplyMessage, ReplyMessageEdit, ReplyMessageFilter},
    reply_title::{NewReplyTitle, ReplyTitleStatus},
    text::BODY_MAX,
};

async fn title(world: &World, title: &str) -> ReplyTitleId {
    let new = NewReplyTitle { title: title.to_owned() };
    world.admin.client.add_reply_title(&new).await.unwrap().reply_title_id
}

async fn add(world: &World, reply_title_id: ReplyTitleId, message: &str) -> ReplyMessage {
    world.clock.advance(1);
    let new = NewReplyMessage { reply_title_id, message: message.to_owned() };
    world.admin.client.add_reply_message(&new).await.unwrap()
}

fn edit(message: &str) -> ReplyMessageEdit {
    ReplyMessageEdit { message: message.to_owned() }
}

async fn messages(who: &Member, filter: &ReplyMessageFilter) -> Vec<String> {
    who.client.reply_messages(filter).await.unwrap().items.into_iter().map(|message| message.message).collect()
}

#[tokio::test]
async fn a_message_is_added_read_changed_and_counted_below_its_title() {
    let world = World::new().await;
    let refund = title(&world, "Refund").await;
    let added = add(&world, refund, "\nDear {customer.name},\r\nall is well.  \n").await;
    assert_eq!((added.message.as_str(), added.uses), ("Dear {customer.name},\nall is well.", 0));
    assert_eq!(world.assignee.client.reply_message(added.reply_message_id).await.unwrap(), added);
    assert_eq!(world.assignee.client.reply_title(refund).await.unwrap().messages, 1);
    let changed =
        world.admin.client.edit_reply_message(added.reply_message_id, &edit("{ticket.number} is done.")).await.unwrap();
    assert_eq!(changed, ReplyMessage { message: "{ticket.number} is done.".to_owned(), ..added });
}

#[tokio::test]
async fn a_text_that_does_not_pass_is_refused_by_its_field() {
    let world = World::new().await;
    let refund = title(&world, "Refund").await;
    let id = add(&world, refund, "Hello").await.reply_message_id;
    for bad in ["", "  ", "{customer.email}", "{ customer.name }", "null\u{0}byte", &"x".repeat(BODY_MAX + 1)] {
        let new = NewReplyMessage { reply_title_id: refund, message: bad.to_owned() };
        let added = world.admin.client.add_reply_message(&new).await.unwrap_err();
        let changed = world.admin.client.edit_reply_message(id, &edit(bad)).await.unwrap_err();
        for refused in [added, changed] {
            assert_eq!((refused.code, refused.about("message").is_some()), (Code::InvalidFields, true), "{bad:.20}");
        }
    }
    let unknown = world.admin.client.edit_reply_message(id, &edit("{customer.email}")).await.unwrap_err();
    let said = unknown.about("message").unwrap();
    assert!(said.contains("{customer.email}") && said.contains("{customer.name}, {ticket.number}"), "{said}");
    assert_eq!(world.admin.client.reply_message(id).await.unwrap().message, "Hello");
    let nowhere = NewReplyMessage { reply_title_id: ReplyTitleId(missing().0), message: "Hello".to_owned() };
    let refused = world.admin.client.add_reply_message(&nowhere).await.unwrap_err();
    assert!(refused.about("replyTitleId").is_some(), "{refused}");
    let missing = ReplyMessageId(missing().0);
    assert_eq!(world.admin.client.edit_reply_message(missing, &edit("x")).await.unwrap_err().code, Code::NotFound);
    assert_eq!(world.admin.client.reply_message(missing).await.unwrap_err().code, Code::NotFound);
    assert_eq!(world.admin.client.use_reply_message(missing).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn an_assignee_sees_and_uses_messages_of_active_titles_only() {
    let world = World::new().await;
    let (offered, withdrawn) = (title(&world, "Offered").await, title(&world, "Withdrawn").await);
    let open = add(&world, offered, "Open").await.reply_message_id;
    let hidden = add(&world, withdrawn, "Hidden").await.reply_message_id;
    world.admin.client.reply_title_status(withdrawn, ReplyTitleStatus::Inactive).await.unwrap();
    let (all, of) = (ReplyMessageFilter::default(), |id| ReplyMessageFilter {
        reply_title_id: Some(id),
        ..ReplyMessageFilter::default()
    });
    assert_eq!(messages(&world.assignee, &all).await, ["Open"]);
    assert_eq!(messages(&world.assignee, &of(withdrawn)).await, [""; 0]);
    assert_eq!(messages(&world.admin, &all).await, ["Open", "Hidden"]);
    assert_eq!(messages(&world.admin, &of(withdrawn)).await, ["Hidden"]);
    assert_eq!(world.assignee.client.reply_message(hidden).await.unwrap_err().code, Code::NotFound);
    assert_eq!(world.assignee.client.use_reply_message(hidden).await.unwrap_err().code, Code::NotFound);
    world.assignee.client.use_reply_message(open).await.unwrap();
    world.admin.client.use_reply_message(open).await.unwrap();
    world.admin.client.use_reply_message(hidden).await.unwrap();
    let once = world.assignee.client.with_idempotency_key("one-insertion");
    once.use_reply_message(open).await.unwrap();
    once.use_reply_message(open).await.unwrap();
    assert_eq!(world.assignee.client.reply_message(open).await.unwrap().uses, 3);
    assert_eq!(world.admin.client.reply_message(hidden).await.unwrap().uses, 1);
}

#[tokio::test]
async fn only_admins_keep_messages_and_customers_have_none() {
    let world = World::new().await;
    let refund = title(&world, "Refund").await;
    let id = add(&world, refund, "Hello").await.reply_message_id;
    let new = NewReplyMessage { reply_title_id: refund, message: "Mine".to_owned() };
    for who in [&world.customer, &world.assignee] {
        assert_eq!(who.client.add_reply_message(&new).await.unwrap_err().code, Code::Forbidden);
        assert_eq!(who.client.edit_reply_message(id, &edit("x")).await.unwrap_err().code, Code::Forbidden);
    }
    let customer = &world.customer.client;
    assert_eq!(customer.reply_messages(&Default::default()).await.unwrap_err().code, Code::Forbidden);
    assert_eq!(customer.reply_message(id).await.unwrap_err().code, Code::Forbidden);
    assert_eq!(customer.use_reply_message(id).await.unwrap_err().code, Code::Forbidden);
}

#[tokio::test]
async fn messages_are_listed_by_title_and_age_in_pages() {
    let world = World::new().await;
    let (refund, card) = (title(&world, "refund").await, title(&world, "Card").await);
    for (of, text) in [(refund, "r1"), (card, "c1"), (refund, "r2"), (card, "c2"), (refund, "r3")] {
        add(&world, of, text).await;
    }
    let mut filter = ReplyMessageFilter { page_size: Some(2), ..ReplyMessageFilter::default() };
    let mut paged = Vec::new();
    loop {
        let page = world.assignee.client.reply_messages(&filter).await.unwrap();
        assert!(page.items.len() <= 2);
        paged.extend(page.items.into_iter().map(|message| message.message));
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, ["c1", "c2", "r1", "r2", "r3"]);
    let filter = ReplyMessageFilter { cursor: Some("W10".to_owned()), ..ReplyMessageFilter::default() };
    assert_eq!(world.admin.client.reply_messages(&filter).await.unwrap_err().code, Code::MalformedCursor);
    let filter = ReplyMessageFilter { page_size: Some(201), ..ReplyMessageFilter::default() };
    assert!(world.admin.client.reply_messages(&filter).await.unwrap_err().about("pageSize").is_some());
}
