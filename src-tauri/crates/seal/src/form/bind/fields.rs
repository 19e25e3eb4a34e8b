//! Signature fields, all of them made before the first signature.

use super::{Binding, lo, text};
use crate::form::FormError;
use crate::form::grid::{MM_PER_PT, PAGE_H};
use crate::form::paper::Paper;
use lopdf::{Object, ObjectId, Stream, dictionary};

// Print, and locked: a reader must not move the place of a signature.
const FLAGS: i64 = 132;
// Signatures exist, and the file may only be appended to.
const SIGNATURE_FLAGS: i64 = 3;

impl Binding {
    /// Makes each field with its unsigned appearance, which printpdf drew as a page of its own.
    pub(super) fn appearances<P>(&mut self, paper: &Paper<P>) -> Result<Vec<ObjectId>, FormError> {
        let own = paper.pages.len();
        let drawn = self.pages.split_off(own);
        let mut fields = Vec::new();
        for (number, field) in paper.fields.iter().enumerate() {
            let appearance = self.appearance(drawn[number])?;
            let page = self.pages[field.page - 1];
            let rectangle = [
                field.place.x,
                PAGE_H - field.place.y - field.place.h,
                field.place.x + field.place.w,
                PAGE_H - field.place.y,
            ]
            .map(|mm| Object::Real((mm / MM_PER_PT * 1000.0).round() / 1000.0));
            let id = self.document.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig",
                "T" => text(&field.name), "TU" => text(&field.tooltip),
                "F" => FLAGS, "P" => Object::Reference(page),
                "Rect" => rectangle.to_vec(),
                "StructParent" => (own + number) as i64,
                "AP" => dictionary! { "N" => Object::Reference(appearance) },
            });
            fields.push((page, id));
        }
        self.drop_pages(&drawn)?;
        for page in self.pages.clone() {
            let here: Vec<Object> =
                fields.iter().filter(|(on, _)| *on == page).map(|(_, id)| Object::Reference(*id)).collect();
            let page = self.page(page)?;
            if here.is_empty() {
                page.remove(b"Annots");
            } else {
                page.set("Annots", here);
            }
        }
        let fields: Vec<ObjectId> = fields.into_iter().map(|(_, id)| id).collect();
        if !fields.is_empty() {
            let all: Vec<Object> = fields.iter().map(|id| Object::Reference(*id)).collect();
            let form = dictionary! { "Fields" => all, "SigFlags" => SIGNATURE_FLAGS };
            self.document.catalog_mut().map_err(lo)?.set("AcroForm", form);
        }
        Ok(fields)
    }

    fn appearance(&mut self, page: ObjectId) -> Result<ObjectId, FormError> {
        let content = self.document.get_page_content(page);
        let page = self.page(page)?;
        let bounds = page.get(b"MediaBox").map_err(lo)?.clone();
        let resources = page.get(b"Resources").and_then(Object::as_reference).map_err(lo)?;
        let fonts = self.dictionary(resources)?.get(b"Font").map_err(lo)?.clone();
        let mut form = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds,
                "Resources" => dictionary! { "Font" => fonts },
            },
            content,
        );
        form.compress().map_err(lo)?;
        Ok(self.document.add_object(form))
    }

    fn drop_pages(&mut self, dropped: &[ObjectId]) -> Result<(), FormError> {
        let root = self.document.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference).map_err(lo)?;
        let kids: Vec<Object> = self.pages.iter().map(|id| Object::Reference(*id)).collect();
        let pages = self.dictionary(root)?;
        pages.set("Count", kids.len() as i64);
        pages.set("Kids", kids);
        for id in dropped {
            self.document.objects.remove(id);
        }
        Ok(())
    }
}
