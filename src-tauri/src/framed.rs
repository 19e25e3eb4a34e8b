//! A command's form with the bytes of a file behind it, in one body: the form's length in four bytes (little-endian),
//! the form as JSON, the file.

use serde::Deserialize;
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

/// Reads the body of a request.
///
/// # Errors
/// - If it is not of this shape.
pub(crate) fn import(request: &Request<'_>) -> Result<(Import, Zeroizing<Vec<u8>>), Fault> {
    split(file(request)?).ok_or_else(|| Fault::with("internal", "detail", "the form of the file cannot be read"))
}

/// A file by itself.
///
/// # Errors
/// - If it is not of this shape.
pub(crate) fn file<'a>(request: &'a Request<'_>) -> Result<&'a [u8], Fault> {
    match request.body() {
        InvokeBody::Raw(body) => Ok(body),
        InvokeBody::Json(_) => Err(Fault::with("internal", "detail", "the file came in another shape")),
    }
}

fn split(body: &[u8]) -> Option<(Import, Zeroizing<Vec<u8>>)> {
    let (length, rest) = body.split_first_chunk::<4>()?;
    let (form, file) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    Some((serde_json::from_slice(form).ok()?, Zeroizing::new(file.to_vec())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::split;

    #[test]
    fn a_body_is_the_form_and_the_file_or_nothing() {
        let form = r#"{"case":"c","form":{"child":"no","extreme":"no","name":"n","size":3,"source":"s","title":"t","nature":"n","concern":"c"}}"#;
        let length = u32::try_from(form.len()).unwrap().to_le_bytes();
        let body = [&length[..], form.as_bytes(), b"abc"].concat();
        let (import, file) = split(&body).unwrap();
        assert_eq!((import.form.size, file.as_slice()), (3, &b"abc"[..]));
        for cut in 0..4 + form.len() {
            assert!(split(&body[..cut]).is_none(), "{cut}");
        }
        assert!(split(&[255; 9]).is_none());
    }
}
