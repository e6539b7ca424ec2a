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
    file. Whoever has it can bring a new member of '\(Identifier.party(ofMember: owner))'
    into the store, and nothing else.

    When every administrator's key is lost, type the last lines into a file, or use
    this one, and run:

      custody key import FILE --as \(owner) --use \(use.rawValue) --origin \(origin)
      custody key new --as \(Identifier.party(ofMember: owner))/NAME --origin \(origin) --output new.card
      custody member add new.card --role administrator --as \(owner)


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
  /// - Throws: `usage` where neither says it.
  package init(
    reading text: String, from path: String, owner: String?, origin: String?, use: NewKey.Use?
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
    guard let owner = said["Owner"] ?? owner, let origin = origin ?? said["Store"] else {
      throw Failure(
        .usage, "'\(path)' does not say whose key it is and for which store",
        hint: "say it: --as PARTY/PERSON --origin TEXT; --use recovery for a recovery key, with --as PARTY")
    }
    self.owner = owner
    self.origin = origin
    self.use = said["Use"].flatMap(NewKey.Use.init) ?? use ?? .sign
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

extension Desk {
  /// Keeps a private key that was put away, so that this home can sign with it.
  ///
  /// - Returns: Its id.
  package func importKey(_ path: String, owner: String?, origin: String?, use: NewKey.Use?) throws -> (
    sheet: KeySheet, keyID: Digest
  ) {
    let text = String(decoding: try InputFile.read(path, limit: 1 << 16), as: UTF8.self)
    let sheet = try KeySheet(reading: text, from: path, owner: owner, origin: origin, use: use)
    let isRecovery = sheet.use == .recovery
    guard isRecovery ? Identifier.isValid(sheet.owner) : Identifier.isMember(sheet.owner) else {
      throw Failure(
        .usage, "'\(sheet.owner)' cannot own a \(sheet.use.rawValue) key",
        hint: isRecovery
          ? "a recovery key belongs to a party: --as PARTY" : "a key belongs to a member: --as PARTY/PERSON")
    }
    let key: SigningKey
    do {
      key = try SigningKey(pem: sheet.pem)
    } catch CryptoError.passphraseNeeded {
      do {
        key = try SigningKey(pem: sheet.pem, passphrase: try passphrase(for: sheet.owner))
      } catch let error as CryptoError {
        throw Failure(.malformedInput, "the private key in '\(path)' cannot be opened: \(error)")
      }
    } catch {
      throw Failure(
        .malformedInput, "the private key in '\(path)' cannot be read: \(error)",
        hint: "compare it with the paper, letter by letter")
    }
    let keyID = key.verificationKey.keyID
    if try KeyChain(home).all().contains(where: { $0.keyID == keyID }) {
      throw Failure(.cannotCreate, "you hold the key \(keyID.short) already")
    }
    try KeyChain(home).keep(
      key, owner: sheet.owner, origin: sheet.origin, use: sheet.use.rawValue, passphrase: passphrase)
    return (sheet, keyID)
  }
}
