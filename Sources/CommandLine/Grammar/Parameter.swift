internal import Findings

/// A row of a command's table: what help says about a parameter, and what becomes of its value.
///
/// Rows are typed by key path, so that the arguments stay a plain struct and a row can't fill the wrong field:
///
///     .repeatable("control", "c", value: "ID", help: "Control that it supports.", into: \.controls, parse: ControlID.init)
///
/// A `parse` that cannot use a text throws `InvalidValue` with a sentence.
package struct Parameter<Arguments>: Sendable {
  package typealias Field<Value> = any WritableKeyPath<Arguments, Value> & Sendable

  package var row: ParameterRow
  /// Puts a value into the arguments; the value is nil for flags, and where an optional one is left out.
  package let apply: @Sendable (inout Arguments, String?) throws -> Void

  /// The row for a struct that holds these arguments: how groups of rows are shared between commands.
  package func nested<Outer>(in field: any WritableKeyPath<Outer, Arguments> & Sendable) -> Parameter<Outer> {
    let apply = apply
    return Parameter<Outer>(row: row) { outer, value in try apply(&outer[keyPath: field], value) }
  }
}

/// Why a text is no value for a parameter.
package struct InvalidValue: Error, Sendable {
  /// `'2026-02-30' is no day: write YYYY-MM-DD`.
  package let reason: String
  package var hint: String?

  package init(_ reason: String, hint: String? = nil) {
    self.reason = reason
    self.hint = hint
  }
}

extension Parameter {
  /// `--name`, which is there or not.
  package static func flag(_ name: String, _ short: Character? = nil, help: String, into field: Field<Bool>)
    -> Parameter
  {
    Parameter(row: ParameterRow(kind: .flag, name: name, short: short, value: "", help: help)) { arguments, _ in
      arguments[keyPath: field] = true
    }
  }

  /// `--name VALUE`, at most once.
  package static func option<Value>(
    _ name: String, _ short: Character? = nil, value: String, help: String, required: Bool = false,
    completion: ParameterRow.Completion = .nothing, into field: Field<Value?>,
    parse: @escaping @Sendable (String) throws -> Value
  ) -> Parameter {
    let row = ParameterRow(
      kind: .option, name: name, short: short, value: value, help: help, isRequired: required, completion: completion)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field] = try parse(text ?? "") }
  }

  /// `--name VALUE`, at most once; the field keeps its value where it is not given.
  package static func option<Value>(
    _ name: String, _ short: Character? = nil, value: String, help: String,
    completion: ParameterRow.Completion = .nothing, replacing field: Field<Value>,
    parse: @escaping @Sendable (String) throws -> Value
  ) -> Parameter {
    let row = ParameterRow(
      kind: .option, name: name, short: short, value: value, help: help, completion: completion)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field] = try parse(text ?? "") }
  }

  /// `--name VALUE`, as often as one likes.
  package static func repeatable<Value>(
    _ name: String, _ short: Character? = nil, value: String, help: String, required: Bool = false,
    completion: ParameterRow.Completion = .nothing, into field: Field<[Value]>,
    parse: @escaping @Sendable (String) throws -> Value
  ) -> Parameter {
    let row = ParameterRow(
      kind: .option, name: name, short: short, value: value, help: help, isRequired: required, isRepeatable: true,
      completion: completion)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field].append(try parse(text ?? "")) }
  }

  /// `--name` or `--name=VALUE`.
  ///
  /// - Parameter bare: What `--name` alone means.
  package static func optionalValue<Value: Sendable>(
    _ name: String, value: String, bare: Value, help: String, completion: ParameterRow.Completion = .nothing,
    into field: Field<Value?>, parse: @escaping @Sendable (String) throws -> Value
  ) -> Parameter {
    let row = ParameterRow(
      kind: .optionalValue, name: name, short: nil, value: value, help: help, completion: completion)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field] = try text.map(parse) ?? bare }
  }

  /// One word by its place.
  package static func positional<Value>(
    _ value: String, help: String, required: Bool = true, completion: ParameterRow.Completion = .nothing,
    into field: Field<Value?>, parse: @escaping @Sendable (String) throws -> Value
  ) -> Parameter {
    let row = ParameterRow(
      kind: .positional, name: "", short: nil, value: value, help: help, isRequired: required, completion: completion)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field] = try parse(text ?? "") }
  }

  /// All words that no place before has taken.
  package static func positionals<Value>(
    _ value: String, help: String, required: Bool = true, completion: ParameterRow.Completion = .nothing,
    into field: Field<[Value]>, parse: @escaping @Sendable (String) throws -> Value
  ) -> Parameter {
    let row = ParameterRow(
      kind: .positional, name: "", short: nil, value: value, help: help, isRequired: required, isRepeatable: true,
      completion: completion)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field].append(try parse(text ?? "")) }
  }

  /// Everything after `--`, word by word and as it stands: another program's command line.
  package static func rest(_ value: String, help: String, required: Bool = true, into field: Field<[String]>)
    -> Parameter
  {
    let row = ParameterRow(
      kind: .rest, name: "", short: nil, value: value, help: help, isRequired: required, isRepeatable: true)
    return Parameter(row: row) { arguments, text in arguments[keyPath: field].append(text ?? "") }
  }
}

/// A value that is one of a few words.
package protocol Choice: RawRepresentable<String>, CaseIterable, Sendable {}

extension Choice {
  package static var words: [String] { allCases.map(\.rawValue) }

  /// The value that a word names.
  package static func parse(_ text: String) throws -> Self { try parse(text, among: Array(allCases)) }

  /// The value that a word names, if it is one of these.
  package static func parse(_ text: String, among choices: [Self]) throws -> Self {
    let found = choices.first { $0.rawValue.utf8.elementsEqual(text.utf8) }
    guard let found else {
      throw InvalidValue("write \(Wording.list(choices.map(\.rawValue), "or")), not '\(text)'")
    }
    return found
  }
}
