//! Every operation of the API: number, name as printed, method and path. The router, the client and the OpenAPI
//! document are made from this table.
//!
//! The names and methods of the 53 Finsupport operations are **known** (spelt as the vendor prints them, "Replay"
//! included); the vendor publishes no paths, so every path here is **assumed** and is this product's definition.

use std::fmt;

/// Base path of the 53 operations. Its pattern is known: `/<service>/<x.y.z>`.
pub const FINSUPPORT: &str = "/finsupport/1.0.0";
/// Base path of everything of our own.
pub const DESK: &str = "/desk/1.0.0";

/// An HTTP method that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// Where our knowledge of an operation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Name and method are printed in the vendor's documents; the path is assumed.
    Known,
    /// Wholly this product's own.
    Ours,
}

/// What the table says of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// 1–53 in printed order; above, our own.
    pub number: u16,
    pub method: Method,
    /// As printed.
    pub name: &'static str,
    pub base: &'static str,
    /// Below the base, with `{placeholders}`.
    pub path: &'static str,
    pub source: Source,
}

impl Endpoint {
    /// Base and path together, as a router wants them.
    pub fn route(&self) -> String {
        format!("{}{}", self.base, self.path)
    }

    /// The path with its placeholders filled, in order.
    ///
    /// # Panics
    /// When there are more or fewer values than placeholders: a slip in the calling code.
    pub fn path_with(&self, values: &[impl fmt::Display]) -> String {
        let mut filled = String::from(self.base);
        let mut values = values.iter();
        for segment in self.path.split('/').skip(1) {
            filled.push('/');
            if segment.starts_with('{') {
                filled.push_str(&values.next().expect("a value for each placeholder").to_string());
            } else {
                filled.push_str(segment);
            }
        }
        assert!(values.next().is_none(), "more values than placeholders in {}", self.path);
        filled
    }
}

macro_rules! operations {
    ($($number:literal $op:ident $method:ident $name:literal $base:ident $path:literal $source:ident;)*) => {
        /// Every operation, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation { $(#[doc = concat!($name, ": `", $path, "`")] $op),* }

        impl Operation {
            /// All of them, in printed order.
            pub const ALL: &[Self] = &[$(Self::$op),*];

            /// What the table says of it.
            pub const fn endpoint(self) -> Endpoint {
                match self {$(
                    Self::$op => Endpoint { number: $number, method: Method::$method, name: $name, base: $base, path: $path, source: Source::$source },
                )*}
            }

            /// `operationId` in the OpenAPI document.
            pub const fn id(self) -> &'static str { match self { $(Self::$op => stringify!($op)),* } }
        }
    };
}

