//! A window, the application that it belongs to, and the loop of its events.
#![allow(
    unsafe_code,
    reason = "every call goes to an object that is counted and alive, on the main thread (nothing here is Send), and the \
              blocks that are handed over are kept by those who call them"
)]

use std::cell::{Cell, RefCell};
use std::ptr::{NonNull, null_mut};
use std::rc::Rc;
use std::time::Duration;

use block2::RcBlock;
use objc2::rc::Retained;
use objc2::runtime::{AnyObject, ProtocolObject};
use objc2::{DefinedClass, MainThreadMarker, MainThreadOnly, define_class, msg_send};
use objc2_app_kit::{
    NSApplication, NSApplicationActivationPolicy, NSApplicationDelegate, NSApplicationTerminateReply,
    NSBackingStoreType, NSEvent, NSEventMask, NSEventModifierFlags, NSView, NSWindow, NSWindowDelegate,
    NSWindowStyleMask,
};
use objc2_foundation::{
    NSDictionary, NSNotification, NSNumber, NSObject, NSObjectProtocol, NSPoint, NSRect, NSRunLoop,
    NSRunLoopCommonModes, NSSize, NSString, NSTimer, NSUserDefaults,
};

use crate::wkwebview::View;

/// What the system does to texts while they are typed, by the names of its settings.
const TEXT_SERVICES: [&str; 7] = [
    "WebContinuousSpellCheckingEnabled",
    "WebGrammarCheckingEnabled",
    "WebAutomaticSpellingCorrectionEnabled",
    "WebAutomaticTextReplacementEnabled",
    "WebAutomaticQuoteSubstitutionEnabled",
    "WebAutomaticDashSubstitutionEnabled",
    "WebAutomaticLinkDetectionEnabled",
];

/// What happens to the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Somebody wants to close it, or to end the application.
    Close,
    /// It has another size, or stands on a screen of another scale.
    Shape,
    /// A key was pressed. Where the answer is yes no view gets it.
    Key(Key),
    /// Time has passed.
    Turn,
}

/// A key that was pressed while the window has the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its virtual-key code, as in Events.h: where it lies, whatever stands on it.
    pub code: u16,
    /// What stands on it, without what is held with it.
    pub letters: String,
    /// Held with Command.
    pub command: bool,
    /// Held with Control.
    pub control: bool,
    /// Held with Option.
    pub option: bool,
    /// It was down before: the keyboard repeats it.
    pub repeated: bool,
}

/// Who hears what happens.
pub type Hear = Rc<dyn Fn(Happening) -> bool>;

/// Where a view stands, in points from the upper left corner of the window's inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The application and its one window.
#[derive(Debug)]
pub struct Window {
    application: Retained<NSApplication>,
    top: Retained<NSWindow>,
    inside: Retained<NSView>,
    watch: Retained<Watch>,
}

impl Window {
    /// Makes this process an application with a window of this name and size, which is not shown yet. What the system
    /// does to texts while they are typed is turned off for this process alone.
    ///
    /// # Errors
    /// - If this is not the main thread.
    /// - If the system gives no window.
    pub fn open(title: &str, width: f64, height: f64) -> Result<Self, String> {
        let Some(main) = MainThreadMarker::new() else {
            return Err("a window can be opened on the main thread only".to_owned());
        };
        leave_texts_alone();
        let application = NSApplication::sharedApplication(main);
        let watch = Watch::make(main);
        application.setActivationPolicy(NSApplicationActivationPolicy::Regular);
        application.setDelegate(Some(ProtocolObject::from_ref(&*watch)));
        let style = NSWindowStyleMask::Titled
            | NSWindowStyleMask::Closable
            | NSWindowStyleMask::Miniaturizable
            | NSWindowStyleMask::Resizable;
        // SAFETY: the window is not released when it closes, see below, so that it is counted once.
        let top = unsafe {
            NSWindow::initWithContentRect_styleMask_backing_defer(
                NSWindow::alloc(main),
                NSRect::new(NSPoint::new(0.0, 0.0), NSSize::new(width, height)),
                style,
                NSBackingStoreType::Buffered,
                false,
            )
        };
        unsafe { top.setReleasedWhenClosed(false) };
        top.setTitle(&NSString::from_str(title));
        // What stood in the window is not to come back at the next start.
        top.setRestorable(false);
        top.setDelegate(Some(ProtocolObject::from_ref(&*watch)));
        let Some(inside) = top.contentView() else {
            return Err("no window could be opened; sign in at the screen and try again".to_owned());
        };
        Ok(Self { application, top, inside, watch })
    }

    /// Puts a view into the window, above those that are there.
    pub fn take_in(&self, view: &View) {
        self.inside.addSubview(view.inner());
    }

    /// Puts a view where it belongs.
    pub fn put(&self, view: &View, place: Place) {
        let height = self.inside.frame().size.height;
        // The system counts from the lower left corner.
        let corner = NSPoint::new(place.left, height - place.top - place.height);
        view.inner().setFrame(NSRect::new(corner, NSSize::new(place.width, place.height)));
    }

    /// Whether the view stands where [`Self::put`] put it.
    #[must_use]
    pub fn stands_at(&self, view: &View, place: Place) -> bool {
        let (frame, height) = (view.inner().frame(), self.inside.frame().size.height);
        let top = height - frame.origin.y - frame.size.height;
        let same = |one: f64, other: f64| (one - other).abs() < 1.0;
        same(top, place.top)
            && same(frame.origin.x, place.left)
            && same(frame.size.width, place.width)
            && same(frame.size.height, place.height)
    }

