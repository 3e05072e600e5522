//! A new identity, where one is needed: the only place that asks the system for random numbers.

use k8s_openapi::api::core::v1::Secret;

use crate::ensemble::Ensemble;
use crate::error::Error;
use crate::error::Kind;
use crate::manifest::identity;
use crate::plan::begin::Begin;
use crate::plan::begin::Identity;

/// The Secret to make, if one is to be made.
pub(crate) fn wanted_identity(ensemble: &Ensemble, begin: &Begin) -> Result<Option<Secret>, Error> {
    match &begin.identity {
        Identity::Keep => Ok(None),
        Identity::New => new_identity(ensemble, None).map(Some),
        Identity::Restore(uuid) => new_identity(ensemble, Some(uuid)).map(Some),
    }
}

/// A fresh password, and a fresh UUID unless the disks carry one.
pub(crate) fn new_identity(ensemble: &Ensemble, uuid: Option<&str>) -> Result<Secret, Error> {
    let (mut id, mut password) = ([0; 16], [0; 24]);
    let filled = getrandom::fill(&mut id).and_then(|()| getrandom::fill(&mut password));
    filled.map_err(|error| {
        Error::new(
            Kind::Internal,
            format!("the system gives no random numbers: {error}"),
        )
    })?;
    let uuid = uuid.map_or_else(|| identity::uuid(id), str::to_owned);
    Ok(identity::secret(
        &ensemble.name,
        &uuid,
        &identity::password(password),
        ensemble.founding(),
    ))
}
