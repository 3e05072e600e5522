//! Formats, and what is listed.

use crate::bad_input::refused;

#[tokio::test(start_paused = true)]
async fn formats() {
    refused(&[
        ("status -o xml", r#"error: unable to match a printer suitable for the output format "xml", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml"#),
        ("status -o jsn", "error: unable to match a printer suitable for the output format \"jsn\", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml\nhint: did you mean -o json?"),
        ("status -o json=x", r#"error: unable to match a printer suitable for the output format "json=x", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml"#),
        ("status -o go-template={{.name}}", r#"error: unable to match a printer suitable for the output format "go-template={{.name}}", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml"#),
        ("status -o jsonpath", "error: template format specified but no template given"),
        ("status -o jsonpath={.name", "error: error parsing jsonpath {.name, unclosed action"),
        ("status -o jsonpath={name}", "error: error parsing jsonpath {name}, unrecognized identifier name; a path begins with a dot"),
        ("status -o jsonpath-file=/nonexistent/template", "error: error reading /nonexistent/template, No such file or directory (os error 2)"),
        ("status -o custom-columns", "error: custom-columns format specified but no custom columns given"),
        ("status -o custom-columns=NAME", "error: unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>"),
        ("status -o custom-columns=NAME:.a[", "error: error parsing jsonpath .a[, unterminated array"),
        ("status -o custom-columns-file=/nonexistent/columns", "error: error reading /nonexistent/columns, No such file or directory (os error 2)"),
        ("status --sort-by '{'", r#"error: invalid argument "{" for "--sort-by" flag: unrecognized character in action: '{'"#),
        ("create zk -o wide", r#"error: unable to match a printer suitable for the output format "wide", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,yaml"#),
        ("exec zk ruok -o yaml", r#"error: unable to match a printer suitable for the output format "yaml", allowed formats are: json"#),
        ("version -o name", r#"error: invalid argument "name" for "--output" flag: must be one of json, yaml"#),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn selectors() {
    refused(&[
        ("status -l ,", r#"error: invalid argument "," for "--selector" flag: "" is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"#),
        ("status -l a=b,", r#"error: invalid argument "a=b," for "--selector" flag: "" is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"#),
        ("status -l 'a b'", r#"error: invalid argument "a b" for "--selector" flag: "a b" is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"#),
        ("status -l =b", r#"error: invalid argument "=b" for "--selector" flag: "" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"#),
        ("status -l 'a in b'", r#"error: invalid argument "a in b" for "--selector" flag: "a in b" is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"#),
        ("status -l 'a in (b'", r#"error: invalid argument "a in (b" for "--selector" flag: "a in (b" is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"#),
        ("status -l a=b=c", r#"error: invalid argument "a=b=c" for "--selector" flag: "b=c" cannot be a label's value: at most 63 letters, digits, '-', '_' and '.'"#),
        ("status -l 'a=b c'", r#"error: invalid argument "a=b c" for "--selector" flag: "b c" cannot be a label's value: at most 63 letters, digits, '-', '_' and '.'"#),
        ("status -l 'a>x'", r#"error: invalid argument "a>x" for "--selector" flag: "a>x" is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"#),
        ("status -l a/b/c", r#"error: invalid argument "a/b/c" for "--selector" flag: "a/b/c" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"#),
    ])
    .await;
}
