internal import Findings
internal import Rendering
internal import Workspace

/// What files are probably evidence for: a page, the list that `submit --list` takes, and a value for machines.
struct SuggestionReport: Report {
  private static let shown = 4

  let files: [FileSuggestion]
  /// Where the list lies, or is to lie: its files are named from there.
  let list: String?

  func blocks(width: Int) -> [Block] {
    var blocks: [Block] = []
    for file in files {
      blocks += [.paragraph(file.path), table(file)]
      if !file.controls.isEmpty {
        let options = file.controls.map { " --control \(ShellWord.quoted($0.control))" }.joined()
        blocks.append(.command("custody submit \(ShellWord.quoted(file.path))\(options)", lead: "  "))
      }
      blocks.append(.gap)
    }
    let known = files.count { !$0.controls.isEmpty }
    blocks.append(
      .paragraph("\(known) of \(Wording.count(files.count, "file")) with a suggestion; nothing was signed."))
    return blocks
  }

  private func table(_ file: FileSuggestion) -> Block {
    var table = Table([.init("control", overflow: .keep), "why"])
    table.isTitled = false
    table.indentation = 2
    for suggestion in file.controls { table.add([.text(suggestion.control), .text(why(suggestion))]) }
    for suggestion in file.also.prefix(SuggestionReport.shown) {
      table.add([.text(suggestion.control), .text("perhaps: " + why(suggestion))])
    }
    if file.also.count > SuggestionReport.shown {
      table.addHeading("and \(file.also.count - SuggestionReport.shown) more of other frameworks")
    }
    if table.isEmpty { table.addHeading("nothing speaks for a control: say it with --control") }
    return .table(table)
  }

  private func why(_ suggestion: Suggestion) -> String {
    suggestion.reasons.map { reason in
      switch reason {
      case .name: "named in the file's name"
      case .folder: "named by its folder"
      case .sameName(let entry, let file): "entry \(entry), \(file), was for it"
      case .sameFolder(let entry, let file): "entry \(entry), \(file), of the same folder, was for it"
      case .sameWords(let entry, let file): "entry \(entry), \(file), of which the same words were said, was for it"
      case .crosswalk(let from, let relation): SuggestionReport.words(relation, Wording.list(from))
      }
    }.joined(separator: "; ")
  }

  /// What a control that is proposed has to do with those that lead to it.
  private static func words(_ relation: String, _ from: String) -> String {
    switch relation {
    case "equal": "asks for the same as \(from)"
    case "subset": "asks for what \(from) does, and more"
    case "superset": "asks for a part of \(from)"
    case "intersects": "overlaps \(from)"
    case "related": "related to \(from)"
    default: "\(relation): \(from)"
    }
  }

  // MARK: The list

  /// A line for each file, as `submit --list` reads it, with two columns behind that it leaves aside.
  var records: Table? {
    let columns = EvidenceList.header.split(separator: ",").map(String.init)
    var table = Table((columns + ["reason", "may-also"]).map { Table.Column($0) })
    for file in files {
      var cells: [Cell] = columns.map { _ in .empty }
      cells[0] = .text(SuggestionList.place(of: file.path, from: list))
      cells[1] = .text(file.controls.map(\.control).joined(separator: "; "))
      let reasons = file.controls.map { "\($0.control): \(why($0))" }.joined(separator: "; ")
      table.add(cells + [.text(reasons), .text(file.also.map(\.control).joined(separator: "; "))])
    }
    return table
  }

  // MARK: For a machine

  var value: JSONOutput {
    [
      "files": .array(
        files.map { file in
          [
            "file": .string(file.path), "controls": .array(file.controls.map(json)),
            "also": .array(file.also.map(json)),
          ]
        }),
      "list": .optional(list),
    ]
  }

  private func json(_ suggestion: Suggestion) -> JSONOutput {
    ["control": .string(suggestion.control), "reasons": .array(suggestion.reasons.map(json))]
  }

  private func json(_ reason: Suggestion.Reason) -> JSONOutput {
    switch reason {
    case .name: ["kind": "name"]
    case .folder: ["kind": "folder"]
    case .sameName(let entry, let file): earlier("same-name", entry, file)
    case .sameFolder(let entry, let file): earlier("same-folder", entry, file)
    case .sameWords(let entry, let file): earlier("same-words", entry, file)
    case .crosswalk(let from, let relation):
      ["kind": "crosswalk", "from": .strings(from), "relation": .string(relation)]
    }
  }

  private func earlier(_ kind: String, _ entry: Int, _ file: String) -> JSONOutput {
    ["kind": .string(kind), "entry": .integer(entry), "file": .string(file)]
  }
}
