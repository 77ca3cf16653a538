//! The page's files of trained models: the format of safetensors, whose header says what they are; www/files/model.ts writes and reads the same.

use serde_json::{Value, json};

use super::DensityModel;
use crate::error::{Error, parse_json};
use crate::experiment::Experiment;
use crate::targets::Columns;

/// Of this form of the header: counts up when a program of before would misread a file.
const VERSION: u64 = 2;

impl DensityModel {
    /// The bytes of a file, which the page, [`Self::load`], safetensors and its script for NumPy read.
    ///
    /// # Errors
    /// Where the Experiment can't be written, which no Experiment is known of.
    pub fn save(&self) -> Result<Vec<u8>, Error> {
        let text = |value: serde_json::Result<String>| {
            value.map_err(|e| Error::Unreadable { what: "experiment", why: e.to_string() })
        };
        let numbers: Vec<u8> = self.parameters.iter().flat_map(|v| v.to_le_bytes()).collect();
        let mut metadata = json!({
            "format": "density-playground",
            "version": VERSION.to_string(),
            "checksum": checksum_of(&numbers),
            "experiment": text(serde_json::to_string(&self.experiment))?,
            "step": self.step.to_string(),
        });
        if let Some(columns) = &self.columns {
            metadata["table"] = text(serde_json::to_string(columns))?.into();
        }
        if let Some(description) = self.description() {
            metadata["flow"] = text(serde_json::to_string(&description))?.into();
        }
        let header = json!({
            "__metadata__": metadata,
            "parameters": { "dtype": "F32", "shape": [self.parameters.len()], "data_offsets": [0, numbers.len()] },
        });
        let mut header = header.to_string().into_bytes();
        // Numbers begin at a multiple of eight bytes; blanks fill up.
        header.resize(header.len().next_multiple_of(8), b' ');
        let length = (header.len() as u64).to_le_bytes();
        Ok([&length[..], &header, &numbers].concat())
    }

    /// A model from the bytes of a file. Of a table the file has to say where its columns lie, as those do that were written since version 0.2.
    ///
    /// # Errors
    /// A file that is damaged, or of another program, or newer.
    pub fn load(bytes: &[u8]) -> Result<Self, Error> {
        let (header, numbers) = parts(bytes).ok_or_else(|| damaged("it is cut short"))?;
        let header: Value = serde_json::from_slice(header).map_err(|_| damaged("its header is broken"))?;
        let metadata = &header["__metadata__"];
        let text = |field: &str| metadata[field].as_str();
        if text("format") != Some("density-playground") {
            return Err(damaged("it was not saved by Density Playground"));
        }
        if text("version").and_then(|version| version.parse().ok()).unwrap_or(1) > VERSION {
            return Err(damaged("it was saved by a newer version"));
        }
        let experiment: Experiment = parse_json("experiment", text("experiment").unwrap_or_default())?;
        let columns: Option<Columns> = text("table").map(|table| parse_json("table", table)).transpose()?;
        let step = text("step").and_then(|step| step.parse().ok());
        let step = step.ok_or_else(|| damaged("it does not say its step"))?;
        let tensor = &header["parameters"];
        let offset =
            |end: usize| tensor["data_offsets"][end].as_u64().and_then(|at| usize::try_from(at).ok());
        let numbers = match (tensor["dtype"].as_str(), offset(0), offset(1)) {
            (Some("F32"), Some(from), Some(to)) => numbers.get(from..to),
            _ => None,
        };
        let numbers = numbers.ok_or_else(|| damaged("its parameters are not where they should be"))?;
        if text("checksum").is_some_and(|checksum| checksum != checksum_of(numbers)) {
            return Err(damaged("its parameters are not those that were saved"));
        }
        let value = |bytes: &[u8]| bytes.try_into().map_or(f32::NAN, f32::from_le_bytes);
        let parameters = numbers.chunks_exact(4).map(value).collect();
        Self::from_parts(experiment, columns, step, parameters)
    }
}

/// The header and what follows it.
fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

/// Eight hexadecimal digits.
fn checksum_of(bytes: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(bytes))
}

fn damaged(why: &str) -> Error {
    Error::Unreadable { what: "model", why: why.into() }
}
