internal import RemoteWire

/// A list that comes page by page: where the next begins, and whether it gets any further.
///
/// A page may bring nothing and have more after it: the host has looked at as much as it does at once, and found nothing there
/// ("ListObjectsV2" of the S3 API: a response "might contain fewer keys"). Where it says how to go on, that is sent back as it is.
struct ListPages {
  /// Whether there is a page to be asked for.
  private(set) var hasMore = true
  private let task: String
  private let address: String
  private var token: String?
  /// The last name that came.
  private var last: String?
  /// Of a list of versions, those that came.
  private var versions: Set<String> = []
  private var emptyPages = 0

  /// A host with more pages of nothing than this one after the other is taken to never end.
  private static let emptyLimit = 1000

  /// - Parameter task: As in "list what lies".
  init(_ task: String, at address: String) {
    self.task = task
    self.address = address
  }

  /// What asks for the next page.
  func request(_ verb: WireRequest.Verb, _ name: String) -> HostRequest {
    var request = HostRequest(verb, name)
    request.wire.token = token
    if token == nil { request.wire.after = last }
    return request
  }

  /// - Returns: The page's lines.
  /// - Throws: `unavailable` where it is none, or the list gets no further with it.
  mutating func take(_ answer: WireAnswer) throws -> [WireAnswer.Entry] {
    guard answer.isDone, let entries = answer.entries else { throw StorageError(answer, task, at: address) }
    for entry in entries {
      guard isFurther(entry) else { throw stuck }
      last = entry.name
    }
    hasMore = answer.hasMore == true
    guard hasMore else { return entries }
    emptyPages = entries.isEmpty ? emptyPages + 1 : 0
    // The same question would have the same answer.
    let isAnother = answer.token == nil ? !entries.isEmpty : answer.token != token
    guard isAnother, emptyPages < ListPages.emptyLimit else { throw stuck }
    token = answer.token
    return entries
  }

  /// Names come in byte order; the versions of one name in no order that is known, but no version twice.
  private mutating func isFurther(_ entry: WireAnswer.Entry) -> Bool {
    if let version = entry.version { return versions.insert(version).inserted }
    return last.map { $0.utf8.lexicographicallyPrecedes(entry.name.utf8) } ?? true
  }

  private var stuck: StorageError {
    StorageError(
      .unavailable, "cannot \(task) at '\(address)': the host says that there is more, and gets no further",
      hint: "ask whoever runs the host; a list that does not end shows nothing")
  }
}
