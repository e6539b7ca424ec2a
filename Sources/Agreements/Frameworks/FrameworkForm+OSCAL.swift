internal import Crypto
internal import Statements

extension FrameworkForm {
  /// The namespace of our own props.
  private static let namespace = "urn:custody:v1"

  /// The form as an OSCAL catalog, in canonical JSON (RFC 8785), of the model's version 1.1.3.
  ///
  /// Specification: <https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/catalog/json-reference/>. A control's id is its
  /// label; the OSCAL id beside it is that label made into a token.
  ///
  /// - Parameter modified: When it was last changed, an instant; the one thing that the form need not say.
  package func catalogBytes(modified: String) -> [UInt8] {
    var metadata: [(key: String, value: JSONValue)] = [
      ("title", .string(title)), ("version", .string(version)), ("oscal-version", .string("1.1.3")),
      ("last-modified", .string(modified)),
    ]
    if let date { metadata.append(("published", .string("\(date)T00:00:00.000Z"))) }
    var props = cadence.map { [FrameworkForm.prop("cadence", $0)] } ?? []
    if let source { props.append(FrameworkForm.prop("source", source)) }
    if !props.isEmpty { metadata.append(("props", .array(props))) }
    var tokens: Set<String> = []
    var groups: [JSONValue] = []
    var loose: [JSONValue] = []
    var members: [(family: Family, controls: [JSONValue])] = []
    for line in controls {
      let control = FrameworkForm.control(line, &tokens)
      guard let family = line.family else {
        loose.append(control)
        continue
      }
      if let index = members.firstIndex(where: { $0.family.id == family.id }) {
        members[index].controls.append(control)
      } else {
        members.append((family, [control]))
      }
    }
    for (family, controls) in members {
      groups.append(
        .object(
          JSONObject([
            ("id", .string(FrameworkForm.token("g-\(family.id)", &tokens))), ("title", .string(family.title)),
            ("props", .array([FrameworkForm.label(family.id)])), ("controls", .array(controls)),
          ])))
    }
    var catalog: [(key: String, value: JSONValue)] = [("metadata", .object(JSONObject(metadata)))]
    if !groups.isEmpty { catalog.append(("groups", .array(groups))) }
    if !loose.isEmpty { catalog.append(("controls", .array(loose))) }
    let body = JSONValue.object(JSONObject(catalog)).canonicalBytes
    catalog.append(("uuid", .string(FrameworkForm.uuid(of: body))))
    return JSONValue.object(JSONObject([("catalog", .object(JSONObject(catalog)))])).canonicalBytes
  }

  private static func control(_ line: Line, _ tokens: inout Set<String>) -> JSONValue {
    var props = [label(line.id)]
    for (name, value) in [
      ("citation", line.citation), ("domain", line.domain), ("retained", line.retained), ("cadence", line.cadence),
    ] {
      if let value { props.append(prop(name, value)) }
    }
    return .object(
      JSONObject([
        ("id", .string(token("c-\(line.id)", &tokens))), ("title", .string(line.title)), ("props", .array(props)),
      ]))
  }

  private static func label(_ text: String) -> JSONValue {
    .object(JSONObject([("name", .string("label")), ("value", .string(text))]))
  }

  private static func prop(_ name: String, _ value: String) -> JSONValue {
    .object(JSONObject([("name", .string(name)), ("ns", .string(namespace)), ("value", .string(value))]))
  }

  /// An OSCAL token, which has no brackets: each becomes a full stop. Two that fall together are told apart by a number.
  private static func token(_ text: String, _ taken: inout Set<String>) -> String {
    var token = ""
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || character == "-" || character == "_" {
        token.append(character)
      } else if token.last != "." {
        token.append(".")
      }
    }
    while token.last == "." { token.removeLast() }
    var name = token
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(token)_\(number)"
      number += 1
    }
    return name
  }

  /// A UUID in the form of version 4 (RFC 9562, section 5.4), which OSCAL asks for, with the text's own digest in the
  /// place of chance: the same catalog has the same one.
  private static func uuid(of bytes: [UInt8]) -> String {
    var value = Array(SHA256.hash(bytes).bytes.prefix(16))
    value[6] = value[6] & 0x0f | 0x40
    value[8] = value[8] & 0x3f | 0x80
    let text = Hexadecimal.encode(value)
    let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return cuts.map { cut in String(text.dropFirst(cut.lowerBound).prefix(cut.count)) }.joined(separator: "-")
  }
}
