//! Connects every event that is asked about or decides what may happen.

use std::rc::Rc;

use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_PERMISSION_STATE_DENY, COREWEBVIEW2_SCRIPT_DIALOG_KIND, COREWEBVIEW2_SCRIPT_DIALOG_KIND_BEFOREUNLOAD,
    COREWEBVIEW2_SERVER_CERTIFICATE_ERROR_ACTION_CANCEL, COREWEBVIEW2_WEB_RESOURCE_CONTEXT_DOCUMENT,
    COREWEBVIEW2_WEB_RESOURCE_REQUEST_SOURCE_KINDS_ALL, ICoreWebView2_4, ICoreWebView2_10, ICoreWebView2_14,
    ICoreWebView2_18, ICoreWebView2_22, ICoreWebView2NavigationStartingEventArgs,
};
use webview2_com::{
    BasicAuthenticationRequestedEventHandler, DownloadStartingEventHandler, LaunchingExternalUriSchemeEventHandler,
    NavigationStartingEventHandler, NewWindowRequestedEventHandler, PermissionRequestedEventHandler,
    ScriptDialogOpeningEventHandler, ServerCertificateErrorDetectedEventHandler, WebResourceRequestedEventHandler,
};
use windows::Win32::System::Com::IStream;
use windows::core::{HSTRING, Interface, Result};

use super::certificate::Certificate;
use super::ears::{Ears, Knock, Wish};
use super::notice::{fault_in_words, notice};
use super::read::{flag, text, value};
use super::too_old;
use super::view::View;

/// *No content*: a document that is answered so leaves the page where it is.
const NO_CONTENT: i32 = 204;

/// Shuts one door by one answer to the wish, and tells the knock with the address that it is for.
macro_rules! shut_door {
    ($ears:expr, $knock:expr, $engine:expr, $add:ident($handler:ident), $answer:ident($with:expr)) => {{
        let told = Rc::clone($ears);
        let handler = $handler::create(Box::new(move |_, wish| {
            let Some(wish) = wish else { return Ok(()) };
            com!(wish.$answer($with))?;
            told.knocked($knock, &text(|to| com!(wish.Uri(to))).unwrap_or_default());
            Ok(())
        }));
        com!($engine.$add(&handler, &mut 0))
    }};
}

