enum StatementsModule {}
