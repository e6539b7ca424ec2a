internal import Rendering

/// The members of an OSCAL object: what says nothing is left out, since the schema allows neither empty text nor empty
/// lists.
struct Fields {
  private var members: [(String, JSONOutput)] = []

  var json: JSONOutput { .object(members) }

  /// A value; nothing where there is none.
  mutating func set(_ key: String, _ value: JSONOutput?) {
    if let value { members.append((key, value)) }
  }

  /// Text that is known to be what OSCAL takes: a UUID, a token, a moment.
  mutating func set(_ key: String, exactly text: String?) {
    if let text { members.append((key, .string(text))) }
  }

  /// One line.
  mutating func set(_ key: String, line text: String?) { set(key, exactly: OSCALText.line(text)) }

  /// Text of any length.
  mutating func set(_ key: String, text: String?) { set(key, exactly: OSCALText.text(text)) }

  /// A list, where there is anything in it.
  mutating func set(_ key: String, _ items: [JSONOutput]) {
    if !items.isEmpty { members.append((key, .array(items))) }
  }

  /// A list of what is there of it.
  mutating func set(_ key: String, _ items: [JSONOutput?]) { set(key, items.compactMap { $0 }) }
}

/// Names with values, in OSCAL's own vocabulary or in custody's.
enum Prop {
  /// The namespace of what OSCAL has no word for.
  static let namespace = "urn:custody:oscal"

  /// A prop of custody's own; nil where the value says nothing.
  static func own(_ name: String, _ value: String?, class category: String? = nil, remarks: String? = nil)
    -> JSONOutput?
  {
    make(name, value, namespace: namespace, category, remarks)
  }

  /// A prop that OSCAL defines.
  static func core(_ name: String, _ value: String?, remarks: String? = nil) -> JSONOutput? {
    make(name, value, namespace: nil, nil, remarks)
  }

  /// Props that belong together, told from others of the same names by a group.
  ///
  /// - Parameter group: A token.
  static func grouped(_ props: [JSONOutput?], _ group: String) -> [JSONOutput?] {
    props.map { prop in
      guard case .object(let members)? = prop else { return prop }
      return .object(members + [("group", .string(group))])
    }
  }

  private static func make(
    _ name: String, _ value: String?, namespace: String?, _ category: String?, _ remarks: String?
  ) -> JSONOutput? {
    guard let value = OSCALText.line(value) else { return nil }
    var fields = Fields()
    fields.set("name", exactly: name)
    fields.set("ns", exactly: namespace)
    fields.set("value", exactly: value)
    fields.set("class", exactly: category)
    fields.set("remarks", text: remarks)
    return fields.json
  }
}
