internal import Findings
internal import FoundationEssentials

/// What the program is told by others than its command line: the environment, and files in the user's home.
struct Surroundings {
  private let variables: [String: String]

  /// - Parameter variables: The process's own, where nothing is said.
  init(variables: [String: String] = ProcessInfo.processInfo.environment) {
    self.variables = variables
  }

  /// A variable; one that is set to nothing is as if it were not.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The first of these that is set.
  func variable(of names: [String]) -> String? {
    names.lazy.compactMap(variable).first
  }

  /// A file of profiles; an empty one where there is none.
  ///
  /// - Parameters:
  ///   - name: The variable that says where it lies.
  ///   - place: Where it lies otherwise, below the home.
  /// - Throws: `configuration` where it is there and cannot be read.
  func profiles(_ name: String, otherwise place: String) throws -> ProfileFile {
    let file: String
    if let said = variable(name) {
      file = said.hasPrefix("~/") ? (variable("HOME") ?? "~") + said.dropFirst(1) : said
    } else {
      guard let home = variable("HOME") else { return ProfileFile() }
      file = home + "/" + place
    }
    guard FileManager.default.fileExists(atPath: file) else { return ProfileFile() }
    guard let bytes = try? Data(contentsOf: URL(filePath: file)), bytes.count <= 1 << 20 else {
      throw Failure(.configuration, "the file of profiles that \(name) or the home names cannot be read")
    }
    return ProfileFile(String(decoding: bytes, as: UTF8.self))
  }
}
