//! What is packed, and what answers do to it.

use super::*;
use crate::domain::collect::draft::{Act, DraftHead, Tap};
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::visit::Whereabouts;
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use crate::host::{Reply, Request};
use crate::local::tests::{born, memory, random};
use crate::sync::protocol::Receipt;

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

fn with_visits(visits: u8) -> Keeper {
    let mut store = memory();
    let token = Token("t".into());
    store
        .sign_in(born(1), &[], "Ada", &token)
        .expect("it is theirs");
    let mut keeper = Keeper::of(store);
    for visit in 1..=visits {
        let form = Form::three_reads().form;
        let draft = DraftId::mint(1, [visit; 10]);
        let head = DraftHead {
            id: draft,
            visit: visit.into(),
            form,
            begun: NOON,
            lesson: None,
        };
        let look_for = LookForKey("purpose-said".into());
        let act = Act::Rate {
            look_for,
            rating: Some(Rating::Seen),
        };
        let tap = Tap {
            revision: 1,
            at: NOON,
            act,
        };
        assert_eq!(
            keeper
                .answer(Request::Keep { head, tap }, NOON, &mut random(visit))
                .answer,
            Ok(Reply::Done)
        );
        let submit = Request::Submit {
            draft,
            revision: 1,
            at: NOON,
        };
        assert!(
            keeper
                .answer(submit, NOON, &mut random(visit))
                .answer
                .is_ok()
        );
    }
    keeper
}

fn fresh() -> DeviceId {
    DeviceId::mint(9, [9; 10])
}

fn whereabouts(keeper: &Keeper) -> Vec<Whereabouts> {
    let visits = keeper.visits(None).expect("they are listed");
    visits.into_iter().map(|visit| visit.whereabouts).collect()
}

fn pack(keeper: &mut Keeper) -> Parcel {
    keeper
        .pack()
        .expect("it packs")
        .expect("there is something to send")
}

fn received(sent: &Sent) -> (u64, Fate) {
    let Sent { number, id, sha256 } = sent.clone();
    let receipt = Receipt {
        id,
        sha256,
        server_number: number,
        received_at_utc_ms: 5,
    };
    (number, Fate::Received(receipt))
}

#[test]
fn a_record_is_sending_only_while_it_is_on_its_way() {
    let mut keeper = with_visits(1);
    assert_eq!(whereabouts(&keeper), [Whereabouts::OnThisDevice]);
    let parcel = pack(&mut keeper);
    assert_eq!(whereabouts(&keeper), [Whereabouts::Sending]);
    assert_eq!(
        keeper.settle(&parcel, Verdict::TryLater, fresh()),
        Ok(Settled::Wait)
    );
    assert_eq!(whereabouts(&keeper), [Whereabouts::OnThisDevice]);
}

#[test]
fn a_refused_push_is_taken_apart_until_only_the_poison_is_set_aside() {
    let mut keeper = with_visits(3);
    let malformed = Problem::Malformed {
        place: "request".into(),
        reason: "no".into(),
    };
    let mut pushes = 0;
    while let Some(parcel) = keeper.pack().expect("it packs") {
        pushes += 1;
        let poisoned = parcel.sent.iter().any(|sent| sent.number == 2);
        let verdict = match poisoned {
            true => Verdict::Refused(malformed.clone()),
            false => Verdict::Judged(parcel.sent.iter().map(received).collect()),
        };
        assert_eq!(keeper.settle(&parcel, verdict, fresh()), Ok(Settled::GoOn));
    }
    let received = Whereabouts::OnTheServer {
        received_at_utc_ms: 5,
    };
    let aside = Whereabouts::SetAside { problem: malformed };
    assert_eq!(whereabouts(&keeper), [received.clone(), aside, received]);
    assert_eq!(pushes, 4);
}

#[test]
fn a_number_taken_by_a_copy_of_the_store_ends_the_device_id() {
    let mut keeper = with_visits(1);
    let parcel = pack(&mut keeper);
    let fates = Verdict::Judged(vec![(1, Fate::SetAside(Problem::NumberTaken))]);
    assert_eq!(keeper.settle(&parcel, fates, fresh()), Ok(Settled::GoOn));
    assert_eq!(keeper.store.identity().map(|me| me.device), Ok(fresh()));
}

