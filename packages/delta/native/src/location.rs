//! Where a table's log lies: local files by default, S3 through `object_store`.

use std::collections::HashMap;
use std::sync::{Arc, Once};
use std::time::Duration;

use deltalake_core::logstore::{
    LogStore, LogStoreFactory, LogStoreRef, ObjectStoreFactory, ObjectStoreRef, StorageConfig,
    default_logstore, logstore_factories, logstore_for, object_store_factories,
};
use deltalake_core::{DeltaResult, DeltaTableError, Path};
use object_store::aws::AmazonS3Builder;
use object_store::{BackoffConfig, RetryConfig};
use url::Url;

use crate::error::{CodedError, CodedResult};

/// The log of the table at a URL. The options are those of its store, by the names of `object_store`.
pub fn log_store(location: &str, options: HashMap<String, String>) -> CodedResult<LogStoreRef> {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(register_s3);
    let url = Url::parse(location).map_err(CodedError::invalid)?;
    Ok(logstore_for(&url, StorageConfig::parse_options(options)?)?)
}

/// deltalake-core knows local files alone; S3 needs nothing but the store, since commits are conditional puts.
fn register_s3() {
    let url = Url::parse("s3://").expect("a URL");
    object_store_factories().insert(url.clone(), Arc::new(S3));
    logstore_factories().insert(url, Arc::new(S3));
}

/// As long as somebody waits for an answer; what lasts longer is told, and the same command goes on.
const RETRIES: RetryConfig = RetryConfig {
    backoff: BackoffConfig {
        init_backoff: Duration::from_millis(100),
        max_backoff: Duration::from_secs(5),
        base: 2.,
    },
    max_retries: 8,
    retry_timeout: Duration::from_secs(30),
};

struct S3;

impl ObjectStoreFactory for S3 {
    fn parse_url_opts(
        &self,
        url: &Url,
        config: &StorageConfig,
    ) -> DeltaResult<(ObjectStoreRef, Path)> {
        let mut builder = AmazonS3Builder::new()
            .with_url(url.as_str())
            .with_retry(RETRIES);
        for (name, value) in &config.raw {
            if let Ok(key) = name.parse() {
                builder = builder.with_config(key, value);
            }
        }
        let store = builder
            .build()
            .map_err(|source| DeltaTableError::ObjectStore { source })?;
        Ok((Arc::new(store), Path::from_url_path(url.path())?))
    }
}

impl LogStoreFactory for S3 {
    fn with_options(
        &self,
        prefixed_store: ObjectStoreRef,
        root_store: ObjectStoreRef,
        location: &Url,
        options: &StorageConfig,
    ) -> DeltaResult<Arc<dyn LogStore>> {
        Ok(default_logstore(
            prefixed_store,
            root_store,
            location,
            options,
        ))
    }
}
