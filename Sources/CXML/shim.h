#ifndef CUSTODY_CXML_H
#define CUSTODY_CXML_H
#include <libxml/xmlreader.h>

// Swift cannot call what a global variable points to without a race.
static inline void custody_xml_free(xmlChar *text) { xmlFree(text); }
#endif
