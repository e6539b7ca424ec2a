enum TreeLogModule {}
