//! The conformance suite: every operation of Finsupport through the typed client, with its success and each refusal that
//! the OpenAPI document names, every answer held against its schema. The same assertions are made of the service in this
//! process, and of a site of its own process in front of a second one that acts as the gateway.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod basics;
mod doors;
mod files;
mod ledger;
mod lists;
#[path = "../process/mod.rs"]
mod process;
mod replies;
mod reply_titles;
mod reports;
mod tickets;

use doors::Doors;

#[tokio::test(flavor = "multi_thread")]
async fn the_embedded_service_conforms() {
    conforms(&Doors::embedded().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_in_front_of_a_gateway_conforms() {
    conforms(&Doors::remote().await).await;
}

async fn conforms(doors: &Doors) {
    basics::every_operation_refuses_what_none_may_take(doors).await;
    tickets::are_filed_edited_escalated_and_closed(doors).await;
    tickets::move_as_the_states_allow(doors).await;
    tickets::are_given_to_assignees_and_followers(doors).await;
    tickets::that_were_merged_take_nothing(doors).await;
    replies::and_notes_are_written_and_read(doors).await;
    files::come_in_go_out_and_are_counted(doors).await;
    lists::show_what_their_reader_sees(doors).await;
    lists::enumerations_are_told(doors).await;
    reports::tell_of_tickets(doors).await;
    reply_titles::and_messages_are_kept(doors).await;
    doors.ledger.everything_documented_has_been_seen();
}
