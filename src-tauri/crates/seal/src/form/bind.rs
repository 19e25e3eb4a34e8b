//! Binding: what an archive, a screen reader and a signature need is added to the printed pages.

mod fields;
mod tags;

use super::face::Fonts;
use super::paper::Paper;
use super::picture::{Picture, Placeable};
use super::reference::About;
use super::{Drawn, FormError, icc, press, time, xmp};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// Name of the program in its documents.
pub(super) const PRODUCER: &str = concat!("Evidence Trail ", env!("CARGO_PKG_VERSION"));

/// Prints and binds a document without pictures.
pub(super) fn words<P: Placeable + Clone>(paper: Paper<P>, about: &About, fonts: &Fonts) -> Result<Drawn, FormError> {
    with_pictures(paper, about, fonts, Vec::new())
}

/// Prints and binds a document; the pictures go in with their compressed data as it is.
pub(super) fn with_pictures<P: Placeable + Clone>(
    mut paper: Paper<P>,
    about: &About,
    fonts: &Fonts,
    pictures: Vec<Picture<'_>>,
) -> Result<Drawn, FormError> {
    let printed = press::print(&mut paper, fonts);
    let mut binding = Binding::new(&printed, &paper)?;
    drop(printed);
    binding.place(pictures)?;
    let appearances = binding.appearances(&paper)?;
    binding.tag(&paper, &appearances)?;
    binding.outline(&paper);
    binding.describe(about)?;
    let mut bytes = Vec::with_capacity(binding.room());
    binding.document.save_to(&mut bytes).map_err(|error| FormError::Finish(error.to_string()))?;
    Ok(Drawn::new(bytes, paper.pages.len()))
}

struct Binding {
    document: Document,
    pages: Vec<ObjectId>,
}

impl Binding {
    fn new<P>(printed: &[u8], paper: &Paper<P>) -> Result<Self, FormError> {
        let document = Document::load_mem(printed).map_err(lo)?;
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        if pages.len() != paper.pages.len() + paper.fields.len() {
            return Err(FormError::Finish("the number of pages is not as laid out".to_owned()));
        }
        Ok(Self { document, pages })
    }

    fn place(&mut self, pictures: Vec<Picture<'_>>) -> Result<(), FormError> {
        if pictures.is_empty() {
            return Ok(());
        }
        let mut names = Dictionary::new();
        for (number, picture) in pictures.into_iter().enumerate() {
            let stream = Stream::new(
                dictionary! {
                    "Type" => "XObject", "Subtype" => "Image",
                    "Width" => i64::from(picture.width), "Height" => i64::from(picture.height),
                    "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
                    "Filter" => "FlateDecode",
                    "DecodeParms" => dictionary! {
                        "Predictor" => 15, "Colors" => 3, "BitsPerComponent" => 8,
                        "Columns" => i64::from(picture.width),
                    },
                },
                picture.data.concat(),
            )
            .with_compression(false);
            let id = self.document.add_object(stream);
            names.set(press::picture_name(number), Object::Reference(id));
        }
        // All pages share one dictionary of pictures.
        let names = self.document.add_object(names);
        for page in self.pages.clone() {
            let resources = self.page(page)?.get(b"Resources").and_then(Object::as_reference).map_err(lo)?;
            self.dictionary(resources)?.set("XObject", Object::Reference(names));
        }
        Ok(())
    }

