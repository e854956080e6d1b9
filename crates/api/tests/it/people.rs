//! Looking people up, and what the command line does to accounts.

use crate::world::{PASSWORD, World};
use api::people::actions::{self, NewPerson};
use contract::{Code, Role, person::PeopleFilter, session::Credentials};

#[tokio::test]
async fn staff_find_everyone_by_name_or_address_in_pages() {
    let world = World::new().await;
    let find = async |q: &str| {
        let filter = PeopleFilter { q: Some(q.to_owned()), ..PeopleFilter::default() };
        world.assignee.client.people(&filter).await.unwrap().items
    };
    let found = find("okafor").await;
    assert_eq!(found.iter().map(|c| c.person.name.as_str()).collect::<Vec<_>>(), ["Mira Okafor", "Tayo Okafor"]);
    assert_eq!(found[0].person.email.as_deref(), Some("mira@okafor.example"));
    assert_eq!(found[0].organization.as_ref().unwrap().name, "Okafor Travel");
    assert_eq!(find("%").await, [], "a pattern is no pattern");
    let mut names = Vec::new();
    let mut filter = PeopleFilter { page_size: Some(4), ..PeopleFilter::default() };
    loop {
        let page = world.admin.client.people(&filter).await.unwrap();
        names.extend(page.items.into_iter().map(|c| c.person.name));
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, ["Ada Boss", "Jan Kowal", "Lin Chen", "Mira Okafor", "Sam Reed", "Tayo Okafor"]);
}

#[tokio::test]
async fn a_customer_sees_active_colleagues_by_name_only() {
    let world = World::new().await;
    world.member("Old Okafor", "old@okafor.example", Role::Customer, Some("Okafor Travel")).await;
    actions::disable(&world.app, "old@okafor.example").await.unwrap();
    let found = world.customer.client.people(&PeopleFilter::default()).await.unwrap().items;
    assert_eq!(found.iter().map(|c| c.person.name.as_str()).collect::<Vec<_>>(), ["Mira Okafor", "Tayo Okafor"]);
    assert!(found.iter().all(|c| c.person.email.is_none()));
    let by_address = PeopleFilter { q: Some("example".to_owned()), ..PeopleFilter::default() };
    assert_eq!(world.customer.client.people(&by_address).await.unwrap().items, [], "an address cannot be guessed at");
    let staff = PeopleFilter { role: Some(Role::Admin), ..PeopleFilter::default() };
    assert_eq!(world.customer.client.people(&staff).await.unwrap().items, []);
    assert!(world.customer.client.person(world.colleague.id).await.is_ok());
    for hidden in [world.other.id, world.assignee.id] {
        assert_eq!(world.customer.client.person(hidden).await.unwrap_err().code, Code::NotFound);
    }
}

#[tokio::test]
async fn staff_are_told_whose_account_was_disabled_and_customers_are_shown_none() {
    let world = World::new().await;
    actions::disable(&world.app, &world.colleague.email).await.unwrap();
    assert!(world.assignee.client.person(world.colleague.id).await.unwrap().disabled);
    assert_eq!(world.customer.client.person(world.colleague.id).await.unwrap_err().code, Code::NotFound);
    let all = world.admin.client.people(&PeopleFilter::default()).await.unwrap().items;
    let disabled: Vec<_> =
        all.into_iter().filter(|contact| contact.disabled).map(|contact| contact.person.id).collect();
    assert_eq!(disabled, [world.colleague.id]);
}

#[tokio::test]
async fn staff_list_the_customers_of_an_organization_and_customers_only_their_own() {
    let world = World::new().await;
    let of = |contact: contract::person::Contact| contact.organization.unwrap().organization_id;
    let ours = of(world.assignee.client.person(world.customer.id).await.unwrap());
    let filter = PeopleFilter { organization_id: Some(ours), ..PeopleFilter::default() };
    let names = |found: Vec<contract::person::Contact>| found.into_iter().map(|c| c.person.name).collect::<Vec<_>>();
    let expected = ["Mira Okafor", "Tayo Okafor"];
    assert_eq!(names(world.assignee.client.people(&filter).await.unwrap().items), expected);
    assert_eq!(names(world.customer.client.people(&filter).await.unwrap().items), expected);
    assert_eq!(world.other.client.people(&filter).await.unwrap().items, []);
}

