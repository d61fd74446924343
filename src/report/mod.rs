//! How it reads: domain values to text. No queries.
