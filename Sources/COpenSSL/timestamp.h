#ifndef CUSTODY_TIMESTAMP_H
#define CUSTODY_TIMESTAMP_H
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// RFC 3161 requests, responses and tokens, and whether an authority's certificate vouches for one. Stacks, and what is in
// structures that are not opaque, are macros that Swift does not import; so what takes them apart is written here.

// --- Requests

// The number of a nonce as digits, the same for request and token; 0 where it does not fit or there is none.
static inline int custody_nonce_text(const ASN1_INTEGER *nonce, char *text, int size) {
  BIGNUM *number = nonce != NULL ? ASN1_INTEGER_to_BN(nonce, NULL) : NULL;
  char *digits = number != NULL ? BN_bn2hex(number) : NULL;
  int length = digits != NULL ? (int)strlen(digits) : 0;
  if (length >= size) length = 0;
  if (length > 0) memcpy(text, digits, (size_t)length);
  OPENSSL_free(digits);
  BN_free(number);
  return length;
}

// A request for a token over a SHA-256, with the authority's certificate in it; the bytes are to be freed. 0 where a policy
// is not an object identifier, negative where libcrypto fails.
static inline int custody_timestamp_request(const unsigned char *imprint, const unsigned char *nonce, int nonce_length,
                                            const char *policy, unsigned char **der) {
  int result = -1;
  TS_REQ *request = TS_REQ_new();
  TS_MSG_IMPRINT *message = TS_MSG_IMPRINT_new();
  X509_ALGOR *algorithm = X509_ALGOR_new();
  BIGNUM *number = BN_bin2bn(nonce, nonce_length, NULL);
  ASN1_INTEGER *integer = number != NULL ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
  ASN1_OBJECT *identifier = policy != NULL ? OBJ_txt2obj(policy, 1) : NULL;
  if (policy != NULL && identifier == NULL) {
    result = 0;
  } else if (request != NULL && message != NULL && algorithm != NULL && integer != NULL &&
             X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
             TS_MSG_IMPRINT_set_algo(message, algorithm) == 1 &&
             TS_MSG_IMPRINT_set_msg(message, (unsigned char *)imprint, 32) == 1 && TS_REQ_set_version(request, 1) == 1 &&
             TS_REQ_set_msg_imprint(request, message) == 1 && TS_REQ_set_nonce(request, integer) == 1 &&
             TS_REQ_set_cert_req(request, 1) == 1 &&
             (identifier == NULL || TS_REQ_set_policy_id(request, identifier) == 1)) {
    *der = NULL;
    result = i2d_TS_REQ(request, der);
  }
  ASN1_OBJECT_free(identifier);
  ASN1_INTEGER_free(integer);
  BN_free(number);
  X509_ALGOR_free(algorithm);
  TS_MSG_IMPRINT_free(message);
  TS_REQ_free(request);
  ERR_clear_error();
  return result;
}

static inline void custody_free(void *memory) { OPENSSL_free(memory); }

// Whether an imprint is a SHA-256, which is given.
static inline int custody_imprint(TS_MSG_IMPRINT *message, unsigned char *imprint) {
  const ASN1_OBJECT *name = NULL;
  ASN1_OCTET_STRING *digest = TS_MSG_IMPRINT_get_msg(message);
  X509_ALGOR_get0(&name, NULL, NULL, TS_MSG_IMPRINT_get_algo(message));
  if (OBJ_obj2nid(name) != NID_sha256 || ASN1_STRING_length(digest) != 32) return 0;
  memcpy(imprint, ASN1_STRING_get0_data(digest), 32);
  return 1;
}

