//! How flags change an intent: what is not said stays. Reads a file of settings; knows no cluster.

use std::collections::BTreeMap;

use crate::commands::values::Edit;
use crate::commands::values::check_image;
use crate::commands::wish::change::Change;
use crate::ensemble::Ensemble;
use crate::ensemble::Quantity;
use crate::ensemble::intent::Storage;
use crate::ensemble::setting;
use crate::error::Error;
use crate::error::Kind;

impl Change {
    /// The intent with these flags over it, validated.
    ///
    /// # Errors
    /// The first flag that makes no sense, or two that do not go together.
    pub fn over(self, have: Ensemble) -> Result<Ensemble, Error> {
        let mut wish = have;
        self.settings(&mut wish.config)?;
        if let Some(size) = self.storage {
            grow(&mut wish.storage, size)?;
        }
        if let Some(flags) = self.jvm_flags {
            setting::check_jvm_flags(&flags).map_err(usage)?;
            wish.jvm_flags = flags;
        }
        set(&mut wish.image, self.image);
        set(&mut wish.memory, self.memory);
        set_some(
            &mut wish.image_pull_policy,
            self.image_pull_policy.map(Into::into),
        );
        set_some(&mut wish.cpu, self.cpu);
        set_some(&mut wish.cpu_limit, self.cpu_limit);
        set_some(&mut wish.heap, self.heap);
        set_list(&mut wish.image_pull_secrets, self.image_pull_secrets);
        set(&mut wish.service.kind, self.service_type.map(Into::into));
        edit(&mut wish.service.annotations, self.service_annotations);
        set_list(
            &mut wish.service.source_ranges,
            self.load_balancer_source_ranges,
        );
        let placement = &mut wish.placement;
        set(
            &mut placement.anti_affinity,
            self.anti_affinity.map(Into::into),
        );
        set_list(&mut placement.topology_keys, self.topology_keys);
        set_some(&mut placement.topology_spread, self.topology_spread);
        edit(&mut placement.node_selector, self.node_selector);
        set_list(&mut placement.tolerations, self.tolerations);
        set_some(&mut placement.priority_class, self.priority_class);
        edit(&mut wish.pod_labels, self.pod_labels);
        edit(&mut wish.pod_annotations, self.pod_annotations);
        set(&mut wish.network_policy, self.network_policy);
        check_image(&wish.image)?;
        wish.validate().map_err(usage)?;
        Ok(wish)
    }

    /// A key that is to be removed, if there is one.
    pub(super) fn removed(&self) -> Option<&str> {
        let edits = [
            &self.service_annotations,
            &self.node_selector,
            &self.pod_labels,
            &self.pod_annotations,
        ];
        let edits = edits.into_iter().flatten();
        let mut keys = edits
            .filter(|(_, value)| value.is_none())
            .map(|(key, _)| key.as_str());
        keys.next()
            .or_else(|| self.config.iter().find_map(|line| removal(line)))
    }

    /// The file's settings, and those of `--config` over them; `KEY-` removes one.
    fn settings(&self, config: &mut BTreeMap<String, String>) -> Result<(), Error> {
        let text = match &self.config_file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path).map_err(|error| {
                Error::new(Kind::Usage, format!("cannot read {}", path.display())).caused_by(error)
            })?,
        };
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with(['#', '!']));
        config.extend(setting::parse(lines).map_err(usage)?);
        let flags = self.config.iter().map(String::as_str);
        let set = flags.clone().filter(|line| removal(line).is_none());
        config.extend(setting::parse(set).map_err(usage)?);
        for key in flags.filter_map(removal) {
            config.remove(key);
        }
        Ok(())
    }
}

/// `KEY-`
fn removal(line: &str) -> Option<&str> {
    let key = line.strip_suffix('-')?;
    (!key.is_empty() && !key.contains('=')).then_some(key)
}

/// A disk never shrinks (Kubernetes: `PersistentVolumeClaim` resizing).
fn grow(storage: &mut Storage, wished: Quantity) -> Result<(), Error> {
    match storage {
        Storage::Claim { size, .. } => {
            *size = wished;
            Ok(())
        }
        Storage::Ephemeral => Err(Error::new(
            Kind::Usage,
            "--storage is the size of a disk, and this ensemble's data is in its pods",
        )),
    }
}

fn set<T>(field: &mut T, wished: Option<T>) {
    if let Some(wished) = wished {
        *field = wished;
    }
}

fn set_some<T>(field: &mut Option<T>, wished: Option<T>) {
    if wished.is_some() {
        *field = wished;
    }
}

fn set_list<T>(field: &mut Vec<T>, wished: Vec<T>) {
    if !wished.is_empty() {
        *field = wished;
    }
}

fn edit(field: &mut BTreeMap<String, String>, edits: Vec<Edit>) {
    for (key, value) in edits {
        match value {
            Some(value) => drop(field.insert(key, value)),
            None => drop(field.remove(&key)),
        }
    }
}

fn usage(error: impl std::error::Error) -> Error {
    Error::new(Kind::Usage, error.to_string())
}
