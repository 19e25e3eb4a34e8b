//! A document on its way through three hands, each stage a type of its own.

use std::marker::PhantomData;

use ring::rand::SecureRandom;

use super::{SignError, Signer, add, ready, sign};
use crate::form::Fonts;
use crate::verify::inspect::inspect;

/// How far a document has come.
pub trait Stage: sealed::Sealed {
    /// The field that is signed next.
    const FIELD: &'static str;
    /// How many signatures are there.
    const SIGNED: usize;
    /// What the document is after the next signature.
    type Next;
}

/// Drawn, and signed by nobody.
#[derive(Debug)]
pub enum Unsigned {}
/// Signed by the first reviewing person.
#[derive(Debug)]
pub enum First {}
/// Signed by both reviewing people.
#[derive(Debug)]
pub enum Second {}
/// Signed by all three.
#[derive(Debug)]
pub enum Whole {}

impl Stage for Unsigned {
    const FIELD: &'static str = "first";
    const SIGNED: usize = 0;
    type Next = First;
}

impl Stage for First {
    const FIELD: &'static str = "second";
    const SIGNED: usize = 1;
    type Next = Second;
}

impl Stage for Second {
    const FIELD: &'static str = "head";
    const SIGNED: usize = 2;
    type Next = Whole;
}

/// A document that three people sign, at one stage of its way.
#[derive(Debug)]
pub struct Form<S> {
    bytes: Vec<u8>,
    stage: PhantomData<S>,
}

impl<S> Form<S> {
    /// The file as it is at this stage.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file as it is at this stage.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl<S: Stage> Form<S> {
    /// Takes up a file at this stage.
    ///
    /// # Errors
    ///
    /// - If the file is not one that Evidence Trail wrote, or a signature in it does not hold.
    /// - If another number of people have signed it.
    pub fn open(bytes: Vec<u8>) -> Result<Self, SignError> {
        let seen = inspect(&bytes).map_err(|_| SignError::NotOurs)?;
        if !seen.base_holds() {
            return Err(SignError::NotOurs);
        }
        if !seen.signatures_hold() {
            return Err(SignError::Broken);
        }
        if seen.parts().count() != S::SIGNED {
            return match seen.next_field() {
                Some(field) => Err(SignError::Order { next: field.name.clone() }),
                None => Err(SignError::Complete),
            };
        }
        Ok(Self { bytes, stage: PhantomData })
    }

    /// Adds the next signature.
    ///
    /// # Errors
    ///
    /// - If [`sign`] refuses.
    pub fn sign(self, signer: &Signer<'_>, fonts: &Fonts, rng: &dyn SecureRandom) -> Result<Form<S::Next>, SignError> {
        Ok(Form { bytes: sign(&self.bytes, S::FIELD, signer, fonts, rng)?, stage: PhantomData })
    }
}

/// Signs a document that has one field: a volume of exhibits or a referral record.
///
/// # Errors
///
/// - If the document has another number of fields.
/// - If [`sign`] refuses.
pub fn sign_one(pdf: &[u8], signer: &Signer<'_>, fonts: &Fonts, rng: &dyn SecureRandom) -> Result<Vec<u8>, SignError> {
    let seen = ready(pdf, None, signer)?;
    add(pdf, &seen, signer, fonts, rng)
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Unsigned {}
    impl Sealed for super::First {}
    impl Sealed for super::Second {}
}