    /// Width and height of the window's inside, in points.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        let size = self.inside.frame().size;
        (size.width, size.height)
    }

    /// Gives a view the keyboard.
    pub fn focus(&self, view: &View) {
        // A view that does not take it shows by itself.
        let _ = self.top.makeFirstResponder(Some(view.inner()));
    }

    /// Shows the window, before all others.
    pub fn present(&self) {
        if self.top.isMiniaturized() {
            self.top.deminiaturize(None);
        }
        self.top.makeKeyAndOrderFront(None);
        self.application.activate();
    }

    /// Takes every other window of this process off the screen, such as a list that a page opened.
    pub fn stand_alone(&self) {
        for other in self.application.windows().to_vec() {
            if *other != *self.top {
                other.orderOut(None);
            }
        }
    }

    /// Takes the window off the screen at once.
    pub fn vanish(&self) {
        self.top.orderOut(None);
    }

    /// Shows the window and lets `hear` hear what happens to it, and that time has passed, at least so often. Returns
    /// only when the system ends the loop.
    pub fn run(&self, each: Duration, hear: Hear) {
        *self.watch.ivars().hear.borrow_mut() = Some(Rc::clone(&hear));
        let heard = Rc::clone(&hear);
        let keys = RcBlock::new(move |event: NonNull<NSEvent>| -> *mut NSEvent {
            // SAFETY: the system hands over an event that lives until the block returns.
            let key = key_of(unsafe { event.as_ref() });
            if heard(Happening::Key(key)) { null_mut() } else { event.as_ptr() }
        });
        // SAFETY: the block returns the event that it was given, or none.
        let monitor = unsafe { NSEvent::addLocalMonitorForEventsMatchingMask_handler(NSEventMask::KeyDown, &keys) };
        let under_way = Cell::new(false);
        let turns = RcBlock::new(move |_: NonNull<NSTimer>| {
            // A loop within the loop, such as while the window is dragged, must not begin a second turn within a turn.
            if !under_way.replace(true) {
                hear(Happening::Turn);
                under_way.set(false);
            }
        });
        // SAFETY: the timer runs on this thread's loop, and so does the block.
        unsafe {
            let timer = NSTimer::timerWithTimeInterval_repeats_block(each.as_secs_f64(), true, &turns);
            NSRunLoop::currentRunLoop().addTimer_forMode(&timer, NSRunLoopCommonModes);
        }
        self.top.center();
        self.present();
        self.application.run();
        drop(monitor);
    }
}

fn key_of(event: &NSEvent) -> Key {
    let held = event.modifierFlags();
    Key {
        code: event.keyCode(),
        letters: event.charactersIgnoringModifiers().map(|letters| letters.to_string()).unwrap_or_default(),
        command: held.contains(NSEventModifierFlags::Command),
        control: held.contains(NSEventModifierFlags::Control),
        option: held.contains(NSEventModifierFlags::Option),
        repeated: event.isARepeat(),
    }
}

/// In this process alone: what is set so counts before what a person set, and is written nowhere.
fn leave_texts_alone() {
    let names: Vec<Retained<NSString>> = TEXT_SERVICES.iter().map(|name| NSString::from_str(name)).collect();
    let names: Vec<&NSString> = names.iter().map(|name| &**name).collect();
    let off: Vec<Retained<AnyObject>> =
        names.iter().map(|_| Retained::<AnyObject>::from(NSNumber::numberWithBool(false))).collect();
    let settings = NSDictionary::from_retained_objects(&names, &off);
    // SAFETY: the dictionary holds numbers under texts, as settings do.
    unsafe {
        let standard = NSUserDefaults::standardUserDefaults();
        let domain = NSString::from_str("NSArgumentDomain");
        standard.setVolatileDomain_forName(&settings, &domain);
    }
}

#[derive(Default)]
struct Heard {
    hear: RefCell<Option<Hear>>,
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Heard")
    }
}

define_class!(
    // SAFETY: NSObject asks nothing of its subclasses, and this one has no `Drop`.
    #[unsafe(super = NSObject)]
    #[thread_kind = MainThreadOnly]
    #[ivars = Heard]
    #[derive(Debug)]
    struct Watch;

    // SAFETY: it asks for nothing.
    unsafe impl NSObjectProtocol for Watch {}

    // SAFETY: each method has the signature of its protocol.
    unsafe impl NSApplicationDelegate for Watch {
        #[unsafe(method(applicationShouldTerminate:))]
        fn should_terminate(&self, _: &NSApplication) -> NSApplicationTerminateReply {
            self.tell(Happening::Close);
            NSApplicationTerminateReply::TerminateCancel
        }
    }

    // SAFETY: each method has the signature of its protocol.
    unsafe impl NSWindowDelegate for Watch {
        #[unsafe(method(windowShouldClose:))]
        fn should_close(&self, _: &NSWindow) -> bool {
            self.tell(Happening::Close);
            false
        }

        #[unsafe(method(windowDidResize:))]
        fn did_resize(&self, _: &NSNotification) {
            self.tell(Happening::Shape);
        }

        #[unsafe(method(windowDidChangeBackingProperties:))]
        fn did_change_scale(&self, _: &NSNotification) {
            self.tell(Happening::Shape);
        }
    }
);

impl Watch {
    fn make(main: MainThreadMarker) -> Retained<Self> {
        let this = Self::alloc(main).set_ivars(Heard::default());
        // SAFETY: this is the signature of NSObject's `init`.
        unsafe { msg_send![super(this), init] }
    }

    fn tell(&self, what: Happening) {
        let hear = self.ivars().hear.borrow().clone();
        if let Some(hear) = hear {
            hear(what);
        }
    }
}
