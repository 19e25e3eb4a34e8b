//! The structure of a tagged document: what a screen reader walks through.

/// Place of a node in the [`Tree`].
pub(super) type NodeId = usize;

/// What a node is, in the words of the PDF standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    H1,
    H2,
    H3,
    P,
    Table,
    THead,
    TBody,
    TR,
    TH,
    TD,
    Figure,
    Form,
}

impl Role {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::H3 => "H3",
            Self::P => "P",
            Self::Table => "Table",
            Self::THead => "THead",
            Self::TBody => "TBody",
            Self::TR => "TR",
            Self::TH => "TH",
            Self::TD => "TD",
            Self::Figure => "Figure",
            Self::Form => "Form",
        }
    }
}

/// Where a figure stands, in millimetres on its page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) w: f32,
    pub(super) h: f32,
}

/// A child of a node.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kid {
    Node(NodeId),
    /// Marked content of a page.
    Content {
        page: usize,
        number: usize,
    },
    /// A signature field, by its place among the fields.
    Field(usize),
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) role: Role,
    pub(super) parent: Option<NodeId>,
    pub(super) kids: Vec<Kid>,
    /// Words in the place of a figure or a field.
    pub(super) alternative: Option<String>,
    pub(super) place: Option<Place>,
}

/// The structure of a document; node 0 is the document.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let root = Node { role: Role::Document, parent: None, kids: Vec::new(), alternative: None, place: None };
        Self { nodes: vec![root] }
    }

    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { role, parent: Some(parent), kids: Vec::new(), alternative: None, place: None });
        self.nodes[parent].kids.push(Kid::Node(id));
        id
    }

    /// Nodes that hold anything: an empty one says nothing and is left out.
    pub(super) fn used(&self) -> Vec<bool> {
        let mut used = vec![false; self.nodes.len()];
        // Children come after their parents, so one walk from the end is enough.
        for id in (0..self.nodes.len()).rev() {
            used[id] = self.nodes[id].kids.iter().any(|kid| match kid {
                Kid::Node(child) => used[*child],
                Kid::Content { .. } | Kid::Field(_) => true,
            });
        }
        used
    }
}
