//! Connects every event that is only told.

use std::rc::Rc;

use webview2_com::Microsoft::Web::WebView2::Win32::*;
use webview2_com::{
    AcceleratorKeyPressedEventHandler, ContainsFullScreenElementChangedEventHandler, ContentLoadingEventHandler,
    DevToolsProtocolEventReceivedEventHandler, DocumentTitleChangedEventHandler, NavigationCompletedEventHandler,
    ProcessFailedEventHandler, SourceChangedEventHandler, WebResourceResponseReceivedEventHandler,
};
use windows::Win32::UI::Input::KeyboardAndMouse::{GetKeyState, VK_CONTROL};
use windows::core::{HSTRING, Interface, PWSTR, Result};

use super::ears::{Answered, Ears, End, Failure, Key};
use super::read::{flag, text, value};
use super::too_old;
use super::view::View;

/// As many headers as are read of one answer.
const MOST_HEADERS: usize = 1024;

pub(super) fn notice(view: &View, ears: &Rc<dyn Ears>, events: &[&'static str]) -> Result<()> {
    loads(view, ears)?;
    answers(view, ears)?;
    page(view, ears)?;
    for event in events {
        follow(view, ears, event)?;
    }
    Ok(())
}

fn loads(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let told = Rc::clone(ears);
    let handler = ContentLoadingEventHandler::create(Box::new(move |_, content| {
        told.content_comes(content.is_some_and(|content| flag(|to| com!(content.IsErrorPage(to)))));
        Ok(())
    }));
    com!(view.engine().add_ContentLoading(&handler, &mut 0))?;

    let told = Rc::clone(ears);
    let handler = SourceChangedEventHandler::create(Box::new(move |_, change| {
        told.address_changed(change.is_some_and(|change| flag(|to| com!(change.IsNewDocument(to)))));
        Ok(())
    }));
    com!(view.engine().add_SourceChanged(&handler, &mut 0))?;

    let told = Rc::clone(ears);
    let handler = NavigationCompletedEventHandler::create(Box::new(move |_, end| {
        let Some(end) = end else { return Ok(()) };
        let status: COREWEBVIEW2_WEB_ERROR_STATUS = value(|to| com!(end.WebErrorStatus(to))).unwrap_or_default();
        told.load_ended(&End {
            loaded: flag(|to| com!(end.IsSuccess(to))),
            called_off: status == COREWEBVIEW2_WEB_ERROR_STATUS_OPERATION_CANCELED
                || status == COREWEBVIEW2_WEB_ERROR_STATUS_CONNECTION_ABORTED,
            why: fault_in_words(status),
        });
        Ok(())
    }));
    com!(view.engine().add_NavigationCompleted(&handler, &mut 0))
}

fn answers(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let told = Rc::clone(ears);
    let handler = WebResourceResponseReceivedEventHandler::create(Box::new(move |_, answer| {
        let Some(answer) = answer else { return Ok(()) };
        let (request, response) = (com!(answer.Request())?, com!(answer.Response())?);
        let status: i32 = value(|to| com!(response.StatusCode(to))).unwrap_or_default();
        told.answered(&Answered {
            address: text(|to| com!(request.Uri(to))).unwrap_or_default(),
            status: u16::try_from(status).unwrap_or_default(),
            headers: headers(&com!(response.Headers())?),
        });
        Ok(())
    }));
    com!(view.engine().cast::<ICoreWebView2_2>()?.add_WebResourceResponseReceived(&handler, &mut 0))
}

fn headers(all: &ICoreWebView2HttpResponseHeaders) -> Vec<(String, String)> {
    let mut read = Vec::new();
    let Ok(each) = com!(all.GetIterator()) else { return read };
    let mut is_there = flag(|to| com!(each.HasCurrentHeader(to)));
    while is_there && read.len() < MOST_HEADERS {
        let mut content = PWSTR::null();
        let name = text(|to| com!(each.GetCurrentHeader(to, &mut content)));
        let content = text(|to| {
            com!(*to = content);
            Ok(())
        });
        if let Some(name) = name {
            read.push((name, content.unwrap_or_default()));
        }
        is_there = flag(|to| com!(each.MoveNext(to)));
    }
    read
}

fn page(view: &View, ears: &Rc<dyn Ears>) -> Result<()> {
    let told = Rc::clone(ears);
    let handler = DocumentTitleChangedEventHandler::create(Box::new(move |view, _| {
        let title = view.and_then(|view| text(|to| com!(view.DocumentTitle(to))));
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            told.titled(&title);
        }
        Ok(())
    }));
    com!(view.engine().add_DocumentTitleChanged(&handler, &mut 0))?;

    let told = Rc::clone(ears);
    let handler = ContainsFullScreenElementChangedEventHandler::create(Box::new(move |view, _| {
        let Some(view) = view else { return Ok(()) };
        if flag(|to| com!(view.ContainsFullScreenElement(to))) {
            // The window does not grow: the element fills the view, and our own bar stays.
            told.knocked(super::Knock::Fullscreen, &text(|to| com!(view.Source(to))).unwrap_or_default());
        }
        Ok(())
    }));
    com!(view.engine().add_ContainsFullScreenElementChanged(&handler, &mut 0))?;

    let told = Rc::clone(ears);
    let handler = ProcessFailedEventHandler::create(Box::new(move |_, failure| {
        let kind = failure.and_then(|failure| value(|to| com!(failure.ProcessFailedKind(to))));
        // One that is not told is taken for the worst.
        told.failed(kind.map_or(Failure::EngineEnded, which_failed));
        Ok(())
    }));
    com!(view.engine().add_ProcessFailed(&handler, &mut 0))
}

