//! Guessing passwords.

use crate::world::{PASSWORD, World};
use contract::{
    Code,
    session::{ClientAddress, Credentials, PasswordChange},
};
use std::sync::atomic::{AtomicBool, Ordering};

fn credentials(email: &str, password: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: password.to_owned() }
}

#[tokio::test]
async fn an_unknown_account_is_answered_like_a_wrong_password() {
    let world = World::new().await;
    let mut known = world.nobody().sign_in(&credentials(&world.customer.email, "wrong")).await.unwrap_err();
    let unknown = world.nobody().sign_in(&credentials("nobody@okafor.example", "wrong")).await.unwrap_err();
    assert_eq!(known.code, Code::WrongCredentials);
    known.request_id.clone_from(&unknown.request_id);
    assert_eq!(known, unknown);
}

#[tokio::test]
async fn guessing_one_account_is_slowed_down_and_harms_no_other() {
    let world = World::new().await;
    let mut refused = 0;
    for n in 0..12 {
        let guess = credentials(&world.customer.email, &format!("guess {n}"));
        let problem = world.nobody().sign_in(&guess).await.unwrap_err();
        refused += usize::from(problem.code == Code::TooManyRequests);
    }
    assert!((1..=2).contains(&refused), "{refused} of 12 guesses were refused");
    assert!(world.nobody().sign_in(&credentials(&world.other.email, PASSWORD)).await.is_ok());
}

#[tokio::test]
async fn guessing_keeps_nobody_out_who_is_elsewhere() {
    let world = World::new().await;
    let from = |n: u8| world.nobody().with_address(ClientAddress([203, 0, 113, n].into()));
    for n in 0..12 {
        let guess = credentials(&world.customer.email, &format!("guess {n}"));
        from(7).sign_in(&guess).await.unwrap_err();
    }
    let right = credentials(&world.customer.email, PASSWORD);
    assert_eq!(from(7).sign_in(&right).await.unwrap_err().code, Code::TooManyRequests);
    assert!(from(8).sign_in(&right).await.is_ok());
}

#[tokio::test]
async fn guessing_one_account_from_many_addresses_is_slowed_down() {
    let world = World::new().await;
    let address = |n: u8| Some(ClientAddress([203, 0, 113, n].into()));
    let refused = (0..150).filter(|n| world.app.throttle.check(&world.customer.email, address(*n)).is_err()).count();
    assert!((45..=50).contains(&refused), "{refused} of 150 guesses were refused");
}

/// The old password was checked; meanwhile there is another, and every session that the old one had is ended.
#[tokio::test]
async fn security_session_an_old_password_that_was_being_checked_gives_none() {
    let world = World::new().await;
    let change = PasswordChange { current_password: PASSWORD.to_owned(), new_password: "another good one".to_owned() };
    let old = credentials(&world.customer.email, PASSWORD);
    let (nobody, is_changed) = (world.nobody(), AtomicBool::new(false));
    let change = async {
        world.customer.client.change_password(&change).await.unwrap();
        is_changed.store(true, Ordering::Relaxed);
    };
    // Whenever the password changes, some of these have read the old one and are checking it.
    let sign_in = || async {
        let mut tokens = Vec::new();
        while !is_changed.load(Ordering::Relaxed) {
            tokens.extend(nobody.sign_in(&old).await);
        }
        tokens
    };
    let ((), tokens) = futures::join!(change, futures::future::join_all((0..6).map(|_| sign_in())));
    for token in tokens.into_iter().flatten() {
        let left = world.nobody().with_token(token.access_token).viewer().await;
        assert!(left.is_err(), "a session of the old password lives on");
    }
}

#[tokio::test]
async fn knowing_the_password_is_never_slowed_down() {
    let world = World::new().await;
    for _ in 0..15 {
        world.nobody().sign_in(&credentials(&world.customer.email, PASSWORD)).await.unwrap();
    }
}

#[tokio::test]
async fn guessing_many_accounts_from_one_address_is_slowed_down() {
    let world = World::new().await;
    let address = ClientAddress("203.0.113.7".parse().unwrap());
    for n in 0..100 {
        world.app.throttle.check(&format!("person{n}@example.com"), Some(address)).unwrap();
    }
    let client = world.nobody().with_address(address);
    let refused = client.sign_in(&credentials(&world.customer.email, PASSWORD)).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyRequests);
    let elsewhere = world.nobody().with_address(ClientAddress("203.0.113.8".parse().unwrap()));
    assert!(elsewhere.sign_in(&credentials(&world.customer.email, PASSWORD)).await.is_ok());
}