#[tokio::test]
async fn staff_know_addresses_and_find_by_them_whichever_people_they_ask_for() {
    let world = World::new().await;
    let contact = world.assignee.client.person(world.customer.id).await.unwrap();
    let ours = contact.organization.as_ref().unwrap().organization_id;
    for organization_id in [None, Some(ours)] {
        let filter = PeopleFilter { organization_id, q: Some(world.customer.email.clone()), ..Default::default() };
        assert_eq!(world.assignee.client.people(&filter).await.unwrap().items, std::slice::from_ref(&contact));
        assert_eq!(world.colleague.client.people(&filter).await.unwrap().items, []);
    }
    let colleagues = world.colleague.client.people(&Default::default()).await.unwrap().items;
    assert!(colleagues.iter().all(|contact| contact.person.email.is_none()), "{colleagues:?}");
}

#[tokio::test]
async fn accounts_are_added_listed_disabled_and_given_passwords() {
    let world = World::new().await;
    let new = NewPerson {
        id: None,
        name: "Nia Stone".to_owned(),
        email: " Nia@Stone.example ".to_owned(),
        role: Role::Customer,
        organization: Some("Stone Ltd".to_owned()),
    };
    actions::add(&world.app, new.clone(), PASSWORD.to_owned()).await.unwrap();
    let twice = actions::add(&world.app, new, PASSWORD.to_owned()).await.unwrap_err();
    assert!(twice.problem().about("email").is_some(), "{twice}");
    let credentials =
        |password: &str| Credentials { email: "nia@stone.example".to_owned(), password: password.to_owned() };
    let token = world.nobody().sign_in(&credentials(PASSWORD)).await.unwrap().access_token;
    let nia = world.nobody().with_token(token);
    assert_eq!(nia.viewer().await.unwrap().organization.unwrap().name, "Stone Ltd");

    actions::set_password(&world.app, "nia@stone.example", "another long one".to_owned()).await.unwrap();
    assert_eq!(nia.viewer().await.unwrap_err().code, Code::Unauthenticated, "a new password ends sessions");
    assert_eq!(world.nobody().sign_in(&credentials(PASSWORD)).await.unwrap_err().code, Code::WrongCredentials);
    world.nobody().sign_in(&credentials("another long one")).await.unwrap();

    actions::disable(&world.app, "nia@stone.example").await.unwrap();
    let refused = world.nobody().sign_in(&credentials("another long one")).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongCredentials);
    let accounts = actions::accounts(&world.app).await.unwrap();
    assert!(accounts.iter().any(|a| a.email == "nia@stone.example" && a.disabled));
    assert!(actions::disable(&world.app, "nobody@stone.example").await.is_err());
}

#[tokio::test]
async fn the_few_of_staff_are_found_without_reading_all_customers() {
    let world = World::new().await;
    let plan = |sql: &'static str| {
        let db = world.app.db.clone();
        async move {
            db.read(move |db| {
                let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let plan: api::db::Result<Vec<String>> = statement.query_map([], |row| row.get(3))?.collect();
                Ok(plan?.join("\n"))
            })
            .await
            .unwrap()
        }
    };
    let staff = plan("SELECT p.id FROM people p WHERE 1 AND p.role = 'ADMIN' AND (p.name, p.id) > ('A', '') ORDER BY p.name, p.id LIMIT 9").await;
    assert!(staff.contains("people_by_role (role=? AND ") && !staff.contains("TEMP B-TREE"), "{staff}");
    let colleagues = plan(
        "SELECT p.id FROM people p WHERE p.organization_id = 'x' AND +p.role = 'CUSTOMER' ORDER BY p.name, p.id LIMIT 9",
    )
    .await;
    assert!(colleagues.contains("people_by_organization") && !colleagues.contains("TEMP B-TREE"), "{colleagues}");
}
