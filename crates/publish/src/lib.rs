//! What the world may see: disclosure control, site, CSV, JSON, proofs.
