#ifndef CUSTODY_CXLSXWRITER_H
#define CUSTODY_CXLSXWRITER_H
#include <xlsxwriter.h>
#endif
