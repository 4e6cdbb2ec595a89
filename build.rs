//! The migrations are embedded, and cargo does not see their folders by itself.

#[allow(clippy::print_stdout)] // this is how a build script speaks to cargo
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
