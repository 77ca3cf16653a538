//! What the page is told before it has loaded a core: `cargo xtask build` asks for it and keeps the answer in a file.

use wasm_bindgen::prelude::*;

use super::write;
use crate::manifest::Manifest;

/// What there is.
#[wasm_bindgen(unchecked_return_type = "Manifest")]
pub fn manifest() -> Result<JsValue, JsError> {
    write(&Manifest::new())
}
