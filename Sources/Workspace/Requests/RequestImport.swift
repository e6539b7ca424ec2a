internal import Catalogs
internal import Findings
internal import Spreadsheets
internal import Statements

/// Takes an auditor's request list into the store, as it is.
package struct RequestImport {
  /// What a list is evidence of unless stated: that an auditor asks is the business of whoever keeps the papers. For the
  /// controls that it asks about it shows nothing, and a question must not look like an answer.
  private static let control = "it-functions/compliance-documentation"

  private let path: String
  private let reading: RequestReading
  private let controls: [String]

  /// - Parameter controls: What it is evidence of; by default the documentation of compliance.
  package init(_ path: String, _ reading: RequestReading, controls: [String]) {
    self.path = path
    self.reading = reading
    self.controls = controls
  }

  /// - Returns: The table as it was understood, and what became of the file.
  package func perform(at place: SigningPlace, _ write: WriteOptions) throws -> (RequestTable, Submission.Result) {
    let choice = ControlChoice(place)
    let bytes = try InputFile.read(path, limit: Workbook.fileLimit)
    guard !bytes.isEmpty else { throw Failure(.malformedInput, "'\(path)' is empty") }
    let table = try RequestTable(bytes, title: "'\(path)'", reading, choice)
    var gathering = FileGathering(place)
    try gathering.add(path)
    try gathering.check()
    var evidence = Evidence(controls: try controls.isEmpty ? ownControl(choice) : choice.resolve(controls))
    evidence.label = RequestShelf.label
    evidence.count = table.requests.count
    evidence.description = "Request list: \(Wording.count(table.requests.count, "request"))"
    evidence.query = reading.query
    var submission = Submission(place: place, write: write)
    // The same file, read in another way, is another list.
    let name = gathering.files.first?.name ?? ""
    let known = try place.store.flatMap { try RequestShelf($0).lists.first { ByteOrder.areEqual($0.name, name) } }
    submission.skipsKnown = known.map { $0.reading == reading } ?? true
    let result = try submission.perform([EvidenceBatch(evidence: evidence, sources: gathering.files)])
    return (table, result)
  }

  private func ownControl(_ choice: ControlChoice) throws -> [String] {
    do {
      return try choice.resolve([RequestImport.control])
    } catch {
      throw Failure(
        .usage, "'\(RequestImport.control)' is no control here, of which a request list is evidence unless stated",
        hint: "say one with --control ID")
    }
  }
}
