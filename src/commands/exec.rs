//! `exec`: four-letter words, to one server or to all of them, without a shell, `nc` or Java in the pod.

use std::time::Duration;

use clap::Args;
use futures::future::join_all;
use serde_json::Value;

use crate::commands::Context;
use crate::commands::ask::Asker;
use crate::commands::status::not_found;
use crate::commands::values::patience;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::quorum;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::ui::Format;
use crate::ui::output;
use crate::ui::view::answers::AnswerList;
use crate::ui::view::answers::AnswerView;
use crate::ui::view::answers::Said;
use crate::zookeeper::four_letter::parse_json;
use crate::zookeeper::four_letter::word::Word;

/// Send four-letter words to the servers: to one of them raw, to several side by side
///
/// The words: ruok srvr stat mntr conf cons envi isro dump wchs wchc wchp dirs hash, and srst, crst, which reset statistics.
#[derive(Args, Debug)]
pub struct ExecArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// The words
    #[arg(required = true, value_name = "WORD")]
    words: Vec<Word>,
    /// Only the server of this id (can be repeated)
    #[arg(long = "id", value_name = "N")]
    ids: Vec<ServerId>,
    /// All servers, also for words that reset something
    #[arg(long, conflicts_with = "ids")]
    all: bool,
    /// json: parsed where the word's answer has a form
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    output: Format,
    /// How long each server may take to answer
    #[arg(long, default_value = "5s", value_name = "DURATION", value_parser = patience)]
    probe_timeout: Duration,
}

/// One server's answer to one word.
struct Reply {
    id: ServerId,
    word: Word,
    answer: Result<Vec<u8>, Error>,
}

/// Runs it.
///
/// # Errors
/// No such ensemble or server, a word that resets something without `--id` or `--all`, or a server that does not answer;
/// the others' answers are shown all the same.
pub async fn run(context: &Context<'_>, args: ExecArgs) -> Result<Exit, Error> {
    check(&args)?;
    let Some(seen) = context.cluster.observe_pods(&args.name).await? else {
        return Err(not_found(context, &args.name).await);
    };
    let servers = servers(&seen, &args)?;
    confirm(context, &args, &servers)?;
    let replies = ask_all(context, &seen, &args, &servers).await;
    match args.output {
        Format::Json => show_json(context, &args, &replies)?,
        _ => show(context, &replies)?,
    }
    report(context, replies)
}

fn check(args: &ExecArgs) -> Result<(), Error> {
    if !matches!(args.output, Format::Table | Format::Json) {
        return Err(args.output.unfit("json").into());
    }
    let resets = args.words.iter().find(|word| word.changes_state());
    match resets {
        Some(word) if args.ids.is_empty() && !args.all => Err(Error::new(
            Kind::Usage,
            format!("{} resets statistics: say of which servers", word.as_str()),
        )
        .hint("--id N, or --all")),
        _ => Ok(()),
    }
}

/// The servers that are meant; all of those that have a pod if none is named.
fn servers(seen: &Observed, args: &ExecArgs) -> Result<Vec<ServerId>, Error> {
    let there: Vec<ServerId> = seen
        .members
        .values()
        .filter(|member| member.pod.is_some())
        .map(|member| member.id)
        .collect();
    let name = &args.name;
    if there.is_empty() {
        return Err(
            Error::new(Kind::NotFound, format!("ensemble {name} has no pods"))
                .hint(format!("kubectl zk status {name} -n {}", seen.namespace)),
        );
    }
    if let Some(id) = args.ids.iter().find(|id| !there.contains(id)) {
        return Err(Error::new(
            Kind::NotFound,
            format!("ensemble {name} has no server {id} with a pod"),
        )
        .hint(format!(
            "there are {}",
            quorum::servers(there.iter().copied())
        )));
    }
    Ok(if args.ids.is_empty() {
        there
    } else {
        args.ids.clone()
    })
}

fn confirm(context: &Context<'_>, args: &ExecArgs, servers: &[ServerId]) -> Result<(), Error> {
    let resets: Vec<&str> = args
        .words
        .iter()
        .filter(|word| word.changes_state())
        .map(|word| word.as_str())
        .collect();
    if resets.is_empty() {
        return Ok(());
    }
    let question = format!(
        "Reset statistics ({}) of {} of ensemble {} in namespace {}, context {}?",
        resets.join(", "),
        quorum::servers(servers.iter().copied()),
        args.name,
        context.cluster.namespace,
        context.cluster.context
    );
    match context.ui.confirm(&question)? {
        true => Ok(()),
        false => Err(Error::new(Kind::Refused, "nothing was reset")),
    }
}

/// Every word to every server at once; the answers in the order of words, then of servers.
async fn ask_all(
    context: &Context<'_>,
    seen: &Observed,
    args: &ExecArgs,
    servers: &[ServerId],
) -> Vec<Reply> {
    let dial = context.cluster.dial(&seen.namespace);
    let pairs = args
        .words
        .iter()
        .flat_map(|&word| servers.iter().map(move |&id| (word, id)));
    let asked = pairs.map(|(word, id)| {
        let dial = dial.clone();
        let pod = seen
            .members
            .get(&id)
            .and_then(|member| member.pod.as_ref())
            .map(|pod| pod.name.clone())
            .unwrap_or_default();
        async move {
            let asker = Asker {
                context,
                dial: &*dial,
                pod: &pod,
                id,
                deadline: args.probe_timeout,
            };
            Reply {
                id,
                word,
                answer: asker.ask(word).await,
            }
        }
    });
    join_all(asked).await
}

/// A single answer byte by byte; several under a heading each.
fn show(context: &Context<'_>, replies: &[Reply]) -> Result<(), Error> {
    for reply in replies {
        let Ok(answer) = &reply.answer else {
            continue;
        };
        if 1 < replies.len() {
            context.ui.data(&format!(
                "--- {} of server {} ---\n",
                reply.word.as_str(),
                reply.id
            ))?;
        }
        context.ui.bytes(answer)?;
        if 1 < replies.len() && !answer.ends_with(b"\n") {
            context.ui.data("\n")?;
        }
    }
    Ok(())
}

fn show_json(context: &Context<'_>, args: &ExecArgs, replies: &[Reply]) -> Result<(), Error> {
    let item = |reply: &Reply| {
        let said = match &reply.answer {
            Ok(bytes) => Said::Answer(parsed(reply.word, bytes)),
            Err(error) => Said::Error(error.to_string()),
        };
        AnswerView::new(reply.id, reply.word, said)
    };
    let view = AnswerList::new(&args.name, replies.iter().map(item).collect());
    Ok(context.ui.data(&output::json(&view)?)?)
}

/// Parsed where the word's answer has a form, JSON where it is the AdminServer's, else text.
fn parsed(word: Word, bytes: &[u8]) -> Value {
    if bytes.first() == Some(&b'{')
        && let Ok(value) = serde_json::from_slice(bytes)
    {
        return value;
    }
    parse_json(word, bytes).unwrap_or_else(|| Value::from(String::from_utf8_lossy(bytes)))
}

/// Says which servers did not answer; the last of them is the command's own error.
fn report(context: &Context<'_>, replies: Vec<Reply>) -> Result<Exit, Error> {
    let mut errors: Vec<Error> = replies
        .into_iter()
        .filter_map(|reply| reply.answer.err())
        .collect();
    let Some(last) = errors.pop() else {
        return Ok(Exit::Success);
    };
    for error in &errors {
        context.ui.error(error, &error.hints);
    }
    Err(last)
}
