extension TextTable.Column: ExpressibleByStringLiteral {
  /// A column that wraps, under a heading.
  init(stringLiteral title: String) {
    self.init(title: title)
  }
}
