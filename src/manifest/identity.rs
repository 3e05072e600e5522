//! The ensemble's identity: a UUID that its disks carry, and the superuser's password. Made once, never applied again.
//!
//! Does not know where randomness comes from.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use sha1::Digest as _;
use sha1::Sha1;

use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::manifest::labels;

/// The keys of the Secret.
pub const ENSEMBLE: &str = "ensemble";
/// The superuser's password in clear: read by the plugin, never given to a pod.
pub const PASSWORD: &str = "password";
/// What servers compare it with.
pub const DIGEST: &str = "superDigest";

/// A UUID of version 4 from 16 random bytes (RFC 9562).
pub fn uuid(mut random: [u8; 16]) -> String {
    random[6] = (random[6] & 0x0f) | 0x40;
    random[8] = (random[8] & 0x3f) | 0x80;
    let hex: Vec<String> = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..4], &hex[4..6], &hex[6..8], &hex[8..10], &hex[10..]];
    parts.map(<[String]>::concat).join("-")
}

/// A password from 24 random bytes.
pub fn password(random: [u8; 24]) -> String {
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(random)
}

/// The Secret. `founders` are the ids that shall found the ensemble: a half-made one keeps them.
pub fn secret(
    name: &EnsembleName,
    uuid: &str,
    password: &str,
    founders: impl Iterator<Item = ServerId>,
) -> Secret {
    let data = [
        (ENSEMBLE, uuid.to_owned()),
        (PASSWORD, password.to_owned()),
        (DIGEST, super_digest(password)),
    ];
    let mut metadata = labels::metadata(name.identity(), labels::common(name));
    metadata.annotations = Some(BTreeMap::from([(
        labels::VOTERS.to_owned(),
        id_list(founders),
    )]));
    Secret {
        metadata,
        data: Some(
            data.map(|(key, text)| (key.to_owned(), ByteString(text.into_bytes())))
                .into(),
        ),
        type_: Some("Opaque".to_owned()),
        ..Secret::default()
    }
}

/// `super:BASE64(SHA1("super:PASSWORD"))` (ZooKeeper, `DigestAuthenticationProvider.generateDigest`).
fn super_digest(password: &str) -> String {
    let digest = Sha1::digest(format!("super:{password}"));
    format!("super:{}", BASE64_STANDARD.encode(digest))
}

/// Ids as the annotation has them: `1,2,3`.
pub fn id_list(ids: impl Iterator<Item = ServerId>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_say_their_version_and_variant() {
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
    }

    /// From ZooKeeper's own documentation: "super:test" hashes to this.
    #[test]
    fn the_digest_is_zookeepers() {
        assert_eq!(super_digest("test"), "super:D/InIHSb7yEEbrWz8b9l71RjZJU=");
    }

    #[test]
    fn the_password_is_in_the_secret_alone_and_the_founders_beside_it() {
        let name: EnsembleName = "zk".parse().unwrap();
        let ids = crate::ensemble::Size::default().ids();
        let secret = secret(&name, "u", "p", ids);
        assert_eq!(
            secret.metadata.annotations.unwrap()[labels::VOTERS],
            "1,2,3"
        );
        assert_eq!(secret.data.unwrap()[PASSWORD].0, b"p");
    }
}
