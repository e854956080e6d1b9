//! The invariants of ARCHITECTURE.md, asserted by reading the sources: what the compiler cannot see, this does.

use contract::endpoints::{Endpoint, Operation, Source};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

#[test]
fn the_contract_depends_on_no_crate_of_ours_and_on_no_runtime() {
    let allowed = ["serde", "serde_json", "unicode-normalization", "utoipa", "uuid"];
    let manifest = read("crates/contract/Cargo.toml");
    let dependencies = section(&manifest, "dependencies");
    assert!(!dependencies.is_empty());
    for (name, _) in dependencies {
        let name = name.trim_end_matches(".workspace");
        assert!(
            allowed.contains(&name),
            "the contract depends on {name}: it must stay free of input, output and runtimes"
        );
    }
}

#[test]
fn the_contract_has_no_async_and_asks_no_clock() {
    refuse(&sources("crates/contract/src"), &["async ", ".await", "SystemTime", "Instant::now", "now_v7"], |_| false);
}

#[test]
fn the_database_is_spoken_to_only_in_queries_and_db() {
    let speaks = |path: &str| path.ends_with("/queries.rs") || path.starts_with("crates/api/src/db");
    refuse(&all_sources(), &["rusqlite"], speaks);
    // One writer opens every transaction; an action is handed the one it runs in.
    refuse(&all_sources(), &["\"BEGIN", "BEGIN IMMEDIATE"], |path| path.starts_with("crates/api/src/db"));
}

#[test]
fn handlers_are_mounted_only_from_the_route_table() {
    refuse(&sources("crates/api/src"), &[".route(\"", ".route(&", ".route_service(", ".nest("], |path| {
        path == "crates/api/src/routes.rs"
    });
}

#[test]
fn cfg_has_few_addresses() {
    let features =
        |path: &Path| code(path).lines().filter(|line| line.contains("cfg") && line.contains("feature")).count();
    let app: usize = sources("src").iter().map(|path| features(path)).sum();
    assert!(app <= 5, "src/ asks for features {app} times: the addresses are lib.rs, http.rs and server.rs");
    for path in sources("crates") {
        assert_eq!(features(&path), 0, "{} asks for a feature", shown(&path));
    }
}

#[test]
fn the_environment_is_read_only_by_the_configuration() {
    // clap reads the variables of the command line; nobody else asks.
    refuse(&all_sources(), &["std::env", "env::var"], |path| path.ends_with("config.rs"));
}

#[test]
fn time_is_handed_in() {
    let asks = |path: &str| path.ends_with("/clock.rs") || path.contains("/tests/");
    refuse(&sources("crates"), &["SystemTime::now", "Timestamp::now", "now_v7"], asks);
}

#[test]
fn the_design_system_knows_neither_the_server_nor_the_product() {
    for path in sources("src/ui") {
        let code = code(&path);
        for foreign in ["rpc::", "crate::rpc", "server::", "crate::server", "crate::pages", "api::", "client::"] {
            // `MutationObserver::new` is no server's.
            let begins = |at: usize| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            let mentioned = code.match_indices(foreign).any(|(at, _)| begins(at));
            assert!(!mentioned, "{} mentions {foreign}", shown(&path));
        }
        for noun in ["Ticket", "Reply", "Note", "Person", "Follower", "Session", "Escalation", "Priority", "Category"] {
            assert!(!words(&code).any(|word| word == noun), "{} mentions the product's {noun}", shown(&path));
        }
        for (at, _) in code.match_indices("contract::") {
            let named = &code[at + "contract::".len()..];
            let error = ["Problem", "FieldError", "problem"].iter().any(|name| named.starts_with(name));
            assert!(error, "{} uses more of the contract than its errors", shown(&path));
        }
    }
}

#[test]
fn html_that_is_taken_as_it_is_stands_in_few_places() {
    let safe = [
        // Markdown, sanitised by the server.
        "src/pages/shared/thread.rs",
        "src/pages/assignee/outbox/message.rs",
        // Written with escapes.
        "src/pages/assignee/queue/row.rs",
        "src/pages/assignee/search.rs",
        "src/ui/written.rs",
        // Drawings of a library; a script and a style of our own.
        "src/ui/icon.rs",
        "src/app.rs",
    ];
    refuse(&all_sources(), &["PreEscaped", "inner_html"], |path| safe.contains(&path));
}

#[test]
fn server_functions_hold_no_rule() {
    refuse(&sources("src/rpc"), &["policy::", "api::", "Status::after", "rusqlite"], |_| false);
}

#[test]
fn leptos_toml_says_what_cargo_toml_says() {
    let build = read("Cargo.toml");
    let build = section(&build, "package.metadata.leptos");
    let run = read("Leptos.toml");
    let run = section(&run, "package.metadata.leptos");
    assert!(!run.is_empty());
    for (key, value) in run {
        let built = build.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        assert_eq!(built, Some(value), "{key} differs between Cargo.toml and Leptos.toml");
    }
}

