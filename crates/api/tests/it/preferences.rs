//! What people choose for themselves.

use crate::world::World;
use contract::{Code, preference::Preferences};
use std::collections::BTreeMap;

#[tokio::test]
async fn preferences_are_kept_for_each_person() {
    let world = World::new().await;
    assert_eq!(world.assignee.client.viewer().await.unwrap().preferences, Preferences::default());
    let chosen = Preferences {
        single_keys: false,
        keys: BTreeMap::from([("reply".to_owned(), "g r".to_owned()), ("note".to_owned(), String::new())]),
    };
    assert_eq!(world.assignee.client.set_preferences(&chosen).await.unwrap(), chosen);
    assert_eq!(world.assignee.client.viewer().await.unwrap().preferences, chosen);
    assert_eq!(world.admin.client.viewer().await.unwrap().preferences, Preferences::default());
}

#[tokio::test]
async fn preferences_of_an_inhuman_size_are_refused_by_name() {
    let world = World::new().await;
    let keys = BTreeMap::from([("reply".to_owned(), "r".repeat(41))]);
    let refused =
        world.assignee.client.set_preferences(&Preferences { keys, ..Preferences::default() }).await.unwrap_err();
    assert_eq!(refused.code, Code::InvalidFields);
    assert!(refused.about("keys").is_some());
}
