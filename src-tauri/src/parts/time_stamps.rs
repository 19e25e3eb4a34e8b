//! Time-stamp authorities over HTTP (RFC 3161, section 3.4).
//!
//! The question goes out from a thread of its own, so that HALT waits for nobody; the thread ends by its own time limit
//! and its answer is dropped.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use trail_app::ports::{NoReply, SECONDS_FOR_A_STAMP, TimeStamps};
use ureq::Agent;

use super::at_once::{self, NoAnswer};

/// The largest reply, in bytes.
const LARGEST: u64 = 64 * 1024;
/// The media type of a question.
const QUESTION: &str = "application/timestamp-query";
/// The media type of a reply.
const REPLY: &str = "application/timestamp-reply";

/// The network, as far as time-stamp authorities are on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetworkTimeStamps;

impl TimeStamps for NetworkTimeStamps {
    fn ask(&self, address: &str, question: &[u8], stop: &AtomicBool) -> Result<Vec<u8>, NoReply> {
        let limit = Duration::from_secs(SECONDS_FOR_A_STAMP);
        let (address, question) = (address.to_owned(), question.to_vec());
        at_once::or_never(stop, limit, move |_| posted(&address, &question, limit)).unwrap_or_else(|why| {
            Err(match why {
                NoAnswer::Stopped => NoReply::Stopped,
                NoAnswer::TooSlow => NoReply::TooSlow,
                NoAnswer::NotAsked(why) => NoReply::NotReached(why),
                NoAnswer::Ended => NoReply::NotReached("the asking failed".to_owned()),
            })
        })
    }
}

/// One question, one reply: nothing is followed to another address, and no proxy of the surroundings is used.
fn posted(address: &str, question: &[u8], limit: Duration) -> Result<Vec<u8>, NoReply> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(limit))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .user_agent("Evidence Trail")
        .build()
        .into();
    let sent = agent.post(address).header("Content-Type", QUESTION).header("Accept", REPLY).send(question);
    let mut reply = sent.map_err(none)?;
    if reply.status() != 200 {
        return Err(NoReply::Status(reply.status().as_u16()));
    }
    let is_reply = reply.body().mime_type().is_some_and(|kind| kind.eq_ignore_ascii_case(REPLY));
    if !is_reply {
        return Err(NoReply::OtherKind);
    }
    reply.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(none)
}

fn none(error: ureq::Error) -> NoReply {
    if matches!(error, ureq::Error::Timeout(_)) {
        NoReply::TooSlow
    } else if matches!(error, ureq::Error::BodyExceedsLimit(_)) {
        NoReply::TooLong
    } else {
        NoReply::NotReached(error.to_string())
    }
}
