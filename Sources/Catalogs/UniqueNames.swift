/// What groups, controls and objectives are called: by their label where it is an identifier that no other of their kind
/// has, else by their OSCAL id.
///
/// In some catalogs labels are unique only within what is around them (`1` in each chapter), or there are groups with a
/// title and nothing else, several of them with the same, or with one that is another's id.
struct UniqueNames {
  private var families: [String: Int] = [:]
  private var controls: [String: Int] = [:]
  private var units: [String: Int] = [:]
  private var titles: [String: Int] = [:]
  private var groupIDs: Set<String> = []

  /// Where the groups stand that have the title, and nothing else, of one beside them.
  private var repeated: Set<String> = []

  init(_ children: [OSCALChild]) {
    count(children)
  }

  private mutating func count(_ children: [OSCALChild]) {
    for child in children { count(child) }
    var words: [String: [OSCALGroup]] = [:]
    for case .group(let group) in children {
      if let word = Self.word(of: group) { words[word, default: []].append(group) }
    }
    for group in words.values.filter({ $0.count > 1 }).joined() { repeated.insert("\(group.location)") }
  }

  private mutating func count(_ child: OSCALChild) {
    switch child {
    case .group(let group):
      if let id = group.id { groupIDs.insert(id) }
      if let label = Self.label(of: group.props) {
        families[label, default: 0] += 1
      } else if let word = Self.word(of: group) {
        titles[word, default: 0] += 1
      }
      count(group.children)
    case .control(let control):
      // What is withdrawn takes no name away.
      if !control.isWithdrawn {
        if let label = Self.label(of: control.props) { controls[label, default: 0] += 1 }
        for part in control.parts { count(part) }
      }
      count(control.children)
    }
  }

  private mutating func count(_ part: OSCALPart) {
    if part.isObjective, let label = Self.anyLabel(of: part) { units[label, default: 0] += 1 }
    for inner in part.parts { count(inner) }
  }

  /// What a family is called; nil for a group that cannot be named.
  ///
  /// - Parameter around: The family around it.
  func family(_ group: OSCALGroup, in around: String?) -> String? {
    let label = Self.label(of: group.props)
    if let label, families[label] == 1 { return label }
    if let id = group.id { return id }
    if let label { return around.map { "\($0).\(label)" } ?? label }
    guard let word = Self.word(of: group) else { return nil }
    if titles[word] == 1, isFree(word) { return word }
    if let around, !repeated.contains("\(group.location)") { return "\(around).\(word)" }
    // Of several with one title in one place each goes by the first control in it, which stays when others come before.
    return firstControl(in: group.children).map { "\(word).\($0)" }
  }

  /// Whether no family goes by it already.
  private func isFree(_ word: String) -> Bool { families[word] == nil && !groupIDs.contains(word) }

  private func firstControl(in children: [OSCALChild]) -> String? {
    for child in children {
      switch child {
      case .control(let control): return self.control(control)
      case .group(let group): if let found = firstControl(in: group.children) { return found }
      }
    }
    return nil
  }

  func control(_ control: OSCALControl) -> String {
    let limit = control.isWithdrawn ? 0 : 1
    guard let label = Self.label(of: control.props), controls[label, default: 0] <= limit else { return control.id }
    return label
  }

  /// What an objective is called; nil for one with neither label nor id.
  ///
  /// - Parameter control: What it is an objective of.
  func unit(_ part: OSCALPart, of control: String) -> String? {
    guard let label = Self.anyLabel(of: part) else { return part.id }
    if units[label] == 1 { return label }
    if let id = part.id { return id }
    return label.hasPrefix("[") || label.hasPrefix("(") ? control + label : "\(control).\(label)"
  }

  /// The other names that a control goes by: its labels, those that stand in brackets there, what it is sorted by, and
  /// its OSCAL id.
  static func others(of control: OSCALControl) -> [String] {
    let labels = control.props.filter { $0.isNamed("label") }.map(\.value)
    let sorted = control.props.filter { $0.isNamed("sort-id") && Identifier.isLabel($0.value) }.map(\.value)
    return labels + labels.compactMap(bracketed) + sorted + [control.id]
  }

  /// `07.01.01` of `Locking (07.01.01)`, or of `[07.01.01]`.
  private static func bracketed(_ label: String) -> String? {
    for (open, close) in [("(", ")"), ("[", "]")] where label.hasSuffix(close) {
      guard let start = label.lastIndex(of: Character(open)) else { continue }
      let inner = String(label[label.index(after: start)...].dropLast())
      // `AC-2(1)` is a label of its own.
      let isApart = start == label.startIndex || label[label.index(before: start)].isWhitespace
      if isApart, Identifier.isLabel(inner) { return inner }
    }
    return nil
  }

  /// The label without a class, if it can be an identifier.
  private static func label(of props: [OSCALProp]) -> String? {
    guard let label = props.first(where: { $0.isNamed("label") && $0.category == nil }) else { return nil }
    return Identifier.isLabel(label.value) ? label.value : nil
  }

  /// Whether a group without an id is there for the form's sake, around a control of its own title.
  private static func isWrapping(_ group: OSCALGroup) -> Bool {
    guard group.children.count == 1, case .control(let control) = group.children[0] else { return false }
    return control.title == group.title
  }

  private static func anyLabel(of part: OSCALPart) -> String? {
    part.props.first { $0.isNamed("label") && Identifier.isLabel($0.value) }?.value
  }

  /// What stands for a group that has a title alone.
  private static func word(of group: OSCALGroup) -> String? {
    guard group.id == nil, label(of: group.props) == nil, !isWrapping(group) else { return nil }
    return word(for: group.title)
  }

  /// `guidelines-for-doors` for `Guidelines for doors`; nil where nothing of a title can stand in an id.
  private static func word(for title: String) -> String? {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
    let word = words.joined(separator: "-")
    return Identifier.isLocal(word) ? word : nil
  }
}
