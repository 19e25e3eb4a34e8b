//! Takes away whatever a page could find of us, and whatever it or a reviewer could use of the engine by accident.

use webview2_com::Microsoft::Web::WebView2::Win32::{
    ICoreWebView2_8, ICoreWebView2_13, ICoreWebView2Controller4, ICoreWebView2Profile6, ICoreWebView2Settings3,
    ICoreWebView2Settings4, ICoreWebView2Settings5, ICoreWebView2Settings6, ICoreWebView2Settings8,
};
use windows::core::Interface;

use super::read::flag;
use super::too_old;
use super::view::View;

/// Turns off developer tools, context menus, the status bar, the engine's own dialogs and error pages, messages and
/// objects of ours, zoom and swipe by the page, the browser's keys, saving of passwords and forms, dropping of files, and
/// sound. What the view loads is kept nowhere: if the engine does not say so, this fails.
///
/// # Errors
/// - If the engine is too old to have one of these.
/// - If the view is not a private one.
pub fn shut(view: &View) -> Result<(), String> {
    settings(view).map_err(too_old)?;
    let profile =
        view.engine().cast::<ICoreWebView2_13>().and_then(|engine| com!(engine.Profile())).map_err(too_old)?;
    if !flag(|to| com!(profile.IsInPrivateModeEnabled(to))) {
        return Err("the web engine would keep what it loads; the evidence browser does not start".to_owned());
    }
    let profile = profile.cast::<ICoreWebView2Profile6>().map_err(too_old)?;
    com!(profile.SetIsPasswordAutosaveEnabled(false)).map_err(too_old)?;
    com!(profile.SetIsGeneralAutofillEnabled(false)).map_err(too_old)
}

fn settings(view: &View) -> windows::core::Result<()> {
    let settings = com!(view.engine().Settings())?;
    com!(settings.SetAreDevToolsEnabled(false))?;
    com!(settings.SetAreDefaultContextMenusEnabled(false))?;
    com!(settings.SetAreDefaultScriptDialogsEnabled(false))?;
    com!(settings.SetAreHostObjectsAllowed(false))?;
    com!(settings.SetIsBuiltInErrorPageEnabled(false))?;
    com!(settings.SetIsStatusBarEnabled(false))?;
    com!(settings.SetIsWebMessageEnabled(false))?;
    com!(settings.SetIsZoomControlEnabled(false))?;
    com!(settings.cast::<ICoreWebView2Settings3>()?.SetAreBrowserAcceleratorKeysEnabled(false))?;
    let saving = settings.cast::<ICoreWebView2Settings4>()?;
    com!(saving.SetIsPasswordAutosaveEnabled(false))?;
    com!(saving.SetIsGeneralAutofillEnabled(false))?;
    com!(settings.cast::<ICoreWebView2Settings5>()?.SetIsPinchZoomEnabled(false))?;
    com!(settings.cast::<ICoreWebView2Settings6>()?.SetIsSwipeNavigationEnabled(false))?;
    // It would send each address to the engine's maker.
    com!(settings.cast::<ICoreWebView2Settings8>()?.SetIsReputationCheckingRequired(false))?;
    com!(view.engine().cast::<ICoreWebView2_8>()?.SetIsMuted(true))?;
    com!(view.controller().cast::<ICoreWebView2Controller4>()?.SetAllowExternalDrop(false))
}
