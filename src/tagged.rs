//! How enums with a tag are read.

/// The fields of an enum with the tag `kind`, as they are read: a plain structure, of which the enum is made by `try_from`. No two
/// variants share the name of a field. None may be left out but those after a semicolon, which have a default.
///
/// What serde derives for such enums keeps every field in a general form until it has seen the tag, and reads that form with code of
/// its own: three times as much in the page's module.
macro_rules! tagged_fields {
    ($fields:ident, $kind:ident of $name:ident {
        $($variant:ident { $($field:ident: $type:ty),* $(; $($optional:ident: $default:ty),*)? }),* $(,)?
    }) => {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $fields {
            kind: $kind,
            $($($field: Option<$type>,)* $($($optional: Option<$default>,)*)?)*
        }

        #[derive(serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum $kind {
            $($variant,)*
        }

        impl TryFrom<$fields> for $name {
            type Error = &'static str;

            fn try_from(mut fields: $fields) -> Result<Self, Self::Error> {
                let (made, own): (Self, &[&str]) = match fields.kind {
                    $($kind::$variant => (
                        Self::$variant {
                            $($field: fields.$field.take().ok_or(concat!("missing field `", stringify!($field), "`"))?,)*
                            $($($optional: fields.$optional.take().unwrap_or_default(),)*)?
                        },
                        &[$(stringify!($field)),*],
                    ),)*
                };
                // As in version 0.1: a kind without fields passes over those of others, which a link may have kept.
                if own.is_empty() {
                    return Ok(made);
                }
                $($(if fields.$field.is_some() {
                    return Err(concat!("this kind has no field `", stringify!($field), "`"));
                })*)*
                $($($(if fields.$optional.is_some() {
                    return Err(concat!("this kind has no field `", stringify!($optional), "`"));
                })*)?)*
                Ok(made)
            }
        }
    };
}

pub(crate) use tagged_fields;
