import Foundation
import TestSupport
import Testing

/// A chapter that is replayed once, for those who read its page and those who ask its store.
struct StagedChapter: Sendable, CustomTestStringConvertible {
  /// The article's name, without its ending.
  let page: String
  /// Whose store it is.
  let client: String
  /// Who asks.
  let reader: String
  /// The name of the answers below `Fixtures/chapters`, without its ending; nil for a guide, which has none.
  let answers: String?
  /// The replay: the page as it came out, and where it was played.
  private let played: Task<Played, any Error>

  struct Played: Sendable {
    let page: String
    let place: Workplace
  }

  /// Those that were also worked out by hand.
  static let answered = [
    StagedChapter(page: "AClinicOverThreeYears", client: "clinic", reader: "clinic/ann", answers: "a-clinic"),
    StagedChapter(
      page: "AManufacturerOverThreeYears", client: "gears", reader: "gears/bo", answers: "a-manufacturer"),
  ]

  /// A first evening for each of the ways in which custody is used.
  static let guides = [
    StagedChapter(page: "TheFirstEvening", client: "gears", reader: "gears/bo"),
    StagedChapter(page: "AWeekOfEvidence", client: "gears", reader: "gears/bo"),
    StagedChapter(page: "EvidenceFromMachines", client: "gears", reader: "gears/bo"),
    StagedChapter(page: "TwoWeeksBeforeAnAudit", client: "gears", reader: "gears/bo"),
    StagedChapter(page: "AnAuditorWithoutCustody", client: "gears", reader: "gears/bo"),
    StagedChapter(page: "FromManagedToCoManaged", client: "clinic", reader: "clinic/ann"),
    StagedChapter(page: "WhenAProviderLeaves", client: "clinic", reader: "clinic/ann"),
    StagedChapter(page: "ManyClients", client: "clients/gears", reader: "onsite/jane"),
  ]

  static let all = answered + guides

  init(page: String, client: String, reader: String, answers: String? = nil) {
    self.page = page
    self.client = client
    self.reader = reader
    self.answers = answers
    let article = StagedChapter.article(page)
    played = Task {
      let place = try Workplace()
      let text = String(decoding: try Fixtures.bytes(article), as: UTF8.self)
      return Played(page: try Chapter(text).replay(in: place, client: client), place: place)
    }
  }

  var testDescription: String { page }

  /// Where the article lies, seen from the fixtures.
  var article: String { StagedChapter.article(page) }

  private static func article(_ page: String) -> String { "../Sources/custody/Manual.docc/\(page).md" }

  /// What came of the replay.
  func replayed() async throws -> Played { try await played.value }
}
