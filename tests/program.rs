//! The program as whoever runs it meets it: first start, demo, stopping, messages.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod process;

use bytes::Bytes;
use contract::{Code, Role, session::Setup};
use futures::{SinkExt, channel::mpsc};
use process::{Program, add_customer, run};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use tempfile::TempDir;

#[tokio::test]
async fn the_first_start_prints_a_link_that_makes_the_admin_once() {
    let folder = TempDir::new().unwrap();
    let mut program = Program::serve(folder.path(), &[]);
    let link = program.lines.by_ref().map(Result::unwrap).find(|line| line.contains("/setup/")).unwrap();
    let token = link.rsplit('/').next().unwrap().to_owned();
    let setup =
        Setup { token, name: "Ada".into(), email: "ada@example.com".into(), password: "a long enough one".into() };
    let admin = program.client.set_up(&setup).await.unwrap();
    let viewer = program.client.with_token(admin.access_token).viewer().await.unwrap();
    assert_eq!((viewer.person.role, viewer.demo), (Role::Admin, false));
    assert_eq!(program.client.set_up(&setup).await.unwrap_err().code, Code::NotFound);
    drop(program);
    let mut program = Program::serve(folder.path(), &[]);
    program.terminate();
    assert!(program.lines.by_ref().all(|line| !line.unwrap().contains("/setup/")));
}

#[test]
fn the_demo_never_touches_real_data() {
    let folder = TempDir::new().unwrap();
    add_customer(folder.path());
    let output = run(&["serve", "--demo", "--addr", "127.0.0.1:0"], folder.path());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && message.contains("real accounts"), "{message}");
    let listed = String::from_utf8(run(&["user", "list"], folder.path()).stdout).unwrap();
    assert_eq!(listed.lines().count(), 1, "{listed}");
}

#[test]
fn demo_data_is_never_served_as_the_real_thing() {
    let folder = TempDir::new().unwrap();
    drop(Program::serve(folder.path(), &["--demo"]));
    let output = run(&["serve", "--addr", "127.0.0.1:0"], folder.path());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && message.contains("--demo"), "{message}");
}

#[tokio::test]
async fn told_to_stop_it_finishes_what_it_has_begun() {
    let folder = TempDir::new().unwrap();
    add_customer(folder.path());
    let mut program = Program::serve(folder.path(), &[]);
    let client = program.signed_in().await;
    let _open_page = client.live_events(None).await.unwrap();
    let (mut bytes, body) = mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    let upload = tokio::spawn(async move { client.upload("slow.txt", body).await });
    bytes.send(Ok(Bytes::from_static(b"begun, "))).await.unwrap();
    until(|| is_receiving(folder.path())).await;
    program.terminate();
    until(|| std::net::TcpStream::connect(program.address).is_err()).await;
    bytes.send(Ok(Bytes::from_static(b"and finished\n"))).await.unwrap();
    drop(bytes);
    assert_eq!(upload.await.unwrap().unwrap().size, 20);
    let stopped = Instant::now();
    assert!(program.process.wait().unwrap().success());
    assert!(stopped.elapsed() < Duration::from_secs(10), "open pages do not hold it up");
}

#[test]
fn a_mistake_on_the_command_line_is_explained() {
    let folder = TempDir::new().unwrap();
    for (arguments, hint) in [
        (&["serve", "--addr", "everywhere"][..], "--addr"),
        (&["serve", "--session-days", "0"], "1..=365"),
        (&["user", "disable", "nobody@example.com"], "nobody@example.com"),
        (&["serve", "--log", "=/="], "--log"),
    ] {
        let output = run(arguments, folder.path());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains(hint), "{arguments:?}: {message}");
    }
}

fn is_receiving(folder: &Path) -> bool {
    let incoming = folder.join("files/incoming");
    incoming.read_dir().is_ok_and(|mut files| files.next().is_some())
}

async fn until(done: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(30);
    while !done() {
        assert!(Instant::now() < patience, "it never came to that");
        tokio::task::yield_now().await;
    }
}
