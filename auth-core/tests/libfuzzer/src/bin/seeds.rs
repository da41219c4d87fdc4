//! Writes what each target begins with to `corpus/`, where cargo-fuzz looks for it.

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    for (name, seeds) in auth_core_fuzz::seeds() {
        let folder = Path::new("corpus").join(name);
        fs::create_dir_all(&folder)?;
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed)?;
        }
    }
    Ok(())
}
