//! `-v`: what is traced, in klog's levels. Knows the crates that trace; must not know what they say.

/// What is traced at one of klog's levels: from 6 on requests. An object's text never is: it may be a Secret's.
pub fn traced(level: u8) -> Option<&'static str> {
    match level {
        0..6 => None,
        6..8 => Some("kubectl_zk=debug,kube_client=off"),
        _ => Some("kubectl_zk=trace,kube_client=off,hyper_util=debug"),
    }
}

/// Traces to stderr from here on.
pub(crate) fn trace(level: u8, color: bool) {
    let Some(filter) = traced(level) else {
        return;
    };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(color)
        .finish();
    // It can only fail because there is one already.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
