//! The web view, and what is kept beside it while the process lives.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use gtk::prelude::*;
use webkit2gtk::{
    MemoryPressureSettings, NetworkProxyMode, NetworkProxySettings, Settings, SettingsExt, UserContentManagerExt,
    WebContextExt, WebView, WebViewExt, WebsiteDataManager, WebsiteDataManagerExt,
};
use wry::{NewWindowResponse, PermissionResponse, WebViewBuilder, WebViewBuilderExtUnix, WebViewExtUnix};

use super::away::Holding;
use crate::address::Terms;
use crate::engine::coverage::Coverage;
use crate::engine::layout::{LOOK, STATE, parse_layout};
use crate::engine::load::Load;
use crate::gateway::Gateway;
use crate::mouth::Mouth;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{Fact, Layout};
use crate::protocol::observation::{Engine, Observation, Refused};

/// Our own scripts run in a world of their own: the page's script sees neither them nor what they
/// change, and nothing that it redefines reaches them.
const OUR_WORLD: &str = "evidence";
const PATIENCE: Duration = Duration::from_secs(5);

/// The most memory of a page's process, in mebibytes.
const MOST_MEGABYTES: u32 = 2048;
/// How often the engine looks at it.
const MEMORY_LOOK_SECONDS: f64 = 0.5;

/// The page and what is known of it.
pub(super) struct Page {
    pub(super) view: WebView,
    /// Kept so that the view lives.
    _built: (WebView, wry::WebView),
    pub(super) mouth: Mouth,
    pub(super) terms: Terms,
    pub(super) gateway: Gateway,
    pub(super) load: RefCell<Load>,
    pub(super) layout: Cell<Layout>,
    pub(super) coverage: RefCell<Coverage>,
    /// The form that may be sent once.
    pub(super) one_form: RefCell<Option<String>>,
    /// The `host:port` whose sign-in box may be shown once.
    pub(super) one_sign_in: RefCell<Option<String>>,
    /// The address that is held, until the engine gives up its load.
    pub(super) held: RefCell<Option<String>>,
    pub(super) holding: Arc<Holding>,
    /// The load before the one that was asked for, while that one may still be held.
    pub(super) load_before: RefCell<Load>,
    pub(super) capturing: Arc<AtomicBool>,
    /// The address somebody asked for, until its load begins.
    pub(super) asked: RefCell<Option<Address>>,
    /// When it is opened once more if its load has not begun.
    pub(super) insist_at: Cell<Option<Instant>>,
    /// The address somebody asked for, and when, until it comes, or they ask for something else, or it was opened once more.
    pub(super) ordered: RefCell<Option<(Address, Instant)>>,
    /// Grows with every load, so that a picture begun on one page never ends as another's.
    pub(super) generation: Cell<u64>,
    /// The page changed its own address, and that is still to be told; and when one was told last.
    pub(super) address_owed: Cell<bool>,
    /// Words are marked as found.
    pub(super) finding: Cell<bool>,
    pub(super) address_told: Cell<Option<Instant>>,
}

impl Page {
    /// Builds the view into a box of the window, with nothing of ours in it and every door shut.
    pub(super) fn build(
        into: &gtk::Box,
        terms: Terms,
        gateway: Gateway,
        mouth: Mouth,
    ) -> Result<(Rc<Self>, Fact<Text>), String> {
        let (seed, sandbox) = sealed_context(&gateway)?;
        let built = WebViewBuilder::new()
            .with_incognito(true)
            .with_devtools(false)
            .with_clipboard(false)
            .with_autoplay(false)
            .with_back_forward_navigation_gestures(false)
            .with_related_view(seed.clone())
            .with_new_window_req_handler(|_, _| NewWindowResponse::Deny)
            .with_permission_handler(|_| PermissionResponse::Deny)
            .build_gtk(into)
            .map_err(|error| format!("the web engine did not start ({error})"))?;
        let view = built.webview();
        shut_doors(&view, &seed)?;
        let holding = Arc::new(Holding::of(terms.named_sites()));
        let page = Rc::new(Self {
            view,
            _built: (seed, built),
            mouth,
            terms,
            gateway,
            load: RefCell::default(),
            layout: Cell::default(),
            coverage: RefCell::default(),
            one_form: RefCell::default(),
            one_sign_in: RefCell::default(),
            held: RefCell::default(),
            holding,
            load_before: RefCell::default(),
            capturing: Arc::default(),
            asked: RefCell::default(),
            insist_at: Cell::new(None),
            ordered: RefCell::default(),
            generation: Cell::new(0),
            address_owed: Cell::new(false),
            finding: Cell::new(false),
            address_told: Cell::new(None),
        });
        Ok((page, sandbox))
    }

    /// What the engine says of itself.
    pub(super) fn engine(&self, sandbox: Fact<Text>, known_page: Fact<Text>) -> Engine {
        let version = wry::webview_version().unwrap_or_else(|_| "not told".into());
        let name = Text::new("WebKitGTK");
        Engine { name, version: Text::new(&version), user_agent: self.user_agent(), sandbox, known_page }
    }

    pub(super) fn user_agent(&self) -> Fact<Text> {
        let agent = WebViewExt::settings(&self.view).and_then(|settings| settings.user_agent());
        Fact::from_option(agent.map(|agent| Text::new(&agent)), "the engine does not tell")
    }

    /// The address of the document in the view.
    pub(super) fn address(&self) -> String {
        self.view.uri().map(String::from).unwrap_or_default()
    }

    /// Tells something that a page can cause as often as it likes.
    pub(super) fn observe(&self, what: Observation) {
        self.mouth.observe_of_page(what);
    }

    pub(super) fn refuse(&self, what: Refused, concerning: &str) {
        self.observe(Observation::Refused { what, concerning: Address::observed(concerning) });
    }

