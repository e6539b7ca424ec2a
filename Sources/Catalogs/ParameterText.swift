/// Puts the names of parameters where OSCAL's prose refers to them.
///
/// `every {{ insert: param, ac-02_odp.01 }}` becomes `every [frequency]`, a parameter with choices `[daily; weekly]`, one
/// that is constrained `[frequency: at least annually]`, and one that has a value `[30 days]`. Older files write
/// `{{ ac-02_odp.01 }}` or `<insert param-id="ac-02_odp.01"/>`.
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

  /// The prose with each reference replaced by the parameter's name. Names are put in as they are, never filled again.
  func fill(_ prose: String) -> String {
    var result = ""
    var rest = Substring(prose)
    while let open = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "<") }) {
      result += rest[..<open]
      rest = rest[open...]
      guard let (id, end) = Self.reference(at: rest) else {
        // Either is a character of its own.
        result.append(rest.removeFirst())
        continue
      }
      result += "[\(name(of: id))]"
      rest = rest[end...]
    }
    return result + rest
  }

  /// The parameter that a text begins with a reference to, and where that ends; nil where it does not.
  private static func reference(at text: Substring) -> (id: String, end: String.Index)? {
    for (opening, closing, id) in [("{{", "}}", braced), ("<insert ", ">", tagged)] {
      guard text.utf8.starts(with: opening.utf8) else { continue }
      let inside = text[text.utf8.index(text.startIndex, offsetBy: opening.utf8.count)...]
      guard let close = find(closing, in: inside), let found = id(inside[..<close]) else { return nil }
      return (found, text.utf8.index(close, offsetBy: closing.utf8.count))
    }
    return nil
  }

  /// `x` of ` insert: param, x `, and of ` x ` as release candidates of OSCAL 1.0 had it.
  private static func braced(_ text: Substring) -> String? {
    let words = text.split(separator: ",").last?.split(separator: " ") ?? []
    return words.first { $0 != "insert:" }.map(String.init) ?? ""
  }

  /// `x` of `param-id="x"/` and `type="param" id-ref="x"/`, as XML that was made JSON has it; nil for anything else.
  private static func tagged(_ text: Substring) -> String? {
    let fields = text.split { " /".contains($0) }.map { $0.split(separator: "=", maxSplits: 1) }
    let id = fields.last { $0.count == 2 && ["param-id", "id-ref", "idref"].contains($0[0]) }
    return id.map { $0[1].filter { !"\"'".contains($0) } }
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

  private static func find(_ mark: String, in text: Substring) -> String.Index? {
    let wanted = mark.utf8
    guard let first = wanted.first else { return nil }
    var index = text.utf8.startIndex
    while let found = text.utf8[index...].firstIndex(of: first) {
      if text.utf8[found...].starts(with: wanted) { return found }
      index = text.utf8.index(after: found)
    }
    return nil
  }
}
