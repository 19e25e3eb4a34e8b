//! Exhibits in words: an address, or what is stated of a device or an item, field by field.

use trail_domain::event::capture::thing::{DeviceFacts, ItemFacts, Stated, Thing};
use trail_domain::ids::ExhibitMark;
use trail_domain::procedure::WordsOnly;

use super::{choose, label, words};
use crate::fault::Fault;
use crate::wire::forms::{DeviceForm, ItemForm, StatedForm, WordsExhibit};

#[derive(Clone, Copy)]
enum Kind {
    Address,
    Device,
    Item,
}

/// Words instead of a picture.
pub(crate) fn words_only(form: &WordsExhibit) -> Result<WordsOnly, Fault> {
    let kinds = [("address-only", Kind::Address), ("device", Kind::Device), ("physical-item", Kind::Item)];
    let kind = choose("kind", &form.kind, &kinds)?;
    let address = match (kind, form.address.as_deref().map(str::trim)) {
        (Kind::Address, None | Some("")) => {
            return Err(Fault::with("field-missing", "field", label("address")).at("address"));
        }
        (_, None | Some("")) => None,
        (_, Some(address)) => Some(address.to_owned()),
    };
    let (title, nature, concern) =
        (words("title", &form.title)?, words("nature", &form.nature)?, words("concern", &form.concern)?);
    let thing = match kind {
        Kind::Address => None,
        Kind::Device => Some(device(&form.device.clone().unwrap_or_default())?),
        Kind::Item => Some(item(&form.item.clone().unwrap_or_default())?),
    };
    Ok(WordsOnly { thing, title, nature, concern, address })
}

fn device(form: &DeviceForm) -> Result<Thing, Fault> {
    Ok(Thing::Device(Box::new(DeviceFacts {
        make: stated("deviceMake", &form.make)?,
        model: stated("deviceModel", &form.model)?,
        serial: stated("deviceSerial", &form.serial)?,
        owner: stated("deviceOwner", &form.owner)?,
        location: stated("deviceLocation", &form.location)?,
        handed_over_by: stated("handedOverBy", &form.handed_over_by)?,
        handed_over_at: stated("handedOverAt", &form.handed_over_at)?,
        looked_at: stated("lookedAt", &form.looked_at)?,
    })))
}

fn item(form: &ItemForm) -> Result<Thing, Fault> {
    Ok(Thing::Item(Box::new(ItemFacts {
        mark: stated("itemMark", &form.mark)?,
        description: stated("itemDescription", &form.description)?,
        seal: stated("itemSeal", &form.seal)?,
        custodian: stated("itemCustodian", &form.custodian)?,
        place: stated("itemPlace", &form.place)?,
    })))
}

/// What is stated, or why it is not recorded: one of the two, and never both.
fn stated(field: &str, form: &StatedForm) -> Result<Stated, Fault> {
    match (form.said.trim(), form.because.trim()) {
        ("", "") => Err(Fault::with("stated-missing", "field", label(field)).at(field)),
        (said, "") => words(field, said).map(Stated::Recorded),
        ("", because) => words(field, because).map(Stated::NotRecorded),
        (_, _) => Err(Fault::with("stated-twice", "field", label(field)).at(field)),
    }
}

/// The mark of an exhibit, `JS/1`.
pub(crate) fn exhibit_mark(text: &str) -> Result<ExhibitMark, Fault> {
    ExhibitMark::try_from(text.trim().to_owned()).map_err(|_| Fault::new("no-such-mark"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn said(said: &str, because: &str) -> StatedForm {
        StatedForm { said: said.to_owned(), because: because.to_owned() }
    }

    #[test]
    fn a_field_is_stated_or_has_its_reason_and_never_both_or_neither() {
        assert!(
            matches!(stated("deviceMake", &said(" Acme ", "")).unwrap(), Stated::Recorded(words) if words.as_str() == "Acme")
        );
        assert!(matches!(stated("deviceMake", &said("", "no label")).unwrap(), Stated::NotRecorded(_)));
        assert_eq!(stated("deviceMake", &said(" ", "\n")).unwrap_err().code(), "stated-missing");
        assert_eq!(stated("deviceMake", &said("Acme", "no label")).unwrap_err().code(), "stated-twice");
    }

    #[test]
    fn a_device_without_its_fields_is_not_taken() {
        let form = WordsExhibit {
            kind: "device".to_owned(),
            title: "A phone".to_owned(),
            nature: "Messages".to_owned(),
            concern: "It names a pupil".to_owned(),
            address: None,
            device: None,
            item: None,
        };
        assert_eq!(words_only(&form).unwrap_err().code(), "stated-missing");
        let form = WordsExhibit { kind: "physical-item".to_owned(), ..form };
        assert_eq!(words_only(&form).unwrap_err().code(), "stated-missing");
    }
}
