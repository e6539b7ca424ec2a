enum OwnershipModule {}
