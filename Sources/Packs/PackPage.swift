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

  private var sections: [String] { [head, contents, withheld, disputed, custody, shell, powershell, meaning, people] }

  private var head: String {
    let (log, checkpoint) = (plan.log, plan.log.checkpoint)
    let client = log.state.membership.party(log.state.client)?.name ?? log.state.client
    return """
      START HERE

      \(laid("This folder holds evidence of \(client), and all that is needed to check that it is what was recorded, when, and by whom. Nothing here asks you to trust whoever sent it."))

      \(laid(checkpoint.origin, after: "  log       "))
        entries   \(checkpoint.size)
        root      \(checkpoint.root.hex)
                  in base 64: \(Base64.encode(checkpoint.root.bytes))
        first     \(log.firstTime.map { "\($0)" } ?? "unknown")
        last      \(log.lastTime.map { "\($0)" } ?? "unknown")
      \(laid(asked, after: "  asked     "))

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

      evidence/        the files, by framework and control: \(Wording.count(plan.carried.count, "file")); in their names,
                       what is no plain letter is written as % and two digits, as in an address of
                       the web, and the second of a name has ~2; index.csv has the names as they were
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
        the checkpoint that was mailed to you, or the log's name, 'entries' and 'root', a line each
      custody verify . --timestamp-roots PEM
        a time-stamping authority's root, for tokens in the log

    \(reports)

    \(outsiders)
    """
  }

  /// How to ask about what is in it.
  private var reports: String {
    guard plan.withheld.isEmpty else {
      return """
        Who answers for what stands in ownership.csv, and what shows it in index.csv. For reports as of any
        day, ask for a pack of everything: this one leaves something out, and no store can be made of it.
        """
    }
    return """
      To read every report on it, as of any day, make a store of it that nobody appends to:

        custody pull . ../COPY
        custody report ownership --store ../COPY
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

  /// Text in lines that begin below each other.
  func laid(_ text: String, after lead: String = "") -> String {
    HangingLines.lines(plain(text), lead: lead, width: PackPage.width).joined(separator: "\n")
  }

  /// So many columns are enough for everything.
  private static let width = 98

  /// A name that a terminal can be shown.
  func plain(_ text: String) -> String { TerminalText.visible(text) }
}
