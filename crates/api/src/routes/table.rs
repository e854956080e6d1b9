//! The rows, in the order of the contract.

use super::{Access, Many, Route};
use crate::{enums, events, files, followers, notes, people, replies, sessions, tickets};
use contract::{
    choice::Choice,
    endpoints::Operation as Op,
    event::Event,
    file::{File, FileFilter},
    follower::NewFollower,
    note::{NewNote, Note},
    page::Paging,
    person::{Contact, PeopleFilter, Person},
    reply::{NewReply, Reply},
    session::{Credentials, PasswordChange, Session, Setup, Token, Viewer},
    ticket::{
        AdminClose, CustomerClose, NewAssignee, NewEscalation, NewTicket, StartDate, StatusUpdate, Ticket, TicketEdit,
        TicketFilter,
    },
};

/// Every operation the service answers.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    use Access::{Admin, Assignee, Customer, Public, SignedIn, Staff, StaffOrMissing};
    vec![
        Route::new(Op::TicketById, SignedIn, tickets::see).answers::<Ticket>(200),
        Route::new(Op::UpdateTicket, SignedIn, tickets::edit).takes::<TicketEdit>().answers::<Ticket>(200),
        Route::new(Op::Escalate, SignedIn, tickets::escalate).takes::<NewEscalation>().answers::<Ticket>(200),
        Route::new(Op::CustomerCloseTicket, Customer, tickets::customer_close).takes::<CustomerClose>().answers::<Ticket>(200),
        Route::new(Op::AssigneeUpdateTicketStatus, Assignee, tickets::assignee_status).takes::<StatusUpdate>().answers::<Ticket>(200),
        Route::new(Op::AdminUpdateTicketStatus, Admin, tickets::admin_status).takes::<StatusUpdate>().answers::<Ticket>(200),
        Route::new(Op::AdminCloseTicket, Admin, tickets::admin_close).takes::<AdminClose>().answers::<Ticket>(200),
        Route::new(Op::AddStartDate, Staff, tickets::start_date).takes::<StartDate>().answers::<Ticket>(200),
        Route::new(Op::AdminCompleteTicketForAssignee, Admin, tickets::complete_for_assignee).answers::<Ticket>(200),
        Route::new(Op::SingleUpload, SignedIn, files::upload).takes_upload("file", Many::One).answers::<File>(201),
        Route::new(Op::MultipleUpload, SignedIn, files::upload_all).takes_upload("files", Many::List).answers_list::<File>(201),
        Route::new(Op::CustomerReplyOnTicket, Customer, replies::customer).takes::<NewReply>().answers::<Reply>(201),
        Route::new(Op::CreateTicket, Customer, tickets::create).takes::<NewTicket>().answers::<Ticket>(201),
        Route::new(Op::CreateNewTicket, Staff, tickets::create_for).takes::<NewTicket>().answers::<Ticket>(201),
        Route::new(Op::AssigneeReplyOnTicket, Assignee, replies::assignee).takes::<NewReply>().answers::<Reply>(201),
        Route::new(Op::AssigneeAddNote, Assignee, notes::assignee).takes::<NewNote>().answers::<Note>(201),
        Route::new(Op::AdminReplyOnTicket, Admin, replies::admin).takes::<NewReply>().answers::<Reply>(201),
        Route::new(Op::AdminAddNote, Admin, notes::admin).takes::<NewNote>().answers::<Note>(201),
        Route::new(Op::AdminAddAssignee, Admin, tickets::assign).takes::<NewAssignee>().answers::<Ticket>(200),
        Route::new(Op::AddFollower, SignedIn, followers::add).takes::<NewFollower>().answers::<Person>(201),
        Route::new(Op::TicketStatusEnums, SignedIn, enums::statuses).answers_list::<Choice>(200),
        Route::new(Op::RoleEnums, SignedIn, enums::roles).answers_list::<Choice>(200),
        Route::new(Op::PriorityEnums, SignedIn, enums::priorities).answers_list::<Choice>(200),
        Route::new(Op::GetMyFiles, SignedIn, files::mine).asks::<FileFilter>().answers_page::<File>(),
        Route::new(Op::Tickets, SignedIn, tickets::list).asks::<TicketFilter>().answers_page::<Ticket>(),
        Route::new(Op::TicketsByCustomer, SignedIn, tickets::of_customer).asks::<TicketFilter>().answers_page::<Ticket>(),
        Route::new(Op::TicketsByFollower, SignedIn, tickets::of_follower).asks::<TicketFilter>().answers_page::<Ticket>(),
        Route::new(Op::TicketsByAssignee, SignedIn, tickets::of_assignee).asks::<TicketFilter>().answers_page::<Ticket>(),
        Route::new(Op::RepliesByTicket, SignedIn, replies::list).asks::<Paging>().answers_page::<Reply>(),
        Route::new(Op::NotesByTicket, StaffOrMissing, notes::list).asks::<Paging>().answers_page::<Note>(),
        Route::new(Op::ReplyById, SignedIn, replies::one).answers::<Reply>(200),
        Route::new(Op::NoteById, StaffOrMissing, notes::one).answers::<Note>(200),
        Route::new(Op::FollowersByTicket, SignedIn, followers::list).asks::<Paging>().answers_page::<Person>(),
        Route::new(Op::AssigneeByTicket, SignedIn, tickets::assignee).answers::<Person>(200),
        Route::new(Op::CategoryEnums, SignedIn, enums::categories).answers_list::<Choice>(200),
        Route::new(Op::GetFile, SignedIn, files::file).answers::<File>(200),
        Route::new(Op::GetFilesByTicket, SignedIn, files::of_ticket).asks::<Paging>().answers_page::<File>(),
        Route::new(Op::GetFileContent, SignedIn, files::content).asks::<files::Shown>().streams("application/octet-stream"),
        Route::new(Op::GetFileThumbnail, SignedIn, files::thumbnail).streams("image/*"),

        Route::new(Op::PostToken, Public, sessions::sign_in).takes::<Credentials>().answers::<Token>(200),
        Route::new(Op::PostServiceToken, Public, sessions::service_token).takes_form(&["grant_type"]).answers::<Token>(200),
        Route::new(Op::PostSetup, Public, sessions::set_up).takes::<Setup>().answers::<Token>(200),
        Route::new(Op::GetSession, SignedIn, sessions::session).answers::<Viewer>(200),
        Route::new(Op::DeleteSession, SignedIn, sessions::sign_out).answers_nothing(),
        Route::new(Op::GetSessions, SignedIn, sessions::list).answers_list::<Session>(200),
        Route::new(Op::DeleteSessionById, SignedIn, sessions::revoke).answers_nothing(),
        Route::new(Op::PutPassword, SignedIn, sessions::change_password).takes::<PasswordChange>().answers_nothing(),
        Route::new(Op::GetPeople, SignedIn, people::list).asks::<PeopleFilter>().answers_page::<Contact>(),
        Route::new(Op::GetPerson, SignedIn, people::one).answers::<Contact>(200),
        Route::new(Op::GetTicketEvents, SignedIn, events::of_ticket).asks::<Paging>().answers_page::<Event>().where_tickets_are(),
        Route::new(Op::GetEvents, SignedIn, events::live).streams("text/event-stream"),
        Route::new(Op::PostClaim, Assignee, tickets::claim).answers::<Ticket>(200).where_tickets_are(),
        Route::new(Op::DeleteFollower, SignedIn, followers::remove).answers_nothing().where_tickets_are(),
    ]
}
