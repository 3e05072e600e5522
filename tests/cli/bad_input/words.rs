//! Four-letter words, verbs and flags.

use crate::bad_input::refused;

#[tokio::test(start_paused = true)]
async fn words() {
    refused(&[
        ("exec zk rouk", r#"error: unknown four-letter word "rouk" (did you mean ruok?); the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#),
        ("exec zk RUOK", r#"error: unknown four-letter word "RUOK" (did you mean ruok?); the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#),
        ("exec zk stmk", r#"error: unknown four-letter word "stmk" (did you mean stat?); the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#),
        ("exec zk ''", r#"error: unknown four-letter word ""; the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#),
        ("exec zk srvr rm", r#"error: unknown four-letter word "rm"; the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#),
        ("exec zk srst", "error: srst resets statistics: say of which servers\nhint: --id N, or --all"),
        ("exec zk ruok crst", "error: crst resets statistics: say of which servers\nhint: --id N, or --all"),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn verbs_and_flags() {
    refused(&[
        (
            "craete zk",
            "error: unknown command \"craete\" for \"kubectl zk\"\n\nDid you mean this?\n\tcreate",
        ),
        (
            "remove zk",
            "error: unknown command \"remove\" for \"kubectl zk\"\nhint: see kubectl zk --help",
        ),
        (
            "-n team",
            "error: a command must be given\nhint: see kubectl zk --help",
        ),
        (
            "status --oputput json",
            "error: unknown flag: --oputput\nhint: did you mean --output?",
        ),
        (
            "status --replicas 3",
            "error: unknown flag: --replicas\nhint: kubectl zk scale changes how many vote",
        ),
        (
            "status -x",
            "error: unknown shorthand flag: 'x' in -x\nhint: see kubectl zk status --help",
        ),
        (
            "create zk -rf",
            "error: unknown shorthand flag: 'r' in -r\nhint: see kubectl zk create --help",
        ),
        (
            "status -n",
            "error: flag needs an argument: --namespace\nhint: see kubectl zk status --help",
        ),
        (
            "options all",
            "error: unexpected argument \"all\"\nhint: see kubectl zk options --help",
        ),
        (
            "version zk",
            "error: unexpected argument \"zk\"\nhint: see kubectl zk version --help",
        ),
    ])
    .await;
}
