/*
 * The test key of OpenID, and what it signs. The key is no secret: it is read
 * anew for each signature.
 */
#include "../signature.h"

#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>

/* PUBLIC TEST KEY, part of slackmock's source: it protects nothing. */
static const char key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC2pJLKTijcDql9\n"
    "HH3+/I3Wh4glBHcs5o2jQTUhnNFGFIIQn8afWGpP+Duh83oQo3rfyFwwNwUsJ3jT\n"
    "cxmSK3wZK4IDZiNDcJtJvFQCXNgj8+nOVSkp27uEtokk697T/NBjqL3By4HgpjXl\n"
    "putTG+9sZDZJzYCRVLGNsq24B7CtkrFdn54h3zuIv/Us2+flV+nRxx98iRguV969\n"
    "qvhxGFVxgqmUea5Xjs+2py7gYSF62b+sjWwo1D7PCSBMB/yw3Ff24XT0Gf3XqYc/\n"
    "YeCBf7VS+mKZ1Ly9FtZ+f1trsCMdqlzOvEgoQPtPW5M48gmf2i9hN6CL+zdj58PW\n"
    "kWdh+GWnAgMBAAECggEAQb/ICiUN534tvJjLsMXpJ5/9vlm3r0XGGk2om1ORMLnE\n"
    "QsjJ32YcS3KQwRHd0OyRGMtPiJnd9lG1WOV4AJs/3u2/LYsQyb/ZXzd5RKp4sqSl\n"
    "d/5HRcbQ4As4Hr78pfK+cAn4WbHxrNYY0/X9hBsr2yjONE5S6L6E9n4qtHOsQidP\n"
    "jSwBH0RrZYhLwQh/Wn4BfARSl001xcnZdCkm88auBK2Dmo2Zk966oLibsF7UBsgd\n"
    "w/0SiefY41940FHq/b/WOYO6rWd+mY6h1FKolUd2dkeein4PqB+R5Mj/NUZe+9Bw\n"
    "bBqFAnEHdDrB+ws7FTE5NxdO3NuDk1fYPMEpbSX/8QKBgQDePtok3tq3PwMRlsop\n"
    "DSFfpfhbSQUFxdRE0fdVZD6PUlHbw7+phtAEEkVAqQrO11R4TJBlJaVSIkHHYH3z\n"
    "Y5Txc07IpRtNk01xpdRlUxPPiSeganEzomHtSr24+qOC3MwaZd2cbMB4gZI0ip5i\n"
    "GoulCYIjUqRzqhoZl465DiHf9wKBgQDSYe1SCGaNi1yuiFWzVPZGhr2ItFF9Vqm6\n"
    "jJ0zkZrKxH+YQozpAT7aO1Dq01L/hQXJG3Sw3glVcumO59TDXa/1xk/bRng5XLvW\n"
    "5JY4/G5MaH7E3/sT5A27GSaxzFDAJy307aRiSz5X3/cJ/eZMLbsya3OwlFuPtqm0\n"
    "SZ5Ktnqb0QKBgEv1UVtuq3Qb3jGhxuB282QcdqDEeSn67kzDMnSF+XfEm+OvqI8J\n"
    "W4k4sWCjJeWB5QXkrSlUz4cd3DuHeCS6cUqArXmYLJe786kXE1u6JDg3WUrTdnM+\n"
    "WZffhq51Q3NTgZK4JCD1bmcBafX5Np6zEe1LLaZi9X/usFL04LvQ37ULAoGBAJAG\n"
    "nnOkcKDCIYcSqqkEpz0NDUBDQe5un++oSA5/xdq+vyM7nD//rEm2heTdG1r2dEmD\n"
    "VFWpC/bFnoNIzu2Ye9fkFdNl4PRUOfwZrYYBunjwqKibNcYeQBAwXb8mwrlpmRqu\n"
    "ffUU0e9S0kqy2TCZtigES8U9K5mtUWytYYKAfluhAoGAQRpBAaYWEP74enyrdUPy\n"
    "QO1w8U5RD40/lpmsKNS3QlPi8MQO4PpvE1OxooPtpA+t00977TX/J/TZ65nE3ZNZ\n"
    "YPOxGbu5ByHkDUkoiDzda1V8sAgSYHKaKbhT0VAGCIMdQy0BjL7d5n5byW5tdpzw\n"
    "sWtX/0n4PvU1jX5nJG2j4/I=\n"
    "-----END PRIVATE KEY-----\n";

static bool sign(const unsigned char *digest,
                 unsigned char signature[SIGNATURE_SIZE])
{
    mbedtls_pk_context context;
    bool is_signed;

    mbedtls_pk_init(&context);
    is_signed = mbedtls_pk_parse_key(&context, (const unsigned char *)key,
                                     sizeof key, NULL, 0) == 0 &&
                mbedtls_rsa_pkcs1_sign(mbedtls_pk_rsa(context), NULL, NULL,
                                       MBEDTLS_RSA_PRIVATE, MBEDTLS_MD_SHA256,
                                       32, digest, signature) == 0;
    mbedtls_pk_free(&context);
    return is_signed;
}

signer *signature_rs256(void)
{
    return sign;
}
