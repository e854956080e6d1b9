//! Enumerations: operations 21, 24–27, 39.

use crate::{Client, Result};
use contract::{choice::Choice, endpoints::Operation as Op};

impl Client {
    /// 21, *Ticket Status Enums*.
    pub async fn statuses(&self) -> Result<Vec<Choice>> {
        self.call(Op::TicketStatusEnums, &[]).send().await
    }

    /// 24, *Ticket Report Sort Order*.
    pub async fn report_sort_orders(&self) -> Result<Vec<Choice>> {
        self.call(Op::ReportSortOrder, &[]).send().await
    }

    /// 25, *Ticket Report Sort Fields*.
    pub async fn report_sort_fields(&self) -> Result<Vec<Choice>> {
        self.call(Op::ReportSortFields, &[]).send().await
    }

    /// 26, *Role Enums*.
    pub async fn roles(&self) -> Result<Vec<Choice>> {
        self.call(Op::RoleEnums, &[]).send().await
    }

    /// 27, *Priority Enums*.
    pub async fn priorities(&self) -> Result<Vec<Choice>> {
        self.call(Op::PriorityEnums, &[]).send().await
    }

    /// 39, *Category Enums*.
    pub async fn categories(&self) -> Result<Vec<Choice>> {
        self.call(Op::CategoryEnums, &[]).send().await
    }
}
