//! Sites and the school years of terms. A site is matched by the roster's id, then by its code or name; it
//! is never taken away.

use super::desk::{Desk, chance};
use crate::domain::id::SiteId;
use crate::domain::import::{Named, Reason, Thing};
use crate::server::import::roster::SiteRow;
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::params;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the source said of a site the last time.
struct Said {
    site: SiteId,
    name: String,
    code: Option<String>,
}

/// Sites as they can be named.
pub(super) struct Called(HashMap<String, Vec<SiteId>>);

impl Called {
    /// All sites by their codes and names, in small letters.
    pub(super) fn load(desk: &Desk) -> rusqlite::Result<Self> {
        let mut statement = desk
            .transaction
            .prepare_cached("select id, name, code from site")?;
        let mut called: HashMap<String, Vec<SiteId>> = HashMap::new();
        let rows = statement.query_map([], |row| {
            let names: [Option<String>; 2] = [row.get("name")?, row.get("code")?];
            Ok((SiteId(uuid(row, "id")?), names))
        })?;
        for row in rows {
            let (site, names) = row?;
            for name in names.into_iter().flatten() {
                let sites = called.entry(name.to_lowercase()).or_default();
                if !sites.contains(&site) {
                    sites.push(site);
                }
            }
        }
        Ok(Self(called))
    }

    /// The one site that is called so.
    pub(super) fn find(&self, name: &str) -> Result<SiteId, Reason> {
        let what = Named::Site;
        match self.0.get(&name.to_lowercase()).map(Vec::as_slice) {
            Some([site]) => Ok(*site),
            Some([_, _, ..]) => Err(Reason::Unclear { what }),
            _ => Err(Reason::NoSuch { what }),
        }
    }
}

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    let before = said_before(desk)?;
    let called = Called::load(desk)?;
    let mut used: HashSet<SiteId> = before.values().map(|said| said.site).collect();
    for row in &desk.roster.sites {
        let site = match before.get(&row.id) {
            Some(said) => {
                changed(desk, row, said)?;
                said.site
            }
            None => added(desk, row, &called, &mut used)?,
        };
        desk.sites.insert(row.id.clone(), site);
        desk.done();
    }
    for (id, said) in before {
        desk.sites.entry(id).or_insert(said.site);
    }
    terms(desk, &desk.roster.terms)
}

fn said_before(desk: &Desk) -> rusqlite::Result<HashMap<String, Said>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select * from imported_site where source = ?1")?;
    statement
        .query_map([&desk.roster.source], |row| {
            let said = Said {
                site: SiteId(uuid(row, "site")?),
                name: row.get("name")?,
                code: row.get("code")?,
            };
            Ok((row.get("external_id")?, said))
        })?
        .collect()
}

/// A site that the source names for the first time: one that is there and that it does not call otherwise,
/// or a new one.
fn added(
    desk: &mut Desk,
    row: &SiteRow,
    called: &Called,
    used: &mut HashSet<SiteId>,
) -> rusqlite::Result<SiteId> {
    let by_code = row.code.as_deref().and_then(|code| called.find(code).ok());
    let found = by_code.or_else(|| called.find(&row.name).ok());
    let site = match found.filter(|site| !used.contains(site)) {
        Some(site) => {
            let coded = desk.transaction.execute(
                "update site set code = ?2 where id = ?1 and code is null and ?2 is not null",
                params![site.0.as_bytes(), row.code],
            )?;
            desk.count(Thing::Sites).changed += u32::from(coded > 0);
            site
        }
        None => {
            let site = SiteId::mint(desk.now_utc_ms, chance());
            desk.transaction
                .prepare_cached("insert into site (id, name, code) values (?1, ?2, ?3)")?
                .execute(params![site.0.as_bytes(), row.name, row.code])?;
            desk.count(Thing::Sites).added += 1;
            site
        }
    };
    used.insert(site);
    desk.transaction
        .prepare_cached(
            "insert into imported_site (source, external_id, site, name, code) \
             values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            desk.roster.source,
            row.id,
            site.0.as_bytes(),
            row.name,
            row.code
        ])?;
    Ok(site)
}

/// What the source calls a site now. A name that an office has given it since stays.
fn changed(desk: &mut Desk, row: &SiteRow, said: &Said) -> rusqlite::Result<()> {
    if row.name == said.name && row.code == said.code {
        return Ok(());
    }
    let changed = desk
        .transaction
        .prepare_cached(include_str!("site_change.sql"))?
        .execute(params![
            said.site.0.as_bytes(),
            said.name,
            row.name,
            said.code,
            row.code
        ])?;
    desk.count(Thing::Sites).changed += u32::from(changed > 0);
    desk.transaction
        .prepare_cached(
            "update imported_site set name = ?3, code = ?4 where source = ?1 and external_id = ?2",
        )?
        .execute(params![desk.roster.source, row.id, row.name, row.code])?;
    Ok(())
}

/// The school years of terms, for later files that name them.
fn terms(desk: &Desk, terms: &BTreeMap<String, u16>) -> rusqlite::Result<()> {
    let mut keep = desk
        .transaction
        .prepare_cached(include_str!("term_keep.sql"))?;
    for (id, year) in terms {
        keep.execute(params![desk.roster.source, id, year])?;
    }
    Ok(())
}
