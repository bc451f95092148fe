extension Int {
  /// The number with the noun that fits it: `1 query`, `2 queries`. Without a plural, one in -s.
  func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}
