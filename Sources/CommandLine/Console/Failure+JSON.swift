internal import Findings
package import Rendering

extension Failure {
  /// `{"error":{"code","message","hint"?}}`
  package var json: JSONOutput {
    var members: [(String, JSONOutput)] = [("code", .string(code.rawValue)), ("message", .string(message))]
    if let hint { members.append(("hint", .string(hint))) }
    return ["error": .object(members)]
  }
}
