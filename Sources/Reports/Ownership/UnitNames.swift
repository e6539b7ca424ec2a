internal import Catalogs

/// How units are told from each other beside their control's name.
enum UnitNames {
  /// `[a]` of `3.1.1[a]` where the control is `3.1.1`; the whole name where it does not begin with the control's.
  static func suffixes(_ units: [ControlID], of control: ControlID) -> [String] {
    let whole = control.local
    return units.map { unit in
      unit.local.count > whole.count && unit.local.hasPrefix(whole)
        ? String(unit.local.dropFirst(whole.count)) : unit.local
    }
  }
}
