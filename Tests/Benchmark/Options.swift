internal import Glibc

/// Why nothing could be measured.
struct BenchmarkError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// What is to be measured, and where.
struct Options {
  static let usage = """
    usage: custody-benchmark --custody PATH [--size N] [--work FOLDER] [--only NAME,…] [--page FILE] [--quick] [--keep]

    Measures a custody program and prints a table. The status is 1 where a target is missed by more than noise.

      --custody PATH   the program to measure, best a release build
      --size N         entries of the log: 1000, 10000, 100000 or 1000000; 10000 unless stated
      --work FOLDER    where stores are made and removed again; .build/benchmark unless stated
      --only NAME,…    of start, log, files, large: only these
      --page FILE      write the table as a page, too
      --quick          fewer runs, and a fifth of the large file
      --keep           leave the stores for a closer look
    """

  private(set) var custody = ""
  private(set) var work = ".build/benchmark"
  private(set) var only: Set<String> = []
  /// How many entries the log has.
  private(set) var size = 10_000
  /// Where the page goes.
  private(set) var page: String?
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
      case "--size":
        let text = try value(option)
        guard let number = Int(text), [1_000, 10_000, 100_000, 1_000_000].contains(number) else {
          throw BenchmarkError("'\(text)' is none of the sizes 1000, 10000, 100000 and 1000000")
        }
        size = number
      case "--page": page = try value(option)
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
    // Measured programs run in folders of their own, so a path that holds only here would lead elsewhere by then.
    page = try page.map(Folder.absoluteOfNew)
  }

  /// Whether a group of figures is asked for.
  func wants(_ group: String) -> Bool { only.isEmpty || only.contains(group) }
}

/// Talk, on standard error.
func say(_ text: String) {
  let bytes = Array("\(text)\n".utf8)
  _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
}