    fn describe(&mut self, about: &About) -> Result<(), FormError> {
        let id = self.digest();
        let made = time::in_metadata(about.made);
        let info = dictionary! {
            "Title" => text(&about.title()),
            "Author" => text(&about.school),
            "Producer" => text(PRODUCER),
            "CreationDate" => Object::string_literal(made.clone()),
            "ModDate" => Object::string_literal(made),
        };
        let profile = dictionary! { "N" => 3 };
        let mut profile = Stream::new(profile, icc::srgb());
        profile.compress().map_err(lo)?;
        let profile = self.document.add_object(profile);
        let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let packet = Stream::new(packet, xmp::packet(about).into_bytes()).with_compression(false);
        let packet = self.document.add_object(packet);
        let catalog = self.document.catalog_mut().map_err(lo)?;
        catalog.set("Version", Object::Name(b"1.7".to_vec()));
        catalog.set("Lang", Object::string_literal("en-GB"));
        catalog.set("Metadata", Object::Reference(packet));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set(
            "OutputIntents",
            vec![Object::Dictionary(dictionary! {
                "Type" => "OutputIntent", "S" => "GTS_PDFA1",
                "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
                "Info" => Object::string_literal("sRGB IEC61966-2.1"),
                "DestOutputProfile" => Object::Reference(profile),
            })],
        );
        let info = self.document.add_object(info);
        self.document.version = "1.7".to_owned();
        self.document.trailer.set("Info", Object::Reference(info));
        self.document.trailer.set("ID", vec![id.clone(), id]);
        self.document.prune_objects();
        // A file that was never added to numbers its objects without a gap (ISO 32000-1, 7.5.4): readers trip over
        // gaps. No id that was noted before holds after this.
        self.document.renumber_objects();
        Ok(())
    }

    fn outline<P>(&mut self, paper: &Paper<P>) {
        if paper.bookmarks.is_empty() {
            return;
        }
        let root = self.document.new_object_id();
        let ids: Vec<ObjectId> = paper.bookmarks.iter().map(|_| self.document.new_object_id()).collect();
        for (number, bookmark) in paper.bookmarks.iter().enumerate() {
            let top = (super::grid::PAGE_H - bookmark.y) / super::grid::MM_PER_PT;
            let page = self.pages[bookmark.page - 1];
            let mut item = dictionary! {
                "Title" => text(&bookmark.title),
                "Parent" => Object::Reference(root),
                "Dest" => vec![Object::Reference(page), "XYZ".into(), Object::Null, Object::Real(top.round()), Object::Null],
            };
            if number > 0 {
                item.set("Prev", Object::Reference(ids[number - 1]));
            }
            if let Some(next) = ids.get(number + 1) {
                item.set("Next", Object::Reference(*next));
            }
            self.document.set_object(ids[number], item);
        }
        let outline = dictionary! {
            "Type" => "Outlines", "Count" => ids.len() as i64,
            "First" => Object::Reference(ids[0]), "Last" => Object::Reference(ids[ids.len() - 1]),
        };
        self.document.set_object(root, outline);
        if let Ok(catalog) = self.document.catalog_mut() {
            catalog.set("Outlines", Object::Reference(root));
            catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
        }
    }

    /// The file's own id: a hash of everything its pages draw, so that it depends on nothing else.
    fn digest(&self) -> Object {
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        for object in self.document.objects.values() {
            if let Object::Stream(stream) = object {
                context.update(&(stream.content.len() as u64).to_be_bytes());
                context.update(&stream.content);
            }
        }
        let digest = context.finish();
        Object::String(digest.as_ref()[..16].to_vec(), StringFormat::Hexadecimal)
    }

    /// About how many bytes the file will have: the pictures are most of it, and are not to be moved as it grows.
    fn room(&self) -> usize {
        let streams = self.document.objects.values().filter_map(|object| object.as_stream().ok());
        streams.map(|stream| stream.content.len()).sum::<usize>() + self.document.objects.len() * 256
    }

    fn page(&mut self, id: ObjectId) -> Result<&mut Dictionary, FormError> {
        self.dictionary(id)
    }

    fn dictionary(&mut self, id: ObjectId) -> Result<&mut Dictionary, FormError> {
        self.document.get_object_mut(id).and_then(Object::as_dict_mut).map_err(lo)
    }
}

/// A text in the encoding that every reader knows.
fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn lo(error: lopdf::Error) -> FormError {
    FormError::Finish(error.to_string())
}
