internal import Findings
internal import Obligations

/// Says where a label names a request that no list in the store has: a slip would leave the request open, and nobody would
/// know.
struct RequestRemark {
  private let place: SigningPlace

  init(_ place: SigningPlace) { self.place = place }

  func tell(_ labels: [String]) throws {
    let named = labels.filter { $0.hasPrefix(RequestLabel.prefix) }
    guard !named.isEmpty, let store = place.store else { return }
    let numbers = try RequestShelf(store).lists.flatMap(\.requests).map(\.number)
    let known = Set(numbers.map(RequestLabel.folded))
    for number in Set(named.flatMap { RequestLabel.numbers($0) }).sorted() where !known.contains(number) {
      let near = Spelling.nearest(to: number, among: numbers.map(RequestLabel.folded))
      place.desk.notices.warn(
        "no request list in the store has a request '\(number)'" + (near.map { ": did you mean '\($0)'" } ?? ""))
    }
  }
}
