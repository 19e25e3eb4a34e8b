//! The table.

mod asks;
mod doors;
mod downloads;
mod floods;
mod frames;
mod heavy;
mod names;
mod network;
mod permissions;
mod schemes;
mod windows;
mod workers;

use crate::case::Case;

/// Every page, family by family.
pub(crate) fn all() -> Vec<Case> {
    // The last ones are taken first: they take longest.
    let families = [
        doors::pages,
        schemes::pages,
        frames::pages,
        workers::pages,
        windows::pages,
        downloads::pages,
        asks::pages,
        permissions::pages,
        names::pages,
        network::pages,
        floods::pages,
        heavy::pages,
    ];
    families.iter().flat_map(|pages| pages()).collect()
}
