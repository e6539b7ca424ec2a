import Verification
import Findings
import Foundation
import Statements
import TestSupport
import Testing

@testable import Workspace

/// A store and a home in a folder of their own, used through the library alone: no terminal, no program.
final class Office {
  let folder: TemporaryFolder
  private(set) var now: Instant

  /// What was asked, in order.
  let consent = Answers()
  /// What was told, in order.
  let notices = Told()

  /// - Parameter start: When its store is made; an autumn morning unless stated.
  init(at start: Instant? = Instant("2026-09-30T10:00:00.000Z")) throws {
    folder = try TemporaryFolder()
    now = try #require(start)
    var new = NewStore(client: "acme", organization: "Acme Manufacturing", person: "bo")
    new.effective = Day("2026-01-01")
    _ = try desk().make(new, at: folder.path("store"))
    let place = try SigningPlace.open(WriteOptions(), store: folder.path("store"), at: desk())
    let bytes = try Fixtures.bytes("catalogs/three-controls.json")
    let adoption = CatalogAdoption(
      id: "house", bytes: bytes, effective: now.day, exclusions: [], reason: nil, file: nil)
    _ = try adoption.sign(at: place, WriteOptions())
  }

  /// Where somebody works from, by the clock as it stands.
  func desk(_ person: String = "acme/bo") -> Desk {
    let now = now
    return Desk(
      home: Home(path: folder.path("homes/\(person.replacing("/", with: "-"))")), person: person,
      clock: WallClock { now }, consent: consent, notices: notices)
  }

  /// The store, as it is now.
  func store(_ person: String = "acme/bo") throws -> OpenedStore { try desk(person).open(folder.path("store")) }

  func wait(minutes: Int) { now = now.adding(milliseconds: minutes * 60_000) }

  func wait(days: Int) { now = now.adding(milliseconds: days * 86_400_000) }

  /// Writes a file, and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try folder.write(Array(text.utf8), to: name) }

  /// Has a person make a key, and the administrator add them.
  func join(_ person: String, role: MemberEvent.Role = .contributor) throws {
    let store = try store()
    let card = folder.path("\(person.replacing("/", with: "-")).card")
    _ = try desk(person).make(NewKey(owner: person, origin: store.origin), card: card)
    let place = SigningPlace(store, signer: try store.signer())
    let event = try Joining(role: role).event(for: try KeyCard.read(card, origin: store.origin), at: place)
    _ = try Writing.perform(.member(event), at: place, WriteOptions())
  }

  /// What keeps it from being sound.
  func faults() throws -> [FindingCode] {
    try desk().verify(folder.path("store")).findings.filter { $0.code.isIntegrityError }.map(\.code)
  }
}

/// Answers questions as it was told to, and keeps them.
final class Answers: Consent {
  var answer: Bool?
  private(set) var asked: [String] = []

  func confirm(_ question: Question) throws -> Bool {
    asked.append(question.text)
    guard let answer else { return try NoConsent().confirm(question) }
    return answer
  }
}

/// Keeps what was told.
final class Told: Notices {
  private(set) var said: [String] = []
  private(set) var warned: [String] = []
  private(set) var steps: [Step] = []
  private(set) var recordedEntries: ClosedRange<Int>?

  final class Step: StepProgress {
    let name: String
    let total: Int?
    private(set) var count = 0
    private(set) var hasEnded = false

    init(_ name: String, _ total: Int?) {
      self.name = name
      self.total = total
    }

    func advance(by steps: Int) { count += steps }
    func finish() { hasEnded = true }
  }

  func say(_ text: String) { said.append(text) }
  func warn(_ text: String) { warned.append(text) }
  func recorded(_ entries: ClosedRange<Int>) { recordedEntries = entries }

  func begin(_ step: String, total: Int?) -> any StepProgress {
    let step = Step(step, total)
    steps.append(step)
    return step
  }
}

/// The kind of failure that something ends with; nil where it ends well.
func failure(of body: () throws -> Void) -> Failure? {
  do {
    try body()
    return nil
  } catch {
    return Failure(describing: error)
  }
}