// Reads a request: 1 where it is one over a SHA-256. Texts are as long as their lengths say, and 0 for what is not asked.
static inline int custody_timestamp_request_read(const unsigned char *bytes, long length, unsigned char *imprint,
                                                 char *nonce, int *nonce_length, char *policy, int *policy_length) {
  const unsigned char *end = bytes;
  TS_REQ *request = d2i_TS_REQ(NULL, &end, length);
  int result = 0;
  if (request != NULL && end == bytes + length) {
    const ASN1_OBJECT *identifier = TS_REQ_get_policy_id(request);
    result = custody_imprint(TS_REQ_get_msg_imprint(request), imprint);
    *nonce_length = custody_nonce_text(TS_REQ_get_nonce(request), nonce, *nonce_length);
    *policy_length = identifier != NULL ? OBJ_obj2txt(policy, *policy_length, identifier, 1) : 0;
  }
  TS_REQ_free(request);
  ERR_clear_error();
  return result;
}

// --- Responses and tokens

// A response, or the token alone; one that was refused has no token.
typedef struct {
  TS_RESP *response;
  PKCS7 *own;
  PKCS7 *token;
  TS_TST_INFO *info;
} custody_timestamp;

static inline void custody_timestamp_free(custody_timestamp *timestamp) {
  if (timestamp == NULL) return;
  TS_TST_INFO_free(timestamp->info);
  TS_RESP_free(timestamp->response);
  PKCS7_free(timestamp->own);
  free(timestamp);
}

// NULL for bytes that are neither, or a token without a time in it.
static inline custody_timestamp *custody_timestamp_read(const unsigned char *bytes, long length) {
  custody_timestamp *timestamp = (custody_timestamp *)calloc(1, sizeof *timestamp);
  if (timestamp == NULL) return NULL;
  const unsigned char *end = bytes;
  timestamp->response = d2i_TS_RESP(NULL, &end, length);
  if (timestamp->response == NULL) {
    end = bytes;
    timestamp->own = d2i_PKCS7(NULL, &end, length);
  }
  timestamp->token = timestamp->response != NULL ? TS_RESP_get_token(timestamp->response) : timestamp->own;
  if (timestamp->token != NULL && PKCS7_type_is_signed(timestamp->token))
    timestamp->info = PKCS7_to_TS_TST_INFO(timestamp->token);
  int isWhole = end == bytes + length && (timestamp->response != NULL || timestamp->own != NULL) &&
                (timestamp->token == NULL || timestamp->info != NULL);
  if (!isWhole) {
    custody_timestamp_free(timestamp);
    timestamp = NULL;
  }
  ERR_clear_error();
  return timestamp;
}

static inline int custody_timestamp_is_response(const custody_timestamp *timestamp) { return timestamp->response != NULL; }

static inline int custody_timestamp_has_token(const custody_timestamp *timestamp) { return timestamp->info != NULL; }

// PKIStatus: 0 granted, 1 granted with modifications; a token alone was granted.
static inline long custody_timestamp_status(const custody_timestamp *timestamp) {
  if (timestamp->response == NULL) return 0;
  return ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(timestamp->response)));
}

// The lowest bit of PKIFailureInfo that is set; -1 for none.
static inline int custody_timestamp_failure(const custody_timestamp *timestamp) {
  if (timestamp->response == NULL) return -1;
  const ASN1_BIT_STRING *bits = TS_STATUS_INFO_get0_failure_info(TS_RESP_get_status_info(timestamp->response));
  for (int bit = 0; bits != NULL && bit < 32; bit++)
    if (ASN1_BIT_STRING_get_bit(bits, bit)) return bit;
  return -1;
}

static inline int custody_copy(const void *from, int length, char *text, int size) {
  if (length > size) length = size;
  if (length > 0) memcpy(text, from, (size_t)length);
  return length > 0 ? length : 0;
}

