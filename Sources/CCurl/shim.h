#ifndef CUSTODY_CCURL_H
#define CUSTODY_CCURL_H
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take whatever comes after an option, which Swift does not import: one function for
// each kind of value.
static inline CURLcode custody_curl_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode custody_curl_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode custody_curl_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*custody_curl_sink)(char *, size_t, size_t, void *);

static inline CURLcode custody_curl_write_to(CURL *handle, custody_curl_sink sink, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, sink);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode custody_curl_large(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode custody_curl_read_from(CURL *handle, custody_curl_sink source, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, source);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_READDATA, context);
}

static inline CURLcode custody_curl_heads_to(CURL *handle, custody_curl_sink sink, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, sink);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

// How many bytes of requests were sent; 0 where none was.
static inline long custody_curl_sent(CURL *handle) {
  long count = 0;
  return curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &count) == CURLE_OK ? count : 0;
}

typedef int (*custody_curl_opened)(void *, curl_socket_t, curlsocktype);
typedef int (*custody_curl_closing)(void *, curl_socket_t);

static inline CURLcode custody_curl_sockets_to(
    CURL *handle, custody_curl_opened opened, custody_curl_closing closing, void *context) {
  CURLcode codes[] = {
    curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, opened), curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, context),
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, closing),
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, context),
  };
  for (int index = 0; index < 4; index++) if (codes[index] != CURLE_OK) return codes[index];
  return CURLE_OK;
}

// The type of this function is hidden behind a macro.
static inline CURLMcode custody_curl_connections(CURLM *multi, long count) {
  return curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, count);
}

static inline long custody_curl_status(CURL *handle) {
  long status = 0;
  return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

static inline const char *custody_curl_content_type(CURL *handle) {
  const char *type = NULL;
  return curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type) == CURLE_OK ? type : NULL;
}
#endif
