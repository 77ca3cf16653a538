//! Reads JavaScript values into what serde describes, and says where it failed.
//!
//! serde_wasm_bindgen does this too, but looks up the fields it expects and passes over others in silence, and needs a second
//! library to know the path of a field, which together are a fifth of the core's size. Here every field is seen, so that a misspelt
//! one is refused, and an error gathers its path on the way out.

use std::fmt::Display;

use js_sys::{Array, Object};
use serde::Deserializer;
use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, IntoDeserializer, VariantAccess, Visitor,
};
use wasm_bindgen::{JsCast, JsValue};

/// What is wrong, and where: `model.layers`, or nothing for the value itself.
#[derive(Debug)]
pub struct ReadError {
    /// The path of the field.
    pub path: String,
    /// The sentence's rest.
    pub why: String,
}

impl Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for ReadError {}

impl serde::de::Error for ReadError {
    fn custom<T: Display>(message: T) -> Self {
        Self { path: String::new(), why: message.to_string() }
    }
}

impl ReadError {
    /// The same, seen from outside.
    fn within(mut self, place: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{place}{dot}{}", self.path);
        self
    }
}

/// Lists and objects within each other at most, many more than anything has that is read here: each takes a part of the stack, which a value that
/// somebody made for it would use up.
const MAX_DEPTH: usize = 32;

/// Whether a value goes deeper. Asked once, before it is read: a reader that counted would be larger for every type that it reads.
fn is_deeper(value: &JsValue, levels: usize) -> bool {
    let inner = |entry: JsValue| is_deeper(&Array::from(&entry).get(1), levels - 1);
    let inner = |object| Object::entries(object).iter().any(inner);
    value.dyn_ref::<Object>().is_some_and(|object| levels == 0 || inner(object))
}

/// Reads a value.
pub fn from_js<D: DeserializeOwned>(value: JsValue) -> Result<D, ReadError> {
    if is_deeper(&value, MAX_DEPTH) {
        return Err(ReadError::custom("it has more than 32 levels"));
    }
    D::deserialize(Reader { value, place: Place::Top })
}

/// Where a value stands in what holds it.
enum Place {
    Top,
    Field(String),
    Item(usize),
}

impl Place {
    fn mark(&self, error: ReadError) -> ReadError {
        match self {
            Self::Top => error,
            Self::Field(name) => error.within(name),
            Self::Item(index) => error.within(&format!("[{index}]")),
        }
    }
}

struct Reader {
    value: JsValue,
    place: Place,
}

impl IntoDeserializer<'_, ReadError> for Reader {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Reader {
    fn read<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, ReadError> {
        let value = &self.value;
        if value.is_null() || value.is_undefined() {
            return visitor.visit_unit();
        }
        if let Some(truth) = value.as_bool() {
            return visitor.visit_bool(truth);
        }
        if let Some(number) = value.as_f64() {
            // What JavaScript can count to exactly is whole, all else is not.
            let whole = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
            return match (whole, number >= 0.0) {
                (true, true) => visitor.visit_u64(number as u64),
                (true, false) => visitor.visit_i64(number as i64),
                (false, _) => visitor.visit_f64(number),
            };
        }
        if let Some(text) = value.as_string() {
            return visitor.visit_string(text);
        }
        if let Some(items) = value.dyn_ref::<Array>() {
            let items = items.iter().enumerate();
            let readers = items.map(|(index, value)| Reader { value, place: Place::Item(index) });
            return visitor.visit_seq(SeqDeserializer::new(readers));
        }
        if let Some(object) = value.dyn_ref::<Object>() {
            let entries = Object::entries(object);
            let readers = entries.iter().map(|entry| {
                let (key, value) = (Array::from(&entry).get(0), Array::from(&entry).get(1));
                let key = key.as_string().unwrap_or_default();
                (key.clone(), Reader { value, place: Place::Field(key) })
            });
            return visitor.visit_map(MapDeserializer::new(readers));
        }
        Err(ReadError::custom("it is neither a number, a text, a list nor an object"))
    }
}

impl<'de> Deserializer<'de> for Reader {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.read(visitor).map_err(|error| self.place.mark(error))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.value.is_null() || self.value.is_undefined() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let read = match self.value.as_string() {
            Some(name) => visitor.visit_enum(Name(name)),
            None => self.read(visitor),
        };
        read.map_err(|error| self.place.mark(error))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The name of an enum's variant that holds nothing else: all that an Experiment has.
struct Name(String);

impl<'de> EnumAccess<'de> for Name {
    type Error = ReadError;
    type Variant = UnitVariant;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, UnitVariant), ReadError> {
        let name: StringDeserializer<ReadError> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, UnitVariant))
    }
}

struct UnitVariant;

impl<'de> VariantAccess<'de> for UnitVariant {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _seed: S) -> Result<S::Value, ReadError> {
        Err(ReadError::custom("a name alone was expected"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, ReadError> {
        Err(ReadError::custom("a name alone was expected"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, ReadError> {
        Err(ReadError::custom("a name alone was expected"))
    }
}
