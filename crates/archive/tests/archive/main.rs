//! Whole registers on disk: made, read, crashed, filled, tampered with, erased from, exchanged, sealed.

mod against_another_log;
mod basics;
mod crash;
mod erasure;
mod faults;
mod keys;
mod meeting;
mod sealed;
mod support;
mod tamper;
