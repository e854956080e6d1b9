//! Signing in, and who is signed in.

use crate::{
    Actor, FieldError,
    id::SessionId,
    person::{Organization, Person},
    preference::Preferences,
    text,
};
use serde::{Deserialize, Serialize};
use std::{fmt, net::IpAddr};
use utoipa::ToSchema;

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 12;
/// The longest password, in characters.
pub const PASSWORD_MAX: usize = 200;

/// `POST /token`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// The answer to `POST /token`, after RFC 6749 section 5.1.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Token {
    pub access_token: String,
    pub token_type: String,
    /// Seconds.
    pub expires_in: i64,
}

/// Where a request came from, as the listener saw it. The service takes it from the request's extensions only, never
/// from a header that anybody could write; throttling goes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Viewer {
    pub session_id: SessionId,
    pub person: Person,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// Whether this service runs on demo data.
    pub demo: bool,
    /// Whether a gateway keeps the tickets: what its operations lack is not offered.
    #[serde(default)]
    pub remote: bool,
    /// What they have chosen for themselves; the usual for whoever has chosen nothing.
    #[serde(default)]
    pub preferences: Preferences,
}

impl Viewer {
    /// The viewer as the rules see them.
    pub fn actor(&self) -> Actor {
        Actor {
            id: self.person.id,
            role: self.person.role,
            organization_id: self.organization.as_ref().map(|o| o.organization_id),
        }
    }
}

/// One of the caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub session_id: SessionId,
    pub created_at: String,
    pub last_seen_at: String,
    /// The browser or program, as it named itself.
    pub user_agent: String,
    /// Whether this request came through it.
    pub current: bool,
}

/// `PUT /password`. Every other session of the caller ends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordChange {
    pub current_password: String,
    pub new_password: String,
}

/// `POST /setup`: makes the first admin, by the one-time link that the first start printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    pub token: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

macro_rules! secretive {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(concat!(stringify!($name), "(…)")) }
        }
    )*};
}

secretive!(Credentials, Token, PasswordChange, Setup);

/// Judges a new password: length only, as NIST SP 800-63B advises, and not the e-mail address itself.
///
/// # Errors
/// What is wrong with it, for `field`.
pub fn check_password(field: &str, password: &str, email: &str) -> Result<(), FieldError> {
    let length = password.chars().count();
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
        return Err(FieldError::new(field, format!("Use {PASSWORD_MIN} to {PASSWORD_MAX} characters.")));
    }
    if text::is_blank(password) || password.eq_ignore_ascii_case(email) {
        return Err(FieldError::new(field, "Use something that is harder to guess."));
    }
    Ok(())
}

/// An e-mail address in the form it is kept in: trimmed, lower case.
///
/// # Errors
/// When it has no name, no host, or characters that no address has.
pub fn check_email(field: &str, raw: &str) -> Result<String, FieldError> {
    let email = text::line(field, raw, 254)?.to_lowercase();
    let fits = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    if !fits || email.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"')) {
        return Err(FieldError::new(field, "Enter an e-mail address such as name@example.com."));
    }
    Ok(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_appear_in_debug_output() {
        let shown = format!("{:?}", Credentials { email: "a@b.c".into(), password: "hunter2hunter2".into() });
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn an_address_is_kept_in_one_form() {
        assert_eq!(check_email("email", " Mira@Example.COM ").unwrap(), "mira@example.com");
        for bad in [
            "",
            "mira",
            "@example.com",
            "mira@",
            "mira@localhost",
            "a b@example.com",
            "a@b@example.com",
            "a@example.com\r\nBcc: x@y.z",
        ] {
            assert!(check_email("email", bad).is_err(), "{bad:?}");
        }
    }
}
