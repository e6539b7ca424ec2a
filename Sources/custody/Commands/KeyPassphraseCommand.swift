internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Workspace

/// `custody key passphrase`: what opens a private key that is held here.
extension KeyCommands {
  struct PassphraseArguments: Sendable {
    var key: String?
    var isRemoved = false
  }

  static let passphrase = CommandSpec<PassphraseArguments>(
    name: "passphrase", abstract: "Put a passphrase on a private key that you hold, change it, or take it away.",
    discussion: """
      The key itself stays the same, and nobody else has to be told. The passphrase of now comes from CUSTODY_PASSPHRASE or \
      the terminal, the new one from CUSTODY_NEW_PASSPHRASE or the terminal, which asks for it twice. Nobody can open the \
      key without it: keep it where the recovery key is.
      """,
    examples: [
      Example("custody key passphrase", "of your only key"),
      Example("custody key passphrase onsite/scanner --remove", "for a robot that nobody types for"),
    ],
    parameters: [
      .positional(
        "KEY", help: "Key id, its first digits, or the owner; your only one unless stated.", required: false,
        into: \.key, parse: CommandText.text),
      .flag("remove", help: "Leave the key without a passphrase.", into: \.isRemoved),
    ],
    initial: PassphraseArguments.init
  ) { arguments, global, console in
    let desk = try Desk(global, console)
    let chain = KeyChain(desk.home)
    // Of keys for several stores that of the store at hand is meant.
    let key = try held(arguments.key ?? global.person, chain, origin: (try? desk.open(global.store))?.origin)
    let new = arguments.isRemoved ? nil : try newPassphrase(key.owner, console)
    try chain.encrypt(
      key, passphrase: { try desk.passphrase ?? desk.consent.passphrase(for: key.owner) }, new: new)
    if global.format == .json {
      try console.print(
        .object([
          ("member", .string(key.owner)), ("keyid", .string(key.keyID.hex)), ("origin", .string(key.origin)),
          ("encrypted", .bool(new != nil)),
        ]))
    } else {
      let state = new == nil ? "has no passphrase" : "opens with the new passphrase"
      try console.print(wrapped: "key \(key.keyID.short) of \(key.owner), for \(key.origin), \(state)")
    }
    return .success
  }

  /// The one key that is held under a name.
  private static func held(_ name: String?, _ chain: KeyChain, origin: String?) throws -> HeldKey {
    let all = try chain.all()
    var named = all.filter { key in
      guard let name else { return true }
      return key.owner == name || key.owner.hasSuffix("/\(name)")
        || (name.utf8.count >= 4 && key.keyID.hex.hasPrefix(name.lowercased()))
    }
    if named.count > 1, named.contains(where: { $0.origin == origin }) { named.removeAll { $0.origin != origin } }
    guard let key = named.first, named.count == 1 else {
      throw Failure(
        named.isEmpty ? .inputMissing : .usage,
        named.isEmpty
          ? "you hold no key\(name.map { " '\($0)'" } ?? "")"
          : "you hold \(named.count) keys\(name.map { " of '\($0)'" } ?? "")",
        hint: named.isEmpty
          ? "CUSTODY_HOME names the folder that it lies in"
          : "name one by its id: " + named.prefix(4).map { "\($0.keyID.short) (\($0.origin))" }.joined(separator: ", "))
    }
    return key
  }

  private static func newPassphrase(_ owner: String, _ console: Console) throws -> String {
    if let told = Environment.process["CUSTODY_NEW_PASSPHRASE"] { return told }
    guard let first = try console.askSecret("new passphrase of the key of \(owner)") else {
      throw Failure(
        .usage, "no new passphrase is given",
        hint: "type it at a terminal, or set CUSTODY_NEW_PASSPHRASE; --remove leaves the key without one")
    }
    guard try console.askSecret("the same once more") == first else {
      throw Failure(.usage, "the two passphrases differ: nothing was changed")
    }
    return first
  }
}
