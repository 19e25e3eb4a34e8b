//! What a time server told of the computer's clock, beside the reading that somebody typed in.

use trail_domain::event::review::{ComputerCheck, ServerTime};
use trail_domain::words::Noted;
use trail_seal::form::record::ClockCheck;

use super::heading::{not_recorded, said};
use crate::show::dates;

/// The row of a check for the time server.
pub(super) fn by_server(check: &ComputerCheck) -> ClockCheck {
    let computer = said(dates::exact(check.shown));
    match &check.time_server {
        Noted::Observed(time) => ClockCheck {
            reference: said(format!("Time server {}, stratum {}", time.server, time.stratum)),
            computer,
            difference: said(difference(time)),
            read_by: said("Evidence Trail, over the network"),
        },
        Noted::NotRecorded(because) => ClockCheck {
            reference: not_recorded(because.clone()),
            computer,
            difference: not_recorded("no time server was read"),
            read_by: said("Evidence Trail"),
        },
    }
}

fn difference(time: &ServerTime) -> String {
    let way = format!("round trip {} ms", time.round_trip_ms);
    match time.fast_by_ms {
        0 => format!("none seen, to the millisecond; {way}"),
        fast @ 1.. => format!("{fast} ms fast; {way}"),
        slow => format!("{} ms slow; {way}", slow.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::{ServerTime, difference};

    #[test]
    fn fast_is_fast_and_slow_is_slow() {
        let said = |fast_by_ms| {
            difference(&ServerTime { server: "time.example".to_owned(), fast_by_ms, round_trip_ms: 8, stratum: 2 })
        };
        assert_eq!(said(12), "12 ms fast; round trip 8 ms");
        assert_eq!(said(-12), "12 ms slow; round trip 8 ms");
        assert_eq!(said(0), "none seen, to the millisecond; round trip 8 ms");
    }
}
