/*
 * Where the bytes of a file go: files.getUploadURLExternal tells it.
 */
#ifndef SLACKMOCK_UPLOAD_URL_H
#define SLACKMOCK_UPLOAD_URL_H

struct call;

/*
 * The URL for a file, on the server and in the sandbox that was asked, held by
 * the reply. A client that came to Slack's own name stays with Slack's names.
 */
const char *upload_url_of(const struct call *call, const char *file);

#endif
