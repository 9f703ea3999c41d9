//! Failures with a code that JavaScript can act on.

use std::any::Any;
use std::fmt::Display;

use deltalake_core::DeltaTableError;
use deltalake_core::kernel::transaction::TransactionError;

#[derive(Debug)]
pub struct CodedError {
    code: &'static str,
    message: String,
}

pub type CodedResult<T> = Result<T, CodedError>;

impl CodedError {
    pub fn conflict(version: u64) -> Self {
        Self::new("CONFLICT", format!("version {version} exists already"))
    }

    pub fn damaged(cause: impl Display) -> Self {
        Self::new("LOG_DAMAGED", cause)
    }

    pub fn storage(cause: impl Display) -> Self {
        Self::new("STORAGE_FAILED", cause)
    }

    pub fn invalid(cause: impl Display) -> Self {
        Self::new("INVALID_ARGUMENT", cause)
    }

    pub fn panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Self::new("PANIC", format!("the Delta log panicked: {text}"))
    }

    fn new(code: &'static str, cause: impl Display) -> Self {
        Self {
            code,
            message: cause.to_string(),
        }
    }
}

impl From<DeltaTableError> for CodedError {
    fn from(error: DeltaTableError) -> Self {
        match error {
            DeltaTableError::VersionAlreadyExists(version) => Self::conflict(version),
            DeltaTableError::Transaction { source } => source.into(),
            DeltaTableError::KernelError(source) => source.into(),
            DeltaTableError::ObjectStore { .. } | DeltaTableError::Io { .. } => {
                Self::storage(error)
            }
            DeltaTableError::InvalidTableLocation(_) => Self::invalid(error),
            other => Self::damaged(other),
        }
    }
}

impl From<TransactionError> for CodedError {
    fn from(error: TransactionError) -> Self {
        match error {
            TransactionError::VersionAlreadyExists(version) => Self::conflict(version),
            TransactionError::ObjectStore { .. } => Self::storage(error),
            TransactionError::SerializeLogJson { .. } => Self::invalid(error),
            other => Self::new("UNSUPPORTED", other),
        }
    }
}

impl From<delta_kernel::Error> for CodedError {
    fn from(error: delta_kernel::Error) -> Self {
        use delta_kernel::Error;
        match error {
            Error::Backtraced { source, .. } => (*source).into(),
            Error::ObjectStore(_) | Error::ObjectStorePath(_) | Error::IOError(_) => {
                Self::storage(error)
            }
            Error::Unsupported(_) => Self::new("UNSUPPORTED", error),
            other => Self::damaged(other),
        }
    }
}

impl From<tokio::task::JoinError> for CodedError {
    fn from(error: tokio::task::JoinError) -> Self {
        match error.try_into_panic() {
            Ok(payload) => Self::panic(payload.as_ref()),
            Err(error) => Self::new("PANIC", error),
        }
    }
}

/// The code stands before the message: errors of asynchronous functions have no place of their own for it.
pub fn into_napi(error: CodedError) -> napi::Error {
    napi::Error::from_reason(format!("{}: {}", error.code, error.message))
}
