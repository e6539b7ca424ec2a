/// What NIST's catalog of the Cybersecurity Framework 2.0 says without saying it.
///
/// Its 22 categories are written as controls, with the subcategories in them; 12 categories and 79 subcategories of
/// version 1.1 stand there still, without a mark. Those of version 2.0 are told by their implementation examples, parts in
/// a namespace that only this catalog has: 106 subcategories, as in NIST CSWP 29, appendix A.
enum CSFLeftovers {
  private static let namespace = "https://csrc.nist.gov/ns/csf"

  /// The children with categories as groups and what version 2.0 does not have withdrawn; unchanged in any other catalog.
  static func read(_ children: [OSCALChild]) -> [OSCALChild] {
    guard children.contains(where: hasExamples) else { return children }
    return children.map { child in
      guard case .group(var group) = child else { return child }
      group.children = group.children.map(category)
      return .group(group)
    }
  }

  private static func category(_ child: OSCALChild) -> OSCALChild {
    guard case .control(let category) = child, category.category == "category", !category.children.isEmpty else {
      return child
    }
    let children = category.children.map { child -> OSCALChild in
      guard case .control(var control) = child, control.category == "subcategory", !isExemplified(control) else {
        return child
      }
      control.isLeftOver = true
      return .control(control)
    }
    let isGone = children.allSatisfy { if case .control(let control) = $0 { control.isLeftOver } else { false } }
    if isGone {
      var gone = category
      gone.isLeftOver = true
      gone.children = children
      return .control(gone)
    }
    var group = OSCALGroup(category)
    group.children = children
    return .group(group)
  }

  private static func hasExamples(_ child: OSCALChild) -> Bool {
    switch child {
    case .group(let group): group.children.contains(where: hasExamples)
    case .control(let control): isExemplified(control) || control.children.contains(where: hasExamples)
    }
  }

  private static func isExemplified(_ control: OSCALControl) -> Bool {
    control.parts.contains { $0.name == "example" && $0.namespace == namespace }
  }
}
