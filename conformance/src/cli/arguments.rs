//! What can be asked of the command.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Proves that authentication providers are correct: local identity providers over real TLS, keys
/// made on the spot, named cases, and a verdict for each.
#[derive(Debug, Parser)]
#[command(
    name = "conformance",
    bin_name = "cargo xtask conformance",
    args_conflicts_with_subcommands = true,
    after_help = EXAMPLES,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) run: Run,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask conformance                        every provider, every case
  cargo xtask conformance auth0                  one provider
  cargo xtask conformance --group 'sig' --group 'jwk*'
  cargo xtask conformance --case 'sig-alg-none*' --format json
  cargo xtask conformance list --group time
  cargo xtask conformance explain iss-array
  cargo xtask conformance describe auth0 --format json

Exit status:
  0  as expected
  1  a case failed (or, with --strict, a SHOULD was missed)
  2  usage, or nothing matched
  3  a provider did not start, could not be tested, or refused a good token
  4  the suite itself could not be built";

/// The JSON of `describe`; what is documented here stays, and more may come.
const DESCRIPTION: &str = "\
JSON:
  version                  1
  providers[]              by name
    name, type, docs       `auth0`, `Auth0`, the documentation of the struct
    options[]              in the order of the struct
      name, docs           the option's name, which is also its setter's; its documentation
      variables[]          tried in this order; the first that is not blank wins
      file_variables[]     beside each of them, for secrets: the path of a file with the value
      presence             `required`, `optional`, or `default`
      default              the default, as Rust, or null
      secret               whether its value is never printed
      kind                 `text`, `boolean`, `number`, `duration`, `list`, `domain`, `url`,
                           `hmac_secret`, `path`, `other`";

/// What to do instead of running cases.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the cases, one a line
    List(Filters),
    /// Say what a case sends, what must come out, and why it matters
    Explain {
        /// The id of a case, such as `sig-alg-none`
        id: String,
    },
    /// Say what a provider can be told: its options, their variables, what they are
    #[command(after_long_help = DESCRIPTION)]
    Describe {
        /// Providers to describe, as globs; all of them unless given
        #[arg(value_name = "PROVIDER")]
        providers: Vec<String>,
        /// How to print them
        #[arg(long, value_enum, default_value_t = Style::Text)]
        format: Style,
    },
    /// Start a local issuer and a guarded server, and print curl lines to try on it
    Demo {
        /// The port to listen on; 0 takes any that is free
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
}

/// What to run, and how to say what was found.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Providers to test, as globs; all of them unless given
    #[arg(value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Count a missed SHOULD as a failure
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Which cases.
#[derive(Debug, Args)]
pub(crate) struct Filters {
    /// Groups of cases, as globs; all of them unless given
    #[arg(long, value_name = "GLOB")]
    pub(crate) group: Vec<String>,
    /// Ids of cases, as globs; all of them unless given
    #[arg(long, value_name = "GLOB")]
    pub(crate) case: Vec<String>,
}

/// How to print a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A matrix of groups and providers, then what went wrong
    Table,
    /// JSON, version 1
    Json,
    /// Every decision, as snapshots keep them
    Decisions,
}

/// How to describe a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Style {
    /// For people
    Text,
    /// JSON, version 1 (`describe --help` says what it holds)
    Json,
}
