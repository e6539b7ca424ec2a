/// Puts the names of parameters where OSCAL's prose refers to them.
///
/// `every {{ insert: param, ac-02_odp.01 }}` becomes `every [frequency]`, and a parameter with choices
/// `[daily; weekly]`.
struct ParameterText {
  // From the outermost in. A level is a dictionary of its own, so that adding one never copies what is around it.
  private var levels: [[String: OSCALParam]] = []

  /// Makes the parameters of a catalog, group or control known to what is in it.
  mutating func add(_ list: [OSCALParam]) {
    guard !list.isEmpty else { return }
    levels.append(Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The prose with each reference replaced by the parameter's name.
  func fill(_ prose: String) -> String {
    fill(prose, isChoice: false)
  }

  private func fill(_ prose: String, isChoice: Bool) -> String {
    guard prose.utf8.contains(UInt8(ascii: "{")) else { return prose }
    var result = ""
    var rest = Substring(prose)
    while let open = Self.find("{{", in: rest) {
      guard let close = Self.find("}}", in: rest[rest.utf8.index(open, offsetBy: 2)...]) else { break }
      result += rest[..<open]
      let inner = rest[rest.utf8.index(open, offsetBy: 2)..<close]
      let id = inner.split(separator: ",").last?.split(separator: " ").first.map(String.init) ?? ""
      result += "[\(name(of: id, isChoice: isChoice))]"
      rest = rest[rest.utf8.index(close, offsetBy: 2)...]
    }
    return result + rest
  }

  /// - Parameter isChoice: whether this stands in a parameter's choice: then choices are not followed again, for a
  ///   hostile catalog's parameters may refer to each other in circles.
  /// - Returns: the id itself where the name is long: it may be asked for a million times.
  private func name(of id: String, isChoice: Bool) -> String {
    guard let param = levels.reversed().lazy.compactMap({ $0[id] }).first else { return id }
    if let label = param.label, !label.isEmpty { return label.utf8.count <= 400 ? label : id }
    guard !param.choices.isEmpty, !isChoice, param.choices.count <= 16,
      param.choices.allSatisfy({ $0.utf8.count <= 400 })
    else { return id }
    return param.choices.map { fill($0, isChoice: true) }.joined(separator: "; ")
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
