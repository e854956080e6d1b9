//! Signing in and out, one's sessions and password, the first admin.

use crate::world::{PASSWORD, World};
use api::{App, clock::Clock};
use client::Client;
use contract::{
    Code, Role,
    session::{Credentials, PasswordChange, Setup},
};

fn credentials(email: &str, password: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: password.to_owned() }
}

#[tokio::test]
async fn credentials_are_traded_for_a_token_that_speaks_for_the_person() {
    let world = World::new().await;
    let token = world.nobody().sign_in(&credentials(" MIRA@okafor.example ", PASSWORD)).await.unwrap();
    assert_eq!((token.token_type.as_str(), token.expires_in), ("Bearer", 14 * 24 * 60 * 60));
    let viewer = world.nobody().with_token(token.access_token).viewer().await.unwrap();
    assert_eq!(viewer.person.id, world.customer.id);
    assert_eq!(viewer.person.email.as_deref(), Some("mira@okafor.example"), "one's own address is no secret");
    assert_eq!(viewer.organization.unwrap().name, "Okafor Travel");
    assert!(!viewer.demo);
}

#[tokio::test]
async fn sessions_are_listed_and_revoked_one_by_one() {
    let world = World::new().await;
    let browser = world.nobody().with_user_agent("Firefox on a train");
    let token = browser.sign_in(&credentials(&world.customer.email, PASSWORD)).await.unwrap().access_token;
    let second = world.nobody().with_token(token);
    let sessions = world.customer.client.sessions().await.unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| !session.current).unwrap();
    assert_eq!(other.user_agent, "Firefox on a train");
    assert_eq!(world.other.client.revoke_session(other.session_id).await.unwrap_err().code, Code::NotFound);
    world.customer.client.revoke_session(other.session_id).await.unwrap();
    assert_eq!(second.viewer().await.unwrap_err().code, Code::Unauthenticated);
    assert!(world.customer.client.viewer().await.is_ok());
}

#[tokio::test]
async fn a_session_in_use_lives_on_and_an_idle_one_ends() {
    let world = World::new().await;
    let day = 24 * 60 * 60;
    for _ in 0..3 {
        world.clock.advance(10 * day);
        assert!(world.customer.client.viewer().await.is_ok());
    }
    world.clock.advance(14 * day);
    assert_eq!(world.customer.client.viewer().await.unwrap_err().code, Code::Unauthenticated);
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let world = World::new().await;
    let token = world.nobody().sign_in(&credentials(&world.customer.email, PASSWORD)).await.unwrap().access_token;
    let other = world.nobody().with_token(token);
    let change = |current: &str, new: &str| PasswordChange {
        current_password: current.to_owned(),
        new_password: new.to_owned(),
    };
    let client = &world.customer.client;
    let wrong = client.change_password(&change("not this one", "a new long password")).await.unwrap_err();
    assert!(wrong.about("currentPassword").is_some(), "{wrong}");
    let short = client.change_password(&change(PASSWORD, "short")).await.unwrap_err();
    assert!(short.about("newPassword").is_some(), "{short}");
    client.change_password(&change(PASSWORD, "a new long password")).await.unwrap();
    assert!(client.viewer().await.is_ok());
    assert_eq!(other.viewer().await.unwrap_err().code, Code::Unauthenticated);
    assert!(world.nobody().sign_in(&credentials(&world.customer.email, PASSWORD)).await.is_err());
    assert!(world.nobody().sign_in(&credentials(&world.customer.email, "a new long password")).await.is_ok());
}

#[tokio::test]
async fn the_first_admin_is_made_once_by_the_link_of_the_last_start() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Default::default(), Clock::System).unwrap();
    let nobody = Client::embedded(api::router(app.clone()));
    let replaced = app.setup_token().await.unwrap().unwrap();
    let token = app.setup_token().await.unwrap().unwrap();
    let setup = |token: &str| Setup {
        token: token.to_owned(),
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        password: "correct horse battery".to_owned(),
    };
    assert!(nobody.set_up(&setup(&replaced)).await.unwrap_err().about("token").is_some());
    let weak = Setup { password: "short".to_owned(), ..setup(&token) };
    assert!(nobody.set_up(&weak).await.unwrap_err().about("password").is_some());
    let signed_in = nobody.set_up(&setup(&token)).await.unwrap();
    assert_eq!(nobody.with_token(signed_in.access_token).viewer().await.unwrap().person.role, Role::Admin);
    assert_eq!(nobody.set_up(&setup(&token)).await.unwrap_err().code, Code::NotFound);
    assert_eq!(app.setup_token().await.unwrap(), None);
}
