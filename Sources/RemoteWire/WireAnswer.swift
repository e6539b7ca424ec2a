/// What came of a request.
package struct WireAnswer: Codable, Sendable, Equatable {
  /// A line of a list.
  package struct Entry: Codable, Sendable, Equatable {
    package var name: String
    package var size: Int
    /// Versions: which it is.
    package var version: String?
    /// Versions: whether it is no object but the mark of a deletion.
    package var isMarker: Bool?

    package init(name: String, size: Int) {
      self.name = name
      self.size = size
    }
  }

  /// The request's.
  package var id: Int
  /// As HTTP has it: 200, 204, 404, 412, 503 …; 0 where there was no answer.
  package var status: Int
  /// The entity tag, without quotes.
  package var tag: String?
  /// Which version it is, where the bucket has versions.
  package var version: String?
  /// Head: for how long nobody may delete it; nil where nothing is said of it.
  package var retention: WireRequest.Retention?
  /// Head: whether it is under a legal hold.
  package var isHeld: Bool?
  /// How long the object is, in bytes: all of it, also where less was given.
  package var size: Int?
  /// What went wrong, in words that may be shown: without credentials, and without the address's own.
  package var fault: String?
  /// What to do about it.
  package var hint: String?
  /// Whether nothing can have come of it: it was not sent at all. Where there was no answer and this is false, nobody knows.
  package var isUnsent: Bool?
  /// How long the host asks to wait before the next try, in seconds (`Retry-After`).
  package var pause: Int?
  /// List: the names, in byte order.
  package var entries: [Entry]?
  /// The first answer: what tells this host and place from any other, however the address is spelled. It is compared, and never shown.
  package var place: String?
  /// List, versions: whether there are more after the last; a page of nothing may have more after it.
  package var hasMore: Bool?
  /// List, versions: what the request for the next page has to say, in the host's own words; nil where the last name is enough.
  package var token: String?

  package init(id: Int, status: Int) {
    self.id = id
    self.status = status
  }

  /// Whether what was asked for was done.
  package var isDone: Bool { (200..<300).contains(status) }
  /// Whether the host might say something else to the same request later: nobody answered, it has no time (408, 429, 5xx), or
  /// somebody else wrote the same object at that moment (409: "ConditionalRequestConflict" of the S3 API).
  package var isWorthAnotherTry: Bool { [0, 408, 409, 429].contains(status) || (500..<600).contains(status) }
}
