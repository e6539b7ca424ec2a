package import Ownership
internal import Statements

/// What parties have recorded about their promises.
extension ProjectionIndex {
  /// All measurements and hours that count, in log order, and which evidence holds the rows behind which measurement.
  ///
  /// - Parameter known: The size of the tree that is known; nil for all that is remembered.
  package func promiseBook(upTo known: Int? = nil) throws -> PromiseBook {
    let end = [SQLValue.integer(min(size, known ?? size))]
    var book = PromiseBook()
    try read { database in
      let measured = """
        SELECT entry, party, member, recorded, engagement, level, first, last, value, count FROM measurement
        WHERE entry < ? ORDER BY entry
        """
      try database.query(measured).forEach(end) { row in
        let measurement = Measurement(
          engagement: row.text(4), level: row.text(5), from: Day(daysSinceEpoch: row.integer(6)),
          through: Day(daysSinceEpoch: row.integer(7)), value: row.text(8), count: row.optionalInteger(9))
        book.add(
          MeasurementRecord(
            entry: row.integer(0), party: row.text(1), member: row.text(2),
            recorded: Instant(millisecondsSinceEpoch: row.integer(3)), measurement: measurement))
      }
      let worked = """
        SELECT entry, party, member, recorded, engagement, block, domains, first, last, hours, units, worker, note
        FROM usage WHERE entry < ? ORDER BY entry
        """
      try database.query(worked).forEach(end) { row in
        var usage = Usage(
          engagement: row.text(4), domains: EvidenceColumns.split(row.text(6)),
          from: Day(daysSinceEpoch: row.integer(7)), through: Day(daysSinceEpoch: row.integer(8)), hours: row.text(9))
        usage.block = row.optionalText(5)
        usage.units = EvidenceColumns.split(row.text(10))
        usage.member = row.optionalText(11)
        usage.note = row.optionalText(12)
        book.add(
          UsageRecord(
            entry: row.integer(0), party: row.text(1), member: row.text(2),
            recorded: Instant(millisecondsSinceEpoch: row.integer(3)), usage: usage))
      }
      let labelled = """
        SELECT \(EvidenceColumns.names) FROM evidence e
        WHERE e.label IS NOT NULL AND e.entry < ?
          AND e.label IN (SELECT DISTINCT engagement || '/' || level FROM measurement) ORDER BY e.entry
        """
      try database.query(labelled).forEach(end) { book.add(try EvidenceColumns.record($0)) }
    }
    return book
  }
}
