internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// `START-HERE.txt`: what somebody reads first who has never heard of custody.
///
/// Its wording belongs to the pack's format: `verify` makes the page again and compares, so that no page says other than
/// its log.
struct PackPage {
  let plan: PackPlan

  func bytes() -> [UInt8] { Array((sections.joined(separator: "\n") + "\n").utf8) }

  private var sections: [String] { [head, contents, withheld, custody, shell, powershell, meaning, people] }

  private var head: String {
    let (log, checkpoint) = (plan.log, plan.log.checkpoint)
    let client = log.state.membership.party(log.state.client)?.name ?? log.state.client
    return """
      START HERE

      This folder holds evidence of \(plain(client)), and all that is needed to check that it is what
      was recorded, when, and by whom. Nothing here asks you to trust whoever sent it.

        log       \(checkpoint.origin)
        entries   \(checkpoint.size)
        root      \(checkpoint.root.hex)
                  in base 64: \(Base64.encode(checkpoint.root.bytes))
        first     \(log.firstTime.map { "\($0)" } ?? "unknown")
        last      \(log.lastTime.map { "\($0)" } ?? "unknown")
        asked     \(asked)

      The log is a list of signed statements that can only be added to. 'entries' and 'root' stand for
      all of it: whoever gave you these two another way, by mail or on paper, cannot change a word of
      it any more without your noticing. Compare them first.

      """
  }

  /// What was asked for.
  private var asked: String {
    let selection = plan.selection
    var words: [String] = []
    if !selection.frameworks.isEmpty { words.append("evidence for \(selection.frameworks.joined(separator: ", "))") }
    if !selection.controls.isEmpty {
      let shown = selection.controls.prefix(6).joined(separator: ", ")
      let more = selection.controls.count - 6
      words.append("evidence for \(shown)" + (more > 0 ? " and \(more) more (pack.json)" : ""))
    }
    if let request = selection.request { words.append("what answers the request list '\(plain(request))'") }
    if words.isEmpty { words.append("all evidence") }
    if let from = selection.from { words.append("from \(from)") }
    if let through = selection.through { words.append("through \(through)") }
    return words.joined(separator: ", ")
  }

  private var contents: String {
    """
    WHAT IS HERE

      evidence/        the files, by framework and control: \(Wording.count(plan.carried.count, "file")); index.csv has
                       their own names, where a letter is no plain one and stands as _ here
      index.csv        which file shows what: controls, days, who submitted it, who accepted the control
      index.json       the same for programs
      ownership.csv    who answers for each control of each framework, and what nobody answers for
      withheld.csv     files that the log names and that are not here, each with the reason
      log/             the whole log as custody keeps it, with all documents but the evidence
      log.jsonl        its entries as plain lines
      log-leaves.txt   the hash of each entry
      statements/      what was signed (.pae), the signature (.sig) and the public key (.pem)
      pack.json        what was asked for
    \(plan.ownership.hasCMMC ? "  \(CMMCHashList.list), \(CMMCHashList.hash)\n                   the evidence as the DoD's hashing tool lists it, and that list's hash\n" : "")\
      SHA256SUMS       the hash of every other file

    """
  }

  private var withheld: String {
    let count = plan.withheld.count
    guard count > 0 else {
      return """
        WHAT IS NOT HERE

        Nothing is withheld: every file that the log names is here.

        """
    }
    let reasons = plan.figures.withheld.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
    return """
      WHAT IS NOT HERE

      \(Wording.count(count, "file")) that the log names \(count == 1 ? "is" : "are") not here: \(reasons).
      withheld.csv lists each of them. Their hashes stand in the log, so that nothing else can be put
      in their place later: ask for those that you need.

      """
  }

  private var custody: String {
    """
    TO CHECK IT WITH CUSTODY

      custody verify .

    in this folder, or 'custody verify' and the name of the file that it came in. That answers six
    questions about the log, and holds every file here against it. What you were told another way, it
    holds the log to as well:

      custody verify . --party \(plan.log.state.client)=KEY
        a key below, as its party read it to you
      custody verify . --trust FILE
        'entries' and 'root' above, as they were mailed to you
      custody verify . --timestamp-roots PEM
        a time-stamping authority's root, for tokens in the log

    To read every report on it, as of any day, make a store of it that nobody appends to. What was
    withheld has to be here for that:

      custody pull . ../COPY
      custody report ownership --store ../COPY

    \(outsiders)
    """
  }

