/// A place in a JSON document, written `catalog/groups[3]/controls[0]`; `the file` is the whole.
///
/// Spelled out only when a message needs it: each control and part of a catalog remembers its own.
struct JSONLocation: CustomStringConvertible {
  /// One step inwards.
  enum Step {
    case key(String)
    case index(Int)
  }

  let path: [Step]

  /// The place of a key of the outermost object.
  init(_ key: String) { path = [.key(key)] }

  init(path: [Step]) { self.path = path }

  var description: String {
    var text = ""
    for step in path {
      switch step {
      case .key(let key): text += text.isEmpty ? Self.shortened(key) : "/" + Self.shortened(key)
      case .index(let index): text += "[\(index)]"
      }
    }
    return text.isEmpty ? "the file" : text
  }

  /// A key from outside, fit for a message.
  static func shortened(_ key: String) -> String {
    let plain = String(String.UnicodeScalarView(key.unicodeScalars.prefix(40).filter { !isControl($0) }))
    return plain.utf8.count < key.utf8.count ? plain + "…" : plain
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
