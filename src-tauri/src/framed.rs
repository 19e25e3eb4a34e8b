//! A command's form with the bytes of a file behind it, in one body: the form's length in four bytes (little-endian),
//! the form as JSON, the file.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tauri::ipc::{InvokeBody, Request};
use trail_app::Fault;
use trail_app::wire::forms::ImportForm;
use zeroize::Zeroizing;

/// An import as the window sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Import {
    /// The case's id.
    pub(crate) case: String,
    /// What was filled in.
    pub(crate) form: ImportForm,
}

/// What is to be verified, as the window sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dropped {
    /// The fingerprint of another school's authority, or nothing.
    pub(crate) fingerprint: String,
}

/// Reads the body of an import.
///
/// # Errors
/// - If it is not of this shape.
pub(crate) fn import(request: &Request<'_>) -> Result<(Import, Zeroizing<Vec<u8>>), Fault> {
    read(request).map(|(form, file)| (form, Zeroizing::new(file.to_vec())))
}

/// Reads the body with a file that was dropped on the page where documents are verified.
///
/// # Errors
/// - If it is not of this shape.
pub(crate) fn dropped<'a>(request: &'a Request<'_>) -> Result<(Dropped, &'a [u8]), Fault> {
    read(request)
}

fn read<'a, T: DeserializeOwned>(request: &'a Request<'_>) -> Result<(T, &'a [u8]), Fault> {
    let other = |detail: &str| Fault::with("internal", "detail", detail);
    match request.body() {
        InvokeBody::Raw(body) => split(body).ok_or_else(|| other("the form of the file cannot be read")),
        InvokeBody::Json(_) => Err(other("the file came in another shape")),
    }
}

fn split<T: DeserializeOwned>(body: &[u8]) -> Option<(T, &[u8])> {
    let (length, rest) = body.split_first_chunk::<4>()?;
    let (form, file) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    Some((serde_json::from_slice(form).ok()?, file))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Import, split};

    #[test]
    fn a_body_is_the_form_and_the_file_or_nothing() {
        let form = r#"{"case":"c","form":{"child":"no","extreme":"no","name":"n","size":3,"source":"s","title":"t","nature":"n","concern":"c"}}"#;
        let length = u32::try_from(form.len()).unwrap().to_le_bytes();
        let body = [&length[..], form.as_bytes(), b"abc"].concat();
        let (import, file) = split::<Import>(&body).unwrap();
        assert_eq!((import.form.size, file), (3, &b"abc"[..]));
        for cut in 0..4 + form.len() {
            assert!(split::<Import>(&body[..cut]).is_none(), "{cut}");
        }
        assert!(split::<Import>(&[255; 9]).is_none());
    }
}
