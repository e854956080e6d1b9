//! The pages as a browser without JavaScript gets them: through the whole router, over the real service.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod site;

use axum::http::{StatusCode, header};
use contract::ticket::{AdminClose, Status};
use site::Site;

#[tokio::test]
async fn strangers_are_asked_to_sign_in_and_come_back_where_they_wanted_to_be() {
    let site = Site::start().await;
    let mut browser = site.browser();
    let page = browser.get("/tickets/new?followUpOf=1").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-in?next=%2Ftickets%2Fnew%3FfollowUpOf%3D1");
    let page = browser
        .post(
            "/sign-in",
            "/rpc/sessions/sign_in",
            &[("email", site::CUSTOMER), ("password", site::PASSWORD), ("next", "/tickets/new")],
        )
        .await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/tickets/new"));
    let cookie = page.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    assert_eq!(browser.get("/tickets/new").await.status, StatusCode::OK);
}

#[tokio::test]
async fn when_we_fail_nobody_who_is_signed_in_is_asked_to_sign_in() {
    let site = Site::start().await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    site.lose("preferences").await;
    let page = browser.get("/tickets").await;
    assert_eq!(
        (page.status, page.body.contains("on our side")),
        (StatusCode::INTERNAL_SERVER_ERROR, true),
        "{}",
        page.body
    );
    let page = browser.get("/rpc/notifications/unread").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(site.browser().get("/tickets").await.location(), "/sign-in?next=%2Ftickets");
}

#[tokio::test]
async fn security_mixed_sessions_a_page_of_one_person_calls_nothing_in_the_name_of_another() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Whose").await;
    let of = async |email| site.client_of(email).await.viewer().await.unwrap().person.id;
    let (sam, ada) = (of(site::ASSIGNEE).await, of(site::ADMIN).await);
    let mut browser = site.signed_in(site::ADMIN).await;
    let deed = [("ticket_id", id.as_str()), ("priority", "URGENT")];
    let page = format!("/desk/tickets/{id}");
    let (refused, read, done) = (StatusCode::UNAUTHORIZED, StatusCode::OK, StatusCode::SEE_OTHER);
    for (whose, expected) in [(sam, (refused, refused)), (ada, (read, done))] {
        let read = browser.fetch(&format!("/as/{whose}/rpc/views/all?")).await;
        let done = browser.post(&page, &format!("/as/{whose}/rpc/tickets/prioritise"), &deed).await;
        assert_eq!((read.status, done.status), expected, "{} {}", read.body, done.body);
    }
    assert_eq!(
        browser.fetch(&format!("/as/{ada}/tickets")).await.status,
        StatusCode::NOT_FOUND,
        "nothing else is there"
    );
}

#[tokio::test]
async fn a_thumbnail_that_the_browser_has_is_not_sent_again() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";
    let site = Site::start().await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    let files = vec![("dot.png".to_owned(), PNG.into())];
    let file = site.client_of(site::CUSTOMER).await.upload_all(files).await.unwrap().remove(0);
    let path = format!("/files/{}/thumbnail", file.file_id);
    let first = browser.get(&path).await;
    assert_eq!((first.status, first.header(header::CACHE_CONTROL)), (StatusCode::OK, "private, no-cache"));
    browser.extra = vec![("if-none-match", first.header(header::ETAG).to_owned())];
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn behind_a_proxy_that_speaks_https_the_cookie_is_bound_to_the_host() {
    let site = Site::start().await;
    let mut browser = site.browser();
    browser.https = true;
    let page = browser
        .post("/sign-in", "/rpc/sessions/sign_in", &[("email", site::CUSTOMER), ("password", site::PASSWORD)])
        .await;
    let cookie = page.header(header::SET_COOKIE);
    assert!(
        cookie.starts_with("__Host-finsupport=") && cookie.contains("Secure") && !cookie.contains("Domain"),
        "{cookie}"
    );
    assert_eq!(page.header(header::STRICT_TRANSPORT_SECURITY), "max-age=31536000");
}

#[tokio::test]
async fn a_refused_sign_in_keeps_the_address_and_never_shows_the_password() {
    let site = Site::start().await;
    let mut browser = site.browser();
    let page = browser
        .post("/sign-in", "/rpc/sessions/sign_in", &[("email", site::CUSTOMER), ("password", "wrong-password-here")])
        .await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.body.contains(r#"value="customer@example.com""#), "{}", page.body);
    assert!(page.body.contains("E-mail or password is wrong"));
    assert!(!page.body.contains("wrong-password-here"));
}

#[tokio::test]
async fn security_open_redirect_next_never_leaves_the_site() {
    let site = Site::start().await;
    for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        let mut browser = site.browser();
        let page = browser
            .post(
                "/sign-in",
                "/rpc/sessions/sign_in",
                &[("email", site::CUSTOMER), ("password", site::PASSWORD), ("next", next)],
            )
            .await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/"), "{next}");
    }
}

