//! What is not there in a test. The application's own tests have these too, by their path.

use std::sync::atomic::AtomicBool;

use trail_app::ports::{FontPacks, FoundPack, NoReply, NoTime, TimeRead, TimeServers, TimeStamps, TrainingSite};

/// No training site.
pub struct NoTraining;

impl TrainingSite for NoTraining {
    fn serve(&mut self) -> Result<String, String> {
        Ok("http://127.0.0.1:9".to_owned())
    }
}

/// No font pack: documents are the same on every computer.
pub struct NoFontPack;

impl FontPacks for NoFontPack {
    fn pack(&self) -> Result<FoundPack, String> {
        Err("there is none in a test".to_owned())
    }
}

/// No network: no authority is ever reached.
pub struct NoTimeStamps;

impl TimeStamps for NoTimeStamps {
    fn ask(&self, _address: &str, _question: &[u8], _stop: &AtomicBool) -> Result<Vec<u8>, NoReply> {
        Err(NoReply::NotReached("there is no network".to_owned()))
    }
}

/// No network: no time server is ever reached.
pub struct NoTimeServers;

impl TimeServers for NoTimeServers {
    fn ask(&self, _server: &str, _stop: &AtomicBool) -> Result<TimeRead, NoTime> {
        Err(NoTime::NotReached("there is no network".to_owned()))
    }
}
