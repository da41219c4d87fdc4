//! The examples as they stand, each a module here. Next: `serve`.

macro_rules! example {
    ($name:ident, $path:literal) => {
        #[path = $path]
        #[expect(dead_code, unreachable_pub, reason = "an example is a program of its own")]
        pub(crate) mod $name;
    };
}

example!(actix, "../../actix.rs");
example!(axum_auth0, "../../axum_auth0.rs");
example!(axum_optional, "../../axum_optional.rs");
example!(axum_tenants, "../../axum_tenants.rs");
example!(mcp, "../../mcp.rs");
example!(tonic, "../../tonic.rs");
