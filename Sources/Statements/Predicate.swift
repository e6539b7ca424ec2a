package import Crypto

/// What a statement says, by its type.
package enum Predicate: Sendable, Equatable {
  case genesis(Genesis)
  case party(PartyEvent)
  case member(MemberEvent)
  case keyRevocation(KeyRevocation)
  case framework(FrameworkAdoption)
  case engagement(EngagementEvent)
  case acceptance(Acceptance)
  case staffing(Staffing)
  case evidence(Evidence)
  case assessment(Assessment)
  case measurement(Measurement)
  case usage(Usage)
  case redaction(Redaction)
  case hold(Hold)
  case anchor(Anchor)
  /// A type that this version of custody does not know: `predicateType` as written.
  case unknown(predicateType: String)

  /// The `<type>` of `urn:custody:<type>:v1`; of an unknown one, the whole `predicateType`.
  package var typeName: String {
    switch self {
    case .genesis: "genesis"
    case .party: "party"
    case .member: "member"
    case .keyRevocation: "key-revocation"
    case .framework: "framework"
    case .engagement: "engagement"
    case .acceptance: "acceptance"
    case .staffing: "staffing"
    case .evidence: "evidence"
    case .assessment: "assessment"
    case .measurement: "measurement"
    case .usage: "usage"
    case .redaction: "redaction"
    case .hold: "hold"
    case .anchor: "anchor"
    case .unknown(let predicateType): predicateType
    }
  }

  /// The statements that it names, which have to stand earlier in the log.
  package var namedStatements: [Digest] {
    switch self {
    case .engagement(let event): event.replaces.map { [$0] } ?? []
    case .acceptance(let acceptance): [acceptance.engagement]
    case .evidence(let evidence): evidence.replaces
    default: []
    }
  }

  package var predicateType: String {
    if case .unknown(let predicateType) = self { return predicateType }
    return "urn:custody:\(typeName):v1"
  }

  /// Takes the members of a predicate of a known type; nil for an unknown one.
  init?(type: String, _ fields: inout FieldReader) throws(StatementSyntaxError) {
    switch type {
    case "urn:custody:genesis:v1": self = .genesis(try Genesis(&fields))
    case "urn:custody:party:v1": self = .party(try PartyEvent(&fields))
    case "urn:custody:member:v1": self = .member(try MemberEvent(&fields))
    case "urn:custody:key-revocation:v1": self = .keyRevocation(try KeyRevocation(&fields))
    case "urn:custody:framework:v1": self = .framework(try FrameworkAdoption(&fields))
    case "urn:custody:engagement:v1": self = .engagement(try EngagementEvent(&fields))
    case "urn:custody:acceptance:v1": self = .acceptance(try Acceptance(&fields))
    case "urn:custody:staffing:v1": self = .staffing(try Staffing(&fields))
    case "urn:custody:evidence:v1": self = .evidence(try Evidence(&fields))
    case "urn:custody:assessment:v1": self = .assessment(try Assessment(&fields))
    case "urn:custody:measurement:v1": self = .measurement(try Measurement(&fields))
    case "urn:custody:usage:v1": self = .usage(try Usage(&fields))
    case "urn:custody:redaction:v1": self = .redaction(try Redaction(&fields))
    case "urn:custody:hold:v1": self = .hold(try Hold(&fields))
    case "urn:custody:anchor:v1": self = .anchor(try Anchor(&fields))
    default: return nil
    }
  }

  func write(to fields: inout FieldWriter) {
    switch self {
    case .genesis(let predicate): predicate.write(to: &fields)
    case .party(let predicate): predicate.write(to: &fields)
    case .member(let predicate): predicate.write(to: &fields)
    case .keyRevocation(let predicate): predicate.write(to: &fields)
    case .framework(let predicate): predicate.write(to: &fields)
    case .engagement(let predicate): predicate.write(to: &fields)
    case .acceptance(let predicate): predicate.write(to: &fields)
    case .staffing(let predicate): predicate.write(to: &fields)
    case .evidence(let predicate): predicate.write(to: &fields)
    case .assessment(let predicate): predicate.write(to: &fields)
    case .measurement(let predicate): predicate.write(to: &fields)
    case .usage(let predicate): predicate.write(to: &fields)
    case .redaction(let predicate): predicate.write(to: &fields)
    case .hold(let predicate): predicate.write(to: &fields)
    case .anchor(let predicate): predicate.write(to: &fields)
    case .unknown: break
    }
  }

  /// The base 64 of every public key that the predicate introduces.
  package var publicKeys: [String] {
    switch self {
    case .genesis(let genesis): [genesis.publicKey] + (genesis.recovery.map { [$0.publicKey] } ?? [])
    case .member(let member): [member.publicKey, member.recovery?.publicKey].compactMap { $0 }
    default: []
    }
  }
}
