package import Agreements
internal import Catalogs
internal import Statements

/// What controls and families are called without their framework, in the frameworks that a log has adopted before an entry.
///
/// A document may write `3.1.1` for the control of the one framework that has it. Which that is, is settled with the entry
/// of the version: what is adopted later never gives a line another meaning.
package struct BareNames {
  private var controls: [String: Set<ControlID>] = [:]
  private var families: [String: Set<ControlID>] = [:]
  /// Whether all catalogs can be read: one that cannot may have any name.
  private var isComplete = true

  /// - Parameters:
  ///   - adoptions: In log order.
  ///   - entry: Those of earlier entries count.
  package init(_ adoptions: [ResolutionInput.Adoption], before entry: Int) {
    for adoption in adoptions where adoption.entry < entry {
      guard let units = adoption.units else {
        isComplete = false
        continue
      }
      for unit in units {
        note([unit.id, unit.control], in: \.controls)
        note(unit.families, in: \.families)
      }
      note(Array(adoption.sameAs.keys), in: \.controls)
      note(Array(adoption.familyTargets.keys), in: \.families)
    }
  }

  private mutating func note(_ ids: [ControlID], in table: WritableKeyPath<BareNames, [String: Set<ControlID>]>) {
    for id in ids { self[keyPath: table][id.local, default: []].insert(id) }
  }

  /// The control or objective of the one framework that has it, or, of a practice of CMMC in no such framework, the
  /// requirement that it names.
  package func control(_ text: String) -> String? {
    one(text, in: controls)
      ?? CommonSpelling.practice(text).flatMap { controls[text] == nil ? one($0, in: controls) : nil }
  }

  package func family(_ text: String) -> String? { one(text, in: families) }

  private func one(_ text: String, in table: [String: Set<ControlID>]) -> String? {
    guard isComplete, let found = table[text], found.count == 1 else { return nil }
    return found.first?.description
  }
}

extension EngagementDocument {
  /// The names in it that say no framework, in its order.
  package var bareNames: [String] {
    (scope.map(\.target) + notes.map(\.target)).flatMap { target -> [String] in
      switch target {
      case .domains: []
      case .families(let names), .controls(let names): names.filter { !$0.utf8.contains(UInt8(ascii: "/")) }
      }
    }
  }

  /// The document with every name written in full.
  ///
  /// - Returns: nil where one without its framework is in none, or in several.
  package func spelledOut(_ names: @autoclosure () -> BareNames) -> EngagementDocument? {
    guard !bareNames.isEmpty else { return self }
    let known = names()
    var document = self
    for index in document.scope.indices {
      guard let target = document.scope[index].target.spelledOut(known) else { return nil }
      document.scope[index].target = target
    }
    for index in document.notes.indices {
      guard let target = document.notes[index].target.spelledOut(known) else { return nil }
      document.notes[index].target = target
    }
    return document
  }
}

extension ScopeLine.Target {
  fileprivate func spelledOut(_ names: BareNames) -> ScopeLine.Target? {
    func full(_ texts: [String], _ find: (String) -> String?) -> [String]? {
      let found = texts.map { $0.utf8.contains(UInt8(ascii: "/")) ? $0 : find($0) }
      return found.contains { $0 == nil } ? nil : found.compactMap { $0 }
    }
    switch self {
    case .domains: return self
    case .families(let texts): return full(texts, names.family).map { .families($0) }
    case .controls(let texts): return full(texts, names.control).map { .controls($0) }
    }
  }
}
