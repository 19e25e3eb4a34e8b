//! What takes several answers of the engine in turn: done on the window's thread, a little at each turn of its loop.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::{TryRecvError, sync_channel};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// What is under way.
#[derive(Default)]
pub(crate) struct Tasks {
    under_way: RefCell<Vec<Task>>,
}

impl Tasks {
    pub(crate) fn begin(&self, task: impl Future<Output = ()> + 'static) {
        self.under_way.borrow_mut().push(Box::pin(task));
    }

    /// Does what can be done now.
    pub(crate) fn go_on(&self) {
        // A task may begin another one.
        let mut tasks = self.under_way.take();
        let mut context = Context::from_waker(Waker::noop());
        tasks.retain_mut(|task| task.as_mut().poll(&mut context).is_pending());
        self.under_way.borrow_mut().append(&mut tasks);
    }
}

/// Waits for an answer of the engine, at most so long.
pub(crate) async fn within<T: 'static>(at_most: Duration, ask: impl FnOnce(Box<dyn FnOnce(T)>)) -> Option<T> {
    let slot: Rc<RefCell<Option<T>>> = Rc::default();
    let place = Rc::clone(&slot);
    ask(Box::new(move |answer| *place.borrow_mut() = Some(answer)));
    let until = Instant::now() + at_most;
    poll_fn(move |_| match slot.take() {
        Some(answer) => Poll::Ready(Some(answer)),
        None if Instant::now() >= until => Poll::Ready(None),
        None => Poll::Pending,
    })
    .await
}

/// Waits.
pub(crate) async fn pause(length: Duration) {
    let until = Instant::now() + length;
    poll_fn(move |_| if Instant::now() >= until { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Does work that takes long beside the window. `None` if no thread could be started, or it broke off.
pub(crate) async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, came) = sync_channel(1);
    let started = std::thread::Builder::new().name("beside".into()).spawn(move || {
        // Nobody waits any more: then it is of no use.
        let _ = done.send(work());
    });
    started.ok()?;
    poll_fn(move |_| match came.try_recv() {
        Ok(answer) => Poll::Ready(Some(answer)),
        Err(TryRecvError::Empty) => Poll::Pending,
        Err(TryRecvError::Disconnected) => Poll::Ready(None),
    })
    .await
}
