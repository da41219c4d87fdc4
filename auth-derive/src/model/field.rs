//! One field: its attributes in, a [`Field`] out that knows whether it is an option, what gives it
//! a value, and whether it may be printed. Next: `value`.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, GenericArgument, Ident, LitStr, Path, PathArguments, Type};

use super::{Docs, value};
use crate::diagnostics::Ctxt;
use crate::grammar::{Entry, Place, entries};

/// A field of the struct.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    /// The type as it is declared.
    pub(crate) ty: &'a Type,
    pub(crate) docs: Docs,
    /// `#[deprecated]`, in any of its forms.
    pub(crate) deprecated: Option<&'a Attribute>,
    pub(crate) keys: FieldKeys,
}

/// What `#[auth(..)]` on the field says.
#[derive(Default)]
pub(crate) struct FieldKeys {
    /// `env = "A"` or `env = ["A", "B"]`.
    pub(crate) env: Option<Given<Vec<LitStr>>>,
    /// `default`, or `default = expr`.
    pub(crate) default: Option<Given<Option<Expr>>>,
    /// `parse = path`.
    pub(crate) parse: Option<Given<Path>>,
    /// `secret`, or `secret = false`.
    pub(crate) secret: Option<Given<bool>>,
    /// `init = expr`.
    pub(crate) init: Option<Given<Expr>>,
    /// `verify = expr`.
    pub(crate) verify: Option<Given<Expr>>,
}

/// A value and the key that gave it, which is where messages point.
pub(crate) struct Given<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
}

/// Whether a value has to be given; the descriptor's `Presence` at compile time.
pub(crate) enum Presence<'a> {
    Required,
    Optional,
    /// Falls back to an expression, or to its type's own default.
    Default(Option<&'a Expr>),
    Computed,
}

impl<'a> Field<'a> {
    /// Reads a field; `None` only for one without a name.
    pub(crate) fn read(field: &'a syn::Field, cx: &Ctxt) -> Option<Self> {
        Some(Self {
            ident: field.ident.as_ref()?,
            ty: &field.ty,
            docs: Docs::read(&field.attrs),
            deprecated: field.attrs.iter().find(|other| other.path().is_ident("deprecated")),
            keys: FieldKeys::read(&field.attrs, cx),
        })
    }

    /// The name without `r#`, as it appears in messages.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The names of its variables, first to last.
    pub(crate) fn variables(&self) -> &[LitStr] {
        self.keys.env.as_ref().map_or(&[], |env| &env.value)
    }

    /// Whether a value has to be given.
    pub(crate) fn presence(&self) -> Presence<'_> {
        if self.computed().is_some() {
            Presence::Computed
        } else if let Some(default) = &self.keys.default {
            Presence::Default(default.value.as_ref())
        } else if self.inside_option().is_some() {
            Presence::Optional
        } else {
            Presence::Required
        }
    }

    /// The expression that computes it, if it is no option.
    pub(crate) fn computed(&self) -> Option<&Given<Expr>> {
        self.keys.init.as_ref().or(self.keys.verify.as_ref())
    }

    /// What its setter takes and its variables hold: `T` for an `Option<T>`.
    pub(crate) fn value_type(&self) -> &'a Type {
        if matches!(self.presence(), Presence::Optional) {
            self.inside_option().unwrap_or(self.ty)
        } else {
            self.ty
        }
    }

    /// `T`, if the type is an `Option<T>`.
    pub(crate) fn inside_option(&self) -> Option<&'a Type> {
        let Type::Path(path) = self.ty else { return None };
        let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        match arguments.args.first() {
            Some(GenericArgument::Type(inside)) => Some(inside),
            _ => None,
        }
    }

    /// Whether the values in it redact themselves, which only our own two types are known to do.
    pub(crate) fn has_secret_type(&self) -> bool {
        mentions(self.ty, |name| name == "Secret" || name == "HmacSecret")
    }

    /// Whether it is a secret as far as its attributes and the name of its type say.
    pub(crate) fn is_secret(&self) -> bool {
        self.keys.secret.as_ref().map_or_else(|| self.has_secret_type(), |secret| secret.value)
    }

    /// Whether its setter would have the name of a method that every builder has.
    pub(crate) fn collides(&self) -> bool {
        const METHODS: &[&str] = &[
            "build",
            "build_in",
            "name",
            "public",
            "protected",
            "authorize_user",
            "authorize_user_async",
            "map_user_to_resource_id",
            "set",
        ];
        self.computed().is_none() && METHODS.contains(&self.name().as_str())
    }

    /// Whether it has the name of the field that every builder has beside its options.
    pub(crate) fn is_hidden_one(&self) -> bool {
        *self.ident == "__options"
    }

    /// Whether its type's own `FromEnv` reads it.
    pub(crate) fn reads_from_env(&self) -> bool {
        self.keys.env.is_some() && self.keys.parse.is_none()
    }
}

/// Whether a word for which `is_it` holds stands anywhere in a type.
pub(crate) fn mentions(ty: &Type, is_it: impl Fn(&Ident) -> bool + Copy) -> bool {
    fn search(tokens: proc_macro2::TokenStream, is_it: impl Fn(&Ident) -> bool + Copy) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(word) => is_it(&word),
            TokenTree::Group(group) => search(group.stream(), is_it),
            _ => false,
        })
    }
    search(ty.to_token_stream(), is_it)
}

impl FieldKeys {
    fn read(attributes: &[Attribute], cx: &Ctxt) -> Self {
        let mut keys = Self::default();
        for entry in &entries(attributes, Place::Field, cx) {
            match entry.key.to_string().as_str() {
                "env" => keys.env = Some(Given::new(entry, value::variables(entry, cx))),
                "default" => keys.default = Some(Given::new(entry, value::optional(entry))),
                "parse" => {
                    let path = value::path(entry, "path::to::function", cx);
                    keys.parse = Some(Given::new(entry, path));
                }
                "secret" => keys.secret = Some(Given::new(entry, value::secret(entry, cx))),
                "init" => {
                    let expression = value::expression(entry, "Client::new(domain)", cx);
                    keys.init = Some(Given::new(entry, expression));
                }
                _ => {
                    let expression = value::expression(entry, "Verifier::remote(..)", cx);
                    keys.verify = Some(Given::new(entry, expression));
                }
            }
        }
        keys
    }
}

impl<T> Given<T> {
    fn new(entry: &Entry, value: T) -> Self {
        Self { key: entry.key.clone(), value }
    }
}