/// Three visits of one id that was given up: each is set aside, the id is renewed once.
#[test]
fn a_device_id_is_renewed_once_however_many_numbers_were_taken() {
    let mut keeper = with_visits(3);
    let parcel = pack(&mut keeper);
    let taken = |number| (number, Fate::SetAside(Problem::NumberTaken));
    let fates = Verdict::Judged(vec![taken(1), (2, Fate::Unknown), taken(3)]);
    let settled = keeper.settle(&parcel, fates, fresh());
    assert_eq!(settled, Ok(Settled::Wait));
    let parcel = pack(&mut keeper);
    let again = DeviceId::mint(10, [10; 10]);
    let fates = Verdict::Judged(vec![taken(2)]);
    assert_eq!(keeper.settle(&parcel, fates, again), Ok(Settled::GoOn));
    assert_eq!(keeper.store.device(), Ok(fresh()));
}

#[test]
fn one_record_that_the_server_fails_on_holds_up_no_other() {
    let mut keeper = with_visits(4);
    let mut failures = 0;
    for _ in 0..12 {
        let parcel = pack(&mut keeper);
        let poisoned = parcel.sent.iter().any(|sent| sent.number == 1);
        let verdict = match poisoned {
            true => Verdict::ServerFailed,
            false => Verdict::Judged(parcel.sent.iter().map(received).collect()),
        };
        failures += u32::from(poisoned);
        keeper
            .settle(&parcel, verdict, fresh())
            .expect("it settles");
    }
    let left: Vec<u64> = (keeper
        .store
        .outbox(0, 9, usize::MAX)
        .expect("it answers")
        .iter())
    .map(|waiting| waiting.number)
    .collect();
    assert_eq!(left, [1], "after {failures} failures");
}

#[test]
fn nothing_travels_when_nobody_is_signed_in() {
    let mut keeper = Keeper::of(memory());
    assert_eq!(keeper.pack(), Ok(None));
    assert_eq!(keeper.order(), Ok(None));
}

#[test]
fn nothing_travels_after_the_server_refused_the_token_until_the_store_is_opened_again() {
    let mut keeper = with_visits(1);
    let parcel = pack(&mut keeper);
    let settled = keeper.settle(&parcel, Verdict::SignInAgain, fresh());
    assert_eq!(settled, Ok(Settled::SignInAgain));
    assert_eq!(keeper.pack(), Ok(None));
    assert_eq!(whereabouts(&keeper), [Whereabouts::OnThisDevice]);
    let reopened = Keeper::of(keeper.store);
    assert!(reopened.token().is_some());
}

#[test]
fn what_another_keeper_sent_settles_nothing_here() {
    let mut first = with_visits(1);
    let mut second = with_visits(1);
    let parcel = pack(&mut first);
    let fates = Verdict::Judged(parcel.sent.iter().map(received).collect());
    second.settle(&parcel, fates, fresh()).expect("it answers");
    assert_eq!(whereabouts(&second), [Whereabouts::OnThisDevice]);
    let order = first.order().expect("it answers").expect("an order");
    let pulled = Pulled {
        feed: 1,
        portions: vec![],
        lost: vec![],
        more: false,
    };
    second
        .arrive(&order, Delivered::Pulled(pulled))
        .expect("it answers");
    assert_eq!(second.store.position(), Ok(Position::default()));
}

#[test]
fn a_copy_holds_the_very_bytes() {
    let mut keeper = with_visits(1);
    let body = pack(&mut keeper).push.envelopes.remove(0).body;
    let copy = keeper.copy(1).expect("it is there");
    let copy: serde_json::Value = serde_json::from_str(&copy).expect("it is JSON");
    let copied = copy.pointer("/envelope/body");
    assert_eq!(copied.and_then(|body| body.as_str()), Some(body.as_str()));
}
