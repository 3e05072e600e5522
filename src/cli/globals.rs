//! The flags of every verb, and the connection that they describe.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::cluster::Connection;
use crate::cluster::config::NOT_A_NAMESPACE;
use crate::manifest::labels::is_namespace;
use crate::ui::ColorChoice;

/// kubectl's flags without a value, which may have one.
const SWITCHES: [&str; 2] = ["--insecure-skip-tls-verify", "--disable-compression"];

/// Flags of every verb: kubectl's, at any place.
#[derive(Args, Debug)]
pub(crate) struct Globals {
    /// Path to the kubeconfig file
    #[arg(long, global = true, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// The kubeconfig's context to use
    #[arg(long, global = true, value_name = "NAME")]
    context: Option<String>,
    /// The kubeconfig's cluster to use
    #[arg(long, global = true, value_name = "NAME")]
    cluster: Option<String>,
    /// The kubeconfig's user to use
    #[arg(long, global = true, value_name = "NAME")]
    user: Option<String>,
    /// The namespace
    #[arg(short = 'n', long, global = true, value_name = "NAME", value_parser = namespace)]
    namespace: Option<String>,
    /// Address and port of the API server
    #[arg(short = 's', long, global = true, value_name = "URL")]
    server: Option<String>,
    /// Bearer token for the API server
    #[arg(long, global = true, value_name = "TOKEN")]
    token: Option<String>,
    /// User to impersonate
    #[arg(long = "as", global = true, value_name = "USER")]
    as_user: Option<String>,
    /// Group to impersonate (can be repeated)
    #[arg(long = "as-group", global = true, value_name = "GROUP")]
    as_groups: Vec<String>,
    /// UID to impersonate
    #[arg(long, global = true, value_name = "UID")]
    as_uid: Option<String>,
    /// Extra attribute to impersonate, KEY=VALUE (can be repeated)
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = key_value)]
    as_user_extra: Vec<(String, String)>,
    /// File with the certificates that may sign the API server's
    #[arg(long, global = true, value_name = "FILE")]
    certificate_authority: Option<PathBuf>,
    /// File with our certificate
    #[arg(long, global = true, value_name = "FILE")]
    client_certificate: Option<PathBuf>,
    /// File with our key
    #[arg(long, global = true, value_name = "FILE")]
    client_key: Option<PathBuf>,
    /// Name that the API server's certificate must have
    #[arg(long, global = true, value_name = "NAME")]
    tls_server_name: Option<String>,
    /// Do not check the API server's certificate
    #[arg(long, global = true)]
    insecure_skip_tls_verify: bool,
    /// How long one request to the API server may take; 0 for no limit
    #[arg(long, global = true, value_name = "DURATION", value_parser = request_timeout)]
    request_timeout: Option<Duration>,
    /// Do not ask for compressed answers
    #[arg(long, global = true)]
    disable_compression: bool,
    /// Accepted as kubectl's; nothing is cached
    #[arg(long, global = true, value_name = "DIR", hide = true)]
    cache_dir: Option<PathBuf>,
    /// Say what is sent to the API server: 6 a line per request, 8 and more details
    #[arg(
        short = 'v',
        long = "v",
        global = true,
        value_name = "LEVEL",
        default_value = "0",
        hide_default_value = true,
        value_parser = level
    )]
    pub(crate) verbosity: u8,
    /// Colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub(crate) color: ColorChoice,
    /// Say nothing that is not asked for
    #[arg(short = 'q', long, global = true)]
    pub(crate) quiet: bool,
    /// Answer every question with yes
    #[arg(short = 'y', long, global = true)]
    pub(crate) yes: bool,
}

impl Globals {
    /// How to reach the cluster.
    pub(crate) fn connection(self) -> Connection {
        // Destructured without `..`: a new flag must find its place here.
        let Self {
            kubeconfig,
            context,
            cluster,
            user,
            namespace,
            server,
            token,
            as_user,
            as_groups,
            as_uid,
            as_user_extra,
            certificate_authority,
            client_certificate,
            client_key,
            tls_server_name,
            insecure_skip_tls_verify,
            request_timeout,
            disable_compression,
            cache_dir: _,
            verbosity: _,
            color: _,
            quiet: _,
            yes: _,
        } = self;
        Connection {
            kubeconfig,
            context,
            cluster,
            user,
            namespace,
            server,
            token,
            as_user,
            as_groups,
            as_uid,
            as_user_extra,
            certificate_authority,
            client_certificate,
            client_key,
            tls_server_name,
            insecure_skip_tls_verify,
            request_timeout,
            disable_compression,
        }
    }
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("KEY=VALUE is expected".to_owned()),
    }
}

/// A namespace's name; empty means that none is given, as in kubectl.
fn namespace(text: &str) -> Result<String, String> {
    match text.is_empty() || is_namespace(text) {
        true => Ok(text.to_owned()),
        false => Err(NOT_A_NAMESPACE.to_owned()),
    }
}

fn level(text: &str) -> Result<u8, String> {
    text.parse()
        .map_err(|_| "a level is a number from 0 to 10".to_owned())
}

/// Takes `--disable-compression=false` and its like for what they mean: kubectl's switches may have a value.
pub(crate) fn switches(
    arguments: impl IntoIterator<Item = OsString>,
) -> impl Iterator<Item = OsString> {
    let mut passed_on = false;
    arguments.into_iter().filter_map(move |argument| {
        passed_on |= argument == "--";
        let text = argument.to_str().filter(|_| !passed_on);
        match text.and_then(|text| text.split_once('=')) {
            Some((name, "true")) if SWITCHES.contains(&name) => Some(name.into()),
            Some((name, "false")) if SWITCHES.contains(&name) => None,
            _ => Some(argument),
        }
    })
}

/// `0` is no limit; without a unit it is seconds, as for kubectl.
fn request_timeout(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    crate::commands::values::duration(text)
}
