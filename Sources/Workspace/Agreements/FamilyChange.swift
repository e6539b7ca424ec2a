package import Catalogs
internal import Statements

/// What a version changes in the same way in one family: for whoever is shown more controls than they can read.
package struct FamilyChange {
  /// nil for controls that are in no family.
  package let family: ControlID?
  package let framework: String
  /// One of the changes, which are alike but for their controls.
  package let first: ChangeList.Change
  package private(set) var controls: Int
  package private(set) var units: Int

  /// In the order of the changes.
  package static func list(_ changes: [ChangeList.Change]) -> [FamilyChange] {
    var families: [FamilyChange] = []
    for change in changes {
      let framework = String(change.control.prefix { $0 != "/" })
      let known = families.firstIndex { known in
        known.framework == framework && known.family == change.family && known.first.isLike(change)
      }
      if let known {
        families[known].controls += 1
        families[known].units += change.unitCount
      } else {
        families.append(
          FamilyChange(
            family: change.family, framework: framework, first: change, controls: 1, units: change.unitCount))
      }
    }
    return families
  }
}

/// How many units go from one party to another.
package struct Handover {
  /// nil for nobody.
  package let old: String?
  package let new: String?
  package private(set) var units: Int
  /// Of those that nobody answers for by this agreement, how many others answer for by which.
  package private(set) var elsewhere: [String: Int] = [:]

  /// The most units first; where the party stays and only other terms change, it is the same on both sides.
  package static func list(_ changes: [ChangeList.Change]) -> [Handover] {
    var handovers: [Handover] = []
    for change in changes {
      let (old, new) = (change.old.accountable, change.new.accountable)
      let place = handovers.firstIndex { $0.old == old && $0.new == new } ?? handovers.count
      if place == handovers.count { handovers.append(Handover(old: old, new: new, units: 0)) }
      handovers[place].units += change.unitCount
      if let other = change.elsewhere { handovers[place].elsewhere[other.engagement, default: 0] += change.unitCount }
    }
    return handovers.enumerated().sorted { left, right in
      left.element.units == right.element.units
        ? left.offset < right.offset : left.element.units > right.element.units
    }.map(\.element)
  }
}

extension ChangeList.Change {
  fileprivate func isLike(_ other: ChangeList.Change) -> Bool {
    from == other.from && through == other.through && old.accountable == other.old.accountable && new == other.new
      && elsewhere == other.elsewhere
  }
}
