package import Crypto
internal import Findings
package import Statements
internal import Storage

/// A private key on paper: a page of text that says what it is and how it is used, with the key in PEM at its end.
///
/// Everything before the first dash line is for people; programs that read PEM pass over it (RFC 7468, section 2).
package struct KeySheet: Sendable, Equatable {
  /// The member; of a recovery key, the party.
  package var owner: String
  /// The log's origin.
  package var origin: String
  package var use: NewKey.Use
  package var pem: [UInt8]
  /// The id that the page names; nil where it names none, as a bare key does not.
  package private(set) var keyID: Digest?

  package init(owner: String, origin: String, use: NewKey.Use, pem: [UInt8]) {
    self.owner = owner
    self.origin = origin
    self.use = use
    self.pem = pem
  }

  /// The page.
  ///
  /// - Parameters:
  ///   - keyID: What to compare by telephone.
  ///   - day: When it was made.
  package func text(keyID: Digest, day: Day) -> String {
    """
    custody \(use.rawValue) key

    Owner:  \(owner)
    Store:  \(origin)
    Use:    \(use.rawValue)
    Key id: \(keyID.hex)
    Made:   \(day)

    Print this page, put it where the keys to the building are, and delete the
    file. Whoever has it can make anybody an administrator of the store.

    When every administrator's key is lost, type the last lines into a file, or use
    this one, and run, beside the store and each with --store FOLDER:

      custody key import FILE --as \(owner) --use \(use.rawValue) --origin \(origin)
      custody key new --as \(Identifier.party(ofMember: owner))/NAME --origin \(origin) --output new.card
      custody member add new.card --role administrator --as \(owner)
      custody key revoke LOST --reason lost --as \(Identifier.party(ofMember: owner))/NAME

    NAME is yours, and not that of somebody in the store who is no administrator:
    they would stay what they are. LOST is the id of the lost key, as
    'custody key list' shows it: until it is revoked, whoever finds it goes on
    signing. Where another party keeps the store, ask it for the newest checkpoint,
    give the last two commands --checkpoint FILE --offer FILE, and mail the offers.

    Then delete the file that you typed, and the two files of this key, which begin
    with its id, in the folder 'keys' of CUSTODY_HOME (else ~/.config/custody).


    """ + String(decoding: pem, as: UTF8.self)
  }

  /// Whether a file is such a page, with all that it says.
  package static func isPage(_ path: String) throws -> Bool {
    guard let bytes = try RegularFile.read(path, limit: 1 << 16) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    return (try? KeySheet(reading: text, from: path, owner: nil, origin: nil, use: nil)) != nil
  }

  /// Reads a page, or a bare PEM file of which nothing but the key is known.
  ///
  /// - Parameters:
  ///   - owner: Whose it is, where the page does not say it; so is `use`.
  ///   - origin: Said by the user; nil for what the page says.
  ///   - store: The origin of the store at hand, for a key of which neither says it.
  /// - Throws: `usage` where neither says it.
  package init(
    reading text: String, from path: String, owner: String?, origin: String?, use: NewKey.Use?, at store: String? = nil
  ) throws {
    guard let start = text.firstRange(of: "-----BEGIN ") else {
      throw Failure(
        .malformedInput, "'\(path)' holds no private key",
        hint: "a key in PEM begins with a line '-----BEGIN PRIVATE KEY-----'")
    }
    var said: [String: String] = [:]
    for line in text[..<start.lowerBound].split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingSpaces() }
      if parts.count == 2, said[parts[0]] == nil { said[parts[0]] = parts[1] }
    }
    guard let owner = said["Owner"] ?? owner, let origin = origin ?? said["Store"] ?? store else {
      throw Failure(
        .usage, "'\(path)' does not say whose key it is and for which store",
        hint: "say it: --as PARTY/PERSON --origin TEXT; --use recovery for a recovery key, with --as PARTY")
    }
    self.owner = owner
    self.origin = origin
    self.use = said["Use"].flatMap(NewKey.Use.init) ?? use ?? .sign
    keyID = said["Key id"].flatMap { Digest(hex: Fingerprint.folded($0)) }
    pem = Array(text[start.lowerBound...].utf8)
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    var rest = self
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
