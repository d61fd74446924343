//! Signing in and out: whose the open store becomes, and under which entry and device.

use super::{Door, Places};
use crate::domain::id::{DeviceId, PersonId};
use crate::domain::problem::Problem;
use crate::host::{Opened, clock};
use crate::local::person::Token;
use crate::local::{Identity, Store};
use crate::sync::delivered;
use crate::sync::protocol::{PROTOCOL, SignIn, SignedIn};

impl<P: Places> Door<P> {
    /// Signs in with a secret, as it was typed, on a `fresh` device id or on that of the store.
    ///
    /// # Errors
    /// What the server refused, [`Problem::NoAnswer`], those of opening a store, [`Problem::StoreFull`].
    pub(super) async fn sign_in(&self, secret: &str, fresh: DeviceId) -> Result<Opened, Problem> {
        let (device, formerly) = self.with(|keeper| newcomer(&keeper.store, fresh))?;
        let secret = delivered::secret_typed(secret);
        // If the server's yes was lost, or could not be kept, it says yes again to the same device.
        let before = self.asked.take().filter(|(shown, _)| *shown == secret);
        let device = before.map_or(device, |(_, device)| device);
        self.asked.replace(Some((secret.clone(), device)));
        let asked = SignIn {
            protocol: PROTOCOL,
            secret,
            device,
            formerly,
        };
        let SignedIn {
            person,
            name,
            mut entries,
            token,
        } = delivered::signed_in(&self.wire.sign_in(&asked).await)?;
        if !entries.contains(&person) {
            entries.insert(0, person);
        }
        if !self.is_open_for(&entries)? {
            let here = self.here()?;
            self.places.make_room(here.len() + 1).await?;
            // A store under any of their entries is theirs: what was not sent may lie in it.
            let is_here = |entry: &&PersonId| here.iter().any(|one| one.person == **entry);
            let store = *entries.iter().find(is_here).unwrap_or(&person);
            // From here on nothing waits, so nobody finds the device without a store.
            self.swap(|door| door.put_into_use(store, Some(&name)))?;
        }
        let author = self.author_for(person)?;
        let token = Token(token);
        let (opened, older) = self.with(|keeper| {
            let identity = Identity { device, author };
            let older = match keeper.store.person()? {
                Some(_) => Some(keeper.store.identity()?.device).filter(|older| *older != device),
                None => None,
            };
            keeper.store.sign_in(identity, &entries, &name, &token)?;
            keeper.refused = false;
            Ok((keeper.opened(clock::now())?, older))
        })?;
        self.who.set(Some(author));
        self.asked.take();
        let _ = self.seated.unbounded_send(());
        self.go();
        if let Some(older) = older {
            // This store was the person's before, and its sign-in of then is nobody's now. If this is not heard,
            // it stays in the list of their devices.
            let _ = self.wire.end_device(older, &token.0).await;
        }
        Ok(opened)
    }

    /// Under which entry a person goes on in the open store: the one that stands for them, unless the store is of
    /// another one and there is one of each here. Two stores of one id would be one too many to choose from.
    fn author_for(&self, person: PersonId) -> Result<PersonId, Problem> {
        match self.with(|keeper| keeper.store.person())? {
            Some(one) if one.id != person => {
                let beside = self.here()?.iter().any(|here| here.person == person);
                Ok(if beside { one.id } else { person })
            }
            _ => Ok(person),
        }
    }

    /// Takes the token out of the open store, then tells the server.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub(super) async fn sign_out(&self) -> Result<Opened, Problem> {
        let (token, opened) = self.with(|keeper| {
            let token = keeper.store.token()?;
            keeper.store.sign_out()?;
            Ok((token, keeper.opened(clock::now())?))
        })?;
        let _ = self.seated.unbounded_send(());
        if let Some(token) = token {
            // Without a network the server lists the device until an admin ends it; the token is gone.
            let _ = self.wire.sign_out(&token.0).await;
        }
        Ok(opened)
    }
}

/// With which device id a person signs in, and which author's records become theirs. Only a store that is
/// nobody's and has records signs in as the device that they name; every other one as a `fresh` device, also because
/// whoever signs in may be another person, whose store takes the id.
fn newcomer(store: &Store, fresh: DeviceId) -> Result<(DeviceId, Option<PersonId>), Problem> {
    if store.person()?.is_some() || !store.has_records()? {
        return Ok((fresh, None));
    }
    let Identity { device, author } = store.identity()?;
    Ok((device, Some(author)))
}
