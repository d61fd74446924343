//! Notice: tells a teacher by mail that a visit was written up, and nothing of what it says; and sends the
//! invitations that the office makes, by the same rules.
//!
//! Reading order: [`options`] (which mail server), [`schedule`] (when it is tried again), [`secret`] (what
//! a link holds), [`sender`] (SMTP), and here the job that brings them together.
//!
//! **How often a mail comes.** A try is counted and set again before it begins, and ended after the mail
//! server accepted the mail. SMTP has no receipt that could be asked for later: if the server or the
//! connection dies between the acceptance and our commit, the mail is tried again, and comes twice. It
//! never gets lost that way, and both have one `Message-ID`, by which many mail programs show one. In
//! every other case one mail is accepted for one feedback.
//!
//! **A fresh secret for each try.** Only the hash of a card's secret is kept, so a try cannot send the
//! secret of the one before. The earlier ones stay good until they expire: if a mail came twice, or came
//! although the connection was cut, each link in it has to work. Revoking ends all of them, and tries
//! that are still to come.
//!
//! Never here: what feedback says, or who wrote it; and never an address or a link in the log.

pub mod options;
pub mod schedule;
pub mod secret;
pub mod sender;

use super::store::notices::{Looked, NewCard, Rules, Try};
use super::store::{ServerStore, StoreFailure};
use crate::report::letter::{invitation, letter};
use crate::server::secret::{LINK_LIVES_MS, Secret};
use schedule::{FOR_MS, NEWS_MS, wait_ms};
use secret::CardSecret;
use sender::{Outcome, Sender};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long a card's link works.
pub const CARD_MS: i64 = crate::report::card::LINK_DAYS * 24 * 60 * 60 * 1000;
/// How often feedback is looked for from the start, for teachers whose address came after it.
const LOOK_AGAIN_MS: i64 = 60 * 60 * 1000;

/// What the job works with.
pub struct Job {
    /// Where mails are kept.
    pub store: Arc<dyn ServerStore>,
    /// What sends them.
    pub sender: Sender,
    /// The address under which readers reach the server, without a slash at its end.
    pub public_url: String,
    /// How long to wait between rounds.
    pub pause: Duration,
}

impl Job {
    /// Works until `stop` says so, or its sender is gone. A mail that is being sent is sent to its end.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let (mut looked, mut from_start_at) = (Looked::default(), i64::MIN);
        while !*stop.borrow() {
            let now = now_utc_ms();
            if now.saturating_sub(from_start_at) >= LOOK_AGAIN_MS {
                (looked, from_start_at) = (Looked::default(), now);
            }
            if let Err(failure) = self.invite(&stop).await {
                tracing::error!(%failure, "The store failed on invitations.");
            }
            match self.round(looked, &stop).await {
                Ok(now) => looked = now,
                Err(failure) => tracing::error!(%failure, "The store failed on mails."),
            }
            tokio::select! {
                () = tokio::time::sleep(self.pause) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Finds new feedback and sends what is due.
    async fn round(
        &self,
        after: Looked,
        stop: &watch::Receiver<bool>,
    ) -> Result<Looked, StoreFailure> {
        let now = now_utc_ms();
        let looked = self
            .store
            .note_feedback(after, now.saturating_sub(NEWS_MS), now)
            .await?;
        while !*stop.borrow() {
            let (secret, now) = (CardSecret::mint(), now_utc_ms());
            let card = NewCard {
                sha256: secret.sha256(),
                expires_utc_ms: now.saturating_add(CARD_MS),
            };
            let rules = Rules {
                wait_ms,
                for_ms: FOR_MS,
            };
            let Some(this) = self.store.begin_try(card, rules, now).await? else {
                break;
            };
            if !self.send(&this, &secret).await? {
                break;
            }
        }
        Ok(looked)
    }

    /// Sends the invitations that are due, each with a secret of its own.
    async fn invite(&self, stop: &watch::Receiver<bool>) -> Result<(), StoreFailure> {
        while !*stop.borrow() {
            let (secret, now) = (Secret::mint(), now_utc_ms());
            let rules = Rules {
                wait_ms,
                for_ms: FOR_MS,
            };
            let expires_utc_ms = now.saturating_add(LINK_LIVES_MS);
            let begun = self
                .store
                .begin_invitation(secret.sha256(), expires_utc_ms, rules, now);
            let Some(this) = begun.await? else {
                return Ok(());
            };
            let link = format!("{}{}", self.public_url, secret.link());
            let letter = invitation(this.language, &link);
            let about = format!("invitation-{}", this.mail.0);
            let (mail, number) = (this.mail.0, this.number);
            match self.sender.send(&this.address, &about, letter).await {
                Outcome::Accepted => {
                    tracing::info!(mail, number, "An invitation was accepted.");
                    self.store
                        .invitation_accepted(this.mail, now_utc_ms())
                        .await?;
                }
                Outcome::Refused(why) => {
                    tracing::warn!(mail, number, why, "An invitation was refused for good.");
                    self.store.give_up_invitation(this.mail, why).await?;
                }
                Outcome::Later { why, reached } => {
                    tracing::warn!(mail, number, why, "An invitation was not accepted yet.");
                    if !reached {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// Sends a mail and keeps what came of it. Says whether there is a mail server to go on with.
    async fn send(&self, this: &Try, secret: &CardSecret) -> Result<bool, StoreFailure> {
        let link = format!(
            "{}/card/{}?lang={}",
            self.public_url,
            secret.show(),
            this.language.tag()
        );
        let letter = letter(this.language, &link);
        let (mail, number) = (this.mail.0, this.number);
        let about = this.feedback.to_string();
        match self.sender.send(&this.address, &about, letter).await {
            Outcome::Accepted => {
                tracing::info!(mail, number, "A mail was accepted.");
                self.store.accepted(this.mail, now_utc_ms()).await?;
                Ok(true)
            }
            Outcome::Refused(why) => {
                tracing::warn!(mail, number, why, "A mail was refused for good.");
                self.store.give_up(this.mail, why).await?;
                Ok(true)
            }
            Outcome::Later { why, reached } => {
                tracing::warn!(mail, number, why, "A mail was not accepted yet.");
                Ok(reached)
            }
        }
    }
}

fn now_utc_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