/// Asks and tells these ears, for as long as the view lives; `events` are those of the developer's protocol that are told.
///
/// # Errors
/// - If the engine is too old to ask about one of these.
pub fn listen(view: &View, ears: &Rc<dyn Ears>, events: &[&'static str]) -> std::result::Result<(), String> {
    documents(view, ears).map_err(too_old)?;
    requests(view, ears)?;
    doors(view, ears).map_err(too_old)?;
    sign_ins(view, ears).map_err(too_old)?;
    certificates(view, ears).map_err(too_old)?;
    notice(view, ears, events).map_err(too_old)
}

fn documents(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let mut token = 0;
    for in_frame in [false, true] {
        let ears = Rc::clone(ears);
        let handler = NavigationStartingEventHandler::create(Box::new(move |_, wish| match wish {
            Some(wish) => judge(&*ears, &wish, in_frame),
            None => Ok(()),
        }));
        if in_frame {
            com!(view.engine().add_FrameNavigationStarting(&handler, &mut token))?;
        } else {
            com!(view.engine().add_NavigationStarting(&handler, &mut token))?;
        }
    }
    Ok(())
}

fn judge(ears: &dyn Ears, wish: &ICoreWebView2NavigationStartingEventArgs, in_frame: bool) -> Result<()> {
    let told = Wish {
        // An address that is not told is judged like any other that cannot be read: it goes nowhere.
        address: text(|to| com!(wish.Uri(to))).unwrap_or_default(),
        in_frame,
        redirected: flag(|to| com!(wish.IsRedirected(to))),
    };
    if ears.may_go(&told) { Ok(()) } else { com!(wish.SetCancel(true)) }
}

/// How a document is asked for shows only in the request itself.
fn requests(view: &View, ears: &Rc<dyn Ears>) -> std::result::Result<(), String> {
    let environment = view.environment()?;
    let engine = view.engine().cast::<ICoreWebView2_22>().map_err(too_old)?;
    com!(engine.AddWebResourceRequestedFilterWithRequestSourceKinds(
        &HSTRING::from("*"),
        COREWEBVIEW2_WEB_RESOURCE_CONTEXT_DOCUMENT,
        COREWEBVIEW2_WEB_RESOURCE_REQUEST_SOURCE_KINDS_ALL
    ))
    .map_err(too_old)?;
    let ears = Rc::clone(ears);
    let handler = WebResourceRequestedEventHandler::create(Box::new(move |_, wish| {
        let Some(wish) = wish else { return Ok(()) };
        let request = com!(wish.Request())?;
        let method = text(|to| com!(request.Method(to))).unwrap_or_default();
        let address = text(|to| com!(request.Uri(to))).unwrap_or_default();
        if ears.may_ask(&method, &address) {
            return Ok(());
        }
        let answer = com!(environment.CreateWebResourceResponse(
            None::<&IStream>,
            NO_CONTENT,
            &HSTRING::from("No Content"),
            &HSTRING::new()
        ))?;
        com!(wish.SetResponse(&answer))
    }));
    com!(view.engine().add_WebResourceRequested(&handler, &mut 0)).map_err(too_old)
}

fn doors(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let engine = view.engine();
    // Handled, and no window given: none opens.
    shut_door!(
        ears,
        Knock::NewWindow,
        engine,
        add_NewWindowRequested(NewWindowRequestedEventHandler),
        SetHandled(true)
    )?;

    let told = Rc::clone(ears);
    let handler = DownloadStartingEventHandler::create(Box::new(move |_, wish| {
        let Some(wish) = wish else { return Ok(()) };
        com!(wish.SetCancel(true))?;
        com!(wish.SetHandled(true))?;
        let address = com!(wish.DownloadOperation()).ok().and_then(|what| text(|to| com!(what.Uri(to))));
        told.knocked(Knock::Download, &address.unwrap_or_default());
        Ok(())
    }));
    com!(view.engine().cast::<ICoreWebView2_4>()?.add_DownloadStarting(&handler, &mut 0))?;

    shut_door!(
        ears,
        Knock::Permission,
        engine,
        add_PermissionRequested(PermissionRequestedEventHandler),
        SetState(COREWEBVIEW2_PERMISSION_STATE_DENY)
    )?;

    let told = Rc::clone(ears);
    let handler = ScriptDialogOpeningEventHandler::create(Box::new(move |_, wish| {
        let Some(wish) = wish else { return Ok(()) };
        let kind: Option<COREWEBVIEW2_SCRIPT_DIALOG_KIND> = value(|to| com!(wish.Kind(to)));
        if kind == Some(COREWEBVIEW2_SCRIPT_DIALOG_KIND_BEFOREUNLOAD) {
            // Leaving a page is never held up by the page. Every other dialog ends as if it was cancelled.
            com!(wish.Accept())?;
        }
        told.knocked(Knock::Dialog, &text(|to| com!(wish.Message(to))).unwrap_or_default());
        Ok(())
    }));
    com!(view.engine().add_ScriptDialogOpening(&handler, &mut 0))?;

    let engine = view.engine().cast::<ICoreWebView2_18>()?;
    shut_door!(
        ears,
        Knock::OtherProgram,
        engine,
        add_LaunchingExternalUriScheme(LaunchingExternalUriSchemeEventHandler),
        SetCancel(true)
    )
}

fn sign_ins(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let engine = view.engine().cast::<ICoreWebView2_10>()?;
    shut_door!(
        ears,
        Knock::SignIn,
        engine,
        add_BasicAuthenticationRequested(BasicAuthenticationRequestedEventHandler),
        SetCancel(true)
    )
}

fn certificates(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let told = Rc::clone(ears);
    let handler = ServerCertificateErrorDetectedEventHandler::create(Box::new(move |_, fault| {
        let Some(fault) = fault else { return Ok(()) };
        com!(fault.SetAction(COREWEBVIEW2_SERVER_CERTIFICATE_ERROR_ACTION_CANCEL))?;
        let certificate =
            com!(fault.ServerCertificate()).map(|offered| Certificate::read(&offered)).unwrap_or_default();
        let address = text(|to| com!(fault.RequestUri(to))).unwrap_or_default();
        let words = fault_in_words(value(|to| com!(fault.ErrorStatus(to))).unwrap_or_default());
        told.certificate_refused(&address, words, &certificate);
        Ok(())
    }));
    com!(view.engine().cast::<ICoreWebView2_14>()?.add_ServerCertificateErrorDetected(&handler, &mut 0))
}
