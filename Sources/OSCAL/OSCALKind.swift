/// What custody writes in OSCAL.
package enum OSCALKind: String, Sendable, CaseIterable {
  /// What each party's own practice or service does for the controls.
  case componentDefinition = "component-definition"
  /// Who answers for each control, as a system security plan has it.
  case securityPlan = "ssp"
  /// What was assessed, and the evidence.
  case assessmentResults = "assessment-results"
  /// What is open: a plan of action and milestones.
  case actionPlan = "poam"
  /// Which controls of the adopted catalogs apply.
  case profile
  /// An adopted catalog, as it came in.
  case catalog

  /// What it is called in a title.
  var title: String {
    switch self {
    case .componentDefinition: "Components"
    case .securityPlan: "System security plan"
    case .assessmentResults: "Assessment results"
    case .actionPlan: "Plan of action and milestones"
    case .profile: "Controls that apply"
    case .catalog: "Catalog"
    }
  }

  /// The one key of its document.
  var root: String {
    switch self {
    case .componentDefinition: "component-definition"
    case .securityPlan: "system-security-plan"
    case .assessmentResults: "assessment-results"
    case .actionPlan: "plan-of-action-and-milestones"
    case .profile: "profile"
    case .catalog: "catalog"
    }
  }

  /// The name under which the other documents look for it, in the folder that they lie in.
  var fileName: String { "\(rawValue).json" }
}
