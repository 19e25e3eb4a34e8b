//! Writes the TypeScript of the wire to standard output.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(trail_app::wire::generated::typescript().as_bytes())
}
