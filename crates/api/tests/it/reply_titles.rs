//! Titles of canned replies.

use crate::world::{Member, World, missing};
use contract::{
    Code,
    id::ReplyTitleId,
    reply_title::{NewReplyTitle, ReplyTitle, ReplyTitleFilter, ReplyTitleStatus},
};

async fn add(world: &World, title: &str) -> ReplyTitle {
    world.admin.client.add_reply_title(&NewReplyTitle { title: title.to_owned() }).await.unwrap()
}

async fn titles(who: &Member, filter: &ReplyTitleFilter) -> Vec<String> {
    who.client.reply_titles(filter).await.unwrap().items.into_iter().map(|title| title.title).collect()
}

#[tokio::test]
async fn a_title_is_added_active_and_can_be_withdrawn_and_offered_again() {
    let world = World::new().await;
    let added = add(&world, "  Refund\u{200B} on its way ").await;
    assert_eq!(
        (added.title.as_str(), added.status, added.messages),
        ("Refund on its way", ReplyTitleStatus::Active, 0)
    );
    assert_eq!(world.assignee.client.reply_title(added.reply_title_id).await.unwrap(), added);
    let withdrawn =
        world.admin.client.reply_title_status(added.reply_title_id, ReplyTitleStatus::Inactive).await.unwrap();
    assert_eq!(withdrawn.status, ReplyTitleStatus::Inactive);
    let again = world.admin.client.reply_title_status(added.reply_title_id, ReplyTitleStatus::Inactive).await.unwrap();
    assert_eq!(again, withdrawn, "doing it twice is no fault");
    assert_eq!(world.assignee.client.reply_title(added.reply_title_id).await.unwrap_err().code, Code::NotFound);
    assert_eq!(world.admin.client.reply_title(added.reply_title_id).await.unwrap(), withdrawn);
    world.admin.client.reply_title_status(added.reply_title_id, ReplyTitleStatus::Active).await.unwrap();
    assert_eq!(world.assignee.client.reply_title(added.reply_title_id).await.unwrap(), added);
}

#[tokio::test]
async fn no_two_titles_differ_by_case_alone() {
    let world = World::new().await;
    let first = add(&world, "Überweisung fehlt").await;
    let same = NewReplyTitle { title: "ÜBERWEISUNG  fehlt".replace("  ", " ") };
    assert_eq!(world.admin.client.add_reply_title(&same).await.unwrap_err().code, Code::TitleTaken);
    world.admin.client.reply_title_status(first.reply_title_id, ReplyTitleStatus::Inactive).await.unwrap();
    let refused = world.admin.client.add_reply_title(&same).await.unwrap_err();
    assert_eq!((refused.code, refused.status), (Code::TitleTaken, 409), "a withdrawn one has its title still");
}

#[tokio::test]
async fn a_title_that_does_not_pass_is_refused() {
    let world = World::new().await;
    for bad in ["", " \u{200B}", "two\nlines", &"x".repeat(101)] {
        let refused = world.admin.client.add_reply_title(&NewReplyTitle { title: bad.to_owned() }).await.unwrap_err();
        assert!(refused.about("title").is_some(), "{bad:?}: {refused}");
    }
    let nowhere = world.admin.client.reply_title_status(ReplyTitleId(missing().0), ReplyTitleStatus::Active).await;
    assert_eq!(nowhere.unwrap_err().code, Code::NotFound);
    let id = add(&world, "Real").await.reply_title_id;
    let path = format!("/finsupport/1.0.0/reply-titles/{id}/status");
    let refused = world.ask(&world.admin, "PUT", &path, Some(r#"{"status":"GONE"}"#)).await;
    assert!(refused.problem().about("status").is_some_and(|said| said.contains("ACTIVE")), "{}", refused.body);
}

#[tokio::test]
async fn only_admins_keep_titles_and_customers_have_none() {
    let world = World::new().await;
    let id = add(&world, "Refund").await.reply_title_id;
    let new = NewReplyTitle { title: "Mine".to_owned() };
    for who in [&world.customer, &world.assignee] {
        assert_eq!(who.client.add_reply_title(&new).await.unwrap_err().code, Code::Forbidden);
        let refused = who.client.reply_title_status(id, ReplyTitleStatus::Inactive).await.unwrap_err();
        assert_eq!(refused.code, Code::Forbidden);
    }
    let all = ReplyTitleFilter::default();
    assert_eq!(world.customer.client.reply_titles(&all).await.unwrap_err().code, Code::Forbidden);
    assert_eq!(world.customer.client.reply_title(id).await.unwrap_err().code, Code::Forbidden);
}

#[tokio::test]
async fn titles_are_listed_in_order_by_status_and_in_pages() {
    let world = World::new().await;
    for title in ["cards", "Banks", "älter", "Accounts", "disputes"] {
        add(&world, title).await;
    }
    let gone = add(&world, "Zebra").await.reply_title_id;
    world.admin.client.reply_title_status(gone, ReplyTitleStatus::Inactive).await.unwrap();
    let all = ReplyTitleFilter::default();
    let of = |status| ReplyTitleFilter { status: Some(status), ..ReplyTitleFilter::default() };
    let active = ["Accounts", "Banks", "cards", "disputes", "älter"];
    assert_eq!(titles(&world.admin, &all).await, ["Accounts", "Banks", "cards", "disputes", "Zebra", "älter"]);
    assert_eq!(titles(&world.assignee, &all).await, active);
    assert_eq!(titles(&world.admin, &of(ReplyTitleStatus::Active)).await, active);
    assert_eq!(titles(&world.admin, &of(ReplyTitleStatus::Inactive)).await, ["Zebra"]);
    assert_eq!(titles(&world.assignee, &of(ReplyTitleStatus::Inactive)).await, [""; 0], "an assignee knows of none");
    let mut filter = ReplyTitleFilter { page_size: Some(2), ..ReplyTitleFilter::default() };
    let mut paged = Vec::new();
    loop {
        let page = world.assignee.client.reply_titles(&filter).await.unwrap();
        paged.extend(page.items.into_iter().map(|title| title.title));
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, active);
    let filter = ReplyTitleFilter { cursor: Some("nonsense".to_owned()), ..ReplyTitleFilter::default() };
    assert_eq!(world.admin.client.reply_titles(&filter).await.unwrap_err().code, Code::MalformedCursor);
    let filter = ReplyTitleFilter { page_size: Some(0), ..ReplyTitleFilter::default() };
    assert!(world.admin.client.reply_titles(&filter).await.unwrap_err().about("pageSize").is_some());
}

#[tokio::test]
async fn a_repeated_key_adds_one_title() {
    let world = World::new().await;
    let new = NewReplyTitle { title: "Once".to_owned() };
    let client = world.admin.client.with_idempotency_key("the-same");
    let first = client.add_reply_title(&new).await.unwrap();
    assert_eq!(client.add_reply_title(&new).await.unwrap(), first);
    let other = NewReplyTitle { title: "Twice".to_owned() };
    assert_eq!(client.add_reply_title(&other).await.unwrap_err().code, Code::IdempotencyKeyReused);
    assert_eq!(titles(&world.admin, &ReplyTitleFilter::default()).await, ["Once"]);
}
