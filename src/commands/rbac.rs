//! `rbac`: prints the Role that verbs need, and its binding. Asks no cluster: it is for whoever gives rights.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::cluster::Fault;
use crate::cluster::config::BadConfig;
use crate::commands::manifests;
use crate::ensemble::spelling::nearest;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::manifest::labels::is_object_name;
use crate::manifest::rbac;
use crate::manifest::rbac::Grant;
use crate::manifest::rbac::Holder;
use crate::manifest::rbac::Rights;
use crate::manifest::rbac::need::Verb;
use crate::manifest::rbac::table::TABLE;
use crate::ui::Format;
use crate::ui::Ui;

/// What `--for` is followed by.
const KINDS: [&str; 3] = ["user", "group", "serviceaccount"];

/// Print the Role that verbs need, and its binding, for `kubectl apply -f -`
///
/// Without VERB: for all verbs. What each right is for is told in docs/rbac.md.
#[derive(Args, Debug)]
pub struct RbacArgs {
    /// The verbs; all if not given
    #[arg(value_name = "VERB")]
    verbs: Vec<String>,
    /// Who is given the rights: `user NAME`, `group NAME`, `serviceaccount NAME` or `serviceaccount NAMESPACE:NAME`, also
    /// as KIND/NAME; without it there is no binding
    #[arg(long = "for", num_args = 1..=2, value_names = ["KIND", "NAME"])]
    holder: Vec<String>,
    /// The Role's name; kubectl-zk, with the verbs behind it, if not given
    #[arg(long, value_name = "ROLE")]
    name: Option<String>,
    /// In every namespace, as `status -A` needs it
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// How to print it: json, name, jsonpath=…, custom-columns=…; yaml if not given
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    output: Format,
}

/// Runs it. `namespace` tells the namespace to work in.
///
/// # Errors
/// A verb that needs no right, a holder or a name that cannot be one, an unfit format, a kubeconfig that cannot be read.
pub fn run(
    ui: &Ui,
    args: RbacArgs,
    namespace: impl FnOnce() -> Result<String, BadConfig>,
) -> Result<Exit, Error> {
    manifests::check(&args.output)?;
    let mut verbs = args.verbs;
    let holder = split(&args.holder, &mut verbs)?;
    let verbs = needing(&verbs)?;
    let name = args.name.map(role_name).transpose()?;
    let namespace = namespace().map_err(Fault::from)?;
    let holder = holder.map(|(kind, name)| parse(kind, name, &namespace));
    let grant = Grant {
        verbs,
        holder: holder.transpose()?,
        namespace: (!args.all_namespaces).then_some(namespace),
        name,
    };
    ui.data(&manifests::show(&documents(&grant)?, &args.output)?)?;
    if grant.holder.is_none() {
        ui.hint("this gives nobody anything yet: --for user|group|serviceaccount NAME prints the binding, too");
    }
    Ok(Exit::Success)
}

/// The holder's kind and name. Behind KIND/NAME the second word is a verb, and goes to these.
fn split<'a>(
    words: &'a [String],
    verbs: &mut Vec<String>,
) -> Result<Option<(&'a str, &'a str)>, Error> {
    match words {
        [] => Ok(None),
        [kind, name] if KINDS.contains(&kind.as_str()) => Ok(Some((kind, name))),
        [word, rest @ ..] => {
            verbs.extend_from_slice(rest);
            word.split_once('/')
                .map(Some)
                .ok_or_else(|| no_holder(word))
        }
    }
}

fn no_holder(word: &str) -> Error {
    let text = match KINDS.contains(&word) {
        true => format!("--for {word}: whose name?"),
        false => format!("--for {word}: who is that?"),
    };
    Error::new(Kind::Usage, text)
        .hint("--for user NAME, --for group NAME, or --for serviceaccount [NAMESPACE:]NAME")
}

fn parse(kind: &str, name: &str, namespace: &str) -> Result<Holder, Error> {
    if name.is_empty() {
        return Err(no_holder(kind));
    }
    match kind {
        "user" => Ok(Holder::User(name.to_owned())),
        "group" => Ok(Holder::Group(name.to_owned())),
        "serviceaccount" => account(name, namespace),
        _ => Err(no_holder(kind)),
    }
}

/// `NAME` or `NAMESPACE:NAME`.
fn account(text: &str, here: &str) -> Result<Holder, Error> {
    let (namespace, name) = text.split_once(':').unwrap_or((here, text));
    if !is_object_name(namespace) || !is_object_name(name) {
        let text = format!("{text:?} is no ServiceAccount: NAME or NAMESPACE:NAME");
        return Err(Error::new(Kind::Usage, text));
    }
    Ok(Holder::ServiceAccount {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    })
}

/// A Role's name is a part of a path, and anything that may be one (apimachinery's `ValidatePathSegmentName`).
fn role_name(name: String) -> Result<String, Error> {
    let bad = ["", ".", ".."].contains(&name.as_str()) || name.contains(['/', '%']);
    match bad {
        true => Err(Error::new(
            Kind::Usage,
            format!("--name {name:?} is no name of a Role: it may have neither / nor %"),
        )),
        false => Ok(name),
    }
}

/// The verbs by name, of those that need rights.
fn needing(names: &[String]) -> Result<Vec<&'static Verb>, Error> {
    let known = || TABLE.iter().map(|verb| verb.name);
    let verbs = rbac::verbs(names).map_err(|unknown| {
        let error = Error::new(Kind::Usage, format!("unknown verb {unknown:?}"));
        match nearest(unknown, known()) {
            Some(near) => error.hint(format!("did you mean {near}?")),
            None => error.hint(format!(
                "the verbs are: {}",
                known().collect::<Vec<_>>().join(", ")
            )),
        }
    })?;
    match verbs.is_empty() {
        true => Err(Error::new(
            Kind::Usage,
            format!(
                "there is nothing to give: {} needs no rights",
                names.join(", ")
            ),
        )),
        false => Ok(verbs),
    }
}

fn documents(grant: &Grant) -> Result<Vec<Value>, Error> {
    let values = match grant.rights() {
        Rights::Here(role, binding) => both(&role, binding.as_ref()),
        Rights::Everywhere(role, binding) => both(&role, binding.as_ref()),
    };
    values.map_err(|error| Error::new(Kind::Internal, "cannot write the Role").caused_by(error))
}

fn both(
    role: &impl Serialize,
    binding: Option<&impl Serialize>,
) -> Result<Vec<Value>, serde_json::Error> {
    let binding = binding.map(serde_json::to_value).transpose()?;
    Ok([serde_json::to_value(role)?]
        .into_iter()
        .chain(binding)
        .collect())
}
