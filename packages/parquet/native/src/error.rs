//! Failures with a code that JavaScript can act on.

use std::any::Any;
use std::fmt::Display;

pub struct CodedError {
    code: &'static str,
    message: String,
}

pub type CodedResult<T> = Result<T, CodedError>;

impl CodedError {
    pub fn new(code: &'static str, cause: impl Display) -> Self {
        Self {
            code,
            message: cause.to_string(),
        }
    }

    pub fn invalid_batch(cause: impl Display) -> Self {
        Self::new("INVALID_BATCH", cause)
    }

    pub fn finished() -> Self {
        Self::new("FINISHED", "the file is finished already")
    }

    pub fn panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Self::new("PANIC", format!("the encoder panicked: {text}"))
    }
}

/// The status of a napi error becomes the `code` of the JavaScript error.
pub fn into_napi(error: CodedError) -> napi::Error<String> {
    napi::Error::new(error.code.to_owned(), error.message)
}
