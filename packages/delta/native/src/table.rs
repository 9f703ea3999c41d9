//! The newest version of a table.

use std::collections::HashMap;
use std::sync::Arc;

use delta_kernel::snapshot::Snapshot;
use delta_kernel::table_properties::TableProperties;
use deltalake_core::kernel::transaction::{PROTOCOL, TableReference, TransactionError};
use deltalake_core::kernel::{EagerSnapshot, Metadata, Protocol};
use deltalake_core::logstore::LogStoreRef;
use napi_derive::napi;
use tokio::task::spawn_blocking;

use crate::error::{CodedError, CodedResult};
use crate::transactions;

/// A table as it is in one version.
#[napi(object)]
pub struct TableVersion {
    pub version: i64,
    pub id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    /// The schema as JSON, as the protocol's "Schema Serialization Format" has it.
    pub schema: String,
    pub partition_columns: Vec<String>,
    pub configuration: HashMap<String, String>,
    pub created_time: Option<i64>,
    pub min_reader_version: i32,
    pub min_writer_version: i32,
    /// Names of the features that a writer must have and delta-rs has not; none where it can commit.
    pub unsupported_features: Vec<String>,
    /// The newest version of each application id.
    pub transactions: HashMap<String, i64>,
}

pub async fn load(store: &LogStoreRef) -> CodedResult<Option<TableVersion>> {
    let Some(snapshot) = newest(store).await? else {
        return Ok(None);
    };
    let transactions = transactions::all(store, &snapshot).await?;
    let configuration = snapshot.table_configuration();
    let (metadata, protocol) = (configuration.metadata(), configuration.protocol());
    Ok(Some(TableVersion {
        version: snapshot.version() as i64,
        id: metadata.id().to_owned(),
        name: metadata.name().map(str::to_owned),
        description: metadata.description().map(str::to_owned),
        schema: metadata.schema_string().clone(),
        partition_columns: metadata.partition_columns().to_vec(),
        configuration: metadata.configuration().clone(),
        created_time: metadata.created_time(),
        min_reader_version: protocol.min_reader_version(),
        min_writer_version: protocol.min_writer_version(),
        unsupported_features: unsupported_features(protocol)?,
        transactions,
    }))
}

/// The newest snapshot, which lists the log and reads protocol and metadata; no data file is looked at.
pub async fn newest(store: &LogStoreRef) -> CodedResult<Option<Arc<Snapshot>>> {
    let root = store.root_url().clone();
    // The kernel refuses a folder that is not there.
    if let Ok(folder) = root.to_file_path()
        && !folder.try_exists().map_err(CodedError::storage)?
    {
        return Ok(None);
    }
    let engine = store.engine(None);
    let built = spawn_blocking(move || Snapshot::builder_for(root).build(engine.as_ref())).await?;
    match built {
        Ok(snapshot) => Ok(Some(snapshot)),
        // The kernel has no kind of its own for a folder without a log.
        Err(error) if error.to_string().contains("No files in log segment") => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn unsupported_features(protocol: &Protocol) -> CodedResult<Vec<String>> {
    match PROTOCOL.can_write_to(&ProtocolOnly(protocol)) {
        Ok(()) => Ok(Vec::new()),
        Err(TransactionError::UnsupportedTableFeatures(features)) => {
            let mut names: Vec<_> = features.iter().map(ToString::to_string).collect();
            names.sort();
            Ok(names)
        }
        Err(error) => Err(CodedError::from(error)),
    }
}

/// A table of which only the protocol is asked: the checker of delta-rs takes whole tables.
struct ProtocolOnly<'a>(&'a Protocol);

impl TableReference for ProtocolOnly<'_> {
    fn protocol(&self) -> &Protocol {
        self.0
    }

    fn config(&self) -> &TableProperties {
        unreachable!("features are checked by the protocol alone")
    }

    fn metadata(&self) -> &Metadata {
        unreachable!("features are checked by the protocol alone")
    }

    fn eager_snapshot(&self) -> &EagerSnapshot {
        unreachable!("features are checked by the protocol alone")
    }
}
