//! A table of tokens: nobody issues them, so that there is nothing to play.

use super::Vendor;
use super::vendor::Tokens;

/// A token of the table, of somebody who may read orders.
pub const ANN: &str = "tok_5eL8vQ2rXw9mT1bYc4Zk7A";

/// One that ends a minute after every fake starts.
pub const BRIEF: &str = "tok_Zk7A5eL8vQ2rXw9mT1bYc4";

/// The table.
pub const VENDOR: Vendor = Vendor {
    provider: "static-tokens",
    variables: &[(
        "STATIC_TOKENS",
        concat!(
            r#"{"tok_5eL8vQ2rXw9mT1bYc4Zk7A":{"subject":"ann","roles":["clerk"],"#,
            r#""permissions":["read:orders"],"scopes":["orders:read","openid"]},"#,
            r#""tok_Zk7A5eL8vQ2rXw9mT1bYc4":{"subject":"bob","expires_at":1800000060}}"#
        ),
    )],
    tokens: Tokens::Opaque,
    ..Vendor::PLAIN
};
