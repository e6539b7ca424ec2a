internal import Crypto
internal import Glibc

/// Parts of a measurement that this program does in a process of its own, so that their memory is not counted for what
/// is measured: making stores, and the bare loops that custody is held against.
enum Job {
  static func run(_ name: String, _ arguments: [String]) throws {
    func argument(_ index: Int) throws -> String {
      guard arguments.indices.contains(index) else { throw BenchmarkError("the job '\(name)' lacks an argument") }
      return arguments[index]
    }
    switch name {
    case "log":
      guard let count = Int(try argument(2)) else { throw BenchmarkError("the job 'log' lacks a number") }
      let builder = try StoreBuilder(store: argument(0), home: argument(1))
      try builder.adopt("nist-800-171-r2")
      try builder.appendEvidence(upTo: count)
    case "more":
      guard let count = Int(try argument(2)) else { throw BenchmarkError("the job 'more' lacks a number") }
      try StoreBuilder(store: argument(0), home: argument(1)).appendEvidence(count)
    case "artifacts":
      try StoreBuilder(store: argument(0), home: argument(1)).submit(folder: argument(2))
    case "copy": try BareLoops.copy(from: argument(0), to: argument(1))
    case "signatures":
      let (elapsed, processor) = try BareLoops.checkSignatures(store: argument(0))
      print("\(elapsed) \(processor)")
    default: throw BenchmarkError("there is no job '\(name)'")
    }
  }
}
