//! The canned replies of the demo: what a payments helpdesk writes every day.

use super::{plan::ADMIN, play::caller};
use crate::{clock::Timestamp, db::Tx, dice::Dice, error::Error, reply_messages, reply_titles};
use contract::{
    reply_message::NewReplyMessage,
    reply_title::{NewReplyTitle, ReplyTitleStatus},
};

use ReplyTitleStatus::{Active, Inactive};

/// A title, whether it is offered, and its texts.
type Canned = (&'static str, ReplyTitleStatus, &'static [&'static str]);

const CANNED: &[Canned] = &[
    (
        "Greeting and first look",
        Active,
        &[
            "Dear {customer.name},\n\nthank you for writing to us. Your ticket is {ticket.number}, and I am looking into it now. You will hear from me today.\n\nKind regards\n{assignee.name}",
            "Hello {customer.name},\n\nI have taken over your ticket {ticket.number} and read everything you wrote; you need not explain it again.\n\n{assignee.name}",
        ],
    ),
    (
        "Payment charged twice",
        Active,
        &[
            "Hello {customer.name},\n\nI see both entries. The second one is a reservation, not a charge: it disappears from your account within three working days, without any action on your side.\n\n{assignee.name}",
            "Hello {customer.name},\n\nyou were indeed charged twice, and I am sorry. The second charge is on its way back to you; banks take two to five working days to show it. I keep {ticket.number} open until then.\n\n{assignee.name}",
        ],
    ),
    (
        "Payment pending",
        Active,
        &[
            "Hello {customer.name},\n\nyour payment waits for the confirmation of your bank. Please open your banking app and approve it there; it lapses after 24 hours and can then simply be made again.\n\n{assignee.name}",
        ],
    ),
    (
        "Refund: on its way",
        Active,
        &[
            "Hello {customer.name},\n\nthe refund was sent today. It arrives on the card or account that you paid with, within five working days; some banks show it under the date of the purchase.\n\n{assignee.name}",
            "Hello {customer.name},\n\nthe merchant has agreed to the refund and we have passed it on. Nothing is left for you to do. Should it not have arrived within ten days, answer here: {ticket.number} stays open.\n\n{assignee.name}",
        ],
    ),
    (
        "Refund: what we need",
        Active,
        &[
            "Hello {customer.name},\n\nto ask the merchant for your money we need:\n\n- the number of the order,\n- the date and the amount,\n- what you and the merchant agreed on, if anything.\n\nPlease never send us a full card number.\n\n{assignee.name}",
        ],
    ),
    (
        "Card blocked or lost",
        Active,
        &[
            "Hello {customer.name},\n\nyour card is blocked as of now, and nothing can be paid with it any more. A new one is on its way and arrives within five working days. The number changes, so standing payments need the new one.\n\n{assignee.name}",
            "Hello {customer.name},\n\nthe block is lifted. It was set because the PIN was wrong three times. Please use the card once with its PIN before you pay without contact again.\n\n{assignee.name}",
        ],
    ),
    (
        "Transfer returned",
        Active,
        &[
            "Hello {customer.name},\n\nthe other bank has returned your transfer, because name and account number do not belong together. The amount is back on your account. Please compare both with the invoice before you send it again.\n\n{assignee.name}",
        ],
    ),
    (
        "Verification: documents",
        Active,
        &[
            "Hello {customer.name},\n\nthank you. On the picture of your document the lower edge is cut off, so the check could not read it. Please photograph it once more on a dark table, with all four corners visible.\n\n{assignee.name}",
            "Hello {customer.name},\n\nyour documents are complete and with our colleagues of the verification team. They need one working day, and {ticket.number} will tell you the result.\n\n{assignee.name}",
        ],
    ),
    (
        "Webhooks and API",
        Active,
        &[
            "Hello {customer.name},\n\nyour endpoint answered our calls with an error, so we stopped after ten tries. As soon as it answers with status 200 to a body such as `{\"event\": \"test\"}`, tell me and I will send what you missed again, in order.\n\n{assignee.name}",
        ],
    ),
    (
        "No answer yet",
        Active,
        &[
            "Hello {customer.name},\n\ndid my last message reach you? I need your answer to go on with {ticket.number}. If I hear nothing for two weeks I will close it; a new ticket can follow at any time.\n\n{assignee.name}",
        ],
    ),
    (
        "Solved, thank you",
        Active,
        &[
            "Hello {customer.name},\n\nthen all is settled, and I close the work on {ticket.number}. If anything comes up again, answer here or write a new ticket.\n\nAll the best\n{assignee.name}",
        ],
    ),
    (
        "Outage of 3 March",
        Inactive,
        &[
            "Hello {customer.name},\n\nbetween 9:10 and 10:45 some payments failed because of a fault in our data centre. Nothing was charged. It works again; please repeat your payment.\n\n{assignee.name}",
        ],
    ),
    (
        "Old fee schedule",
        Inactive,
        &["Hello {customer.name},\n\nuntil the end of last year a transfer abroad cost 4.90 EUR.\n\n{assignee.name}"],
    ),
];

/// Writes them down at this time, in the admin's name, and counts the uses of the months since.
///
/// # Errors
/// When an action refuses one: it breaks a rule.
pub fn write_down(tx: &mut Tx<'_>, at: Timestamp, dice: &mut Dice) -> Result<(), Error> {
    tx.set_now(at);
    let admin = caller(ADMIN);
    for (title, status, messages) in CANNED {
        let new = NewReplyTitle { title: (*title).to_owned() };
        let title = reply_titles::actions::add(tx, &admin, new)?;
        for message in *messages {
            let new = NewReplyMessage { reply_title_id: title.reply_title_id, message: (*message).to_owned() };
            let message = reply_messages::actions::add(tx, &admin, new)?;
            for _ in 0..dice.between(0, 60) {
                reply_messages::actions::count_use(tx, &admin, message.reply_message_id)?;
            }
        }
        reply_titles::actions::set_status(tx, title.reply_title_id, *status)?;
    }
    Ok(())
}
