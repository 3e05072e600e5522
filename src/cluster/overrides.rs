//! Flags over a kubeconfig's cluster and user: client-go's `DirectClientConfig`.
//!
//! Pure; knows which flag drops which of the kubeconfig's words.

use std::collections::BTreeSet;
use std::path::Path;

use kube::config::AuthInfo;
use kube::config::Cluster;
use secrecy::SecretString;

use crate::cluster::flags::Connection;

/// client-go's `getCluster`: a flag about the server's identity replaces all that was said of it.
pub(crate) fn cluster(cluster: &mut Cluster, flags: &Connection) {
    if flags.insecure_skip_tls_verify || flags.certificate_authority.is_some() {
        cluster.insecure_skip_tls_verify = Some(flags.insecure_skip_tls_verify);
        cluster.certificate_authority = flags.certificate_authority.as_deref().map(text);
        cluster.certificate_authority_data = None;
    }
    if flags.tls_server_name.is_some() || flags.server.is_some() {
        cluster.tls_server_name.clone_from(&flags.tls_server_name);
    }
    if flags.server.is_some() {
        cluster.server.clone_from(&flags.server);
    }
    if flags.disable_compression {
        cluster.disable_compression = Some(true);
    }
}

/// client-go's `getAuthInfo`; a token by flag beats a plugin, but not a token's file.
pub(crate) fn user(user: &mut AuthInfo, flags: &Connection) {
    if let Some(token) = &flags.token {
        user.token = Some(SecretString::from(token.clone()));
        (user.exec, user.auth_provider) = (None, None);
    }
    if let Some(path) = &flags.client_certificate {
        (user.client_certificate, user.client_certificate_data) = (Some(text(path)), None);
    }
    if let Some(path) = &flags.client_key {
        (user.client_key, user.client_key_data) = (Some(text(path)), None);
    }
    impersonation(user, flags);
}

fn impersonation(user: &mut AuthInfo, flags: &Connection) {
    if flags.as_user.is_some() {
        user.impersonate.clone_from(&flags.as_user);
    }
    if flags.as_uid.is_some() {
        user.impersonate_uid.clone_from(&flags.as_uid);
    }
    if !flags.as_groups.is_empty() {
        user.impersonate_groups = Some(flags.as_groups.clone());
    }
    let keys = flags.as_user_extra.iter().map(|(key, _)| key);
    for key in keys.collect::<BTreeSet<_>>() {
        let values = flags.as_user_extra.iter().filter(|(of, _)| of == key);
        let values = values.map(|(_, value)| value.clone()).collect();
        let extra = user.impersonate_user_extra.get_or_insert_default();
        extra.insert(key.clone(), values);
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests;
