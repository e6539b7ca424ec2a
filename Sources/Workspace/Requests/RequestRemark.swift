internal import Findings
internal import Obligations
internal import Statements

/// Says where a label names a request that no list in the store has, since a slip would leave the request open and nobody
/// would know; and where several lists have it, and the label would tie the evidence to the request of each.
struct RequestRemark {
  private let place: SigningPlace

  init(_ place: SigningPlace) { self.place = place }

  func tell(_ labels: [String]) throws {
    let named = labels.filter { $0.hasPrefix(RequestLabel.prefix) }
    guard !named.isEmpty, let store = place.store else { return }
    let lists = try RequestShelf(store).lists
    let numbers = lists.flatMap(\.requests).map(\.number)
    var known: [String: Set<String>] = [:]
    for list in lists {
      for request in list.requests {
        for name in RequestLabel.names(request.number, of: list.name) { known[name, default: []].insert(list.name) }
      }
    }
    for number in Set(named.flatMap { RequestLabel.numbers($0) }).sorted() {
      if let own = known[number]?.sorted(by: ByteOrder.precedes) {
        guard own.count > 1 else { continue }
        place.desk.notices.warn(
          "\(Wording.list(own.map { "'\($0)'" })) each have a request '\(number)', and this ties it to all of them: "
            + "\(RequestLabel.prefix)LIST/\(number) names one list's")
        continue
      }
      let near = Spelling.nearest(to: number, among: numbers.map(RequestLabel.folded))
      place.desk.notices.warn(
        "no request list in the store has a request '\(number)'" + (near.map { ": did you mean '\($0)'" } ?? ""))
    }
  }
}
