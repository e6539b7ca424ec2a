/// Where somebody works from: their keys and what they remember, the clock, whom to ask and whom to tell.
///
/// Everything that the library does for a user begins here. It never reads the process's environment, its clock or its
/// terminal: whoever makes a desk says what these are.
package struct Desk {
  /// Where keys, memory of logs and indexes lie.
  package let home: Home
  /// Whose key signs, `party/id` or the part after the slash; nil for the only key that is held.
  package let person: String?
  /// What opens private keys that are encrypted, and encrypts new ones; nil where they are not.
  package let passphrase: String?
  /// What time it is.
  package let clock: WallClock
  /// Who is asked before something is done that cannot be taken back.
  package let consent: any Consent
  /// Who is told how things go.
  package let notices: any Notices

  /// A desk at which, unless stated, nobody is asked and nobody is told.
  package init(
    home: Home, person: String? = nil, passphrase: String? = nil, clock: WallClock = .system,
    consent: any Consent = NoConsent(), notices: any Notices = NoNotices()
  ) {
    self.home = home
    self.person = person
    self.passphrase = passphrase
    self.clock = clock
    self.consent = consent
    self.notices = notices
  }

  /// The same desk, at which somebody else signs.
  package func signing(as person: String?) -> Desk {
    Desk(
      home: home, person: person ?? self.person, passphrase: passphrase, clock: clock, consent: consent,
      notices: notices)
  }

  /// Opens a store for reading, as of its checkpoint.
  ///
  /// - Parameter path: The store's folder; nil for the nearest at or above the working folder.
  /// - Throws: `inputMissing` where there is none, `answerNo` where it is damaged, cut or forked.
  package func open(_ path: String? = nil) throws -> OpenedStore {
    try OpenedStore.open(StoreLocation.find(path), at: self)
  }
}
