internal import CommandLine
internal import Findings
internal import Rendering
internal import TreeLog
internal import Workspace

/// The receipt that a submitter asks for.
struct ReceiptOptions: Sendable {
  var path: String?
  var hasObjects = false

  /// The rows of the commands that have it.
  static func parameters<Outer>(in field: any WritableKeyPath<Outer, ReceiptOptions> & Sendable) -> [Parameter<Outer>] {
    let parameters: [Parameter<ReceiptOptions>] = [
      .option(
        "receipt", value: "FILE", help: "Write proofs of the new entries there, once they are in the log.",
        completion: .file, into: \.path, parse: CommandText.text),
      .flag("receipt-objects", help: "Put the files themselves into the receipt, too.", into: \.hasObjects),
    ]
    return parameters.map { $0.nested(in: field) }
  }

  private var receipt: ProofReceipt? { path.map { ProofReceipt(path: $0, hasObjects: hasObjects) } }

  /// Refuses before anything is recorded what could not be written afterwards.
  func check(_ write: WriteOptions) throws {
    guard path != nil || !hasObjects else {
      throw Failure(.usage, "--receipt-objects says what goes into a receipt, and there is none: add --receipt FILE")
    }
    try receipt?.check(write)
  }

  /// Writes it, from the store as it is now.
  func write(_ result: Submission.Result, _ global: GlobalArguments, _ console: Console) throws {
    try write(result.provableEntries, orSay: "nothing was submitted", global, console)
  }

  /// Writes it for the entries that offers became, now or before.
  func write(_ taken: TakenOffers, _ global: GlobalArguments, _ console: Console) throws {
    try write(taken.provableEntries, orSay: "nothing of it is in the log", global, console)
  }

  private func write(
    _ entries: [Int], orSay reason: String, _ global: GlobalArguments, _ console: Console
  ) throws {
    guard let receipt else { return }
    if try receipt.write(entries, OpenedStore.open(global, console)) {
      console.say("the receipt is '\(receipt.path)'")
    } else {
      console.say("no receipt was written: \(reason)")
    }
  }

  /// For a machine.
  var json: [(String, JSONOutput)] { path.map { [("receipt", .string($0))] } ?? [] }
}