#[tokio::test]
async fn security_csrf_other_sites_cannot_post_with_our_cookie() {
    let site = Site::start().await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        browser.extra = vec![(name, value.to_owned())];
        let page = browser.post("/account", "/rpc/sessions/sign_out", &[]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    browser.extra.clear();
    assert_eq!(browser.get("/tickets").await.status, StatusCode::OK, "still signed in");
}

/// Behind a proxy everybody comes from its address. What somebody says of theirs before it, it passes on, and adds its own.
#[tokio::test]
async fn whoever_guesses_passwords_keeps_nobody_else_behind_the_proxy_out() {
    let site = Site::start().await;
    let mut status = Vec::new();
    for (came, password) in
        [("198.51.100.1, 203.0.113.7", "a wrong one"), ("198.51.100.1, 203.0.113.8", site::PASSWORD)]
    {
        let mut browser = site.browser();
        browser.extra = vec![("x-forwarded-for", came.to_owned())];
        for _ in 0..12 {
            let typed = [("email", site::CUSTOMER), ("password", password)];
            status.push(browser.post("/sign-in", "/rpc/sessions/sign_in", &typed).await.status);
        }
    }
    assert_eq!(status[11], StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(status[12], StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_page_has_a_policy_with_a_nonce_of_its_own() {
    let site = Site::start().await;
    let mut browser = site.browser();
    let (first, second) = (browser.get("/sign-in").await, browser.get("/sign-in").await);
    let policy = first.header(header::CONTENT_SECURITY_POLICY);
    assert_ne!(policy, second.header(header::CONTENT_SECURITY_POLICY));
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    for script in first.body.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "<script{script}");
    }
    assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(first.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(first.header(header::REFERRER_POLICY), "same-origin");
}

#[tokio::test]
async fn a_ticket_that_is_not_yours_looks_like_one_that_is_not_there() {
    let site = Site::start().await;
    let theirs = site.ticket_of(site::OTHER, "Somebody else's concern").await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    let forbidden = browser.get(&format!("/tickets/{theirs}")).await;
    let missing = browser.get("/tickets/01939c3c-0000-7000-8000-000000000000").await;
    assert_eq!((forbidden.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(!forbidden.body.contains("Somebody else"));
}

#[tokio::test]
async fn the_api_finds_the_ids_in_its_paths_beside_the_pages() {
    let site = Site::start().await;
    let ticket = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    for path in [format!("/finsupport/1.0.0/tickets/{ticket}/replies"), format!("/desk/1.0.0/tickets/{ticket}/events")]
    {
        let answer = browser.ask_api(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_the_files_that_arrived() {
    let site = Site::start().await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    let typed = [
        ("subject", ""),
        ("category", "REFUND"),
        ("description", "It was **twice**."),
        ("payment_id", "no spaces allowed"),
        ("file_ids", ""),
        ("key", "k1"),
    ];
    let page = browser.post_files("/tickets/new", "/rpc/tickets/create", &typed, &[("log.txt", b"one line\n")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("It was **twice**.") && page.body.contains("no spaces allowed"), "{}", page.body);
    assert!(page.body.contains("Fill this in: it is empty.") && page.body.contains("log.txt"));
    let (_, first) = page.body.split_once(" autofocus").expect("the browser goes to what is at fault");
    let (before, _) = page.body.split_once(" autofocus").unwrap();
    assert!(before.rfind("<input").unwrap() > before.rfind('>').unwrap(), "within a field");
    assert!(before.contains("name=\"subject\"") && first.contains("name=\"category\""), "the first of those at fault");
    let ids = page.value_of("file_ids");
    assert_eq!(ids.len(), 36, "{ids}");
    let mended = [
        ("subject", "Charged twice"),
        ("category", "REFUND"),
        ("description", "It was **twice**."),
        ("file_ids", ids),
        ("key", "k1"),
    ];
    let page = browser.post_files("/tickets/new", "/rpc/tickets/create", &mended, &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let there = page.location().to_owned();
    let page = browser.get(&there).await;
    assert!(
        page.body.contains("Charged twice")
            && page.body.contains("log.txt")
            && page.body.contains("<strong>twice</strong>")
    );
}

#[tokio::test]
async fn security_mixed_sessions_what_a_page_of_one_person_posts_is_never_anothers() {
    let site = Site::start().await;
    let mut mine = site.signed_in(site::CUSTOMER).await;
    let page = mine.get("/tickets/new").await;
    let (_, action) =
        page.body.split_once("action=\"/rpc/tickets/create?").expect("the form names whose page it is on");
    let action = format!("/rpc/tickets/create?{}", action.split('"').next().unwrap());
    let typed = [
        ("subject", "Whose is this?"),
        ("category", "REFUND"),
        ("description", "It was twice."),
        ("file_ids", ""),
        ("key", "k1"),
    ];
    // Another window has signed somebody else in: the browser sends their cookie.
    let mut theirs = site.signed_in(site::OTHER).await;
    let refused = theirs.post("/tickets/new", &action, &typed).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.body);
    assert!(refused.body.contains("It was twice."), "what was typed is kept");
    assert!(!theirs.get("/tickets").await.body.contains("Whose is this?"));
    assert_eq!(mine.post("/tickets/new", &action, &typed).await.status, StatusCode::SEE_OTHER);
    assert!(mine.get("/tickets").await.body.contains("Whose is this?"));
}

/// It once kept a processor busy for ever, and the program from stopping.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_breaks_off_is_over() {
    let site = Site::start().await;
    for bytes in [0, 1_000, 3_000_000] {
        let mut browser = site.signed_in(site::CUSTOMER).await;
        let upload = tokio::spawn(async move { browser.break_off_upload(bytes).await.status });
        let status = tokio::time::timeout(std::time::Duration::from_secs(10), upload).await;
        let status = status.expect("it ends").unwrap();
        assert!(status.is_client_error(), "{bytes}: {status}");
    }
}

/// By nobody: whoever can reach the site could have it keep whatever they send.
#[tokio::test]
async fn security_memory_a_post_that_does_not_end_is_refused_and_not_kept() {
    const FORM: &str = "application/x-www-form-urlencoded";
    const PARTS: &str = "multipart/form-data; boundary=b";
    let site = Site::start().await;
    let long = "n".repeat(60_000);
    let named = format!("--b\r\ncontent-disposition: form-data; name=\"{long}\"\r\n\r\n\r\n");
    let short = "--b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n";
    let head = "--b\r\ncontent-disposition: form-data; name=\"";
    let text = "--b\r\ncontent-disposition: form-data; name=\"email\"\r\n\r\n";
    let table = [
        ("names of fields", "/rpc/sessions/sign_in", "text/html", PARTS, "", &*named),
        ("fields", "/rpc/sessions/sign_in", "text/html", PARTS, "", short),
        ("the header of a part", "/rpc/sessions/sign_in", "text/html", PARTS, head, &long),
        ("what was typed", "/rpc/sessions/sign_in", "text/html", PARTS, text, &long),
        ("a plain form", "/rpc/sessions/sign_in", "text/html", FORM, "email=", &long),
        ("a plain form's fields", "/rpc/sessions/sign_in", "text/html", FORM, "", "a=&"),
        ("a call", "/rpc/sessions/sign_in", "application/json", FORM, "email=", &long),
        ("an upload's header", "/rpc/files/upload", "application/json", PARTS, head, &long),
    ];
    for (what, action, accept, kind, first, again) in table {
        let (page, taken) = site.browser().post_endless(action, accept, kind, first, again).await;
        assert!(page.status.is_client_error() || page.status.is_server_error(), "{what}: {}", page.status);
        assert!(taken < 2_000_000, "{what}: {taken} bytes were taken");
        assert!(page.body.len() < 2_000_000, "{what}: and sent back");
    }
}

/// Our own code hears why, and keeps what was typed.
#[tokio::test]
async fn what_is_too_long_for_a_call_is_said() {
    let site = Site::start().await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    let page = browser.call("/rpc/tickets/create", &[("description", &"x".repeat(2_000_000))]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.body.contains("too much text"), "{}", page.body);
}

#[tokio::test]
async fn security_stored_xss_texts_names_and_subjects_are_shown_not_run() {
    let site = Site::start().await;
    let hostile = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let id = site.ticket_of(site::CUSTOMER, hostile).await;
    for (who, path) in [
        (site::CUSTOMER, format!("/tickets/{id}")),
        (site::CUSTOMER, "/tickets".to_owned()),
        (site::ASSIGNEE, format!("/desk/tickets/{id}?view=unassigned")),
    ] {
        let page = site.signed_in(who).await.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("alert(1)"), "{path} shows the text");
        for forbidden in ["<script>alert", "<img src=x"] {
            let at = page.body.find(forbidden).map(|at| &page.body[at.saturating_sub(200)..at + 100]);
            assert_eq!(at, None, "{path}");
        }
    }
}

#[tokio::test]
async fn security_canary_no_byte_of_a_note_reaches_a_customer() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Where is my refund?").await;
    let canary = "canary-7c1f";
    let mut agent = site.signed_in(site::ASSIGNEE).await;
    let page = agent
        .post_files(
            &format!("/desk/tickets/{id}"),
            "/rpc/notes/add",
            &[("ticket_id", &id), ("body", &format!("{canary} in the text")), ("file_ids", ""), ("key", "n1")],
            &[(&format!("{canary}.txt"), b"canary-7c1f in the bytes")],
        )
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert!(agent.get(&format!("/desk/tickets/{id}")).await.body.contains(canary), "staff do see it");
    let mut customer = site.signed_in(site::CUSTOMER).await;
    for path in
        [format!("/tickets/{id}"), "/tickets".to_owned(), format!("/tickets?q={canary}"), "/my-files".to_owned()]
    {
        let page = customer.get(&path).await;
        assert!(page.status.is_success(), "{path}");
        let found = page.body.replace(&format!("value=\"{canary}\""), "").replace(&format!("q={canary}"), "");
        assert!(!found.contains(canary), "{path}");
    }
    let fetched = customer.fetch(&format!("/rpc/threads/one?ticket_id={id}")).await;
    assert!(fetched.status.is_success() && !fetched.body.contains(canary), "{}", fetched.body);
}

/// The browser takes over what the server had read. What was read within a part of the page that the server built twice
/// would have been read outside its request, and the browser would build another page than the one it got.
#[tokio::test]
async fn a_ticket_at_the_desk_hands_over_nothing_that_failed() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Handed over whole").await;
    let mut browser = site.signed_in(site::ASSIGNEE).await;
    for _ in 0..30 {
        let page = browser.get(&format!("/desk/tickets/{id}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("__RESOLVED_RESOURCES"), "something is handed over");
        assert!(!page.body.contains("/problems/"), "and none of it is a refusal");
    }
}

/// Nobody listens there; somebody does who does not speak our language.
#[tokio::test]
async fn a_gateway_that_is_down_or_answers_nonsense_is_told_plainly_and_nothing_typed_is_lost() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let html = axum::Router::new().fallback(|| async { axum::response::Html("<h1>It works!</h1>") });
    tokio::spawn(async move { axum::serve(listener, html).await });
    for (url, status) in [
        ("http://127.0.0.1:9".to_owned(), StatusCode::SERVICE_UNAVAILABLE),
        (format!("http://{address}"), StatusCode::BAD_GATEWAY),
    ] {
        let site = Site::before(&url).await;
        let mut customer = site.signed_in(site::CUSTOMER).await;
        let mut assignee = site.signed_in(site::ASSIGNEE).await;
        let ticket = "0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d";
        for path in
            ["/tickets", &format!("/tickets/{ticket}"), "/my-files", "/desk", &format!("/desk/tickets/{ticket}")]
        {
            let browser = if path.starts_with("/desk") { &mut assignee } else { &mut customer };
            let page = browser.get(path).await;
            assert_eq!(page.status, status, "{url}{path}");
            assert!(page.body.contains("Nothing was lost") && page.body.contains("Try again"), "{path}: {}", page.body);
        }
        let typed = [
            ("subject", "Typed with care"),
            ("description", "Every word of it"),
            ("category", "CARD"),
            ("key", "k1"),
            ("file_ids", ticket),
        ];
        let page = customer.post("/tickets/new", "/rpc/tickets/create", &typed).await;
        assert_eq!(page.status, status);
        assert!(page.body.contains("Nothing was lost"), "{}", page.body);
        assert!(page.body.contains("Typed with care") && page.body.contains("Every word of it"), "{}", page.body);
        assert!(page.body.contains(r#"value="k1""#), "the same key, so that nothing is sent twice: {}", page.body);

        let page_of_it = format!("/tickets/{ticket}");
        let reply = [("ticket_id", ticket), ("body", "Every word of the reply"), ("key", "k2"), ("file_ids", ticket)];
        let page = customer.post_files(&page_of_it, "/rpc/replies/customer", &reply, &[]).await;
        assert_eq!(page.status, status);
        for kept in [">Every word of the reply</textarea>", "value=\"k2\"", ticket, &page_of_it] {
            assert!(page.body.contains(kept), "{kept}: {}", page.body);
        }
        let file = format!("name=\"file_ids\" value=\"{ticket}\"");
        assert!(page.body.contains(&file), "a file that cannot be looked at now: {}", page.body);
        assert!(!page.body.contains("href=\"\""), "the address of this page answers no GET: {}", page.body);
    }
}

#[tokio::test]
async fn an_escalation_that_is_sent_again_because_its_answer_was_lost_counts_once() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Urgent").await;
    let mut customer = site.signed_in(site::CUSTOMER).await;
    let page = format!("/tickets/{id}");
    let body = customer.get(&page).await.body;
    let form = body.split("/rpc/tickets/escalate").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap();
    assert!(form.contains(r#"name="key""#), "{form}");
    for key in ["press-one", "press-one", "press-two"] {
        let fields = [("ticket_id", id.as_str()), ("reason", "My flight leaves today"), ("key", key)];
        let done = customer.post(&page, "/rpc/tickets/escalate", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let admin = site.client_of(site::ADMIN).await;
    assert_eq!(admin.ticket(id.parse().unwrap()).await.unwrap().escalation.unwrap().level, 2);
}

#[tokio::test]
async fn a_report_tells_what_its_tickets_come_to_and_draws_their_days() {
    let site = Site::start().await;
    let (answered, open) =
        (site.ticket_of(site::CUSTOMER, "Answered").await, site.ticket_of(site::OTHER, "Open").await);
    answer(&site, &answered).await;
    let mut admin = site.signed_in(site::ADMIN).await;
    let page = admin.get("/desk/reports").await;
    assert_eq!(page.status, StatusCode::OK);
    for told in [
        r#"total-figure">2<"#,
        r#"total-figure">1<"#,
        "9 of 10 within under a minute, of 1 ticket",
        "None yet",
        "2 tickets opened and 0 closed over 90 days.",
        r#"aria-sort="descending""#,
        &format!("/desk/tickets/{answered}"),
        &format!("/desk/tickets/{open}"),
    ] {
        assert!(page.body.contains(told), "{told}");
    }
    assert_eq!(
        page.body.matches(r#"role="img""#).count() - page.body.matches(r#"class="bars"#).count(),
        2,
        "two drawings"
    );
    assert!(!page.body.contains(" style="), "the page's policy allows no inline style");
    let mut assignee = site.signed_in(site::ASSIGNEE).await;
    let page = assignee.get("/desk/reports").await;
    assert!(page.body.contains(&answered) && !page.body.contains(&open), "their own only");
    let page = admin.get("/desk/reports?from=&to=&status=OPEN&customer=hanna").await;
    assert!(page.body.contains(&open) && !page.body.contains(&answered));
    assert!(admin.get("/desk/reports?customer=nobody-is-called-so").await.body.contains("No customer matches"));
}

#[tokio::test]
async fn a_report_is_sorted_by_every_heading_and_goes_on_without_javascript() {
    let site = Site::start().await;
    let mut ids = Vec::new();
    for number in 0..52 {
        ids.push(site.ticket_of(site::CUSTOMER, &format!("Ticket {number}")).await);
    }
    let mut admin = site.signed_in(site::ADMIN).await;
    for field in
        ["CREATED_AT", "UPDATED_AT", "CLOSED_AT", "PRIORITY", "STATUS", "NUMBER", "FIRST_RESPONSE", "RESOLUTION"]
    {
        for (order, said) in [("ASC", "ascending"), ("DESC", "descending")] {
            let page = admin.get(&format!("/desk/reports?from=&to=&sortField={field}&sortOrder={order}")).await;
            assert_eq!(page.status, StatusCode::OK, "{field} {order}");
            assert!(page.body.contains(&format!(r#"aria-sort="{said}""#)), "{field} {order}");
            let link = page.body.split("href=\"").find(|link| link.contains("cursor=")).expect("a second page");
            let next = admin.get(&link.split('"').next().unwrap().replace("&amp;", "&")).await;
            assert_eq!(next.status, StatusCode::OK, "{field} {order}");
            let missed: Vec<_> =
                ids.iter().filter(|id| !page.body.contains(id.as_str()) && !next.body.contains(id.as_str())).collect();
            assert!(missed.is_empty(), "{field} {order}: {missed:?}");
            assert!(next.body.contains("Back to the first") && !next.body.contains("total-figure"));
        }
    }
    let page = admin.get("/desk/reports?from=2026-11-20&to=2026-11-01").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Choose the day of the beginning, or a later one."));
}

#[tokio::test]
async fn a_report_is_downloaded_as_csv_in_the_viewers_name() {
    let site = Site::start().await;
    let own = site.ticket_of(site::CUSTOMER, "=1+1").await;
    site.ticket_of(site::OTHER, "Somebody else's").await;
    answer(&site, &own).await;
    let mut assignee = site.signed_in(site::ASSIGNEE).await;
    let csv = assignee.get("/desk/reports/tickets.csv?sortField=NUMBER").await;
    assert_eq!(csv.status, StatusCode::OK);
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"), "{}", csv.header(header::CONTENT_TYPE));
    assert!(csv.header(header::CONTENT_DISPOSITION).starts_with("attachment; filename="));
    assert!(csv.header(header::CACHE_CONTROL).contains("no-store"));
    assert_eq!(csv.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(csv.body.contains("'=1+1") && !csv.body.contains("Somebody else"), "{}", csv.body);
    let mut admin = site.signed_in(site::ADMIN).await;
    assert!(admin.get("/desk/reports/tickets.csv").await.body.contains("Somebody else"));
    let refused = admin.get("/desk/reports/tickets.csv?status=GONE").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn canned_replies_are_kept_by_plain_forms_that_lose_nothing() {
    let site = Site::start().await;
    let mut admin = site.signed_in(site::ADMIN).await;
    let page = admin.get("/desk/canned-replies").await;
    assert!(page.body.contains("No canned replies yet"));
    let add = "/rpc/reply_titles/add";
    let page = admin.post("/desk/canned-replies", add, &[("title", ""), ("key", "t0")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Fill this in: it is empty."));
    let page = admin.post("/desk/canned-replies", add, &[("title", "Refund: on its way"), ("key", "t1")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let there = page.location().to_owned();
    let title = there.split("title=").nth(1).unwrap().to_owned();
    let page = admin.post("/desk/canned-replies", add, &[("title", "refund: ON ITS WAY"), ("key", "t2")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.body.contains(r#"value="refund: ON ITS WAY""#) && page.body.contains("There is such a title already.")
    );

    let add = "/rpc/reply_messages/add";
    let typed = |message: &'static str, key: &'static str| {
        [("reply_title_id", title.clone()), ("message", message.to_owned()), ("key", key.to_owned())]
    };
    let fields = typed("Dear {customer.nme}, it is on its way.", "m1");
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = admin.post(&there, add, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("Dear {customer.nme}, it is on its way.")
            && page.body.contains("Nobody knows {customer.nme}.")
    );
    for (message, key) in [("Dear {customer.name}, {ticket.number} is paid.", "m2"), ("A second one.", "m3")] {
        let fields = typed(message, key);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(admin.post(&there, add, &fields).await.status, StatusCode::SEE_OTHER);
    }
    let page = admin.get(&there).await;
    assert!(page.body.contains("Dear Mira Okafor, FS-1042 is paid.") && page.body.contains("never used"));

    // A refused edit comes back to its own form, and to no other.
    let id = page.value_of("reply_message_id").to_owned();
    let edit = [("reply_message_id", id.as_str()), ("message", "Dear {nobody.knows}.")];
    let page = admin.post(&there, "/rpc/reply_messages/edit", &edit).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.body.matches("Dear {nobody.knows}.</textarea>").count(), 1);
    assert_eq!(page.body.matches(">Nobody knows {nobody.knows}. Use").count(), 1);

    let withdraw = [("reply_title_id", title.as_str()), ("status", "INACTIVE")];
    let mut assignee = site.signed_in(site::ASSIGNEE).await;
    assert!(assignee.get(&there).await.body.contains("Dear Mira Okafor, FS-1042 is paid."), "assignees read them");
    assert!(!assignee.get(&there).await.body.contains("/rpc/reply_"), "and are offered no form");
    assert_eq!(assignee.post(&there, "/rpc/reply_titles/set_status", &withdraw).await.status, StatusCode::FORBIDDEN);
    let page = admin.post(&there, "/rpc/reply_titles/set_status", &withdraw).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(assignee.get(&there).await.status, StatusCode::NOT_FOUND, "an inactive title is not there for them");
}

#[tokio::test]
async fn staff_find_their_files_and_admins_everybodys() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "With a note").await;
    let mut agent = site.signed_in(site::ASSIGNEE).await;
    let note = [("ticket_id", id.as_str()), ("body", "See the log."), ("file_ids", ""), ("key", "n1")];
    let page =
        agent.post_files(&format!("/desk/tickets/{id}"), "/rpc/notes/add", &note, &[("gateway.log", b"a line")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let page = agent.get("/desk/files").await;
    assert!(page.body.contains("gateway.log") && page.body.contains("with a note"));
    let page = agent.get("/desk/files?whose=all").await;
    assert!(!page.body.contains("file-groups"), "all files are for admins");
    let mut admin = site.signed_in(site::ADMIN).await;
    assert!(admin.get("/desk/files").await.body.contains("You have uploaded nothing yet"));
    let page = admin.get("/desk/files?whose=all").await;
    assert!(page.body.contains("gateway.log") && page.body.contains("1 file, 6 B") && page.body.contains("by Sam"));
}

#[tokio::test]
async fn nothing_new_is_given_to_whose_account_was_disabled_and_what_they_had_is_found() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Whose is it now").await;
    let mut admin = site.signed_in(site::ADMIN).await;
    let (ticket, queue) = (format!("/desk/tickets/{id}"), "/desk?view=all");
    let file = "/desk/tickets/new?customer=example.com";
    assert_eq!(admin.get(&ticket).await.body.matches(">Sam<!></option>").count(), 3, "whose tickets, assign, follow");
    assert!(admin.get(file).await.body.contains(">Hanna<"));
    site.disable(site::ASSIGNEE).await;
    site.disable(site::OTHER).await;
    assert_eq!(admin.get(&ticket).await.body.matches(">Sam<!></option>").count(), 1, "whose tickets");
    assert_eq!(admin.get(queue).await.body.matches(">Sam<!></option>").count(), 1);
    assert!(!admin.get(file).await.body.contains(">Hanna<"));
    let staff: Vec<contract::person::Contact> =
        serde_json::from_str(&admin.fetch("/rpc/people/staff").await.body).unwrap();
    let present: Vec<_> = contract::person::present(staff).map(|contact| contact.person.name).collect();
    assert_eq!(present, ["Ada"], "choosers and mentions");
}

#[tokio::test]
async fn pages_and_answers_of_the_api_are_compressed_for_who_reads_that() {
    let site = Site::start().await;
    for n in 0..3 {
        site.ticket_of(site::CUSTOMER, &format!("One of several tickets, number {n}")).await;
    }
    let mut browser = site.signed_in(site::ADMIN).await;
    for encoding in ["br", "gzip"] {
        browser.extra = vec![("accept-encoding", encoding.to_owned())];
        for page in [browser.fetch("/desk").await, browser.ask_api("/finsupport/1.0.0/tickets").await] {
            assert_eq!((page.status, page.header(header::CONTENT_ENCODING)), (StatusCode::OK, encoding));
        }
    }
    browser.extra.clear();
    assert_eq!(browser.get("/desk").await.header(header::CONTENT_ENCODING), "");
}

#[tokio::test]
async fn a_plain_form_is_refused_as_plainly_where_answers_are_compressed() {
    let site = Site::start().await;
    let mut browser = site.browser();
    browser.extra = vec![("accept-encoding", "gzip, br".to_owned())];
    let wrong = [("email", site::CUSTOMER), ("password", "not the password")];
    let page = browser.post("/sign-in", "/rpc/sessions/sign_in", &wrong).await;
    assert_eq!((page.status, page.header(header::CONTENT_ENCODING)), (StatusCode::UNAUTHORIZED, "br"));
}

#[tokio::test]
async fn a_page_hears_nothing_of_what_somebody_else_sees_who_signed_in_meanwhile() {
    let site = Site::start().await;
    let mut browser = site.signed_in(site::ADMIN).await;
    let other = site.client_of(site::CUSTOMER).await.viewer().await.unwrap().person.id;
    let answer = browser.get(&format!("/live?as={other}")).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let answer = site.browser().get(&format!("/live?as={other}")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "nor who is signed out");
}

#[tokio::test]
async fn a_page_may_say_who_is_at_a_ticket_that_was_taken_from_them_a_moment_ago() {
    let site = Site::start().await;
    let mut agent = site.signed_in(site::ASSIGNEE).await;
    let gone = "01a2049f-f6ba-70ab-b58f-886b48779837";
    let page = agent.post("/desk", "/rpc/presence/put", &[("ticket_id", gone), ("activity", "LOOKING")]).await;
    assert!(page.status.is_redirection() || page.status.is_success(), "{} {}", page.status, page.body);
}

#[tokio::test]
async fn customers_get_none_of_the_desks_pages() {
    let site = Site::start().await;
    let mut customer = site.signed_in(site::CUSTOMER).await;
    for path in ["/desk/reports", "/desk/reports/tickets.csv", "/desk/canned-replies", "/desk/files?whose=all"] {
        let page = customer.get(path).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/tickets"), "{path}");
        let page = site.browser().get(path).await;
        assert!(page.location().starts_with("/sign-in?next="), "{path}");
    }
    for path in
        ["/rpc/reports/tickets?query=", "/rpc/reply_titles/all", "/rpc/reply_messages/offered", "/rpc/files/all"]
    {
        let answer = customer.fetch(path).await;
        assert!(answer.status.is_client_error(), "{path}: {} {}", answer.status, answer.body);
    }
}

#[tokio::test]
async fn an_emptied_description_is_refused_and_not_taken_for_one_that_is_not_changed() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    let address = format!("/tickets/{id}");
    let page = browser.get(&address).await;
    let mut typed =
        vec![("ticket_id", id.as_str()), ("version", "1"), ("subject", "Charged twice"), ("description", "")];
    let hidden = ["with_subject", "with_description", "with_payment"].into_iter();
    typed.extend(hidden.filter(|name| page.body.contains(&format!("name=\"{name}\""))).map(|name| (name, "true")));
    let page = browser.post(&address, "/rpc/tickets/update", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let description = page.body.split("edit-description-about").last().unwrap();
    assert!(description.contains("Fill this in: it is empty."), "the field is named: {description}");
}

#[tokio::test]
async fn nobody_is_offered_to_hurry_what_is_done() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    answer(&site, &id).await;
    let (mut customer, mut agent) = (site.signed_in(site::CUSTOMER).await, site.signed_in(site::ASSIGNEE).await);
    for (offered, to) in [(true, Status::InProgress), (false, Status::Completed)] {
        if !offered {
            site.client_of(site::ASSIGNEE).await.assignee_status(id.parse().unwrap(), to).await.unwrap();
        }
        let page = customer.get(&format!("/tickets/{id}")).await;
        assert_eq!(page.body.contains("urgent-reason"), offered, "{to}");
        let page = agent.get(&format!("/desk/tickets/{id}")).await;
        assert_eq!(page.body.contains("escalate-reason"), offered, "{to}");
    }
}

#[tokio::test]
async fn nobody_is_chosen_for_a_ticket_that_nobody_has() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    let mut admin = site.signed_in(site::ADMIN).await;
    for expected in ["Choose…", "Sam"] {
        let page = admin.get(&format!("/desk/tickets/{id}")).await;
        let select = page.body.split("id=\"assignee\"").nth(1).unwrap().split("</select>").next().unwrap();
        let chosen = select.split("<option").find(|option| option.contains("selected")).unwrap_or(select);
        assert!(chosen.contains(expected), "{chosen}");
        if expected != "Sam" {
            answer(&site, &id).await;
        }
    }
}

#[tokio::test]
async fn a_search_that_finds_nothing_in_a_view_leads_to_all_tickets() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    answer(&site, &id).await;
    for (email, all) in [(site::ASSIGNEE, "all-i-see"), (site::ADMIN, "all")] {
        let mut browser = site.signed_in(email).await;
        let everywhere = format!("/desk?view={all}&amp;q=nowhere");
        for (address, offered) in [
            ("/desk?view=unassigned&q=nowhere".to_owned(), true),
            (format!("/desk?view={all}&q=nowhere&priority=LOW"), true),
            (format!("/desk?view={all}&q=nowhere"), false),
            ("/desk?view=unassigned&priority=LOW".to_owned(), false),
        ] {
            let page = browser.get(&address).await;
            let link = page.body.split("<a ").find(|link| link.contains("Search all tickets"));
            assert_eq!(link.is_some_and(|link| link.contains(&everywhere)), offered, "{address}: {link:?}");
        }
        let page = browser.get(&format!("/desk?view={all}&q=charged")).await;
        assert!(page.body.contains("Charged twice") && !page.body.contains("Search all tickets"), "{all}");
    }
}

#[tokio::test]
async fn a_customer_who_just_says_thanks_need_not_write_it() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    answer(&site, &id).await;
    let ticket = id.parse().unwrap();
    site.client_of(site::ASSIGNEE).await.assignee_status(ticket, Status::Completed).await.unwrap();
    let (mut browser, address) = (site.signed_in(site::CUSTOMER).await, format!("/tickets/{id}"));
    let empty = [("ticket_id", id.as_str()), ("body", " "), ("file_ids", ""), ("key", "k1")];
    let page = browser.post(&address, "/rpc/replies/customer", &empty).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a reply says something");
    let thanks = [&empty[..], &[("status", "COMPLETED")]].concat();
    let page = browser.post(&address, "/rpc/replies/customer", &thanks).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let client = site.client_of(site::CUSTOMER).await;
    let said = client.replies(ticket, &Default::default()).await.unwrap().items.pop().unwrap();
    assert_eq!((said.body.as_str(), client.ticket(ticket).await.unwrap().status), ("Thanks!", Status::Completed));
}

#[tokio::test]
async fn a_reply_that_comes_too_late_is_kept_without_a_button_that_sends_it() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    let (mut browser, address) = (site.signed_in(site::CUSTOMER).await, format!("/tickets/{id}"));
    assert!(browser.get(&address).await.body.contains("Send reply"));
    let close = AdminClose { reason: "A duplicate".into() };
    site.client_of(site::ADMIN).await.admin_close(id.parse().unwrap(), &close).await.unwrap();
    let typed = [("ticket_id", id.as_str()), ("body", "One more thing"), ("file_ids", ""), ("key", "k1")];
    let page = browser.post(&address, "/rpc/replies/customer", &typed).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("One more thing") && page.body.contains("followUpOf"), "{}", page.body);
    assert!(!page.body.contains("Send reply") && !page.body.contains("Send anyway"));
}

#[tokio::test]
async fn the_menu_says_which_theme_is_chosen() {
    let site = Site::start().await;
    let mut browser = site.signed_in(site::CUSTOMER).await;
    for chosen in ["system", "dark", "light"] {
        if chosen != "system" {
            browser.post("/tickets", "/rpc/sessions/set_theme", &[("theme", chosen)]).await;
        }
        let page = browser.get("/tickets").await;
        let pressed: Vec<_> =
            page.body.split("<button").filter(|button| button.contains("aria-pressed=\"true\"")).collect();
        assert_eq!(pressed.len(), 1, "{chosen}");
        assert!(pressed[0].contains(&format!("value=\"{chosen}\"")), "{chosen}: {}", pressed[0]);
    }
}

#[tokio::test]
async fn a_file_leads_to_the_ticket_of_its_reply_or_note_for_those_who_see_it() {
    let site = Site::start().await;
    let id = site.ticket_of(site::CUSTOMER, "Charged twice").await;
    let (mut customer, mut agent) = (site.signed_in(site::CUSTOMER).await, site.signed_in(site::ASSIGNEE).await);
    let typed = [("ticket_id", id.as_str()), ("body", "See the file."), ("file_ids", ""), ("key", "k1")];
    let (portal, desk) = (format!("/tickets/{id}"), format!("/desk/tickets/{id}"));
    let file: [(&str, &[u8]); 1] = [("gateway.log", b"a line")];
    let page = customer.post_files(&portal, "/rpc/replies/customer", &typed, &file).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let page = agent.post_files(&desk, "/rpc/notes/add", &typed, &file).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);

    let of_reply = way_to_ticket(&customer.get("/my-files").await.body).expect("a link in the portal");
    let of_note = way_to_ticket(&agent.get("/desk/files").await.body).expect("a link at the desk");
    for (email, path, there) in [
        (site::CUSTOMER, &of_reply, Some(&portal)),
        (site::ASSIGNEE, &of_reply, Some(&desk)),
        (site::ASSIGNEE, &of_note, Some(&desk)),
        (site::ADMIN, &of_note, Some(&desk)),
        (site::CUSTOMER, &of_note, None),
        (site::OTHER, &of_reply, None),
        (site::OTHER, &of_note, None),
    ] {
        let page = site.signed_in(email).await.get(path).await;
        let expected = if there.is_some() { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
        assert_eq!((page.status, page.location()), (expected, there.map_or("", |there| there)), "{email}: {path}");
    }
    let page = customer.get("/files/none/ticket").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

/// The first link of a list of files that leads to a file's ticket.
fn way_to_ticket(body: &str) -> Option<String> {
    body.split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.ends_with("/ticket"))
        .map(str::to_owned)
}

/// The assignee claims this ticket and answers it.
async fn answer(site: &Site, id: &str) {
    let (agent, id) = (site.client_of(site::ASSIGNEE).await, id.parse().unwrap());
    agent.claim(id).await.unwrap();
    let reply =
        contract::reply::NewReply { body: "It is on its way.".into(), file_ids: vec![], based_on: None, status: None };
    agent.assignee_reply(id, &reply).await.unwrap();
}

#[tokio::test]
async fn a_filter_is_kept_as_a_view_without_javascript() {
    let site = Site::start().await;
    for subject in ["Charged twice", "Card declined"] {
        site.ticket_of(site::CUSTOMER, subject).await;
    }
    let mut agent = site.signed_in(site::ASSIGNEE).await;
    let page = agent.get("/desk?view=unassigned&priority=MEDIUM").await;
    assert!(page.body.contains("Priority: Medium") && page.body.contains("Save view"), "what is on is shown");
    let desk = |body: &str| body.replace("<!>", "").replace("<!---->", "");
    assert!(desk(&page.body).contains(", 2 tickets"), "views are counted: {}", page.body);

    let query = ("query", "base=unassigned&priority=MEDIUM");
    let filtered = "/desk?view=unassigned&priority=MEDIUM";
    let page = agent.post(filtered, "/rpc/views/save", &[("name", " "), query, ("key", "v1")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Fill this in: it is empty."), "{}", page.body);
    let page = agent.post(filtered, "/rpc/views/save", &[("name", "Medium"), query, ("key", "v2")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let address = page.location().to_owned();
    let page = agent.get(&address).await;
    assert!(page.body.contains("Priority: Medium") && page.body.contains("Edit view"), "{}", page.body);
    assert!(!page.body.contains("Save changes"), "nothing is changed yet");

    let id = address.trim_start_matches("/desk?view=").to_owned();
    let changed = agent.get(&format!("{address}&base=unassigned&priority=LOW")).await;
    assert!(changed.body.contains("Save changes") && changed.body.contains("Save as new"), "{}", changed.body);
    let renamed = agent.post(&address, "/rpc/views/rename", &[("view_id", &id), ("name", "Renamed")]).await;
    assert_eq!((renamed.status, renamed.location()), (StatusCode::SEE_OTHER, address.as_str()));
    assert!(agent.get("/desk").await.body.contains("Renamed"));

    let mut admin = site.signed_in(site::ADMIN).await;
    let hidden = admin.get(&address).await;
    assert!(!hidden.body.contains("Renamed"), "it is nobody else's");
    let refused = admin.post(&address, "/rpc/views/delete", &[("view_id", &id)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let gone = agent.post(&address, "/rpc/views/delete", &[("view_id", &id)]).await;
    assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, "/desk"));
    assert!(!agent.get("/desk").await.body.contains("Renamed"));
}
