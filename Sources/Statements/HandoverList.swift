/// What changes hands, or ends, with an agreement: the list that is kept when its end is signed.
///
/// Tab-separated lines, each ended by a newline, in the list's own order; a hyphen for controls that there are none of:
///
///     access-jane	access	acme	2027-12-31	withdraw the access of Jane (onsite/jane) to every system	-
///     evidence-onsite	evidence	onsite	2027-12-31	submit the evidence owed on 1 control	demo/1.1
package struct HandoverList: Sendable, Equatable {
  /// What kind of thing an item is.
  package enum Kind: String, Sendable, CaseIterable {
    case access, key, document, duty, evidence
  }

  /// Something that has to change hands, or end.
  package struct Item: Sendable, Equatable {
    /// Its id, as a duty's: `access-jane`.
    package var id: String
    package var kind: Kind
    /// The party that has to do it.
    package var party: String
    /// The day by which it has to be done.
    package var by: Day
    package var what: String
    /// The controls that it is about; mostly none.
    package var controls: [String]

    package init(id: String, kind: Kind, party: String, by: Day, what: String, controls: [String] = []) {
      self.id = id
      self.kind = kind
      self.party = party
      self.by = by
      self.what = what
      self.controls = controls
    }
  }

  /// No two have one id.
  package var items: [Item]

  package init(_ items: [Item]) { self.items = items }

  /// The list's one spelling.
  package var bytes: [UInt8] {
    items.flatMap { item in
      let controls = item.controls.isEmpty ? "-" : item.controls.joined(separator: ",")
      let fields = [item.id, item.kind.rawValue, item.party, "\(item.by)", item.what, controls]
      return Array(fields.joined(separator: "\t").utf8) + [0x0a]
    }
  }

  /// Why bytes are not a hand-over list.
  package struct SyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Counts from 1; 0 for the whole.
    package let line: Int
    package let reason: String

    package var description: String { line == 0 ? reason : "line \(line) \(reason)" }
  }

  /// The longest list that is read, in bytes.
  package static let sizeLimit = 1 << 20

  /// Reads a list's one spelling.
  package init(parsing bytes: [UInt8]) throws(SyntaxError) {
    guard bytes.count <= HandoverList.sizeLimit, String(validating: bytes, as: UTF8.self) != nil else {
      throw SyntaxError(line: 0, reason: "it is too long, or not UTF-8")
    }
    guard bytes.last == 0x0a else { throw SyntaxError(line: 0, reason: "it has no newline at its end") }
    items = []
    var ids: Set<String> = []
    for (index, line) in bytes.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard let item = Item(fields) else {
        throw SyntaxError(line: index + 1, reason: "is not an item: id, kind, party, day, what, controls")
      }
      guard ids.insert(item.id).inserted else {
        throw SyntaxError(line: index + 1, reason: "is a second item '\(item.id)'")
      }
      items.append(item)
    }
  }
}

extension HandoverList.Item {
  /// A line's fields; nil where one is not what it has to be.
  fileprivate init?(_ fields: [String]) {
    guard fields.count == 6, fields.allSatisfy(HandoverList.isPrintable), Identifier.isValid(fields[0]),
      let kind = HandoverList.Kind(rawValue: fields[1]), Identifier.isValid(fields[2]), let by = Day(fields[3]),
      ByteOrder.areEqual("\(by)", fields[3])
    else { return nil }
    let controls =
      fields[5] == "-" ? [] : fields[5].split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    guard controls.allSatisfy({ ControlReference.isValid($0) }) else { return nil }
    self.init(id: fields[0], kind: kind, party: fields[2], by: by, what: fields[4], controls: controls)
  }
}

extension HandoverList {
  /// Text that is not empty and breaks no line, on no terminal either.
  static func isPrintable(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy(isPlain)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  /// A text with a blank for each character that may not stand in a line.
  package static func printable(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars { plain.unicodeScalars.append(isPlain(scalar) ? scalar : " ") }
    return plain
  }
}

/// How evidence says by its label that it is a hand-over list, or shows that an item of one was done.
package enum HandoverLabel {
  /// What stands before the agreement's id.
  package static let prefix = "hand-over/"

  /// The label of an agreement's list: `hand-over/acme-onsite`.
  package static func list(_ engagement: String) -> String { prefix + engagement }

  /// The label of what shows that an item was done: `hand-over/acme-onsite/access-jane`.
  ///
  /// - Parameter name: `engagement/item`.
  package static func item(_ name: String) -> String { prefix + name }

  /// The agreement whose list evidence with such a label is; nil for any other.
  package static func engagement(_ label: String) -> String? {
    rest(label).flatMap { Identifier.isValid($0) ? $0 : nil }
  }

  /// The item, as `engagement/item`, that evidence with such a label shows to be done; nil for any other.
  package static func name(_ label: String) -> String? {
    rest(label).flatMap { Identifier.isMember($0) ? $0 : nil }
  }

  private static func rest(_ label: String) -> String? {
    label.utf8.starts(with: prefix.utf8) ? String(label.utf8.dropFirst(prefix.utf8.count)) : nil
  }
}

/// How a hand-over list's evidence says, in its `query`, from which day on the agreement covers nothing: `on=2028-01-01`.
package enum HandoverDay {
  package static func query(_ day: Day) -> String { "on=\(day)" }

  /// - Returns: nil for any other text.
  package static func read(_ query: String?) -> Day? {
    guard let query, query.utf8.starts(with: "on=".utf8) else { return nil }
    return Day(String(query.dropFirst(3)))
  }
}
