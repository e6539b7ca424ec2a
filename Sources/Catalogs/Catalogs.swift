enum CatalogsModule {}
