//! Followers: operations 20, 37, and removing one.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    follower::NewFollower,
    id::{PersonId, TicketId},
    page::{Page, Paging},
    person::Person,
};

impl Client {
    /// 20, *Add Follower To The Ticket*.
    pub async fn add_follower(&self, ticket: TicketId, follower_id: PersonId) -> Result<Person> {
        self.call(Op::AddFollower, &[&ticket]).json(&NewFollower { follower_id }).await
    }

    /// 37, *List Of Follower By Ticket Id*.
    pub async fn followers(&self, ticket: TicketId, paging: &Paging) -> Result<Page<Person>> {
        self.call(Op::FollowersByTicket, &[&ticket]).query(paging).send().await
    }

    /// Removes a follower.
    pub async fn remove_follower(&self, ticket: TicketId, follower: PersonId) -> Result<()> {
        self.call(Op::DeleteFollower, &[&ticket, &follower]).done().await
    }
}
