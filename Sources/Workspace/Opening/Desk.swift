package import Ownership
package import Storage

/// Where somebody works from: their keys and what they remember, the clock, whom to ask and whom to tell.
///
/// Everything that the library does for a user begins here. It never reads the process's environment, its clock or its
/// terminal: whoever makes a desk says what these are. A desk is used by one thread at a time; several may have one each.
public struct Desk {
  /// Where keys, memory of logs and indexes lie.
  public let home: Home
  /// Whose key signs, `party/id` or the part after the slash; nil for the only key that is held.
  public let person: String?
  /// What opens private keys that are encrypted, and encrypts new ones; nil where they are not.
  public let passphrase: String?
  /// What time it is.
  public let clock: WallClock
  /// Who is asked before something is done that cannot be taken back.
  public let consent: any Consent
  /// Who is told how things go.
  public let notices: any Notices
  /// Who holds stores that lie elsewhere.
  package let hosts: StoreHosts
  /// Catalogs that were parsed for a store already; several desks may share them.
  package var catalogs = ParsedCatalogs()

  /// A desk at which, unless stated, nobody is asked and nobody is told.
  public init(
    home: Home, person: String? = nil, passphrase: String? = nil, clock: WallClock = .system,
    consent: any Consent = NoConsent(), notices: any Notices = NoNotices()
  ) {
    self.init(
      home: home, person: person, passphrase: passphrase, clock: clock, consent: consent, notices: notices,
      hosts: StoreHosts(searchPath: nil))
  }

  package init(
    home: Home, person: String?, passphrase: String?, clock: WallClock = .system, consent: any Consent,
    notices: any Notices, hosts: StoreHosts
  ) {
    self.home = home
    self.person = person
    self.passphrase = passphrase
    self.clock = clock
    self.consent = consent
    self.notices = notices
    self.hosts = hosts
  }

  /// The same desk, at which somebody else signs.
  public func signing(as person: String?) -> Desk {
    var desk = Desk(
      home: home, person: person ?? self.person, passphrase: passphrase, clock: clock, consent: consent,
      notices: notices, hosts: hosts)
    desk.catalogs = catalogs
    return desk
  }

  /// What opens an encrypted private key: what was said beforehand, or what the user answers.
  func passphrase(for owner: String) throws -> String? { try passphrase ?? consent.passphrase(for: owner) }

  /// Where the store is that is named by a path or an address, else the nearest at or above the working folder.
  package func find(_ named: String?) throws -> StoreLayout {
    guard let named, let address = StoreAddress(named) else { return try StoreLocation.find(named) }
    try address.check()
    return try layout(of: address)
  }

  /// Opens a store for reading, as of its checkpoint.
  ///
  /// - Parameter path: The store's folder; nil for the nearest at or above the working folder.
  /// - Throws: `inputMissing` where there is none, `answerNo` where it is damaged, cut or forked.
  public func open(_ path: String? = nil) throws -> OpenedStore {
    try OpenedStore.open(find(path), at: self)
  }
}

@available(*, unavailable)
extension Desk: Sendable {}
