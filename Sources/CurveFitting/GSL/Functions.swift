import CGSL

/// The C library's, under names that say what they are where several modules meet.
func logarithm(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }
