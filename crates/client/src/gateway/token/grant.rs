//! What an endpoint grants (RFC 6749 section 5.1), and how long that is believed.

use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// How long a token is taken to live that does not say, or says nothing sensible.
const UNSAID: Duration = Duration::from_secs(300);
/// The longest life that is believed.
const LIFE_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// A token, as it came.
#[derive(Deserialize)]
pub(super) struct Grant {
    pub access_token: String,
    /// Seconds. A number by the RFC; some say it as text.
    #[serde(default)]
    expires_in: Value,
}

impl Grant {
    /// How long it lives.
    pub fn life(&self) -> Duration {
        let seconds = match &self.expires_in {
            Value::Number(said) => said.as_f64(),
            Value::String(said) => said.trim().parse().ok(),
            _ => None,
        };
        match seconds {
            Some(seconds) if seconds.is_finite() && seconds >= 1.0 => {
                Duration::from_secs_f64(seconds.min(LIFE_MAX.as_secs_f64()))
            }
            _ => UNSAID,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_believed_within_reason() {
        for (said, life) in [
            ("3600", Duration::from_secs(3600)),
            ("3600.5", Duration::from_millis(3_600_500)),
            (r#""3600""#, Duration::from_secs(3600)),
            (r#"" 60 ""#, Duration::from_secs(60)),
            ("1", Duration::from_secs(1)),
            ("86400", LIFE_MAX),
            ("86401", LIFE_MAX),
            ("18446744073709551615", LIFE_MAX),
            (r#""18446744073709551616""#, LIFE_MAX),
            ("1e300", LIFE_MAX),
            ("0", UNSAID),
            ("0.2", UNSAID),
            ("-1", UNSAID),
            ("-1e300", UNSAID),
            (r#""-3600""#, UNSAID),
            (r#""soon""#, UNSAID),
            (r#""""#, UNSAID),
            (r#""nan""#, UNSAID),
            (r#""inf""#, UNSAID),
            ("null", UNSAID),
            ("true", UNSAID),
            (r#"{"seconds":3600}"#, UNSAID),
        ] {
            let grant = format!(r#"{{"access_token":"t","expires_in":{said}}}"#);
            assert_eq!(serde_json::from_str::<Grant>(&grant).expect(said).life(), life, "{said}");
        }
        let silent: Grant = serde_json::from_str(r#"{"access_token":"t"}"#).expect("a token");
        assert_eq!(silent.life(), UNSAID);
    }
}
