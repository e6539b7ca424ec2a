package import Findings

/// What the program ends with: below 64 an answer, from 64 on no answer could be had and nothing was changed.
///
/// The numbers from 64 on are those of `sysexits.h`. A status that is not among these is a failure.
package struct ExitStatus: RawRepresentable, Equatable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// Yes, or done.
  package static let success = ExitStatus(rawValue: 0)
  /// The answer is no: corruption was found, a proof does not hold, an offer was refused while others went in.
  package static let answerIsNo = ExitStatus(rawValue: 1)
  /// The store is sound, and there are findings at or above the severity asked for.
  package static let findings = ExitStatus(rawValue: 3)
  /// What was recorded stays, and something that followed failed: it must not be done again.
  package static let recorded = ExitStatus(rawValue: 4)
}

extension ExitStatus {
  /// The one place where failures become numbers.
  package init(_ code: FailureCode) {
    switch code {
    case .answerNo: self = .answerIsNo
    case .findings: self = .findings
    case .recorded: self = .recorded
    case .usage: self.init(rawValue: 64)
    case .malformedInput: self.init(rawValue: 65)
    case .inputMissing: self.init(rawValue: 66)
    case .unavailable: self.init(rawValue: 69)
    case .bug: self.init(rawValue: 70)
    case .cannotCreate: self.init(rawValue: 73)
    case .ioError: self.init(rawValue: 74)
    case .locked: self.init(rawValue: 75)
    case .notEntitled: self.init(rawValue: 77)
    case .configuration: self.init(rawValue: 78)
    case .interrupted: self.init(rawValue: 130)
    }
  }

  /// What the statuses from 64 on mean, for help and manual page.
  package static let failures: [(status: ExitStatus, meaning: String)] = [
    (ExitStatus(.usage), "usage"), (ExitStatus(.malformedInput), "malformed input"),
    (ExitStatus(.inputMissing), "input missing"), (ExitStatus(.unavailable), "a remote service is unavailable"),
    (ExitStatus(.bug), "a bug in custody"), (ExitStatus(.cannotCreate), "cannot create output"),
    (ExitStatus(.ioError), "input/output error"), (ExitStatus(.locked), "the store is locked, try again"),
    (ExitStatus(.notEntitled), "not entitled"), (ExitStatus(.configuration), "configuration"),
    (ExitStatus(.interrupted), "interrupted"),
  ]
}