operations! {
    1 TicketById Put "Ticket By Id" FINSUPPORT "/tickets/{ticketId}/seen" Known;
    2 UpdateTicket Put "Update Ticket" FINSUPPORT "/tickets/{ticketId}" Known;
    3 Escalate Put "Escalate" FINSUPPORT "/tickets/{ticketId}/escalation" Known;
    4 CustomerCloseTicket Put "Customer Close Ticket" FINSUPPORT "/customer/tickets/{ticketId}/close" Known;
    5 AssigneeUpdateTicketStatus Put "Assignee Update Ticket Status" FINSUPPORT "/assignee/tickets/{ticketId}/status" Known;
    6 AdminUpdateTicketStatus Put "Admin Update Ticket Status" FINSUPPORT "/admin/tickets/{ticketId}/status" Known;
    7 AdminCloseTicket Put "Admin Close Ticket" FINSUPPORT "/admin/tickets/{ticketId}/close" Known;
    8 AddStartDate Put "Add Start Date" FINSUPPORT "/tickets/{ticketId}/start-date" Known;
    9 AdminCompleteTicketForAssignee Put "Admin Complete Ticket For Assignee" FINSUPPORT "/admin/tickets/{ticketId}/completion" Known;
    10 SingleUpload Post "Single Upload" FINSUPPORT "/files" Known;
    11 MultipleUpload Post "Multiple Upload" FINSUPPORT "/files/batch" Known;
    12 CustomerReplyOnTicket Post "Customer Reply On Ticket" FINSUPPORT "/customer/tickets/{ticketId}/replies" Known;
    13 CreateTicket Post "Create Ticket" FINSUPPORT "/tickets" Known;
    14 CreateNewTicket Post "Create New Ticket" FINSUPPORT "/customers/{customerId}/tickets" Known;
    15 AssigneeReplyOnTicket Post "Assignee Reply On Ticket" FINSUPPORT "/assignee/tickets/{ticketId}/replies" Known;
    16 AssigneeAddNote Post "Assignee Add Note" FINSUPPORT "/assignee/tickets/{ticketId}/notes" Known;
    17 AdminReplyOnTicket Post "Admin Reply On Ticket" FINSUPPORT "/admin/tickets/{ticketId}/replies" Known;
    18 AdminAddNote Post "Admin Add Note" FINSUPPORT "/admin/tickets/{ticketId}/notes" Known;
    19 AdminAddAssignee Post "Admin Add Assignee To The Ticket" FINSUPPORT "/admin/tickets/{ticketId}/assignee" Known;
    20 AddFollower Post "Add Follower To The Ticket" FINSUPPORT "/tickets/{ticketId}/followers" Known;
    21 TicketStatusEnums Get "Ticket Status Enums" FINSUPPORT "/enums/ticket-status" Known;
    22 GetTicketReport Get "Ticket Report" FINSUPPORT "/reports/tickets" Known;
    23 PostTicketReport Post "Ticket Report" FINSUPPORT "/reports/tickets" Known;
    24 ReportSortOrder Get "Ticket Report Sort Order" FINSUPPORT "/enums/report-sort-order" Known;
    25 ReportSortFields Get "Ticket Report Sort Fields" FINSUPPORT "/enums/report-sort-field" Known;
    26 RoleEnums Get "Role Enums" FINSUPPORT "/enums/role" Known;
    27 PriorityEnums Get "Priority Enums" FINSUPPORT "/enums/priority" Known;
    28 GetMyFiles Get "My files" FINSUPPORT "/files/mine" Known;
    29 Tickets Get "Tickets" FINSUPPORT "/tickets" Known;
    30 TicketsByCustomer Get "Tickets by customer id" FINSUPPORT "/customers/{customerId}/tickets" Known;
    31 TicketsByFollower Get "List Of Tickets By Follower Id" FINSUPPORT "/followers/{followerId}/tickets" Known;
    32 TicketsByAssignee Get "List Of Tickets By Assignee" FINSUPPORT "/assignees/{assigneeId}/tickets" Known;
    33 RepliesByTicket Get "List Of Replies By Ticket Id" FINSUPPORT "/tickets/{ticketId}/replies" Known;
    34 NotesByTicket Get "List Of Notes By Ticket Id" FINSUPPORT "/tickets/{ticketId}/notes" Known;
    35 ReplyById Get "Reply By Reply Id" FINSUPPORT "/replies/{replyId}" Known;
    36 NoteById Get "Note By Note Id" FINSUPPORT "/notes/{noteId}" Known;
    37 FollowersByTicket Get "List Of Follower By Ticket Id" FINSUPPORT "/tickets/{ticketId}/followers" Known;
    38 AssigneeByTicket Get "Assignee By Ticket Id" FINSUPPORT "/tickets/{ticketId}/assignee" Known;
    39 CategoryEnums Get "Category Enums" FINSUPPORT "/enums/category" Known;
    40 GetFile Get "Single By Id" FINSUPPORT "/files/{fileId}" Known;
    41 GetFileAggregate Get "Aggregate" FINSUPPORT "/files/aggregate" Known;
    42 GetFilesByNote Get "All By Note Id" FINSUPPORT "/notes/{noteId}/files" Known;
    43 GetFilesByReply Get "All By Reply Id" FINSUPPORT "/replies/{replyId}/files" Known;
    44 GetFilesByTicket Get "All By Ticket Id" FINSUPPORT "/tickets/{ticketId}/files" Known;
    45 GetAllFiles Get "All file" FINSUPPORT "/files" Known;
    46 PutReplyTitleStatus Put "Reply Title Status" FINSUPPORT "/reply-titles/{replyTitleId}/status" Known;
    47 GetReplyMessages Get "Reply Messages" FINSUPPORT "/reply-messages" Known;
    48 PutReplyMessage Put "Replay Messages" FINSUPPORT "/reply-messages/{replyMessageId}" Known;
    49 PostReplyMessage Post "Replay Messages" FINSUPPORT "/reply-messages" Known;
    50 GetReplyTitles Get "Replay Title" FINSUPPORT "/reply-titles" Known;
    51 PostReplyTitle Post "Replay Title" FINSUPPORT "/reply-titles" Known;
    52 GetReplyTitle Get "Reply Title By Id" FINSUPPORT "/reply-titles/{replyTitleId}" Known;
    53 GetReplyMessage Get "Reply Messages by id" FINSUPPORT "/reply-messages/{replyMessageId}" Known;
    54 GetFileContent Get "File Content" FINSUPPORT "/files/{fileId}/content" Ours;
    55 GetFileThumbnail Get "File Thumbnail" FINSUPPORT "/files/{fileId}/thumbnail" Ours;
    56 PostToken Post "Sign In" DESK "/token" Ours;
    57 PostSetup Post "Set Up" DESK "/setup" Ours;
    58 GetSession Get "Session" DESK "/session" Ours;
    59 DeleteSession Delete "Sign Out" DESK "/session" Ours;
    60 GetSessions Get "Sessions" DESK "/sessions" Ours;
    61 DeleteSessionById Delete "Revoke Session" DESK "/sessions/{sessionId}" Ours;
    62 PutPassword Put "Change Password" DESK "/password" Ours;
    63 GetPeople Get "People" DESK "/people" Ours;
    64 GetPerson Get "Person By Id" DESK "/people/{personId}" Ours;
    65 GetTicketEvents Get "Events By Ticket Id" DESK "/tickets/{ticketId}/events" Ours;
    66 GetEvents Get "Live Events" DESK "/events" Ours;
    67 PostClaim Post "Claim Ticket" DESK "/tickets/{ticketId}/claim" Ours;
    68 DeleteFollower Delete "Remove Follower" DESK "/tickets/{ticketId}/followers/{followerId}" Ours;
    69 PostReplyMessageUse Post "Use Reply Message" DESK "/reply-messages/{replyMessageId}/uses" Ours;
    70 PostServiceToken Post "Service Token" DESK "/oauth/token" Ours;
    71 GetTicket Get "Look At Ticket" DESK "/tickets/{ticketId}" Ours;
    72 DeleteSeen Delete "Mark Ticket Unread" DESK "/tickets/{ticketId}/seen" Ours;
    73 PostUndo Post "Undo" DESK "/tickets/{ticketId}/undo" Ours;
    74 PutPresence Put "Be Present" DESK "/tickets/{ticketId}/presence" Ours;
    75 PutPreferences Put "Set Preferences" DESK "/preferences" Ours;
    76 GetDrafts Get "Drafts" DESK "/drafts" Ours;
    77 GetTicketDrafts Get "Drafts By Ticket Id" DESK "/tickets/{ticketId}/drafts" Ours;
    78 PutDraft Put "Save Draft" DESK "/tickets/{ticketId}/drafts/{kind}" Ours;
    79 DeleteDraft Delete "Discard Draft" DESK "/tickets/{ticketId}/drafts/{kind}" Ours;
    80 GetDraftVersions Get "Draft Versions" DESK "/tickets/{ticketId}/drafts/{kind}/versions" Ours;
    81 PostMerge Post "Merge Tickets" DESK "/tickets/{ticketId}/merges" Ours;
    82 GetMerges Get "Merges By Ticket Id" DESK "/tickets/{ticketId}/merges" Ours;
    83 DeleteMerge Delete "Undo Merge" DESK "/merges/{mergeId}" Ours;
    84 PostSplit Post "Split Reply" DESK "/replies/{replyId}/split" Ours;
    85 PostOutbox Post "Put In Outbox" DESK "/tickets/{ticketId}/outbox" Ours;
    86 GetTicketOutbox Get "Outbox By Ticket Id" DESK "/tickets/{ticketId}/outbox" Ours;
    87 GetOutbox Get "My Outbox" DESK "/outbox" Ours;
    88 PutOutboxTime Put "Change Outbox Time" DESK "/outbox/{messageId}" Ours;
    89 PostOutboxSend Post "Send From Outbox" DESK "/outbox/{messageId}/send" Ours;
    90 DeleteOutbox Delete "Take Back From Outbox" DESK "/outbox/{messageId}" Ours;
    91 GetViews Get "Views" DESK "/views" Ours;
    92 PostView Post "Save View" DESK "/views" Ours;
    93 PutView Put "Change View" DESK "/views/{viewId}" Ours;
    94 DeleteView Delete "Delete View" DESK "/views/{viewId}" Ours;
    95 GetNotifications Get "Notifications" DESK "/notifications" Ours;
    96 PutNotificationsSeen Put "See All Notifications" DESK "/notifications/seen" Ours;
    97 PutNotificationSeen Put "See Notification" DESK "/notifications/{notificationId}/seen" Ours;
    98 GetSearch Get "Search" DESK "/search" Ours;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_first_53_operations_are_the_known_ones_in_printed_order() {
        for (index, operation) in Operation::ALL.iter().enumerate() {
            let endpoint = operation.endpoint();
            assert_eq!(usize::from(endpoint.number), index + 1, "{}", endpoint.name);
            assert_eq!(endpoint.source == Source::Known, index < 53, "{}", endpoint.name);
        }
    }

    #[test]
    fn no_two_operations_share_method_and_path() {
        let mut seen = HashSet::new();
        for operation in Operation::ALL {
            let endpoint = operation.endpoint();
            assert!(seen.insert((endpoint.method, endpoint.route())), "{} {}", endpoint.name, endpoint.path);
        }
    }

    #[test]
    fn placeholders_are_filled_in_order() {
        let path = Operation::DeleteFollower.endpoint().path_with(&[&1, &2]);
        assert_eq!(path, "/desk/1.0.0/tickets/1/followers/2");
    }
}
