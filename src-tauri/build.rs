//! Gives tauri the one list of commands, so that each has its own permission and nothing else can be called.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let list = include_str!("commands.txt");
    let commands: Vec<&'static str> = list.lines().filter(|line| !line.is_empty()).collect();
    let manifest = tauri_build::AppManifest::new().commands(commands.leak());
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    println!("cargo:rerun-if-changed=commands.txt");
    Ok(())
}
