package import Statements

/// A measurement that counts.
package struct MeasurementRecord: Sendable, Equatable {
  package var entry: Int
  package var party: String
  package var member: String
  /// The entry's time.
  package var recorded: Instant
  package var measurement: Measurement

  package init(entry: Int, party: String, member: String, recorded: Instant, measurement: Measurement) {
    self.entry = entry
    self.party = party
    self.member = member
    self.recorded = recorded
    self.measurement = measurement
  }
}

/// Hours that count.
package struct UsageRecord: Sendable, Equatable {
  package var entry: Int
  package var party: String
  /// Who signed; who worked is the usage's member.
  package var member: String
  /// The entry's time.
  package var recorded: Instant
  package var usage: Usage

  package init(entry: Int, party: String, member: String, recorded: Instant, usage: Usage) {
    self.entry = entry
    self.party = party
    self.member = member
    self.recorded = recorded
    self.usage = usage
  }
}

/// What parties have recorded about their promises: values of service levels, and hours.
package struct PromiseBook: Sendable {
  /// In log order, as the hours.
  package private(set) var measurements: [MeasurementRecord] = []
  package private(set) var usages: [UsageRecord] = []
  /// Entries that brought the rows behind a measurement, by what they are about, in log order.
  private var rows: [RowsKey: [Int]] = [:]

  /// A level, as `engagement/level`, whose party submitted rows of a span of days.
  private struct RowsKey: Hashable {
    var label: String
    var party: String
    var from: Day
    var through: Day
  }

  package init() {}

  package mutating func add(_ record: MeasurementRecord) { measurements.append(record) }

  package mutating func add(_ record: UsageRecord) { usages.append(record) }

  /// Takes in what somebody measured.
  package mutating func add(_ measurement: Measurement, entry: Int, by signer: Signer, recorded: Instant) {
    measurements.append(
      MeasurementRecord(
        entry: entry, party: signer.party, member: signer.name, recorded: recorded, measurement: measurement))
  }

  /// Takes in hours.
  package mutating func add(_ usage: Usage, entry: Int, by signer: Signer, recorded: Instant) {
    usages.append(
      UsageRecord(entry: entry, party: signer.party, member: signer.name, recorded: recorded, usage: usage))
  }

  /// Takes in evidence where its label and days say that it is the rows behind a measurement.
  package mutating func add(_ record: EvidenceRecord) {
    let evidence = record.evidence
    guard let label = evidence.label, let from = evidence.from, let through = evidence.through, isLevel(label)
    else { return }
    rows[RowsKey(label: label, party: record.party, from: from, through: through), default: []].append(record.entry)
  }

  private func isLevel(_ label: String) -> Bool { Identifier.isMember(label) }

  /// The entry of the evidence that holds the rows behind a measurement; nil where its value is only asserted.
  ///
  /// Rows are kept in the entry before the value that was computed from them. A value that was said by hand later does not
  /// rest on the rows of an earlier one, which it contradicts.
  package func rows(behind record: MeasurementRecord) -> Int? {
    let measurement = record.measurement
    let key = RowsKey(
      label: "\(measurement.engagement)/\(measurement.level)", party: record.party, from: measurement.from,
      through: measurement.through)
    return rows[key]?.contains(record.entry - 1) == true ? record.entry - 1 : nil
  }
}
