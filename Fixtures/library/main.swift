// Opens a store, submits a file for a control, and prints who answers for what: what another program does with the
// library, by its public interface alone.
//
//     library-example HOME STORE MEMBER CONTROL FILE
import Findings
import Glibc
import Rendering
import Reports
import Workspace

let words = Array(CommandLine.arguments.dropFirst())
do {
  guard words.count == 5 else {
    throw Failure(.usage, "five words are needed", hint: "library-example HOME STORE MEMBER CONTROL FILE")
  }
  let desk = Desk(home: Home(path: words[0]), person: words[2])
  let store = try desk.open(words[1])

  var details = EvidenceDetails(controls: [words[3]])
  details.description = "submitted through the library"
  let result = try desk.submit([words[4]], details, to: store)
  for entry in result.entries { print("entry \(entry)") }
  for artifact in result.artifacts { print("\(artifact.digest)  \(artifact.name)") }

  // What was appended is seen by whoever opens the store anew.
  let report = try OwnershipReport(desk.open(words[1]).snapshot())
  print(try report.text(), terminator: "")
} catch {
  let failure = Failure(describing: error)
  print("\(failure.code.rawValue): \(failure.message)" + (failure.hint.map { " (\($0))" } ?? ""))
  exit(1)
}
