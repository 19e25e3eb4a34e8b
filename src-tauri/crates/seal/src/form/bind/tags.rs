//! The structure tree in the file.

use super::{Binding, lo, text};
use crate::form::FormError;
use crate::form::grid::{MM_PER_PT, PAGE_H};
use crate::form::paper::Paper;
use crate::form::structure::{Kid, Node, Role};
use lopdf::{Dictionary, Object, ObjectId, dictionary};

impl Binding {
    pub(super) fn tag<P>(&mut self, paper: &Paper<P>, fields: &[ObjectId]) -> Result<(), FormError> {
        let used = paper.tree.used();
        let ids: Vec<ObjectId> = paper.tree.nodes.iter().map(|_| self.document.new_object_id()).collect();
        let root = self.document.new_object_id();
        // For each page the nodes of its marked contents, in the order of their numbers.
        let mut owners: Vec<Vec<Object>> = vec![Vec::new(); paper.pages.len()];
        let mut field_owners = vec![Object::Null; fields.len()];
        for (number, node) in paper.tree.nodes.iter().enumerate() {
            for kid in &node.kids {
                match kid {
                    Kid::Node(_) => {}
                    Kid::Content { page, number: content } => {
                        let owners = &mut owners[*page];
                        if owners.len() <= *content {
                            owners.resize(content + 1, Object::Null);
                        }
                        owners[*content] = Object::Reference(ids[number]);
                    }
                    Kid::Field(field) => field_owners[*field] = Object::Reference(ids[number]),
                }
            }
        }
        for (number, node) in paper.tree.nodes.iter().enumerate() {
            if used[number] {
                let parent = node.parent.map_or(root, |parent| ids[parent]);
                let element = self.element(node, parent, &ids, &used, fields, paper);
                self.document.set_object(ids[number], element);
            }
        }
        let mut parents: Vec<Object> = Vec::new();
        for (page, owners) in owners.into_iter().enumerate() {
            parents.push((page as i64).into());
            parents.push(Object::Array(owners));
        }
        for (number, owner) in field_owners.into_iter().enumerate() {
            parents.push(((paper.pages.len() + number) as i64).into());
            parents.push(owner);
        }
        let next = (paper.pages.len() + fields.len()) as i64;
        let parents = self.document.add_object(dictionary! { "Nums" => parents });
        self.document.set_object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot", "K" => vec![Object::Reference(ids[0])],
                "ParentTree" => Object::Reference(parents), "ParentTreeNextKey" => next,
            },
        );
        self.document.catalog_mut().map_err(lo)?.set("StructTreeRoot", Object::Reference(root));
        for (number, page) in self.pages.clone().into_iter().enumerate() {
            let page = self.page(page)?;
            page.set("StructParents", number as i64);
            page.set("Tabs", Object::Name(b"S".to_vec()));
        }
        Ok(())
    }

    fn element<P>(
        &self,
        node: &Node,
        parent: ObjectId,
        ids: &[ObjectId],
        used: &[bool],
        fields: &[ObjectId],
        paper: &Paper<P>,
    ) -> Dictionary {
        let mut kids: Vec<Object> = Vec::new();
        let mut single = None;
        for kid in &node.kids {
            match kid {
                Kid::Node(child) if used[*child] => kids.push(Object::Reference(ids[*child])),
                Kid::Node(_) => {}
                Kid::Content { page, number } => kids.push(Object::Dictionary(dictionary! {
                    "Type" => "MCR", "Pg" => Object::Reference(self.pages[*page]), "MCID" => *number as i64,
                })),
                Kid::Field(field) => {
                    let page = self.pages[paper.fields[*field].page - 1];
                    single = Some(dictionary! {
                        "Type" => "OBJR", "Pg" => Object::Reference(page), "Obj" => Object::Reference(fields[*field]),
                    });
                }
            }
        }
        let mut out = dictionary! {
            "Type" => "StructElem", "S" => node.role.name(), "P" => Object::Reference(parent),
        };
        // The child of a field's element is the reference itself, not a list of one: validators
        // that compare revisions know a signed field only by that path.
        match single {
            Some(reference) => out.set("K", reference),
            None => out.set("K", kids),
        }
        if let Some(words) = &node.alternative {
            out.set("Alt", text(words));
        }
        if node.role == Role::TH {
            out.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
        }
        if let Some(place) = node.place {
            let corners = [place.x, PAGE_H - place.y - place.h, place.x + place.w, PAGE_H - place.y]
                .map(|mm| Object::Real((mm / MM_PER_PT * 1000.0).round() / 1000.0));
            out.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners.to_vec() });
        }
        out
    }
}