#[test]
fn server_functions_live_where_the_browser_looks_for_them() {
    let (cargo, manifest) = (read(".cargo/config.toml"), read("Cargo.toml"));
    let env = |key: &str| section(&cargo, "env").into_iter().find(|(name, _)| *name == key).map(|(_, value)| value);
    let told: Vec<_> = section(&manifest, "package.metadata.leptos");
    let leptos = |key: &str| told.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
    assert_eq!(env("SERVER_FN_PREFIX"), leptos("server-fn-prefix"));
    assert_eq!(env("DISABLE_SERVER_FN_HASH").map(|value| value.trim_matches('"')), leptos("disable-server-fn-hash"));
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    // Put together here, so that this file does not name them either.
    let forbidden = [
        concat!("/wo", "rk/main"),
        concat!("/wo", "rk/shared"),
        concat!("/wo", "rk/."),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("registry.npm", "js.org"),
        concat!("index.crates", ".io"),
        concat!("static.crates", ".io"),
        concat!("py", "pi.org"),
    ];
    for path in tracked() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for name in forbidden {
            assert!(!text.contains(name), "{} names {name}", shown(&path));
        }
    }
}

#[test]
fn the_documents_name_only_files_that_exist() {
    for document in ["README.md", "ARCHITECTURE.md", "STYLE.md"] {
        let text = read(document);
        let named = text.split('`').skip(1).step_by(2);
        let endings = [".rs", ".toml", ".ts", ".css", ".sql", ".md", ".mjs", ".png"];
        for name in named.filter(|name| name.contains('/') && endings.iter().any(|ending| name.ends_with(ending))) {
            let placeholder = name.contains(['<', '*', '{', '…']) || name.contains("NNNN");
            assert!(placeholder || root().join(name).exists(), "{document} names {name}, which does not exist");
        }
    }
}

#[test]
fn every_variable_of_the_command_line_is_in_the_readme() {
    let readme = read("README.md");
    let mut variables = 0;
    for path in sources("src/server") {
        for part in code(&path).split("env = \"").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            variables += 1;
            assert!(readme.contains(&format!("`{name}`")), "README.md does not explain {name}");
        }
    }
    assert!(variables > 0);
}

#[test]
fn the_readme_lists_every_operation_and_says_truly_which_are_answered() {
    let (readme, table) = (read("README.md"), read("crates/api/src/routes/table.rs"));
    for operation in Operation::ALL {
        let Endpoint { number, method, name, base, path, source } = operation.endpoint();
        let method = format!("{method:?}").to_uppercase();
        let mounted = table.contains(&format!("Op::{operation:?},"));
        let row = match source {
            Source::Known => {
                format!("| {number} | {method} {name} | `{path}` | {} |", if mounted { "yes" } else { "later" })
            }
            Source::Ours => format!("| {number} | {method} {name} | `{base}{path}` |"),
        };
        assert!(readme.contains(&row), "README.md lacks the row {row}");
        assert!(mounted || source == Source::Known, "{row} is not answered");
    }
}

#[test]
fn comments_give_operations_the_numbers_of_the_table() {
    let mut numbered = 0;
    for path in ["crates/api/src", "crates/client/src"].iter().flat_map(|folder| sources(folder)) {
        for line in fs::read_to_string(&path).expect("a source").lines() {
            let Some((number, rest)) = line.trim_start().strip_prefix("/// ").and_then(|text| text.split_once(", *"))
            else {
                continue;
            };
            let (Ok(number), Some((name, _))) = (number.parse::<u16>(), rest.split_once('*')) else { continue };
            let found = Operation::ALL.iter().map(|operation| operation.endpoint()).find(|e| e.number == number);
            assert_eq!(found.map(|endpoint| endpoint.name), Some(name), "{}: {line}", shown(&path));
            numbered += 1;
        }
    }
    assert!(numbered > 100, "{numbered} comments name an operation");
}

#[test]
fn every_operation_has_a_client_method() {
    let client: String = sources("crates/client/src").iter().map(|path| code(path)).collect();
    let table = read("crates/contract/src/endpoints.rs");
    let mut operations = 0;
    for line in table.lines().filter(|line| line.ends_with(" Known;") || line.ends_with(" Ours;")) {
        let operation = line.split_whitespace().nth(1).expect("a row names its operation");
        assert!(client.contains(&format!("Op::{operation},")), "crates/client has no method for {operation}");
        operations += 1;
    }
    assert!(operations > 53);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Fails when one of these sources contains one of `needles` in its code, unless its path is excepted.
fn refuse(sources: &[PathBuf], needles: &[&str], excepted: impl Fn(&str) -> bool) {
    assert!(!sources.is_empty());
    for path in sources.iter().filter(|path| !excepted(&shown(path))) {
        let code = code(path);
        for needle in needles {
            assert!(!code.contains(needle), "{} contains {needle}", shown(path));
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    [sources("src"), sources("crates")].concat()
}

/// Every Rust file below `folder`, but for the tests beside a crate's sources.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "tests") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The text of a source without its whole-line comments, which may name anything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source is text");
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The `key = value` lines under `[name]`.
fn section<'a>(toml: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let heading = format!("[{name}]");
    let lines = toml.lines().skip_while(|line| line.trim() != heading).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect()
}

/// What the repository holds; what is ignored may say what it likes.
fn tracked() -> Vec<PathBuf> {
    let listing = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().expect("git is there");
    let names = String::from_utf8_lossy(&listing.stdout).into_owned();
    let paths: Vec<_> = names.split('\0').filter(|name| !name.is_empty()).map(|name| root().join(name)).collect();
    assert!(!paths.is_empty(), "git lists the repository's files");
    paths
}
