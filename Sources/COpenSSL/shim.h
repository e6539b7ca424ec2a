#ifndef CUSTODY_COPENSSL_H
#define CUSTODY_COPENSSL_H
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <string.h>
#include "timestamp.h"

// Swift does not import EVP_EC_gen, a function-like macro with a variadic call behind it.
static inline EVP_PKEY *custody_generate_p256(void) { return EVP_EC_gen("P-256"); }
static inline EVP_PKEY *custody_generate_ed25519(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

// Writes a private key that a passphrase opens; PEM_write_bio_PKCS8PrivateKey knows no number of rounds.
static inline int custody_write_encrypted_key(BIO *bio, EVP_PKEY *key, const char *phrase, int length, int rounds) {
  PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
  X509_ALGOR *scheme = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), rounds, NULL, 0, NULL, NID_hmacWithSHA256);
  X509_SIG *sealed = info != NULL && scheme != NULL ? PKCS8_set0_pbe(phrase, length, info, scheme) : NULL;
  int result = sealed != NULL && PEM_write_bio_PKCS8(bio, sealed) == 1;
  // What was sealed owns the scheme.
  if (sealed == NULL) X509_ALGOR_free(scheme);
  X509_SIG_free(sealed);
  PKCS8_PRIV_KEY_INFO_free(info);
  return result;
}

// BIO_get_mem_data is a macro over BIO_ctrl.
static inline long custody_bio_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

// Whether bytes are an RFC 3161 response or token over a SHA-256, signed as it says: 0 where they are, 1 where they
// cannot be parsed, 2 for another imprint, 3 where the signature does not hold. Stacks and what is in them are macros,
// which Swift does not import. A token that brings no certificate has nobody to check its signature with: that is left.
static inline int custody_timestamp_check(const unsigned char *bytes, long length, const unsigned char *imprint) {
  const unsigned char *end = bytes;
  TS_RESP *response = d2i_TS_RESP(NULL, &end, length);
  PKCS7 *own = NULL;
  if (response == NULL) {
    end = bytes;
    own = d2i_PKCS7(NULL, &end, length);
  }
  PKCS7 *token = response != NULL ? TS_RESP_get_token(response) : own;
  TS_TST_INFO *info = token != NULL && PKCS7_type_is_signed(token) ? PKCS7_to_TS_TST_INFO(token) : NULL;
  int result = info == NULL || end != bytes + length ? 1 : 0;
  if (result == 0) {
    TS_MSG_IMPRINT *covered = TS_TST_INFO_get_msg_imprint(info);
    X509_ALGOR *algorithm = TS_MSG_IMPRINT_get_algo(covered);
    ASN1_OCTET_STRING *digest = TS_MSG_IMPRINT_get_msg(covered);
    const ASN1_OBJECT *name = NULL;
    X509_ALGOR_get0(&name, NULL, NULL, algorithm);
    int same = OBJ_obj2nid(name) == NID_sha256 && ASN1_STRING_length(digest) == 32 &&
               memcmp(ASN1_STRING_get0_data(digest), imprint, 32) == 0;
    if (!same) result = 2;
  }
  if (result == 0) {
    STACK_OF(X509) *signers = PKCS7_get0_signers(token, NULL, 0);
    STACK_OF(PKCS7_SIGNER_INFO) *infos = PKCS7_get_signer_info(token);
    if (infos == NULL || sk_PKCS7_SIGNER_INFO_num(infos) != 1) {
      result = 3;
    } else if (signers != NULL && sk_X509_num(signers) == 1) {
      if (!custody_signature_holds(token, sk_X509_value(signers, 0))) result = 3;
    }
    sk_X509_free(signers);
  }
  TS_TST_INFO_free(info);
  TS_RESP_free(response);
  PKCS7_free(own);
  ERR_clear_error();
  return result;
}
#endif
