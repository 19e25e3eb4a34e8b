//! The real window, driven through WebDriver: the real program, clicked and typed into as a person would.

pub mod axe;
pub mod display;
pub mod driver;
pub mod judge;
pub mod keeping;
pub mod keys;
pub mod opened;
pub mod pictures;
pub mod processes;
pub mod ready;
pub mod steps;

pub use opened::Window;
