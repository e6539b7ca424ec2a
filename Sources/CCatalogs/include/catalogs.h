#ifndef CUSTODY_CATALOGS_H
#define CUSTODY_CATALOGS_H
#include <stddef.h>
size_t custody_catalog_count(void);
#endif
