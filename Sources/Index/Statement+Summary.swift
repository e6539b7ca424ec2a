internal import Crypto
internal import Statements

extension Statement {
  /// One line for people: what the statement says, in the words of its predicate.
  var summary: String {
    switch predicate {
    case .genesis(let genesis): "the log of \(genesis.clientName) begins"
    case .party(let event):
      switch event.event {
      case .join: "\(event.id) joins as \(event.kind?.rawValue ?? "party")"
      case .notice: "\(event.id) is given or gives notice"
      case .leave: "\(event.id) leaves"
      }
    case .member(let event):
      switch event.event {
      case .join: "\(event.member) joins as \(event.role?.rawValue ?? "member")"
      case .change: "\(event.member) changes"
      case .key: "\(event.member) has a further key"
      case .leave: "\(event.member) leaves"
      }
    case .keyRevocation(let revocation): "the key \(revocation.keyID.short) is revoked: \(revocation.reason.rawValue)"
    case .framework(let framework): "\(framework.id) is adopted from \(framework.effective) on"
    case .engagement(let event):
      event.event == .version
        ? "a version of \(event.id)" : "\(event.id) ends" + (event.on.map { " on \($0)" } ?? "")
    case .acceptance(let acceptance): "\(acceptance.answer.rawValue)s the version \(acceptance.engagement.short)"
    case .staffing(let staffing): "staff for \(staffing.engagement)"
    case .evidence(let evidence):
      Statement.shortList(evidence.controls.isEmpty ? [evidence.duty ?? ""] : evidence.controls)
        + ": \(evidence.description ?? Statement.shortList(subjects.map(\.name)))"
    case .assessment(let assessment):
      "\(Statement.shortList(assessment.units)): \(assessment.status.rawValue)"
    case .usage(let usage):
      "\(usage.engagement) \(usage.hours) hours from \(usage.from) through \(usage.through)"
    case .measurement(let measurement):
      "\(measurement.engagement)/\(measurement.level) from \(measurement.from) through \(measurement.through): "
        + measurement.value
    case .redaction(let redaction):
      "\(redaction.event == .announce ? "will remove" : "removes") \(redaction.objects.count) objects: \(redaction.reason)"
    case .hold(let hold): "the hold \(hold.id) \(hold.event.rawValue)s: \(hold.reason)"
    case .anchor(let anchor): "a \(anchor.kind.rawValue) of the tree of \(anchor.size) entries"
    case .unknown(let type): "something of the unknown type \(type)"
    }
  }

  private static func shortList(_ items: [String]) -> String {
    items.count > 3 ? "\(items[0]), \(items[1]) and \(items.count - 2) more" : items.joined(separator: ", ")
  }
}
