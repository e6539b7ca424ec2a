internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import TreeLog

/// Who beside the parties says that the log was there.
extension PackPage {
  /// How many tokens are named one by one: the newest, which cover the most.
  private static var tokensShown: Int { 3 }

  var outsiders: String {
    let tokens = plan.log.anchors.filter { $0.kind == .timestamp }
    let notes = plan.log.anchors.count - tokens.count
    guard !plan.log.anchors.isEmpty else {
      return "Nobody beside the parties vouches for the days in it: no timestamp and no cosignature was recorded.\n"
    }
    var lines: [String] = []
    if !tokens.isEmpty { lines += self.lines(of: tokens) }
    if notes > 0 {
      lines.append(
        "\(Wording.count(notes, "checkpoint")) cosigned by others \(notes == 1 ? "was" : "were") recorded; 'custody verify' with "
          + "--policy says\nhow far the word of those reaches whom you ask for.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What each token covers, and how it is looked at with OpenSSL (ts(1)).
  private func lines(of tokens: [PackedLog.Anchored]) -> [String] {
    let isOne = tokens.count == 1
    var lines = [
      laid(
        "\(Wording.count(tokens.count, "RFC 3161 timestamp")) \(isOne ? "says" : "say") by when the log was there; 'custody "
          + "verify' with --timestamp-roots judges \(isOne ? "it" : "them"). With OpenSSL, root.pem being the root of the authority "
          + "as it gave it to you itself (where its certificate has expired since, add -attime and the token's own time in "
          + "seconds, and compare the three lines: only 'custody verify' finds that this log had that root then):"), "",
    ]
    for token in tokens.suffix(PackPage.tokensShown) {
      let path = "log/\(ObjectPath.path(token.object.digest))"
      let form = token.object.mediaType == "application/cms" ? " -token_in" : ""
      lines.append("  entry \(token.entry), over the first \(Wording.entries(token.size)):")
      lines.append("  token=\(path)")
      lines.append("  openssl ts -reply -in \"$token\"\(form) -text")
      lines.append(
        "  printf '%s\\n' \(ShellWord.quoted(plan.log.checkpoint.origin)) \(token.size) \(Base64.encode(token.root.bytes)) |"
      )
      lines.append("    openssl ts -verify -in \"$token\"\(form) -data /dev/stdin -CAfile root.pem")
      lines.append("")
    }
    if tokens.count > PackPage.tokensShown {
      lines.append("  and \(tokens.count - PackPage.tokensShown) older ones")
      lines.append("")
    }
    return lines
  }
}
