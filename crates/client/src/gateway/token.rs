//! Signing in at a gateway: OAuth 2.0 client credentials (RFC 6749 section 4.4). One token serves every request. It is
//! renewed before it ends, while it goes on serving; where there is none, all that wait share one sign-in.

mod grant;

use super::settings::{Settings, TokenSettings, seconds};
use contract::{Code, Problem};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use grant::Grant;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// A token is renewed when this part of its life is over.
const RENEWED_AT: f64 = 0.9;
/// How long a refused sign-in answers for all, before there is another.
const REMEMBERED: Duration = Duration::from_secs(1);

/// The token in use; nothing where nobody signs in.
pub(super) struct Tokens(Option<Arc<Door>>);

/// Where tokens are given.
struct Door {
    http: reqwest::Client,
    settings: TokenSettings,
    /// How long a sign-in may take as a whole.
    patience: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The last one, perhaps still under way.
    sign_in: Option<SignIn>,
}

struct Held {
    token: String,
    renew_at: Instant,
    ends_at: Instant,
}

type SignIn = Shared<BoxFuture<'static, Result<String, Refused>>>;

/// A sign-in that failed.
#[derive(Clone)]
struct Refused {
    problem: Problem,
    until: Instant,
}

impl Tokens {
    pub fn new(http: reqwest::Client, settings: &Settings) -> Self {
        Self(settings.token.clone().map(|token| {
            let patience = seconds(settings.time.answer);
            Arc::new(Door { http, settings: token, patience, state: Mutex::default() })
        }))
    }

    /// A token that is good for a while; `None` where nobody signs in.
    ///
    /// # Errors
    /// There is none, and the gateway gives none.
    pub async fn get(&self) -> Result<Option<String>, Problem> {
        let Some(door) = &self.0 else { return Ok(None) };
        match door.token(Instant::now()) {
            Ok(token) => Ok(Some(token)),
            Err(sign_in) => sign_in.await.map(Some).map_err(|refused| refused.problem),
        }
    }

    /// The gateway refused this token: it is not used again.
    pub fn refused(&self, token: &str) {
        let Some(door) = &self.0 else { return };
        door.state().held.take_if(|held| held.token == token);
    }
}

impl Door {
    /// The token, while it is good; otherwise the sign-in to wait for.
    fn token(self: &Arc<Self>, now: Instant) -> Result<String, SignIn> {
        let mut state = self.state();
        let Some(held) = state.held.as_ref().filter(|held| now < held.ends_at) else {
            return Err(self.sign_in(&mut state, now));
        };
        let (token, ages) = (held.token.clone(), held.renew_at <= now);
        if ages {
            // Nobody waits for this one.
            _ = self.sign_in(&mut state, now);
        }
        Ok(token)
    }

    /// The sign-in that is under way or was refused a moment ago; otherwise a new one. It goes on whoever gives up waiting.
    fn sign_in(self: &Arc<Self>, state: &mut State, now: Instant) -> SignIn {
        if let Some(last) = &state.sign_in {
            match last.clone().now_or_never() {
                None => return last.clone(),
                Some(Err(refused)) if now < refused.until => return last.clone(),
                Some(_) => {}
            }
        }
        let signing_in = tokio::spawn(self.clone().renew());
        let sign_in = async { signing_in.await.unwrap_or_else(|_| Err(Refused::for_a(Duration::ZERO))) };
        state.sign_in.insert(sign_in.boxed().shared()).clone()
    }

    async fn renew(self: Arc<Self>) -> Result<String, Refused> {
        let asked_at = Instant::now();
        let granted = timeout(self.patience, self.ask()).await.unwrap_or_else(|_| Err("no answer in time".to_owned()));
        let granted = granted.map_err(|why| {
            let (url, client) = (&self.settings.url, &self.settings.client_id);
            tracing::error!(%url, client, why, "the gateway gives no token");
            Refused::for_a(REMEMBERED)
        })?;
        let (life, token) = (granted.life(), granted.access_token);
        let (renew_at, ends_at) = (asked_at + life.mul_f64(RENEWED_AT), asked_at + life);
        self.state().held = Some(Held { token: token.clone(), renew_at, ends_at });
        Ok(token)
    }

