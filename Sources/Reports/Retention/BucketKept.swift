internal import Findings
internal import Rendering
package import Statements

/// How a store's bucket keeps some evidence from being deleted, beside what the rules ask.
package struct BucketKept: Sendable, Equatable {
  /// The last day through which all of its objects are kept; nil where one of them is not.
  package var until: Day?
  /// Each mode in which one of them is kept: `governance`, `compliance`.
  package var modes: [String]
  /// Whether a legal hold is on all of them.
  package var isHeld: Bool
  /// In what it is not as the rules ask: `not-kept`, `shorter`, `hold-missing`, `hold-left`, `missing`.
  package var differences: [String]

  package init(until: Day?, modes: [String], isHeld: Bool, differences: [String]) {
    self.until = until
    self.modes = modes
    self.isHeld = isHeld
    self.differences = differences
  }

  var json: JSONOutput {
    [
      "until": .optional(until.map { "\($0)" }), "modes": .strings(modes), "legalHold": .bool(isHeld),
      "differs": .strings(differences),
    ]
  }
}

extension BucketKept? {
  /// For people.
  var cells: [Cell] {
    let kept = self?.until.map { "\($0)" } ?? (self?.isHeld == true ? nil : "nothing")
    let words = [kept, self?.isHeld == true ? "legal hold" : nil].compactMap(\.self)
    return [
      .text(words.joined(separator: ", ")),
      .text((self?.differences ?? []).joined(separator: ", ").replacing("-", with: " ")),
    ]
  }

  /// For spreadsheets.
  var fields: [Cell] {
    [
      .optional(self?.until.map { "\($0)" }), .list(self?.modes ?? []), .text(self?.isHeld == true ? "yes" : "no"),
      .list(self?.differences ?? []),
    ]
  }
}

/// What a store's bucket keeps, all in all.
package struct BucketSummary: Sendable, Equatable {
  /// How the address asks for things to be kept: `governance`, `compliance`.
  package var mode: String
  /// Submissions that have objects, and how many of them are kept otherwise than the rules ask, by each difference.
  package var submissions: Int
  package var differing: [(difference: String, count: Int)]
  /// The log's own files: how many, through which day the rules ask for them, how many are kept for less, and the first day after
  /// which one of them could be deleted.
  package var log: (files: Int, until: Day?, short: Int, first: Day?)

  package init(
    mode: String, submissions: Int, differing: [(difference: String, count: Int)],
    log: (files: Int, until: Day?, short: Int, first: Day?)
  ) {
    self.mode = mode
    self.submissions = submissions
    self.differing = differing
    self.log = log
  }

  package static func == (left: BucketSummary, right: BucketSummary) -> Bool {
    left.mode == right.mode && left.submissions == right.submissions && left.log == right.log
      && left.differing.map(\.difference) == right.differing.map(\.difference)
      && left.differing.map(\.count) == right.differing.map(\.count)
  }

  private static func words(_ difference: String) -> String {
    switch difference {
    case "not-kept": "which anybody who may write can delete"
    case "shorter": "for less time than the rules ask"
    case "hold-missing": "under a hold, and without a legal hold"
    case "hold-left": "with a legal hold, and under no hold"
    default: "of which an object is missing"
    }
  }

  var blocks: [Block] {
    var lines = [
      "The bucket keeps what is written from being deleted (\(mode)). Of \(Wording.count(submissions, "submission")):"
        + (differing.isEmpty ? " all as the rules ask." : "")
    ]
    lines += differing.map { "\($0.count) \(BucketSummary.words($0.difference))." }
    let files = "The log's own \(Wording.count(log.files, "file"))"
    if let until = log.until {
      let first = log.first.map { ", the first of them through \($0)" } ?? ", some of them not at all"
      lines.append(
        log.short == 0
          ? "\(files): all through \(until) or longer."
          : "\(files): \(log.short) for less than through \(until)\(first).")
    } else {
      lines.append("\(files): no adopted framework names a time for them, and nothing keeps them.")
    }
    if !differing.isEmpty || log.short > 0 {
      lines.append("'custody retention --apply' lengthens what is too short, and sets and lifts legal holds.")
    }
    return lines.map { .paragraph($0) }
  }

  var json: JSONOutput {
    [
      "mode": .string(mode), "submissions": .integer(submissions),
      "differs": .object(differing.map { ($0.difference, .integer($0.count)) }),
      "log": [
        "files": .integer(log.files), "until": .optional(log.until.map { "\($0)" }), "short": .integer(log.short),
        "first": .optional(log.first.map { "\($0)" }),
      ],
    ]
  }
}