static inline int custody_name_text(const X509_NAME *name, char *text, int size) {
  BIO *memory = name != NULL ? BIO_new(BIO_s_mem()) : NULL;
  if (memory == NULL) return 0;
  // As RFC 2253 spells it, but letters of all languages as they are.
  X509_NAME_print_ex(memory, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char *data = NULL;
  long count = BIO_get_mem_data(memory, &data);
  int length = count > 0 ? custody_copy(data, (int)(count < size ? count : size), text, size) : 0;
  BIO_free(memory);
  return length;
}

// The certificate that a token's one signer has among these or those in the token; NULL for none.
static inline X509 *custody_timestamp_signer(const custody_timestamp *timestamp, STACK_OF(X509) *known) {
  STACK_OF(X509) *signers = PKCS7_get0_signers(timestamp->token, known, 0);
  X509 *signer = signers != NULL && sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;
  sk_X509_free(signers);
  return signer;
}

// Whether the signature of a token's one signer holds by a certificate.
static inline int custody_signature_holds(PKCS7 *token, X509 *signer) {
  STACK_OF(PKCS7_SIGNER_INFO) *infos = PKCS7_get_signer_info(token);
  if (infos == NULL || sk_PKCS7_SIGNER_INFO_num(infos) != 1) return 0;
  BIO *content = PKCS7_dataInit(token, NULL);
  char buffer[4096];
  while (content != NULL && BIO_read(content, buffer, sizeof buffer) > 0) {}
  int holds = content != NULL &&
              PKCS7_signatureVerify(content, token, sk_PKCS7_SIGNER_INFO_value(infos, 0), signer) > 0;
  BIO_free_all(content);
  return holds;
}

enum { custody_text_status, custody_text_time, custody_text_policy, custody_text_serial, custody_text_nonce,
       custody_text_authority };

// One of the texts above, not ended: its length, 0 where there is none.
static inline int custody_timestamp_text(const custody_timestamp *timestamp, int what, char *text, int size) {
  int length = 0;
  TS_TST_INFO *info = timestamp->info;
  if (what == custody_text_status && timestamp->response != NULL) {
    const STACK_OF(ASN1_UTF8STRING) *texts = TS_STATUS_INFO_get0_text(TS_RESP_get_status_info(timestamp->response));
    const ASN1_UTF8STRING *first = texts != NULL && sk_ASN1_UTF8STRING_num(texts) > 0
                                       ? sk_ASN1_UTF8STRING_value(texts, 0) : NULL;
    if (first != NULL) length = custody_copy(ASN1_STRING_get0_data(first), ASN1_STRING_length(first), text, size);
  } else if (info == NULL) {
    length = 0;
  } else if (what == custody_text_time) {
    const ASN1_GENERALIZEDTIME *time = TS_TST_INFO_get_time(info);
    length = custody_copy(ASN1_STRING_get0_data(time), ASN1_STRING_length(time), text, size);
  } else if (what == custody_text_policy) {
    length = OBJ_obj2txt(text, size, TS_TST_INFO_get_policy_id(info), 1);
    if (length >= size) length = 0;
  } else if (what == custody_text_serial) {
    length = custody_nonce_text(TS_TST_INFO_get_serial(info), text, size);
  } else if (what == custody_text_nonce) {
    length = custody_nonce_text(TS_TST_INFO_get_nonce(info), text, size);
  } else if (what == custody_text_authority) {
    X509 *signer = custody_timestamp_signer(timestamp, NULL);
    const GENERAL_NAME *named = TS_TST_INFO_get_tsa(info);
    if (signer != NULL)
      length = custody_name_text(X509_get_subject_name(signer), text, size);
    else if (named != NULL && named->type == GEN_DIRNAME)
      length = custody_name_text(named->d.directoryName, text, size);
  }
  ERR_clear_error();
  return length;
}

// The seconds since 1970 of its time, without fractions; 0 where it cannot be said.
static inline int custody_timestamp_time(const custody_timestamp *timestamp, long long *seconds) {
  struct tm parts;
  memset(&parts, 0, sizeof parts);
  if (timestamp->info == NULL || ASN1_TIME_to_tm(TS_TST_INFO_get_time(timestamp->info), &parts) != 1) return 0;
  *seconds = (long long)timegm(&parts);
  return 1;
}

// Whether the certificate in a token was valid at the token's own time: 1 or 0; -1 where none is in it.
static inline int custody_timestamp_is_in_validity(const custody_timestamp *timestamp) {
  if (timestamp->info == NULL) return -1;
  X509 *signer = custody_timestamp_signer(timestamp, NULL);
  const ASN1_TIME *time = (const ASN1_TIME *)TS_TST_INFO_get_time(timestamp->info);
  int result = -1;
  if (signer != NULL && time != NULL) {
    int after_start = ASN1_TIME_compare(X509_get0_notBefore(signer), time);
    int after_end = ASN1_TIME_compare(time, X509_get0_notAfter(signer));
    if (after_start != -2 && after_end != -2) result = after_start <= 0 && after_end <= 0;
  }
  ERR_clear_error();
  return result;
}

// How far off its time may be, in microseconds; -1 where it does not say.
static inline long long custody_timestamp_accuracy(const custody_timestamp *timestamp) {
  TS_ACCURACY *accuracy = timestamp->info != NULL ? TS_TST_INFO_get_accuracy(timestamp->info) : NULL;
  if (accuracy == NULL) return -1;
  const ASN1_INTEGER *parts[3] = {
      TS_ACCURACY_get_seconds(accuracy), TS_ACCURACY_get_millis(accuracy), TS_ACCURACY_get_micros(accuracy)};
  const long long scale[3] = {1000000, 1000, 1};
  long long sum = 0;
  for (int part = 0; part < 3; part++) {
    long value = parts[part] != NULL ? ASN1_INTEGER_get(parts[part]) : 0;
    // A thousand years are no accuracy, and would overflow.
    if (value < 0 || value > 31536000000L) return -1;
    sum += (long long)value * scale[part];
  }
  return sum;
}

static inline int custody_timestamp_imprint(const custody_timestamp *timestamp, unsigned char *imprint) {
  return timestamp->info != NULL && custody_imprint(TS_TST_INFO_get_msg_imprint(timestamp->info), imprint);
}

static inline int custody_timestamp_has_certificate(const custody_timestamp *timestamp) {
  return timestamp->token != NULL && custody_timestamp_signer(timestamp, NULL) != NULL;
}

// --- Whether an authority's certificate vouches for a token

// What a reader trusts: certificates, and lists of those that were revoked.
typedef struct {
  STACK_OF(X509) *certificates;
  STACK_OF(X509_CRL) *revocations;
  X509_STORE *store;
} custody_roots;

static inline void custody_roots_free(custody_roots *roots) {
  if (roots == NULL) return;
  sk_X509_pop_free(roots->certificates, X509_free);
  sk_X509_CRL_pop_free(roots->revocations, X509_CRL_free);
  X509_STORE_free(roots->store);
  free(roots);
}

// NULL where a part cannot be read, or no certificate is there.
static inline custody_roots *custody_roots_read(const unsigned char *pem, int length) {
  BIO *memory = BIO_new_mem_buf(pem, length);
  STACK_OF(X509_INFO) *parts = memory != NULL ? PEM_X509_INFO_read_bio(memory, NULL, NULL, NULL) : NULL;
  custody_roots *roots = parts != NULL ? (custody_roots *)calloc(1, sizeof *roots) : NULL;
  int isWhole = roots != NULL;
  if (roots != NULL) {
    roots->certificates = sk_X509_new_null();
    roots->revocations = sk_X509_CRL_new_null();
    roots->store = X509_STORE_new();
    isWhole = roots->certificates != NULL && roots->revocations != NULL && roots->store != NULL;
  }
  for (int index = 0; isWhole && index < sk_X509_INFO_num(parts); index++) {
    X509_INFO *part = sk_X509_INFO_value(parts, index);
    if (part->x509 != NULL) {
      isWhole = X509_STORE_add_cert(roots->store, part->x509) == 1 && X509_up_ref(part->x509) == 1;
      if (isWhole && sk_X509_push(roots->certificates, part->x509) <= 0) {
        X509_free(part->x509);
        isWhole = 0;
      }
    }
    if (isWhole && part->crl != NULL) {
      isWhole = X509_CRL_up_ref(part->crl) == 1;
      if (isWhole && sk_X509_CRL_push(roots->revocations, part->crl) <= 0) {
        X509_CRL_free(part->crl);
        isWhole = 0;
      }
    }
  }
  if (isWhole && sk_X509_num(roots->certificates) < 1) isWhole = 0;
  sk_X509_INFO_pop_free(parts, X509_INFO_free);
  BIO_free(memory);
  if (!isWhole) {
    custody_roots_free(roots);
    roots = NULL;
  }
  ERR_clear_error();
  return roots;
}

static inline int custody_roots_count(const custody_roots *roots) { return sk_X509_num(roots->certificates); }

static inline int custody_roots_revocations(const custody_roots *roots) {
  return sk_X509_CRL_num(roots->revocations);
}

enum {
  custody_judged_holds, custody_judged_no_certificate, custody_judged_chain, custody_judged_revoked,
  custody_judged_compromised, custody_judged_signature, custody_judged_weak, custody_judged_list,
  custody_judged_other_certificate };

// Builds the chain of a signer's certificate as it was at a time; NULL, and why, where there is none.
static inline STACK_OF(X509) *custody_chain(const custody_roots *roots, X509 *signer, STACK_OF(X509) *others,
                                            long long seconds, unsigned long flags, int *error) {
  STACK_OF(X509) *chain = NULL;
  X509_STORE_CTX *context = X509_STORE_CTX_new();
  *error = X509_V_ERR_OUT_OF_MEM;
  if (context != NULL && X509_STORE_CTX_init(context, roots->store, signer, others) == 1 &&
      X509_STORE_CTX_set_purpose(context, X509_PURPOSE_TIMESTAMP_SIGN) == 1) {
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(parameters, (time_t)seconds);
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    X509_VERIFY_PARAM_set_flags(parameters, flags);
    if (X509_verify_cert(context) == 1) chain = X509_STORE_CTX_get1_chain(context);
    *error = X509_STORE_CTX_get_error(context);
  }
  X509_STORE_CTX_free(context);
  return chain;
}

// Whether a list at hand revokes a certificate, and what that means for a token of a time: RFC 3161, section 4, items 1
// and 2. With a reason by which the key was not compromised, tokens from before the revocation stay good; without a reason,
// or with another, none of that key is.
static inline int custody_revoked(const custody_roots *roots, X509 *certificate, X509 *issuer, long long seconds) {
  for (int index = 0; index < sk_X509_CRL_num(roots->revocations); index++) {
    X509_CRL *list = sk_X509_CRL_value(roots->revocations, index);
    if (X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_issuer_name(certificate)) != 0) continue;
    EVP_PKEY *key = issuer != NULL ? X509_get0_pubkey(issuer) : NULL;
    // Without the issuer nobody can say whether the list is theirs.
    if (key == NULL || X509_CRL_verify(list, key) <= 0) return custody_judged_list;
    X509_REVOKED *entry = NULL;
    if (X509_CRL_get0_by_cert(list, &entry, certificate) != 1 || entry == NULL) continue;
    ASN1_ENUMERATED *reason = (ASN1_ENUMERATED *)X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
    long code = reason != NULL ? ASN1_ENUMERATED_get(reason) : -1;
    ASN1_ENUMERATED_free(reason);
    // unspecified, affiliationChanged, superseded, cessationOfOperation
    if (code != 0 && code != 3 && code != 4 && code != 5) return custody_judged_compromised;
    struct tm parts;
    memset(&parts, 0, sizeof parts);
    if (ASN1_TIME_to_tm(X509_REVOKED_get0_revocationDate(entry), &parts) != 1) return custody_judged_list;
    if ((long long)timegm(&parts) <= seconds) return custody_judged_revoked;
  }
  return custody_judged_holds;
}

