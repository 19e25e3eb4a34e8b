//! What a page may not do: each door is shut here, and each knock is told.

use std::rc::Rc;

use gio::prelude::*;
use webkit2gtk::{
    AuthenticationRequestExt, DownloadExt, FileChooserRequestExt, NavigationPolicyDecision,
    NavigationPolicyDecisionExt, NotificationExt, PermissionRequestExt, PolicyDecision, PolicyDecisionExt,
    PolicyDecisionType, ResponsePolicyDecision, ResponsePolicyDecisionExt, ScriptDialogType, URIRequestExt,
    URIResponseExt, WebContextExt, WebViewExt,
};

use super::page::Page;
use crate::address::Verdict;
use crate::protocol::bounded::Address;
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
            request.cancel();
            page.refuse(Refused::SignIn, &request.host().unwrap_or_default());
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

fn decide(page: &Page, decision: &PolicyDecision, kind: PolicyDecisionType) -> bool {
    let allowed = if let Some(answer) = decision.downcast_ref::<ResponsePolicyDecision>() {
        may_show(page, answer)
    } else if let Some(wish) = decision.downcast_ref::<NavigationPolicyDecision>() {
        may_go(page, wish, kind)
    } else {
        false
    };
    if allowed {
        decision.use_()
    } else {
        decision.ignore()
    }
    true
}

fn may_go(page: &Page, wish: &NavigationPolicyDecision, kind: PolicyDecisionType) -> bool {
    let Some(action) = wish.navigation_action() else {
        return false;
    };
    let address = request_address(action.request());
    if kind == PolicyDecisionType::NewWindowAction {
        page.refuse(Refused::NewWindow, &address);
        return false;
    }
    if matches!(address.as_str(), "about:blank" | "about:srcdoc") {
        return true;
    }
    match page.terms.judge(&address) {
        Verdict::Allowed => may_send(page, &action, &address),
        Verdict::Scheme | Verdict::Unreadable => {
            page.refuse(Refused::Scheme, &address);
            false
        }
        Verdict::Private => {
            page.refuse(Refused::PrivateAddress, &address);
            false
        }
        Verdict::Outside => {
            page.refuse(Refused::Outside, &address);
            false
        }
    }
}

/// A form that is posted needs a reason first; one that only asks is a page like any other.
fn may_send(page: &Page, action: &webkit2gtk::NavigationAction, address: &str) -> bool {
    let method = action.request().and_then(|request| request.http_method());
    let is_get = method.is_none_or(|method| method.eq_ignore_ascii_case("GET"));
    if is_get {
        return true;
    }
    let let_through = page.one_form.replace(false);
    page.observe(Observation::FormPost { address: Address::observed(address), let_through });
    let_through
}

fn may_show(page: &Page, answer: &ResponsePolicyDecision) -> bool {
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
    let address = answer.response().and_then(|response| response.uri()).unwrap_or_default();
    page.refuse(Refused::Download, &address);
    false
}

fn request_address(request: Option<webkit2gtk::URIRequest>) -> String {
    request.and_then(|request| request.uri()).map(String::from).unwrap_or_default()
}
