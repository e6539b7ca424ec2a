internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Workspace

/// `custody hash-list check`: whether artifacts are still those of a list.
extension HashListCommands {
  struct CheckArguments: Sendable {
    var list: String?
    var folder: String?
    var logHash: String?
    var hashValue: Digest?
    var output: String?
  }

  static let check = CommandSpec<CheckArguments>(
    name: "check", abstract: "Check an artifact hash list: against a folder, the store, and the list's own hash.",
    discussion: """
      For each line: matches (the file in FOLDER has the hash), in-store (it is not in FOLDER, and evidence in the store \
      has it), moved (another file of FOLDER has it), changed, missing, unreadable; and each additional file that no line \
      names. Paths of the machine that wrote the list are understood, in any list that 'custody submit --manifest' reads, \
      with question marks for letters that were lost. Only files below FOLDER are looked at, whatever a line names, and no \
      link is followed.

      The list's own hash is held against --log-hash, else against CMMCAssessmentLogHash.log beside the list, and against \
      --hash-value where that is given.
      """,
    examples: [
      Example("custody hash-list check assessment/CMMCAssessmentArtifacts.log Evidence", "six years later"),
      Example("custody hash-list check CMMCAssessmentArtifacts.log", "which of it the store has"),
    ],
    parameters: [
      .positional("LIST", help: "The list of hashes.", completion: .file, into: \.list, parse: CommandText.text),
      .positional(
        "FOLDER", help: "The folder that holds the artifacts.", required: false, completion: .file, into: \.folder,
        parse: CommandText.text),
      .option(
        "log-hash", value: "FILE", help: "The file that has the list's own hash.", completion: .file, into: \.logHash,
        parse: CommandText.text),
      .option(
        "hash-value", value: "SHA256", help: "The list's own hash as eMASS has it.", into: \.hashValue,
        parse: CommandText.digest),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
    ],
    formats: ReportOutput.formats,
    answers: [
      ExitAnswer(.success, "everything is as it was listed"),
      ExitAnswer(
        .answerIsNo, "a file was changed, is missing or additional, or the list is not the one that was hashed"),
    ],
    pages: true,
    initial: CheckArguments.init
  ) { arguments, global, console in
    let desk = try Desk(global, console)
    let store = try nearStore(desk, global)
    guard arguments.folder != nil || store != nil else {
      throw Failure(
        .usage, "nothing is named against which the list could be held",
        hint: "name the folder that holds the artifacts, or a store by --store")
    }
    let checking = try HashListChecking(
      arguments.list ?? "", folder: arguments.folder, logHash: arguments.logHash, said: arguments.hashValue,
      store: store, home: desk.home)
    for each in checking.skipped { console.warn("not looked at: \(each)") }
    let report = HashListReport(checking, folder: arguments.folder, store: store?.origin)
    _ = try ReportCommand.write(report, to: arguments.output, global, console)
    return checking.holds ? .success : .answerIsNo
  }
}
