/*
 * The key that signs id_tokens. It is a test key, public on purpose: whoever
 * has slackmock has it, and every copy of slackmock signs alike.
 */
#ifndef SLACKMOCK_OPENID_KEY_H
#define SLACKMOCK_OPENID_KEY_H

#define OPENID_KEY_ID "slackmock-public-test-key"

/* Modulus and exponent, as a JSON Web Key has them (RFC 7518 6.3.1). */
#define OPENID_KEY_MODULUS                                                     \
    "tqSSyk4o3A6pfRx9_vyN1oeIJQR3LOaNo0E1IZzRRhSCEJ_Gn1hqT_g7ofN6EKN6"         \
    "38hcMDcFLCd403MZkit8GSuCA2YjQ3CbSbxUAlzYI_PpzlUpKdu7hLaJJOve0_zQ"         \
    "Y6i9wcuB4KY15abrUxvvbGQ2Sc2AkVSxjbKtuAewrZKxXZ-eId87iL_1LNvn5Vfp"         \
    "0ccffIkYLlfevar4cRhVcYKplHmuV47Ptqcu4GEhetm_rI1sKNQ-zwkgTAf8sNxX"         \
    "9uF09Bn916mHP2HggX-1UvpimdS8vRbWfn9ba7AjHapczrxIKED7T1uTOPIJn9ov"         \
    "YTegi_s3Y-fD1pFnYfhlpw"
#define OPENID_KEY_EXPONENT "AQAB"

#endif