    /// How many pictures are still to come, and how many elements stand still in the window. `None` if it does not tell.
    pub(super) async fn state(&self) -> Option<(u32, u32)> {
        let answer = within(PATIENCE, |then| self.evaluate(STATE, then)).await.flatten()?;
        serde_json::from_str(&answer).ok()
    }

    /// How the page stands at this moment. `None` if its process does not answer.
    pub(super) async fn stands(&self) -> Option<Layout> {
        let answer = within(PATIENCE, |then| self.evaluate(LOOK, then)).await.flatten()?;
        parse_layout(&answer)
    }

    /// Runs one of our own scripts beside the page's, in our own world.
    pub(super) fn evaluate(&self, script: &str, then: impl FnOnce(Option<String>) + 'static) {
        self.view.evaluate_javascript(script, Some(OUR_WORLD), None, gio::Cancellable::NONE, move |answer| {
            then(answer.ok().filter(javascriptcore::ValueExt::is_string).map(|value| value.to_string()));
        });
    }
}

/// The context that the page's view lives in: it keeps nothing, stands in the sandbox, and knows no
/// way to the network but the gateway. All that must be so before the first process starts, so it
/// is made first, with an empty view that never loads anything; the page's view is related to it.
fn sealed_context(gateway: &Gateway) -> Result<(WebView, Fact<Text>), String> {
    let data = WebsiteDataManager::new_ephemeral();
    let context =
        webkit2gtk::WebContext::builder().website_data_manager(&data).memory_pressure_settings(&memory()).build();
    let proxy = format!("http://127.0.0.1:{}", gateway.port());
    let mut proxy = NetworkProxySettings::new(Some(&proxy), &[]);
    data.set_network_proxy_settings(NetworkProxyMode::Custom, Some(&mut proxy));
    data.set_persistent_credential_storage_enabled(false);
    context.set_spell_checking_enabled(false);
    context.set_automation_allowed(false);
    let sandbox = sandboxed(&context);
    Ok((WebView::with_context(&context), sandbox))
}

/// A page that takes more memory than this is ended by the engine, and that is told.
fn memory() -> MemoryPressureSettings {
    let mut settings = MemoryPressureSettings::new();
    settings.set_memory_limit(MOST_MEGABYTES);
    settings.set_kill_threshold(1.0);
    settings.set_poll_interval(MEMORY_LOOK_SECONDS);
    settings
}

/// Takes away whatever a page could find of us, and whatever it could use of this computer.
fn shut_doors(view: &WebView, seed: &WebView) -> Result<(), String> {
    let content = view.user_content_manager().ok_or_else(missing)?;
    content.remove_all_scripts();
    content.unregister_script_message_handler("ipc");
    if view.context() != seed.context() || !view.is_ephemeral() {
        return Err("the web engine would keep what it loads; the evidence browser does not start".to_owned());
    }
    settings(&WebViewExt::settings(view).ok_or_else(missing)?);
    view.set_is_muted(true);
    view.drag_dest_unset();
    Ok(())
}

fn missing() -> String {
    "the web engine lacks a part it should have; install WebKitGTK 4.1 again".to_owned()
}

/// Puts the page's process into the engine's sandbox where this computer allows one. The engine
/// ends the whole process if it cannot make its sandbox, so a sandbox is tried first.
fn sandboxed(context: &webkit2gtk::WebContext) -> Fact<Text> {
    let trial = std::process::Command::new("bwrap")
        .args(["--ro-bind", "/", "/", "--unshare-all", "--die-with-parent", "true"])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status();
    let proxy =
        std::process::Command::new("xdg-dbus-proxy").arg("--version").stdout(std::process::Stdio::null()).status();
    match (trial, proxy) {
        (Ok(status), Ok(proxy)) if status.success() && proxy.success() => {
            context.set_sandbox_enabled(true);
            Fact::Observed(Text::new("on: the page's process stands in a sandbox (bubblewrap)"))
        }
        (Ok(_), Ok(_)) => Fact::NotTold(Text::new("off: this computer does not let bubblewrap make a sandbox")),
        (Err(_), _) | (_, Err(_)) => Fact::NotTold(Text::new("off: bubblewrap or xdg-dbus-proxy is not installed")),
    }
}

fn settings(settings: &Settings) {
    settings.set_enable_developer_extras(false);
    settings.set_enable_write_console_messages_to_stdout(false);
    settings.set_allow_file_access_from_file_urls(false);
    settings.set_allow_universal_access_from_file_urls(false);
    settings.set_allow_top_navigation_to_data_urls(false);
    settings.set_javascript_can_access_clipboard(false);
    settings.set_javascript_can_open_windows_automatically(false);
    settings.set_enable_fullscreen(false);
    settings.set_enable_media_stream(false);
    settings.set_enable_webrtc(false);
    settings.set_enable_encrypted_media(false);
    settings.set_enable_dns_prefetching(false);
    settings.set_enable_page_cache(false);
    settings.set_enable_webgl(false);
    settings.set_enable_smooth_scrolling(false);
    settings.set_enable_back_forward_navigation_gestures(false);
    settings.set_media_playback_requires_user_gesture(true);
}

/// Waits for an answer of the engine, at most so long.
pub(super) async fn within<T: 'static>(at_most: Duration, ask: impl FnOnce(Box<dyn FnOnce(T)>)) -> Option<T> {
    let (answer, mut answered) = futures_channel::mpsc::unbounded::<Option<T>>();
    let late = answer.clone();
    gtk::glib::timeout_add_local_once(at_most, move || {
        let _ = late.unbounded_send(None);
    });
    ask(Box::new(move |value| {
        let _ = answer.unbounded_send(Some(value));
    }));
    answered.recv().await.ok().flatten()
}
