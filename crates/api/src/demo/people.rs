//! Who lives in the demo.

use super::story::Language::{self, *};
use contract::{
    Role,
    id::{OrganizationId, PersonId},
};
use uuid::Uuid;

/// The password of every demo account.
pub const PASSWORD: &str = "finsupport-demo";

/// The accounts that a first look needs, each with what it shows.
pub const ACCOUNTS: [(&str, &str); 6] = [
    ("customer@example.com", "customer, of Okafor Travel Ltd"),
    ("colleague@example.com", "customer, a colleague of the first"),
    ("other@example.com", "customer, of another organization"),
    ("assignee@example.com", "assignee: a support agent"),
    ("assignee2@example.com", "assignee: another agent"),
    ("admin@example.com", "admin"),
];

/// Somebody of the demo.
pub struct DemoPerson {
    pub email: &'static str,
    pub name: &'static str,
    pub role: Role,
    /// Index into [`ORGANIZATIONS`].
    pub organization: Option<usize>,
    pub speaks: Language,
}

/// Companies of the demo.
pub const ORGANIZATIONS: &[&str] = &[
    "Okafor Travel Ltd",
    "Nordlicht Outdoor GmbH",
    "Yıldız Kırtasiye A.Ş.",
    "شركة النور للتجارة",
    "长江电子商务有限公司",
    "Kawiarnia Pod Lipą",
    "Librería Andrade",
    "Harbour & Sons",
];

/// Where the demo's people begin: staff last, so that customers are the first of [`PEOPLE`].
pub const PEOPLE: &[DemoPerson] = &[
    customer("customer@example.com", "Mira Okafor", Some(0), En),
    customer("colleague@example.com", "Tunde Bakare", Some(0), En),
    customer("other@example.com", "Hanna Lindqvist", Some(1), En),
    customer("amara.nwosu@example.com", "Amara Nwosu", Some(0), En),
    customer("jonas.weber@example.com", "Jonas Weber", Some(1), De),
    customer("elif.yildiz@example.com", "Elif Yıldız", Some(2), Tr),
    customer("murat.celik@example.com", "Murat Çelik", Some(2), Tr),
    customer("zeynep.sahin@example.com", "Zeynep Şahin", None, Tr),
    customer("layla.hassan@example.com", "ليلى حسن", Some(3), Ar),
    customer("omar.alfarsi@example.com", "عمر الفارسي", Some(3), Ar),
    customer("youssef.mansour@example.com", "يوسف منصور", None, Ar),
    customer("wei.chen@example.com", "陈伟", Some(4), Zh),
    customer("lina.wang@example.com", "王丽娜", Some(4), Zh),
    customer("zofia.kaminska@example.com", "Zofia Kamińska", Some(5), Pl),
    customer("piotr.wisniewski@example.com", "Piotr Wiśniewski", Some(5), Pl),
    customer("lucia.andrade@example.com", "Lucía Andrade", Some(6), Es),
    customer("mateo.quispe@example.com", "Mateo Quispe", None, Es),
    customer("oliver.harbour@example.com", "Oliver Harbour", Some(7), En),
    customer("grace.oneill@example.com", "Grace O'Neill", Some(7), En),
    customer("priyanka.iyer@example.com", "Priyanka Iyer", None, En),
    customer("dmytro.kovalenko@example.com", "Дмитро Коваленко", None, En),
    customer("eleni.papadaki@example.com", "Ελένη Παπαδάκη", None, En),
    customer("noa.levi@example.com", "נועה לוי", None, En),
    customer("haruto.sato@example.com", "佐藤 陽翔", None, En),
    customer("minji.kim@example.com", "김민지", None, En),
    customer("anh.nguyen@example.com", "Nguyễn Thị Ánh", None, En),
    customer("fatou.diallo@example.com", "Fatou Diallo", None, En),
    customer("siobhan.byrne@example.com", "Siobhán Byrne", None, En),
    customer("bjork.jonsdottir@example.com", "Björk Jónsdóttir", None, En),
    customer("keanu.kahale@example.com", "Keanu Kahale", None, En),
    customer("thabo.dlamini@example.com", "Thabo Dlamini", None, En),
    staff("assignee@example.com", "Sam Reyes", Role::Assignee),
    staff("assignee2@example.com", "Lin Zhao", Role::Assignee),
    staff("aylin.demir@example.com", "Aylin Demir", Role::Assignee),
    staff("karim.haddad@example.com", "Karim Haddad", Role::Assignee),
    staff("admin@example.com", "Ada Lindgren", Role::Admin),
];

const fn customer(
    email: &'static str,
    name: &'static str,
    organization: Option<usize>,
    speaks: Language,
) -> DemoPerson {
    DemoPerson { email, name, role: Role::Customer, organization, speaks }
}

const fn staff(email: &'static str, name: &'static str, role: Role) -> DemoPerson {
    DemoPerson { email, name, role, organization: None, speaks: En }
}

/// The id of the person at this index, the same in every demo: a data folder that has the first is a demo's.
pub const fn person_id(index: usize) -> PersonId {
    PersonId(fixed(0x1000 + index as u128))
}

/// The id of the organization at this index.
pub const fn organization_id(index: usize) -> OrganizationId {
    OrganizationId(fixed(0x2000 + index as u128))
}

/// UUIDv7 in form, of a time before the product, ending in "demo" and the number.
const fn fixed(number: u128) -> Uuid {
    Uuid::from_u128(0x0170_0000_0000_7000_8000_6465_6d6f_0000 + number)
}

/// What to call somebody in a letter.
pub fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}
