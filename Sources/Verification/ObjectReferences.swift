internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// Which objects the statements name: each is looked at when it is named first, many together, and what is right of them is
/// counted and forgotten.
struct ObjectReferences {
  /// What is to be looked at of an object.
  struct Look: Sendable {
    enum Reason: Sendable {
      /// It is named for the first time.
      case first
      /// It was named before without a size.
      case size
      /// It was named before by an entry whose objects are not read.
      case content
    }

    let digest: Digest
    /// The first entry that names it.
    let entry: Int
    /// In bytes, where a statement says so.
    let size: Int?
    let isRead: Bool
    let reason: Reason
  }

  /// What is wrong with an object, unless it is redacted and gone.
  struct Fault {
    let look: Look
    let outcome: ObjectExamination.Outcome
  }

  let contents: any StoreContents
  private let options: VerificationOptions
  /// The first entry that names an object; above that, whether a size was said, and whether it was to be read.
  private var known = DigestTable()
  private static let sized: UInt32 = 1 << 31
  private static let read: UInt32 = 1 << 30
  /// No log has more entries than are told apart here.
  private static let entryMask: UInt32 = read - 1
  private var waiting: [Look] = []
  /// Objects whose bytes may be gone: redacted, and not submitted again since.
  private(set) var redacted: Set<Digest> = []
  private(set) var faults: [Fault] = []
  private(set) var readCount = 0
  private(set) var readBytes = 0
  private(set) var unreadCount = 0

  init(contents: any StoreContents, options: VerificationOptions) {
    self.contents = contents
    self.options = options
  }

  /// How many objects are looked at together.
  private static let batch = 4096

  /// Whether an object is said to be left out on purpose.
  func isWithheld(_ digest: Digest) -> Bool { options.withheld.contains(digest) }

  func contains(_ digest: Digest) -> Bool { known[digest] != nil }

  mutating func add(_ digest: Digest, size: Int?, entry: Int) {
    if !redacted.isEmpty { redacted.remove(digest) }
    let isRead =
      switch options.objects {
      case .all: true
      case .new: entry >= options.objectsFrom
      case .none: false
      }
    let flags = (size == nil ? 0 : ObjectReferences.sized) | (isRead ? ObjectReferences.read : 0)
    guard let found = known[digest] else {
      known.set(digest, to: UInt32(entry) & ObjectReferences.entryMask | flags)
      return look(Look(digest: digest, entry: entry, size: size, isRead: isRead, reason: .first))
    }
    guard found | flags != found else { return }
    known.set(digest, to: found | flags)
    let first = Int(found & ObjectReferences.entryMask)
    let isNewlyRead = isRead && found & ObjectReferences.read == 0
    // Of several sizes the first that was said is the one.
    let said = found & ObjectReferences.sized == 0 ? size : nil
    look(Look(digest: digest, entry: first, size: said, isRead: isNewlyRead, reason: isNewlyRead ? .content : .size))
  }

  private mutating func look(_ look: Look) {
    waiting.append(look)
    if waiting.count >= ObjectReferences.batch { finish(ObjectExamination.run(take(), contents)) }
  }

  /// What is still to be looked at.
  mutating func take() -> [Look] {
    defer { waiting = [] }
    return waiting
  }

  /// Counts what was found.
  mutating func finish(_ examined: [ObjectExamination.Outcome], of looks: [Look]) {
    for (look, outcome) in zip(looks, examined) {
      switch outcome {
      case .right(let bytes):
        if look.reason == .content { unreadCount -= 1 }
        readCount += 1
        readBytes += bytes
      case .present: if look.reason == .first { unreadCount += 1 }
      case .missing, .wrongSize, .corrupt, .unreadable: faults.append(Fault(look: look, outcome: outcome))
      }
    }
  }

  private mutating func finish(_ examined: (looks: [Look], outcomes: [ObjectExamination.Outcome])) {
    finish(examined.outcomes, of: examined.looks)
    options.progress("objects", known.count, known.count)
  }

  /// Adds what a manifest lists, and the finding that it is not a manifest. One of another size than was said is not read: that is
  /// the object check's finding.
  mutating func add(manifest: Digest, size: Int?, entry: Int, _ findings: inout FindingList) throws {
    if let size, try contents.objectSize(manifest) != size { return }
    var reader = ManifestReader()
    do {
      let read = try unsafe contents.readObject(manifest) { chunk in
        try unsafe reader.feed(chunk) { add($0.digest, size: nil, entry: entry) }
      }
      // That it is not there is the object check's finding.
      if read != nil { try reader.finish() }
    } catch let error as Manifest.SyntaxError {
      findings.add(
        .objects,
        Finding(
          .objectCorrupt, ObjectPath.path(manifest), entry: entry, found: error.description,
          "the manifest of entry \(entry) is not one: \(error)"))
    }
  }

  mutating func redact(_ digest: Digest) {
    if contains(digest) { redacted.insert(digest) }
  }
}
