/// How catalogs say that a control is none any more.
///
/// OSCAL has the prop `status` with the value `withdrawn`. Files made by hand write it with other letters, put where it
/// went behind it, call the prop otherwise, or say it in the text alone: `[Withdrawn: Incorporated into AC-2].`
enum WithdrawalMark {
  static func stands(on control: OSCALControl) -> Bool {
    control.props.contains(where: says) || says(title: control.title) || says(control.parts)
  }

  private static func says(_ prop: OSCALProp) -> Bool {
    guard isOwn(prop.namespace) else { return false }
    let value = words(prop.value)
    switch prop.name.lowercased() {
    case "status", "state": return value.first == "withdrawn"
    case "withdrawn": return value == ["true"]
    default: return false
    }
  }

  /// OSCAL's own namespace, with or without a slash at its end.
  private static func isOwn(_ namespace: String?) -> Bool {
    OSCALProp.isOwnVocabulary(namespace.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
  }

  private static func says(title: String) -> Bool { isBracketed(title) }

  /// Only where the statement says nothing else.
  private static func says(_ parts: [OSCALPart]) -> Bool {
    let statements = parts.filter { $0.isNamed("statement") }
    return statements.count == 1 && statements[0].parts.isEmpty && isBracketed(statements[0].prose)
  }

  /// `[Withdrawn]`, or what begins with `[Withdrawn:`.
  private static func isBracketed(_ text: String) -> Bool {
    let text = text.drop { $0.isWhitespace }.lowercased()
    guard text.hasPrefix("[withdrawn") else { return false }
    let rest = text.dropFirst("[withdrawn".count)
    if rest.hasPrefix(":") { return true }
    guard let first = rest.first, !first.isLetter, let close = rest.firstIndex(of: "]") else { return false }
    return rest[rest.index(after: close)...].allSatisfy { $0.isWhitespace || $0 == "." }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
