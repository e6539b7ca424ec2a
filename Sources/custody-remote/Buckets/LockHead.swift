internal import FoundationEssentials
internal import RemoteWire

/// What the head of an answer says of object lock: three fields, each of which may be missing.
struct LockHead: Equatable {
  private var mode: WireRequest.Retention.Mode?
  private var until: Int?
  private(set) var isHeld: Bool?

  /// - Parameter name: In small letters.
  mutating func take(_ name: String, _ value: String) {
    switch name {
    case "x-amz-object-lock-mode": mode = WireRequest.Retention.Mode(rawValue: value.lowercased())
    case "x-amz-object-lock-retain-until-date": until = LockHead.seconds(value)
    case "x-amz-object-lock-legal-hold": isHeld = value == "ON" ? true : value == "OFF" ? false : nil
    default: break
    }
  }

  /// nil where either half is missing or cannot be understood.
  var retention: WireRequest.Retention? {
    guard let mode, let until else { return nil }
    return WireRequest.Retention(mode: mode, until: until)
  }

  /// Of a date as ISO 8601 has it: Amazon writes no fraction or one of three digits, Ceph one of nine. A fraction is left
  /// out, so that nothing is taken to be kept for longer than it is.
  private static func seconds(_ text: String) -> Int? {
    guard text.utf8.count <= 40, text.hasSuffix("Z") else { return nil }
    let whole = text.dropLast().prefix { $0 != "." }
    let fraction = text.dropLast().dropFirst(whole.count).dropFirst()
    guard fraction.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let date = try? Date("\(whole)Z", strategy: .iso8601)
    else { return nil }
    return Int(date.timeIntervalSince1970)
  }

  /// One that can stand in a query again; nil for what is none.
  static func version(_ text: String) -> String? {
    (1...1024).contains(text.utf8.count) && text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) ? text : nil
  }
}
