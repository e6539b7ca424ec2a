/// Why bytes are no YAML.
struct YAMLSyntaxError: Error, Sendable {
  /// Where the parser stopped.
  enum Place: Sendable {
    case position(SourcePosition)
    /// Bytes from the start.
    case offset(Int)
  }

  let place: Place
  let reason: String
}