// The certificate that issued one, among the reader's; NULL for none.
static inline X509 *custody_issuer(const custody_roots *roots, X509 *certificate) {
  for (int index = 0; index < sk_X509_num(roots->certificates); index++) {
    X509 *candidate = sk_X509_value(roots->certificates, index);
    if (X509_check_issued(candidate, certificate) == X509_V_OK) return candidate;
  }
  return NULL;
}

static inline int custody_digest_is_weak(PKCS7 *token) {
  STACK_OF(PKCS7_SIGNER_INFO) *infos = PKCS7_get_signer_info(token);
  if (infos == NULL || sk_PKCS7_SIGNER_INFO_num(infos) != 1) return 1;
  const ASN1_OBJECT *name = NULL;
  X509_ALGOR_get0(&name, NULL, NULL, sk_PKCS7_SIGNER_INFO_value(infos, 0)->digest_alg);
  const EVP_MD *digest = EVP_get_digestbyobj(name);
  return digest == NULL || EVP_MD_get_size(digest) < 32;
}

// Judges a token by what a reader trusts, as of the token's own time. The reason is libcrypto's word for what is wrong
// with the chain, and the authority the subject of the certificate that made it.
static inline int custody_timestamp_judge(const custody_timestamp *timestamp, const custody_roots *roots,
                                          long long seconds, char *reason, int *reason_length, char *authority,
                                          int *authority_length) {
  int reason_size = *reason_length, authority_size = *authority_length;
  *reason_length = *authority_length = 0;
  X509 *signer = custody_timestamp_signer(timestamp, roots->certificates);
  if (signer == NULL) {
    ERR_clear_error();
    return custody_judged_no_certificate;
  }
  *authority_length = custody_name_text(X509_get_subject_name(signer), authority, authority_size);
  if (custody_digest_is_weak(timestamp->token)) return custody_judged_weak;
  STACK_OF(X509) *others = timestamp->token->d.sign->cert;
  unsigned long flags = 0;
  int error = 0;
  STACK_OF(X509) *chain = custody_chain(roots, signer, others, seconds, flags, &error);
  if (chain == NULL && (error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
                        error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
                        error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE)) {
    // The reader may trust an authority without trusting who certifies it.
    int first = error;
    flags = X509_V_FLAG_PARTIAL_CHAIN;
    chain = custody_chain(roots, signer, others, seconds, flags, &error);
    if (chain == NULL && error == X509_V_OK) error = first;
  }
  int result = custody_judged_holds;
  if (chain == NULL) {
    const char *text = X509_verify_cert_error_string(error);
    *reason_length = custody_copy(text, (int)strlen(text), reason, reason_size);
    result = custody_judged_chain;
  }
  for (int index = 0; result == custody_judged_holds && index < sk_X509_num(chain); index++) {
    X509 *certificate = sk_X509_value(chain, index);
    X509 *issuer = index + 1 < sk_X509_num(chain) ? sk_X509_value(chain, index + 1) : custody_issuer(roots, certificate);
    // What a list says of the root that signs it is no matter.
    if (index + 1 == sk_X509_num(chain) && X509_self_signed(certificate, 0) == 1) break;
    result = custody_revoked(roots, certificate, issuer, seconds);
  }
  if (result == custody_judged_holds) {
    X509_STORE *store = X509_STORE_new();
    int isReady = store != NULL;
    for (int index = 0; isReady && index < sk_X509_num(roots->certificates); index++)
      isReady = X509_STORE_add_cert(store, sk_X509_value(roots->certificates, index)) == 1;
    X509_VERIFY_PARAM *parameters = isReady ? X509_STORE_get0_param(store) : NULL;
    if (parameters != NULL) {
      X509_VERIFY_PARAM_set_time(parameters, (time_t)seconds);
      X509_VERIFY_PARAM_set_flags(parameters, flags);
    }
    if (!custody_signature_holds(timestamp->token, signer))
      result = custody_judged_signature;
    else if (parameters == NULL || TS_RESP_verify_signature(timestamp->token, roots->certificates, store, NULL) != 1)
      // All but that is seen already: the token does not name the certificate (RFC 5816).
      result = custody_judged_other_certificate;
    X509_STORE_free(store);
  }
  sk_X509_pop_free(chain, X509_free);
  ERR_clear_error();
  return result;
}
#endif
