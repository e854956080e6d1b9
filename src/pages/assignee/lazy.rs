//! The desk's pages as routes, their code in a file of its own: the browser loads it when it first comes to one, and a
//! customer's never does. One file for all of them, for whoever works at the desk uses most.

use super::{canned_replies, drafts, files, new_ticket, notifications, outbox, reports, ticket};
use leptos::prelude::*;
use leptos_router::LazyRoute;

macro_rules! pages {
    ($($page:ident $view:path;)*) => {
        /// Which page.
        enum Which { $($page),* }

        /// The page itself: everything behind this function is loaded with its first call.
        #[lazy]
        fn desk(page: Which) -> AnyView {
            match page { $(Which::$page => $view().into_any()),* }
        }

        $(
            #[doc = concat!("The route of `", stringify!($view), "`.")]
            pub struct $page;

            impl LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> AnyView {
                    desk(Which::$page).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    __preload_desk().await;
                }
            }
        )*
    };
}

pages! {
    Desk super::Desk;
    NothingOpen super::NothingOpen;
    NewTicket new_ticket::NewTicket;
    TicketPage ticket::TicketPage;
    DeskPages super::DeskPages;
    Notifications notifications::Notifications;
    Outbox outbox::Outbox;
    Reports reports::Reports;
    CannedReplies canned_replies::CannedReplies;
    Drafts drafts::Drafts;
    Files files::Files;
}
