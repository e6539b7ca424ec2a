#ifndef CUSTODY_CATALOGS_H
#define CUSTODY_CATALOGS_H

#include <stddef.h>

/* The built-in catalogs, in the order in which they are listed and can be adopted: none leans on a later one. */

/* How many there are. */
size_t custody_catalog_count(void);

/* The framework's identifier, ended by a zero; NULL where there is no such index. */
const char *custody_catalog_name(size_t index);

/* The bytes of Controls/<name>.json, which live as long as the program; NULL where there is no such index. */
const unsigned char *custody_catalog_bytes(size_t index);

/* How many bytes; 0 where there is no such index. */
size_t custody_catalog_length(size_t index);

#endif
