//! The district's settings: what a file says is set, the rest stays.

use super::desk::Desk;
use crate::domain::import::Thing;
use rusqlite::named_params;

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    let Some(district) = &desk.roster.district else {
        return Ok(());
    };
    let languages = district.languages.as_ref();
    let languages = languages.map(|languages| serde_json::json!(languages).to_string());
    let changed = desk
        .transaction
        .prepare_cached(include_str!("district_keep.sql"))?
        .execute(named_params! {
            ":name": district.name,
            ":time_zone": district.time_zone,
            ":week_start": district.week_start,
            ":languages": languages,
        })?;
    desk.count(Thing::Settings).changed += u32::from(changed > 0);
    Ok(())
}
