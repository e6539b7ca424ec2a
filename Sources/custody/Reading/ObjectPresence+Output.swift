internal import Findings
internal import Rendering
internal import Workspace

extension ObjectPresence {
  /// `present`, or what is the matter.
  var text: String {
    let state: String
    switch (size, redactedBy) {
    case (nil, let entry?): state = "redacted by entry \(entry)"
    case (nil, nil): state = "missing"
    case (let found?, _) where !isPresent: state = "damaged: it has \(Wording.bytes(found))"
    case (.some, let entry?): state = "present, though entry \(entry) redacted it"
    case (.some, nil): state = "present"
    }
    return state + (announcedBy.map { ", to be removed by entry \($0)" } ?? "")
      + (holds.isEmpty ? "" : ", under hold \(holds.joined(separator: ", "))")
  }

  /// Stable keys for a machine.
  var members: [(String, JSONOutput)] {
    [
      ("present", .bool(isPresent)), ("found", size.map { .integer($0) } ?? .null),
      ("redactedBy", redactedBy.map { .integer($0) } ?? .null),
      ("announcedBy", announcedBy.map { .integer($0) } ?? .null), ("holds", .strings(holds)),
    ]
  }
}
