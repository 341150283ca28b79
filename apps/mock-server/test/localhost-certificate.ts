/** A certificate for localhost that signs itself, and its key. Made for tests alone: nobody trusts it. Valid till 2126. */
export const localhostCertificate: { readonly key: string; readonly cert: string } = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP/LOvrJqPhVz8MIz
r3Rq3j9Evz87HO7bQnpQQm/JnSahRANCAAR0mGijVnT+l/6uwwWhwkHEZ8wNZSEF
xlXelZAKkaGEjeFAI0NnD4iekFa60THIa61LIeSsYgP8k/kNr00PszRD
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUB3gtVtzALm8eaGIQwQ/InKmGPw8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDIxMzUwOVoYDzIxMjYxMDMx
MjEzNTA5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR0mGijVnT+l/6uwwWhwkHEZ8wNZSEFxlXelZAKkaGEjeFAI0NnD4ie
kFa60THIa61LIeSsYgP8k/kNr00PszRDo2kwZzAdBgNVHQ4EFgQU35cs3pwsA7ZN
LkwsRk4Y8njBeeIwHwYDVR0jBBgwFoAU35cs3pwsA7ZNLkwsRk4Y8njBeeIwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhANHnBzlc7H++t446L6QGagPg1xCKmk6Jfcl2cAvjMMQ5AiBzZyqfe+9n
xBfefWxBcnup/AwumRefnm3/x9/WUZlKJA==
-----END CERTIFICATE-----`,
};
