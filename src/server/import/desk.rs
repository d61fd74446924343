//! Looks and takes.
