internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// The first page.
extension ProofPackage {
  var readme: String {
    let first = proofs.first?.entry ?? 0
    let genesis = store.state.membership.keys.first
    var text = """
      What this is
      ============

      \(laid("Proofs that something stands in the log '\(tree.checkpoint.origin)': \(selection.reason)."))
      The tree that they lead to has \(Wording.entries(tree.checkpoint.size)); its root hash is
      \(tree.checkpoint.root.hex).

      """
    text += titles.map { laid($0, after: "  - ") + "\n" }.joined()
    text += """

      How to check it
      ===============

      With custody, which needs no store and no network:

          custody check-proof THIS.zip --party \(store.state.client)=FINGERPRINT

      FINGERPRINT is the key that the log begins with, as '\(genesis?.owner ?? "")' tells it to you by
      telephone or on paper, not as it stands here. It is said to be
      \(genesis?.keyID.hex ?? "").

      By hand, in the folder that this was unpacked to:

      1. The entry's leaf hash is SHA-256 over a zero byte and the entry:

             (printf '\\0'; cat entries/\(first).json) | sha256sum

      2. The lines of entries/\(first).tlog-proof between 'index' and the empty line lead
         from it to the root on the third line of 'checkpoint' (RFC 6962, section
         2.1.1; the file is a c2sp.org/tlog-proof, which other programs read).

      3. The checkpoint is a signed note (c2sp.org/signed-note): the signature is
         Ed25519, or ECDSA, over its first three lines.

      4. What the entry says, with the SHA-256 of each artifact:

             jq -r .envelope.payload entries/\(first).json | base64 -d | jq .

         Artifacts lie in objects/\(first)/; sha256sum prints theirs. Where there were too
         many for the entry, it names a list in manifests/, which has them. In their
         names, what is no plain letter is written as % and two digits.

      5. Who signed: the entry names a key, and keys/ has the entries that brought
         each key into the log, each signed by an earlier one, back to entry 0.

      \(stamps)What it does not show
      =====================

      - That an entry counts: that its signer was still entitled then, and that it was
        not replaced, revoked or redacted later. That takes the whole log.
      - That it was recorded at the time that it says: that is the word of whoever
        appended it, unless a witness or a time stamp says so too.
      - That the log is complete, and that nobody was shown another one.
      - That what the artifacts say is true.
      - That the keys are those of the persons named: compare at least the first one.

      """
    let out = artifacts.filter { $0.reason != nil }
    if !out.isEmpty {
      text += "What is named and not in here\n=============================\n\n"
      for artifact in out.prefix(ProofPackage.shown) {
        text +=
          "  \(artifact.digest.hex)\n"
          + laid("entry \(artifact.entry), \(visible(artifact.name)): \(artifact.reason ?? "")", after: "      ") + "\n"
      }
      if out.count > ProofPackage.shown { text += "  and \(out.count - ProofPackage.shown) more\n" }
    }
    return text
  }

  /// How a time stamp is read; empty where there is none.
  private var stamps: String {
    guard !tree.tokens.isEmpty else { return "" }
    return """
      6. When it was there: timestamps/ has the word of time-stamping authorities (RFC
         3161), which 'openssl ts -reply -text -in FILE.tsr' shows, over the first three
         lines of 'checkpoint'. Where a .tree lies beside one, it is over lines 2 to 4 of
         that, an earlier tree; its other lines lead from that to this one's root (RFC
         6962, section 2.1.2). Whether an authority is to be believed is up to you.


      """
  }

  private func laid(_ text: String, after lead: String = "") -> String {
    HangingLines.lines(text, lead: lead, width: 88).joined(separator: "\n")
  }

  private static let shown = 1000

  private func visible(_ name: String) -> String { ByteText.visible(Array(name.utf8)) }
}
