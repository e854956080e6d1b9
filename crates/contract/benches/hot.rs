//! The rules that are asked of each ticket and each text: `cargo bench -p contract`.

use contract::{
    Actor, Role,
    id::PersonId,
    policy::{Action, Standing, may},
    search::words::Words,
    ticket::Status,
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use uuid::Uuid;

const TEXT: &str = "Thank you, the payment of Monday has arrived in the meantime; the chargeback of last week is still \
                    missing on the statement, and so is the evidence that we sent for it.";

fn policy(c: &mut Criterion) {
    let [id, customer] = [1, 2].map(|nth| PersonId(Uuid::from_u128(nth)));
    let actor = Actor { id, role: Role::Assignee, organization_id: None };
    c.bench_function("policy, one action", |b| {
        b.iter(|| {
            let standing = Standing::of(black_box(&actor), customer, Some(id), false, Status::Open);
            may(&actor, black_box(Action::See), standing)
        });
    });
    c.bench_function("policy, every action", |b| {
        let standing = Standing::of(&actor, customer, Some(id), false, Status::Open);
        b.iter(|| Action::ALL.into_iter().filter(|action| may(black_box(&actor), *action, standing)).count());
    });
}

fn words(c: &mut Criterion) {
    let words = Words::of("chargeback evidence");
    c.bench_function("words, what is typed", |b| b.iter(|| Words::of(black_box("chargeback evidence"))));
    c.bench_function("words, held by a text", |b| b.iter(|| words.held(black_box(TEXT))));
    c.bench_function("words, a text's snippet", |b| b.iter(|| words.snippet(black_box(TEXT))));
}

criterion_group!(hot, policy, words);
criterion_main!(hot);