  /// Who beside the parties says that the log was there.
  private var outsiders: String {
    let tokens = plan.log.anchors.count { $0.kind == .timestamp }
    let notes = plan.log.anchors.count - tokens
    guard tokens + notes > 0 else {
      return "Nobody beside the parties vouches for the days in it: no timestamp and no cosignature was recorded.\n"
    }
    var lines: [String] = []
    if tokens > 0 {
      lines.append(
        "\(Wording.count(tokens, "RFC 3161 timestamp")) \(tokens == 1 ? "says" : "say") by when the log was there; 'custody verify'\n"
          + "with --timestamp-roots judges \(tokens == 1 ? "it" : "them").")
    }
    if notes > 0 {
      lines.append(
        "\(Wording.count(notes, "checkpoint")) cosigned by others \(notes == 1 ? "was" : "were") recorded; 'custody verify' with "
          + "--policy says\nhow far the word of those reaches whom you ask for.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var shell: String {
    """
    TO CHECK IT WITHOUT CUSTODY

    In this folder, in a shell with the GNU tools and OpenSSL 3. Paste one block after the other.

    1. No file was changed on its way, none is missing, and none was added. Every line says OK, and the
    second part prints nothing:

    sha256sum -c SHA256SUMS
    find . -type f ! -path ./SHA256SUMS | sed 's|^[.]/||' | LC_ALL=C sort > "${TMPDIR:-/tmp}/here.$$"
    sed 's/^[0-9a-f]*  //' SHA256SUMS | LC_ALL=C sort | LC_ALL=C comm -3 "${TMPDIR:-/tmp}/here.$$" -
    rm "${TMPDIR:-/tmp}/here.$$"

    2. Each entry names the hash of the one before it. This prints nothing but 'done':

    n=0; before=0000000000000000000000000000000000000000000000000000000000000000
    while IFS= read -r line; do
      case $line in *'"previous":"'$before'"'*) ;; *) echo "entry $n does not follow" ;; esac
      before=$(printf '\\000%s' "$line" | sha256sum | cut -c1-64)
      test "$before" = "$(sed -n "$((n + 1))p" log-leaves.txt)" || echo "entry $n has another hash"
      n=$((n + 1))
    done < log.jsonl; echo done

    3. All entries together give the root above. This prints it; some thousands take minutes:

    set -- $(cat log-leaves.txt)
    while test $# -gt 1; do
      level=
      while test $# -gt 1; do
        both=$(printf '\\\\x01'; printf %s "$1$2" | sed 's/../\\\\x&/g')
        level="$level $(env printf "$both" | sha256sum | cut -c1-64)"; shift 2
      done
      set -- $level "$@"
    done; echo "$1"

    4. Whoever appended last has signed for that root. This prints the three lines that stand for the
    log, the root in base 64, 'Signature Verified Successfully' or 'Verified OK', and the id of the key,
    which has to be \(appender):

    signed() {
      if openssl pkey -pubin -in "$1.pem" -noout -text | grep -qi ed25519
      then openssl pkeyutl -verify -rawin -pubin -inkey "$1.pem" -in "$1.pae" -sigfile "$1.sig"
      else openssl dgst -sha256 -verify "$1.pem" -signature "$1.sig" "$1.pae"
      fi
    }
    key() { openssl pkey -pubin -in "$1.pem" -outform DER | sha256sum | cut -c1-64; }
    cat statements/checkpoint.pae; signed statements/checkpoint; key statements/checkpoint

    5. Each statement was signed with the key that its entry names, and is what its entry holds. It needs
    'signed' and 'key' of the block before, and prints nothing but 'done':

    for file in statements/[0-9]*.pae; do
      name=${file%.pae}; number=$(echo "${name#statements/}" | sed 's/^0*//')
      line=$(sed -n "$((${number:-0} + 1))p" log.jsonl)
      signed "$name" > /dev/null 2>&1 || echo "$name: the signature does not hold"
      case $line in *'"keyid":"'$(key "$name")'"'*) ;; *) echo "$name: not the key that the entry names" ;; esac
      case $line in *'"sig":"'$(base64 -w0 "$name.sig")'"'*) ;; *) echo "$name: not the entry's signature" ;; esac
      payload=$(printf %s "$line" | sed 's/.*"payload":"//; s/".*//')
      size=$(printf %s "$payload" | base64 -d | wc -c)
      { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$size"; printf %s "$payload" | base64 -d; } |
        cmp -s - "$file" || echo "$name: not what the entry holds"
    done; echo done

    6. Each file of evidence is one whose hash a statement names, or a list that a statement names. This
    prints nothing but 'done'; anything else is a file that nobody has signed for:

    cat statements/*.pae log/object/*/* | grep -aoE '[0-9a-f]{64}' | LC_ALL=C sort -u > "${TMPDIR:-/tmp}/named.$$"
    test ! -d evidence || find evidence -type f -exec sha256sum {} + | LC_ALL=C sort |
      LC_ALL=C join -v 2 "${TMPDIR:-/tmp}/named.$$" -; rm "${TMPDIR:-/tmp}/named.$$"; echo done

    Which entries brought a key, by whose word, 'custody verify' looks after; a key's id, by which entries
    call it, is what 'key' prints. Compare the first ones with WHOM TO ASK, below.

    """
  }

  /// Whose key has signed the checkpoint.
  private var appender: String {
    guard let id = plan.log.state.lastBy else { return "a key that is named below" }
    let owner = plan.log.state.membership.key(id)?.owner ?? "nobody known"
    return "that of \(owner):\n    \(id.hex)"
  }

  private var powershell: String {
    """
    TO CHECK IT ON WINDOWS

    Hashes need nothing but PowerShell. In this folder, this prints nothing but 'done':

    Get-Content SHA256SUMS | ForEach-Object {
      $hash, $name = $_ -split '  ', 2
      $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash
      if ($found -ne $hash) { "DIFFERS  $name" }
    }
    $listed = Get-Content SHA256SUMS | ForEach-Object { ($_ -split '  ', 2)[1] }
    Get-ChildItem -Recurse -File -Name | ForEach-Object { $_.Replace('\\', '/') } | ForEach-Object {
      if ($_ -ne 'SHA256SUMS' -and $listed -cnotcontains $_) { "ADDED  $_" }
    }; "done"

    """
  }

  private var meaning: String {
    """
    WHAT THAT SHOWS, AND WHAT NOT

    It shows that these bytes were submitted with these statements, in this order, by holders of these
    keys, and that nothing in the log was changed, taken out or put in between since the checkpoint was
    signed. It does not show that a document is true, that evidence was submitted which was not, or that
    a key is whose it is said to be: compare the keys below with what each party tells you itself. Times
    are those of whoever appended, as far as nobody else vouches for them. SHA256SUMS alone shows no
    more than that a file was not damaged: whoever changes a file can change it too, and the log not.

    """
  }

  /// Whom to ask, and the keys to compare.
  private var people: String {
    let membership = plan.log.state.membership
    let firstKeys = Dictionary(
      PartyConfirmation.firstKeys(plan.log.state).map { ($0.party, $0.key) }, uniquingKeysWith: { first, _ in first })
    var lines = ["WHOM TO ASK", ""]
    for party in membership.parties {
      lines.append("  \(party.id), \(party.kind.rawValue): \(plain(party.name))")
      let people = membership.activeMembers(of: party.id).filter { $0.role == .administrator }
      if !people.isEmpty {
        lines.append("    ask  \(people.map { "\(plain($0.name)) (\($0.id))" }.joined(separator: ", "))")
      }
      if let key = firstKeys[party.id] { lines.append("    key  \(key.keyID.hex)") }
    }
    return lines.joined(separator: "\n")
  }

  /// A name that a terminal can be shown.
  private func plain(_ text: String) -> String { TerminalText.visible(text) }
}
