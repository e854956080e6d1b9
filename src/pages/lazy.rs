//! Pages, and parts of them, whose code comes in files of their own: the browser loads a file when it first comes to a page that is
//! in it. What every first page needs stays in the first file, with the sign-in page and the customers' list.
//!
//! What several of these files need is put in further ones, one for each combination, so they stay few: another file for
//! each page would make hundreds. A file's function has a name that no other has, for its file is known by it.

use crate::{
    http,
    pages::{account, assignee, customer},
};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use send_wrapper::SendWrapper;

macro_rules! pages {
    ($(#[$about:meta])* $file:ident, $preload:ident: $($page:ident $view:path;)*) => {
        pub use $file::{$($page),*};

        $(#[$about])*
        pub mod $file {
            use super::*;

            /// Which page.
            enum Which { $($page),* }

            /// The page itself: everything behind this function is loaded with its first call.
            #[lazy]
            fn $file(page: Which) -> AnyView {
                match page { $(Which::$page => $view().into_any()),* }
            }

            /// Loads the file, if it is not here yet.
            pub async fn load() {
                #[cfg(target_arch = "wasm32")]
                $preload().await;
            }

            $(
                #[doc = concat!("`", stringify!($view), "`, for a route or for [`once_asked`].")]
                pub struct $page;

                impl LazyRoute for $page {
                    fn data() -> Self {
                        Self
                    }

                    async fn view(_: Self) -> AnyView {
                        $file(Which::$page).await
                    }

                    async fn preload() {
                        load().await;
                    }
                }
            )*
        }
    };
}

pages! {
    /// What a customer comes to from the list of their tickets; the account, of everybody.
    portal_more, __preload_portal_more:
    Account account::Account;
    CustomerNewTicket customer::new_ticket::NewTicket;
    CustomerTicketPage customer::ticket::TicketPage;
}

pages! {
    /// The desk with its queue.
    desk_queue, __preload_desk_queue:
    Desk assignee::Desk;
    NothingOpen assignee::NothingOpen;
}

pages! {
    /// What is opened at the desk, pages and dialogs.
    desk_more, __preload_desk_more:
    NewTicket assignee::new_ticket::NewTicket;
    TicketPage assignee::ticket::TicketPage;
    DeskPages assignee::DeskPages;
    Notifications assignee::notifications::Notifications;
    Outbox assignee::outbox::Outbox;
    Reports assignee::reports::Reports;
    CannedReplies assignee::canned_replies::CannedReplies;
    Drafts assignee::drafts::Drafts;
    Files assignee::files::Files;
    Reader assignee::ahead::Reader;
    Palette assignee::palette::Palette;
    Sheet assignee::sheet::Sheet;
    Choosers assignee::choosers::Choosers;
}

/// Room for dividing: each file's data is given a place of its own, and all of it stays in the first file if that takes more
/// than what was linked, be it by a byte. This is linked; no file needs it, and none has it.
#[cfg(target_arch = "wasm32")]
#[used]
static ROOM: [u8; 1024] = [1; 1024];

/// A part of a page whose code is in another file, from when it is first asked for, in the browser. `coming` is told that it was,
/// and `here` that it is there.
pub fn once_asked<Part: LazyRoute>(
    asked: impl Fn() -> bool + 'static,
    coming: impl Fn() + Send + 'static,
    here: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let wanted = RwSignal::new(false);
    Effect::new(move |_| {
        if asked() && !wanted.get_untracked() {
            http::browser::when_awake(move || _ = wanted.try_set(true));
        }
    });
    move || {
        wanted.get().then(|| {
            coming();
            Suspend::new(SendWrapper::new(async move {
                let part = Part::view(Part::data()).await;
                here();
                part
            }))
        })
    }
}

/// Whether anybody moved or typed on the page: then it is time to load what the page leads to, before they arrive.
pub fn touched() -> ReadSignal<bool> {
    let touched = RwSignal::new(false);
    Effect::new(move |_| http::browser::when_touched(move || _ = touched.try_set(true)));
    touched.read_only()
}

/// Loads what a page leads to when somebody first moves or types on it: before they arrive, and after the page itself.
pub fn load_when_touched<F: Future<Output = ()> + 'static>(load: fn() -> F) {
    Effect::new(move |_| http::browser::when_touched(move || leptos::task::spawn_local(load())));
}
