/* A program without TLS signs nothing. */
#include "../signature.h"

signer *signature_rs256(void)
{
    return NULL;
}
