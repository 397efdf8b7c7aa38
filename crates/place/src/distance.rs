//! Distances on a sphere. The build script uses it too.

/// Metres between two points in degrees north and east, on a sphere of 6,371 km.
pub fn metres((lat, lon): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let (a, b, across) = (lat.to_radians(), lat2.to_radians(), (lon2 - lon).to_radians());
    let half = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (across / 2.0).sin().powi(2);
    12_742_000.0 * half.sqrt().min(1.0).asin()
}
