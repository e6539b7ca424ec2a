internal import Crypto
internal import Findings
internal import Ownership
internal import Reports
internal import Storage
internal import TreeLog
internal import Workspace

/// Folders that hold one log and show two histories of it. Each may be sound by itself; beside the other none is, for nobody can
/// tell here which of them is the true one.
extension FleetReading {
  /// Marks the lines of such folders as not sound.
  func markForks(_ looks: inout [Look]) {
    let known = looks.indices.filter { looks[$0].line.facts != nil }
    let logs = Dictionary(grouping: known) { looks[$0].line.facts?.checkpoint.origin ?? "" }
    for places in logs.values where places.count > 1 {
      // The longest speaks for those that agree with it; only where one does not is each held against each.
      let lines = places.sorted { size(looks[$0]) > size(looks[$1]) }
      guard lines.dropFirst().contains(where: contradicts(lines[0], looks, among: lines)) else { continue }
      for index in lines {
        let differs = contradicts(index, looks, among: lines)
        for other in lines where differs(other) {
          mark(&looks[index], beside: looks[other].line.name, size(looks[other]))
          mark(&looks[other], beside: looks[index].line.name, size(looks[other]))
        }
      }
    }
  }

  /// Whether another store, no longer than this one, shows another tree of its own size.
  private func contradicts(_ index: Int, _ looks: [Look], among lines: [Int]) -> (Int) -> Bool {
    let roots = roots(of: looks[index].line, at: Set(lines.map { size(looks[$0]) }))
    return { other in
      guard other != index, let tree = looks[other].line.facts?.checkpoint, let root = roots[tree.size] else {
        return false
      }
      return root != tree.root
    }
  }

  private func size(_ look: Look) -> Int { look.line.facts?.checkpoint.size ?? 0 }

  /// The roots of a store's tree at some sizes; none where it cannot be read any more.
  private func roots(of line: FleetLine, at sizes: Set<Int>) -> [Int: Digest] {
    guard let reader = try? desk.desk().open(line.path).reader else { return [:] }
    return sizes.reduce(into: [:]) { roots, size in roots[size] = try? reader.root(at: size) }
  }

  private func mark(_ look: inout Look, beside other: String, _ size: Int) {
    guard case .read(var facts) = look.line.outcome, facts.fault == nil else { return }
    facts.fault =
      "the log forked: its first \(Wording.entries(size)) are not those of '\(other)', which holds the same log; "
      + "'custody checkpoint compare' says more"
    look.line.outcome = .read(facts)
    look.mark = nil
    guard let page = look.line.page else { return }
    do {
      try pages?.write(page, pages?.page(of: look.line, on: asOf ?? desk.clock.today) ?? "")
    } catch {
      look.line.page = nil
    }
  }
}
