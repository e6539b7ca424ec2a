internal import Glibc

/// Why nothing could be measured.
struct BenchmarkError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// What is to be measured, and where.
struct Options {
  static let usage = """
    usage: custody-benchmark --custody PATH [--work FOLDER] [--only NAME,…] [--quick] [--keep]

    Measures a custody program and prints a table; what misses its target is said there, and the status is 0 all the same.

      --custody PATH   the program to measure, best a release build
      --work FOLDER    where stores are made and removed again; .build/benchmark unless stated
      --only NAME,…    of start, log, files, large: only these
      --quick          fewer runs, and a fifth of the large file
      --keep           leave the stores for a closer look
    """

  private(set) var custody = ""
  private(set) var work = ".build/benchmark"
  private(set) var only: Set<String> = []
  private(set) var isQuick = false
  private(set) var keeps = false
  /// A part of a measurement that this program does in a process of its own.
  private(set) var job: String?
  private(set) var jobArguments: [String] = []

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(_ option: String) throws -> String {
      guard let value = rest.popFirst() else { throw BenchmarkError("\(option) lacks its value\n\(Options.usage)") }
      return value
    }
    while let option = rest.popFirst() {
      switch option {
      case "--custody": custody = try value(option)
      case "--work": work = try value(option)
      case "--only": only = Set(try value(option).split(separator: ",").map(String.init))
      case "--quick": isQuick = true
      case "--keep": keeps = true
      case "--job":
        job = try value(option)
        jobArguments = Array(rest)
        return
      case "--help", "-h":
        print(Options.usage)
        exit(0)
      default: throw BenchmarkError("'\(option)' is unknown\n\(Options.usage)")
      }
    }
    guard !custody.isEmpty else { throw BenchmarkError("--custody is missing\n\(Options.usage)") }
    custody = try Folder.absolute(custody)
  }

  /// Whether a group of figures is asked for.
  func wants(_ group: String) -> Bool { only.isEmpty || only.contains(group) }
}

/// Talk, on standard error.
func say(_ text: String) {
  let bytes = Array("\(text)\n".utf8)
  _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
}
