//! Operations 46–53.

use crate::doors::{Doors, code};
use contract::{
    Code,
    reply_message::{NewReplyMessage, ReplyMessageEdit, ReplyMessageFilter},
    reply_title::{NewReplyTitle, ReplyTitleFilter, ReplyTitleStatus},
};

pub async fn and_messages_are_kept(doors: &Doors) {
    let Doors { customer, assignee, admin, .. } = doors;
    let title = |text: &str| NewReplyTitle { title: text.to_owned() };
    let adding = admin.client.with_idempotency_key("title");
    let kept = adding.add_reply_title(&title("Refund is on its way")).await.unwrap();
    assert_eq!(code(adding.add_reply_title(&title("Other")).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.add_reply_title(&title("REFUND is on its way")).await), Code::TitleTaken);
    let id = kept.reply_title_id;

    let message = |text: &str| NewReplyMessage { reply_title_id: id, message: text.to_owned() };
    let adding = admin.client.with_idempotency_key("message");
    let first = adding.add_reply_message(&message("Hello {customer.name}.")).await.unwrap();
    assert_eq!(code(adding.add_reply_message(&message("Other")).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.add_reply_message(&message("Hello {customer.nam}")).await), Code::InvalidFields);
    let edit = |text: &str| ReplyMessageEdit { message: text.to_owned() };
    let editing = admin.client.with_idempotency_key("edit");
    let edited = editing.edit_reply_message(first.reply_message_id, &edit("Hi {customer.name}.")).await.unwrap();
    assert_eq!(edited.message, "Hi {customer.name}.");
    assert_eq!(
        code(editing.edit_reply_message(first.reply_message_id, &edit("Other")).await),
        Code::IdempotencyKeyReused
    );

    let of_title = ReplyMessageFilter { reply_title_id: Some(id), ..ReplyMessageFilter::default() };
    assert_eq!(assignee.client.reply_messages(&of_title).await.unwrap().items, std::slice::from_ref(&edited));
    assert_eq!(assignee.client.reply_message(first.reply_message_id).await.unwrap(), edited);
    assert_eq!(assignee.client.reply_title(id).await.unwrap().messages, 1);
    assert_eq!(code(customer.client.reply_titles(&ReplyTitleFilter::default()).await), Code::Forbidden);

    let switching = admin.client.with_idempotency_key("switch");
    let off = switching.reply_title_status(id, ReplyTitleStatus::Inactive).await.unwrap();
    assert_eq!(off.status, ReplyTitleStatus::Inactive);
    assert_eq!(code(switching.reply_title_status(id, ReplyTitleStatus::Active).await), Code::IdempotencyKeyReused);
    assert_eq!(code(assignee.client.reply_title(id).await), Code::NotFound);
    assert_eq!(code(assignee.client.reply_message(first.reply_message_id).await), Code::NotFound);
    let all = ReplyTitleFilter { page_size: Some(200), ..ReplyTitleFilter::default() };
    let is_there = |page: contract::page::Page<contract::reply_title::ReplyTitle>| {
        page.items.iter().any(|t| t.reply_title_id == id)
    };
    assert!(is_there(admin.client.reply_titles(&all).await.unwrap()));
    assert!(!is_there(assignee.client.reply_titles(&all).await.unwrap()));
}
