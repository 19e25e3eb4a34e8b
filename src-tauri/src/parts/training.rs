//! The bundled training site, served on this computer alone.

use trail_app::ports::TrainingSite;
use trail_browser::training::{Served, serve};

/// The training site, once it is served.
#[derive(Default)]
pub struct Training {
    served: Option<Served>,
}

impl TrainingSite for Training {
    fn serve(&mut self) -> Result<String, String> {
        let served = match self.served.take() {
            Some(served) => served,
            None => serve().map_err(|error| error.to_string())?,
        };
        let address = format!("http://{}", served.host_and_port());
        self.served = Some(served);
        Ok(address)
    }
}
