/// Which custody this is.
enum Version {
  static let current = "0.1.0"
  /// The format of the stores that it reads and writes.
  static let storeFormat = 1
}
