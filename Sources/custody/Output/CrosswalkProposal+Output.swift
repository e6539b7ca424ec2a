internal import Catalogs
internal import CommandLine
internal import Rendering
internal import Workspace

extension CrosswalkProposal {
  /// `{"control","title","relation","from":[…],"taken":bool}`.
  var json: JSONOutput {
    [
      "control": .string(control.description), "title": .string(title), "relation": .string(relation.rawValue),
      "from": .strings(from), "taken": .bool(isTaken),
    ]
  }
}

extension CrosswalkWish.Word: Choice {}
