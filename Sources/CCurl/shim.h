// libcurl, with typed doors to its variadic functions, which Swift cannot call.
#ifndef LIGHTREPLAY_CCURL_H
#define LIGHTREPLAY_CCURL_H
#include <curl/curl.h>

typedef size_t (*lr_curl_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode lr_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lr_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lr_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lr_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lr_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode lr_curl_set_callback(CURL *handle, CURLoption option, lr_curl_callback value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLMcode lr_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
/// Takes the next finished transfer off the list; null when there is none.
static inline CURL *lr_curl_next_finished(CURLM *multi, CURLcode *result) {
  int left = 0;
  for (CURLMsg *message = curl_multi_info_read(multi, &left); message; message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return 0;
}
#endif