    /// Asks for a token; otherwise says why there is none.
    async fn ask(&self) -> Result<Grant, String> {
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(self.settings.scope.as_deref().map(|scope| ("scope", scope)));
        let body = serde_html_form::to_string(form).expect("a flat form");
        let request = self
            .http
            .post(self.settings.url.clone())
            .basic_auth(&self.settings.client_id, Some(&self.settings.client_secret))
            .header(http::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(http::header::ACCEPT, "application/json")
            .body(body);
        let response = request.send().await.map_err(|cause| cause.to_string())?;
        if !response.status().is_success() {
            return Err(response.status().to_string());
        }
        response.json().await.map_err(|cause| cause.to_string())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Refused {
    /// A refusal that holds for so long from now.
    fn for_a(time: Duration) -> Self {
        let mut problem = Problem::new(
            Code::Unavailable,
            "Finsupport does not let this site in right now. Nothing was lost; try again.",
        );
        problem.retry_after = Some(REMEMBERED.as_secs());
        Self { problem, until: Instant::now() + time }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, http::StatusCode};
    use futures::{FutureExt, future::join_all};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::{net::TcpListener, sync::Semaphore};

    const MANY: usize = 20;

    /// A site, and an endpoint that lets it in, or refuses it, as often as it is allowed to answer.
    struct Pair {
        tokens: Arc<Tokens>,
        asked: Arc<AtomicUsize>,
        allowed: Arc<Semaphore>,
    }

    impl Pair {
        async fn new(status: StatusCode, said: &'static str) -> Self {
            Self::with_patience(10.0, status, said).await
        }

        async fn with_patience(answer: f64, status: StatusCode, said: &'static str) -> Self {
            let (asked, allowed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
            let (count, wait) = (asked.clone(), allowed.clone());
            let endpoint = move || {
                count.fetch_add(1, Ordering::SeqCst);
                let wait = wait.clone();
                async move {
                    wait.acquire().await.expect("never closed").forget();
                    (status, said)
                }
            };
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}/token", listener.local_addr().unwrap());
            tokio::spawn(async move { axum::serve(listener, Router::new().fallback(endpoint)).await });
            let token = TokenSettings {
                url: url.parse().unwrap(),
                client_id: "desk".to_owned(),
                client_secret: "hush".to_owned(),
                scope: None,
            };
            let mut settings = Settings { token: Some(token), ..Settings::default() };
            settings.time.answer = answer;
            Self { tokens: Arc::new(Tokens::new(reqwest::Client::new(), &settings)), asked, allowed }
        }

        fn asked(&self) -> usize {
            self.asked.load(Ordering::SeqCst)
        }

        async fn get_many(&self) -> Vec<Result<Option<String>, Problem>> {
            join_all((0..MANY).map(|_| self.tokens.get())).await
        }

        /// Gives the site a token that is good for a minute and to be renewed now.
        fn hold_an_old_one(&self) {
            let now = Instant::now();
            let held = Held { token: "old".to_owned(), renew_at: now, ends_at: now + Duration::from_secs(60) };
            self.tokens.0.as_ref().unwrap().state().held = Some(held);
        }

        async fn is_asked(&self) {
            until(|| (self.asked() > 0).then_some(())).await;
        }
    }

    /// Looks again and again, but not for ever.
    async fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
        let looking = async {
            loop {
                if let Some(found) = look() {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), looking).await.expect("it comes about")
    }

    const GRANTED: &str = r#"{"access_token":"new","expires_in":300}"#;

    #[tokio::test]
    async fn a_good_token_serves_while_one_renewal_is_under_way() {
        let pair = Pair::new(StatusCode::OK, GRANTED).await;
        pair.hold_an_old_one();
        let at_once = || pair.tokens.get().now_or_never().expect("nobody waits").unwrap().unwrap();
        for _ in 0..MANY {
            assert_eq!(at_once(), "old");
        }
        pair.is_asked().await;
        assert_eq!(at_once(), "old");
        pair.allowed.add_permits(1);
        until(|| (at_once() == "new").then_some(())).await;
        assert_eq!(pair.asked(), 1);
    }

    #[tokio::test]
    async fn a_renewal_that_is_refused_leaves_the_good_token() {
        let pair = Pair::new(StatusCode::FORBIDDEN, "").await;
        pair.allowed.add_permits(MANY);
        pair.hold_an_old_one();
        pair.tokens.get().await.unwrap();
        pair.is_asked().await;
        assert!(pair.get_many().await.into_iter().all(|got| got.unwrap().unwrap() == "old"));
        assert_eq!(pair.asked(), 1);
    }

    #[tokio::test]
    async fn all_that_wait_share_one_sign_in() {
        let pair = Pair::new(StatusCode::OK, GRANTED).await;
        pair.allowed.add_permits(MANY);
        assert!(pair.get_many().await.into_iter().all(|got| got.unwrap().unwrap() == "new"));
        assert_eq!(pair.asked(), 1);
        pair.tokens.refused("new");
        assert!(pair.tokens.get().now_or_never().is_none(), "a token that was refused is not used again");
    }

    #[tokio::test]
    async fn all_that_wait_hear_one_refusal_and_a_moment_later_it_is_tried_again() {
        let pair = Pair::new(StatusCode::FORBIDDEN, GRANTED).await;
        pair.allowed.add_permits(MANY);
        for got in pair.get_many().await {
            let problem = got.unwrap_err();
            assert_eq!((problem.code, problem.retry_after), (Code::Unavailable, Some(1)));
        }
        assert_eq!(pair.asked(), 1);
        until(|| pair.tokens.get().now_or_never().is_none().then_some(())).await;
    }

    #[tokio::test]
    async fn a_sign_in_that_hangs_ends_for_all_that_wait_at_the_same_time() {
        let pair = Pair::with_patience(0.1, StatusCode::OK, GRANTED).await;
        assert!(pair.get_many().await.into_iter().all(|got| got.is_err()));
        assert_eq!(pair.asked(), 1);
    }

    #[tokio::test]
    async fn whoever_gives_up_waiting_ends_the_sign_in_for_nobody_else() {
        let pair = Pair::new(StatusCode::OK, GRANTED).await;
        let tokens = pair.tokens.clone();
        let impatient = tokio::spawn(async move { tokens.get().await });
        pair.is_asked().await;
        impatient.abort();
        _ = impatient.await;
        pair.allowed.add_permits(MANY);
        assert_eq!(pair.tokens.get().await.unwrap().unwrap(), "new");
        assert_eq!(pair.asked(), 1);
    }

    #[tokio::test]
    async fn whatever_life_an_endpoint_says_its_token_serves() {
        for said in [
            r#"{"access_token":"t"}"#,
            r#"{"access_token":"t","expires_in":18446744073709551615}"#,
            r#"{"access_token":"t","expires_in":"3600"}"#,
            r#"{"access_token":"t","expires_in":-1}"#,
            r#"{"access_token":"t","expires_in":0}"#,
            r#"{"access_token":"t","expires_in":{"seconds":3600}}"#,
        ] {
            let pair = Pair::new(StatusCode::OK, said).await;
            pair.allowed.add_permits(MANY);
            for _ in 0..3 {
                assert_eq!(pair.tokens.get().await.unwrap().unwrap(), "t", "{said}");
            }
            assert_eq!(pair.asked(), 1, "{said}");
        }
    }
}
