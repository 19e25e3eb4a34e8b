//! What a page may not do: each door is shut here, and each knock is told.

use std::rc::Rc;

use gio::prelude::*;
use webkit2gtk::{
    AuthenticationRequestExt, DownloadExt, FileChooserRequestExt, NavigationPolicyDecision,
    NavigationPolicyDecisionExt, NotificationExt, PermissionRequestExt, PolicyDecision, PolicyDecisionType,
    ResponsePolicyDecision, ResponsePolicyDecisionExt, ScriptDialogType, URIRequestExt, URIResponseExt, WebContextExt,
    WebViewExt,
};

use super::forms;
use super::page::Page;
use crate::engine::form::Form;
use crate::engine::load::Stage;
use crate::gateway::refusal;
use crate::protocol::bounded::Text;
use crate::protocol::observation::{Observation, Refused};

/// Connects every refusal. What is refused is never asked back about.
pub(super) fn shut(page: &Rc<Page>) {
    let view = &page.view;
    with(page, |page| view.connect_decide_policy(move |_, decision, kind| decide(&page, decision, kind)));
    with(page, |page| {
        view.connect_create(move |_, action| {
            page.refuse(Refused::NewWindow, &request_address(action.request()));
            None
        })
    });
    with(page, |page| {
        view.connect_permission_request(move |_, request| {
            request.deny();
            page.refuse(Refused::Permission, request.type_().name());
            true
        })
    });
    with(page, |page| {
        view.connect_script_dialog(move |_, dialog| {
            match dialog.dialog_type() {
                // Leaving a page is never held up by the page.
                ScriptDialogType::BeforeUnloadConfirm => dialog.confirm_set_confirmed(true),
                ScriptDialogType::Confirm => dialog.confirm_set_confirmed(false),
                ScriptDialogType::Alert | ScriptDialogType::Prompt | _ => {}
            }
            page.refuse(Refused::Dialog, &dialog.message().unwrap_or_default());
            true
        })
    });
    with(page, |page| {
        view.connect_authenticate(move |_, request| {
            let host = format!("{}:{}", request.host().unwrap_or_default(), request.port());
            let is_let =
                !request.is_for_proxy() && page.one_sign_in.borrow_mut().take_if(|let_in| *let_in == host).is_some();
            if is_let {
                page.mouth.observe(Observation::SignInShown(Text::new(&host)));
                // The engine shows its own box, which keeps no password.
                return false;
            }
            request.cancel();
            page.refuse(Refused::SignIn, &host);
            true
        })
    });
    with(page, |page| {
        view.connect_run_file_chooser(move |view, request| {
            request.cancel();
            page.refuse(Refused::Upload, &view.uri().unwrap_or_default());
            true
        })
    });
    with(page, |page| {
        view.connect_print(move |view, _| {
            page.refuse(Refused::Print, &view.uri().unwrap_or_default());
            true
        })
    });
    with(page, |page| {
        view.connect_enter_fullscreen(move |view| {
            page.refuse(Refused::Fullscreen, &view.uri().unwrap_or_default());
            true
        })
    });
    with(page, |page| {
        view.connect_show_notification(move |_, notification| {
            page.refuse(Refused::Notification, &notification.title().unwrap_or_default());
            true
        })
    });
    view.connect_run_color_chooser(|_, _| true);
    // The engine's own menu would save, copy and open in other windows.
    view.connect_context_menu(|_, _, _, _| true);
    if let Some(context) = view.context() {
        with(page, |page| {
            context.connect_download_started(move |_, download| {
                download.cancel();
                page.refuse(Refused::Download, &request_address(download.request()));
            })
        });
    }
}

fn with<T>(page: &Rc<Page>, connect: impl FnOnce(Rc<Page>) -> T) {
    // The page lives as long as the process, so these circles are never left behind.
    connect(Rc::clone(page));
}

fn decide(page: &Rc<Page>, decision: &PolicyDecision, kind: PolicyDecisionType) -> bool {
    let allowed = if let Some(answer) = decision.downcast_ref::<ResponsePolicyDecision>() {
        may_show(page, answer)
    } else if let Some(wish) = decision.downcast_ref::<NavigationPolicyDecision>() {
        match may_go(page, wish, kind) {
            Wish::Form(form) => {
                forms::decide(page, decision.clone(), form);
                return true;
            }
            Wish::Granted => true,
            Wish::Refused => false,
        }
    } else {
        false
    };
    forms::answer(decision, allowed);
    true
}

/// What becomes of a wish to go somewhere.
enum Wish {
    Granted,
    Refused,
    /// A form is sent: the page is asked what kind of one first.
    Form(Form),
}

fn may_go(page: &Page, wish: &NavigationPolicyDecision, kind: PolicyDecisionType) -> Wish {
    let Some(mut action) = wish.navigation_action() else {
        return Wish::Refused;
    };
    let address = request_address(action.request());
    let refuse = |what| {
        page.refuse(what, &address);
        Wish::Refused
    };
    if kind == PolicyDecisionType::NewWindowAction {
        return refuse(Refused::NewWindow);
    }
    if matches!(address.as_str(), "about:blank" | "about:srcdoc") {
        return Wish::Granted;
    }
    if let Some(what) = refusal(page.terms.judge(&address)) {
        return refuse(what);
    }
    // The server sends the load on that a reviewer or the page has begun.
    let is_redirect = action.is_redirect();
    let is_sent_on = is_redirect && page.load.borrow().stage == Stage::Asked;
    if is_sent_on && page.is_away(&address) {
        page.hold(&address);
        return Wish::Refused;
    }
    page.may_leave(&address);
    forms::of(&action, &address, is_redirect).map_or(Wish::Granted, Wish::Form)
}

fn may_show(page: &Page, answer: &ResponsePolicyDecision) -> bool {
    let from = answer.response().and_then(|response| response.uri()).unwrap_or_default();
    if answer.is_main_frame_main_resource() && page.is_away(&from) {
        page.hold(&from);
        return false;
    }
    let attached = answer.response().and_then(|response| response.http_headers()).is_some_and(|headers| {
        let mut attached = false;
        headers.foreach(|name, value| {
            attached |= name.eq_ignore_ascii_case("content-disposition")
                && value.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("attachment"));
        });
        attached
    });
    if answer.is_mime_type_supported() && !attached {
        return true;
    }
    page.refuse(Refused::Download, &from);
    false
}

fn request_address(request: Option<webkit2gtk::URIRequest>) -> String {
    request.and_then(|request| request.uri()).map(String::from).unwrap_or_default()
}