fn which_failed(kind: COREWEBVIEW2_PROCESS_FAILED_KIND) -> Failure {
    match kind {
        COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED => Failure::EngineEnded,
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED => Failure::PageEnded,
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE => Failure::PageSilent,
        COREWEBVIEW2_PROCESS_FAILED_KIND_FRAME_RENDER_PROCESS_EXITED => Failure::FrameEnded,
        _ => Failure::Other,
    }
}

/// Asks for each key that is pressed while this view has the keyboard and that no text is typed with, before the page
/// gets it. Where the answer is yes the page does not get it.
///
/// # Errors
/// - If the engine does not ask.
pub fn hear_keys(view: &View, is_ours: impl Fn(Key) -> bool + 'static) -> std::result::Result<(), String> {
    let handler = AcceleratorKeyPressedEventHandler::create(Box::new(move |_, press| {
        let Some(press) = press else { return Ok(()) };
        let kind: Option<COREWEBVIEW2_KEY_EVENT_KIND> = value(|to| com!(press.KeyEventKind(to)));
        let is_down = kind == Some(COREWEBVIEW2_KEY_EVENT_KIND_KEY_DOWN)
            || kind == Some(COREWEBVIEW2_KEY_EVENT_KIND_SYSTEM_KEY_DOWN);
        if !is_down {
            return Ok(());
        }
        let state: COREWEBVIEW2_PHYSICAL_KEY_STATUS = value(|to| com!(press.PhysicalKeyStatus(to))).unwrap_or_default();
        let key = Key {
            code: value(|to| com!(press.VirtualKey(to))).unwrap_or_default(),
            alt: state.IsMenuKeyDown.as_bool(),
            control: com!(GetKeyState(i32::from(VK_CONTROL.0))) < 0,
            repeated: state.WasKeyDown.as_bool(),
        };
        if is_ours(key) { com!(press.SetHandled(true)) } else { Ok(()) }
    }));
    com!(view.controller().add_AcceleratorKeyPressed(&handler, &mut 0)).map_err(too_old)
}

fn follow(view: &View, ears: &Rc<dyn Ears>, event: &'static str) -> Result<()> {
    let told = Rc::clone(ears);
    let handler = DevToolsProtocolEventReceivedEventHandler::create(Box::new(move |_, what| {
        if let Some(json) = what.and_then(|what| text(|to| com!(what.ParameterObjectAsJson(to)))) {
            told.told(event, &json);
        }
        Ok(())
    }));
    let receiver = com!(view.engine().GetDevToolsProtocolEventReceiver(&HSTRING::from(event)))?;
    com!(receiver.add_DevToolsProtocolEventReceived(&handler, &mut 0))
}

/// What the engine's error status says.
pub(super) fn fault_in_words(status: COREWEBVIEW2_WEB_ERROR_STATUS) -> &'static str {
    match status {
        COREWEBVIEW2_WEB_ERROR_STATUS_CERTIFICATE_COMMON_NAME_IS_INCORRECT => "made out to another name",
        COREWEBVIEW2_WEB_ERROR_STATUS_CERTIFICATE_EXPIRED => "expired, or not valid yet",
        COREWEBVIEW2_WEB_ERROR_STATUS_CERTIFICATE_REVOKED => "revoked",
        COREWEBVIEW2_WEB_ERROR_STATUS_CERTIFICATE_IS_INVALID => "not valid",
        COREWEBVIEW2_WEB_ERROR_STATUS_CLIENT_CERTIFICATE_CONTAINS_ERRORS => {
            "the site wants a certificate of this computer"
        }
        COREWEBVIEW2_WEB_ERROR_STATUS_SERVER_UNREACHABLE => "the site cannot be reached",
        COREWEBVIEW2_WEB_ERROR_STATUS_TIMEOUT => "the site did not answer in time",
        COREWEBVIEW2_WEB_ERROR_STATUS_ERROR_HTTP_INVALID_SERVER_RESPONSE => "the site's answer is not valid",
        COREWEBVIEW2_WEB_ERROR_STATUS_CONNECTION_ABORTED => "the connection was called off",
        COREWEBVIEW2_WEB_ERROR_STATUS_CONNECTION_RESET => "the site closed the connection",
        COREWEBVIEW2_WEB_ERROR_STATUS_DISCONNECTED => "there is no connection",
        COREWEBVIEW2_WEB_ERROR_STATUS_CANNOT_CONNECT => "no connection could be made",
        COREWEBVIEW2_WEB_ERROR_STATUS_HOST_NAME_NOT_RESOLVED => "the name leads nowhere",
        COREWEBVIEW2_WEB_ERROR_STATUS_OPERATION_CANCELED => "the load was called off",
        COREWEBVIEW2_WEB_ERROR_STATUS_REDIRECT_FAILED => "the site sent the browser in circles",
        COREWEBVIEW2_WEB_ERROR_STATUS_VALID_AUTHENTICATION_CREDENTIALS_REQUIRED => "the site wants a sign-in",
        _ => "the engine does not tell why",
    }
}
