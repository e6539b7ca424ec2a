/// Puts the names of parameters where OSCAL's prose refers to them.
///
/// `every {{ insert: param, ac-02_odp.01 }}` becomes `every [frequency]`, a parameter with choices `[daily; weekly]`, one
/// that is constrained `[frequency: at least annually]`, and one that has a value `[30 days]`.
struct ParameterText {
  /// A longer name gives way to the parameter's id: a hostile catalog may refer to it a million times.
  private static let longestName = 400

  // Names by id, from the outermost level in. Each level is a dictionary of its own, so that adding one never copies
  // what is around it.
  private var levels: [[String: String]] = []

  /// Makes the parameters of a catalog, group or control known to what is in it.
  mutating func add(_ params: [OSCALParam]) {
    guard !params.isEmpty else { return }
    var names: [String: String] = [:]
    for param in params { names[param.id] = Self.name(of: param) ?? param.id }
    levels.append(names)
    // A choice may refer to parameters in turn, to itself too: one step is followed, once for each parameter.
    for param in params where Self.offersChoices(param) {
      let choices = param.choices.map(fill).joined(separator: "; ")
      names[param.id] = Self.constrained(Self.usable(choices), param) ?? param.id
    }
    levels[levels.count - 1] = names
  }

  /// The prose with each reference replaced by the parameter's name.
  func fill(_ prose: String) -> String {
    guard prose.utf8.contains(UInt8(ascii: "{")) else { return prose }
    var result = ""
    var rest = Substring(prose)
    while let open = Self.find("{{", in: rest) {
      guard let close = Self.find("}}", in: rest[rest.utf8.index(open, offsetBy: 2)...]) else { break }
      result += rest[..<open]
      let reference = rest[rest.utf8.index(open, offsetBy: 2)..<close]
      let id = reference.split(separator: ",").last?.split(separator: " ").first.map(String.init) ?? ""
      result += "[\(name(of: id))]"
      rest = rest[rest.utf8.index(close, offsetBy: 2)...]
    }
    return result + rest
  }

  private func name(of id: String) -> String {
    for level in levels.reversed() {
      if let name = level[id] { return name }
    }
    return id
  }

  /// The value that somebody has chosen; else what the catalog calls it, with what may be chosen.
  private static func name(of param: OSCALParam) -> String? {
    if let value = usable(param.values.joined(separator: ", ")) { return value }
    return constrained(usable(param.label), param)
  }

  /// Whether its choices are all that it is known by.
  private static func offersChoices(_ param: OSCALParam) -> Bool {
    usable(param.label) == nil && usable(param.values.joined(separator: ", ")) == nil && !param.choices.isEmpty
  }

  private static func constrained(_ name: String?, _ param: OSCALParam) -> String? {
    guard let constraint = usable(param.constraints.joined(separator: "; ")) else { return name }
    return usable([name, constraint].compactMap { $0 }.joined(separator: ": ")) ?? name
  }

  private static func usable(_ name: String?) -> String? {
    guard let name, !name.isEmpty, name.utf8.count <= longestName else { return nil }
    return name
  }

  private static func find(_ pair: StaticString, in text: Substring) -> String.Index? {
    let wanted = "\(pair)".utf8
    guard let first = wanted.first else { return nil }
    var index = text.utf8.startIndex
    while let found = text.utf8[index...].firstIndex(of: first) {
      if text.utf8[found...].starts(with: wanted) { return found }
      index = text.utf8.index(after: found)
    }
    return nil
  }
}
