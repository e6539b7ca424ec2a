/// A file of profiles as Amazon's tools write it: sections in brackets, and below each `key = value`
/// (AWS CLI User Guide, "Configuration and credential file settings").
///
///     [profile audit]
///     region = eu-central-1
///     services = own
///     [services own]
///     s3 =
///       endpoint_url = https://s3.example.org
struct ProfileFile {
  /// A section's name as it stands between the brackets, and what is said in it; what is said further in has both names:
  /// `s3.endpoint_url`.
  private(set) var sections: [String: [String: String]] = [:]

  init() {}

  /// Reads what it can: a line that is none of this is somebody else's business, and is passed over.
  init(_ text: String) {
    var section: String?
    var parent: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let words = ProfileFile.trimmed(line)
      guard let first = words.first, first != "#", first != ";" else { continue }
      if first == "[" {
        section = words.firstIndex(of: "]").map { end in
          words[words.index(after: words.startIndex)..<end].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        parent = nil
        continue
      }
      guard let section, let sign = words.firstIndex(of: "=") else { continue }
      let key = ProfileFile.trimmed(words[..<sign]).lowercased()
      let value = String(ProfileFile.withoutComment(ProfileFile.trimmed(words[words.index(after: sign)...])))
      let isFurtherIn = line.first?.isWhitespace == true
      if isFurtherIn, let parent {
        sections[section, default: [:]]["\(parent).\(key)"] = value
      } else {
        parent = value.isEmpty ? key : nil
        sections[section, default: [:]][key] = value
      }
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return rest
  }

  /// A comment begins after white space; a key may hold the sign itself.
  private static func withoutComment(_ text: Substring) -> Substring {
    for sign in [" #", " ;", "\t#", "\t;"] {
      if let range = text.firstRange(of: sign) { return trimmed(text[..<range.lowerBound]) }
    }
    return text
  }

  func value(_ key: String, in section: String) -> String? {
    sections[section]?[key].flatMap { $0.isEmpty ? nil : $0 }
  }
}
