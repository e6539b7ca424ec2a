package import Agreements
package import Catalogs
package import Crypto
package import Statements

/// What the resolver needs to know of a unit.
package struct UnitFacts: Sendable, Equatable {
  package var id: ControlID
  package var control: ControlID
  /// From the innermost out.
  package var families: [ControlID]
  package var domain: String?
  /// Whether it stays with the client under every model.
  package var isRetained: Bool

  package init(id: ControlID, control: ControlID, families: [ControlID], domain: String?, isRetained: Bool) {
    self.id = id
    self.control = control
    self.families = families
    self.domain = domain
    self.isRetained = isRetained
  }
}

/// All that decides who owns what, as far as some tree of the log knows.
package struct ResolutionInput: Sendable {
  /// A catalog, adopted.
  package struct Adoption: Sendable {
    package var entry: Int
    package var framework: String
    package var effective: Day
    package var catalog: Digest
    /// Units, and controls for all their units.
    package var notApplicable: Set<ControlID>
    /// nil where the catalog cannot be read.
    package var units: [UnitFacts]? { didSet { places = Adoption.places(units) } }
    /// Where each unit stands.
    private var places: [ControlID: Int]
    /// Controls that are others under another name, and those.
    package var sameAs: [ControlID: [ControlID]]
    /// Families that hold such controls: the controls they come to, with the nesting depth of the family.
    package var familyTargets: [ControlID: [ControlID]]
    /// Of `it-functions`: with whom a domain lies under a managed engagement by custom.
    package var typicalManaged: [String: String]
    /// Frameworks that its same-as controls lie in.
    package var leansOn: [String]

    package init(
      entry: Int, framework: String, effective: Day, catalog: Digest, notApplicable: Set<ControlID> = [],
      units: [UnitFacts]?, sameAs: [ControlID: [ControlID]] = [:], familyTargets: [ControlID: [ControlID]] = [:],
      typicalManaged: [String: String] = [:], leansOn: [String] = []
    ) {
      self.entry = entry
      self.framework = framework
      self.effective = effective
      self.catalog = catalog
      self.notApplicable = notApplicable
      self.units = units
      places = Adoption.places(units)
      self.sameAs = sameAs
      self.familyTargets = familyTargets
      self.typicalManaged = typicalManaged
      self.leansOn = leansOn
    }

    /// Gives it the units of its catalog. An initializer must not assign them itself: there nothing observes it, and no
    /// unit would be found.
    mutating func take(_ units: [UnitFacts]) { self.units = units }

    private static func places(_ units: [UnitFacts]?) -> [ControlID: Int] {
      Dictionary((units ?? []).enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// A unit of the catalog; nil where it has none of that id, or cannot be read.
    package func unit(_ id: ControlID) -> UnitFacts? { places[id].flatMap { units?[$0] } }
  }

  package struct Version: Sendable {
    package var entry: Int
    package var day: Day
    package var engagement: String
    package var statement: Digest
    /// The first day it speaks for; of one whose days cannot be read, its entry's.
    package var effective: Day
    /// nil where it cannot be read, or is about another engagement or client.
    package var document: EngagementDocument?
    /// The digests of the papers that its statement brings, by file name.
    package var papers: [String: Digest]
    /// The party that signed it, where that is known.
    package var party: String?

    package init(
      entry: Int, day: Day, engagement: String, statement: Digest, effective: Day, document: EngagementDocument?,
      papers: [String: Digest] = [:], party: String? = nil
    ) {
      self.entry = entry
      self.day = day
      self.engagement = engagement
      self.statement = statement
      self.effective = effective
      self.document = document
      self.papers = papers
      self.party = party
    }
  }

  package struct End: Sendable {
    package var entry: Int
    package var engagement: String
    /// The first day not covered.
    package var on: Day

    package init(entry: Int, engagement: String, on: Day) {
      self.entry = entry
      self.engagement = engagement
      self.on = on
    }
  }

  package struct Acceptance: Sendable {
    package var entry: Int
    package var day: Day
    package var party: String
    /// The version's statement.
    package var version: Digest
    package var accepts: Bool
    /// The unit lines of its schedule.
    package var lines: [ControlID: [Schedule.UnitLine]]
    /// The catalogs it counts for, by framework.
    package var catalogs: [String: Set<Digest>]
    package var reason: String?
    /// What its schedule says about all that is no unit.
    package var otherLines: [Schedule.LineKey: Set<String>]
    /// Whether its schedule can be read; one that cannot says nothing of any line.
    package var isReadable: Bool

    package init(
      entry: Int, day: Day, party: String, version: Digest, accepts: Bool,
      lines: [ControlID: [Schedule.UnitLine]], catalogs: [String: Set<Digest>], reason: String? = nil,
      otherLines: [Schedule.LineKey: Set<String>] = [:], isReadable: Bool = true
    ) {
      self.entry = entry
      self.day = day
      self.party = party
      self.version = version
      self.accepts = accepts
      self.lines = lines
      self.catalogs = catalogs
      self.reason = reason
      self.otherLines = otherLines
      self.isReadable = isReadable
    }
  }

  package struct Leave: Sendable {
    package var entry: Int
    package var day: Day
    package var party: String

    package init(entry: Int, day: Day, party: String) {
      self.entry = entry
      self.day = day
      self.party = party
    }
  }

  package var client: String
  /// In log order, as the lists below.
  package var adoptions: [Adoption]
  package var versions: [Version]
  package var ends: [End]
  package var acceptances: [Acceptance]
  package var leaves: [Leave]

  package init(
    client: String, adoptions: [Adoption] = [], versions: [Version] = [], ends: [End] = [],
    acceptances: [Acceptance] = [], leaves: [Leave] = []
  ) {
    self.client = client
    self.adoptions = adoptions
    self.versions = versions
    self.ends = ends
    self.acceptances = acceptances
    self.leaves = leaves
  }
}
