//! One view: where it goes, and what can be asked of it.

use webview2_com::CallDevToolsProtocolMethodCompletedHandler;
use webview2_com::Microsoft::Web::WebView2::Win32::{
    ICoreWebView2, ICoreWebView2_2, ICoreWebView2Controller, ICoreWebView2Environment, ICoreWebView2Settings2,
};
use windows::core::{HSTRING, Interface};

use super::read::{flag, text, value};
use super::too_old;

/// A view of the engine. Copies are the same view.
#[derive(Debug, Clone)]
pub struct View {
    controller: ICoreWebView2Controller,
    engine: ICoreWebView2,
}

impl View {
    /// The view that this controller holds.
    ///
    /// # Errors
    /// - If it holds none any more.
    pub fn of(controller: ICoreWebView2Controller) -> Result<Self, String> {
        let engine =
            com!(controller.CoreWebView2()).map_err(|error| format!("the web engine gave no view ({error})"))?;
        Ok(Self { controller, engine })
    }

    pub(super) fn engine(&self) -> &ICoreWebView2 {
        &self.engine
    }

    pub(super) fn controller(&self) -> &ICoreWebView2Controller {
        &self.controller
    }

    pub(super) fn environment(&self) -> Result<ICoreWebView2Environment, String> {
        self.engine.cast::<ICoreWebView2_2>().and_then(|engine| com!(engine.Environment())).map_err(too_old)
    }

    /// The engine's version, if it tells.
    #[must_use]
    pub fn version(&self) -> Option<String> {
        let environment = self.environment().ok()?;
        text(|to| com!(environment.BrowserVersionString(to)))
    }

    /// The user agent it sends, if it tells.
    #[must_use]
    pub fn user_agent(&self) -> Option<String> {
        let settings = com!(self.engine.Settings()).ok()?.cast::<ICoreWebView2Settings2>().ok()?;
        text(|to| com!(settings.UserAgent(to)))
    }

    /// The address of the document in the view.
    #[must_use]
    pub fn address(&self) -> String {
        text(|to| com!(self.engine.Source(to))).unwrap_or_default()
    }

    /// What the document calls itself, if anything.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        text(|to| com!(self.engine.DocumentTitle(to))).filter(|title| !title.is_empty())
    }

    /// Whether there is a document before this one.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        flag(|to| com!(self.engine.CanGoBack(to)))
    }

    /// Whether there is a document after this one.
    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        flag(|to| com!(self.engine.CanGoForward(to)))
    }

    /// Opens an address.
    ///
    /// # Errors
    /// - If the engine does not take it, in its own words.
    pub fn open(&self, address: &str) -> Result<(), String> {
        com!(self.engine.Navigate(&HSTRING::from(address))).map_err(|error| error.message())
    }

    /// One document back.
    ///
    /// # Errors
    /// - If the engine does not, in its own words.
    pub fn go_back(&self) -> Result<(), String> {
        com!(self.engine.GoBack()).map_err(|error| error.message())
    }

    /// One document forward.
    ///
    /// # Errors
    /// - If the engine does not, in its own words.
    pub fn go_forward(&self) -> Result<(), String> {
        com!(self.engine.GoForward()).map_err(|error| error.message())
    }

    /// No further.
    ///
    /// # Errors
    /// - If the engine does not, in its own words.
    pub fn stop(&self) -> Result<(), String> {
        com!(self.engine.Stop()).map_err(|error| error.message())
    }

    /// How large documents are shown: 1 is their own size.
    #[must_use]
    pub fn size(&self) -> f64 {
        value(|to| com!(self.controller.ZoomFactor(to))).unwrap_or(1.0)
    }

    /// Shows documents so large.
    ///
    /// # Errors
    /// - If the engine does not, in its own words.
    pub fn resize(&self, factor: f64) -> Result<(), String> {
        com!(self.controller.SetZoomFactor(factor)).map_err(|error| error.message())
    }

    /// Calls a method of the developer's protocol, with its parameters as JSON. The answer is JSON too.
    pub fn call(&self, method: &str, parameters: &str, then: impl FnOnce(Result<String, String>) + 'static) {
        // Whoever waits is told also where the engine does not even take the call.
        let then = std::rc::Rc::new(std::cell::Cell::new(Some(then)));
        let answered = std::rc::Rc::clone(&then);
        let handler = CallDevToolsProtocolMethodCompletedHandler::create(Box::new(move |result, json| {
            if let Some(then) = answered.take() {
                then(result.map(|()| json).map_err(|error| error.message()));
            }
            Ok(())
        }));
        let asked =
            com!(self.engine.CallDevToolsProtocolMethod(&HSTRING::from(method), &HSTRING::from(parameters), &handler));
        if let (Err(error), Some(then)) = (asked, then.take()) {
            then(Err(error.message()));
        }
    }
}
