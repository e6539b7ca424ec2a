/// Words behind which a number is that of an edition, or an address, and no control's: `version 3.1.1`, `rev 3.1.1`.
enum VersionWord {
  private static let words: Set<String> = [
    "v", "ver", "vers", "version", "rev", "revision", "release", "rel", "build", "update", "firmware", "fw", "edition",
    "ed", "draft", "patch", "ip", "ipv4", "addr", "address",
  ]

  static func precedesEdition(_ word: Substring) -> Bool { words.contains(word.lowercased().filter { $0 != "." }) }
}
